// What a host would like to read.
import { soughtByPath } from '../../server/src/core/flags/linking/wishedWords.ts';
import type { Wishes } from '../../server/src/core/wishes.ts';

/** The files, whatever for: those that are wanted whatever they hold, and those that a name is sought in. */
export function wishedPaths({ paths, words }: Pick<Wishes, 'paths' | 'words'>): readonly string[] {
  return [...new Set([...paths, ...soughtByPath(words).keys()])].sort();
}
