/** C++'s expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it in the sink. */

import { type ClassContext, inBlock, nameAt } from '../classContext.ts';
import type { Expr, ObjectEntry } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, otherAt, signedNumber, walkTernary } from '../shapes.ts';
import { concatenate, joinParts } from '../templates.ts';
import { argumentsOf, walkCall, walkConstruction } from './calls.ts';
import { walkLambda } from './functions.ts';
import { walkAssignment, walkNode } from './statements.ts';
import { textOf } from './strings.ts';
import { pathOf, typeOf } from './types.ts';

/** The value of an expression node. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'namespace_identifier':
      return nameAt(node, context);
    case 'this':
      return { kind: 'name', name: 'this', span: spanOfPlain(node) };
    case 'qualified_identifier':
    case 'field_expression': {
      const member = walkOperand(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'template_function':
    case 'template_type':
    case 'dependent_type':
    case 'type_descriptor':
      return typeOf(node, context);
    case 'string_literal':
    case 'raw_string_literal':
    case 'user_defined_literal': {
      const value = textOf(node, context);
      return value === null ? otherAt(node) : { kind: 'string', value, span: spanOfPlain(node) };
    }
    case 'concatenated_string':
      return joinParts(
        node.children.map(child => textOf(child, context) ?? walkExpression(child, context)),
        spanOfPlain(node),
      );
    case 'number_literal':
      return numberAt(node, context);
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span: spanOfPlain(node) };
    case 'null':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'call_expression':
      return walkCall(node, context);
    case 'new_expression':
    case 'compound_literal_expression':
      return walkConstruction(node, context);
    case 'initializer_list':
      return walkList(node, context);
    case 'lambda_expression':
      return walkLambda(node, context);
    case 'binary_expression':
      return walkBinary(node, context);
    case 'unary_expression':
      return walkUnary(node, context);
    case 'conditional_expression':
      return walkConditional(node, context);
    case 'subscript_expression':
      return walkIndex(node, context);
    case 'assignment_expression':
      return walkAssignment(node, context);
    case 'parenthesized_expression':
    case 'pointer_expression':
    case 'co_await_expression':
    case 'cast_expression':
    case 'condition_clause': {
      const inner = childIn(node, 'value') ?? childIn(node, 'argument') ?? node.children.at(-1);
      return inner === undefined ? otherAt(node) : walkExpression(inner, context);
    }
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'qualified_identifier':
      return pathOf(node, null, context);
    case 'field_expression':
      return memberOf(node, context);
    case 'parenthesized_expression':
    case 'pointer_expression':
    case 'co_await_expression': {
      const inner = childIn(node, 'argument') ?? node.children.at(-1);
      return inner === undefined ? otherAt(node) : walkOperand(inner, context);
    }
    default:
      return walkExpression(node, context);
  }
}

export function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function memberOf(node: PlainNode, context: ClassContext): Expr {
  const objectNode = childIn(node, 'argument');
  const field = childIn(node, 'field');
  if (objectNode === undefined || field === undefined || field.start === field.end) return walkInside(node, context);
  const object = walkOperand(objectNode, context);
  const name = field.type === 'template_method' ? (childIn(field, 'name') ?? field) : field;
  if (name.type !== 'field_identifier') return otherAt(node);
  return memberAt(object, name, { start: node.start, end: name.end }, context);
}

function numberAt(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context).replaceAll("'", '');
  const digits = /^0[xX]/.test(source)
    ? source.replace(/(?<![uUlLzZ])[uUlLzZ]+$/, '')
    : source.replace(/[a-zA-Z]{1,4}$/, '');
  const value = Number(digits);
  return digits === '' || Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

/** `{a, b}` is a list; `{{"k", a}}` are the entries of a map as well; `{.k = a}` names fields. */
function walkList(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const pairs = node.children.filter(child => child.type === 'initializer_pair');
  if (pairs.length > 0) {
    const entries = argumentsOf(node, context).flatMap(({ name, value }): ObjectEntry[] =>
      name === null ? [] : [{ key: name, keySpan: value.span, value }],
    );
    return { kind: 'object', entries, spreads: [], span };
  }
  const items = node.children.map(child => walkExpression(child, context));
  const entries = items.flatMap((item): ObjectEntry[] => {
    const [key, value] = item.kind === 'array' && item.items.length === 2 ? item.items : [];
    return key?.kind === 'string' && value !== undefined ? [{ key: key.value, keySpan: key.span, value }] : [];
  });
  if (items.length > 0 && entries.length === items.length) return { kind: 'object', entries, spreads: [], span };
  return { kind: 'array', items, span };
}

function walkBinary(node: PlainNode, context: ClassContext): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  const span = spanOfPlain(node);
  if (node.token === '+') return concatenate(left, right, span);
  if (node.token === '&&' || node.token === 'and') addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function walkUnary(node: PlainNode, context: ClassContext): Expr {
  const operand = childIn(node, 'argument');
  if (operand === undefined) return walkInside(node, context);
  const value = walkExpression(operand, context);
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

function walkConditional(node: PlainNode, context: ClassContext): Expr {
  const walkPart = (part: PlainNode) => walkExpression(part, context);
  return walkTernary(node, context.sink, walkPart) ?? walkInside(node, context);
}

function walkIndex(node: PlainNode, context: ClassContext): Expr {
  const objectNode = childIn(node, 'argument');
  const [index, ...more] = (childIn(node, 'indices') ?? childOfType(node, 'subscript_argument_list'))?.children ?? [];
  if (objectNode === undefined || index === undefined || more.length > 0) return walkInside(node, context);
  const object = walkOperand(objectNode, inBlock(node, context));
  return { kind: 'index', object, index: walkExpression(index, context), span: spanOfPlain(node) };
}
