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
  /** What stands between a receiver and its method, where the grammar leaves the two side by side (Ruby, PHP). */
  readonly joint?: RegExp;
  walkNode(node: PlainNode): void;
  walkOperand(node: PlainNode): Expr;
  walkExpression(node: PlainNode): Expr;
}

/** Walks an error node: each part by itself, but a name with an opening parenthesis behind it as a call of what follows. */
export function walkError(error: PlainNode, walk: BrokenWalk): void {
  const parts = error.children;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const last = lastJoined(at);
    if (last > at) {
      const callee = joined(at, last);
      at = isBetween(last, OPENING) ? addCall(callee, last) : last;
    } else if (isCallee(part) && isBetween(at, OPENING)) at = addCall(walk.walkOperand(part), at);
    else walk.walkNode(part);
  }

  function isCallee(part: PlainNode): boolean {
    return walk.callees.has(part.type) && part.start < part.end;
  }

  /** The last of the parts that joints hold together with this one. */
  function lastJoined(first: number): number {
    let last = first;
    if (walk.joint === undefined || !isCallee(parts[first]!)) return first;
    while (last + 1 < parts.length && isCallee(parts[last + 1]!) && isBetween(last, walk.joint)) last++;
    return last;
  }

  function joined(first: number, last: number): Expr {
    let object = walk.walkOperand(parts[first]!);
    for (const { start, end } of parts.slice(first + 1, last + 1)) {
      const span = { start: object.span.start, end };
      object = { kind: 'member', object, property: walk.text.slice(start, end), propertySpan: { start, end }, span };
    }
    return object;
  }

  function addCall(callee: Expr, calleeAt: number): number {
    const args: Argument[] = [];
    let last = calleeAt;
    while (last + 1 < parts.length && isBetween(last, last === calleeAt ? OPENING : COMMA)) {
      last++;
      args.push({ name: null, value: walk.walkExpression(parts[last]!), spread: false });
    }
    const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
    const span = { start: callee.span.start, end: parts[last]!.end };
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
