/**
 * The main thread's side: hands batches of files to worker threads and takes back what they found; where it has nothing else to do it may
 * look at some itself. A worker that breaks down, or
 * does not come on within its patience, is replaced and loses the file that it was at. What a front shows of that, and when
 * workers are worth starting, is decided by whoever indexes.
 */
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { type Answers, answersTo, type FileQuestion, type LookAgain, type Looked } from '../project/fileQuestions.ts';
import type { Use } from '../project/lookHere.ts';
import { createPauses } from '../project/pauses.ts';
import { type BegunWorker, beginWorker, type WorkerProgram } from './begin.ts';
import { BATCH_AT, type Batch, type BatchResult, FILE_AT, type FileResult, IS_UP, PROGRESS_BYTES } from './messages.ts';

export interface PoolOptions extends WorkerProgram {
  /** Bytes that the process may hold; beyond them one worker goes on alone, and ends before files are linked. Absent: any. */
  readonly room?: number;
  /** Workers that were started already. */
  readonly begun?: readonly BegunWorker[];
  /** How this thread looks at files itself, where it has nothing else to do meanwhile. */
  readonly here?: LookHere;
  /** Milliseconds that a worker may take for one file. Default: half a minute, since a parser may take most of that. */
  readonly patience?: number;
  /** Whether somebody is typing: then one worker goes on alone. */
  readonly isBusy?: () => boolean;
}

/** What it finds is left for `use` to parse. */
export interface LookHere {
  readonly look: LookAgain;
  /** Whether what it finds can be parsed here; once it can't be, workers look at the rest. */
  readonly isFit: () => boolean;
}

export interface Workers {
  /**
   * Asks the files a question; calls `use` for each of them, in any order. Resolves to the paths that nobody could look at, which
   * are none unless workers can't be started here. Rejects when `signal` aborts; the workers are then of no more use.
   */
  look(
    paths: readonly string[],
    question: FileQuestion,
    signal: AbortSignal | undefined,
    use: Use,
  ): Promise<readonly string[]>;
  /**
   * Ends the workers until something is asked again, where memory has become scarce: what they parse with is some 30 MB each. What they
   * have kept of files is read again. Not while something is asked.
   */
  giveBack(): void;
  /** Ends all workers, whatever they are at. */
  close(): void;
}

/** Where the program of a worker is, beside the folder of the grammars. */
export function workerScript(wasmDirectory: string): string {
  return join(wasmDirectory, '..', 'worker', 'worker.js');
}

const PATIENCE = 30_000;
/** How often it is looked whether workers come on and somebody types. */
const LOOK_AROUND = 200;
/** Files of a batch: many while there are many, since every message costs both sides their turn; few at the end, where one waits for all. */
const MOST_FILES = 160;
const FEWEST_FILES = 16;
/** Into so many batches what is left is divided. */
const BATCHES_LEFT = 24;
/** Batches that a worker has at once, so that it need not wait for the next one. */
const AHEAD = 2;
/** How often it is looked how much memory is taken, in milliseconds. */
const MEMORY_PERIOD = 50;
/** Results that may wait to be used: they hold texts. */
const MOST_WAITING = 8;
/** Workers that end before they have looked at anything can't be had here. */
const MOST_FAILED_STARTS = 2;
/** Each replaced worker stands for a file that broke one; a repository that breaks more is not read further. */
const MOST_REPLACED = 50;

interface Work {
  readonly id: number;
  readonly paths: readonly string[];
  /** Who has kept sketches of these files. */
  readonly owner: Owner | null;
}

type Owner = Slot | LookHere;

interface Slot {
  worker: Worker | null;
  progress: Int32Array;
  running: Work[];
  /** The last question that it was told. */
  questionId: number;
  /** What it was at when it was last looked at, and since when. */
  seen: string;
  seenAt: number;
}

interface Finished {
  readonly paths: readonly string[];
  readonly files: readonly FileResult[];
}

/** Starts the workers when they are first needed. */
export function createWorkers(options: PoolOptions): Workers {
  const slots: Slot[] = Array.from({ length: options.count }, () => ({
    worker: null,
    progress: new Int32Array(new SharedArrayBuffer(PROGRESS_BYTES)),
    running: [],
    questionId: 0,
    seen: '',
    seenAt: 0,
  }));
  const owners = new Map<string, Owner>();
  let waiting: Work[] = [];
  let finished: Finished[] = [];
  let asked: { readonly id: number; readonly question: FileQuestion } = { id: 0, question: { kind: 'wanted' } };
  let lastBatch = 0;
  let failedStarts = 0;
  let replaced = 0;
  let isClosed = false;
  let wake = (): void => {};

  const isUsable = (): boolean => !isClosed && failedStarts <= MOST_FAILED_STARTS && replaced <= MOST_REPLACED;
  const begun = [...(options.begun ?? [])];
  const start = (slot: Slot): void => {
    let ready = begun.shift();
    while (ready?.hasEnded()) ready = begun.shift();
    const { worker, progress } = ready ?? beginWorker(options);
    Object.assign(slot, {
      worker,
      progress: new Int32Array(progress),
      questionId: 0,
      seen: '',
      seenAt: performance.now(),
    });
    worker.on('message', (result: BatchResult | typeof IS_UP) => {
      if (result === IS_UP) return;
      const at = slot.running.findIndex(({ id }) => id === result.id);
      const [work] = slot.running.splice(at, 1);
      for (const path of work!.paths) owners.set(path, slot);
      finished.push({ paths: work!.paths, files: result.files });
      dispatch();
      wake();
    });
    worker.on('exit', () => {
      if (slot.worker === worker) ended(slot);
    });
  };
  const ended = (slot: Slot): void => {
    slot.worker = null;
    const { running } = slot;
    slot.running = [];
    if (isClosed) return;
    const culprit = running.find(({ id }) => id === slot.progress[BATCH_AT])?.paths[slot.progress[FILE_AT]!];
    if (culprit === undefined) failedStarts++;
    else {
      replaced++;
      finished.push({ paths: [culprit], files: [{ kind: 'skipped', index: 0, reason: 'failed' }] });
    }
    const rest = running.map(({ paths }) => paths.filter(path => path !== culprit)).filter(paths => paths.length > 0);
    waiting.unshift(...rest.map(paths => ({ id: ++lastBatch, paths, owner: null })));
    dispatch();
    wake();
  };
  const take = (taker: Owner): Work | undefined => {
    const own = waiting.findIndex(({ owner }) => owner === taker || owner === null);
    // What another one has kept is read again rather than waited for.
    return waiting.splice(own < 0 ? waiting.length - 1 : own, 1)[0];
  };
  /** A few files for this thread, which soon has the results of others to use. */
  const takeHere = (here: LookHere | undefined): Work | undefined => {
    if (here === undefined || waiting.length === 0 || !isUsable() || !here.isFit()) return undefined;
    const { id, paths, owner } = take(here)!;
    if (paths.length > FEWEST_FILES) waiting.unshift({ id, paths: paths.slice(FEWEST_FILES), owner });
    return { id, paths: paths.slice(0, FEWEST_FILES), owner: here };
  };
  const lookHere = async (here: LookHere, paths: readonly string[], answers: Answers, use: Use, pause: Pause) => {
    for (const [at, path] of paths.entries()) {
      await pause();
      if (!here.isFit()) {
        waiting.unshift({ id: ++lastBatch, paths: paths.slice(at), owner: null });
        return;
      }
      owners.set(path, here);
      await use(path, here.look(path, answers));
    }
  };
  let askedMemoryAt = Number.NEGATIVE_INFINITY;
  let isFull = false;
  // What was taken once may be taken again: so it stays scarce. Asking takes the system half a millisecond.
  const isScarce = (): boolean => {
    if (options.room === undefined || isFull || performance.now() - askedMemoryAt < MEMORY_PERIOD) return isFull;
    askedMemoryAt = performance.now();
    isFull = process.memoryUsage.rss() > options.room;
    return isFull;
  };
  /** Ends a worker that has nothing to do; its end is no failure then. */
  const dismiss = (slot: Slot): void => {
    const { worker } = slot;
    if (slot.running.length > 0) return;
    slot.worker = null;
    void worker?.terminate();
  };
  const dispatch = (): void => {
    const isBusy = options.isBusy?.() === true;
    const isAlone = isScarce();
    if (isAlone) slots.slice(1).forEach(dismiss);
    for (const slot of isBusy || isAlone ? slots.slice(0, 1) : slots) {
      while (waiting.length > 0 && slot.running.length < AHEAD && finished.length < MOST_WAITING && isUsable()) {
        if (slot.worker === null) start(slot);
        const work = take(slot)!;
        const question = slot.questionId === asked.id ? null : asked.question;
        slot.questionId = asked.id;
        if (slot.running.length === 0) slot.seenAt = performance.now();
        slot.running.push(work);
        const batch: Batch = { id: work.id, questionId: asked.id, question, paths: work.paths };
        slot.worker!.postMessage(batch);
      }
    }
  };
  /** Ends workers that have been at one file for too long; their `exit` says the rest. */
  const lookAround = (): void => {
    const now = performance.now();
    for (const slot of slots) {
      const batch = Atomics.load(slot.progress, BATCH_AT);
      const seen = `${batch} ${Atomics.load(slot.progress, FILE_AT)}`;
      // One that has not begun is starting, which on a busy machine takes its time whatever the files are.
      const patience = batch === 0 ? PATIENCE : (options.patience ?? PATIENCE);
      if (slot.running.length === 0 || seen !== slot.seen) Object.assign(slot, { seen, seenAt: now });
      else if (now - slot.seenAt > patience) void slot.worker?.terminate();
    }
    dispatch();
    wake();
  };
  const close = (): void => {
    isClosed = true;
    for (const { worker } of slots) void worker?.terminate();
    for (const { end } of begun) end();
  };

  return {
    async look(paths, question, signal, use) {
      asked = { id: asked.id + 1, question };
      waiting = batchesOf(paths, owners).map(({ paths, owner }) => ({ id: ++lastBatch, paths, owner }));
      finished = [];
      const timer = setInterval(lookAround, LOOK_AROUND);
      const aborted = (): void => wake();
      signal?.addEventListener('abort', aborted);
      const pause = createPauses();
      const { here } = options;
      const answers = here && answersTo(question);
      try {
        dispatch();
        for (;;) {
          signal?.throwIfAborted();
          const next = finished.shift();
          const own = next === undefined ? takeHere(here) : undefined;
          if (next !== undefined) {
            await useAll(next, use, pause);
            dispatch();
          } else if (own !== undefined) {
            await lookHere(here!, own.paths, answers!, use, pause);
            dispatch();
          } else if (slots.every(({ running }) => running.length === 0) && (waiting.length === 0 || !isUsable())) break;
          else {
            await new Promise<void>(resolve => {
              wake = resolve;
            });
          }
        }
      } catch (error) {
        close();
        throw error;
      } finally {
        clearInterval(timer);
        signal?.removeEventListener('abort', aborted);
      }
      const rest = waiting.flatMap(work => work.paths);
      if (failedStarts > MOST_FAILED_STARTS) return rest;
      for (const path of rest) await use(path, { kind: 'skipped', reason: 'failed' });
      return [];
    },
    giveBack() {
      if (!isScarce()) return;
      slots.forEach(dismiss);
      owners.clear();
    },
    close,
  };
}

/** Neighbours in the list go together, and files to the worker that has kept them. */
function batchesOf(paths: readonly string[], owners: ReadonlyMap<string, Owner>): readonly Omit<Work, 'id'>[] {
  const byOwner = new Map<Owner | null, string[]>();
  for (const path of paths) {
    const owner = owners.get(path) ?? null;
    const known = byOwner.get(owner);
    if (known === undefined) byOwner.set(owner, [path]);
    else known.push(path);
  }
  const batches: Omit<Work, 'id'>[] = [];
  for (const [owner, own] of byOwner) {
    for (let at = 0; at < own.length; ) {
      const size = Math.max(FEWEST_FILES, Math.min(MOST_FILES, Math.ceil((own.length - at) / BATCHES_LEFT)));
      batches.push({ paths: own.slice(at, at + size), owner });
      at += size;
    }
  }
  return batches;
}

type Pause = () => Promise<void> | undefined;

async function useAll({ paths, files }: Finished, use: Use, pause: Pause): Promise<void> {
  const found = new Map(files.map(file => [file.index, file]));
  for (const [index, path] of paths.entries()) {
    const file = found.get(index);
    const looked: Looked =
      file === undefined ? LEFT : file.kind === 'skipped' ? file : { ...file, yes: new Set(file.yes) };
    await pause();
    await use(path, looked);
  }
}

const LEFT: Looked = { kind: 'left' };
