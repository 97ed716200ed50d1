/**
 * Whether the output of a command holds a trace worth offering: one with a frame of one's own that is found in the repository.
 * Traces of other programs, and prose about errors, are none of our business. Watching terminals is that of fronts.
 */
import type { AnalysedTrace, TraceAnalysis } from './analyse.ts';
import { traceTitle } from './title.ts';

export interface RecognisedTrace {
  /** The error's name and place. */
  readonly title: string;
  /** The lines of the text that the trace takes. */
  readonly text: string;
  /** The same for the same errors at the same places, whatever their messages and arguments. */
  readonly fingerprint: string;
}

/** The last trace of `text` with a frame of the repository; null when there is none. `analysis` is that of `text`. */
export function recogniseTrace(text: string, analysis: TraceAnalysis): RecognisedTrace | null {
  const trace = analysis.traces.findLast(hasOwnFrame);
  if (trace === undefined) return null;
  const lines = text.split('\n').slice(trace.firstLine - 1, trace.lastLine);
  return {
    title: traceTitle({ ...analysis, traces: [trace] }),
    text: lines.join('\n'),
    fingerprint: fingerprintOf(trace),
  };
}

function hasOwnFrame({ threads }: AnalysedTrace): boolean {
  return threads.some(({ errors }) =>
    errors.some(({ frames }) => frames.some(({ inApp, place }) => inApp && place.kind === 'resolved')),
  );
}

/** Errors and frames, most telling first; enough of them to tell traces apart. */
function fingerprintOf({ language, threads }: AnalysedTrace): string {
  const parts = threads.flatMap(({ errors }) =>
    errors.flatMap(({ type, frames }) => [
      type ?? '',
      ...frames.filter(frame => frame.inApp).map(({ file, line }) => `${file}:${line}`),
    ]),
  );
  return [language, ...parts.slice(0, 60)].join('\n');
}
