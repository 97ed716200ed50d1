/** Go's types: as expressions, and as declarations with their fields, methods and embedded types. */

import type { Expr } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt, otherAt } from '../shapes.ts';
import { boundOf, withBounds } from '../typeBounds.ts';
import type { Context } from './context.ts';
import { parametersOf } from './functions.ts';
import { walkNode } from './statements.ts';

/** A type as an expression; what has no name is unknown. `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: Context): Expr {
  const first = node.children[0];
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
      return node.start === node.end
        ? otherAt(node)
        : boundOf({ kind: 'name', name: sourceOf(node, context), span: spanOfPlain(node) }, context);
    case 'qualified_type': {
      const [packageNode, name] = node.children;
      if (packageNode === undefined || name === undefined || name.start === name.end) return otherAt(node);
      const object: Expr = { kind: 'name', name: sourceOf(packageNode, context), span: spanOfPlain(packageNode) };
      return memberAt(object, name, spanOfPlain(node), context);
    }
    case 'slice_type':
    case 'array_type':
    case 'implicit_length_array_type': {
      const element = childIn(node, 'element');
      return element === undefined
        ? otherAt(node)
        : { kind: 'array', items: [typeOf(element, context)], span: spanOfPlain(node) };
    }
    case 'pointer_type':
    case 'parenthesized_type':
    case 'generic_type':
    case 'type_elem':
      return first === undefined ? otherAt(node) : typeOf(first, context);
    default:
      return otherAt(node);
  }
}

/** Whether a node in the place of a value is a type, as in `make([]string, 0)`. */
export function isType(node: PlainNode): boolean {
  return node.type.endsWith('_type') || node.type === 'type_identifier';
}

/** `type Name …` with whatever stands behind it. */
export function walkTypeSpec(node: PlainNode, outer: Context): void {
  const context = withBounds(node, outer, typeOf);
  const nameNode = childIn(node, 'name');
  const type = childIn(node, 'type');
  if (nameNode === undefined || type === undefined) return;
  const name = sourceOf(nameNode, context);
  const bases: Expr[] = [];
  const fact = { name, nameSpan: spanOfPlain(nameNode), bases, span: spanOfPlain(node) };
  if (name === '') return;
  if (type.type === 'struct_type') {
    for (const field of childOfType(type, 'field_declaration_list')?.children ?? []) {
      walkField(field, name, bases, context);
    }
    context.sink.types.push({ ...fact, form: 'struct' });
  } else if (type.type === 'interface_type') {
    for (const element of type.children) walkInterfaceElement(element, name, bases, context);
    context.sink.types.push({ ...fact, form: 'interface' });
  } else {
    const base = typeOf(type, context);
    if (base.kind !== 'other') bases.push(base);
    context.sink.types.push({ ...fact, form: 'alias' });
  }
}

function walkField(node: PlainNode, owner: string, bases: Expr[], context: Context): void {
  if (node.type !== 'field_declaration') {
    walkNode(node, context);
    return;
  }
  const typeNode = childIn(node, 'type');
  if (typeNode === undefined) return;
  const type = typeOf(typeNode, context);
  let named = false;
  for (const child of node.children) {
    if (child.field !== 'name') continue;
    named = true;
    const name = sourceOf(child, context);
    if (name === '' || name === '_') continue;
    const nameSpan = spanOfPlain(child);
    context.sink.bindings.push({ name, nameSpan, owner, value: null, type, form: 'field', scope: FILE_SCOPE });
  }
  if (!named && type.kind !== 'other') bases.push(type);
}

function walkInterfaceElement(node: PlainNode, owner: string, bases: Expr[], context: Context): void {
  if (node.type === 'method_elem') {
    const name = childIn(node, 'name');
    if (name === undefined || name.start === name.end) return;
    context.sink.functions.push({
      name: sourceOf(name, context),
      nameSpan: spanOfPlain(name),
      owner,
      parameters: parametersOf(childIn(node, 'parameters'), context, true),
      returns: [],
      span: spanOfPlain(node),
    });
  } else if (node.type === 'type_elem' && node.children.length === 1) {
    const base = typeOf(node, context);
    if (base.kind !== 'other') bases.push(base);
  }
}
