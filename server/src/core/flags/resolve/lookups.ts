/** Looking into files on behalf of one that asks: what it read there, and what it would have needed. */
import type { FileFacts } from '../../languages/facts.ts';
import { type Reads, recorded } from './reads.ts';
import { soughtText } from './soughtNames.ts';
import type { FileSymbols } from './symbols.ts';

export interface Lookups {
  /** A file's names; null, and remembered as missing, when its facts are not here. */
  symbols(path: string): FileSymbols | null;
  /** The same for who looks up one name there alone: a file that does not declare it is not missing. */
  symbolsNaming(path: string, name: string): FileSymbols | null;
  /** Files that a lookup led to but whose facts are not here yet. */
  readonly missing: Set<string>;
  /** The same where only one name was looked up (`soughtText`). */
  readonly sought: ReadonlySet<string>;
  /** What was looked up in other files. */
  readonly reads: Reads;
}

/** @param symbolsOf the names of a file, by its facts. */
export function createLookups(
  files: ReadonlyMap<string, FileFacts>,
  symbolsOf: (facts: FileFacts) => FileSymbols,
  asking: string,
): Lookups {
  const missing = new Set<string>();
  const sought = new Set<string>();
  const reads = new Map<string, Set<string>>();
  const others = new Map<string, FileSymbols>();
  const symbols = (path: string): FileSymbols | null => {
    const known = others.get(path);
    if (known !== undefined) return known;
    const facts = files.get(path);
    if (facts === undefined) {
      missing.add(path);
      return null;
    }
    if (path === asking) return symbolsOf(facts);
    const names = new Set<string>();
    const noted = recorded(symbolsOf(facts), names);
    reads.set(path, names);
    others.set(path, noted);
    return noted;
  };
  const symbolsNaming = (path: string, name: string): FileSymbols | null => {
    const text = files.has(path) ? null : soughtText(name, path);
    if (text === null) return symbols(path);
    sought.add(text);
    return null;
  };
  return { symbols, symbolsNaming, missing, sought, reads };
}
