/**
 * Starting a worker thread. It takes the time of a tenth of a second until it can look at files, so that whoever knows early that there
 * will be many of them starts it early, and hands it to the pool.
 */
import { Worker } from 'node:worker_threads';
import { environmentWithoutTokens } from '../flag-servers/heldTokens.ts';
import { PROGRESS_BYTES, type WorkerStart } from './messages.ts';

export interface WorkerProgram extends Omit<WorkerStart, 'progress' | 'keptBytes'> {
  /** The program of a worker. */
  readonly script: string;
  /** How many workers there are together. */
  readonly count: number;
}

export interface BegunWorker {
  readonly worker: Worker;
  readonly progress: SharedArrayBuffer;
  /** Resolves when Node has begun it, or when it has ended before. */
  readonly isUp: Promise<void>;
  readonly hasEnded: () => boolean;
  readonly end: () => void;
}

/** What a worker makes of one file is dead with the next: room for more of that is memory that nobody needs. In MB. */
const LIMITS = { maxYoungGenerationSizeMb: 12 };
/** What all workers together may keep of source for the next question, in bytes: sketches of five times as much. The rest is read again. */
const KEPT = 24 * 1024 * 1024;

/** Starts a worker that does not keep the program running. */
export function beginWorker({ script, count, ...start }: WorkerProgram): BegunWorker {
  const progress = new SharedArrayBuffer(PROGRESS_BYTES);
  const { root, wasmDirectory, known, optimises, niceness } = start;
  const keptBytes = Math.floor(KEPT / count);
  const workerData: WorkerStart = { root, wasmDirectory, known, keptBytes, optimises, niceness, progress };
  // Whatever a worker might write would stand between the messages of a server.
  const worker = new Worker(script, {
    workerData,
    stdout: true,
    resourceLimits: LIMITS,
    env: environmentWithoutTokens(process.env),
  });
  let hasEnded = false;
  worker.once('exit', () => {
    hasEnded = true;
  });
  // An error is followed by the end, which is where it is dealt with.
  worker.on('error', () => {});
  const isUp = new Promise<void>(resolve => {
    for (const event of ['message', 'exit']) worker.once(event, () => resolve());
  });
  worker.unref();
  return {
    worker,
    progress,
    isUp,
    hasEnded: () => hasEnded,
    end() {
      hasEnded = true;
      void worker.terminate();
    },
  };
}
