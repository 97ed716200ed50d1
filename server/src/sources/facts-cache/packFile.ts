/**
 * The file that holds one repository's memory: what is known of its files, and facts as bytes. It is replaced in one step and read
 * whole or not at all: a file that is cut, of another edition or not ours counts as none.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPauses } from '../project/pauses.ts';
import type { AnswerSet } from './answers.ts';
import { replaceFile } from './replaceFile.ts';
import {
  numbersOfSection,
  openSections,
  sealSections,
  sectionOfNumbers,
  sectionOfTexts,
  textsOfSection,
} from './sections.ts';

/** Larger files are not written, and not read. */
export const MAX_PACK_BYTES = 64 * 1024 * 1024;

/** All repositories' files together; the ones that were not used for longest go first. */
const MAX_BYTES_OF_ALL = 256 * 1024 * 1024;

export interface Pack {
  readonly questions: readonly string[];
  /** Without the empty one. */
  readonly sets: readonly AnswerSet[];
  /** In any order; the lists are of one length. */
  readonly files: PackedFiles;
  /** By the digest of language and text. */
  readonly facts: ReadonlyMap<string, Uint8Array>;
}

export interface PackedFiles {
  readonly paths: readonly string[];
  readonly stamps: readonly string[];
  /** The numbers of their sets of answers. */
  readonly answers: readonly number[];
}

/** Where a repository's memory is. */
export function packPath(directory: string, root: string): string {
  return join(directory, `facts-${createHash('sha256').update(root).digest('hex').slice(0, 24)}.bin`);
}

/** What the file holds; null when it isn't there or was not written for this edition. */
export async function readPack(path: string, edition: string): Promise<Pack | null> {
  try {
    if ((await stat(path)).size > MAX_PACK_BYTES) return null;
    return await decodePack(await readFile(path), edition);
  } catch {
    return null;
  }
}

/** Replaces the file. Rejects when that can't be done; nobody ever reads half of one. */
export async function writePack(path: string, edition: string, pack: Pack): Promise<void> {
  await replaceFile(path, await encodePack(pack, edition));
  await removeOldest(dirname(path), path);
}

/** Says that the file was of use again, so that it is not taken for one that nobody needs. */
export async function touchPack(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}

const MAGIC = 'flagbook facts 2\n';

async function encodePack(pack: Pack, edition: string): Promise<readonly Uint8Array[]> {
  const pause = createPauses();
  const { paths, stamps, answers } = pack.files;
  const head: Head = {
    edition,
    questions: pack.questions,
    sets: pack.sets.map(({ yes, no }) => ({ yes: [...yes], no: [...no] })),
  };
  const facts = [...pack.facts.values()];
  const sections: (readonly Uint8Array[])[] = [[Buffer.from(JSON.stringify(head))]];
  for (const section of [
    () => sectionOfTexts(paths),
    () => sectionOfTexts(stamps),
    () => sectionOfNumbers(answers),
    () => sectionOfTexts([...pack.facts.keys()]),
    () => sectionOfNumbers(facts.map(bytes => bytes.length)),
  ]) {
    sections.push(section());
    await pause();
  }
  return sealSections(MAGIC, [...sections, facts], pause);
}

/** The digest says that it is what was written; the edition, that its shape is today's. */
interface Head {
  readonly edition: string;
  readonly questions: readonly string[];
  readonly sets: readonly { readonly yes: readonly number[]; readonly no: readonly number[] }[];
}

async function decodePack(bytes: Buffer, edition: string): Promise<Pack | null> {
  const pause = createPauses();
  const sections = await openSections(bytes, MAGIC, pause);
  if (sections?.length !== 7) return null;
  const [heading, paths, stamps, answers, keys, lengths, body] = sections as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const head = JSON.parse(heading.toString('utf8')) as Head;
  if (head.edition !== edition) return null;
  await pause();
  const files = { paths: textsOfSection(paths), stamps: textsOfSection(stamps), answers: numbersOfSection(answers) };
  await pause();
  const allLengths = numbersOfSection(lengths);
  const facts = new Map<string, Uint8Array>();
  let at = 0;
  for (const [index, key] of textsOfSection(keys).entries()) {
    facts.set(key, body.subarray(at, at + allLengths[index]!));
    at += allLengths[index]!;
  }
  const sets = head.sets.map(({ yes, no }) => ({ yes: new Set(yes), no: new Set(no) }));
  return { questions: head.questions, sets, files, facts };
}

/** Keeps the folder within its bounds. What can't be removed stays. */
async function removeOldest(directory: string, kept: string): Promise<void> {
  const found: { path: string; size: number; used: number }[] = [];
  for (const name of await readdir(directory).catch(() => [])) {
    if (!/^(?:facts|reading|scan|links|linked)-[0-9a-f]{24}\.bin(?:\..*\.tmp)?$/.test(name)) continue;
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
