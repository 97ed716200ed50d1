/** Every place in a file where a property is read: by itself, destructured, or as what a method is called on. */
import type { FileFacts, MemberExpr } from '../languages/facts.ts';

/** Member accesses, outermost ones, in no particular order. */
export function memberReads(facts: FileFacts): readonly MemberExpr[] {
  const reads = [...facts.members];
  for (const { value } of facts.bindings) if (value?.kind === 'member') reads.push(value);
  for (const { callee } of facts.calls) {
    if (callee.kind === 'member' && callee.object.kind === 'member') reads.push(callee.object);
  }
  return reads;
}
