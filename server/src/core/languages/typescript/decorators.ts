/** Decorators of TypeScript, and Angular's templates that stand in one. */

import { addAngularTemplate } from '../angular/template.ts';
import type { CallExpr } from '../facts.ts';
import { type PlainNode, spanOfPlain } from '../plainTree.ts';

import { walkExpression } from './expressions.ts';
import type { Walk } from './walk.ts';

/** `@name(…)` before a class, a member or a parameter. */
export function walkDecorator(node: PlainNode, walk: Walk): void {
  const inner = node.children[0];
  if (inner === undefined) return;
  const value = walkExpression(inner, walk);
  const span = spanOfPlain(inner);
  if (value.kind === 'call') {
    // It was listed as a call a moment ago, and is a decorator only.
    walk.sink.calls.pop();
    walk.sink.decorators.push(value);
    addInlineTemplate(value, walk);
  } else walk.sink.decorators.push({ kind: 'call', callee: value, args: [], construct: false, nameSpan: span, span });
}

/** `@Component({ template: '…' })`: Angular's template of the class behind it. */
function addInlineTemplate({ callee, args }: CallExpr, walk: Walk): void {
  const [given] = args;
  if (callee.kind !== 'name' || callee.name !== 'Component' || given?.value.kind !== 'object') return;
  const template = given.value.entries.find(({ key }) => key === 'template')?.value;
  if (template?.kind !== 'string' && template?.kind !== 'template') return;
  const { start, end } = template.span;
  addAngularTemplate(walk.text, { start: start + 1, end: end - 1 }, walk.sink);
}
