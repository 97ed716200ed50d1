/**
 * The rows of the Trace view: threads, errors with their causes below them, frames with what is known of their place. Frames
 * of libraries are folded, one row a run. Rows are plain data; where a row's path is found is the fronts' business, and
 * what the words of one frame are, that of `traceFrameRow.ts`.
 */
import { countText, printable } from '../flags/rollout/describe.ts';
import type { Snapshot } from '../snapshot.ts';
import type { AnalysedError, AnalysedFrame, AnalysedThread, AnalysedTrace, TraceAnalysis } from '../traces/analyse.ts';
import { errorsByDepth } from '../traces/culprit.ts';
import { frameOf, type MainCulprit, mainCulprit, traceTitle } from '../traces/title.ts';
import { plain, strong } from './richText.ts';
import { frameRow, functionLabel, incidentRow, libraryRow, placeLabel, runbookRow } from './traceFrameRow.ts';
import { BARE_ROW, type TraceRow } from './traceRow.ts';

export interface TraceViewContent {
  /** The error's name and place. */
  readonly title: string;
  /** Where to look first and why, in a sentence; null when no frame is one's own. */
  readonly advice: string | null;
  readonly rows: readonly TraceRow[];
  /** Ids of the rows that stepping goes through, from where things went wrong towards the callers: an error's causes before it. */
  readonly steps: readonly string[];
}

/** The whole view. Threads with code of one's own stand first. */
export function traceView(snapshot: Snapshot, analysis: TraceAnalysis): TraceViewContent {
  const culprit = mainCulprit(analysis);
  const traces = analysis.traces.map((trace, index) => traceRow(snapshot, trace, index, culprit));
  const only = traces.length === 1 ? traces[0]!.children : traces;
  return {
    title: traceTitle(analysis),
    advice: culprit === null ? null : adviceOf(frameOf(analysis, culprit), culprit),
    rows: [...only, ...foundRows(snapshot, analysis)],
    steps: stepsIn(traces, analysis),
  };
}

function stepsIn(rows: readonly TraceRow[], { traces }: TraceAnalysis): readonly string[] {
  const shown = new Set<string>();
  const pending = [...rows];
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    if (row.step) shown.add(row.id);
    pending.push(...row.children);
  }
  return traces.flatMap(({ threads }, trace) =>
    threads.flatMap(({ errors }, thread) =>
      errorsByDepth(errors).flatMap(error =>
        errors[error]!.frames.flatMap((_, frame) => {
          const id = `trace:${trace}/${thread}/${error}/${frame}`;
          return shown.has(id) ? [id] : [];
        }),
      ),
    ),
  );
}

function adviceOf(frame: AnalysedFrame, { why }: MainCulprit): string {
  return printable(`Look first at ${functionLabel(frame)}, ${placeLabel(frame)}: ${why}.`);
}

function traceRow(snapshot: Snapshot, trace: AnalysedTrace, index: number, culprit: MainCulprit | null): TraceRow {
  const id = `trace:${index}`;
  const own = culprit?.trace === index ? culprit : null;
  const threads = trace.threads.slice(0, MOST_THREADS).map((thread, at) => ({
    thread,
    errors: errorRows(snapshot, thread, `${id}/${at}`, own?.thread === at ? own : null),
  }));
  const isOnly = trace.threads.length === 1 && trace.threads[0]!.count === 1;
  const children = isOnly
    ? threads.flatMap(({ errors }) => errors)
    : // The order of the runtime decides among those that are alike.
      [...threads.entries()]
        .sort(([, a], [, b]) => Number(hasOwn(b.thread)) - Number(hasOwn(a.thread)))
        .map(([at, { thread, errors }]) => threadRow(thread, `${id}/${at}`, errors));
  const left = trace.threads.length - threads.length;
  const title = traceTitle({ traces: [trace] });
  return {
    ...BARE_ROW,
    id,
    kind: 'trace',
    label: title,
    description: `${trace.language}, line ${trace.firstLine}`,
    icon: 'debug-alt',
    spoken: `Trace: ${title}, ${trace.language}`,
    expanded: own !== null || (culprit === null && index === 0),
    children: left > 0 ? [...children, moreRow(id, countText(left, 'more thread'))] : children,
  };
}

/** Rows are made and sent at once: a dump of a hundred thousand goroutines must not drown the editor. */
const MOST_THREADS = 200;
const MOST_FRAMES = 500;

function moreRow(id: string, label: string): TraceRow {
  return { ...BARE_ROW, id: `${id}:more`, kind: 'group', label, icon: 'ellipsis', spoken: label };
}

function hasOwn({ errors }: AnalysedThread): boolean {
  return errors.some(({ frames }) => frames.some(frame => frame.inApp));
}

function threadRow(thread: AnalysedThread, id: string, children: readonly TraceRow[]): TraceRow {
  const name = printable(thread.name ?? 'Thread');
  const times = thread.count === 1 ? null : `×${thread.count}`;
  return {
    ...BARE_ROW,
    id: `${id}:thread`,
    kind: 'thread',
    label: name,
    description: times,
    icon: 'layers',
    spoken: thread.count === 1 ? `Thread ${name}` : `${thread.count} threads like ${name}`,
    expanded: hasOwn(thread),
    children,
  };
}

const RELATIONS = {
  root: '',
  cause: 'Caused by ',
  context: 'While handling ',
  suppressed: 'Suppressed ',
  group: 'One of ',
};

/** The errors of a thread as a tree: causes, suppressed ones and members of groups below the one they hang on. */
function errorRows(
  snapshot: Snapshot,
  { errors }: AnalysedThread,
  id: string,
  culprit: MainCulprit | null,
): readonly TraceRow[] {
  const children = new Map<number | null, TraceRow[]>();
  // From the back, so that whatever hangs on an error is there when the error is made; no recursion, however deep they nest.
  for (let at = errors.length - 1; at >= 0; at--) {
    const error = errors[at]!;
    const below = children.get(at) ?? [];
    const frames = frameRows(snapshot, error, `${id}/${at}`, culprit?.error === at ? culprit.frame : null);
    const row = errorRow(error, `${id}/${at}`, [...frames, ...below]);
    children.set(error.parent, [row, ...(children.get(error.parent) ?? [])]);
  }
  return children.get(null) ?? [];
}

function errorRow(error: AnalysedError, id: string, children: readonly TraceRow[]): TraceRow {
  const name = printable(error.type ?? 'Error without a name');
  const message = printable((error.message ?? '').replace(/\s+/g, ' ').trim());
  const label = `${RELATIONS[error.relation]}${name}`;
  return {
    ...BARE_ROW,
    id: `${id}:error`,
    kind: 'error',
    label,
    description: message === '' ? null : shorten(message),
    tooltip: [[strong(name)], ...(message === '' ? [] : [[plain(shorten(message, 600))]])],
    icon: error.relation === 'root' ? 'error' : 'arrow-small-right',
    spoken: message === '' ? label : `${label}: ${shorten(message)}`,
    expanded: children.some(child => child.expanded || child.kind === 'frame'),
    children,
  };
}

/** Frames in their order, a run of library frames as one row. */
function frameRows(
  snapshot: Snapshot,
  { frames }: AnalysedError,
  id: string,
  culprit: number | null,
): readonly TraceRow[] {
  const rows: TraceRow[] = [];
  let folded: TraceRow[] = [];
  const fold = (): void => {
    if (folded.length > 0) rows.push(libraryRow(`${folded[0]!.id}:folded`, folded));
    folded = [];
  };
  for (const [index, frame] of frames.slice(0, MOST_FRAMES).entries()) {
    const row = frameRow(snapshot, frame, `${id}/${index}`, index === culprit ? 'culprit' : 'frame');
    if (!frame.inApp) folded.push(row);
    else {
      fold();
      rows.push(row);
    }
  }
  fold();
  const left = frames.length - MOST_FRAMES;
  return left > 0 ? [...rows, moreRow(id, countText(left, 'more frame'))] : rows;
}

/** What fits the traces as a whole, best first. */
function foundRows(snapshot: Snapshot, analysis: TraceAnalysis): readonly TraceRow[] {
  const runbooks = analysis.runbooks.slice(0, 5).map(match => runbookRow(snapshot, match, 'found'));
  const incidents = analysis.incidents.slice(0, 5).map(match => incidentRow(snapshot, match, 'found'));
  return [group('Runbooks', 'book', 'runbook', runbooks), group('Incidents', 'flame', 'incident', incidents)].flat();
}

function group(label: string, icon: string, noun: string, children: readonly TraceRow[]): readonly TraceRow[] {
  if (children.length === 0) return [];
  const spoken = `${countText(children.length, noun)} that ${children.length === 1 ? 'fits' : 'fit'} the trace`;
  const description = String(children.length);
  return [
    { ...BARE_ROW, id: `found:${label}`, kind: 'group', label, description, icon, spoken, expanded: true, children },
  ];
}

function shorten(text: string, length = 120): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
