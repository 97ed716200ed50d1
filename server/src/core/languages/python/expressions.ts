/**
 * Python's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member
 * accesses, functions, bindings of `:=`, branches) in the sink. Strings have a file of their own, and so have calls.
 */

import type { Expr, MemberExpr, ObjectEntry } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, indexBy, itemOf, memberAt, otherAt } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall } from './calls.ts';
import { bindName, type Context } from './context.ts';
import { formatWithPercent } from './formats.ts';
import { walkLambda } from './functions.ts';
import { walkNode } from './statements.ts';
import { walkConcatenatedString, walkString } from './strings.ts';
import { bindTarget } from './targets.ts';

/** The value of an expression node. Parentheses and `await` are taken off. */
export function walkExpression(node: PlainNode, context: Context): Expr {
  switch (node.type) {
    case 'identifier':
      return node.start === node.end
        ? otherAt(node)
        : { kind: 'name', name: sourceOf(node, context), span: spanOfPlain(node) };
    case 'string':
      return walkString(node, context);
    case 'concatenated_string':
      return walkConcatenatedString(node, context);
    case 'integer':
    case 'float':
      return numberAt(node, context);
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span: spanOfPlain(node) };
    case 'none':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'attribute': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'call':
      return walkCall(node, context);
    case 'subscript': {
      const read = walkSubscript(node, context, walkExpression);
      if (read.kind === 'index') context.sink.members.push(read);
      return read;
    }
    case 'parenthesized_expression':
    case 'await':
      return node.children.length === 1 ? walkExpression(node.children[0]!, context) : walkInside(node, context);
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'dictionary':
      return walkDictionary(node, context);
    case 'binary_operator':
      return walkBinary(node, context);
    case 'boolean_operator':
      return walkBoolean(node, context);
    case 'conditional_expression':
      return walkConditional(node, context);
    case 'unary_operator':
      return walkUnary(node, context);
    case 'named_expression':
      return walkNamedExpression(node, context);
    case 'lambda':
      return walkLambda(node, null, context);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return walkComprehension(node, context);
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: Context): Expr {
  if (node.type === 'attribute') return memberOf(node, context);
  if (node.type === 'subscript') return walkSubscript(node, context, walkOperand);
  if (node.type === 'parenthesized_expression' && node.children.length === 1) {
    return walkOperand(node.children[0]!, context);
  }
  return walkExpression(node, context);
}

/** A value that a name is given to: a lambda takes the name. */
export function walkNamed(node: PlainNode, nameNode: PlainNode, context: Context): Expr {
  if (node.type === 'lambda' && nameNode.type === 'identifier') return walkLambda(node, nameNode, context);
  return walkExpression(node, context);
}

/** A type annotation. Its names are no member accesses; `X[Y]` is an index, `X | Y` a choice, `"X"` the name in it. */
export function walkType(node: PlainNode, context: Context): Expr {
  const first = node.children[0];
  switch (node.type) {
    case 'type':
      return first === undefined ? otherAt(node) : walkType(first, context);
    case 'attribute':
      return memberOf(node, context);
    case 'string': {
      const value = walkString(node, context);
      if (value.kind !== 'string' || !/^[A-Za-z_]\w*$/.test(value.value)) return value;
      return { kind: 'name', name: value.value, span: value.span };
    }
    case 'generic_type':
    case 'subscript': {
      const [object, parameters] = node.children;
      if (object === undefined || parameters === undefined) return otherAt(node);
      const inner = parameters.type === 'type_parameter' ? parameters.children : node.children.slice(1);
      const types = inner.map(child => walkType(child, context));
      const index: Expr =
        types.length === 1 ? types[0]! : { kind: 'array', items: types, span: spanOfPlain(parameters) };
      return { kind: 'index', object: walkType(object, context), index, span: spanOfPlain(node) };
    }
    case 'union_type':
    case 'binary_operator':
      return {
        kind: 'choice',
        options: node.children.map(child => walkType(child, context)),
        span: spanOfPlain(node),
      };
    default:
      return walkExpression(node, context);
  }
}

function walkInside(node: PlainNode, context: Context): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function numberAt(node: PlainNode, context: Context): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const value = Number(source.replace(/[lL]$/, ''));
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

function memberOf(node: PlainNode, context: Context): MemberExpr | Expr {
  const objectNode = childIn(node, 'object');
  const property = childIn(node, 'attribute');
  if (objectNode === undefined || property === undefined) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  if (property.start === property.end) return otherAt(node);
  return memberAt(object, property, spanOfPlain(node), context);
}

/** `object[index] = …` reads the object and the index, not the item. */
export function walkWrittenItem(node: PlainNode, context: Context): void {
  walkSubscript(node, context, walkExpression);
}

/** `object[index]`; several indices are a tuple. A slice is of no interest, but what stands in it is. */
function walkSubscript(node: PlainNode, context: Context, walkObject: typeof walkExpression): Expr {
  const objectNode = childIn(node, 'value');
  if (objectNode === undefined) return walkInside(node, context);
  const object = walkObject(objectNode, context);
  const indices = node.children.filter(child => child !== objectNode).map(child => walkExpression(child, context));
  return indexBy(object, indices, spanOfPlain(node)) ?? otherAt(node);
}

/** Entries with a literal key; the others are walked, and left out. */
function walkDictionary(node: PlainNode, context: Context): Expr {
  const entries: ObjectEntry[] = [];
  const spreads: Expr[] = [];
  for (const child of node.children) {
    const spread = child.type === 'dictionary_splat' ? child.children[0] : undefined;
    if (spread !== undefined) spreads.push(walkExpression(spread, context));
    const keyNode = childIn(child, 'key');
    const valueNode = childIn(child, 'value');
    if (child.type !== 'pair' || keyNode === undefined || valueNode === undefined) {
      if (spread === undefined) walkInside(child, context);
      continue;
    }
    const key = walkExpression(keyNode, context);
    const value = walkExpression(valueNode, context);
    if (key.kind === 'string') entries.push({ key: key.value, keySpan: key.span, value });
    else if (key.kind === 'literal') entries.push({ key: String(key.value), keySpan: key.span, value });
  }
  return { kind: 'object', entries, spreads, span: spanOfPlain(node) };
}

function walkBinary(node: PlainNode, context: Context): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const span = spanOfPlain(node);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  if (node.token === '+') return concatenate(left, right, span);
  if (node.token !== '%' || left.kind !== 'string') return otherAt(node);
  const values = right.kind === 'array' && unwrapped(rightNode).type === 'tuple' ? right.items : right;
  return formatWithPercent(left.value, values, span);
}

function unwrapped(node: PlainNode): PlainNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression' && inner.children.length === 1) inner = inner.children[0]!;
  return inner;
}

/** `a or b` is one of both; `a and b` guards `b`. */
function walkBoolean(node: PlainNode, context: Context): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  if (node.token === 'or') {
    const before = left.kind === 'choice' ? left.options : [left];
    return { kind: 'choice', options: [...before, right], span: spanOfPlain(node) };
  }
  addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function walkConditional(node: PlainNode, context: Context): Expr {
  const [consequent, condition, alternative] = node.children;
  if (consequent === undefined || condition === undefined || alternative === undefined)
    return walkInside(node, context);
  const first = walkExpression(consequent, context);
  walkExpression(condition, context);
  const second = walkExpression(alternative, context);
  addBranch(context.sink, condition, consequent, alternative);
  return { kind: 'choice', options: [first, second], span: spanOfPlain(node) };
}

function walkUnary(node: PlainNode, context: Context): Expr {
  const operand = childIn(node, 'argument');
  if (operand === undefined) return walkInside(node, context);
  const value = walkExpression(operand, context);
  if (value.kind !== 'literal' || typeof value.value !== 'number' || node.token === '~') return otherAt(node);
  return { kind: 'literal', value: node.token === '-' ? -value.value : value.value, span: spanOfPlain(node) };
}

function walkNamedExpression(node: PlainNode, context: Context): Expr {
  const name = childIn(node, 'name');
  const valueNode = childIn(node, 'value');
  if (name === undefined || valueNode === undefined) return walkInside(node, context);
  const value = walkNamed(valueNode, name, context);
  bindName(name, value, null, context);
  return value;
}

/** The variables of a comprehension are seen in it alone; names bound by `:=` are not its own. */
function walkComprehension(node: PlainNode, context: Context): Expr {
  const inner: Context = { ...context, scope: spanOfPlain(node), elsewhere: new Map(), body: null };
  for (const child of node.children) {
    const target = childIn(child, 'left');
    const iterable = childIn(child, 'right');
    if (child.type !== 'for_in_clause' || target === undefined || iterable === undefined) walkNode(child, context);
    else bindTarget(target, itemOf(walkExpression(iterable, context)), null, inner);
  }
  return otherAt(node);
}
