/**
 * References to methods in Java and Kotlin (`flags::isOn`), as calls: what is handed one calls it. With what, is told where it is handed to a
 * step over a list (`Stream.of(A, B).anyMatch(flags::isOn)`): then the call's argument is an item of that list, else nothing that is known.
 * Whether a method is worth looking at is not decided here.
 */
import type { CallExpr, Expr, MemberExpr } from './facts.ts';

/** The call that a reference stands for, which is handed to a call with this callee; null for a callee that is not known. */
export function callOfReference(reference: MemberExpr, handedTo: Expr | null): CallExpr {
  const { propertySpan, span } = reference;
  const value = itemOf(handedTo, span);
  // A constant is asked itself: `Flags.PAY::enabled`.
  const args = isConstant(reference.object) ? [] : [{ name: null, value, spread: false }];
  return { kind: 'call', callee: reference, args, construct: false, nameSpan: propertySpan, span };
}

function itemOf(handedTo: Expr | null, span: Expr['span']): Expr {
  const other: Expr = { kind: 'other', span };
  if (handedTo?.kind !== 'member' || !STEPS.has(handedTo.property)) return other;
  const { list, isStream } = listOf(handedTo.object);
  if (list.kind === 'string' || (list.kind === 'member' && !isStream)) return list;
  return list.kind === 'array' || isStream ? { kind: 'index', object: list, index: other, span } : other;
}

/** What is gone through, and whether it is by a stream of it. */
function listOf(expr: Expr): { readonly list: Expr; readonly isStream: boolean } {
  let list = expr;
  let isStream = false;
  while (list.kind === 'call' && list.callee.kind === 'member' && SAME.has(list.callee.property)) {
    list = list.callee.object;
    isStream = true;
  }
  return { list, isStream };
}

/** Steps that hand each item to a function. */
const STEPS: ReadonlySet<string> = new Set(
  'all allMatch any anyMatch count filter filterNot find first firstOrNull forEach map none noneMatch partition removeIf'.split(
    ' ',
  ),
);
/** Steps behind which there are items of the same list. */
const SAME: ReadonlySet<string> = new Set(['asSequence', 'distinct', 'parallelStream', 'sorted', 'stream']);

/** `Flags.PAY`: in capitals, of a type. */
function isConstant(expr: Expr): boolean {
  return (
    expr.kind === 'member' &&
    expr.object.kind === 'name' &&
    /^[A-Z]\w*[a-z]/.test(expr.object.name) &&
    /^[A-Z][A-Z0-9_]+$/.test(expr.property)
  );
}
