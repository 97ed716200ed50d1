/**
 * The file that holds one repository's memory: a header, what is known of its files as JSON, and facts as bytes. It is replaced
 * in one step and read whole or not at all: a file that is cut, of another edition or not ours counts as none.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { AnswerSet } from './answers.ts';
import { replaceFile } from './replaceFile.ts';

/** Larger files are not written, and not read. */
export const MAX_PACK_BYTES = 64 * 1024 * 1024;

/** All repositories' files together; the ones that were not used for longest go first. */
const MAX_BYTES_OF_ALL = 256 * 1024 * 1024;

export interface Pack {
  readonly questions: readonly string[];
  /** Without the empty one. */
  readonly sets: readonly AnswerSet[];
  /** By path: the stamp of the file, and the number of its set of answers. */
  readonly files: ReadonlyMap<string, readonly [stamp: string, answers: number]>;
  /** By the digest of language and text. */
  readonly facts: ReadonlyMap<string, Uint8Array>;
}

/** Where a repository's memory is. */
export function packPath(directory: string, root: string): string {
  return join(directory, `facts-${createHash('sha256').update(root).digest('hex').slice(0, 24)}.bin`);
}

/** What the file holds; null when it isn't there or was not written for this edition. */
export async function readPack(path: string, edition: string): Promise<Pack | null> {
  try {
    if ((await stat(path)).size > MAX_PACK_BYTES) return null;
    return decodePack(await readFile(path), edition);
  } catch {
    return null;
  }
}

/** Replaces the file. Rejects when that can't be done; nobody ever reads half of one. */
export async function writePack(path: string, edition: string, pack: Pack): Promise<void> {
  const parts = encodePack(pack, edition);
  await replaceFile(path, parts);
  await removeOldest(dirname(path), path);
}

const MAGIC = 'flagbook facts 1\n';
const DIGEST_BYTES = 32;

const numbers = z.array(z.int().nonnegative());
const schema = z.object({
  edition: z.string(),
  questions: z.array(z.string()),
  sets: z.array(z.object({ yes: numbers, no: numbers })),
  paths: z.array(z.string()),
  stamps: z.array(z.string()),
  answers: numbers,
  keys: z.array(z.string()),
  lengths: numbers,
});

function encodePack(pack: Pack, edition: string): readonly Uint8Array[] {
  const contents: z.input<typeof schema> = {
    edition,
    questions: [...pack.questions],
    sets: pack.sets.map(({ yes, no }) => ({ yes: [...yes], no: [...no] })),
    paths: [...pack.files.keys()],
    stamps: [...pack.files.values()].map(([stamp]) => stamp),
    answers: [...pack.files.values()].map(([, answers]) => answers),
    keys: [...pack.facts.keys()],
    lengths: [...pack.facts.values()].map(bytes => bytes.length),
  };
  const json = Buffer.from(JSON.stringify(contents));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  const body = [length, json, ...pack.facts.values()];
  const digest = createHash('sha256');
  for (const part of body) digest.update(part);
  return [Buffer.from(MAGIC), digest.digest(), ...body];
}

function decodePack(bytes: Buffer, edition: string): Pack | null {
  const start = MAGIC.length + DIGEST_BYTES;
  if (bytes.length < start + 4 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  const body = bytes.subarray(start);
  if (!createHash('sha256').update(body).digest().equals(bytes.subarray(MAGIC.length, start))) return null;
  const end = 4 + body.readUInt32BE();
  const decoded = schema.safeParse(JSON.parse(body.toString('utf8', 4, end)));
  if (!decoded.success || decoded.data.edition !== edition) return null;
  const { questions, sets, paths, stamps, answers, keys, lengths } = decoded.data;
  const facts = new Map<string, Uint8Array>();
  let at = end;
  keys.forEach((key, index) => {
    facts.set(key, body.subarray(at, at + lengths[index]!));
    at += lengths[index]!;
  });
  return {
    questions,
    sets: sets.map(({ yes, no }) => ({ yes: new Set(yes), no: new Set(no) })),
    files: new Map(paths.map((path, index) => [path, [stamps[index]!, answers[index]!]])),
    facts,
  };
}

/** Keeps the folder within its bounds. What can't be removed stays. */
async function removeOldest(directory: string, kept: string): Promise<void> {
  const found: { path: string; size: number; used: number }[] = [];
  for (const name of await readdir(directory).catch(() => [])) {
    if (!/^(?:facts|reading)-[0-9a-f]{24}\.bin(?:\..*\.tmp)?$/.test(name)) continue;
    const stats = await stat(join(directory, name)).catch(() => null);
    if (stats !== null) found.push({ path: join(directory, name), size: stats.size, used: stats.mtimeMs });
  }
  let total = 0;
  for (const { path, size, used } of found.sort((a, b) => b.used - a.used)) {
    total += size;
    const isLeftOver = path.endsWith('.tmp') && used < Date.now() - DAY;
    if (path !== kept && (total > MAX_BYTES_OF_ALL || isLeftOver)) await rm(path, { force: true }).catch(() => {});
  }
}

const DAY = 24 * 60 * 60 * 1000;
