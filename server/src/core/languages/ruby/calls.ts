/** Ruby's calls. What a class body calls to declare its members is in `macros.ts`. */

import type { Argument, CallExpr, Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt, otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import { type Context, nameAt, selfAt } from './context.ts';
import { preparedCalls } from './doubles.ts';
import { keyOf, walkExpression, walkOperand } from './expressions.ts';
import { walkBlock } from './functions.ts';
import { walkMacro } from './macros.ts';
import { walkNode } from './statements.ts';
import { formatWithPercent } from './strings.ts';

/**
 * A call, which joins `calls`. `a.b` without arguments reads an attribute as often as it calls: it is a member access, unless
 * the name ends with `?` or `!`. Conversions to a string or symbol, `freeze` and the like stand for what they are called on.
 */
export function walkCall(node: PlainNode, context: Context): Expr {
  const receiverNode = childIn(node, 'receiver');
  const method = childIn(node, 'method');
  const argumentsNode = childIn(node, 'arguments');
  const blockNode = childIn(node, 'block');
  const name = method === undefined ? '' : sourceOf(method, context);
  const isPlain = argumentsNode === undefined && blockNode === undefined;
  if (receiverNode !== undefined && isPlain && TRANSPARENT.has(name)) return walkExpression(receiverNode, context);
  const receiver = receiverNode === undefined ? null : walkOperand(receiverNode, context);
  if (isPlain && receiver?.kind === 'name' && receiver.name === 'self' && name === 'class') return receiver;
  const callee = calleeOf(node, receiver, method, context);
  if (callee === null) {
    for (const child of node.children) if (child !== receiverNode) walkNode(child, context);
    return otherAt(node);
  }
  if (isPlain && callee.kind === 'member' && name !== 'new' && !/[?!]$/.test(name)) return callee;
  const isMacro = receiver === null && walkMacro(node, name, context);
  const args = argumentsNode === undefined || isMacro ? [] : argumentsOf(argumentsNode, context);
  if (blockNode !== undefined && !isMacro) walkBlock(blockNode, null, null, context);
  const construct = name === 'new';
  const nameSpan = method === undefined ? callee.span : spanOfPlain(method);
  const call: CallExpr = {
    kind: 'call',
    callee: construct ? (receiver ?? selfAt(node.start)) : callee,
    args,
    construct,
    nameSpan,
    span: spanOfPlain(node),
  };
  context.sink.calls.push(call, ...preparedCalls(call));
  return worthOf(call);
}

/** The arguments of a list: `key: value` is named, a block handed on (`&block`) is none. */
export function argumentsOf(node: PlainNode, context: Context): readonly Argument[] {
  const args: Argument[] = [];
  for (const child of node.children) {
    const first = child.children[0];
    if (child.type === 'pair') args.push(namedArgument(child, context));
    else if (child.type === 'block_argument') {
      if (first !== undefined) walkExpression(first, context);
    } else if (child.type === 'splat_argument' || child.type === 'hash_splat_argument') {
      args.push({
        name: null,
        value: first === undefined ? otherAt(child) : walkExpression(first, context),
        spread: true,
      });
    } else if (child.type === 'forward_argument') args.push({ name: null, value: otherAt(child), spread: true });
    else args.push({ name: null, value: walkExpression(child, context), spread: false });
  }
  return args;
}

/** Methods that give back what they are called on, as far as a key or a client is concerned. */
const TRANSPARENT: ReadonlySet<string> = new Set(['dup', 'freeze', 'itself', 'to_s', 'to_str', 'to_sym']);

function calleeOf(
  node: PlainNode,
  receiver: Expr | null,
  method: PlainNode | undefined,
  context: Context,
): Expr | null {
  // `f.(x)` calls `f` itself.
  if (method === undefined) return receiver;
  if (method.start === method.end) return null;
  if (receiver === null) return nameAt(method, context);
  return memberAt(receiver, method, { start: node.start, end: method.end }, context);
}

/** `name: value`, `:name => value`, `"name" => value`, and `name:` alone, which is short for `name: name`. */
function namedArgument(node: PlainNode, context: Context): Argument {
  const keyNode = childIn(node, 'key');
  const valueNode = childIn(node, 'value');
  const key = keyNode === undefined ? null : keyOf(keyNode, context);
  const short = keyNode === undefined ? otherAt(node) : nameAt(keyNode, context);
  const value = valueNode === undefined ? short : walkExpression(valueNode, context);
  // A computed key makes its pair an entry of a hash that is the last argument: no position counts on it.
  return key === null ? { name: '', value, spread: false } : { name: key.name, value, spread: false };
}

/** What a call is worth: formats and joins with constant text are templates, `fetch` reads a hash. */
function worthOf(call: CallExpr): Expr {
  const { callee, args, span } = call;
  if (call.construct && callee.kind === 'name' && callee.name === 'OpenStruct') return fieldsOf(call);
  const [first] = args;
  if (first === undefined || first.name !== null || first.spread) return call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  if ((name === 'format' || name === 'sprintf') && first.value.kind === 'string') {
    return formatWithPercent(first.value.value, args.slice(1), span);
  }
  if (callee.kind !== 'member') return call;
  if (name === 'fetch') return { kind: 'index', object: callee.object, index: first.value, span };
  if (name !== 'join' || callee.object.kind !== 'array' || first.value.kind !== 'string') return call;
  const separator = first.value.value;
  const parts = callee.object.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
  return joinParts(parts, span);
}

/** `OpenStruct.new(a: 1)` is read by its names, as a hash is. */
function fieldsOf({ args, span }: CallExpr): Expr {
  const entries = args.flatMap(({ name, value }) =>
    name === null || name === '' ? [] : [{ key: name, keySpan: value.span, value }],
  );
  return { kind: 'object', entries, spreads: [], span };
}
