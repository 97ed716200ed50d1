/** The texts that files had in the commits between two states, so that lines can be followed commit by commit. */
import type { FileVersion, Hunk } from '../../core/traces/followedLines.ts';
import { decodeBytes } from '../files/access.ts';
import { readObjects } from './blobs.ts';
import { harmlessDiffOptions, readGitText } from './run.ts';

/** A file by its names in both states. */
export interface FileOfTwoStates {
  readonly oldPath: string;
  readonly newPath: string;
}

/** More versions of one file than this are thinned out: following every second commit still says more than none. */
const MOST_VERSIONS = 80;
/** Versions of all files together. */
const MOST_OBJECTS = 1500;
/** Milliseconds after which the two states alone must do. */
const PATIENCE = 4000;
const LARGEST_LOG = 64 * 1024 * 1024;

/**
 * By the name of then: the texts of a file after each commit of the first parents from `base` to `head` that changed it, oldest
 * first. Files without any are left out. Never rejects. Names are relative to `root`.
 */
export async function readVersionsBetween(
  root: string,
  base: string,
  head: string,
  files: readonly FileOfTwoStates[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly FileVersion[]>> {
  const versions = new Map<string, readonly FileVersion[]>();
  if (files.length === 0) return versions;
  const paths = [...new Set(files.flatMap(({ oldPath, newPath }) => [oldPath, newPath]))];
  const args = [
    '--literal-pathspecs',
    'log',
    '-m',
    '--first-parent',
    '--reverse',
    '--format=%H',
    // As `git blame --reverse` compares: of two equally short differences git takes another one the other way round.
    '-R',
    '--raw',
    '-p',
    '-U0',
    '--full-index',
    '-z',
    '--no-abbrev',
    '--no-renames',
    ...harmlessDiffOptions,
    '--relative',
    `${base}..${head}`,
    '--',
    ...paths,
  ];
  const log = await readGitText({ directory: root, signal, args, timeLimit: PATIENCE }, LARGEST_LOG);
  if (log.kind === 'failed') return versions;
  const changes = readChanges(log.text);
  const hunks = readHunks(log.text);
  const objects = new Map<string, readonly string[]>();
  let room = MOST_OBJECTS;
  for (const file of files) {
    const found = thinned(objectsOf(file, changes), Math.min(MOST_VERSIONS, room));
    room -= found.length;
    if (found.length > 0) objects.set(file.oldPath, found);
  }
  const read = await readObjects(root, [...new Set([...objects.values()].flat())], signal);
  if (read.kind === 'failed') return versions;
  for (const [path, names] of objects) {
    const texts = names.map(name => textOf(read.blobs.get(name)));
    const file = texts.flatMap((text, index): readonly FileVersion[] =>
      text === null ? [] : [{ text, hunks: hunks.get(`${names[index - 1]}..${names[index]}`) ?? null }],
    );
    if (!texts.includes(null)) versions.set(path, file);
  }
  return versions;
}

function textOf(bytes: Buffer | undefined): string | null {
  const content = bytes === undefined ? null : decodeBytes(bytes);
  return content?.kind === 'text' ? content.text : null;
}

interface Change {
  readonly path: string;
  /** Null when the commit added it. */
  readonly before: string | null;
  /** The file's object after the commit; null when the commit deleted it. */
  readonly object: string | null;
}

/**
 * `:<modes> <name after> <name before> <status>\0<path>\0`, oldest commit first; names of commits stand between. All of it is told
 * the other way round: what a commit added is deleted.
 */
function readChanges(text: string): readonly Change[] {
  const changes: Change[] = [];
  const parts = text.split('\0');
  for (let at = 0; at + 1 < parts.length; at++) {
    const [, mode, after, before, status] =
      /(?:^|\n):(\d{6}) \d{6} ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(parts[at]!.slice(-200)) ?? [];
    if (status === undefined) continue;
    const isFile = mode!.startsWith('100');
    changes.push({
      path: parts[++at]!,
      before: status === 'D' ? null : before!,
      object: status === 'A' || !isFile ? null : after!,
    });
  }
  return changes;
}

/** Under its first name until its last one appears. */
function objectsOf({ oldPath, newPath }: FileOfTwoStates, changes: readonly Change[]): readonly string[] {
  const objects: string[] = [];
  let current = oldPath;
  for (const { path, before, object } of changes) {
    if (path === newPath && object !== null) current = newPath;
    if (path !== current || object === null) continue;
    // What stood there before the first change need not be what ran: that may stand on another branch.
    if (before !== null && objects.at(-1) !== before) objects.push(before);
    objects.push(object);
  }
  return objects;
}

/** By both objects' names. In a patch without context every other line begins with a sign. */
function readHunks(text: string): ReadonlyMap<string, readonly Hunk[]> {
  const all = new Map<string, Hunk[]>();
  let current: Hunk[] = [];
  for (const [, after, before, ...numbers] of text.matchAll(PATCH_LINE)) {
    if (after !== undefined) {
      current = [];
      all.set(`${before}..${after}`, current);
      continue;
    }
    const [newStart, newLines, oldStart, oldLines] = numbers.map(number => Number(number ?? 1)) as [
      number,
      number,
      number,
      number,
    ];
    // Of a side without lines git names the line above.
    current.push({
      oldStart: oldLines === 0 ? oldStart : oldStart - 1,
      oldLines,
      newStart: newLines === 0 ? newStart : newStart - 1,
      newLines,
    });
  }
  return all;
}

const PATCH_LINE = /^(?:index ([0-9a-f]{40,64})\.\.([0-9a-f]{40,64})|@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@)/gm;

function thinned(names: readonly string[], most: number): readonly string[] {
  if (names.length <= most) return names;
  const step = names.length / Math.max(1, most);
  return Array.from({ length: most }, (_, index) => names[Math.floor(index * step)]!);
}
