/** How many workers a machine can bear, for whom. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createDiskAccess } from '../files/disk.ts';
import { createLookAgain } from '../project/fileQuestions.ts';
import type { IndexOptions } from '../project/indexing.ts';
import { type BegunWorker, beginWorker, type WorkerProgram } from './begin.ts';
import { createWorkers, workerScript } from './pool.ts';

/** Each takes some 50 MB; with more of them the whole would take more than 400 MB. */
const MOST = 3;

/** Source that the thread which hands out the work may keep for the next question, in bytes of sketches. */
const KEPT_HERE = 12 * 1024 * 1024;

/** What a program that is waited for may hold, in bytes, until it saves memory at the cost of time. */
const ROOM = 350 * 1024 * 1024;

/** Behind the editor's other threads. */
const NICENESS = 10;

/**
 * Where somebody waits for the answer: a program alone takes all cores, and with `taking part` its own thread is one of those that look at
 * files, since another one would have to learn all of that anew; a server leaves one to whoever types, and stands back on the others.
 */
type Where = 'alone' | 'alone, taking part' | 'beside an editor';

/** Workers for the files below `root`. `isFit` says whether this thread can parse what it finds, where it takes part. */
export function startWorkersOnDisk(
  root: string,
  wasmDirectory: string,
  where: Where,
  begun: readonly BegunWorker[] = [],
  isFit = () => true,
): IndexOptions['startWorkers'] {
  const program = workerProgram(root, wasmDirectory, where);
  if (program === null) return undefined;
  const bound = where === 'beside an editor' ? {} : { room: ROOM };
  const { readBytes } = createDiskAccess(root, { git: false });
  return (known, isBusy) => {
    const part =
      where === 'alone, taking part' ? { here: { look: createLookAgain(readBytes!, KEPT_HERE), isFit } } : {};
    return createWorkers({ ...program, ...bound, ...part, known, isBusy, begun });
  };
}

/**
 * Starts the workers of a program that is waited for and takes part before it knows its files, where git's index says that there are many. `known` as
 * the pool will be told.
 */
export function beginWorkersOnDisk(
  root: string,
  wasmDirectory: string,
  known: readonly string[] | null,
): readonly BegunWorker[] {
  const index = statSync(join(root, '.git', 'index'), { throwIfNoEntry: false })?.size ?? 0;
  const program = index < MANY_IN_INDEX ? null : workerProgram(root, wasmDirectory, 'alone, taking part');
  return program === null ? [] : Array.from({ length: program.count }, () => beginWorker({ ...program, known }));
}

/** Bytes of an index of so many files that workers will be worth starting: an entry takes about a hundred. */
const MANY_IN_INDEX = 150_000;

function workerProgram(root: string, wasmDirectory: string, where: Where) {
  const cores = availableParallelism();
  const others = where === 'alone' ? cores : cores - 1;
  const count = Math.max(1, Math.min(where === 'alone, taking part' ? MOST - 1 : MOST, others));
  // With one core a worker would only take turns with the main thread; beside an editor even that keeps answers quick.
  if (where !== 'beside an editor' && cores === 1) return null;
  const niceness = where === 'beside an editor' ? NICENESS : 0;
  const program: Omit<WorkerProgram, 'known'> = {
    root,
    wasmDirectory,
    optimises: where === 'beside an editor' ? 'as usual' : 'less',
    niceness,
    script: workerScript(wasmDirectory),
    count,
  };
  return program;
}
