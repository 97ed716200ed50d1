/** Every place in a file where a property is read: by itself, destructured, or as what a method is called on. */
import type { Expr, FileFacts, IndexExpr, MemberExpr } from '../../languages/facts.ts';

/** Reads by an index that is not a text written there, in no particular order. */
export function indexReads(facts: FileFacts): readonly IndexExpr[] {
  return facts.members.filter(read => read.kind === 'index');
}

/** Member accesses, outermost ones, in no particular order. */
export function memberReads(facts: FileFacts): readonly MemberExpr[] {
  const reads = facts.members.filter(read => read.kind === 'member');
  for (const { value } of facts.bindings) if (value?.kind === 'member') reads.push(value);
  for (const { callee } of facts.calls) {
    if (callee.kind === 'member' && callee.object.kind === 'member') reads.push(callee.object);
  }
  return reads;
}

/** What a destructuring says a property is where the object lacks it (`const { newNav = false } = flags`), or null. */
export function defaultOf(facts: FileFacts, read: MemberExpr): Expr | null {
  return facts.bindings.find(({ value }) => value === read)?.defaultValue ?? null;
}
