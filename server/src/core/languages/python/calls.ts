/** Python's calls and decorators. */

import type { Argument, CallExpr, Expr, MemberExpr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import type { Context } from './context.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { formatWithBraces } from './formats.ts';

/** A call, which joins `calls`. As a value, `'…{}…'.format(x)` is the text it makes. */
export function walkCall(node: PlainNode, context: Context): Expr {
  const call = callOf(node, context);
  if (call === null) return otherAt(node);
  const read = readByName(call);
  if (read !== null) {
    context.sink.members.push(read);
    return read;
  }
  context.sink.calls.push(call);
  const applied = partlyApplied(call);
  if (applied !== null) context.sink.calls.push(applied);
  const { callee } = call;
  if (callee.kind !== 'member' || callee.property !== 'format' || callee.object.kind !== 'string') return call;
  return formatWithBraces(callee.object.value, call.args, call.span);
}

/** `getattr(flags, "new_nav", False)` reads a member whose name is a text. */
function readByName({ callee, args, span }: CallExpr): MemberExpr | null {
  const [object, name] = args;
  if (callee.kind !== 'name' || callee.name !== 'getattr' || object === undefined || name?.value.kind !== 'string')
    return null;
  const { value: property, span: propertySpan } = name.value;
  return { kind: 'member', object: object.value, property, propertySpan, span };
}

/** `partial(f, "k")`: a call of `f` with what it is given for good. */
function partlyApplied({ callee, args }: CallExpr): CallExpr | null {
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const [fn, ...given] = args;
  const [last] = given.slice(-1);
  if (name !== 'partial' || fn === undefined || last === undefined || fn.name !== null) return null;
  if (fn.value.kind !== 'name' && fn.value.kind !== 'member') return null;
  const nameSpan = fn.value.kind === 'member' ? fn.value.propertySpan : fn.value.span;
  const span = { start: fn.value.span.start, end: last.value.span.end };
  return { kind: 'call', callee: fn.value, args: given, construct: false, nameSpan, span };
}

/** A decorator, which joins `decorators` alone. */
export function walkDecorator(node: PlainNode, context: Context): void {
  const inner = node.children[0];
  if (inner === undefined) return;
  if (inner.type === 'call') {
    const call = callOf(inner, context);
    if (call !== null) context.sink.decorators.push(call);
    return;
  }
  const callee = walkOperand(inner, context);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  context.sink.decorators.push({ kind: 'call', callee, args: [], construct: false, nameSpan, span: callee.span });
}

function callOf(node: PlainNode, context: Context): CallExpr | null {
  const calleeNode = childIn(node, 'function');
  const argumentsNode = childIn(node, 'arguments');
  if (calleeNode === undefined || isTornApart(calleeNode, argumentsNode, context)) {
    for (const child of node.children) walkExpression(child, context);
    return null;
  }
  const callee = walkOperand(calleeNode, context);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const args = argumentsNode === undefined ? [] : argumentsOf(argumentsNode, context);
  return { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
}

/** A syntax error between the callee and the arguments: the parser joined two things that are none. */
function isTornApart(callee: PlainNode, args: PlainNode | undefined, context: Context): boolean {
  if (args === undefined || args.start === callee.end) return false;
  return !/^(?:[\s\\]|#[^\n]*\n)*$/.test(context.text.slice(callee.end, args.start));
}

function argumentsOf(node: PlainNode, context: Context): readonly Argument[] {
  if (node.type !== 'argument_list') return [{ name: null, value: walkExpression(node, context), spread: false }];
  return node.children.map(child => argumentOf(child, context));
}

function argumentOf(node: PlainNode, context: Context): Argument {
  const [first] = node.children;
  if (node.type === 'keyword_argument') {
    const name = childIn(node, 'name');
    const value = childIn(node, 'value');
    return {
      name: name === undefined ? null : sourceOf(name, context),
      value: value === undefined ? otherAt(node) : walkExpression(value, context),
      spread: false,
    };
  }
  if ((node.type === 'list_splat' || node.type === 'dictionary_splat') && first !== undefined) {
    return { name: null, value: walkExpression(first, context), spread: true };
  }
  return { name: null, value: walkExpression(node, context), spread: false };
}
