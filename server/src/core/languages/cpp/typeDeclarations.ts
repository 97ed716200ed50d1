/** C++'s classes, structs, unions and enums with what stands in them. */
import { type ClassContext, nameOf, nameSpanOf } from '../classContext.ts';
import type { CallExpr, Expr, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { walkExpression } from './expressions.ts';
import { addBinding, walkErrors, walkNode } from './statements.ts';
import { typeOf } from './types.ts';

/** A class, struct or union; one that is only named declares nothing. */
export function walkType(node: PlainNode, context: ClassContext): void {
  const body = childIn(node, 'body');
  if (body === undefined) return;
  const nameNode = childIn(node, 'name');
  const written = nameNode === undefined ? null : typeOf(nameNode, context);
  const known = written?.kind === 'name' ? written : null;
  const span = spanOfPlain(node);
  const name = known?.name ?? '';
  const bases = (childOfType(node, 'base_class_clause')?.children ?? [])
    .map(base => typeOf(base, context))
    .filter(base => base.kind !== 'other');
  const form: TypeFact['form'] = node.type === 'class_specifier' ? 'class' : 'struct';
  context.sink.types.push({ name, nameSpan: known?.span ?? { start: span.start, end: span.start }, form, bases, span });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  for (const child of body.children) walkNode(child, inner);
  walkErrors(node, inner);
}

/** An enum. Without `class` its constants are names around it as well. */
export function walkEnum(node: PlainNode, context: ClassContext): void {
  const body = childIn(node, 'body');
  if (body === undefined) return;
  const nameNode = childIn(node, 'name');
  const span = spanOfPlain(node);
  const name = nameNode === undefined ? '' : nameOf(nameNode, context);
  const nameSpan = nameNode === undefined ? { start: span.start, end: span.start } : nameSpanOf(nameNode, context);
  context.sink.types.push({ name, nameSpan, form: 'enum', bases: [], span });
  const isScoped = /^enum\s+(?:class|struct)\b/.test(context.text.slice(node.start, node.start + 30));
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  for (const child of body.children) {
    const constant = childIn(child, 'name');
    if (child.type !== 'enumerator' || constant === undefined || constant.start === constant.end) {
      walkNode(child, inner);
      continue;
    }
    const value = childIn(child, 'value');
    if (value !== undefined) walkExpression(value, inner);
    addConstant(constant, inner);
    if (!isScoped && name !== '') {
      const place = nameSpanOf(constant, context);
      const object: Expr = { kind: 'name', name, span: place };
      const member: Expr = {
        kind: 'member',
        object,
        property: nameOf(constant, context),
        propertySpan: place,
        span: place,
      };
      addBinding(constant, { value: member, type: null, form: 'constant' }, context);
    }
  }
  walkErrors(node, inner);
}

function addConstant(nameNode: PlainNode, context: ClassContext): void {
  const nameSpan = nameSpanOf(nameNode, context);
  const callee: Expr = { kind: 'name', name: context.owner?.name ?? '', span: nameSpan };
  const value: CallExpr = { kind: 'call', callee, args: [], construct: true, nameSpan, span: nameSpan };
  context.sink.calls.push(value);
  addBinding(nameNode, { value, type: null, form: 'enum-member' }, context);
}
