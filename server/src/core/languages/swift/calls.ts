/** Swift's calls, constructions and attributes. */
import { type ClassContext, nameOf } from '../classContext.ts';
import type { Argument, CallExpr, Expr, IndexExpr, MemberExpr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { isAssignedAt, otherAt } from '../shapes.ts';
import { walkExpression, walkInside, walkOperand } from './expressions.ts';
import { typeOf } from './types.ts';

/** A call with its arguments and the closures behind it; brackets behind a value are an index. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const [calleeNode] = node.children;
  const suffix = childOfType(node, 'call_suffix') ?? childOfType(node, 'constructor_suffix');
  if (calleeNode === undefined || suffix === undefined || calleeNode === suffix) return walkInside(node, context);
  const values = childOfType(suffix, 'value_arguments');
  if (values?.token === '[') {
    const object = walkOperand(calleeNode, context);
    const [index] = argumentsOf(values, context);
    if (index === undefined) return otherAt(node);
    const path = index.name === 'keyPath' ? keyPath(object, values.children[0], context) : null;
    if (path !== null) {
      context.sink.members.push(path);
      return path;
    }
    const read: IndexExpr = { kind: 'index', object, index: index.value, span: spanOfPlain(node) };
    if (!isAssignedAt(context.text, node.end)) context.sink.members.push(read);
    return read;
  }
  const callee = calleeNode.type === 'user_type' ? typeOf(calleeNode, context) : walkOperand(calleeNode, context);
  const args = [...argumentsOf(values, context), ...closuresOf(suffix, context)];
  const isInit = callee.kind === 'member' && callee.property === 'init' && !isSelf(callee.object);
  return addCall(isInit ? callee.object : callee, args, spanOfPlain(node), context);
}

/** `flags[keyPath: \.newNav]` reads the member that the path names. */
function keyPath(object: Expr, argument: PlainNode | undefined, context: ClassContext): MemberExpr | null {
  const names: PlainNode[] = [];
  let at = argument === undefined ? undefined : childIn(argument, 'value');
  for (; at?.type === 'navigation_expression'; at = at.children[0]) {
    const suffix = childOfType(at, 'navigation_suffix');
    const name = suffix && childOfType(suffix, 'simple_identifier');
    if (name === undefined) return null;
    names.unshift(name);
  }
  if (at?.type !== 'key_path_expression') return null;
  let path: MemberExpr | null = null;
  for (const name of names) {
    const propertySpan = spanOfPlain(name);
    const span = { start: object.span.start, end: name.end };
    path = { kind: 'member', object: path ?? object, property: nameOf(name, context), propertySpan, span };
  }
  return path;
}

/** `@A`, `@A(x: 1)`: a decorator. The grammar leaves labels and values side by side. */
export function walkAttribute(node: PlainNode, context: ClassContext): void {
  const type = childOfType(node, 'user_type');
  if (type === undefined) return;
  const callee = typeOf(type, context);
  const args: Argument[] = [];
  let label: string | null = null;
  for (const child of node.children) {
    if (child === type) continue;
    const isLabel = child.type === 'simple_identifier' && /^\s*:/.test(context.text.slice(child.end, child.end + 8));
    if (isLabel) label = nameOf(child, context);
    else {
      args.push({ name: label, value: walkExpression(child, context), spread: false });
      label = null;
    }
  }
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: type.start, end: node.end };
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span });
}

/** The attributes among a declaration's modifiers. */
export function walkModifiers(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) {
    if (child.type === 'attribute') walkAttribute(child, context);
    else if (child.type === 'modifiers') walkModifiers(child, context);
  }
}

/** The arguments in parentheses or brackets. */
export function argumentsOf(node: PlainNode | undefined, context: ClassContext): readonly Argument[] {
  return (node?.children ?? []).map(child => {
    const label = childOfType(child, 'value_argument_label');
    const value = childIn(child, 'value');
    const name = label === undefined ? null : sourceOf(label, context);
    const isNil = value === undefined && sourceOf(child, context).endsWith('nil');
    const literal: Expr = { kind: 'literal', value: null, span: spanOfPlain(child) };
    return {
      name,
      value: value === undefined ? (isNil ? literal : walkInside(child, context)) : walkExpression(value, context),
      spread: false,
    };
  });
}

function closuresOf(suffix: PlainNode, context: ClassContext): readonly Argument[] {
  const closures: Argument[] = [];
  let label: string | null = null;
  for (const child of suffix.children) {
    if (child.type === 'simple_identifier') label = nameOf(child, context);
    if (child.type !== 'lambda_literal') continue;
    closures.push({ name: label, value: walkExpression(child, context), spread: false });
    label = null;
  }
  return closures;
}

function isSelf(expr: Expr): boolean {
  return expr.kind === 'name' && (expr.name === 'this' || expr.name === 'super');
}

function addCall(callee: Expr, args: readonly Argument[], span: CallExpr['span'], context: ClassContext): CallExpr {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: /^\p{Lu}/u.test(name), nameSpan, span };
  context.sink.calls.push(call);
  return call;
}
