/**
 * A trace document as text for a tired person: first where to look and why, then each error with their own frames and the
 * libraries folded, then the runbooks and incidents worth opening, best first. No decisions are made here.
 */
import type { ErrorEntry, FrameEntry, ThreadEntry, TraceDocument, TraceEntry } from './document.ts';

/** How a piece of text is dressed; fronts decide what that means on a terminal. */
export type TextStyle = 'title' | 'error' | 'culprit' | 'path' | 'flag' | 'faint';
export type Paint = (style: TextStyle, text: string) => string;

const plain: Paint = (_style, text) => text;
/** Threads beyond this many, and threads without a frame of one's own, are only counted. */
const MOST_THREADS = 5;
const MOST_RANKED = 5;

/** Renders a document. Ends with a line break. `paint` adds colours; without it the text is plain. */
export function renderTraceText(document: TraceDocument, paint: Paint = plain): string {
  const lines: string[] = [];
  for (const [index, trace] of document.traces.entries()) {
    if (index > 0) lines.push('');
    renderTrace(document, trace, paint, lines);
  }
  if (document.traces.length === 0)
    lines.push(
      ...document.problems.filter(problem => problem.code === 'trace/no-trace').map(problem => problem.message),
    );
  renderRunbooks(document, paint, lines);
  renderIncidents(document, paint, lines);
  renderHints(document, paint, lines);
  return `${lines.join('\n')}\n`;
}

function renderTrace(document: TraceDocument, trace: TraceEntry, paint: Paint, lines: string[]): void {
  const where = document.file === '-' ? `line ${trace.firstLine}` : `${document.file}:${trace.firstLine}`;
  lines.push(paint('faint', `${trace.language} · ${where}`));
  const main = trace.threads[trace.culprit?.thread ?? 0];
  if (main) renderThread(main, trace, trace.culprit?.thread ?? 0, paint, lines);
  const others = trace.threads.map((thread, index) => ({ thread, index })).filter(({ thread }) => thread !== main);
  const shown = others.filter(({ thread }) => hasOwnFrames(thread)).slice(0, MOST_THREADS - 1);
  for (const { thread, index } of shown) renderThread(thread, trace, index, paint, lines);
  const hidden = others.filter(other => !shown.includes(other));
  if (hidden.length > 0) {
    const threads = hidden.reduce((sum, { thread }) => sum + thread.count, 0);
    const own = hidden.filter(({ thread }) => hasOwnFrames(thread)).length;
    lines.push('', paint('faint', `… ${counted(threads, 'more thread')}${own === 0 ? ' without your code' : ''}`));
  }
}

function renderThread(thread: ThreadEntry, trace: TraceEntry, index: number, paint: Paint, lines: string[]): void {
  if (thread.name !== null)
    lines.push('', paint('title', `${thread.name}${thread.count > 1 ? `  ×${thread.count}` : ''}`));
  for (const [at, error] of thread.errors.entries()) {
    if (error.relation !== 'root' || error.type !== null || error.message !== null)
      lines.push('', `${relationWords(error, thread)}${paint('error', errorWords(error))}`);
    const culprit = trace.culprit?.thread === index && trace.culprit.error === at ? trace.culprit : null;
    renderFrames(error, culprit, paint, lines);
  }
}

function relationWords(error: ErrorEntry, thread: ThreadEntry): string {
  const parent = error.parent === null ? null : thread.errors[error.parent];
  const name = parent?.type ?? 'the error above';
  switch (error.relation) {
    case 'root':
      return '';
    case 'cause':
      return 'caused by ';
    case 'context':
      return 'while handling ';
    case 'suppressed':
      return `suppressed by ${name}: `;
    case 'group':
      return `in ${name}: `;
  }
}

function errorWords(error: ErrorEntry): string {
  const [first = '', ...more] = (error.message ?? '').split('\n');
  const message = more.length > 0 ? `${first} …` : first;
  if (error.type === null) return message || 'an error without a name';
  return message === '' ? error.type : `${error.type}: ${message}`;
}

function renderFrames(
  error: ErrorEntry,
  culprit: { readonly frame: number; readonly why: string } | null,
  paint: Paint,
  lines: string[],
): void {
  const width = Math.min(
    60,
    Math.max(0, ...error.frames.filter(frame => frame.inApp).map(frame => placeWords(frame).length)),
  );
  let folded: FrameEntry[] = [];
  const fold = () => {
    if (folded.length > 0)
      lines.push(paint('faint', `    … ${counted(folded.length, 'library frame')}${namesOf(folded)}`));
    folded = [];
  };
  for (const [index, frame] of error.frames.entries()) {
    if (!frame.inApp) {
      folded.push(frame);
      continue;
    }
    fold();
    renderOwnFrame(frame, width, culprit?.frame === index ? culprit.why : null, paint, lines);
  }
  fold();
}

function renderOwnFrame(
  frame: FrameEntry,
  width: number,
  culpritWhy: string | null,
  paint: Paint,
  lines: string[],
): void {
  const place = placeWords(frame).padEnd(width);
  const mark = culpritWhy === null ? '    ' : `  ${paint('culprit', '▶')} `;
  const name = frame.function ?? '(no name)';
  const notes = [...frameNotes(frame), ...(culpritWhy === null ? [] : [`likely culprit: ${culpritWhy}`])];
  const tail =
    notes.length === 0 ? '' : `  ${paint(culpritWhy === null ? 'faint' : 'culprit', `← ${notes.join('; ')}`)}`;
  lines.push(`${mark}${paint('path', place)}  ${name}${tail}`.trimEnd());
  const beside = [
    ...frame.flags.map(flag => paint('flag', `flag ${flag.key} ${flag.state}`)),
    ...frame.runbooks.map(runbook => `runbook ${runbook}`),
    ...frame.incidents.map(incident => `incident ${incident}`),
  ];
  if (beside.length > 0) lines.push(`        ${beside.join(' · ')}`);
  for (const candidate of frame.candidates ?? [])
    lines.push(
      paint('faint', `        perhaps ${candidate.path}:${candidate.line ?? '?'} (${candidate.because.join(', ')})`),
    );
}

function placeWords(frame: FrameEntry): string {
  if (frame.resolved) return `${frame.resolved.path}${frame.resolved.line === null ? '' : `:${frame.resolved.line}`}`;
  if (frame.file === null) return '(no file)';
  return `${frame.file}${frame.line === null ? '' : `:${frame.line}`}`;
}

function frameNotes(frame: FrameEntry): readonly string[] {
  const notes: string[] = [];
  if (frame.kind === 'created-by') notes.push('started the goroutine');
  if (frame.kind === 'throw-site') notes.push('thrown here');
  if (frame.repeated !== undefined) notes.push(`${frame.repeated} times in a row`);
  if (frame.candidates) notes.push(`${counted(frame.candidates.length, 'file')} could be meant`);
  else if (frame.resolved === null && frame.file !== null) notes.push('not in this repository');
  const { resolved } = frame;
  if (resolved && resolved.match !== 'exact') {
    const because = resolved.because[resolved.because.length - 1];
    notes.push(
      `${resolved.match}${frame.line === null ? '' : `, was line ${frame.line}`}${because ? `: ${because}` : ''}`,
    );
  }
  return notes;
}

/** `(express, node:internal)`: what the folded frames come from, at most three names. */
function namesOf(frames: readonly FrameEntry[]): string {
  const names = new Set<string>();
  for (const frame of frames) {
    const name = libraryOf(frame);
    if (name) names.add(name);
  }
  if (names.size === 0) return '';
  const shown = [...names].slice(0, 3).join(', ');
  return ` (${shown}${names.size > 3 ? ', …' : ''})`;
}

function libraryOf(frame: FrameEntry): string | null {
  const file = (frame.file ?? '').replaceAll('\\', '/');
  const installed =
    /(?:node_modules|site-packages|dist-packages|gems|vendor)\/(@[^/]{1,80}\/[^/]{1,80}|[^/]{1,80})/.exec(file);
  if (installed) return installed[1]!.replace(/\.py$/, '');
  const builtIn = /^node:[\w/]{1,60}|^dart:\w{1,40}/.exec(file);
  if (builtIn) return builtIn[0].split('/')[0]!;
  const module = frame.module;
  if (module?.includes('/')) return module;
  if (module) return module.split('.').slice(0, 2).join('.');
  return /([^/]{1,60})\/[^/]{1,80}$/.exec(file)?.[1] ?? null;
}

function renderRunbooks(document: TraceDocument, paint: Paint, lines: string[]): void {
  if (document.runbooks.length === 0) return;
  lines.push('', paint('title', 'Runbooks'));
  for (const runbook of document.runbooks.slice(0, MOST_RANKED)) {
    const target = runbook.heading === null ? runbook.path : `${runbook.path}#${runbook.heading}`;
    lines.push(`  ${share(runbook.score)}  ${paint('path', target)}  ${runbook.title}`.trimEnd());
    lines.push(paint('faint', `        ${runbook.because.join(' · ')}`));
  }
  andMore(document.runbooks.length, paint, lines);
}

function renderIncidents(document: TraceDocument, paint: Paint, lines: string[]): void {
  if (document.incidents.length === 0) return;
  lines.push('', paint('title', 'Past incidents'));
  for (const incident of document.incidents.slice(0, MOST_RANKED)) {
    lines.push(`  ${share(incident.score)}  ${paint('path', incident.id)}  ${incident.title}`.trimEnd());
    lines.push(paint('faint', `        ${incident.because.join(' · ')}`));
    lines.push(paint('faint', `        flagbook incidents show ${incident.path}`));
  }
  andMore(document.incidents.length, paint, lines);
}

function andMore(count: number, paint: Paint, lines: string[]): void {
  if (count > MOST_RANKED) lines.push(paint('faint', `        … and ${count - MOST_RANKED} more, in --format json`));
}

function renderHints(document: TraceDocument, paint: Paint, lines: string[]): void {
  const frame = firstCulprit(document);
  const hints: string[] = [];
  if (frame?.resolved) hints.push(`flagbook explain ${placeWords(frame)}    all that is known of that line`);
  if (document.suggestedMappings.length > 0) {
    const mappings = document.suggestedMappings.map(mapping => JSON.stringify(mapping)).join(', ');
    hints.push(`Paths were matched by guess. To fix them, in flagbook.json: "traces": { "mappings": [${mappings}] }`);
  }
  for (const problem of document.problems)
    if (problem.code !== 'trace/no-trace') hints.push(`line ${problem.textLine}: ${problem.message}`);
  if (hints.length > 0) lines.push('', ...hints.map(hint => paint('faint', hint)));
}

function firstCulprit(document: TraceDocument): FrameEntry | null {
  for (const { culprit, threads } of document.traces)
    if (culprit) return threads[culprit.thread]?.errors[culprit.error]?.frames[culprit.frame] ?? null;
  return null;
}

function hasOwnFrames(thread: ThreadEntry): boolean {
  return thread.errors.some(error => error.frames.some(frame => frame.inApp));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function share(score: number): string {
  return `${Math.round(score * 100)}%`.padStart(4);
}
