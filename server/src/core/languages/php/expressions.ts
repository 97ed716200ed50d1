/**
 * PHP's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it in the sink. Calls, strings
 * and what opens a scope have files of their own.
 */

import type { Expr, MemberExpr, ObjectEntry } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, otherAt, signedNumber } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall, walkConstruction } from './calls.ts';
import { type Context, nameAt, withoutDollar } from './context.ts';
import { walkClosure } from './functions.ts';
import { walkNode } from './statements.ts';
import { walkHeredoc, walkString } from './strings.ts';
import { walkAssignment, walkAugmentedAssignment } from './targets.ts';

/** The value of an expression node. Parentheses, casts to string, `&`, `@`, `clone` and `print` are taken off. */
export function walkExpression(node: PlainNode, context: Context): Expr {
  const inner = withoutWrapping(node, context);
  const value = walkOperand(inner, context);
  if (value.kind === 'member' && value.span.start === inner.start && value.span.end === inner.end) {
    if (ACCESSES.has(inner.type)) context.sink.members.push(value);
  }
  return value;
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: Context): Expr {
  switch (node.type) {
    case 'variable_name':
    case 'name':
    case 'qualified_name':
    case 'relative_name':
    case 'relative_scope':
      return nameAt(node, context);
    case 'string':
    case 'encapsed_string':
      return walkString(node, context);
    case 'heredoc':
    case 'nowdoc':
      return walkHeredoc(node, context);
    case 'integer':
    case 'float':
      return numberAt(node, context);
    case 'boolean':
      return { kind: 'literal', value: /^true$/i.test(sourceOf(node, context)), span: spanOfPlain(node) };
    case 'null':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
    case 'scoped_property_access_expression':
    case 'class_constant_access_expression':
      return memberOf(node, context);
    case 'function_call_expression':
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
      return walkCall(node, context);
    case 'object_creation_expression':
      return walkConstruction(node, context);
    case 'anonymous_function':
    case 'arrow_function':
      return walkClosure(node, null, context);
    case 'subscript_expression':
      return walkSubscript(node, context);
    case 'array_creation_expression':
      return walkArray(node, context);
    case 'assignment_expression':
    case 'reference_assignment_expression':
      return walkAssignment(node, context);
    case 'augmented_assignment_expression':
      return walkAugmentedAssignment(node, context);
    case 'binary_expression':
      return walkBinary(node, context);
    case 'unary_op_expression':
      return walkUnary(node, context);
    case 'conditional_expression':
      return walkTernary(node, context);
    case 'match_expression':
      return walkMatch(node, context);
    default: {
      const inner = withoutWrapping(node, context);
      return inner === node ? walkInside(node, context) : walkOperand(inner, context);
    }
  }
}

/** `$a->b`, `$a?->b`, `A::$b`, `A::B`; with a computed name it is an index. */
export function memberOf(node: PlainNode, context: Context): MemberExpr | Expr {
  const objectNode = childIn(node, 'object') ?? childIn(node, 'scope') ?? node.children[0];
  const nameNode = childIn(node, 'name') ?? node.children[1];
  if (objectNode === undefined) return otherAt(node);
  const object = walkOperand(objectNode, context);
  if (nameNode === undefined || nameNode.start === nameNode.end) return otherAt(node);
  const isStatic = node.type === 'scoped_property_access_expression';
  const property = isStatic ? withoutDollar(nameNode) : nameNode;
  if (property.type !== 'name') {
    const index = walkExpression(nameNode, context);
    return { kind: 'index', object, index, span: { start: node.start, end: nameNode.end } };
  }
  return memberAt(object, property, { start: node.start, end: property.end }, context);
}

const ACCESSES: ReadonlySet<string> = new Set([
  'member_access_expression',
  'nullsafe_member_access_expression',
  'scoped_property_access_expression',
  'class_constant_access_expression',
]);

const WRAPPINGS: ReadonlySet<string> = new Set([
  'parenthesized_expression',
  'by_ref',
  'clone_expression',
  'error_suppression_expression',
  'print_intrinsic',
]);

function withoutWrapping(node: PlainNode, context: Context): PlainNode {
  let inner = node;
  for (;;) {
    const next = inner.type === 'cast_expression' ? castToString(inner, context) : onlyChild(inner);
    if (next === undefined) return inner;
    inner = next;
  }
}

function onlyChild(node: PlainNode): PlainNode | undefined {
  return WRAPPINGS.has(node.type) && node.children.length === 1 ? node.children[0] : undefined;
}

function castToString(node: PlainNode, context: Context): PlainNode | undefined {
  const type = childIn(node, 'type');
  return type !== undefined && /^string$/i.test(sourceOf(type, context)) ? childIn(node, 'value') : undefined;
}

function walkInside(node: PlainNode, context: Context): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function numberAt(node: PlainNode, context: Context): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const value = /^0[0-7]+$/.test(source) ? Number.parseInt(source, 8) : Number(source);
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

function walkSubscript(node: PlainNode, context: Context): Expr {
  const [objectNode, indexNode] = node.children;
  if (objectNode === undefined) return otherAt(node);
  const object = walkOperand(objectNode, context);
  if (indexNode === undefined) return otherAt(node);
  return { kind: 'index', object, index: walkExpression(indexNode, context), span: spanOfPlain(node) };
}

/** With keys an object, without an array. Entries whose key is computed are walked, and left out. */
function walkArray(node: PlainNode, context: Context): Expr {
  const entries: ObjectEntry[] = [];
  const spreads: Expr[] = [];
  const items: Expr[] = [];
  let keyed = false;
  for (const element of node.children) {
    const [first, second] = element.children;
    if (element.type !== 'array_element_initializer' || first === undefined) walkInside(element, context);
    else if (first.type === 'variadic_unpacking') {
      const spread = first.children[0];
      if (spread !== undefined) spreads.push(walkExpression(spread, context));
    } else if (second === undefined) items.push(walkExpression(first, context));
    else {
      keyed = true;
      const key = walkExpression(first, context);
      const value = walkExpression(second, context);
      const name = key.kind === 'string' ? key.value : key.kind === 'literal' ? String(key.value) : null;
      if (name !== null) entries.push({ key: name, keySpan: key.span, value });
    }
  }
  const span = spanOfPlain(node);
  return keyed ? { kind: 'object', entries, spreads, span } : { kind: 'array', items, span };
}

/** `a ?? b` and `a || b` are one of both; `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: Context): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const span = spanOfPlain(node);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  switch (node.token?.toLowerCase()) {
    case '.':
      return concatenate(left, right, span);
    case '??':
    case '||':
    case 'or': {
      const after = right.kind === 'choice' ? right.options : [right];
      return { kind: 'choice', options: [left, ...after], span };
    }
    case '&&':
    case 'and':
      addBranch(context.sink, leftNode, rightNode);
      return otherAt(node);
    default:
      return otherAt(node);
  }
}

function walkUnary(node: PlainNode, context: Context): Expr {
  const operand = childIn(node, 'argument') ?? node.children[0];
  if (operand === undefined) return otherAt(node);
  const value = walkExpression(operand, context);
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

/** `a ? b : c`, and `a ?: c`, which is one of both. */
function walkTernary(node: PlainNode, context: Context): Expr {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  const alternative = childIn(node, 'alternative');
  if (condition === undefined || alternative === undefined) return walkInside(node, context);
  const asked = walkExpression(condition, context);
  const first = body === undefined ? asked : walkExpression(body, context);
  const second = walkExpression(alternative, context);
  if (body !== undefined) {
    addBranch(context.sink, condition, body, alternative);
  }
  return { kind: 'choice', options: [first, second], span: spanOfPlain(node) };
}

function walkMatch(node: PlainNode, context: Context): Expr {
  const condition = childIn(node, 'condition');
  if (condition !== undefined) walkExpression(condition, context);
  const options: Expr[] = [];
  for (const arm of childIn(node, 'body')?.children ?? []) {
    const value = childIn(arm, 'return_expression');
    for (const child of arm.children) if (child !== value) walkInside(child, context);
    if (value !== undefined) options.push(walkExpression(value, context));
  }
  return options.length === 0 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
}
