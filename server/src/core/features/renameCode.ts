/**
 * Where code writes a flag's key: literals at checks, values of constants and enums, declarations, stubs, properties that are
 * named after it. Each becomes an edit, or the reason why the flag can't be renamed by one.
 */
import { checksOfKey } from '../flags/verdicts/flagIndex.ts';
import type { Check, Place } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { fitsInQuotes } from './quotes.ts';
import type { Doubt, RenameEdit } from './rename.ts';

export type CodePlaces =
  | { readonly kind: 'edits'; readonly edits: readonly RenameEdit[] }
  | { readonly kind: 'blocked'; readonly reason: (placeWords: (place: Place) => string) => string };

/** The edits of all places in code that name the flag. */
export function codePlaces(snapshot: Snapshot, key: string, newKey: string): CodePlaces {
  const edits: RenameEdit[] = [];
  for (const check of checksOfKey(snapshot, key)) {
    // An accessor's calls name the accessor; the key stands inside of it, at a check of its own.
    if (check.via.includes('accessor')) continue;
    const place = placeOfKey(check);
    const text = snapshot.files.get(place.path)?.text;
    if (text === undefined) continue;
    const doubt = doubtOf(check);
    const written = writtenKey(text, place.span, key);
    if (written !== null) {
      const replacement = quoted(newKey, written.quote);
      if (replacement === null)
        return blocked(place, words => `“${newKey}” can't be written between the quotes at ${words}.`);
      edits.push({ path: place.path, span: written.span, text: replacement, doubt });
      continue;
    }
    // A name that other code uses can't be renamed here: only reads that are checks themselves are all known.
    const isRead = check.via.includes('property');
    const property = !isRead ? null : propertyName(text.slice(place.span.start, place.span.end), key, newKey);
    if (property === 'no-name') {
      return blocked(
        place,
        words => `The flag is read as a property at ${words}, and “${newKey}” can't be the name of one.`,
      );
    }
    if (property === null) {
      return blocked(
        place,
        words =>
          `The key is not written as one text at ${words}: it is put together there, or is itself a name in code. Rename it there by hand first.`,
      );
    }
    edits.push({ path: place.path, span: place.span, text: property, doubt: doubt ?? 'property' });
  }
  return { kind: 'edits', edits };
}

/** The key's own characters in an expression that writes it, and the quote around them. */
export interface WrittenKey {
  readonly span: Span;
  /** Empty where there are no quotes (an attribute, a Ruby symbol). */
  readonly quote: string;
}

/** Where a key stands as one text in an expression: between quotes of any language, or bare. Null when it is not written so. */
export function writtenKey(text: string, span: Span, key: string): WrittenKey | null {
  const whole = text.slice(span.start, span.end);
  const at = whole.indexOf(key);
  if (at < 0) return null;
  const before = OPENING.exec(whole.slice(0, at));
  const quote = before?.[1] ?? before?.[2] ?? '';
  if (before === null || whole.slice(at + key.length) !== quote) return null;
  // A bare name is a name in code, not a text; only a symbol is both.
  if (quote === '' && !whole.startsWith(':') && !isBareText(text, span)) return null;
  return { span: { start: span.start + at, end: span.start + at + key.length }, quote };
}

/** The camel-cased key under which LaunchDarkly's hooks hand a flag out. */
export function camelCaseKey(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
  return words
    .map((word, at) => (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
}

/** Prefixes of texts (`r"`, `@"`, `$"`), one or three quotes, or a symbol's colon. */
const OPENING = /^(?:[A-Za-z@$]{0,2}("""|'''|"|'|`)|:(["']?)|)$/;

/** Whether the characters stand between quotes that don't belong to the span. */
function isBareText(text: string, { start, end }: Span): boolean {
  const before = text.charAt(start - 1);
  return /["'`]/.test(before) && text.charAt(end) === before;
}

function placeOfKey(check: Check): Place {
  return check.keyPlace ?? { path: check.path, span: check.keySpan ?? check.nameSpan };
}

/** What a check's own certainty means for its place; where a constant writes the key, that place is as certain. */
function doubtOf(check: Check): Doubt | null {
  if (check.confidence === 'certain') return null;
  return check.test ? 'test' : 'likely';
}

function quoted(newKey: string, quote: string): string | null {
  if (quote === '') return /^[\w.:/-]+$/.test(newKey) ? newKey : null;
  return fitsInQuotes(newKey, quote) ? newKey : null;
}

/** The new name of a property that is named after the key; null when the text is no such name. */
function propertyName(text: string, key: string, newKey: string): string | 'no-name' | null {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text)) return null;
  const name = text === key ? newKey : text === camelCaseKey(key) ? camelCaseKey(newKey) : null;
  if (name === null) return null;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : 'no-name';
}

function blocked(place: Place, reason: (words: string) => string): CodePlaces {
  return { kind: 'blocked', reason: placeWords => reason(placeWords(place)) };
}
