/**
 * Spans that are nested or apart, as the scopes and functions of a file are, ready to be asked which of them hold an offset.
 * A file of a hundred thousand lines has ten thousand of each, and is asked about as many offsets: looking through all of
 * them each time takes seconds. What the spans belong to is nobody's business here.
 */
import type { Span } from './text.ts';

export interface Nesting<T> {
  /** By start, the wider one first where two start together. */
  readonly items: readonly T[];
  readonly spans: readonly Span[];
  /** For each item the index of the innermost one around it, or -1. */
  readonly parents: readonly number[];
}

/** Arranges items by their spans. Equal spans nest in the order in which they are given. */
export function nest<T>(given: readonly T[], spanOf: (item: T) => Span): Nesting<T> {
  const sorted = given
    .map(item => ({ item, span: spanOf(item) }))
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const parents: number[] = [];
  const around: number[] = [];
  for (const [index, { span }] of sorted.entries()) {
    while (around.length > 0 && sorted[around.at(-1)!]!.span.end < span.end) around.pop();
    parents.push(around.at(-1) ?? -1);
    around.push(index);
  }
  return { items: sorted.map(({ item }) => item), spans: sorted.map(({ span }) => span), parents };
}

/** Indexes of the items that hold the offset (start and end included), innermost first. */
export function holding<T>({ spans, parents }: Nesting<T>, offset: number): readonly number[] {
  const found: number[] = [];
  for (let at = lastStartingBy(spans, offset); at >= 0; at = parents[at]!) {
    if (spans[at]!.end >= offset) found.push(at);
  }
  return found;
}

function lastStartingBy(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
