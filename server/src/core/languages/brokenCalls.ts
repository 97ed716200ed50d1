/**
 * Calls in what a parser could not make sense of. Someone types `client.isEnabled("k"` and the parenthesis is still missing:
 * the parts stand side by side in an error node, and the call they are about to become is what the editor is asked about.
 */
import type { Argument, CallExpr, Expr } from './facts.ts';
import type { FactSink } from './language.ts';
import type { PlainNode } from './plainTree.ts';

/** How a language walks its nodes; `C` is what its walks know of the place they are at. */
export interface LanguageWalk<C> {
  /** Nodes that take the syntax errors inside them, since they open a scope. */
  readonly anchors: ReadonlySet<string>;
  /** The types of nodes that may stand before an opening parenthesis. */
  readonly callees: ReadonlySet<string>;
  /** What stands between a receiver and its method, where the grammar leaves the two side by side (Ruby, PHP). */
  readonly joint?: RegExp;
  walkNode(node: PlainNode, context: C): unknown;
  walkOperand(node: PlainNode, context: C): Expr;
  walkExpression(node: PlainNode, context: C): Expr;
  /** Walks an argument, where the grammar puts a node around it. */
  walkArgument?(node: PlainNode, context: C): Expr;
}

/** The walks of a language around syntax errors, by `errorWalks`. */
export interface ErrorWalks<C> {
  /** Walks the root of a chunk, and the syntax errors in it that belong to none of its anchors. */
  walkWithErrors(root: PlainNode, context: C): void;
  /** Walks what the parser could not make sense of in a node. */
  walkErrors(node: PlainNode, context: C): void;
  /** Walks an error node: each part by itself, but a name with an opening parenthesis behind it as a call of what follows. */
  walkBroken(error: PlainNode, context: C): void;
}

/** How a language walks around syntax errors. */
export function errorWalks<C extends { readonly text: string; readonly sink: FactSink }>(
  language: LanguageWalk<C>,
): ErrorWalks<C> {
  const walks: ErrorWalks<C> = {
    walkWithErrors(root, context) {
      language.walkNode(root, context);
      if (!language.anchors.has(root.type)) walks.walkErrors(root, context);
    },
    walkErrors(node, context) {
      for (const error of node.errors) language.walkNode(error, context);
    },
    walkBroken: (error, context) => walkParts(error, language, context),
  };
  return walks;
}

function walkParts<C extends { readonly text: string; readonly sink: FactSink }>(
  error: PlainNode,
  language: LanguageWalk<C>,
  context: C,
): void {
  const walkArgument = language.walkArgument ?? language.walkExpression;
  const parts = error.children;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const last = lastJoined(at);
    if (last > at) {
      const callee = joined(at, last);
      at = isBetween(last, OPENING) ? addCall(callee, last) : last;
    } else if (isCallee(part) && isBetween(at, OPENING)) at = addCall(language.walkOperand(part, context), at);
    else language.walkNode(part, context);
  }

  function isCallee(part: PlainNode): boolean {
    return language.callees.has(part.type) && part.start < part.end;
  }

  /** The last of the parts that joints hold together with this one. */
  function lastJoined(first: number): number {
    let last = first;
    if (language.joint === undefined || !isCallee(parts[first]!)) return first;
    while (last + 1 < parts.length && isCallee(parts[last + 1]!) && isBetween(last, language.joint)) last++;
    return last;
  }

  function joined(first: number, last: number): Expr {
    let object = language.walkOperand(parts[first]!, context);
    for (const { start, end } of parts.slice(first + 1, last + 1)) {
      const span = { start: object.span.start, end };
      object = { kind: 'member', object, property: context.text.slice(start, end), propertySpan: { start, end }, span };
    }
    return object;
  }

  function addCall(callee: Expr, calleeAt: number): number {
    const args: Argument[] = [];
    let last = calleeAt;
    while (last + 1 < parts.length && isBetween(last, last === calleeAt ? OPENING : COMMA)) {
      last++;
      args.push({ name: null, value: walkArgument(parts[last]!, context), spread: false });
    }
    const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
    const span = { start: callee.span.start, end: parts[last]!.end };
    const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span };
    context.sink.calls.push(call);
    return last;
  }

  function isBetween(at: number, pattern: RegExp): boolean {
    return pattern.test(context.text.slice(parts[at]!.end, parts[at + 1]?.start ?? error.end));
  }
}

const OPENING = /^\s*\(\s*$/;
const COMMA = /^\s*,\s*$/;
