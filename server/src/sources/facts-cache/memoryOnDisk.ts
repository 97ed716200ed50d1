/**
 * A repository's memory on the disk. A file counts as unchanged while its size, its times and its number in the file system
 * are; one that was written moments before it was looked at is not remembered, since it could be written again within the
 * same tick of the clock. What is remembered holds for one edition of the program that made it.
 */
import { isAbsolute, relative } from 'node:path';
import type { FileFacts } from '../../core/languages/facts.ts';
import { decodeFacts, encodeFacts } from '../../core/languages/factsCodec.ts';
import type { FileAccess } from '../files/access.ts';
import { createPauses } from '../project/pauses.ts';
import { type AnswerSet, type AnswerSets, createAnswerSets, NO_ANSWERS } from './answers.ts';
import { factsKey } from './factsKey.ts';
import { type LastReading, readingPath, readReading, writeReading } from './lastReading.ts';
import type { IndexMemory } from './memory.ts';
import { MAX_PACK_BYTES, packPath, readPack, touchPack, writePack } from './packFile.ts';
import type { Pause } from './sections.ts';

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
  const pause = createPauses();
  const before = new Map<string, number>();
  for (const [index, file] of (known?.files.paths ?? []).entries()) {
    before.set(file, index);
    await pause();
  }
  let isChanged = known === null;

  /** A file is looked at once: what changes on the disk while indexing runs is told by other means. */
  const memoryOf = (file: string): FileMemory => {
    const existing = files.get(file);
    if (existing !== undefined) return existing;
    const found = stamp(file);
    const isSettled = found !== null && found.changed < now() - SETTLED;
    const index = isSettled ? before.get(file) : undefined;
    const isSame = index !== undefined && known?.files.stamps[index] === found?.text;
    const made = { stamp: isSettled ? found.text : null, answers: isSame ? known!.files.answers[index]! : NO_ANSWERS };
    files.set(file, made);
    return made;
  };

  /** Thousands of files are asked the same, and most of them answered the same before. */
  const allAsked = new WeakMap<readonly string[], Asked>();
  const ask = (questions: readonly string[]): Asked => {
    const existing = allAsked.get(questions);
    if (existing !== undefined) return existing;
    const made: Asked = { numbers: questions.map(answers.numberOf), results: new Map() };
    allAsked.set(questions, made);
    return made;
  };

  const factsBy = (key: string): FileFacts | null => {
    const bytes = known?.facts.get(key) ?? fresh.get(key);
    if (bytes === undefined) return null;
    used.set(key, bytes);
    return decodeFacts(bytes);
  };

  return {
    anyOf(file, questions) {
      const asked = ask(questions);
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
      const asked = ask(questions);
      const memory = memoryOf(file);
      if (memory.stamp === null) return;
      const yes = asked.numbers.filter((_, index) => isYes(questions[index]!));
      // A file that was read because it says yes has its answers already.
      const isKnown = answersAlike(answers.set(memory.answers), asked.numbers, yes);
      if (isKnown) return;
      memory.answers = answers.with(memory.answers, asked.numbers, yes);
      isChanged = true;
    },
    factsOf: (language, text) => factsBy(factsKey(language, text)),
    keys: () => [...(known?.facts.keys() ?? [])],
    factsBy,
    encodedOf(language, text) {
      const key = factsKey(language, text);
      return known?.facts.get(key) ?? fresh.get(key) ?? null;
    },
    keepEncoded(key, bytes) {
      isChanged = true;
      fresh.set(key, bytes);
    },
    keepFacts(language, text, facts) {
      isChanged = true;
      fresh.set(factsKey(language, text), encodeFacts(facts));
    },
    stamps: () => new Map([...files].map(([file, { stamp }]) => [file, stamp])),
    async save(found) {
      const pause = createPauses();
      const stamps = new Map<string, string | null>();
      for (const [file, { stamp }] of files) {
        stamps.set(file, stamp);
        await pause();
      }
      await writeReading(readingPath(directory, root), edition, { ...found, stamps }).catch(() => {});
      if (!isChanged) return touchPack(path);
      const facts = withinBounds([used, fresh, known?.facts ?? new Map()]);
      const { kept, sets } = await settledFiles(files, answers, pause);
      // A cache that can't be written costs time at the next start, nothing else.
      await writePack(path, edition, { questions: answers.questions, sets, files: kept, facts }).catch(() => {});
    },
  };
}

/** Milliseconds after its last change from which on a file counts as settled; some file systems count in two seconds. */
const SETTLED = 3000;

/** Whether a set holds these answers. */
function answersAlike({ yes, no }: AnswerSet, asked: readonly number[], yesNow: readonly number[]): boolean {
  const isYes = new Set(yesNow);
  return asked.every(question => (isYes.has(question) ? yes.has(question) : no.has(question)));
}

interface Asked {
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
async function settledFiles(files: ReadonlyMap<string, FileMemory>, { set }: AnswerSets, pause: Pause) {
  const paths: string[] = [];
  const stamps: string[] = [];
  const numbers: number[] = [];
  const ids = new Map([[NO_ANSWERS, NO_ANSWERS]]);
  for (const [file, { stamp, answers }] of files) {
    if (stamp === null || answers === NO_ANSWERS) continue;
    if (!ids.has(answers)) ids.set(answers, ids.size);
    paths.push(file);
    stamps.push(stamp);
    numbers.push(ids.get(answers)!);
    await pause();
  }
  return { kept: { paths, stamps, answers: numbers }, sets: [...ids.keys()].slice(1).map(set) };
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
