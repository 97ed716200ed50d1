/**
 * A repository's memory on the disk. A file counts as unchanged while its size, its times and its number in the file system
 * are; one that was written moments before it was looked at is not remembered, since it could be written again within the
 * same tick of the clock. What is remembered holds for one edition of the program that made it.
 */
import { isAbsolute, relative } from 'node:path';
import type { FileFacts } from '../../core/languages/facts.ts';
import { decodeFacts, encodeFacts } from '../../core/languages/factsCodec.ts';
import type { FileAccess } from '../files/access.ts';
import { type AnswerSets, createAnswerSets, NO_ANSWERS } from './answers.ts';
import { factsKey } from './factsKey.ts';
import { type LastReading, readingPath, readReading, writeReading } from './lastReading.ts';
import type { IndexMemory } from './memory.ts';
import { MAX_PACK_BYTES, packPath, readPack, writePack } from './packFile.ts';

/** The last whole reading of the repository at `root`; null where none is known. */
export async function openReading(
  root: string,
  { directory, edition }: Pick<MemoryOptions, 'directory' | 'edition'>,
): Promise<LastReading | null> {
  if (!isAbsolute(directory) || isInside(root, directory)) return null;
  return readReading(readingPath(directory, root), edition);
}

export interface MemoryOptions {
  /** Where the user's caches are. */
  readonly directory: string;
  /** Changes whenever the same text could give other facts or answers. */
  readonly edition: string;
  /** The clock of the file system's times, milliseconds since 1970. */
  readonly now: () => number;
}

/** The memory of the repository at `root`; null where there is none to be had, as when it would lie inside the repository. */
export async function openMemory(
  root: string,
  access: FileAccess,
  { directory, edition, now }: MemoryOptions,
): Promise<IndexMemory | null> {
  const { stamp } = access;
  if (stamp === undefined || !isAbsolute(directory) || isInside(root, directory)) return null;
  const path = packPath(directory, root);
  const known = await readPack(path, edition);
  const answers = createAnswerSets(known ?? undefined);
  const files = new Map<string, FileMemory>();
  const fresh = new Map<string, Uint8Array>();
  const used = new Map<string, Uint8Array>();
  let isChanged = known === null;

  /** A file is looked at once: what changes on the disk while indexing runs is told by other means. */
  const memoryOf = (file: string): FileMemory => {
    const existing = files.get(file);
    if (existing !== undefined) return existing;
    const found = stamp(file);
    const isSettled = found !== null && found.changed < now() - SETTLED;
    const before = isSettled ? known?.files.get(file) : undefined;
    const isSame = before !== undefined && before[0] === found?.text;
    const made = { stamp: isSettled ? found.text : null, answers: isSame ? before[1] : NO_ANSWERS };
    files.set(file, made);
    return made;
  };

  /** Thousands of files are asked the same, and most of them answered the same before. */
  let asked: Asked = { questions: [], numbers: [], results: new Map() };
  const ask = (questions: readonly string[]): void => {
    if (asked.questions !== questions) {
      asked = { questions, numbers: questions.map(answers.numberOf), results: new Map() };
    }
  };

  const factsBy = (key: string): FileFacts | null => {
    const bytes = known?.facts.get(key) ?? fresh.get(key);
    if (bytes === undefined) return null;
    used.set(key, bytes);
    return decodeFacts(bytes);
  };

  return {
    anyOf(file, questions) {
      ask(questions);
      const { answers: id } = memoryOf(file);
      const known = asked.results.get(id);
      if (known !== undefined) return known;
      const { yes, no } = answers.set(id);
      const isYes = asked.numbers.some(number => yes.has(number));
      const result = isYes ? true : asked.numbers.every(number => no.has(number)) ? false : null;
      asked.results.set(id, result);
      return result;
    },
    setAnswers(file, questions, isYes) {
      ask(questions);
      const memory = memoryOf(file);
      if (memory.stamp === null) return;
      const yes = asked.numbers.filter((_, index) => isYes(questions[index]!));
      memory.answers = answers.with(memory.answers, asked.numbers, yes);
      isChanged = true;
    },
    factsOf: (language, text) => factsBy(factsKey(language, text)),
    keys: () => [...(known?.facts.keys() ?? [])],
    factsBy,
    keepEncoded(key, bytes) {
      isChanged = true;
      fresh.set(key, bytes);
    },
    keepFacts(language, text, facts) {
      isChanged = true;
      fresh.set(factsKey(language, text), encodeFacts(facts));
    },
    async save(found) {
      const stamps = new Map([...files].map(([file, { stamp }]) => [file, stamp]));
      await writeReading(readingPath(directory, root), edition, { ...found, stamps }).catch(() => {});
      if (!isChanged) return;
      const facts = withinBounds([used, fresh, known?.facts ?? new Map()]);
      const { kept, sets } = settledFiles(files, answers);
      // A cache that can't be written costs time at the next start, nothing else.
      await writePack(path, edition, { questions: answers.questions, sets, files: kept, facts }).catch(() => {});
    },
  };
}

/** Milliseconds after its last change from which on a file counts as settled; some file systems count in two seconds. */
const SETTLED = 3000;

interface Asked {
  readonly questions: readonly string[];
  readonly numbers: readonly number[];
  /** By the number of a set of answers. */
  readonly results: Map<number, boolean | null>;
}

interface FileMemory {
  /** Null for a file that is not to be remembered. */
  readonly stamp: string | null;
  answers: number;
}

/** The files worth remembering, and the sets of answers that they have, with the numbers that these get by that. */
function settledFiles(files: ReadonlyMap<string, FileMemory>, { set }: AnswerSets) {
  const kept = new Map<string, readonly [string, number]>();
  const ids = new Map([[NO_ANSWERS, NO_ANSWERS]]);
  for (const [file, { stamp, answers }] of files) {
    if (stamp === null || answers === NO_ANSWERS) continue;
    if (!ids.has(answers)) ids.set(answers, ids.size);
    kept.set(file, [stamp, ids.get(answers)!]);
  }
  return { kept, sets: [...ids.keys()].slice(1).map(set) };
}

/** What was asked for in this run first; then what other branches left, while there is room. */
function withinBounds(all: readonly ReadonlyMap<string, Uint8Array>[]): ReadonlyMap<string, Uint8Array> {
  const kept = new Map<string, Uint8Array>();
  let room = MAX_PACK_BYTES / 2;
  for (const facts of all) {
    for (const [key, bytes] of facts) {
      if (kept.has(key) || bytes.length > room) continue;
      kept.set(key, bytes);
      room -= bytes.length;
    }
  }
  return kept;
}

function isInside(root: string, directory: string): boolean {
  const path = relative(root, directory);
  return path === '' || !(path.startsWith('..') || isAbsolute(path));
}
