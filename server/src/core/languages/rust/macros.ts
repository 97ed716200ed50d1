/**
 * What Rust's macros are given. To the grammar it is a list of tokens; most macros take it for expressions (`assert!(flags.is_on("k"))`,
 * `matches!`, `println!`), so that names, paths, members and calls are read out of it here. Operators are not: what they join is read part by part.
 * Macros that make code of their tokens, or look at them as text, are not opened.
 */

import { type ClassContext, declareLocal, declareMember, nameAt } from '../classContext.ts';
import type { Argument, CallExpr, Expr } from '../facts.ts';
import { childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt, otherAt } from '../shapes.ts';

/** How a literal among the tokens is read. */
export type WalkLiteral = (node: PlainNode, context: ClassContext) => Expr;

/** Walks the tokens of a macro's call. */
export function walkTokens(macro: PlainNode, name: string, context: ClassContext, literal: WalkLiteral): void {
  const tokens = childOfType(macro, 'token_tree');
  if (tokens === undefined || UNOPENED.has(name)) return;
  if (STATICS.has(name)) walkStatics(tokens, context, literal);
  else walkParts(tokens, context, literal);
}

const UNOPENED: ReadonlySet<string> = new Set([
  'cfg',
  'concat',
  'concat_idents',
  'env',
  'format_ident',
  'include',
  'include_bytes',
  'include_str',
  'option_env',
  'parse_quote',
  'quote',
  'quote_spanned',
  'stringify',
]);
/** Macros whose tokens are `static NAME: Type = value;`. */
const STATICS: ReadonlySet<string> = new Set(['lazy_static', 'thread_local']);

/** The expressions that commas keep apart in a token tree. */
function walkParts(tree: PlainNode, context: ClassContext, literal: WalkLiteral): readonly Expr[] {
  const parts: Expr[] = [];
  const { children } = tree;
  for (let at = 0; at < children.length; ) {
    const first = at;
    const before = gapBefore(tree, at, context);
    const read = readChain(tree, at, context, literal);
    at = read.next;
    const isWhole = isEnd(tree, at, context);
    while (!isEnd(tree, at, context)) at = readChain(tree, at, context, literal).next;
    const isBare = /^(?:[(,[{]|\))?[&*]*(?:mut)?$/.test(before);
    parts.push(isWhole && isBare ? read.value : otherAt(children[first]!));
  }
  return parts;
}

/** Whether a part ends before the token at this place. */
function isEnd(tree: PlainNode, at: number, context: ClassContext): boolean {
  return at >= tree.children.length || /[,;]/.test(gapBefore(tree, at, context));
}

/** What stands between a token and the one before it, without spaces. */
function gapBefore({ children, start }: PlainNode, at: number, { text }: ClassContext): string {
  return text.slice(at === 0 ? start : children[at - 1]!.end, children[at]!.start).replace(/\s+/g, '');
}

/** A name or a literal, and the members and calls behind it. */
function readChain(tree: PlainNode, from: number, context: ClassContext, literal: WalkLiteral) {
  const { children } = tree;
  let value = firstOf(children[from]!, context, literal);
  let next = from + 1;
  for (; next < children.length; next++) {
    const token = children[next]!;
    const gap = gapBefore(tree, next, context);
    if (JOINTS.has(gap) && (token.type === 'identifier' || token.type === 'type_identifier')) {
      const span = { start: value.span.start, end: token.end };
      value = memberAt(value, token, span, context);
    } else if (gap === '' && token.type === 'token_tree' && context.text.charAt(token.start) === '(') {
      value = isNamed(value) ? addCall(value, token, context, literal) : grouped(token, context, literal);
    } else break;
  }
  if (value.kind === 'member') context.sink.members.push(value);
  return { value, next };
}

const JOINTS: ReadonlySet<string> = new Set(['.', '::', '?.', '.await.', '.await?.', '?.await.']);

function isNamed({ kind }: Expr): boolean {
  return kind === 'name' || kind === 'member';
}

function firstOf(token: PlainNode, context: ClassContext, literal: WalkLiteral): Expr {
  if (token.type === 'token_tree') return grouped(token, context, literal);
  if (token.type === 'identifier' || token.type === 'type_identifier') return nameAt(token, context);
  if (token.type === 'crate' || token.type === 'super')
    return { kind: 'name', name: token.type, span: spanOfPlain(token) };
  return literal(token, context);
}

/** What stands in brackets is worth what it holds, if that is one thing. */
function grouped(token: PlainNode, context: ClassContext, literal: WalkLiteral): Expr {
  const parts = walkParts(token, context, literal);
  const isPlain = parts.length === 1 && context.text.charAt(token.start) === '(';
  return isPlain ? parts[0]! : otherAt(token);
}

function addCall(callee: Expr, tree: PlainNode, context: ClassContext, literal: WalkLiteral): Expr {
  const args = walkParts(tree, context, literal).map((value): Argument => ({ name: null, value, spread: false }));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: callee.span.start, end: tree.end };
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span };
  context.sink.calls.push(call);
  const isSame = callee.kind === 'member' && args.length === 0 && SAME.has(callee.property);
  return isSame ? callee.object : call;
}

/** Methods that give what they are called on, or what that holds. */
export const SAME: ReadonlySet<string> = new Set([
  'as_ref',
  'as_str',
  'clone',
  'into',
  'to_owned',
  'to_string',
  'unwrap',
]);

function walkStatics(tree: PlainNode, context: ClassContext, literal: WalkLiteral): void {
  const { children } = tree;
  for (let at = 0; at < children.length; ) {
    const isStatic = gapBefore(tree, at, context).endsWith('static');
    const isReference = isStatic && sourceOf(children[at]!, context) === 'ref';
    const name = isStatic ? children[isReference ? at + 1 : at] : undefined;
    const next = at + (isReference ? 2 : 1);
    if (name?.type !== 'identifier') {
      at = readChain(tree, at, context, literal).next;
      continue;
    }
    const isTyped = next < children.length && gapBefore(tree, next, context) === ':';
    const type = isTyped ? readChain(tree, next, context, literal).value : null;
    for (at = next; at < children.length && !gapBefore(tree, at, context).endsWith('='); ) at++;
    if (at >= children.length) return;
    const given = readChain(tree, at, context, literal);
    at = given.next;
    const known = { value: given.value, type, form: 'constant' } as const;
    if (context.scope === null) declareMember(name, known, context);
    else declareLocal(name, known, context);
  }
}
