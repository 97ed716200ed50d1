/**
 * What the last whole reading of a repository found: its checks, and the stamps of the files that they were found in. Whoever asks
 * about a few places need not link thousands of files again while none that mattered has changed. Shape and file only; whether it
 * still holds is told in `sources/project/recall.ts`.
 */
import { createHash } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Check } from '../../core/model.ts';
import { replaceFile } from './replaceFile.ts';

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
    const reading = (await stat(path)).size > MAX_BYTES ? null : decode(await readFile(path));
    if (reading === null) await rm(path, { force: true });
    return reading?.edition === edition ? reading : null;
  } catch {
    return null;
  }
}

/** Replaces the file unless it says the same. Rejects when that can't be done; nobody ever reads half of one. */
export async function writeReading(path: string, edition: string, reading: LastReading): Promise<void> {
  const body = Buffer.from(encode(reading, edition));
  if (body.length > MAX_BYTES - HEAD_BYTES) return;
  const head = Buffer.concat([MAGIC, digestOf(body)]);
  if (!head.equals(await readHead(path))) await replaceFile(path, [head, body]);
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
const MAGIC = Buffer.from('flagbook reading 1\n');
const DIGEST_BYTES = 32;
const HEAD_BYTES = MAGIC.length + DIGEST_BYTES;

const indexes = z.array(z.int().nonnegative());
const schema = z.object({
  edition: z.string(),
  configuration: z.string().nullable(),
  interest: z.string(),
  paths: z.array(z.string()),
  stamps: z.array(z.string().nullable()),
  kept: indexes,
  linked: indexes,
  defining: indexes,
  words: z.array(z.string()),
  types: z.array(z.string()),
  // The digest says that they are what was written, and the edition that their shape is today's.
  checks: z.array(z.tuple([z.string(), z.array(z.custom<Check>())])),
});

function encode(reading: LastReading, edition: string): string {
  const paths = [...reading.stamps.keys()];
  const numbers = new Map(paths.map((path, index) => [path, index]));
  const indexesOf = (some: ReadonlySet<string>) => [...some].flatMap(path => numbers.get(path) ?? []);
  const contents: z.input<typeof schema> = {
    edition,
    configuration: reading.configuration,
    interest: reading.interest,
    paths,
    stamps: [...reading.stamps.values()],
    kept: indexesOf(reading.kept),
    linked: indexesOf(reading.linked),
    defining: indexesOf(reading.defining),
    words: [...reading.words],
    types: [...reading.types],
    checks: [...reading.checks].map(([path, checks]) => [path, [...checks]]),
  };
  return JSON.stringify(contents);
}

function decode(bytes: Buffer): (LastReading & { readonly edition: string }) | null {
  if (bytes.length < HEAD_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const body = bytes.subarray(HEAD_BYTES);
  if (!digestOf(body).equals(bytes.subarray(MAGIC.length, HEAD_BYTES))) return null;
  const decoded = schema.safeParse(JSON.parse(body.toString('utf8')));
  if (!decoded.success) return null;
  const { paths, stamps, kept, linked, defining, checks, ...rest } = decoded.data;
  const pathsAt = (some: readonly number[]) => new Set(some.flatMap(index => paths[index] ?? []));
  return {
    ...rest,
    stamps: new Map(paths.map((path, index) => [path, stamps[index] ?? null])),
    kept: pathsAt(kept),
    linked: pathsAt(linked),
    defining: pathsAt(defining),
    checks: new Map(checks),
  };
}

function digestOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}
