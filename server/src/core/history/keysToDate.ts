/**
 * Which keys of a snapshot need an age, and how each is written, which tells what to look for in the history. A key that is
 * an ordinary word (`checkout`) is looked for only in the forms in which it stands now, and in the files in which it stands as a
 * flag, so that a function or a field of that name is not taken for the flag.
 */
import type { Check, Flag, Place } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { DatedKey, Spelling } from './keyMatcher.ts';

/** Every key that is defined or checked, in order, with its spellings. */
export function keysToDate(snapshot: Snapshot): readonly DatedKey[] {
  const keys = [...new Set([...snapshot.flags.keys(), ...snapshot.checks.keys()])].filter(key => key !== '').sort();
  return keys.map(key => {
    const [flags, checks] = [snapshot.flags.get(key) ?? [], snapshot.checks.get(key) ?? []];
    const spellings = spellingsOf(snapshot, key, flags, checks);
    return isOrdinaryWord(key) ? { key, spellings, homes: homesOf(snapshot, key, flags, checks) } : { key, spellings };
  });
}

/** The files that declare a key, and those that ask for it by its text; of one without these, all that ask for it. */
function homesOf(snapshot: Snapshot, key: string, flags: readonly Flag[], checks: readonly Check[]): readonly string[] {
  const asked = checks.filter(({ test }) => !test);
  const sources = (asked.length > 0 ? asked : checks).map(sourceOf);
  const declaring = flags.flatMap(({ declaration }) => declaration?.path ?? []);
  const naming = sources.filter(place => written(snapshot, place, key)?.form === 'quoted').map(({ path }) => path);
  const homes = declaring.length + naming.length > 0 ? [...declaring, ...naming] : sources.map(({ path }) => path);
  return [...new Set(homes)].sort();
}

/** Where a check has its key from. */
function sourceOf({ keyPlace, keySpan, nameSpan, path }: Check): Place {
  return keyPlace ?? { path, span: keySpan ?? nameSpan };
}

function isOrdinaryWord(key: string): boolean {
  return !/[^A-Za-z0-9_]/.test(key) && !isCompound(key);
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
  for (const check of checks) add(written(snapshot, sourceOf(check), key));
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
