/**
 * What a pasted text of traces is called: the error's name and the place to look at first, short enough for an editor's tab.
 * Which frame that is, `culprit.ts` decides; nothing is printed here.
 */
import { countText, printable } from '../flags/rollout/describe.ts';
import type { AnalysedFrame, AnalysedTrace, TraceAnalysis } from './analyse.ts';
import { type Culprit, likelyCulprit } from './culprit.ts';

/** The frame to look at first in all traces of a text: that of the first trace whose culprit is found in the repository. */
export interface MainCulprit extends Culprit {
  /** Index among the analysis' traces. */
  readonly trace: number;
}

/** The main culprit, or null when no trace has a frame of one's own. */
export function mainCulprit(analysis: Pick<TraceAnalysis, 'traces'>): MainCulprit | null {
  let fallback: MainCulprit | null = null;
  for (const [trace, candidate] of analysis.traces.entries()) {
    const culprit = likelyCulprit(candidate);
    if (culprit === null) continue;
    const found = { ...culprit, trace };
    if (frameOf(analysis, found).place.kind === 'resolved') return found;
    fallback ??= found;
  }
  return fallback;
}

/** The frame that a culprit names. */
export function frameOf(
  analysis: Pick<TraceAnalysis, 'traces'>,
  { trace, thread, error, frame }: MainCulprit,
): AnalysedFrame {
  return analysis.traces[trace]!.threads[thread]!.errors[error]!.frames[frame]!;
}

/** `PaymentTimeoutError in pspClient.ts:33`, `KeyError in vat.py:26 and 2 more traces`, `Stack trace` where nothing is known. */
export function traceTitle(analysis: Pick<TraceAnalysis, 'traces'>): string {
  const culprit = mainCulprit(analysis);
  const first = analysis.traces[culprit?.trace ?? 0];
  if (first === undefined) return 'Stack trace';
  const name = errorName(first, culprit);
  const place = culprit === null ? null : placeName(frameOf(analysis, culprit));
  const rest = analysis.traces.length - 1;
  const more = rest === 0 ? '' : ` and ${countText(rest, 'more trace')}`;
  return printable(`${name}${place === null ? '' : ` in ${place}`}${more}`);
}

/** Without its package: the last part of `java.net.ConnectException`, `Shop::PayError`, `\App\PayError`. */
export function shortErrorName(type: string): string {
  return type.split(/[.:/\\$]+/).findLast(part => part !== '') ?? type;
}

const LONGEST = 60;

/** The error that ended the thread: it is what people saw; the culprit may stand in its cause. */
function errorName(trace: AnalysedTrace, culprit: Culprit | null): string {
  const errors = trace.threads[culprit?.thread ?? 0]?.errors ?? [];
  const named = errors.find(error => error.type !== null || (error.message ?? '') !== '');
  if (named === undefined) return 'Stack trace';
  const words = named.type === null ? named.message! : shortErrorName(named.type);
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

function placeName({ place, file, line, function: name }: AnalysedFrame): string | null {
  const path = place.kind === 'resolved' ? place.path : file;
  const at = place.kind === 'resolved' ? place.line : line;
  if (path === null) return name;
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return at === null ? base : `${base}:${at}`;
}
