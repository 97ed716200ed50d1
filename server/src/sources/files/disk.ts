/**
 * Files on disk, below one root. Links are never followed: neither out of the workspace nor round in circles. With git the
 * list is git's own; without it the folders are walked and `.gitignore` files are honoured.
 */
import { closeSync, constants, type Dirent, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type IgnoreRule, parseIgnoreRules, verdictOfRules } from '../../core/ignoreRules.ts';
import { listFiles } from '../git/repository.ts';
import {
  decodeBytes,
  type FileAccess,
  type FileBytes,
  type FileContent,
  type FileStamp,
  isVendored,
  type Listing,
  listedAtOnce,
  MAX_FILE_BYTES,
  type SkipReason,
  VENDORED_FOLDERS,
} from './access.ts';

export interface DiskOptions {
  /** Whether git may be run to list files; false in a restricted workspace. */
  readonly git: boolean;
  /** Milliseconds that git may take for its list before the folders are walked instead. Default: a minute. */
  readonly patience?: number;
}

/** Access to the files below `root`, an absolute path. */
export function createDiskAccess(root: string, options: DiskOptions): FileAccess {
  const reader = createReader(root);
  const walkAll = async (): Promise<readonly string[]> => {
    const paths: string[] = [];
    await walk({ root, read: reader.read, paths }, '', []);
    return paths.sort();
  };
  const listInSteps = (): Listing => {
    reader.forgetFolders();
    if (!options.git) return listedAtOnce(walkAll());
    const listing = listFiles(root, { timeLimit: options.patience });
    // Mostly the two are the same list.
    let known: { readonly paths: readonly string[]; readonly ours: readonly string[] } | null = null;
    const oursOf = (paths: readonly string[]): readonly string[] => {
      if (known?.paths !== paths) known = { paths, ours: paths.filter(path => !isVendored(path)) };
      return known.ours;
    };
    const soon = listing.tracked.then(list => (list.kind === 'ok' ? oursOf(list.paths) : all));
    const all = listing.all.then(list => (list.kind === 'ok' ? oursOf(list.paths) : walkAll()));
    const isGits = Promise.all([listing.tracked, listing.all]).then(lists => lists.every(({ kind }) => kind === 'ok'));
    return { soon, all, isGits };
  };
  return {
    list: () => listInSteps().all,
    listInSteps,
    read: async path => reader.read(path),
    readBytes: reader.readBytes,
    stamp: reader.stamp,
    readLarge: async (path, limit) => reader.readLarge(path, limit),
    exists: async path => reader.exists(path),
  };
}

/** More files than this are not walked: a root that is somebody's home folder must not cost minutes. */
const MAX_WALKED = 200_000;

/** Folders nested deeper than this are not walked. */
const MAX_WALKED_DEPTH = 100;

interface IgnoreLevel {
  /** How many segments of a path lead to the folder of the rules. */
  readonly depth: number;
  readonly rules: readonly IgnoreRule[];
}

interface Walk {
  readonly root: string;
  readonly read: (path: string) => FileContent;
  readonly paths: string[];
}

async function walk(all: Walk, directory: string, above: readonly IgnoreLevel[]): Promise<void> {
  const entries = await readdir(join(all.root, directory), { withFileTypes: true }).catch((): Dirent[] => []);
  const levels = withIgnoreFile(all, directory, entries, above);
  for (const entry of entries) {
    if (all.paths.length >= MAX_WALKED) return;
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (entry.isDirectory()) {
      if (VENDORED_FOLDERS.has(entry.name) || isIgnored(levels, path, 'folder')) continue;
      if (path.split('/').length < MAX_WALKED_DEPTH) await walk(all, path, levels);
    } else if (entry.isFile() && !isIgnored(levels, path, 'file')) all.paths.push(path);
  }
}

function withIgnoreFile(
  { read }: Walk,
  directory: string,
  entries: readonly Dirent[],
  above: readonly IgnoreLevel[],
): readonly IgnoreLevel[] {
  if (!entries.some(entry => entry.name === '.gitignore' && entry.isFile())) return above;
  const content = read(directory === '' ? '.gitignore' : `${directory}/.gitignore`);
  if (content.kind !== 'text') return above;
  const depth = directory === '' ? 0 : directory.split('/').length;
  return [...above, { depth, rules: parseIgnoreRules(content.text) }];
}

/** The rules nearest to the path count; what lies in an ignored folder is never asked about. */
function isIgnored(levels: readonly IgnoreLevel[], path: string, kind: 'file' | 'folder'): boolean {
  const segments = path.split('/');
  for (let at = levels.length - 1; at >= 0; at--) {
    const { depth, rules } = levels[at]!;
    const verdict = verdictOfRules(rules, segments.slice(depth), kind);
    if (verdict !== null) return verdict === 'ignored';
  }
  return false;
}

/**
 * Reads files below one root. Reading is synchronous: on a disk that is near, asking the system's threads for each of ten
 * thousand small files costs several times what the reading does. Whoever reads many lets others run in between.
 */
function createReader(root: string) {
  const buffer = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
  // Joining and tidying up every path would cost as much as opening the file.
  const prefix = root.endsWith(sep) ? root : root + sep;
  let folders = new Map<string, Place>();

  /** A folder on the way may be a link: what lies outside the root is not read. */
  const placeOf = (path: string): Place => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (folder === '') return 'inside';
    const known = folders.get(folder);
    if (known !== undefined) return known;
    // A folder that is no link lies where the folder around it does; only what is one has to be followed to its end.
    const isPlain = placeOf(folder) === 'inside' && !folder.endsWith('..') && lstatSync(prefix + folder).isDirectory();
    const place = isPlain ? 'inside' : realPlaceOf(folder);
    folders.set(folder, place);
    return place;
  };
  const realPlaceOf = (folder: string): Place => {
    const [real, within] = [realpathSync.native(join(root, folder)), realpathSync.native(root)];
    return real === within || real.startsWith(within.endsWith(sep) ? within : within + sep) ? 'inside' : 'outside';
  };

  return {
    /** Folders may have become links since. */
    forgetFolders(): void {
      folders = new Map();
    },
    read: (path: string): FileContent => decoded(readFile(path, MAX_FILE_BYTES, buffer), MAX_FILE_BYTES),
    readBytes: (path: string): FileBytes => readFile(path, MAX_FILE_BYTES, buffer),
    readLarge: (path: string, limit: number): FileContent => decoded(readFile(path, limit, null), limit),
    stamp(path: string): FileStamp | null {
      try {
        if (placeOf(path) === 'outside') return null;
        const stats = lstatSync(prefix + path, { throwIfNoEntry: false });
        if (stats === undefined || !stats.isFile()) return null;
        const { size, mtimeMs, ctimeMs, ino, dev } = stats;
        return { text: `${size} ${mtimeMs} ${ctimeMs} ${ino} ${dev}`, changed: Math.max(mtimeMs, ctimeMs) };
      } catch {
        return null;
      }
    },
    exists(path: string): boolean {
      try {
        return lstatSync(join(root, path)).isFile() && placeOf(path) === 'inside';
      } catch {
        return false;
      }
    },
  };

  /** Into a buffer that has room for one byte more than the limit; null for one that is as large as the file. */
  function readFile(path: string, limit: number, buffer: Buffer | null): FileBytes {
    const absolute = prefix + path;
    let file: number | null = null;
    try {
      if (placeOf(path) === 'outside') return { kind: 'skipped', reason: 'link' };
      // Windows has no such flag; its links are told from files by asking.
      if (!constants.O_NOFOLLOW && !lstatSync(absolute).isFile()) return { kind: 'skipped', reason: 'link' };
      file = openSync(absolute, OPEN_FLAGS);
      const target = buffer ?? bufferFor(file, limit);
      if (target === null) return { kind: 'skipped', reason: 'large' };
      const bytes = target.subarray(0, readInto(file, target));
      // A pipe that nobody writes to looks like an empty file.
      if (bytes.length === 0 && !fstatSync(file).isFile()) return { kind: 'skipped', reason: 'link' };
      return bytes.length > limit ? { kind: 'skipped', reason: 'large' } : { kind: 'bytes', bytes };
    } catch (error) {
      return { kind: 'skipped', reason: ERRORS.get((error as NodeJS.ErrnoException).code ?? '') ?? 'unreadable' };
    } finally {
      if (file !== null) closeSync(file);
    }
  }
}

function bufferFor(file: number, limit: number): Buffer | null {
  const { size } = fstatSync(file);
  return size > limit ? null : Buffer.allocUnsafe(size + 1);
}

type Place = 'inside' | 'outside';

function decoded(content: FileBytes, limit: number): FileContent {
  return content.kind === 'bytes' ? decodeBytes(content.bytes, limit) : content;
}

/** Links are refused, and a pipe that nobody writes to is not waited for. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What systems say of a link that was to be opened without following it, of what is no file, and of a file that git lists and is gone. */
const ERRORS: ReadonlyMap<string, SkipReason> = new Map([
  ['ELOOP', 'link'],
  ['EMLINK', 'link'],
  ['EISDIR', 'link'],
  ['EAGAIN', 'link'],
  ['ENXIO', 'link'],
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
]);

/** Reads to the end or until the buffer is full; gives the number of bytes. Asking for more costs less than asking how much there is. */
function readInto(file: number, buffer: Buffer): number {
  let length = 0;
  for (;;) {
    const count = readSync(file, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0 || length === buffer.length) return length;
  }
}
