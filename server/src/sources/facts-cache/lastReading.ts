/**
 * What the last whole reading of a repository found: its checks, and the stamps of the files that they were found in. Whoever asks
 * about a few places need not link thousands of files again while none that mattered has changed. Shape and file only; whether it
 * still holds is told in `sources/project/recall.ts`.
 */
import { createHash } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../core/model.ts';
import { createPauses } from '../project/pauses.ts';
import { replaceFile } from './replaceFile.ts';
import {
  headLength,
  numbersOfSection,
  openSections,
  sealSections,
  sectionOfNumbers,
  sectionOfTexts,
  textsOfSection,
} from './sections.ts';

export interface LastReading {
  /** The text of the configuration; null when there is none. */
  readonly configuration: string | null;
  /** What `Host.interest` said. */
  readonly interest: string;
  /** By path, of sources and of data: what tells the file from a changed one; null where it had only just been written. */
  readonly stamps: ReadonlyMap<string, string | null>;
  /** Data that was kept, such as flag files, runbooks and alert rules. */
  readonly kept: ReadonlySet<string>;
  /** Sources that took part in linking. */
  readonly linked: ReadonlySet<string>;
  /** Those of them that define flags. */
  readonly defining: ReadonlySet<string>;
  /** What files outside were asked for. */
  readonly words: readonly string[];
  readonly types: readonly string[];
  /** By path. */
  readonly checks: ReadonlyMap<string, readonly Check[]>;
}

/** Where the last reading of a repository is kept. */
export function readingPath(directory: string, root: string): string {
  return join(directory, `reading-${createHash('sha256').update(root).digest('hex').slice(0, 24)}.bin`);
}

/** What the file holds; null when it isn't there, is broken, or was not written for this edition. A broken one is removed. */
export async function readReading(path: string, edition: string): Promise<LastReading | null> {
  try {
    const reading = (await stat(path)).size > MAX_BYTES ? null : await decode(await readFile(path));
    if (reading === null) await rm(path, { force: true });
    return reading?.edition === edition ? reading : null;
  } catch {
    return null;
  }
}

/** Replaces the file unless it says the same. Rejects when that can't be done; nobody ever reads half of one. */
export async function writeReading(path: string, edition: string, reading: LastReading): Promise<void> {
  const parts = await encode(reading, edition);
  if (parts.reduce((sum, { length }) => sum + length, 0) > MAX_BYTES) return;
  const head = Buffer.concat(parts.slice(0, 2));
  if (!head.equals(await readHead(path))) await replaceFile(path, parts);
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAGIC = 'flagbook reading 2\n';
const HEAD_BYTES = headLength(MAGIC);

/** The digest says that it is what was written; the edition, that its shape is today's. */
interface Head extends Pick<LastReading, 'configuration' | 'interest' | 'words' | 'types'> {
  readonly edition: string;
}

async function encode(reading: LastReading, edition: string): Promise<readonly Uint8Array[]> {
  const pause = createPauses();
  const { configuration, interest, words, types } = reading;
  const head: Head = { edition, configuration, interest, words, types };
  const paths = [...reading.stamps.keys()];
  const numbers = new Map(paths.map((path, index) => [path, index]));
  const indexesOf = (some: ReadonlySet<string>) => sectionOfNumbers([...some].flatMap(path => numbers.get(path) ?? []));
  await pause();
  const sections: (readonly Uint8Array[])[] = [[Buffer.from(JSON.stringify(head))]];
  for (const section of [
    () => sectionOfTexts(paths),
    () => sectionOfTexts([...reading.stamps.values()].map(stamp => stamp ?? '')),
    () => indexesOf(reading.kept),
    () => indexesOf(reading.linked),
    () => indexesOf(reading.defining),
  ]) {
    sections.push(section());
    await pause();
  }
  const checks: string[] = [];
  for (const file of reading.checks) {
    checks.push(JSON.stringify(file));
    await pause();
  }
  // No JSON holds a NUL.
  sections.push(sectionOfTexts(checks));
  return sealSections(MAGIC, sections, pause);
}

async function decode(bytes: Buffer): Promise<(LastReading & { readonly edition: string }) | null> {
  const pause = createPauses();
  const sections = await openSections(bytes, MAGIC, pause);
  if (sections?.length !== 7) return null;
  const [heading, paths, stamps, kept, linked, defining, checks] = sections as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const head = JSON.parse(heading.toString('utf8')) as Head;
  const allPaths = textsOfSection(paths);
  const allStamps = textsOfSection(stamps);
  const pathsAt = (some: Buffer) => new Set(numbersOfSection(some).flatMap(index => allPaths[index] ?? []));
  return {
    ...head,
    stamps: new Map(allPaths.map((path, index) => [path, allStamps[index] || null])),
    kept: pathsAt(kept),
    linked: pathsAt(linked),
    defining: pathsAt(defining),
    checks: new Map(textsOfSection(checks).map(text => JSON.parse(text) as [string, readonly Check[]])),
  };
}
