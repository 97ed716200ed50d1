/** Assignments of TypeScript and JavaScript, and what CommonJS exports by them. */
import { type Expr, WHOLE_MODULE } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

import { walkExpression, walkNamed, walkOperand } from './expressions.ts';
import { requiredModule } from './modules.ts';
import type { Walk } from './walk.ts';

/** `this.x = value` is a field, `x = value` another value of a variable, `module.exports = value` an export. */
export function walkAssignment(node: PlainNode, walk: Walk): void {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return;
  const isName = leftNode.type === 'identifier';
  const named = isName ? leftNode : childIn(leftNode, 'property');
  const value =
    named === undefined ? walkExpression(rightNode, walk) : walkNamed(rightNode, sourceOf(named, walk), named, walk);
  if (isName) {
    walk.sink.bindings.push({
      name: sourceOf(leftNode, walk),
      nameSpan: spanOfPlain(leftNode),
      owner: null,
      value,
      type: null,
      form: 'variable',
      scope: walk.functionScope,
    });
    return;
  }
  // What is assigned to is not read.
  const left = walkOperand(leftNode, walk);
  if (left.kind !== 'member') return;
  const common = { value, type: null, nameSpan: left.propertySpan };
  if (left.object.kind !== 'name') {
    if (left.object.kind === 'member' && left.object.property === 'exports')
      walk.sink.bindings.push({ ...common, name: left.property, owner: null, form: 'constant', scope: FILE_SCOPE });
  } else if (left.object.name === 'this' && walk.owner !== null) {
    const { name, span } = walk.owner;
    walk.sink.bindings.push({ ...common, name: left.property, owner: name, form: 'field', scope: span });
  } else if (left.object.name === 'exports' && value.kind !== 'name') {
    walk.sink.bindings.push({ ...common, name: left.property, owner: null, form: 'constant', scope: FILE_SCOPE });
  } else if (left.object.name === 'exports' && value.kind === 'name') {
    walk.sink.exports.push({ name: left.property, local: value.name, from: null });
  } else if (left.object.name === 'module' && left.property === 'exports') addCommonJsExports(value, walk);
}

/** What stands for a module as a whole: `module.exports = value`, `export = value`. */
export function addCommonJsExports(value: Expr, walk: Walk): void {
  if (value.kind === 'name') {
    walk.sink.exports.push({ name: 'default', local: value.name, from: null });
    walk.sink.exports.push({ name: '*', local: value.name, from: null });
    walk.sink.exports.push({ name: WHOLE_MODULE, local: value.name, from: null });
    return;
  }
  if (value.kind !== 'object') {
    const nameSpan = { start: value.span.start, end: value.span.start };
    const common = { nameSpan, owner: null, value, type: null, form: 'constant', scope: FILE_SCOPE } as const;
    walk.sink.bindings.push({ ...common, name: WHOLE_MODULE });
    return;
  }
  for (const spread of value.spreads) {
    const from = requiredModule(spread);
    if (from !== null) walk.sink.exports.push({ name: '*', local: '*', from });
    else if (spread.kind === 'name') walk.sink.exports.push({ name: '*', local: spread.name, from: null });
  }
  for (const entry of value.entries) {
    if (entry.value.kind === 'name') walk.sink.exports.push({ name: entry.key, local: entry.value.name, from: null });
    else {
      const { key: name, keySpan: nameSpan } = entry;
      walk.sink.bindings.push({
        name,
        nameSpan,
        owner: null,
        value: entry.value,
        type: null,
        form: 'constant',
        scope: FILE_SCOPE,
      });
    }
  }
}
