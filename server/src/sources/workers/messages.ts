/** What the main thread and its workers tell each other. Everything here is plain data. */

import type { SkipReason } from '../files/access.ts';
import type { FileQuestion, Parsed } from '../project/fileQuestions.ts';

/** What a worker is started with. */
export interface WorkerStart {
  /** Absolute path of the folder that paths are relative to. */
  readonly root: string;
  /** Where the grammars are. */
  readonly wasmDirectory: string;
  /** Digests of texts whose facts the main thread has; null where facts are not remembered. */
  readonly known: readonly string[] | null;
  /** Source that it may keep for the next question, in bytes. */
  readonly keptBytes: number;
  /** Whether V8 is to optimise less, as it does in the program that starts it; see `heap.ts`. */
  readonly optimises: 'as usual' | 'less';
  /** How far to stand back behind other threads, from 0 to 19, where the system can tell threads apart. */
  readonly niceness: number;
  /** Where the worker writes down which file of which batch it is at. */
  readonly progress: SharedArrayBuffer;
}

/** What a worker says first, once Node has begun it: it is the same for all, and no batch's result. */
export const IS_UP = 'up';

/** The places in `progress`. */
export const BATCH_AT = 0;
export const FILE_AT = 1;
export const PROGRESS_BYTES = 8;

/** Files to look at. A question is sent once, with the first batch that asks it. */
export interface Batch {
  /** From 1 on. */
  readonly id: number;
  readonly questionId: number;
  readonly question: FileQuestion | null;
  readonly paths: readonly string[];
}

/** What became of a batch. Files that are not mentioned were looked at and left. */
export interface BatchResult {
  readonly id: number;
  readonly files: readonly FileResult[];
}

export type FileResult =
  | { readonly kind: 'skipped'; readonly index: number; readonly reason: SkipReason }
  | {
      readonly kind: 'found';
      readonly index: number;
      readonly text: string;
      readonly yes: readonly string[];
      readonly parsed: Parsed;
    };
