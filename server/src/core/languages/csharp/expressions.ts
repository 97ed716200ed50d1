/**
 * C#'s expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Calls and constructions have files of their own.
 */

import { assignName, type ClassContext, declareLocal, declareMember, nameAt } from '../classContext.ts';
import type { Expr, MemberExpr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberNamed, otherAt, readOfTarget, signedNumber, walkTernary } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall } from './calls.ts';
import { walkArray, walkConstruction, walkInitializer } from './constructions.ts';
import { walkLambda } from './functions.ts';
import { walkNode } from './statements.ts';
import { stringValue, walkInterpolated } from './strings.ts';
import { bareType, declaredType, typeOf } from './types.ts';

/** The value of an expression node. Parentheses, `await`, `!`, casts, `as` and `?.` are taken off. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
      return nameAt(node, context);
    case 'this':
    case 'base':
      return { kind: 'name', name: node.type, span: spanOfPlain(node) };
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
      return { kind: 'string', value: stringValue(sourceOf(node, context)), span: spanOfPlain(node) };
    case 'character_literal':
      return {
        kind: 'string',
        value: stringValue(`"${sourceOf(node, context).slice(1, -1)}"`),
        span: spanOfPlain(node),
      };
    case 'interpolated_string_expression':
      return walkInterpolated(node, context);
    case 'integer_literal':
    case 'real_literal':
      return numberAt(node, context);
    case 'boolean_literal':
      return { kind: 'literal', value: sourceOf(node, context) === 'true', span: spanOfPlain(node) };
    case 'null_literal':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'member_access_expression':
    case 'conditional_access_expression':
    case 'member_binding_expression': {
      const expr = walkOperand(node, context);
      if (expr.kind === 'member') context.sink.members.push(expr);
      return expr;
    }
    case 'qualified_name':
    case 'alias_qualified_name':
      return typeOf(node, context);
    case 'generic_name':
      return bareType(node, context);
    case 'invocation_expression':
      return walkCall(node, context);
    case 'object_creation_expression':
    case 'implicit_object_creation_expression':
      return walkConstruction(node, null, context);
    case 'anonymous_object_creation_expression':
    case 'initializer_expression':
      return walkInitializer(node, context);
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
    case 'stackalloc_expression':
    case 'implicit_stackalloc_expression':
      return walkArray(node, context);
    case 'element_binding_expression':
      return walkElements(node, context);
    case 'element_access_expression':
      return walkIndex(node, context);
    case 'binary_expression':
      return walkBinary(node, context);
    case 'prefix_unary_expression':
      return walkPrefix(node, context);
    case 'conditional_expression':
      return walkConditional(node, context);
    case 'assignment_expression':
      return walkAssignment(node, context);
    case 'as_expression':
    case 'cast_expression':
      return walkCast(node, context);
    case 'declaration_expression':
    case 'declaration_pattern':
    case 'recursive_pattern':
    case 'var_pattern':
      walkDeclaration(node, context);
      return otherAt(node);
    case 'lambda_expression':
    case 'anonymous_method_expression':
      return walkLambda(node, null, context);
    case 'switch_expression':
      return walkSwitch(node, context);
    // An argument stands by itself only in a call that is not finished.
    case 'argument':
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
    case 'ref_expression':
    case 'arrow_expression_clause':
      return node.children.length === 1 ? walkExpression(node.children[0]!, context) : walkInside(node, context);
    case 'postfix_unary_expression': {
      const [operand] = node.children;
      const value = operand === undefined ? otherAt(node) : walkExpression(operand, context);
      return node.token === '!' ? value : otherAt(node);
    }
    case 'typeof_expression': {
      const [type] = node.children;
      const object = type === undefined ? otherAt(node) : typeOf(type, context);
      const span = spanOfPlain(node);
      return object.kind === 'other' ? object : { kind: 'member', object, property: 'class', propertySpan: span, span };
    }
    case 'sizeof_expression':
    case 'default_expression':
      return otherAt(node);
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'member_access_expression':
      return memberOf(node, context);
    case 'member_binding_expression':
      return memberBehind(node, context);
    case 'conditional_access_expression': {
      const condition = childIn(node, 'condition');
      const rest = node.children.find(child => child !== condition);
      if (condition === undefined || rest === undefined) return walkInside(node, context);
      const object = walkOperand(condition, context);
      return walkOperand(rest, { ...context, conditional: object });
    }
    case 'parenthesized_expression':
    case 'await_expression':
    case 'postfix_unary_expression':
    case 'cast_expression': {
      const inner = childIn(node, 'value') ?? node.children[0];
      const transparent = node.type !== 'postfix_unary_expression' || node.token === '!';
      return inner !== undefined && transparent ? walkOperand(inner, context) : walkExpression(node, context);
    }
    default:
      return walkExpression(node, context);
  }
}

/** A value that a name of a declared type is given to: a lambda takes the name, `new(…)` the type. */
export function walkNamed(
  node: PlainNode,
  nameNode: PlainNode | undefined,
  type: Expr | null,
  context: ClassContext,
): Expr {
  if (LAMBDAS.has(node.type) && nameNode?.type === 'identifier') return walkLambda(node, nameNode, context);
  if (node.type === 'implicit_object_creation_expression') return walkConstruction(node, type, context);
  return walkExpression(node, context);
}

const LAMBDAS: ReadonlySet<string> = new Set(['lambda_expression', 'anonymous_method_expression']);

export function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function numberAt(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context).replaceAll('_', '');
  const value = Number(
    /^0[xXbB]/.test(source)
      ? source.replace(/(?<![uUlL])[uUlL]+$/, '')
      : source.replace(/(?<![uUlLfFdDmM])[uUlLfFdDmM]+$/, ''),
  );
  return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
}

/** `object.Name`; `this` and `base` are no nodes of their own. */
function memberOf(node: PlainNode, context: ClassContext): MemberExpr | Expr {
  const objectNode = childIn(node, 'expression');
  const nameNode = childIn(node, 'name');
  const keyword = node.token === 'this' || node.token === 'base' ? node.token : null;
  if (nameNode === undefined || (objectNode === undefined && keyword === null)) return walkInside(node, context);
  const object: Expr =
    objectNode === undefined
      ? { kind: 'name', name: keyword!, span: { start: node.start, end: node.start + keyword!.length } }
      : walkOperand(objectNode, context);
  return withMember(object, nameNode, node, context);
}

/** `.Name` behind a `?`. */
function memberBehind(node: PlainNode, context: ClassContext): MemberExpr | Expr {
  const nameNode = childIn(node, 'name') ?? node.children[0];
  const { conditional } = context;
  if (conditional === null || nameNode === undefined) return walkInside(node, context);
  return withMember(conditional, nameNode, { ...node, start: conditional.span.start }, context);
}

function withMember(object: Expr, nameNode: PlainNode, node: PlainNode, context: ClassContext): MemberExpr | Expr {
  const name = bareType(nameNode, context);
  if (name.kind !== 'name') return otherAt(node);
  return memberNamed(object, name, spanOfPlain(node));
}

/** `x?[i]`, or a collection such as `["a", ..rest]`, whose items behind a spread stand where nobody knows. */
function walkElements(node: PlainNode, context: ClassContext): Expr {
  const { conditional } = context;
  const inner = { ...context, conditional: null };
  const items = node.children
    .filter(child => child.start < child.end)
    .map(child => walkExpression(child.type === 'argument' ? (child.children[0] ?? child) : child, inner));
  const [first] = items;
  if (conditional === null) return { kind: 'array', items, span: spanOfPlain(node) };
  if (first === undefined) return otherAt(node);
  return { kind: 'index', object: conditional, index: first, span: { start: conditional.span.start, end: node.end } };
}

function walkIndex(node: PlainNode, context: ClassContext): Expr {
  const objectNode = childIn(node, 'expression');
  const subscript = childIn(node, 'subscript');
  if (objectNode === undefined || subscript === undefined) return walkInside(node, context);
  const object = walkExpression(objectNode, context);
  const indices = subscript.children.map(child => walkExpression(child.children.at(-1) ?? child, context));
  const [only] = indices;
  if (only === undefined || indices.length !== 1) return otherAt(node);
  return { kind: 'index', object, index: only, span: spanOfPlain(node) };
}

/** Concatenations; `a ?? b` is one of both, and `a && b` guards `b`. */
function walkBinary(node: PlainNode, context: ClassContext): Expr {
  const leftNode = childIn(node, 'left');
  const rightNode = childIn(node, 'right');
  if (leftNode === undefined || rightNode === undefined) return walkInside(node, context);
  const left = walkExpression(leftNode, context);
  const right = walkExpression(rightNode, context);
  if (node.token === '+') return concatenate(left, right, spanOfPlain(node));
  if (node.token === '??') {
    if (rightNode.type === 'throw_expression') return left;
    return { kind: 'choice', options: [left, right], span: spanOfPlain(node) };
  }
  if (node.token === '&&') addBranch(context.sink, leftNode, rightNode);
  return otherAt(node);
}

function walkPrefix(node: PlainNode, context: ClassContext): Expr {
  const [operand] = node.children;
  if (operand === undefined) return otherAt(node);
  const value = walkExpression(operand, context);
  return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
}

function walkConditional(node: PlainNode, context: ClassContext): Expr {
  const walkPart = (part: PlainNode) => walkExpression(part, context);
  return walkTernary(node, context.sink, walkPart) ?? walkInside(node, context);
}

/** `x = v` and `this.X = v` give a name another value; any other target is code. `x ??= v` gives it one that it may keep. */
function walkAssignment(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  if (target === undefined || valueNode === undefined) return walkInside(node, context);
  const assigned = walkNamed(valueNode, target, null, context);
  const value = node.token === '=' || node.token === '??=' ? assigned : otherAt(node);
  const name = childIn(target, 'name');
  if (target.type === 'identifier') assignName(target, value, context);
  else if (target.type === 'member_access_expression' && target.token === 'this' && name?.type === 'identifier') {
    declareMember(name, { value, type: null, form: 'field' }, context);
  } else {
    const isPlain = node.token === '=';
    walkExpression(isPlain ? readOfTarget(target, 'member_access_expression', 'expression') : target, context);
  }
  return value;
}

function walkCast(node: PlainNode, context: ClassContext): Expr {
  const value = childIn(node, 'value') ?? childIn(node, 'left');
  return value === undefined ? walkInside(node, context) : walkExpression(value, context);
}

/** `out var x`, `is T x`, `is { … } x`. */
function walkDeclaration(node: PlainNode, context: ClassContext): void {
  const typeNode = childIn(node, 'type');
  const name = childIn(node, 'name') ?? (node.type === 'var_pattern' ? childOfType(node, 'identifier') : undefined);
  for (const child of node.children) if (child !== typeNode && child !== name) walkNode(child, context);
  if (name?.type !== 'identifier') return;
  declareLocal(name, { value: null, type: declaredType(typeNode, context), form: 'variable' }, context);
}

/** `x switch { … }` is one of its arms' values. */
function walkSwitch(node: PlainNode, context: ClassContext): Expr {
  const options: Expr[] = [];
  for (const child of node.children) {
    if (child.type !== 'switch_expression_arm') {
      walkExpression(child, context);
      continue;
    }
    child.children.forEach((part, index) => {
      const value = walkExpression(part, context);
      if (index === child.children.length - 1 && part.type !== 'throw_expression') options.push(value);
    });
  }
  if (options.length < 2) return options[0] ?? otherAt(node);
  return { kind: 'choice', options, span: spanOfPlain(node) };
}
