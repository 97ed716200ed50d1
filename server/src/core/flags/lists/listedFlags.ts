/**
 * Flags that only lists in code name: constants, enums and objects of keys, found by their shape. A list is believed where its
 * members reach checks, or where its very name says what it lists; every member is a flag then, also those that nobody asks for.
 * Nothing is known of their state. Lists that the configuration names are `codeRegistry.ts`' business.
 */
import type { FileFacts } from '../../languages/facts.ts';
import type { Check, Flag } from '../../model.ts';
import type { Span } from '../../text.ts';
import { bareFlag } from './bareFlag.ts';
import { type CodeList, standingOfFile } from './codeLists.ts';
import { innerSpan } from './codeRegistry.ts';

/** The system of flags that only a list in code names. */
export const CODE = 'code';

/**
 * The flags of all lists that are believed, by path.
 * @param listsOf the lists of a file.
 * @param known keys that flag files define: a list that names them too is where code writes them, and no further definition.
 */
export function listedFlags(
  files: ReadonlyMap<string, FileFacts>,
  listsOf: (path: string, facts: FileFacts) => readonly CodeList[],
  checks: ReadonlyMap<string, readonly Check[]>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, readonly Flag[]> {
  const found = new Map<string, readonly Flag[]>();
  const asked = askedKeys(checks);
  for (const [path, facts] of files) {
    const flags = new Map<string, Flag>();
    for (const list of listsOf(path, facts)) {
      const standing = beliefOf(list, path, asked);
      if (standing === null) continue;
      for (const { key, keySpan, span } of list.members) {
        if (known.has(key) || flags.has(key)) continue;
        flags.set(key, { ...bareFlag(key, CODE, path, keySpan, span), listed: standing });
      }
    }
    for (const { key, span } of keysWrittenIn(path, asked)) {
      if (known.has(key) || flags.has(key)) continue;
      flags.set(key, { ...bareFlag(key, CODE, path, innerSpan(key, span), span), listed: 'asked' });
    }
    if (flags.size > 0) found.set(path, [...flags.values()]);
  }
  return found;
}

interface AskedKeys {
  /** Keys of checks outside tests that are more than a guess. */
  readonly keys: ReadonlySet<string>;
  /** The same with the path where the key is written. */
  readonly places: ReadonlySet<string>;
  /** By path: the places in it where keys are written that code asks for elsewhere. */
  readonly written: ReadonlyMap<string, ReadonlyMap<string, Span>>;
}

function askedKeys(checks: ReadonlyMap<string, readonly Check[]>): AskedKeys {
  const keys = new Set<string>();
  const places = new Set<string>();
  const written = new Map<string, Map<string, Span>>();
  for (const list of checks.values()) {
    for (const { key, role, test, confidence, keyPlace } of list) {
      if (key === null || role !== 'check' || test || confidence === 'possible') continue;
      keys.add(key);
      if (keyPlace === null) continue;
      places.add(placeOf(keyPlace.path, key));
      const there = written.get(keyPlace.path) ?? new Map<string, Span>();
      written.set(keyPlace.path, there.set(key, keyPlace.span));
    }
  }
  return { keys, places, written };
}

/** Objects with a key of their own (Kotlin's `data object`) are no list by their shape; the file that is named for them is one. */
function keysWrittenIn(path: string, { written }: AskedKeys): readonly { readonly key: string; readonly span: Span }[] {
  const places = written.get(path);
  if (places === undefined || places.size < 3 || standingOfFile(path) === 'none') return [];
  return [...places].map(([key, span]) => ({ key, span }));
}

function placeOf(path: string, key: string): string {
  return `${path}\0${key}`;
}

/**
 * Whether a list is one of flags: null if not. Its name alone is enough where it can mean nothing else and the members are texts;
 * where it may, two members and a third of all must be asked for; without a name that speaks for it, three and most of all, by
 * way of these very places.
 */
function beliefOf({ members, standing, byName }: CodeList, path: string, asked: AskedKeys): Flag['listed'] | null {
  const met = members.filter(({ key }) =>
    standing === 'none' ? asked.places.has(placeOf(path, key)) : asked.keys.has(key),
  ).length;
  switch (standing) {
    case 'unmistakable':
      return met > 0 ? 'asked' : byName ? null : 'unasked';
    case 'possible':
      return met >= 2 && met * 3 >= members.length ? 'asked' : null;
    case 'none':
      return met >= 3 && met * 3 >= members.length * 2 ? 'asked' : null;
  }
}
