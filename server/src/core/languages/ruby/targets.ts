/** What Ruby code assigns to: names, constants, instance variables, attributes, and anything unpacked into them. */

import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { bindGlobal, bindLocal, bindMember, type Context } from './context.ts';
import { walkExpression } from './expressions.ts';
import { walkLambda } from './functions.ts';
import { isRecord, walkRecord } from './records.ts';

/** `left = right`. Gives the value back. */
export function walkAssignment(node: PlainNode, context: Context): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  if (target?.type === 'constant' && valueNode !== undefined && isRecord(valueNode, context)) {
    const name = { name: sourceOf(target, context), span: spanOfPlain(target) };
    walkRecord(valueNode, name, spanOfPlain(node), context);
    return otherAt(node);
  }
  const value = valueNode === undefined ? otherAt(node) : assignedValue(valueNode, target, context);
  if (target !== undefined) bindTarget(target, value, context);
  return value;
}

/** `left ||= right` gives the name a value it may have; any other operator gives it one that nobody knows. */
export function walkOperatorAssignment(node: PlainNode, context: Context): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  const value = valueNode === undefined ? otherAt(node) : walkExpression(valueNode, context);
  const given = node.token === '||=' ? value : otherAt(node);
  if (target !== undefined) bindTarget(target, given, context);
  return given;
}

/** Binds a target to a value; null when the value can't be known. A target that is no name is walked as code. */
export function bindTarget(target: PlainNode, value: Expr | null, context: Context): void {
  const source = sourceOf(target, context);
  const span = spanOfPlain(target);
  switch (target.type) {
    case 'identifier':
    case 'hash_key_symbol':
      // A name that is given itself, converted or not, stays what it was.
      if (value?.kind !== 'name' || value.name !== source) bindLocal(target, value, context);
      return;
    case 'constant':
      if (source !== '') bindMember(source, span, value, 'constant', context);
      return;
    case 'instance_variable':
    case 'class_variable':
      if (source !== '') bindMember(source, span, value, 'field', context);
      return;
    case 'global_variable':
      if (source !== '') bindGlobal(source, span, value, context);
      return;
    case 'call':
      bindAttribute(target, value, context);
      return;
    case 'element_reference':
      // `settings[:key] = value` reads the settings, but not what they have under the key.
      for (const part of target.children) walkExpression(part, context);
      return;
    case 'left_assignment_list':
    case 'destructured_left_assignment':
    case 'destructured_parameter':
      bindItems(target, value, context);
      return;
    case 'rest_assignment':
      for (const child of target.children) bindTarget(child, null, context);
      return;
    default:
      walkExpression(target, context);
  }
}

/** What a loop over an iterable gives its variable: one of the items, if they are written out. */
function assignedValue(node: PlainNode, target: PlainNode | undefined, context: Context): Expr {
  if (node.type !== 'lambda' || target?.type !== 'identifier') return walkExpression(node, context);
  return walkLambda(node, { name: sourceOf(target, context), span: spanOfPlain(target) }, context);
}

/**
 * `self.name = value` sets what a reader of that name gives. `Some.thing.name = value` is kept as a name of the program, dots
 * and all: configuration objects are where a program puts its clients.
 */
function bindAttribute(target: PlainNode, value: Expr | null, context: Context): void {
  const receiver = childIn(target, 'receiver');
  const method = childIn(target, 'method');
  if (receiver === undefined || method === undefined || method.start === method.end) {
    walkExpression(target, context);
    return;
  }
  const name = sourceOf(method, context);
  if (receiver.type === 'self') {
    bindMember(name, spanOfPlain(method), value, 'field', context);
    return;
  }
  const whole = sourceOf(target, context);
  if (/^(?:(?<!\w)[A-Z]\w*|::|\.[a-z_]\w*)+$/.test(whole)) bindGlobal(whole, spanOfPlain(target), value, context);
  else walkExpression(receiver, context);
}

function bindItems(target: PlainNode, value: Expr | null, context: Context): void {
  let afterRest = false;
  target.children.forEach((child, position) => {
    afterRest ||= child.type === 'rest_assignment';
    bindTarget(child, value === null || afterRest ? null : itemAt(value, position), context);
  });
}

function itemAt(value: Expr, position: number): Expr | null {
  if (value.kind === 'array') return value.items[position] ?? null;
  if (value.kind !== 'call' && value.kind !== 'name' && value.kind !== 'member') return null;
  return {
    kind: 'index',
    object: value,
    index: { kind: 'literal', value: position, span: value.span },
    span: value.span,
  };
}
