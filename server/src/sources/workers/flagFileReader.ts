/**
 * Decodes flag files in a thread: half a megabyte of JSON or YAML takes longer than a keystroke may. The thread is started when it is first
 * needed and ends when nothing was asked for a while. What is decoded here or there is the caller's choice.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../../core/config.ts';
import type { Flag, FlagFile } from '../../core/model.ts';

/** Decodes one file; rejects where the thread breaks down, so that somebody else has to. */
export type ReadFlagFile = (path: string, text: string, config: Config, now: number) => Promise<FlagFile | null>;

/** Decodes an older text of a file; `pathThen` and what comes of it are those of `versionsDecoder`. Rejects as `ReadFlagFile` does. */
export type ReadFlagFileVersion = (
  file: FlagFileKind,
  text: string,
  pathThen: string,
  config: Config,
  now: number,
) => Promise<readonly Flag[] | null>;

/** What an older text is read as. */
export type FlagFileKind = Pick<FlagFile, 'path' | 'system' | 'environment'>;

export interface FlagFileReader {
  readonly read: ReadFlagFile;
  readonly readVersion: ReadFlagFileVersion;
}

export interface FlagFileQuestion {
  readonly id: number;
  /** Null: as what it is by itself. */
  readonly as: FlagFileKind | null;
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  readonly now: number;
}

export interface FlagFileAnswer {
  readonly id: number;
  /** Of an older text its flags alone. */
  readonly read: FlagFile | readonly Flag[] | null;
}

/** Milliseconds without a question after which the thread ends. */
const IDLE = 60_000;
/** Milliseconds for one file; none takes a tenth of that. */
const PATIENCE = 20_000;

/** @param wasmDirectory holds the grammars; the thread's program is beside it. */
export function createFlagFileReader(wasmDirectory: string): FlagFileReader {
  const script = join(wasmDirectory, '..', 'worker', 'flagFiles.js');
  const waiting = new Map<number, { readonly resolve: (read: Read) => void; readonly reject: () => void }>();
  let worker: Worker | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const end = (ended: Worker): void => {
    if (worker !== ended) return;
    worker = null;
    clearTimeout(idle);
    void ended.terminate();
    for (const { reject } of waiting.values()) reject();
    waiting.clear();
  };
  const start = (): Worker => {
    // Whatever it might write would stand between the messages of a server.
    const started = new Worker(script, { stdout: true, stderr: true, env: {}, execArgv: [] });
    started.on('message', ({ id, read }: FlagFileAnswer) => {
      waiting.get(id)?.resolve(read);
      waiting.delete(id);
    });
    started.on('error', () => end(started));
    started.on('exit', () => end(started));
    started.unref();
    return started;
  };
  const ask = (question: Omit<FlagFileQuestion, 'id'>): Promise<Read> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const asked = worker;
      const id = ++last;
      const fail = () => reject(new Error(`No thread could decode ${question.path}.`));
      waiting.set(id, { resolve, reject: fail });
      asked.postMessage({ ...question, id } satisfies FlagFileQuestion);
      clearTimeout(idle);
      const wait = (milliseconds: number): void => {
        idle = setTimeout(() => {
          if (waiting.size > 0 || milliseconds === IDLE) end(asked);
          else wait(IDLE);
        }, milliseconds);
        idle.unref();
      };
      wait(PATIENCE);
    });
  return {
    read: (path, text, config, now) => ask({ as: null, path, text, config, now }) as Promise<FlagFile | null>,
    readVersion: ({ path, system, environment }, text, pathThen, config, now) =>
      ask({ as: { path, system, environment }, path: pathThen, text, config, now }) as Promise<readonly Flag[] | null>,
  };
}

type Read = FlagFileAnswer['read'];
