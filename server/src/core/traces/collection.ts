/**
 * The traces found in a text, kept within bounds: a log of many megabytes repeats the same few traces thousands of times.
 * Parts of a dump that was read in pieces are put together again, and threads that are the same are counted. No parsing.
 */
import type { ReadTrace } from './grammar.ts';
import type { ParsedTraces, StackFrame, Trace, TraceProblem, TraceThread } from './model.ts';

/** Takes traces as they are found. */
export interface TraceCollection {
  /** `isCut`: the trace did not fit in sight; what follows directly may go on with it. */
  readonly add: (read: ReadTrace, isCut: boolean) => void;
  readonly finish: (problems: readonly TraceProblem[]) => Omit<ParsedTraces, 'versions'>;
}

/** Frames that are kept, over all traces; about 30 MB. More than this nobody reads, and nothing waits for. */
const MOST_FRAMES = 100_000;
const MOST_PROBLEMS = 100;

/** An empty collection. */
export function createTraceCollection(): TraceCollection {
  const traces: Trace[] = [];
  const problems: TraceProblem[] = [];
  const known = new Set<string>();
  let frames = 0;
  let repeated = 0;
  let leftOut = 0;
  let firstLeftOut = 0;
  let cut: Trace | null = null;

  return {
    add(read, isCut) {
      for (const problem of read.problems ?? []) if (problems.length < MOST_PROBLEMS) problems.push(problem);
      const goesOn = cut !== null && isContinuation(cut, read.trace);
      const trace = goesOn ? joinDumps(cut!, read.trace, MOST_FRAMES) : detached(read.trace);
      if (goesOn) {
        frames += countFrames(trace) - countFrames(cut!);
        traces[traces.indexOf(cut!)] = trace;
      } else {
        const count = countFrames(trace);
        const signature = traceSignature(trace);
        if (frames + count > MOST_FRAMES && traces.length > 0) {
          if (firstLeftOut === 0) firstLeftOut = trace.firstLine;
          if (known.has(signature)) repeated++;
          else leftOut++;
          cut = null;
          return;
        }
        frames += count;
        known.add(signature);
        traces.push(trace);
      }
      cut = isCut ? trace : null;
    },
    finish(before) {
      const all = [...before, ...problems];
      traces.sort((left, right) => left.firstLine - right.firstLine);
      if (repeated + leftOut > 0) {
        const others = leftOut === 0 ? '' : `, and ${leftOut} others`;
        const message = `From line ${firstLeftOut} on, ${repeated} traces like those above${others} are only counted; give a part of the log to see them.`;
        all.push({ code: 'trace/left-out', textLine: firstLeftOut, message });
      }
      if (traces.length === 0)
        all.push({
          code: 'trace/no-trace',
          textLine: 1,
          message: 'No stack trace found. Paste the trace with its frames, as the runtime or the log printed it.',
        });
      return { traces, problems: all };
    },
  };
}

/** What two traces have in common that say the same: their errors' types and their frames, but no messages and no lines of the text. */
export function traceSignature(trace: Pick<Trace, 'language' | 'threads'>): string {
  const threads = trace.threads.map(thread =>
    thread.errors
      .map(({ type, relation, parent, frames }) => `${relation}${parent}${type}\n${frames.map(placeOf).join('\n')}`)
      .join('\n'),
  );
  return `${trace.language}\n${threads.join('\n\n')}`;
}

function placeOf({ kind, function: name, file, line, column }: StackFrame): string {
  return `${kind} ${name} ${file}:${line}:${column}`;
}

function countFrames(trace: Trace): number {
  return trace.threads.reduce(
    (sum, thread) => sum + thread.errors.reduce((inner, error) => inner + error.frames.length, 0),
    0,
  );
}

/** A copy whose strings don't keep the text alive that they were cut from. */
function detached(trace: Trace): Trace {
  return JSON.parse(JSON.stringify(trace));
}

/** The next part of a dump starts with another of its threads. */
function isContinuation(cut: Trace, next: Trace): boolean {
  return (
    cut.language === next.language &&
    next.firstLine - cut.lastLine < 4 &&
    next.threads.every(({ name }) => name !== null)
  );
}

function joinDumps(cut: Trace, next: Trace, mostFrames: number): Trace {
  const byFrames = new Map(cut.threads.map(thread => [threadKey(thread), thread]));
  let frames = countFrames(cut);
  for (const thread of detached(next).threads) {
    const key = threadKey(thread);
    const same = byFrames.get(key);
    if (same) byFrames.set(key, { ...same, count: same.count + thread.count });
    else if (frames < mostFrames) {
      byFrames.set(key, thread);
      frames += thread.errors.reduce((sum, error) => sum + error.frames.length, 0);
    }
  }
  return { ...cut, lastLine: next.lastLine, threads: [...byFrames.values()] };
}

/** The state stands in brackets behind a thread's name; its name, how long it waited and what ended the program are no difference. */
function threadKey({ name, errors }: TraceThread): string {
  const state = /\[([^[\]]*)\]/.exec(name ?? '')?.[1]?.replace(/, \d+ minutes/, '') ?? '';
  return `${state}\n${errors.flatMap(({ frames }) => frames.map(placeOf)).join('\n')}`;
}
