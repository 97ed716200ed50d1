/** Completion of flag keys inside a check's key, offline and from what is known. */
import { shortState } from '../flags/describe.ts';
import { environmentOrder, statesOf } from '../flags/flagIndex.ts';
import { verdictOf } from '../flags/staleness.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text.ts';
import { flagLines } from './flagLines.ts';
import { fitsInQuotes } from './quotes.ts';
import type { RichLine } from './richText.ts';

export interface Completion {
  readonly key: string;
  /** What is replaced: the text between the quotes. */
  readonly span: Span;
  /** Short, such as `25%`. */
  readonly detail: string;
  /** Stale flags are listed, but struck through: new uses of them are a mistake. */
  readonly stale: boolean;
}

/** Keys that fit at an offset; empty when it is not inside the quoted key of a check. */
export function completions(snapshot: Snapshot, path: string, offset: number): readonly Completion[] {
  const file = snapshot.files.get(path);
  const check = file?.checks.find(({ keySpan }) => keySpan !== null && touches(keySpan, offset));
  if (file === undefined || !check?.keySpan) return [];
  const span = insideQuotes(file.text, check.keySpan);
  if (span === null || offset < span.start || offset > span.end) return [];
  const order = environmentOrder(snapshot);
  const quote = file.text.charAt(check.keySpan.start);
  const keys = [...snapshot.flags.keys()].filter(key => fitsInQuotes(key, quote)).sort();
  return keys.map(key => ({
    key,
    span,
    detail: shortState(statesOf(snapshot, key), order),
    stale: verdictOf(snapshot, key).stale,
  }));
}

/** The documentation of a completion, asked for when it is selected. */
export function completionDocumentation(snapshot: Snapshot, key: string): readonly RichLine[] {
  return flagLines(snapshot, key, null);
}

function insideQuotes(text: string, span: Span): Span | null {
  const quote = text.charAt(span.start);
  if (quote !== "'" && quote !== '"' && quote !== '`') return null;
  const isClosed = span.end - span.start > 1 && text.charAt(span.end - 1) === quote;
  return { start: span.start + 1, end: isClosed ? span.end - 1 : span.end };
}
