/** Kotlin's calls, constructions and annotations. */

import { type ClassContext, nameSpanOf } from '../classContext.ts';
import type { Argument, CallExpr, Expr, ObjectEntry } from '../facts.ts';
import { callOfReference } from '../methodReferences.ts';
import { childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { walkNode } from './statements.ts';
import { bareType, typeArgumentsOf, typeOf } from './types.ts';

/** A call with its arguments and the lambda behind it. As a value, `listOf` and `mapOf` are the list and the map. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const lambda = childOfType(node, 'annotated_lambda');
  const [first] = node.children;
  // `f(x) { … }` is one call, though the grammar takes it for a call of what `f(x)` gives.
  const isBehind = lambda !== undefined && first?.type === 'call_expression' && !node.children.some(isArguments);
  const inner = isBehind ? first : node;
  const calleeNode = inner.children.find(child => !isArguments(child) && child !== lambda);
  if (calleeNode === undefined) return otherAt(node);
  const ownLambda = childOfType(inner, 'annotated_lambda');
  if (isBehind && (ownLambda !== undefined || !inner.children.some(isArguments))) return walkCurried(node, context);
  const callee = walkOperand(calleeNode, context);
  const list = childOfType(inner, 'value_arguments');
  const args = [...argumentsOf(list, context)];
  addReferences(list, args, callee, context);
  if (lambda !== undefined) args.push({ name: null, value: walkExpression(lambda, context), spread: false });
  const [typeArgument, ...more] = typeArgumentsOf(inner);
  const handed = typeArgument === undefined || more.length > 0 ? null : typeOf(typeArgument, context);
  const call = addCall(callee, args, spanOfPlain(node), context, handed);
  if (lambda !== undefined) bindScopeOf(call, context);
  return collectionOf(call) ?? call;
}

/** `flags::isOn` among the arguments is a call of its own. */
function addReferences(
  list: PlainNode | undefined,
  args: readonly Argument[],
  callee: Expr,
  { sink, text }: ClassContext,
): void {
  if (list === undefined || !text.slice(list.start, list.end).includes('::')) return;
  for (const { value } of args) {
    if (value.kind !== 'member' || value.property === 'class') continue;
    if (text.slice(value.object.span.end, value.propertySpan.start).trim() !== '::') continue;
    sink.calls.push(callOfReference(value, callee));
  }
}

/** What a scope function is called on is `this`, or the parameter, of its lambda: `with(client) { … }`, `client.let { it … }`. */
function bindScopeOf({ callee, args }: CallExpr, { sink }: ClassContext): void {
  const lambda = args.at(-1)?.value;
  if (lambda?.kind !== 'function') return;
  const isWith = callee.kind === 'name' && callee.name === 'with' && args.length === 2;
  const value = isWith ? args[0]!.value : callee.kind === 'member' && args.length === 1 ? callee.object : null;
  if (value === null) return;
  const name = callee.kind === 'member' ? callee.property : 'with';
  const scope = lambda.span;
  const fn = sink.functions.findLast(({ span }) => span.start === scope.start && span.end === scope.end);
  const taken = RECEIVING.has(name) ? 'this' : TAKING.has(name) ? fn?.parameters[0]?.name : undefined;
  if (taken === undefined) return;
  const nameSpan = { start: scope.start, end: scope.start };
  sink.bindings.push({ name: taken, nameSpan, owner: null, value, type: null, form: 'variable', scope });
}

const RECEIVING: ReadonlySet<string> = new Set(['apply', 'run', 'with']);
const TAKING: ReadonlySet<string> = new Set(['also', 'let', 'takeIf', 'takeUnless', 'use']);

/** A call that can't be told by a name: `f()()`. */
function walkCurried(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

/** `a f b`, which calls `f` of `a`. */
export function walkInfix(node: PlainNode, context: ClassContext): Expr {
  const [left, name, right] = node.children;
  if (left === undefined || name?.type !== 'identifier' || right === undefined) return otherAt(node);
  const object = walkOperand(left, context);
  const value = walkExpression(right, context);
  const propertySpan = nameSpanOf(name, context);
  const property = context.text.slice(propertySpan.start, propertySpan.end);
  const span = { start: node.start, end: name.end };
  const callee: Expr = { kind: 'member', object, property, propertySpan, span };
  return addCall(callee, [{ name: null, value, spread: false }], spanOfPlain(node), context, null);
}

/** `Base(…)` in a list of what a type extends, and `this(…)`, `super(…)` of a constructor. */
export function walkConstructorCall(node: PlainNode, context: ClassContext): Expr {
  const type = childOfType(node, 'user_type');
  const start = { start: node.start, end: Math.min(node.start + 'super'.length, node.end) };
  const callee: Expr =
    type === undefined
      ? { kind: 'name', name: context.text.startsWith('this', node.start) ? 'this' : 'super', span: start }
      : bareType(type, context);
  const args = argumentsOf(childOfType(node, 'value_arguments'), context);
  return addCall(callee, args, spanOfPlain(node), context, null);
}

/** The annotations among a declaration's modifiers, and those that stand before an expression. */
export function walkModifiers(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) {
    if (child.type === 'annotation') walkAnnotation(child, context);
    else if (child.type === 'modifiers' || child.type === 'parameter_modifiers') walkModifiers(child, context);
  }
}

/** `@A`, `@A("k", x = 1)`: a decorator. */
export function walkAnnotation(node: PlainNode, context: ClassContext): void {
  const made = childOfType(node, 'constructor_invocation');
  const type = childOfType(made ?? node, 'user_type');
  if (type === undefined) return;
  const callee = bareType(type, context);
  const args = argumentsOf(made && childOfType(made, 'value_arguments'), context);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: type.start, end: node.end };
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span });
}

/** The arguments in parentheses. */
export function argumentsOf(node: PlainNode | undefined, context: ClassContext): readonly Argument[] {
  return (node?.children ?? []).flatMap((child): Argument[] => {
    if (child.type !== 'value_argument') return [{ name: null, value: walkExpression(child, context), spread: false }];
    const [first, second] = child.children;
    if (first === undefined) return [];
    if (second !== undefined && first.type === 'identifier' && child.token === '=') {
      return [{ name: sourceOf(first, context), value: walkExpression(second, context), spread: false }];
    }
    const spread = first.type === 'spread_expression';
    const value = spread ? (first.children[0] ?? first) : (child.children.at(-1) ?? first);
    return [{ name: null, value: walkExpression(value, context), spread }];
  });
}

/** A generic call with one type and one argument, which the grammar takes for two comparisons: `f < T > (x)`. */
export function genericCall(node: PlainNode): PlainNode | null {
  const [comparison, right] = node.children;
  if (node.token !== '>' || comparison?.type !== 'binary_expression' || comparison.token !== '<') return null;
  const [callee, type] = comparison.children;
  if (right === undefined || callee === undefined || type?.type !== 'identifier') return null;
  if (callee.type !== 'identifier' && callee.type !== 'navigation_expression') return null;
  return withLeftmost(right, parenthesized => {
    const userType = { ...type, type: 'user_type', field: null, children: [type] };
    const projection = { ...userType, type: 'type_projection', children: [userType] };
    const typeArguments = { ...projection, type: 'type_arguments', children: [projection] };
    const args = parenthesized.children.map(child => ({
      ...child,
      type: 'value_argument',
      token: null,
      children: [child],
    }));
    const values = { ...parenthesized, type: 'value_arguments', children: args };
    return {
      ...node,
      type: 'call_expression',
      token: null,
      end: parenthesized.end,
      children: [callee, typeArguments, values],
    };
  });
}

function withLeftmost(node: PlainNode, replace: (node: PlainNode) => PlainNode): PlainNode | null {
  if (node.type === 'parenthesized_expression') return node.children.length === 1 ? replace(node) : null;
  const [first, ...rest] = node.children;
  if (first === undefined || (node.type !== 'navigation_expression' && node.type !== 'call_expression')) return null;
  const replaced = withLeftmost(first, replace);
  return replaced === null ? null : { ...node, start: replaced.start, children: [replaced, ...rest] };
}

function addCall(
  callee: Expr,
  args: readonly Argument[],
  span: CallExpr['span'],
  context: ClassContext,
  typeArgument: Expr | null,
): CallExpr {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const construct = /^\p{Lu}/u.test(name);
  const handed = typeArgument === null || typeArgument.kind === 'other' ? {} : { typeArgument };
  const call: CallExpr = { kind: 'call', callee, args, construct, nameSpan, span, ...handed };
  context.sink.calls.push(call);
  return call;
}

/** What the standard library's makers of collections hold. */
function collectionOf({ callee, args, span }: CallExpr): Expr | null {
  if (callee.kind !== 'name' || args.some(arg => arg.spread || arg.name !== null)) return null;
  if (LISTS.has(callee.name)) return { kind: 'array', items: args.map(arg => arg.value), span };
  if (!MAPS.has(callee.name)) return null;
  const entries = args.flatMap(({ value }): ObjectEntry[] => {
    const pair =
      value.kind === 'call' && value.callee.kind === 'member' && value.callee.property === 'to' ? value : null;
    const key = pair?.callee.kind === 'member' ? pair.callee.object : null;
    const held = pair?.args[0]?.value;
    if (key?.kind !== 'string' || held === undefined) return [];
    return [{ key: key.value, keySpan: key.span, value: held }];
  });
  return entries.length < args.length ? null : { kind: 'object', entries, spreads: [], span };
}

const LISTS: ReadonlySet<string> = new Set([
  'arrayOf',
  'listOf',
  'mutableListOf',
  'mutableSetOf',
  'setOf',
  'sequenceOf',
]);
const MAPS: ReadonlySet<string> = new Set(['hashMapOf', 'linkedMapOf', 'mapOf', 'mutableMapOf']);

function isArguments(node: PlainNode): boolean {
  return node.type === 'value_arguments' || node.type === 'type_arguments';
}
