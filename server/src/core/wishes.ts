/** What a host would like to read besides what it holds; who reads it, and when, is the business of `sources/project`. */
import type { LinkResult } from './flags/linking/linkMemory.ts';

/** What would resolve more: `paths`, files with one of these `words`, and C# files that declare one of these `types`. */
export type Wishes = Readonly<Record<'paths' | 'words' | 'types', ReadonlySet<string>>>;

/** What a link lacks of the repository's paths. */
export function wishesAmong(
  { missing, callersOf, undeclared }: LinkResult,
  paths: ReadonlySet<string>,
  isHeld: (path: string) => boolean,
): Wishes {
  const lacking = new Set([...missing].filter(path => paths.has(path) && !isHeld(path)));
  return { paths: lacking, words: callersOf, types: undeclared };
}
