/** What Python code assigns to: names, attributes of `self`, and anything unpacked into them. */
import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { readOfTarget } from '../shapes.ts';
import { bindName, type Context } from './context.ts';
import { walkExpression, walkWrittenItem } from './expressions.ts';

/** Binds a target to a value; null when the value can't be known. A target that is no name of ours is walked as code. */
export function bindTarget(target: PlainNode, value: Expr | null, type: Expr | null, context: Context): void {
  switch (target.type) {
    case 'identifier':
      bindName(target, value, type, context);
      return;
    case 'attribute':
      bindAttribute(target, value, type, context);
      return;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'expression_list':
    case 'tuple':
    case 'list':
      bindItems(target, value, context);
      return;
    case 'parenthesized_expression':
    case 'as_pattern_target':
      for (const child of target.children) bindTarget(child, value, type, context);
      return;
    case 'list_splat_pattern':
    case 'list_splat':
      for (const child of target.children) bindTarget(child, null, null, context);
      return;
    case 'subscript':
      walkWrittenItem(target, context);
      return;
    default:
      walkExpression(target, context);
  }
}

/** What a loop over an iterable gives its variable: one of the items, if they are written out. */
function bindAttribute(target: PlainNode, value: Expr | null, type: Expr | null, context: Context): void {
  const object = childIn(target, 'object');
  const attribute = childIn(target, 'attribute');
  const { self } = context;
  const ofSelf = self !== null && object?.type === 'identifier' && sourceOf(object, context) === self.name;
  if (!ofSelf || attribute === undefined || attribute.start === attribute.end) {
    // What is assigned to is not read, but what it belongs to is.
    walkExpression(readOfTarget(target, 'attribute', 'object'), context);
    return;
  }
  context.sink.bindings.push({
    name: sourceOf(attribute, context),
    nameSpan: spanOfPlain(attribute),
    owner: self.owner.name,
    value,
    type,
    form: 'field',
    scope: self.owner.span,
  });
}

function bindItems(target: PlainNode, value: Expr | null, context: Context): void {
  let afterSplat = false;
  target.children.forEach((child, position) => {
    afterSplat ||= child.type === 'list_splat_pattern' || child.type === 'list_splat';
    const item = value === null || afterSplat ? null : itemAt(value, position);
    bindTarget(child, item, null, context);
  });
}

function itemAt(value: Expr, position: number): Expr | null {
  if (value.kind === 'array') return value.items[position] ?? null;
  if (value.kind === 'choice') {
    const options = value.options.map(option => itemAt(option, position));
    return options.every(option => option !== null) ? { kind: 'choice', options, span: value.span } : null;
  }
  const index: Expr = { kind: 'literal', value: position, span: value.span };
  return { kind: 'index', object: value, index, span: value.span };
}
