/**
 * Analysed traces for a terminal: the frames of this repository with the flags on the way, libraries folded, and at the end,
 * where eyes rest, what to open now. Colour is the front's business: it hands in `paint`.
 */
import { countText, printable } from '../flags/describe.ts';
import type { Paint } from '../flags/text.ts';
import type { AnalysedError, AnalysedFrame, AnalysedThread, AnalysedTrace, TraceAnalysis } from './analyse.ts';
import { deployedText } from './deployed.ts';
import { shortFunctionName } from './functionName.ts';
import type { LineMatch } from './placement.ts';
import { functionNameOf, lineThen } from './shownFrame.ts';

const RELATIONS = {
  root: '',
  cause: 'Caused by: ',
  context: 'While handling: ',
  suppressed: 'Suppressed: ',
  group: 'One of: ',
};

/** Threads of a trace that are shown before the rest is only counted. */
const MOST_THREADS = 12;

/** Ends in a line break. `file` is what the traces were read from. */
export function renderTraces(file: string, analysis: TraceAnalysis, paint: Paint): string {
  if (analysis.traces.length === 0) {
    return `${paint('heading', printable(file))}\n  ${analysis.problems[0]?.message ?? 'No stack trace found.'}\n`;
  }
  const blocks = analysis.traces.map(trace => traceText(file, trace, paint));
  const open = openText(analysis, paint);
  const from = `${paint('faint', printable(deployedText(analysis.deployed)))}\n`;
  return `${[...blocks, ...(open === '' ? [] : [open]), from].join('\n')}`;
}

function traceText(file: string, trace: AnalysedTrace, paint: Paint): string {
  const shown = trace.threads.slice(0, MOST_THREADS);
  const lines = shown.flatMap(thread => threadLines(thread, trace.threads.length, paint));
  const left = trace.threads.length - shown.length;
  if (left > 0) lines.push(paint('faint', `  and ${countText(left, 'more thread')}`));
  const place = `${printable(file)}:${trace.firstLine}`;
  return `${paint('faint', `${place} (${trace.language})`)}\n${lines.join('\n')}\n`;
}

function threadLines(thread: AnalysedThread, threads: number, paint: Paint): readonly string[] {
  const times = thread.count === 1 ? '' : ` ×${thread.count}`;
  const named = threads > 1 || thread.count > 1;
  const title = named ? [paint('faint', `${printable(thread.name ?? 'thread')}${times}`)] : [];
  return [...title, ...thread.errors.flatMap(error => errorLines(error, paint))];
}

function errorLines(error: AnalysedError, paint: Paint): readonly string[] {
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
    lines.push(frameLine(frame, index, width, paint));
  });
  fold();
  return lines;
}

function frameLine(frame: AnalysedFrame, index: number, width: number, paint: Paint): string {
  const name = functionText(frame);
  const number = String(index).padStart(4);
  const flags = frame.flags.map(({ key, state }) => `${printable(key)} ${paint('stale', state)}`).join(', ');
  const head = `${paint('faint', number)}  ${name.padEnd(width)}  ${placeText(frame, paint)}`;
  return flags === '' ? head : `${head}\n${' '.repeat(8)}${paint('faint', 'flags:')} ${flags}`;
}

function functionText(frame: AnalysedFrame): string {
  const times = frame.repeated > 1 ? ` ×${frame.repeated}` : '';
  return `${shorten(shortFunctionName(functionNameOf(frame) ?? '(no name)'), 60)}${times}`;
}

/** Where it stands now, or as printed where nobody knows. */
function placeText(frame: AnalysedFrame, paint: Paint): string {
  const { place } = frame;
  const printed = `${printable(frame.file ?? 'no file')}${frame.line === null ? '' : `:${frame.line}`}`;
  switch (place.kind) {
    case 'resolved': {
      const now = `${printable(place.path)}${place.line === null ? '' : `:${place.line}`}`;
      const notes = [driftNote(place.match, place.line, lineThen(frame)), place.confidence < 0.3 ? 'unsure' : ''];
      const note = notes.filter(part => part !== '').join(', ');
      return `${paint('key', now)}${note === '' ? '' : paint('faint', ` (${note})`)}`;
    }
    case 'ambiguous': {
      const paths = place.candidates.slice(0, 3).map(({ path }) => printable(path));
      return `${printed} ${paint('faint', `(perhaps ${paths.join(' or ')})`)}`;
    }
    case 'none':
      return paint('faint', printed);
  }
}

/** What became of the printed line, when it is not simply this one. */
function driftNote(match: LineMatch, line: number | null, printed: number | null): string {
  const was = printed === null ? '' : `printed as line ${printed}`;
  switch (match) {
    case 'exact':
      return '';
    case 'shifted':
    case 'moved':
      return was;
    case 'edited':
      return [line === null ? 'line not known' : 'about here', was].filter(part => part !== '').join('; ');
    case 'gone':
      return ['removed since', was].filter(part => part !== '').join('; ');
  }
}

function openText(analysis: TraceAnalysis, paint: Paint): string {
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

function shorten(text: string, length: number): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
