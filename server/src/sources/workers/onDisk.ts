/** How many workers a machine can bear, for whom. */
import { availableParallelism } from 'node:os';
import type { IndexOptions } from '../project/indexing.ts';
import { createWorkers, workerScript } from './pool.ts';

/** Each takes some 50 MB; with more of them the whole would take more than 400 MB. */
const MOST = 3;

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
): IndexOptions['startWorkers'] {
  const cores = availableParallelism();
  const count = Math.min(MOST, where === 'alone' ? cores : cores - 1);
  // With one core a worker would only take turns with the main thread; beside an editor even that keeps answers quick.
  if (where === 'alone' && cores === 1) return undefined;
  const niceness = where === 'alone' ? 0 : NICENESS;
  const script = workerScript(wasmDirectory);
  return (known, isBusy) =>
    createWorkers({ root, wasmDirectory, known, niceness, script, count: Math.max(1, count), isBusy });
}
