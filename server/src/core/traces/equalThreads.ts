/**
 * Threads that stand at the same place, shown once and counted: a dump of two hundred idle workers is one row to read. For people
 * only; documents for programs keep every thread (those that a grammar merges itself, such as goroutines, come counted).
 */
import type { AnalysedThread, TraceAnalysis } from './analyse.ts';

/** Headings of dumps that only number their threads; what a report says of two threads is no repetition. */
const NUMBERED_THREAD = /^(?:\* )?thread (?:#|0x)?\d/i;

/** The same analysis with equal threads as one; a thread that crashed or was current stays apart. */
export function withEqualThreadsCounted(analysis: TraceAnalysis): TraceAnalysis {
  const traces = analysis.traces.map(trace => ({ ...trace, threads: counted(trace.threads) }));
  return { ...analysis, traces };
}

function counted(all: readonly AnalysedThread[]): readonly AnalysedThread[] {
  if (all.length < 2) return all;
  const threads = new Map<string, AnalysedThread>();
  all.forEach((thread, index) => {
    const isOne = thread.name !== null && NUMBERED_THREAD.test(thread.name) && !/crash|current/i.test(thread.name);
    const key = isOne ? placesOf(thread) : `${index}`;
    const same = threads.get(key);
    threads.set(key, same === undefined ? thread : { ...same, count: same.count + thread.count });
  });
  return [...threads.values()];
}

function placesOf({ errors }: AnalysedThread): string {
  return errors
    .map(({ type, message, frames }) => {
      const places = frames.map(({ function: name, file, line }) => `${name} ${file}:${line}`);
      return [type, message, ...places].join('\n');
    })
    .join('\n\n');
}
