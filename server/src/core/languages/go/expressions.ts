/**
 * Go's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Composite literals and types have files of their own.
 */

import type { Argument, CallExpr, Expr, MemberExpr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, otherAt, signedNumber } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkComposite } from './composites.ts';
import type { Context } from './context.ts';
import { walkFunctionLiteral } from './functions.ts';
import { walkNode } from './statements.ts';
import { formatWithVerbs, stringValue } from './strings.ts';
import { isType, typeOf } from './types.ts';

/** The value of an expression node. Parentheses, `&`, `*` and type assertions are taken off. */
export function walkExpression(node: PlainNode, context: Context): Expr {
  switch (node.type) {
    case 'identifier':
    case 'field_identifier':
    case 'package_identifier':
      return node.start === node.end
        ? otherAt(node)
        : { kind: 'name', name: sourceOf(node, context), span: spanOfPlain(node) };
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return { kind: 'string', value: stringValue(sourceOf(node, context)), span: spanOfPlain(node) };
    case 'int_literal':
    case 'float_literal':
      return numberAt(node, context);
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span: spanOfPlain(node) };
    case 'nil':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'selector_expression': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'call_expression':
      return walkCall(node, context);
    case 'type_conversion_expression':
      return walkConversion(node, context);
    case 'composite_literal':
      return walkComposite(node, context);
    case 'func_literal':
      return walkFunctionLiteral(node, null, context);
    case 'index_expression':
      return walkIndex(node, context, walkExpression);
    case 'binary_expression':
      return walkBinary(node, context);
    case 'unary_expression':
      return walkUnary(node, context);
    case 'type_assertion_expression':
      return walkAssertion(node, context, walkExpression);
    case 'parenthesized_expression':
    case 'type_instantiation_expression': {
      const inner = node.children[0];
      return inner === undefined ? otherAt(node) : walkExpression(inner, context);
    }
    default:
      if (isType(node)) return typeOf(node, context);
      for (const child of node.children) walkNode(child, context);
      return otherAt(node);
  }
}

/** A value that a name is given to: a function literal takes the name. */
export function walkNamed(node: PlainNode, nameNode: PlainNode | undefined, context: Context): Expr {
  if (node.type === 'func_literal' && nameNode?.type === 'identifier') {
    return walkFunctionLiteral(node, nameNode, context);
  }
  return walkExpression(node, context);
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: Context): Expr {
  const first = node.children[0];
  const made = madeOfValue(node, context);
  if (made !== null) return made;
  switch (node.type) {
    case 'selector_expression':
      return memberOf(node, context);
    case 'index_expression':
      return walkIndex(node, context, walkOperand);
    case 'type_assertion_expression':
      return walkAssertion(node, context, walkOperand);
    case 'parenthesized_expression':
    case 'type_instantiation_expression':
      return first === undefined ? otherAt(node) : walkOperand(first, context);
    default:
      return walkExpression(node, context);
  }
}

/**
 * `new(gates.Enabled(Nav))`, as Go has it since 1.26, is `new(gates.Enabled` and then a call to a grammar that knows types there alone: what
 * looks like the type is what is called, or what it belongs to.
 */
function madeOfValue(node: PlainNode, context: Context): Expr | null {
  const functionNode = node.type === 'call_expression' ? childIn(node, 'function') : undefined;
  if (functionNode?.type !== 'identifier' || sourceOf(functionNode, context) !== 'new') return null;
  const given = childIn(node, 'arguments');
  const [type, ...more] = given?.children ?? [];
  if (given === undefined || type === undefined || more.length > 0 || !isType(type)) return null;
  return sourceOf(given, context).endsWith(')') ? null : typeOf(type, context);
}

function numberAt(node: PlainNode, context: Context): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const value = /^0[0-7]+$/.test(source) ? Number.parseInt(source, 8) : Number(source);
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

function memberOf(node: PlainNode, context: Context): MemberExpr | Expr {
  const operand = childIn(node, 'operand');
  const field = childIn(node, 'field');
  if (operand === undefined) return otherAt(node);
  const object = walkOperand(operand, context);
  if (field === undefined || field.start === field.end) return otherAt(node);
  return memberAt(object, field, spanOfPlain(node), context);
}

function walkIndex(node: PlainNode, context: Context, walkObject: typeof walkExpression): Expr {
  const operand = childIn(node, 'operand');
  const indexNode = childIn(node, 'index');
  if (operand === undefined) return otherAt(node);
  const object = walkObject(operand, context);
  if (indexNode === undefined) return otherAt(node);
  return { kind: 'index', object, index: walkExpression(indexNode, context), span: spanOfPlain(node) };
}

/** A call, which joins `calls`. As a value, `fmt.Sprintf` with a constant format is the text it makes. */
function walkCall(node: PlainNode, context: Context): Expr {
  const functionNode = childIn(node, 'function');
  const argumentsNode = childIn(node, 'arguments');
  if (functionNode === undefined) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const callee = walkOperand(withoutTypeArgument(functionNode, context), context);
  const args = (argumentsNode?.children ?? []).map(child => argumentOf(child, context));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call);
  const format = args[0]?.value;
  if (format?.kind !== 'string' || !isSprintf(callee)) return call;
  return formatWithVerbs(format.value, args.slice(1), call.span);
}

/**
 * `pkg.Get[bool](…)` looks like a call of an indexed value, and only the compiler knows better. An index that is the name of a
 * predeclared type is taken for a type argument.
 */
function withoutTypeArgument(node: PlainNode, context: Context): PlainNode {
  const operand = childIn(node, 'operand');
  const index = childIn(node, 'index');
  if (node.type !== 'index_expression' || operand === undefined || index === undefined) return node;
  return PREDECLARED_TYPE.test(sourceOf(index, context)) ? operand : node;
}

const PREDECLARED_TYPE =
  /^(?:any|bool|byte|comparable|complex64|complex128|error|float32|float64|u?int(?:8|16|32|64)?|uintptr|rune|string)$/;

function isSprintf(callee: Expr): boolean {
  if (callee.kind !== 'member' || callee.property !== 'Sprintf') return false;
  return callee.object.kind === 'name' && callee.object.name === 'fmt';
}

function argumentOf(node: PlainNode, context: Context): Argument {
  const inner = node.children[0];
  if (node.type === 'variadic_argument' && inner !== undefined) {
    return { name: null, value: walkExpression(inner, context), spread: true };
  }
  return { name: null, value: walkExpression(node, context), spread: false };
}

/** `Set[string](x)`, `[]byte("x")`: a call of the type. */
function walkConversion(node: PlainNode, context: Context): Expr {
  const type = childIn(node, 'type');
  const operand = childIn(node, 'operand');
  if (type === undefined || operand === undefined) return otherAt(node);
  const callee = typeOf(type, context);
  const args = [{ name: null, value: walkExpression(operand, context), spread: false }];
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call);
  return call;
}

/** `value.(*Config)`: what has that type, as a conversion says it; of the language's own types the value says as much. */
function walkAssertion(node: PlainNode, context: Context, walk: (inner: PlainNode, context: Context) => Expr): Expr {
  const operand = childIn(node, 'operand') ?? node.children[0];
  if (operand === undefined) return otherAt(node);
  const value = walk(operand, context);
  const typeNode = childIn(node, 'type');
  const callee = typeNode === undefined ? null : typeOf(typeNode, context);
  const isNamed = callee?.kind === 'member' || (callee?.kind === 'name' && !PREDECLARED.test(callee.name));
  if (callee === null || !isNamed) return value;
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const args = [{ name: null, value, spread: false }];
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call);
  return call;
}

const PREDECLARED = /^(?:any|bool|byte|error|rune|string|type|u?int\d*|uintptr|float\d+|complex\d+)$/;

/** Concatenations; `a || b` is one of both, and `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: Context): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const span = spanOfPlain(node);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  if (node.token === '+') return concatenate(left, right, span);
  if (node.token === '||') {
    const before = left.kind === 'choice' ? left.options : [left];
    return { kind: 'choice', options: [...before, right], span };
  }
  if (node.token === '&&') addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function walkUnary(node: PlainNode, context: Context): Expr {
  const operand = childIn(node, 'operand');
  if (operand === undefined) return otherAt(node);
  // `&config.Field` is where something else writes to.
  const isTarget = node.token === '&' && operand.type === 'selector_expression';
  const value = isTarget ? memberOf(operand, context) : walkExpression(operand, context);
  if (node.token === '&' || node.token === '*') return value;
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}
