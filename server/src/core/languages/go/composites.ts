/** Go's composite literals: constructing calls, arrays and objects. `index.ts` says which becomes which. */

import type { Span } from '../../text.ts';
import type { Argument, Expr, ObjectEntry } from '../facts.ts';
import { childIn, childrenIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import type { Context } from './context.ts';
import { walkExpression } from './expressions.ts';
import { walkFunctionLiteral } from './functions.ts';
import { typeOf } from './types.ts';

/** `Type{…}`. */
export function walkComposite(node: PlainNode, context: Context): Expr {
  const type = childIn(node, 'type');
  const body = childIn(node, 'body');
  if (type === undefined || body === undefined) return otherAt(node);
  return literalOf(body, type, spanOfPlain(node), 'written', context);
}

/** A literal's body, read by its type, which may be written before it or come from the literal around it. */
function literalOf(
  body: PlainNode,
  typeNode: PlainNode | undefined,
  span: Span,
  origin: 'written' | 'elided',
  context: Context,
): Expr {
  switch (typeNode?.type) {
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type':
      return arrayOf(body, childIn(typeNode, 'element'), span, context);
    case 'map_type':
      return objectOf(body, childIn(typeNode, 'value'), span, context);
    case 'pointer_type':
    case 'parenthesized_type':
      return literalOf(body, typeNode.children[0], span, origin, context);
    case 'type_identifier':
    case 'qualified_type':
    case 'generic_type':
      return constructionOf(body, typeOf(typeNode, context), span, origin, context);
    default:
      return body.children.some(child => child.type === 'keyed_element')
        ? objectOf(body, undefined, span, context)
        : (structOf(body, typeNode, span, context) ?? arrayOf(body, undefined, span, context));
  }
}

/** `{"new-nav", true}` of a struct without a name: the values of its fields, in their order. */
function structOf(body: PlainNode, type: PlainNode | undefined, span: Span, context: Context): Expr | null {
  const list = type?.type === 'struct_type' ? type.children[0] : undefined;
  const names = (list?.children ?? []).flatMap(field => childrenIn(field, 'name'));
  if (names.length === 0 || names.length !== body.children.length) return null;
  const entries = body.children.map((element, at): ObjectEntry => {
    const name = names[at]!;
    const value = elementValue(element, undefined, context);
    return { key: sourceOf(name, context), keySpan: spanOfPlain(name), value };
  });
  return { kind: 'object', entries, spreads: [], span };
}

function constructionOf(
  body: PlainNode,
  callee: Expr,
  span: Span,
  origin: 'written' | 'elided',
  context: Context,
): Expr {
  const args: Argument[] = body.children.map(element => {
    const { key, value } = partsOf(element);
    return {
      name: key === null ? null : keyText(key, context),
      value: fieldValue(key, value, callee, context),
      spread: false,
    };
  });
  const written = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const nameSpan = origin === 'written' ? written : { start: body.start, end: body.start + 1 };
  const call = { kind: 'call', callee, args, construct: true, nameSpan, span } as const;
  context.sink.calls.push(call);
  return call;
}

/** A function that a struct's field holds is called as its methods are. */
function fieldValue(key: PlainNode | null, value: PlainNode, type: Expr, context: Context): Expr {
  const name = key?.type === 'literal_element' ? key.children[0] : key;
  const fn = value.type === 'literal_element' ? value.children[0] : value;
  if (fn?.type !== 'func_literal' || name?.type !== 'identifier' || type.kind !== 'name')
    return elementValue(value, undefined, context);
  return walkFunctionLiteral(fn, name, context, type.name);
}

function arrayOf(body: PlainNode, elementType: PlainNode | undefined, span: Span, context: Context): Expr {
  const items = body.children.map(element => {
    const { key, value } = partsOf(element);
    if (key !== null) elementValue(key, undefined, context);
    return elementValue(value, elementType, context);
  });
  return { kind: 'array', items, span };
}

/** Entries with a literal key or, in a struct without a name, a field's; the others are walked, and left out. */
function objectOf(body: PlainNode, valueType: PlainNode | undefined, span: Span, context: Context): Expr {
  const entries: ObjectEntry[] = [];
  for (const element of body.children) {
    const { key, value } = partsOf(element);
    const keyExpr = key === null ? null : elementValue(key, undefined, context);
    const entryValue = elementValue(value, valueType, context);
    const name =
      keyExpr?.kind === 'string'
        ? keyExpr.value
        : keyExpr?.kind === 'literal'
          ? String(keyExpr.value)
          : keyExpr?.kind === 'name' && valueType === undefined
            ? keyExpr.name
            : null;
    if (name !== null && keyExpr !== null) entries.push({ key: name, keySpan: keyExpr.span, value: entryValue });
  }
  return { kind: 'object', entries, spreads: [], span };
}

function partsOf(element: PlainNode): { readonly key: PlainNode | null; readonly value: PlainNode } {
  if (element.type !== 'keyed_element') return { key: null, value: element };
  const value = childIn(element, 'value') ?? element.children.at(-1) ?? element;
  return { key: childIn(element, 'key') ?? null, value };
}

function elementValue(node: PlainNode, type: PlainNode | undefined, context: Context): Expr {
  const inner = node.type === 'literal_element' ? node.children[0] : node;
  if (inner === undefined || inner.type === 'keyed_element') return otherAt(node);
  if (inner.type === 'literal_value') return literalOf(inner, type, spanOfPlain(inner), 'elided', context);
  return walkExpression(inner, context);
}

/** A field's name, a string key's value, or the key as written; an expression in a key is walked. */
function keyText(node: PlainNode, context: Context): string {
  const key = elementValue(node, undefined, context);
  if (key.kind === 'name') return key.name;
  return key.kind === 'string' ? key.value : sourceOf(node, context);
}
