/**
 * Files on disk, below one root. Links are never followed: neither out of the workspace nor round in circles. With git the
 * list is git's own; without it the folders are walked and `.gitignore` files are honoured.
 */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { listFiles } from '../git/repository.ts';
import {
  decodeBytes,
  type FileAccess,
  type FileContent,
  isVendored,
  MAX_FILE_BYTES,
  VENDORED_FOLDERS,
} from './access.ts';

export interface DiskOptions {
  /** Whether git may be run to list files; false in a restricted workspace. */
  readonly git: boolean;
}

/** Access to the files below `root`, an absolute path. */
export function createDiskAccess(root: string, options: DiskOptions): FileAccess {
  return {
    async list() {
      const tracked = options.git ? await listFiles(root) : null;
      if (tracked?.kind === 'ok') return tracked.paths.filter(path => !isVendored(path));
      const paths: string[] = [];
      await walk(root, '', [], paths);
      return paths.sort();
    },
    read: path => readBelow(root, path),
  };
}

/** More files than this are not walked: a root that is somebody's home folder must not cost minutes. */
const MAX_WALKED = 200_000;

interface IgnoreLevel {
  readonly directory: string;
  readonly rules: Ignore;
}

async function walk(root: string, directory: string, above: readonly IgnoreLevel[], paths: string[]): Promise<void> {
  const entries = await readdir(join(root, directory), { withFileTypes: true }).catch((): Dirent[] => []);
  const levels = await withIgnoreFile(root, directory, entries, above);
  for (const entry of entries) {
    if (paths.length >= MAX_WALKED) return;
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (VENDORED_FOLDERS.has(entry.name) || isIgnored(levels, `${path}/`)) continue;
      await walk(root, path, levels, paths);
    } else if (entry.isFile() && !isIgnored(levels, path)) paths.push(path);
  }
}

async function withIgnoreFile(
  root: string,
  directory: string,
  entries: readonly Dirent[],
  above: readonly IgnoreLevel[],
): Promise<readonly IgnoreLevel[]> {
  if (!entries.some(entry => entry.name === '.gitignore' && entry.isFile())) return above;
  const path = directory === '' ? '.gitignore' : `${directory}/.gitignore`;
  const content = await readBelow(root, path);
  return content.kind === 'text' ? [...above, { directory, rules: ignore().add(content.text) }] : above;
}

function isIgnored(levels: readonly IgnoreLevel[], path: string): boolean {
  return levels.some(({ directory, rules }) =>
    rules.ignores(directory === '' ? path : path.slice(directory.length + 1)),
  );
}

async function readBelow(root: string, path: string): Promise<FileContent> {
  const absolute = join(root, path);
  try {
    const stats = await lstat(absolute);
    if (!stats.isFile()) return { kind: 'skipped', reason: 'link' };
    if (stats.size > MAX_FILE_BYTES) return { kind: 'skipped', reason: 'large' };
    // A folder on the way may be a link too: what lies outside the root is not read.
    const real = await realpath(absolute);
    const realRoot = await realpath(root);
    if (real !== realRoot && !real.startsWith(realRoot + sep)) return { kind: 'skipped', reason: 'link' };
    return decodeBytes(await readFile(absolute));
  } catch {
    return { kind: 'skipped', reason: 'unreadable' };
  }
}
