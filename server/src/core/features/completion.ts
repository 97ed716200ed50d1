/** Completion of flag keys inside a check's key, offline and from what is known; flag files are `flagFileCompletion.ts`'s. */

import { shortState } from '../flags/rollout/describe.ts';
import { environmentOrder, statesOf } from '../flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import { CONFIG_PATH } from '../hostSetup.ts';
import { naturalOrder } from '../naturalOrder.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text.ts';
import { configCompletions } from './configCompletion.ts';
import { flagFileCompletions } from './flagFileCompletion.ts';
import { flagLines } from './flagLines.ts';
import { fitsInQuotes } from './quotes.ts';
import type { RichLine } from './richText.ts';

export interface Completion {
  /** A flag's key, or the word itself. */
  readonly key: string;
  /** What people read; mostly the key. */
  readonly label: string;
  /** What takes the place of `span`. */
  readonly text: string;
  /** What is replaced: the text between the quotes. */
  readonly span: Span;
  readonly kind: 'flag' | 'variation' | 'segment' | 'field' | 'operator' | 'word';
  /** Short, such as `25%`. */
  readonly detail: string;
  /** One sentence; null where there is none, and for flags, whose documentation is asked for. */
  readonly documentation: string | null;
  /** Stale flags are listed, but struck through: new uses of them are a mistake. */
  readonly stale: boolean;
}

/** What fits at an offset: in code the keys of flags inside the quoted key of a check, in a flag file what its format knows. */
export function completions(whole: Snapshot, path: string, offset: number): readonly Completion[] {
  const snapshot = snapshotAt(whole, path);
  const file = snapshot.files.get(path);
  if (file !== undefined && path === CONFIG_PATH) return configCompletions(snapshot, file, offset);
  if (file?.flagFile?.language !== undefined) return flagFileCompletions(snapshot, file, offset);
  const check = file?.checks.find(({ keySpan }) => keySpan !== null && touches(keySpan, offset));
  if (file === undefined || !check?.keySpan) return [];
  const span = insideQuotes(file.text, check.keySpan);
  if (span === null || offset < span.start || offset > span.end) return [];
  const order = environmentOrder(snapshot);
  const quote = file.text.charAt(check.keySpan.start);
  const keys = [...snapshot.flags.keys()].filter(key => fitsInQuotes(key, quote)).sort(naturalOrder);
  return keys.map(key => ({
    key,
    label: key,
    text: key,
    span,
    kind: 'flag',
    documentation: null,
    detail: shortState(statesOf(snapshot, key), order),
    stale: verdictOf(snapshot, key).stale,
  }));
}

/** The documentation of a completion in a file, asked for when it is selected. */
export function completionDocumentation(snapshot: Snapshot, key: string, path: string): readonly RichLine[] {
  return flagLines(snapshotAt(snapshot, path), key, null);
}

function insideQuotes(text: string, span: Span): Span | null {
  const quote = text.charAt(span.start);
  if (quote !== "'" && quote !== '"' && quote !== '`') return null;
  const isClosed = span.end - span.start > 1 && text.charAt(span.end - 1) === quote;
  return { start: span.start + 1, end: isClosed ? span.end - 1 : span.end };
}
