/**
 * Programs as V8 compiled them in an earlier run. A bundle of a megabyte takes V8 tens of milliseconds to look through and to compile,
 * every time it is started; what an earlier run left of that is read instead. Being code, it is taken from a folder of the user's alone
 * that nobody else may write to and that lies in no workspace and in no work tree of git's; whatever is wrong with it costs time and nothing else.
 */
import { isAscii } from 'node:buffer';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { nearestWorkTree } from '../git/fileLists.ts';
import { isOutside } from './cacheDirectory.ts';

/** Where compiled code is kept. */
export interface CodeFolder {
  /** Absolute. */
  readonly directory: string;
  /** Folders that others may have written, in which nothing is kept. */
  readonly workspaces: readonly string[];
}

export interface LoadedProgram {
  /** What the program exports. */
  readonly exports: unknown;
  /** Whether what an earlier run had compiled was of use. */
  readonly isCompiled: boolean;
  /**
   * Keeps what is compiled by now, where that is of use to the next run: at once, since it is meant for the end of a program. Never throws.
   */
  readonly keep: () => void;
}

/** A program that is ready to run. */
export interface CompiledProgram {
  /** Runs it, once. Throws what the bundle throws. */
  readonly load: () => LoadedProgram;
}

/** Loads a CommonJS bundle. `folder` is null where nothing is to be kept. Throws what the bundle throws, or where it can't be read. */
export function loadProgram(path: string, folder: CodeFolder | null): LoadedProgram {
  return compileProgram(path, folder).load();
}

/** The first half of `loadProgram`, for those who do something else between the halves. */
export function compileProgram(path: string, folder: CodeFolder | null): CompiledProgram {
  const bytes = readFileSync(path);
  const source = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  const tag = cachedDataVersionTag();
  const place = folder === null ? null : placeOf(path, bytes, folder, tag);
  const kept = place === null ? null : readKept(place);
  const script = new Script(`${HEAD}${source}${TAIL}`, {
    filename: path,
    // Positions are those of the file.
    columnOffset: -HEAD.length,
    ...(kept === null ? {} : { cachedData: kept.data }),
  });
  const isCompiled = kept !== null && script.cachedDataRejected === false;
  const isWanted = !(isCompiled && kept.isYoung);
  return {
    load() {
      const module = { exports: {} };
      script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
      return {
        exports: module.exports,
        isCompiled,
        keep() {
          // V8 takes code only where its flags are as they were: what was made under others would be refused each time.
          if (place !== null && isWanted && cachedDataVersionTag() === tag) keep(place, script);
        },
      };
    },
  };
}

/** As Node itself does it. */
const HEAD = '(function (exports, require, module, __filename, __dirname) { ';
const TAIL = '\n})';

interface Place {
  readonly folder: CodeFolder;
  readonly name: string;
  /** Of the program's text, since V8 compares lengths alone. */
  readonly digest: Buffer;
}

function placeOf(path: string, bytes: Buffer, folder: CodeFolder, tag: number): Place {
  // One for each place that the program is installed at, each Node that runs it, and each way to run it: servers optimise as V8 likes.
  const of = [path, process.version, process.arch, tag].join('\n');
  const name = `code-${createHash('sha256').update(of).digest('hex').slice(0, 24)}.bin`;
  return { folder, name, digest: createHash('sha256').update(bytes).digest() };
}

interface Kept {
  readonly data: Buffer;
  /** Of a day ago or less. What is older may lack what was needed since, in a language that nobody had asked about. */
  readonly isYoung: boolean;
}

function readKept({ folder, name, digest }: Place): Kept | null {
  let file: number | null = null;
  try {
    const directory = ownFolder(folder);
    if (directory === null) return null;
    file = openSync(
      join(directory, name),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
    const { uid, mode, size, mtimeMs } = fstatSync(file);
    if (!isOwn(uid, mode) || size > MAX_BYTES) return null;
    const bytes = readFileSync(file);
    const start = MAGIC.length + DIGEST_BYTES;
    const data = bytes.subarray(start);
    const isWhole =
      bytes.toString('latin1', 0, MAGIC.length) === MAGIC &&
      bytes.subarray(MAGIC.length, start).equals(sealOf(digest, data));
    return isWhole ? { data, isYoung: Math.abs(Date.now() - mtimeMs) < DAY } : null;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

function keep({ folder, name, digest }: Place, script: Script): void {
  let draft: string | null = null;
  try {
    mkdirSync(folder.directory, { recursive: true, mode: 0o700 });
    const directory = ownFolder(folder);
    if (directory === null) return;
    const data = script.createCachedData();
    if (data.length > MAX_BYTES - MAGIC.length - DIGEST_BYTES) return;
    const path = join(directory, name);
    draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
    writeFileSync(draft, Buffer.concat([Buffer.from(MAGIC), sealOf(digest, data), data]), { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
    draft = null;
    removeOldest(directory);
  } catch {
    // The next run compiles again.
    if (draft !== null) rmSync(draft, { force: true });
  }
}

/**
 * Its path with links resolved; null unless it is the user's, nobody else can write to it, and it lies outside of all workspaces. What lies in
 * a work tree, whosever, may have come with it.
 */
function ownFolder({ directory, workspaces }: CodeFolder): string | null {
  const stats = lstatSync(directory);
  if (!stats.isDirectory() || !isOwn(stats.uid, stats.mode)) return null;
  const real = realpathSync(directory);
  const isFree = workspaces.every(root => isOutside(root, directory) && isOutside(realpathSync(root), real));
  return isFree && nearestWorkTree(real) === null ? real : null;
}

function isOwn(uid: number, mode: number): boolean {
  return uid === process.getuid?.() && (mode & OTHERS_MAY_WRITE) === 0;
}

const OTHERS_MAY_WRITE = 0o022;

/** Older ones are of versions of the program that are gone. */
function removeOldest(directory: string): void {
  const found = readdirSync(directory)
    .filter(name => /^code-[0-9a-f]{24}\.bin(?:\..*\.tmp)?$/.test(name))
    .map(name => ({ path: join(directory, name), used: statSync(join(directory, name)).mtimeMs }));
  for (const { path } of found.sort((a, b) => b.used - a.used).slice(MOST_FILES)) rmSync(path, { force: true });
}

function sealOf(digest: Buffer, data: Buffer): Buffer {
  return createHash('sha256').update(digest).update(data).digest();
}

const MAGIC = 'flagbook code 1\n';
const DIGEST_BYTES = 32;
const MAX_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 24;
const DAY = 24 * 60 * 60 * 1000;
