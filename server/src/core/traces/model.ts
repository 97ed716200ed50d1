/**
 * Stack traces as plain data: a trace has threads, a thread has a tree of errors, an error has frames.
 *
 * This file only names the shapes that every runtime's parser fills. How text becomes these shapes lives in
 * `runtimes/`, how frames find their files in `locate.ts`, and what is printed in `document.ts` and `text.ts`.
 */
import type { VersionMention } from './versions.ts';

/**
 * How an error hangs on its parent: `root` is the error that ended the thread, `cause` what it was raised from,
 * `context` what was being handled when it happened, `suppressed` what failed while it was being handled, and
 * `group` one of several errors raised together.
 */
export type ErrorRelation = 'root' | 'cause' | 'suppressed' | 'context' | 'group';

/**
 * What a frame stands for: an ordinary `call`, the place that started a goroutine (`created-by`), or the place
 * named by the header of a trace rather than by one of its frames (`throw-site`).
 */
export type FrameKind = 'call' | 'created-by' | 'throw-site';

/** One frame as printed. Lines and columns are 1-based; null where the runtime prints none. */
export interface StackFrame {
  readonly kind: FrameKind;
  /** The function's name as printed, without arguments where the runtime separates them. */
  readonly function: string | null;
  /** The class, package or module that the printed name carries, when it carries one. */
  readonly module: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** 1-based line of the input. */
  readonly textLine: number;
  /** How often the frame stands here in a row: 1, or more where the runtime says "repeated". */
  readonly repeated: number;
  /** The source line that the runtime printed under the frame, trimmed. */
  readonly quotedSource: string | null;
  /** What an obfuscated build printed, where a mapping file gave the names and lines above. */
  readonly printed?: Pick<StackFrame, 'function' | 'file' | 'line'>;
}

/** One error of a thread. `parent` is an index into the same thread's `errors`, null for the root. */
export interface TraceError {
  readonly type: string | null;
  readonly message: string | null;
  readonly relation: ErrorRelation;
  readonly parent: number | null;
  /** 1-based line of the input that names the error; null when the trace starts with its frames. */
  readonly textLine: number | null;
  /** Innermost first: frame 0 is the one that threw. */
  readonly frames: readonly StackFrame[];
}

/** One thread, goroutine or section of a trace. `errors` stand parents first; the first is the root. */
export interface TraceThread {
  readonly name: string | null;
  /** How many threads with the same frames and state this one stands for. */
  readonly count: number;
  readonly errors: readonly TraceError[];
}

/** One trace. `firstLine` and `lastLine` are 1-based lines of the input. */
export interface Trace {
  readonly language: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly threads: readonly TraceThread[];
}

/** Something of the input that could not be read as it was meant. Never an error to the caller. */
export interface TraceProblem {
  readonly code:
    | 'trace/line-too-long'
    | 'trace/frames-elided'
    | 'trace/left-out'
    | 'trace/no-trace'
    | 'trace/source-map';
  readonly textLine: number;
  readonly message: string;
}

/** What `parseTraces` answers. */
export interface ParsedTraces {
  readonly traces: readonly Trace[];
  readonly problems: readonly TraceProblem[];
  /** Versions and commits that the text names, whatever they are of; the strongest first. */
  readonly versions: readonly VersionMention[];
}
