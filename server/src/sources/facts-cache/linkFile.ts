/**
 * What linking left of a repository, in two files: the facts of all files that took part, which only a whole scan writes and of which few
 * are read at a time; and what linking keeps, with the facts of files that changed since. Shape and files only; what is made of
 * them stands in `sources/project/relinkAgain.ts`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckPattern } from '../../core/flags/questions/patterns.ts';
import type { PathMapping } from '../../core/flags/resolve/pathMappings.ts';
import { createPauses } from '../project/pauses.ts';
import { isOutside } from './cacheDirectory.ts';
import { replaceFile } from './replaceFile.ts';
import type { ScanStateOptions } from './scanState.ts';
import { openSectionsAtOnce, sealSections } from './sections.ts';

/** What linking is given besides facts. */
export interface LinkSettings {
  /** Names and folders of the repository's own packages. */
  readonly packages: readonly (readonly [string, string])[];
  readonly mappings: readonly PathMapping[] | null;
  readonly goModules: readonly (readonly [string, string])[] | null;
  readonly patterns: readonly CheckPattern[];
  readonly knownKeys: readonly string[];
  /** Globs of files in which no call is a check. */
  readonly exclude: readonly string[];
}

export interface KnownLinks {
  readonly settings: LinkSettings;
  /** What linking keeps, as `core/flags/linking/linkMemoryText.ts` writes it. */
  readonly memory: string;
  /** The files that took part, in their order. */
  readonly paths: readonly string[];
  /** The bytes of a file's facts. Throws where they can't be read any more. */
  factsOf(path: string): Uint8Array;
  /** The same as it is written again with other facts of some files. Gives the new name, or null when it can't be kept. */
  rewrite(memory: string, changed: ReadonlyMap<string, Uint8Array>): Promise<string | null>;
  close(): void;
}

/** Keeps the links of a whole scan. Gives the name that a state knows them by; null when they can't be kept. */
export async function writeLinks(
  root: string,
  options: ScanStateOptions,
  settings: LinkSettings,
  memory: string,
  facts: ReadonlyMap<string, Uint8Array>,
): Promise<string | null> {
  if (!isOutside(root, options.directory)) return null;
  const base = newName();
  const start = BASE_MAGIC.length + base.length;
  let at = start;
  const files = [...facts].map(([path, bytes]): PlacedFacts => {
    const placed: PlacedFacts = [path, at, bytes.length, digestOf(bytes)];
    at += bytes.length;
    return placed;
  });
  if (at > MAX_BYTES) return null;
  try {
    await replaceFile(basePath(root, options), [Buffer.from(BASE_MAGIC + base), ...facts.values()]);
    return await writeHead(root, options, { base, settings, files, own: [] }, memory, []);
  } catch {
    return null;
  }
}

/** The links of this name; null where there are none, or others by now. */
export function readLinks(root: string, options: ScanStateOptions, name: string): KnownLinks | null {
  if (!isOutside(root, options.directory)) return null;
  let file: number | null = null;
  try {
    const path = headPath(root, options);
    if (statSync(path).size > MAX_BYTES) return null;
    const sections = openSectionsAtOnce(readFileSync(path), HEAD_MAGIC);
    if (sections?.length !== 3) return null;
    const [heading, memory, ownBytes] = sections as [Buffer, Buffer, Buffer];
    const head = JSON.parse(heading.toString('utf8')) as Head;
    if (head.edition !== options.edition || head.name !== name) return null;
    file = openSync(basePath(root, options), 'r');
    const base = file;
    const begins = Buffer.from(BASE_MAGIC + head.base);
    if (!readAt(base, 0, begins.length).equals(begins)) return null;
    const inBase = new Map(head.files.map(placed => [placed[0], placed]));
    const own = new Map<string, Uint8Array>();
    for (const [path, at, length] of head.own) own.set(path, ownBytes.subarray(at, at + length));
    file = null;
    return {
      settings: head.settings,
      memory: memory.toString('utf8'),
      paths: head.files.map(([path]) => path),
      factsOf(path) {
        const known = own.get(path);
        if (known !== undefined) return known;
        const [, at, length, digest] = inBase.get(path)!;
        const bytes = readAt(base, at, length);
        if (digestOf(bytes) !== digest) throw new Error('the facts are not those that were written');
        return bytes;
      },
      async rewrite(text, changed) {
        const all = new Map([...own, ...changed]);
        let at = 0;
        const places = [...all].map(([path, bytes]): PlacedFacts => {
          const placed: PlacedFacts = [path, at, bytes.length, ''];
          at += bytes.length;
          return placed;
        });
        if (all.size > MOST_OWN) return null;
        return writeHead(root, options, { ...head, own: places }, text, [...all.values()]).catch(() => null);
      },
      close: () => closeSync(base),
    };
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Path, place and length (bytes), and the digest of what stands apart from what tells its place. */
type PlacedFacts = readonly [path: string, at: number, length: number, digest: string];

interface Head {
  readonly edition: string;
  readonly name: string;
  readonly settings: LinkSettings;
  /** The name of the file with these facts. */
  readonly base: string;
  readonly files: readonly PlacedFacts[];
  /** Facts of files that changed since. */
  readonly own: readonly PlacedFacts[];
}

/** When more files than this have changed since the last whole scan, the next one is another. */
const MOST_OWN = 500;

const HEAD_MAGIC = 'flagbook links 1\n';
const BASE_MAGIC = 'flagbook linked 1\n';
const MAX_BYTES = 64 * 1024 * 1024;

async function writeHead(
  root: string,
  options: ScanStateOptions,
  head: Omit<Head, 'edition' | 'name'>,
  memory: string,
  own: readonly Uint8Array[],
): Promise<string | null> {
  const name = newName();
  const heading = Buffer.from(JSON.stringify({ ...head, edition: options.edition, name }));
  const parts = await sealSections(HEAD_MAGIC, [[heading], [Buffer.from(memory)], own], createPauses());
  if (parts.reduce((sum, { length }) => sum + length, 0) > MAX_BYTES) return null;
  await replaceFile(headPath(root, options), parts);
  return name;
}

function newName(): string {
  return randomBytes(12).toString('hex');
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = readSync(file, bytes, read, length - read, at + read);
    if (count === 0) throw new Error('the file ends too soon');
    read += count;
  }
  return bytes;
}

function headPath(root: string, { directory }: ScanStateOptions): string {
  return join(directory, `links-${nameOf(root)}.bin`);
}

function basePath(root: string, { directory }: ScanStateOptions): string {
  return join(directory, `linked-${nameOf(root)}.bin`);
}

function nameOf(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 24);
}
