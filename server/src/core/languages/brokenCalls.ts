/**
 * Calls in what a parser could not make sense of. Someone types `client.isEnabled("k"` and the parenthesis is still missing:
 * the parts stand side by side in an error node, and the call they are about to become is what the editor is asked about.
 */
import type { Argument, CallExpr, Expr } from './facts.ts';
import type { FactSink } from './language.ts';
import type { PlainNode } from './plainTree.ts';

/** How a language walks the parts. `callees` are the types of nodes that may stand before an opening parenthesis. */
export interface BrokenWalk {
  readonly text: string;
  readonly sink: FactSink;
  readonly callees: ReadonlySet<string>;
  walkNode(node: PlainNode): void;
  walkOperand(node: PlainNode): Expr;
  walkExpression(node: PlainNode): Expr;
}

/** Walks an error node: each part by itself, but a name with an opening parenthesis behind it as a call of what follows. */
export function walkError(error: PlainNode, walk: BrokenWalk): void {
  const parts = error.children;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    if (walk.callees.has(part.type) && part.start < part.end && isBetween(at, OPENING)) at = addCall(part, at);
    else walk.walkNode(part);
  }

  function addCall(calleeNode: PlainNode, calleeAt: number): number {
    const callee = walk.walkOperand(calleeNode);
    const args: Argument[] = [];
    let last = calleeAt;
    while (last + 1 < parts.length && isBetween(last, last === calleeAt ? OPENING : COMMA)) {
      last++;
      args.push({ name: null, value: walk.walkExpression(parts[last]!), spread: false });
    }
    const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
    const span = { start: calleeNode.start, end: parts[last]!.end };
    const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span };
    walk.sink.calls.push(call);
    return last;
  }

  function isBetween(at: number, pattern: RegExp): boolean {
    return pattern.test(walk.text.slice(parts[at]!.end, parts[at + 1]?.start ?? error.end));
  }
}

const OPENING = /^\s*\(\s*$/;
const COMMA = /^\s*,\s*$/;
