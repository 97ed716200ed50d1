/** How many workers a machine can bear, for whom. */
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { IndexOptions } from '../project/indexing.ts';
import { type BegunWorker, beginWorker, type WorkerProgram } from './begin.ts';
import { createWorkers, workerScript } from './pool.ts';

/** Each takes some 50 MB; with more of them the whole would take more than 400 MB. */
const MOST = 3;

/** What a program that is waited for may hold, in bytes, until it saves memory at the cost of time. */
const ROOM = 350 * 1024 * 1024;

/** Behind the editor's other threads. */
const NICENESS = 10;

/**
 * Workers for the files below `root`. A program that is waited for takes all cores; a server leaves one to whoever types, and
 * stands back on the others.
 */
export function startWorkersOnDisk(
  root: string,
  wasmDirectory: string,
  where: 'alone' | 'beside an editor',
  begun: readonly BegunWorker[] = [],
): IndexOptions['startWorkers'] {
  const program = workerProgram(root, wasmDirectory, where);
  if (program === null) return undefined;
  const bound = where === 'alone' ? { room: ROOM } : {};
  return (known, isBusy) => createWorkers({ ...program, ...bound, known, isBusy, begun });
}

/**
 * Starts the workers of a program that is waited for before it knows its files, where git's index says that there are many. `known` as
 * the pool will be told.
 */
export function beginWorkersOnDisk(
  root: string,
  wasmDirectory: string,
  known: readonly string[] | null,
): readonly BegunWorker[] {
  const index = statSync(join(root, '.git', 'index'), { throwIfNoEntry: false })?.size ?? 0;
  const program = index < MANY_IN_INDEX ? null : workerProgram(root, wasmDirectory, 'alone');
  return program === null ? [] : Array.from({ length: program.count }, () => beginWorker({ ...program, known }));
}

/** Bytes of an index of so many files that workers will be worth starting: an entry takes about a hundred. */
const MANY_IN_INDEX = 150_000;

function workerProgram(root: string, wasmDirectory: string, where: 'alone' | 'beside an editor') {
  const cores = availableParallelism();
  const count = Math.max(1, Math.min(MOST, where === 'alone' ? cores : cores - 1));
  // With one core a worker would only take turns with the main thread; beside an editor even that keeps answers quick.
  if (where === 'alone' && cores === 1) return null;
  const niceness = where === 'alone' ? 0 : NICENESS;
  const program: Omit<WorkerProgram, 'known'> = {
    root,
    wasmDirectory,
    niceness,
    script: workerScript(wasmDirectory),
    count,
  };
  return program;
}
