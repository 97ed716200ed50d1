/** What PHP code assigns to: variables, properties, and anything unpacked into them. */

import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { oneOf, otherAt, readOfTarget } from '../shapes.ts';
import { bindMember, bindVariable, type Context, withoutDollar } from './context.ts';
import { walkExpression } from './expressions.ts';
import { walkClosure } from './functions.ts';

/** `left = right`. Gives the value back. */
export function walkAssignment(node: PlainNode, context: Context): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  const value = valueNode === undefined ? otherAt(node) : assignedValue(valueNode, target, context);
  if (target !== undefined) bindTarget(target, value, context);
  return value;
}

/** `left ??= right` gives a value that it may have; any other operator gives it one that nobody knows. */
export function walkAugmentedAssignment(node: PlainNode, context: Context): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  const value = valueNode === undefined ? otherAt(node) : walkExpression(valueNode, context);
  const given = node.token === '??=' ? value : otherAt(node);
  if (target !== undefined) bindTarget(target, given, context);
  return given;
}

/** Binds a target to a value; null when the value can't be known. A target that is no name of ours is walked as code. */
export function bindTarget(target: PlainNode, value: Expr | null, context: Context): void {
  switch (target.type) {
    case 'variable_name':
      bindVariable(target, value, null, context);
      return;
    case 'member_access_expression':
    case 'scoped_property_access_expression':
      bindProperty(target, value, context);
      return;
    case 'list_literal':
    case 'array_creation_expression':
      bindItems(target, value, context);
      return;
    case 'by_ref':
      for (const child of target.children) bindTarget(child, value, context);
      return;
    default:
      walkExpression(target, context);
  }
}

/** What a loop over an iterable gives its variable: one of the items, if they are written out. */
export function itemOf(iterable: Expr): Expr | null {
  const items =
    iterable.kind === 'array'
      ? iterable.items
      : iterable.kind === 'object'
        ? iterable.entries.map(entry => entry.value)
        : [];
  return oneOf(items, iterable.span);
}

function assignedValue(node: PlainNode, target: PlainNode | undefined, context: Context): Expr {
  const isClosure = node.type === 'anonymous_function' || node.type === 'arrow_function';
  if (!isClosure || target?.type !== 'variable_name') return walkExpression(node, context);
  return walkClosure(node, target, context);
}

/** `$this->x = …`, `self::$x = …`. */
function bindProperty(target: PlainNode, value: Expr | null, context: Context): void {
  const object = childIn(target, 'object') ?? childIn(target, 'scope');
  const name = childIn(target, 'name');
  const ofSelf = object !== undefined && /^(?:\$this|self|static)$/i.test(sourceOf(object, context));
  const property = name === undefined ? undefined : withoutDollar(name);
  const isPlain = property?.type === 'name' && property.start < property.end;
  // What is assigned to is not read, but what it belongs to is.
  if (!isPlain) walkExpression(target, context);
  else if (!ofSelf) walkExpression(readOfTarget(target, 'member_access_expression', 'object'), context);
  else if (context.owner === null) walkExpression(target, context);
  else bindMember(property, { value, type: null, form: 'field' }, context);
}

/** `[$a, 'k' => $b] = $value`: `$a` is its item 0, `$b` its entry `k`. */
function bindItems(target: PlainNode, value: Expr | null, context: Context): void {
  const parts = target.children.flatMap(child =>
    child.type === 'array_element_initializer' ? pairOf(child.children) : [child],
  );
  let position = 0;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const next = parts[at + 1];
    const isKey = next !== undefined && context.text.slice(part.end, next.start).includes('=>');
    if (isKey) {
      const key = walkExpression(part, context);
      bindTarget(next, value === null ? null : indexed(value, key), context);
      at++;
    } else {
      const key: Expr = { kind: 'literal', value: position++, span: spanOfPlain(part) };
      bindTarget(part, value === null ? null : indexed(value, key), context);
    }
  }
}

function pairOf(children: readonly PlainNode[]): readonly PlainNode[] {
  return children.slice(0, 2);
}

function indexed(value: Expr, index: Expr): Expr {
  if (value.kind === 'array' && index.kind === 'literal')
    return value.items[Number(index.value)] ?? { ...index, kind: 'other' };
  return { kind: 'index', object: value, index, span: value.span };
}
