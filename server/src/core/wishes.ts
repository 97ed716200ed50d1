/** What a host would like to read besides what it holds; who reads it, and when, is the business of `sources/project`. */
import type { LinkResult } from './flags/linking/linkMemory.ts';
import { soughtName } from './flags/resolve/soughtNames.ts';

/**
 * What would resolve more: `paths`, files with one of these `words` (as `WishedWord`s; some are looked for in one file alone), and C# files
 * that declare one of these `types`.
 */
export type Wishes = Readonly<Record<'paths' | 'words' | 'types', ReadonlySet<string>>>;

/** What a result lacks to which nothing can be added. */
export const LACKS_NOTHING: Pick<LinkResult, 'missing' | 'sought' | 'callersOf' | 'undeclared'> = {
  missing: new Set(),
  sought: new Set(),
  callersOf: new Set(),
  undeclared: new Set(),
};

/** What a link lacks of the repository's paths. */
export function wishesAmong(
  { missing, sought, callersOf, undeclared }: LinkResult,
  paths: ReadonlySet<string>,
  isHeld: (path: string) => boolean,
): Wishes {
  const isLacking = (path: string): boolean => paths.has(path) && !isHeld(path);
  const named = [...sought].filter(text => isLacking(soughtName(text)!.path));
  return {
    paths: new Set([...missing].filter(isLacking)),
    words: named.length === 0 ? callersOf : new Set([...callersOf, ...named]),
    types: undeclared,
  };
}
