/**
 * Whether git's list of files is the one that it gave before, told by less than listing them: git's index ends with a digest of all that
 * stands in it, which files are tracked among the rest, so that only the untracked ones need be asked for. The lists are in `repository.ts`.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Listing } from '../files/access.ts';
import { untrackedPaths, type WorkTree } from './repository.ts';
import { type GitFailure, readGitText } from './run.ts';

export interface IndexedTree extends WorkTree {
  /** Absolute: the file that git keeps its index of the work tree in. */
  readonly index: string;
}

/** By what a later list is compared with this one. */
export interface ListedBy {
  /** The digest of git's index. */
  readonly index: string;
  /** The listed paths that git does not track, sorted. */
  readonly untracked: readonly string[];
}

/** The work tree that `directory` is in. */
export async function findIndexedTree(directory: string): Promise<IndexedTree | GitFailure> {
  const place = await readGitText({ directory, args: ['rev-parse', '--show-toplevel', '--git-path', 'index'] });
  if (place.kind === 'failed') return place;
  const [root, index] = place.text.split('\n') as [string, string];
  return { kind: 'ok', root: resolve(root), index: resolve(directory, index) };
}

/** The root of the work tree, links resolved, by where git's folder stands (or its file, in a linked work tree); null where there is none. */
export function nearestWorkTree(directory: string): string | null {
  try {
    for (let folder = realpathSync(directory); ; folder = dirname(folder)) {
      if (existsSync(join(folder, '.git'))) return folder;
      if (folder === dirname(folder)) return null;
    }
  } catch {
    return null;
  }
}

/** Other for any other index; null where there is none, or one without a digest (`index.skipHash`). */
export function digestOfIndex(path: string): string | null {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    const end = Buffer.alloc(DIGEST_BYTES);
    if (size < DIGEST_BYTES || readSync(file, end, 0, DIGEST_BYTES, size - DIGEST_BYTES) < DIGEST_BYTES) return null;
    return end.every(byte => byte === 0) ? null : `${size} ${end.toString('hex')}`;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** The untracked files that a list would have, sorted; null when git can't tell. Never rejects. */
export async function listUntracked(root: string): Promise<readonly string[] | null> {
  const listed = await readGitText({ directory: root, args: ['ls-files', '-z', '--others', '--exclude-standard'] });
  return listed.kind === 'ok' ? untrackedPaths(listed.text).sort() : null;
}

/** By what a list is told again; null where it can't be. `index` is the digest of before the list was made. */
export async function listedBy(
  { soon, all, isGits }: Listing,
  index: string | null,
  indexPath: string,
): Promise<ListedBy | null> {
  if (index === null || (await isGits) !== true) return null;
  const tracked = new Set(await soon);
  const untracked = (await all).filter(path => !tracked.has(path)).sort();
  // Who changes the index while it is listed has the one or the other list.
  return digestOfIndex(indexPath) === index ? { index, untracked } : null;
}

/** SHA-1's; of a longer digest it is the end. */
const DIGEST_BYTES = 20;
