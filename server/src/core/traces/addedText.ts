/**
 * What reading the whole repository added to an analysis that was printed before: flags that only the rest of it proves, states,
 * runbooks and incidents. What was said already is not said again; what turned out otherwise is said with what it is now.
 */
import { countText, printable } from '../flags/rollout/describe.ts';
import type { Paint } from '../flags/telling/text.ts';
import type { FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import type { AnalysedFrame, TraceAnalysis } from './analyse.ts';
import { likelyCulprit } from './culprit.ts';
import { frameLine, functionText } from './frameText.ts';
import type { FramePlace } from './locate.ts';
import { changeText } from './shownFrame.ts';
import { mappingsText, openText } from './text.ts';

/**
 * Blocks for a terminal, ending in a line break. `before` and `after` are analyses of the same traces; `file` is named where several
 * were read, else null.
 */
export function renderAdded(file: string | null, before: TraceAnalysis, after: TraceAnalysis, paint: Paint): string {
  const frames = framesText(before, after, paint);
  const runbooks = after.runbooks.slice(0, MOST_MATCHES).filter(isNewIn(before.runbooks, runbookName));
  const incidents = after.incidents.slice(0, MOST_MATCHES).filter(isNewIn(before.incidents, incidentName));
  const mappings = mappingsText(after, paint);
  const blocks = [
    frames,
    openText({ runbooks, incidents }, paint),
    mappings === mappingsText(before, paint) ? '' : mappings,
  ].filter(block => block !== '');
  const of = file === null ? '' : ` to tell of ${printable(file)}`;
  if (blocks.length === 0) return `${paint('faint', `After everything was read there is nothing to add${of}.`)}\n`;
  return `${paint('heading', `After everything was read there is more${of}`)}\n${blocks.join('\n')}`;
}

/** Who changed the lines last that are worth a look first, where `before` did not say it; ends in a line break unless it is empty. */
export function renderLastChanges(before: TraceAnalysis, after: TraceAnalysis, paint: Paint): string {
  const lines = new Set<string>();
  after.traces.forEach((trace, t) => {
    const culprit = likelyCulprit(trace);
    const frameIn = (traces: TraceAnalysis['traces']) =>
      culprit === null ? undefined : traces[t]?.threads[culprit.thread]?.errors[culprit.error]?.frames[culprit.frame];
    const [was, is] = [frameIn(before.traces), frameIn(after.traces)];
    if (is?.lastChange == null || was?.lastChange != null || is.place.kind !== 'resolved') return;
    const place = `${printable(is.place.path)}:${is.place.line}`;
    lines.add(`${paint('warning', '▸')} ${paint('key', place)}  ${paint('faint', printable(changeText(is)))}\n`);
  });
  return [...lines].slice(0, MOST_FRAMES).join('');
}

/** As many as the first part shows. */
const MOST_MATCHES = 5;
/** Frames with something new that are told; a log may repeat a trace in many forms. */
const MOST_FRAMES = 60;

function framesText(before: TraceAnalysis, after: TraceAnalysis, paint: Paint): string {
  const lines = new Set<string>();
  after.traces.forEach((trace, t) => {
    const culprit = likelyCulprit(trace);
    const was = before.traces[t];
    const culpritThen = was === undefined ? null : likelyCulprit(was);
    const isSameCulprit = JSON.stringify(culprit) === JSON.stringify(culpritThen);
    trace.threads.forEach((thread, h) => {
      thread.errors.forEach((error, e) => {
        error.frames.forEach((frame, f) => {
          const isCulprit = culprit?.thread === h && culprit.error === e && culprit.frame === f;
          const why = isCulprit && !isSameCulprit ? culprit.why : null;
          const then = was?.threads[h]?.errors[e]?.frames[f];
          const text = then === undefined || !frame.inApp ? null : changedFrame(then, frame, f, why, paint);
          if (text !== null) lines.add(text);
        });
      });
    });
  });
  const shown = [...lines].slice(0, MOST_FRAMES);
  const left = lines.size - shown.length;
  if (left > 0) shown.push(paint('faint', `… and ${countText(left, 'other frame')}; --format jsonl has all`));
  return shown.length === 0 ? '' : `${shown.join('\n')}\n`;
}

/** The frame with what is new of it alone; null when nothing is. */
function changedFrame(
  before: AnalysedFrame,
  after: AnalysedFrame,
  index: number,
  why: string | null,
  paint: Paint,
): string | null {
  const flags = after.flags.filter(flag => !before.flags.some(known => says(known) === says(flag)));
  const gone = before.flags.filter(({ key }) => !after.flags.some(flag => flag.key === key));
  const isElsewhere = placeOf(before.place) !== placeOf(after.place);
  if (flags.length + gone.length === 0 && !isElsewhere && why === null && before.inApp) return null;
  const line = frameLine({ ...after, flags }, index, functionText(after).length, why, paint);
  if (gone.length === 0) return line;
  const names = gone.map(({ key }) => printable(key)).join(', ');
  return `${line}\n        ${paint('warning', `not behind ${names} after all`)}`;
}

function says({ key, state, branch }: FlagOnTheWay): string {
  return `${key}\n${state}\n${branch}`;
}

function placeOf(place: FramePlace): string {
  switch (place.kind) {
    case 'resolved':
      return `${place.path}:${place.line} ${place.match}`;
    case 'ambiguous':
      return place.candidates.map(({ path }) => path).join('\n');
    case 'none':
      return place.reason;
  }
}

/** Whether a match is not among those shown before, or surer by a word that a reader would see. */
function isNewIn<Match extends { readonly score: number; readonly because: readonly string[] }>(
  shown: readonly Match[],
  nameOf: (match: Match) => string,
): (match: Match) => boolean {
  const saying = (match: Match) => `${nameOf(match)}\n${match.because.slice(0, 3).join('\n')}`;
  const known = new Set(shown.slice(0, MOST_MATCHES).map(saying));
  return match => !known.has(saying(match));
}

function runbookName({ runbook, heading }: TraceAnalysis['runbooks'][number]): string {
  return `${runbook.path}#${heading?.slug ?? ''}`;
}

function incidentName({ incident }: TraceAnalysis['incidents'][number]): string {
  return `${incident.path} ${incident.id}`;
}
