/**
 * Java's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Calls have a file of their own.
 */

import { assignName, type ClassContext, declareLocal, declareMember, nameAt } from '../classContext.ts';
import type { Expr, MemberExpr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, otherAt, readOfTarget, signedNumber, walkTernary } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall, walkConstruction } from './calls.ts';
import { walkLambda } from './functions.ts';
import { walkNode } from './statements.ts';
import { stringValue } from './strings.ts';
import { declaredType, typeOf } from './types.ts';

/** The value of an expression node. Parentheses and casts are taken off. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'this':
    case 'super':
      return nameAt(node, context);
    case 'string_literal':
      return { kind: 'string', value: stringValue(sourceOf(node, context)), span: spanOfPlain(node) };
    case 'character_literal':
      return { kind: 'string', value: characterValue(sourceOf(node, context)), span: spanOfPlain(node) };
    case 'decimal_integer_literal':
    case 'hex_integer_literal':
    case 'octal_integer_literal':
    case 'binary_integer_literal':
    case 'decimal_floating_point_literal':
      return numberAt(node, context);
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span: spanOfPlain(node) };
    case 'null_literal':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'field_access': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'scoped_identifier':
    case 'scoped_type_identifier':
      return typeOf(node, context);
    case 'class_literal':
      return classLiteral(node, context);
    case 'method_invocation':
      return walkCall(node, context);
    case 'object_creation_expression':
      return walkConstruction(node, context);
    case 'array_creation_expression':
    case 'array_initializer':
    case 'element_value_array_initializer':
      return walkArray(node, context);
    case 'array_access':
      return walkIndex(node, context);
    case 'binary_expression':
      return walkBinary(node, context);
    case 'unary_expression':
      return walkUnary(node, context);
    case 'ternary_expression':
      return walkConditional(node, context);
    case 'assignment_expression':
      return walkAssignment(node, context);
    case 'instanceof_expression':
      walkInstanceOf(node, context);
      return otherAt(node);
    case 'lambda_expression':
      return walkLambda(node, null, context);
    case 'parenthesized_expression':
      return node.children.length === 1 ? walkExpression(node.children[0]!, context) : walkInside(node, context);
    case 'cast_expression': {
      const value = childIn(node, 'value');
      return value === undefined ? walkInside(node, context) : walkExpression(value, context);
    }
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'field_access') return memberOf(node, context);
  const inner = node.type === 'cast_expression' ? childIn(node, 'value') : node.children[0];
  if ((node.type === 'parenthesized_expression' || node.type === 'cast_expression') && inner !== undefined) {
    return walkOperand(inner, context);
  }
  return walkExpression(node, context);
}

/** A value that a name is given to: a lambda takes the name. */
export function walkNamed(node: PlainNode, nameNode: PlainNode | undefined, context: ClassContext): Expr {
  if (node.type === 'lambda_expression' && nameNode?.type === 'identifier') return walkLambda(node, nameNode, context);
  return walkExpression(node, context);
}

function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function characterValue(source: string): string {
  return stringValue(`"${source.slice(1, -1)}"`);
}

function numberAt(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const digits = /^0[xX]/.test(source) ? source.replace(/[lL]$/, '') : source.replace(/[lLfFdD]$/, '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

function memberOf(node: PlainNode, context: ClassContext): MemberExpr | Expr {
  const objectNode = childIn(node, 'object');
  const field = childIn(node, 'field');
  if (objectNode === undefined || field === undefined) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  if (field.start === field.end) return otherAt(node);
  return memberAt(object, field, spanOfPlain(node), context);
}

function classLiteral(node: PlainNode, context: ClassContext): Expr {
  const type = node.children[0];
  const propertySpan = { start: node.end - 'class'.length, end: node.end };
  if (type === undefined || context.text.slice(propertySpan.start, propertySpan.end) !== 'class') return otherAt(node);
  return { kind: 'member', object: typeOf(type, context), property: 'class', propertySpan, span: spanOfPlain(node) };
}

function walkArray(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'array_creation_expression') {
    const initializer = childIn(node, 'value');
    for (const child of node.children) if (child.field === 'dimensions') walkNode(child, context);
    return initializer === undefined ? otherAt(node) : walkExpression(initializer, context);
  }
  const items = node.children.map(child => walkExpression(child, context));
  return { kind: 'array', items, span: spanOfPlain(node) };
}

function walkIndex(node: PlainNode, context: ClassContext): Expr {
  const array = childIn(node, 'array');
  const index = childIn(node, 'index');
  if (array === undefined || index === undefined) return walkInside(node, context);
  const object = walkExpression(array, context);
  return { kind: 'index', object, index: walkExpression(index, context), span: spanOfPlain(node) };
}

/** Concatenations; `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: ClassContext): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  if (node.token === '+') return concatenate(left, right, spanOfPlain(node));
  if (node.token === '&&') addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function walkUnary(node: PlainNode, context: ClassContext): Expr {
  const operand = childIn(node, 'operand');
  if (operand === undefined) return walkInside(node, context);
  const value = walkExpression(operand, context);
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

function walkConditional(node: PlainNode, context: ClassContext): Expr {
  const walkPart = (part: PlainNode) => walkExpression(part, context);
  return walkTernary(node, context.sink, walkPart) ?? walkInside(node, context);
}

/** `x = v` and `this.x = v` give a name another value; any other target is code. */
function walkAssignment(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  if (target === undefined || valueNode === undefined) return walkInside(node, context);
  const assigned = walkNamed(valueNode, target, context);
  const value = node.token === '=' ? assigned : otherAt(node);
  const field = childIn(target, 'field');
  if (target.type === 'identifier') assignName(target, value, context);
  else if (target.type === 'field_access' && childIn(target, 'object')?.type === 'this' && field !== undefined) {
    declareMember(field, { value, type: null, form: 'field' }, context);
  } else walkExpression(node.token === '=' ? readOfTarget(target, 'field_access', 'object') : target, context);
  return value;
}

/** `x instanceof T t` declares `t`; what the parts of a record pattern are is not followed. */
function walkInstanceOf(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  const pattern = childIn(node, 'pattern');
  if (left !== undefined) walkExpression(left, context);
  if (pattern !== undefined) walkNode(pattern, context);
  const type = declaredType(right, context);
  if (name !== undefined) declareLocal(name, { value: null, type, form: 'variable' }, context);
}
