/**
 * Analysed traces for a terminal: the frames of this repository with the flags on the way, libraries folded, and at the end,
 * where eyes rest, what to open now. Colour is the front's business: it hands in `paint`.
 */
import { countText, printable } from '../flags/rollout/describe.ts';
import type { Paint } from '../flags/telling/text.ts';
import type { AnalysedError, AnalysedTrace, TraceAnalysis } from './analyse.ts';
import { traceSignature } from './collection.ts';
import { type Culprit, likelyCulprit } from './culprit.ts';
import { deployedText } from './deployed.ts';
import { frameLine, functionText, shorten } from './frameText.ts';
import { suggestedMappings } from './suggestedMappings.ts';

const RELATIONS = {
  root: '',
  cause: 'Caused by: ',
  context: 'While handling: ',
  suppressed: 'Suppressed: ',
  group: 'One of: ',
};

/** Threads of a trace that are shown before the rest is only counted. */
const MOST_THREADS = 12;
/** A log repeats itself; more different traces than this are named in one line. */
const MOST_TRACES = 12;

/** Ends in a line break. `file` is what the traces were read from. */
export function renderTraces(file: string, analysis: TraceAnalysis, paint: Paint): string {
  if (analysis.traces.length === 0) {
    return `${paint('heading', printable(file))}\n  ${analysis.problems[0]?.message ?? 'No stack trace found.'}\n`;
  }
  const groups = groupTraces(analysis.traces);
  const blocks = groups.slice(0, MOST_TRACES).map(group => traceText(file, group, paint));
  const left = groups.length - blocks.length;
  if (left > 0) blocks.push(`${paint('faint', `… and ${countText(left, 'other trace')}; --format jsonl has all`)}\n`);
  const open = openText(analysis, paint);
  const from = `${paint('faint', printable(deployedText(analysis.deployed)))}\n`;
  const after = [problemsText(analysis, paint), open, mappingsText(analysis, paint), from];
  return [...blocks, ...after.filter(block => block !== '')].join('\n');
}

interface TraceGroup {
  /** The first of those that say the same. */
  readonly trace: AnalysedTrace;
  readonly count: number;
  /** Where the last of them starts. */
  readonly lastLine: number;
}

/** Traces that differ in their messages only are one. */
function groupTraces(traces: readonly AnalysedTrace[]): readonly TraceGroup[] {
  const groups = new Map<string, TraceGroup>();
  for (const trace of traces) {
    const signature = traceSignature(trace);
    const same = groups.get(signature);
    const next = { trace: same?.trace ?? trace, count: (same?.count ?? 0) + 1, lastLine: trace.firstLine };
    groups.set(signature, next);
  }
  return [...groups.values()];
}

function traceText(file: string, { trace, count, lastLine }: TraceGroup, paint: Paint): string {
  const culprit = likelyCulprit(trace);
  // The thread to look at first, whatever the dump starts with.
  const order = [...trace.threads.keys()].sort((a, b) => rankOf(a, culprit) - rankOf(b, culprit));
  const shown = order.slice(0, MOST_THREADS);
  const lines = shown.flatMap(thread => threadLines(trace, thread, culprit, paint));
  const left = trace.threads.length - shown.length;
  if (left > 0) lines.push(paint('faint', `  and ${countText(left, 'more thread')}`));
  const times = count === 1 ? '' : `, ${count} times, last on line ${lastLine}`;
  const place = `${printable(file)}:${trace.firstLine} (${trace.language}${times})`;
  const nothing =
    culprit === null ? [paint('faint', '  No frame of this repository: the library called is all that is known.')] : [];
  return `${[paint('faint', place), ...lines, ...nothing].join('\n')}\n`;
}

function rankOf(thread: number, culprit: Culprit | null): number {
  return thread === culprit?.thread ? -1 : thread;
}

function threadLines(trace: AnalysedTrace, index: number, culprit: Culprit | null, paint: Paint): readonly string[] {
  const thread = trace.threads[index]!;
  const times = thread.count === 1 ? '' : ` ×${thread.count}`;
  const named = trace.threads.length > 1 || thread.count > 1;
  const title = named ? [paint('faint', `${printable(thread.name ?? 'thread')}${times}`)] : [];
  return [
    ...title,
    ...thread.errors.flatMap((error, at) =>
      isSaidAbove(thread.errors, at)
        ? []
        : errorLines(error, culprit?.thread === index && culprit.error === at ? culprit : null, paint),
    ),
  ];
}

/** Go prints a panic that was recovered and raised again twice; without frames of its own it says nothing new. */
function isSaidAbove(errors: readonly AnalysedError[], at: number): boolean {
  const { type, message, frames } = errors[at]!;
  return frames.length === 0 && errors.slice(0, at).some(error => error.type === type && error.message === message);
}

function errorLines(error: AnalysedError, culprit: Culprit | null, paint: Paint): readonly string[] {
  const name = [error.type, error.message].filter(part => part !== null && part !== '').join(': ');
  const title = `${RELATIONS[error.relation]}${shorten(name === '' ? 'no error named' : name, 240)}`;
  const resolved = error.frames.filter(frame => frame.inApp);
  const width = Math.min(32, Math.max(0, ...resolved.map(frame => functionText(frame).length)));
  const lines = [paint(error.relation === 'root' ? 'warning' : 'heading', title)];
  let folded = 0;
  const fold = (): void => {
    if (folded > 0) lines.push(paint('faint', `      … ${countText(folded, 'frame')} of libraries or the runtime`));
    folded = 0;
  };
  error.frames.forEach((frame, index) => {
    if (!frame.inApp) {
      folded++;
      return;
    }
    fold();
    lines.push(frameLine(frame, index, width, index === culprit?.frame ? culprit.why : null, paint));
  });
  fold();
  return lines;
}

function problemsText(analysis: TraceAnalysis, paint: Paint): string {
  const shown = analysis.problems.slice(0, 3).map(({ message }) => paint('faint', printable(message)));
  return shown.length === 0 ? '' : `${shown.join('\n')}\n`;
}

/** What had to be guessed, ready to be made certain. */
export function mappingsText(analysis: TraceAnalysis, paint: Paint): string {
  const mappings = suggestedMappings(analysis);
  if (mappings.length === 0) return '';
  const written = mappings.map(({ from, to }) => `{ "from": ${JSON.stringify(from)}, "to": ${JSON.stringify(to)} }`);
  return [
    paint('heading', 'Paths were guessed'),
    '  If the files above are right, this in flagbook.json makes them certain:',
    `  ${printable(`"traces": { "mappings": [${written.join(', ')}] }`)}`,
    '',
  ].join('\n');
}

/** The runbooks and incidents that fit best. */
export function openText(analysis: Pick<TraceAnalysis, 'runbooks' | 'incidents'>, paint: Paint): string {
  const lines: string[] = [];
  const because = (reasons: readonly string[]) => paint('faint', printable(reasons.slice(0, 3).join('; ')));
  if (analysis.runbooks.length > 0) {
    lines.push(paint('heading', 'Runbooks'));
    for (const { runbook, heading, score, because: reasons } of analysis.runbooks.slice(0, 5)) {
      const title = heading === null ? runbook.title : `${runbook.title} › ${heading.text}`;
      const address = heading === null ? runbook.path : `${runbook.path}#${heading.slug}`;
      lines.push(
        `  ${percent(score)}  ${printable(title)}`,
        `        ${paint('key', printable(address))}  ${because(reasons)}`,
      );
    }
  }
  if (analysis.incidents.length > 0) {
    lines.push(paint('heading', 'Incidents'));
    for (const { incident, score, because: reasons } of analysis.incidents.slice(0, 5)) {
      const when = incident.started === null ? '' : ` (${incident.started.slice(0, 10)})`;
      lines.push(`  ${percent(score)}  ${printable(`${incident.id} ${incident.title}`)}${when}`);
      lines.push(`        ${paint('key', printable(incident.path))}  ${because(reasons)}`);
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function percent(score: number): string {
  return `${Math.round(score * 100)}%`.padStart(4);
}
