/**
 * The one interface that every runtime's parser implements, and the small builders they share.
 *
 * A grammar is asked at a line whether a trace of its runtime starts there. It looks ahead as far as the trace goes,
 * and looks back only for the header above its first frame (`headers.ts`). Nothing here knows any runtime.
 */
import type { ErrorRelation, StackFrame, Trace, TraceError, TraceProblem, TraceThread } from './model.ts';

/** A line of the input after `clean.ts`: its text without prefixes, and where it stood. */
export interface CleanLine {
  /** Without prefixes and colours, with its indentation. */
  readonly text: string;
  /** `text` without blanks around it. */
  readonly content: string;
  /** Number of blanks before `content`; a tab counts as one. */
  readonly indent: number;
  /** 1-based line of the input. */
  readonly textLine: number;
  /** The level that a logger wrote in front of it, such as `ERROR`; null where none did. */
  readonly level: string | null;
}

/** A trace that was read, and the index of the first line after it. */
export interface ReadTrace {
  readonly trace: Trace;
  readonly next: number;
  readonly problems?: readonly TraceProblem[];
}

/** Reads the traces of one runtime. */
export interface TraceGrammar {
  readonly runtime: string;
  /** A cheap test whether `read` is worth a call at this line. */
  readonly mayStart: (line: CleanLine) => boolean;
  /**
   * Reads the trace whose first frame or header stands at `lines[start]`, or answers null. Lines before `floor`
   * belong to an earlier trace and are not looked at.
   */
  readonly read: (lines: readonly CleanLine[], start: number, floor: number) => ReadTrace | null;
  /** Lines that must be in sight behind one that may start a trace, where that is more than other grammars need. */
  readonly reach?: number;
}

/** A frame from what a runtime printed; everything but the text line may be left out. */
export function stackFrame(textLine: number, printed: Partial<Omit<StackFrame, 'textLine'>>): StackFrame {
  return {
    kind: printed.kind ?? 'call',
    function: printed.function || null,
    module: printed.module || null,
    file: printed.file || null,
    line: printed.line ?? null,
    column: printed.column ?? null,
    textLine,
    repeated: printed.repeated ?? 1,
    quotedSource: printed.quotedSource || null,
  };
}

/** An error under construction: `parent` points at another one of the same thread. */
export interface ErrorDraft {
  type: string | null;
  message: string | null;
  relation: ErrorRelation;
  parent: ErrorDraft | null;
  textLine: number | null;
  frames: StackFrame[];
}

/** How many frames in a row may be unsure before a run of them is given up; keeps the search linear. */
const UNSURE_RUN = 40;

/**
 * Whether a run of frames that starts at `start` holds one that proves its runtime. Lines that are no frame end the
 * search, except for a few that runtimes print in between.
 */
export function hasSureFrame(
  lines: readonly CleanLine[],
  start: number,
  floor: number,
  readFrame: (line: CleanLine) => { readonly sure: boolean } | null,
): boolean {
  if (readFrame(lines[start]!)?.sure) return true;
  // The line above was asked before and found nothing; the same search one line further finds nothing either.
  if (start > floor && readFrame(lines[start - 1]!)) return false;
  let others = 0;
  for (let at = start + 1; at < lines.length && at < start + UNSURE_RUN && others < 3; at++) {
    const read = readFrame(lines[at]!);
    if (read?.sure) return true;
    if (!read) others++;
  }
  return false;
}

/** A fresh error; frames are pushed to it as they are read. */
export function errorDraft(printed: Partial<Omit<ErrorDraft, 'frames'>> = {}): ErrorDraft {
  return {
    type: printed.type ?? null,
    message: printed.message ?? null,
    relation: printed.relation ?? 'root',
    parent: printed.parent ?? null,
    textLine: printed.textLine ?? null,
    frames: [],
  };
}

/** The errors of a thread, root first and each child after its parent, whatever order the runtime printed. */
export function finishErrors(drafts: readonly ErrorDraft[]): readonly TraceError[] {
  const errors: TraceError[] = [];
  const children = new Map<ErrorDraft | null, ErrorDraft[]>();
  for (const draft of drafts) {
    const siblings = children.get(draft.parent);
    if (siblings) siblings.push(draft);
    else children.set(draft.parent, [draft]);
  }
  const pending: { draft: ErrorDraft; parent: number | null }[] = (children.get(null) ?? [])
    .map(draft => ({ draft, parent: null }))
    .reverse();
  while (pending.length > 0) {
    const { draft, parent } = pending.pop()!;
    const index = errors.length;
    errors.push({ ...draft, parent });
    for (const child of (children.get(draft) ?? []).reverse()) pending.push({ draft: child, parent: index });
  }
  return errors;
}

/** A thread with no name of its own. */
export function singleThread(drafts: readonly ErrorDraft[]): readonly TraceThread[] {
  return [{ name: null, count: 1, errors: finishErrors(drafts) }];
}

/** A whole number of at most nine digits, or null. */
export function toNumber(digits: string | undefined): number | null {
  return digits !== undefined && digits.length > 0 && digits.length <= 9 ? Number(digits) : null;
}
