/**
 * `for (… of …)` and `for (… in …)`: what is bound is one of what the loop goes through, whichever. Which values these are is not
 * told here.
 */
import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { itemOf } from '../shapes.ts';

import { walkExpression } from './expressions.ts';
import { targetsOf } from './patterns.ts';
import { addBinding, walkStatement } from './statements.ts';
import type { Walk } from './walk.ts';

/** Adds what a loop binds, and walks into it. */
export function walkForIn(node: PlainNode, walk: Walk): void {
  const [left, right] = [childIn(node, 'left'), childIn(node, 'right')];
  const inner: Walk = { ...walk, scope: spanOfPlain(node) };
  const list = right === undefined ? null : walkExpression(right, walk);
  const isDeclared = left !== undefined && /\b(?:const|let|var)\s*$/.test(walk.text.slice(node.start, left.start));
  if (left !== undefined && !isDeclared) walkStatement(left, walk);
  if (left !== undefined && right !== undefined && list !== null && isDeclared) {
    const word = /^\s*(of|in)\b/.exec(walk.text.slice(left.end, right.start))?.[1];
    const value = word === 'of' ? itemOf(list) : word === 'in' ? itemOf(namesOf(list)) : null;
    for (const target of targetsOf(left, inner)) addBinding(target, value, null, 'constant', inner.scope, inner);
  }
  for (const child of node.children) if (child !== left && child !== right) walkStatement(child, inner);
}

/** `for (key in object)` goes through `Object.keys(object)`. */
function namesOf(object: Expr): Expr {
  const { span } = object;
  const global: Expr = { kind: 'name', name: 'Object', span };
  const callee: Expr = { kind: 'member', object: global, property: 'keys', propertySpan: span, span };
  const args = [{ name: null, value: object, spread: false }];
  return { kind: 'call', callee, args, construct: false, nameSpan: span, span };
}
