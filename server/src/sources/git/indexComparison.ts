/**
 * Which files are as git's index has them. Git compares sizes and times of 10,000 files, in threads, in the time that it takes us to
 * begin, while we would ask the system about one after the other. Whoever knows that a file was what the index has once knows by that
 * whether it still is. Nothing is said of files whose changes git was told to overlook.
 */
import { join } from 'node:path';
import { digestOfIndex } from './fileLists.ts';
import { readGitText } from './run.ts';

export interface IndexComparison {
  /** The digest of the index that was compared with, of before git was asked. */
  readonly index: string;
  /** Its file. */
  readonly path: string;
  /** The paths of files that are not as the index has them, or may not be; null where git can't tell. Never rejects. */
  readonly differing: Promise<readonly string[] | null>;
}

/** Begins to compare the files of the work tree at `root` (links resolved); null where that can't be trusted. */
export function compareToIndex(root: string): IndexComparison | null {
  // Windows keeps the time of a file's making where other systems keep that of its last change.
  if (process.platform === 'win32') return null;
  const path = join(root, '.git', 'index');
  const index = digestOfIndex(path);
  return index === null ? null : { index, path, differing: differingFiles(root) };
}

/** What differs from that index; null where git could not tell, or the index has become another one since. Never rejects. */
export async function differingFrom({ index, path, differing }: IndexComparison): Promise<ReadonlySet<string> | null> {
  const found = await differing;
  return found === null || digestOfIndex(path) !== index ? null : new Set(found);
}

/** The tracked files whose changes git notices: neither said to be unchanged whatever happens, nor left out of the work tree. */
export async function watchedFiles(root: string): Promise<ReadonlySet<string> | null> {
  const listed = await readGitText({ directory: root, args: ['ls-files', '-z', '-v'] });
  if (listed.kind === 'failed') return null;
  // `H path`; a small letter for a file that is said to be unchanged, others for what is left out or not merged.
  return new Set(listed.text.split('\0').flatMap(entry => (entry.startsWith('H ') ? entry.slice(2) : [])));
}

/** Those whose size or times differ are told without a look at what they say: it may be the same only for git, which knows of line ends. */
async function differingFiles(root: string): Promise<readonly string[] | null> {
  const args = ['diff-files', '-z', '--name-only', '--no-renames', '--ignore-submodules=all'];
  const listed = await readGitText({ directory: root, args, configuration: COMPARE_ALL });
  return listed.kind === 'failed' ? null : listed.text.split('\0').filter(path => path !== '');
}

/** Whatever a repository is configured to leave out of the comparison. */
const COMPARE_ALL = [
  ['core.trustctime', 'true'],
  ['core.checkStat', 'default'],
  ['core.preloadIndex', 'true'],
  ['diff.relative', 'false'],
] as const;
