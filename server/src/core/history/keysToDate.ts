/**
 * Which keys of a snapshot need an age, and how each is written, which tells what to look for in the history. A key that is
 * an ordinary word (`checkout`) is looked for only in the forms in which it stands now, so that a function of that name is
 * not taken for the flag.
 */
import type { Check, Flag, Place } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { DatedKey, Spelling } from './keyMatcher.ts';

/** Every key that is defined or checked, in order, with its spellings. */
export function keysToDate(snapshot: Snapshot): readonly DatedKey[] {
  const keys = [...new Set([...snapshot.flags.keys(), ...snapshot.checks.keys()])].filter(key => key !== '').sort();
  return keys.map(key => ({
    key,
    spellings: spellingsOf(snapshot, key, snapshot.flags.get(key) ?? [], snapshot.checks.get(key) ?? []),
  }));
}

function spellingsOf(
  snapshot: Snapshot,
  key: string,
  flags: readonly Flag[],
  checks: readonly Check[],
): readonly Spelling[] {
  const spellings = new Map<string, Spelling>();
  const add = (spelling: Spelling | null): void => {
    if (spelling !== null) spellings.set(`${spelling.form} ${spelling.text}`, spelling);
  };
  for (const { declaration } of flags) {
    if (declaration !== null) add(written(snapshot, { path: declaration.path, span: declaration.keySpan }, key));
  }
  for (const check of checks) {
    const own = check.keySpan ?? check.nameSpan;
    add(written(snapshot, check.keyPlace ?? { path: check.path, span: own }, key));
  }
  // Without a flag file the flag is likely an entry of some registry in code, unless constants are how this code writes keys.
  const isDeclared = flags.some(({ declaration }) => declaration !== null);
  const isLiteral = checks.some(({ keyPlace, keySpan }) => keyPlace === null && keySpan !== null);
  if (!isDeclared && isLiteral && isCompound(key)) add({ text: key, form: 'entry' });
  // A key with a dash or a dot is no word of anything else; and a key nobody showed us may be written in any way.
  if (/[^A-Za-z0-9_]/.test(key) || spellings.size === 0) add({ text: key, form: 'bare' });
  return [...spellings.values()];
}

/** How the key is written at a place; null when what stands there is an expression that only leads to the key. */
function written(snapshot: Snapshot, place: Place, key: string): Spelling | null {
  const text = snapshot.files.get(place.path)?.text;
  if (text === undefined) return null;
  const shown = text.slice(place.span.start, place.span.end);
  const bare = /^(['"`])(.*)\1$/s.exec(shown)?.[2] ?? shown;
  const quoted = bare !== shown || isQuote(text[place.span.start - 1]);
  if (plain(bare) !== plain(key)) return null;
  if (quoted) return { text: bare, form: 'quoted' };
  const entry = /^\s?\??[:=](?![:=>])/.test(text.slice(place.span.end, place.span.end + 4));
  if (entry) return { text: bare, form: 'entry' };
  return { text: bare, form: /\.ya?ml$/i.test(place.path) ? 'value' : 'bare' };
}

/** `newPay` or `new_pay`: more than one word, which is rarely the name of anything else. */
function isCompound(key: string): boolean {
  return /[a-z0-9][A-Z]|[A-Za-z0-9]_[A-Za-z0-9]/.test(key);
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** `new-pay`, `newPay` and `new_pay` alike: SDKs turn one into the other. */
function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase() || text;
}
