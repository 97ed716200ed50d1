/**
 * Decodes flag files in a thread: half a megabyte of JSON or YAML takes longer than a keystroke may. The thread is started when it is first
 * needed and ends when nothing was asked for a while. What is decoded here or there is the caller's choice.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../../core/config.ts';
import type { FlagFile } from '../../core/model.ts';

/** Decodes one file; rejects where the thread breaks down, so that somebody else has to. */
export type ReadFlagFile = (path: string, text: string, config: Config, now: number) => Promise<FlagFile | null>;

export interface FlagFileQuestion {
  readonly id: number;
  readonly path: string;
  readonly text: string;
  readonly config: Config;
  readonly now: number;
}

export interface FlagFileAnswer {
  readonly id: number;
  readonly file: FlagFile | null;
}

/** Milliseconds without a question after which the thread ends. */
const IDLE = 60_000;
/** Milliseconds for one file; none takes a tenth of that. */
const PATIENCE = 20_000;

/** @param wasmDirectory holds the grammars; the thread's program is beside it. */
export function createFlagFileReader(wasmDirectory: string): ReadFlagFile {
  const script = join(wasmDirectory, '..', 'worker', 'flagFiles.js');
  const waiting = new Map<number, { readonly resolve: (file: FlagFile | null) => void; readonly reject: () => void }>();
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
    started.on('message', ({ id, file }: FlagFileAnswer) => {
      waiting.get(id)?.resolve(file);
      waiting.delete(id);
    });
    started.on('error', () => end(started));
    started.on('exit', () => end(started));
    started.unref();
    return started;
  };
  return (path, text, config, now) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const asked = worker;
      const id = ++last;
      const fail = () => reject(new Error(`No thread could decode ${path}.`));
      waiting.set(id, { resolve, reject: fail });
      const question: FlagFileQuestion = { id, path, text, config, now };
      asked.postMessage(question);
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
}
