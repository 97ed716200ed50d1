/**
 * Puts a chunk's facts into source order. A walk meets an outer call after its arguments, and a comment by another way than
 * code; readers of facts rely on order by start. Nothing is added or dropped here.
 */
import type { Span } from '../text.ts';
import type { FileFacts } from './facts.ts';
import type { FactSink } from './language.ts';

/** Appends the facts of `from` to `to`, each kind ordered by where it starts; the wider one first where two start together. */
export function appendInOrder(from: Omit<FileFacts, 'language' | 'broken'>, to: FactSink): void {
  to.packageName ??= from.packageName;
  append(from.imports, to.imports, fact => fact.span);
  to.exports.push(...from.exports);
  append(from.functions, to.functions, fact => fact.span);
  append(from.bindings, to.bindings, fact => fact.nameSpan);
  append(from.types, to.types, fact => fact.span);
  append(from.calls, to.calls, fact => fact.span);
  append(from.decorators, to.decorators, fact => fact.span);
  append(from.members, to.members, fact => fact.span);
  append(from.elements, to.elements, fact => fact.span);
  append(from.branches, to.branches, fact => fact.condition);
  append(from.comments, to.comments, fact => fact.span);
}

function append<T>(from: readonly T[], to: T[], spanOfFact: (fact: T) => Span): void {
  // Of most kinds a chunk has none, or few that are in order as they are.
  const ordered = isInOrder(from, spanOfFact)
    ? from
    : from.slice().sort((a, b) => compareSpans(spanOfFact(a), spanOfFact(b)));
  for (const fact of ordered) to.push(fact);
}

function isInOrder<T>(facts: readonly T[], spanOfFact: (fact: T) => Span): boolean {
  for (let at = 1; at < facts.length; at++) {
    if (compareSpans(spanOfFact(facts[at - 1]!), spanOfFact(facts[at]!)) > 0) return false;
  }
  return true;
}

function compareSpans(one: Span, other: Span): number {
  return one.start - other.start || other.end - one.end;
}
