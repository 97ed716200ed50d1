/**
 * Kotlin's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Calls have a file of their own.
 */

import { type ClassContext, inBlock, nameAt, nameOf, nameSpanOf } from '../classContext.ts';
import type { Expr, IndexExpr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, isAssignedAt, otherAt, signedNumber } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { genericCall, walkCall, walkConstructorCall, walkInfix } from './calls.ts';
import { walkAnonymousFunction, walkLambda, walkObject } from './functions.ts';
import { walkAssignment, walkNode } from './statements.ts';
import { unescaped, walkString } from './strings.ts';
import { typeOf } from './types.ts';

/** The value of an expression node. Parentheses, casts and `!!` are taken off. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
      return identifierAt(node, context);
    case 'this_expression':
    case 'super_expression':
      return selfAt(node, context);
    case 'user_type':
      return typeOf(node, context);
    case 'string_literal':
    case 'multiline_string_literal':
      return walkString(node, context, child => walkExpression(child, context));
    case 'character_literal': {
      const value = sourceOf(node, context).slice(1, -1);
      return { kind: 'string', value: value.startsWith('\\') ? unescaped(value) : value, span: spanOfPlain(node) };
    }
    case 'number_literal':
    case 'float_literal':
      return numberAt(node, context);
    case 'navigation_expression':
    case 'callable_reference': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'call_expression':
      return walkCall(node, context);
    case 'infix_expression':
      return walkInfix(node, context);
    case 'constructor_invocation':
    case 'constructor_delegation_call':
      return walkConstructorCall(node, context);
    case 'index_expression':
      return walkIndex(node, context);
    case 'collection_literal':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'binary_expression':
      return walkBinary(node, context);
    case 'unary_expression':
      return walkUnary(node, context);
    case 'as_expression': {
      const value = childIn(node, 'left') ?? node.children[0];
      return value === undefined ? otherAt(node) : walkExpression(value, context);
    }
    case 'if_expression':
      return walkIf(node, context);
    case 'when_expression':
      return walkWhen(node, context);
    case 'assignment':
      return walkAssignment(node, context);
    case 'annotated_lambda':
    case 'lambda_literal':
      return walkLambda(node.type === 'lambda_literal' ? node : (childOfType(node, 'lambda_literal') ?? node), context);
    case 'anonymous_function':
      return walkAnonymousFunction(node, context);
    case 'object_literal':
      return walkObject(node, context);
    case 'block':
      return walkBlock(node, context);
    case 'parenthesized_expression':
    case 'annotated_expression':
    case 'labeled_expression': {
      const inner = node.children.at(-1);
      return inner === undefined ? otherAt(node) : walkExpression(inner, context);
    }
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'navigation_expression' || node.type === 'callable_reference') return memberOf(node, context);
  const inner = node.children.at(-1);
  // The grammar lets `!` and `-` bind before what they stand before: `!a.b()` is `(!a).b()` to it.
  if ((node.type === 'parenthesized_expression' || node.type === 'unary_expression') && inner !== undefined)
    return walkOperand(inner, context);
  return walkExpression(node, context);
}

/** A block's statements; its value is the last one's. */
export function walkBlock(node: PlainNode, context: ClassContext): Expr {
  return walkStatements(node, inBlock(node, context));
}

/** The statements among a node's children, in a block that is open already. */
export function walkStatements(node: PlainNode, context: ClassContext): Expr {
  let last: Expr = otherAt(node);
  for (const child of node.children) {
    if (STATEMENTS.has(child.type)) {
      walkNode(child, context);
      last = otherAt(child);
    } else last = walkExpression(child, context);
  }
  return last;
}

const STATEMENTS: ReadonlySet<string> = new Set([
  'class_declaration',
  'companion_object',
  'for_statement',
  'function_declaration',
  'lambda_parameters',
  'object_declaration',
  'property_declaration',
  'return_expression',
  'type_alias',
  'while_statement',
]);

export function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

/** The grammar takes `true`, `false` and `null` for names. */
function identifierAt(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context);
  if (source === 'true' || source === 'false')
    return { kind: 'literal', value: source === 'true', span: spanOfPlain(node) };
  if (source === 'null') return { kind: 'literal', value: null, span: spanOfPlain(node) };
  return nameAt(node, context);
}

/** `this` and `super`; `this@Outer` is an object of `Outer`, as its type's name says. */
function selfAt(node: PlainNode, context: ClassContext): Expr {
  const label = node.type === 'this_expression' ? node.children[0] : undefined;
  if (label !== undefined) return nameAt(label, context);
  const name = node.type === 'this_expression' ? 'this' : 'super';
  return { kind: 'name', name, span: { start: node.start, end: Math.min(node.start + name.length, node.end) } };
}

function numberAt(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const digits = /^0[xXbB]/.test(source)
    ? source.replace(/(?<![uULl])[uULl]+$/, '')
    : source.replace(/(?<![uULlFf])[uULlFf]+$/, '');
  const value = Number(digits);
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

/** `a.b`, `a?.b`, `A::b`. `Foo::class.java` is `Foo::class`. */
function memberOf(node: PlainNode, context: ClassContext): Expr {
  const [objectNode, property] = node.children;
  if (objectNode === undefined || objectNode.start === objectNode.end) return otherAt(node);
  if (property === undefined) {
    const source = context.text.slice(objectNode.end, node.end);
    if (!/::\s*class$/.test(source)) return walkInside(node, context);
    const propertySpan = { start: node.end - 'class'.length, end: node.end };
    return {
      kind: 'member',
      object: walkOperand(objectNode, context),
      property: 'class',
      propertySpan,
      span: spanOfPlain(node),
    };
  }
  if (property.type !== 'identifier' || property.start === property.end) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  const propertySpan = nameSpanOf(property, context);
  const name = nameOf(property, context);
  if (object.kind === 'member' && object.property === 'class' && JVM_CLASSES.has(name)) return object;
  return { kind: 'member', object, property: name, propertySpan, span: spanOfPlain(node) };
}

const JVM_CLASSES: ReadonlySet<string> = new Set(['java', 'javaObjectType', 'kotlin']);

function walkIndex(node: PlainNode, context: ClassContext): Expr {
  const [objectNode, indexNode, ...more] = node.children;
  if (objectNode === undefined || indexNode === undefined || more.length > 0) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  const index = walkExpression(indexNode, context);
  const read: IndexExpr = { kind: 'index', object, index, span: spanOfPlain(node) };
  if (!isAssignedAt(context.text, node.end)) context.sink.members.push(read);
  return read;
}

/** Concatenations; `a ?: b` is either; `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: ClassContext): Expr {
  const generic = genericCall(node);
  if (generic !== null) return walkExpression(generic, context);
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const left = walkExpression(leftNode, context);
  if (rightNode.type === 'return_expression') {
    walkNode(rightNode, context);
    return left;
  }
  const right = walkExpression(rightNode, context);
  const span = spanOfPlain(node);
  if (node.token === '+') return concatenate(left, right, span);
  if (node.token === '?:') return { kind: 'choice', options: [left, right], span };
  if (node.token === '&&') addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function isNotNull(node: PlainNode): boolean {
  return node.type === 'unary_expression' && node.token === '!!';
}

function walkUnary(node: PlainNode, context: ClassContext): Expr {
  const operand = childIn(node, 'argument') ?? node.children[0];
  if (operand === undefined) return otherAt(node);
  const value = walkExpression(operand, context);
  if (isNotNull(node)) return value;
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

function walkIf(node: PlainNode, context: ClassContext): Expr {
  const condition = childIn(node, 'condition');
  const [consequent, alternative] = node.children.filter(child => child !== condition);
  if (condition === undefined) return walkInside(node, context);
  walkExpression(condition, context);
  if (consequent === undefined) return otherAt(node);
  addBranch(context.sink, condition, consequent, alternative);
  const options = [consequent, alternative].flatMap(branch =>
    branch === undefined ? [] : [walkBranch(branch, context)],
  );
  return options.length < 2 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
}

function walkBranch(node: PlainNode, context: ClassContext): Expr {
  if (!STATEMENTS.has(node.type)) return walkExpression(node, context);
  walkNode(node, context);
  return otherAt(node);
}

/** A `when` over a name of constants is an index into what its branches give; any other is a choice. */
function walkWhen(node: PlainNode, context: ClassContext): Expr {
  const subjectNode = childOfType(node, 'when_subject');
  const inner = inBlock(node, context);
  const subjectValue = subjectNode?.children.at(-1);
  const subject = subjectValue === undefined ? null : walkExpression(subjectValue, inner);
  const entries: { key: string; keySpan: Expr['span']; value: Expr }[] = [];
  const options: Expr[] = [];
  for (const entry of node.children) {
    if (entry.type !== 'when_entry') continue;
    const conditions = entry.children.filter(child => child.field === 'condition');
    const body = entry.children.filter(child => child.field !== 'condition').at(-1);
    const tests = conditions.map(condition => walkExpression(condition, inner));
    const value = body === undefined ? otherAt(entry) : walkBranch(body, inner);
    options.push(value);
    for (const test of tests) {
      const key = test.kind === 'member' ? test.property : test.kind === 'name' ? test.name : null;
      if (key !== null) entries.push({ key, keySpan: test.span, value });
    }
    if (subject !== null || body === undefined) continue;
    for (const condition of conditions) {
      addBranch(context.sink, condition, body);
    }
  }
  const span = spanOfPlain(node);
  if (subject !== null && entries.length > 0) {
    return { kind: 'index', object: { kind: 'object', entries, spreads: [], span }, index: subject, span };
  }
  return options.length === 0 ? otherAt(node) : { kind: 'choice', options, span };
}
