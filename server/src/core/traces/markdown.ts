/**
 * Analysed traces as a Markdown document: for the editor's preview, and for a ticket. Links start at the repository's root
 * (`/src/pay.ts#L45`, lines from 1; `/docs/runbooks/pay.md#timeouts`). What comes from the input is escaped.
 */
import { branchText, type FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import { encodePath, escapeMarkdown, inlineCode, linkDestination } from '../markdown/write.ts';
import type { AnalysedError, AnalysedFrame, AnalysedTrace, TraceAnalysis } from './analyse.ts';
import { type Culprit, likelyCulprit } from './culprit.ts';
import { deployedText } from './deployed.ts';
import { functionNameOf, lineThen } from './shownFrame.ts';
import { suggestedMappings } from './suggestedMappings.ts';
import { traceTitle } from './title.ts';

/** The whole document, with the error's name and place as its title, and links that the editor follows. */
export function tracesMarkdown(analysis: TraceAnalysis): string {
  return documentOf(analysis, linked);
}

/** The same for a ticket or a chat, where a link into the repository leads nowhere: places are written out. */
export function tracesMarkdownToPaste(analysis: TraceAnalysis): string {
  return documentOf(analysis, writtenOut);
}

/** Writes the words for a file and a place in it: a line (`L45`) or a heading. */
type WritePlace = (text: string, path: string, place: string | null) => string;

const linked: WritePlace = (text, path, place) =>
  `[${escapeMarkdown(text)}](${linkDestination(`/${encodePath(path)}${place === null ? '' : `#${place}`}`)})`;

/** Words that are no path have it behind them. */
const writtenOut: WritePlace = (text, path) =>
  text.startsWith(path) ? inlineCode(text) : `${escapeMarkdown(text)} ${inlineCode(path)}`;

function documentOf(analysis: TraceAnalysis, link: WritePlace): string {
  if (analysis.traces.length === 0) {
    return `# Stack trace\n\n${escapeMarkdown(analysis.problems[0]?.message ?? 'No stack trace found.')}\n`;
  }
  const title = `# ${escapeMarkdown(traceTitle(analysis))}`;
  const from = escapeMarkdown(deployedText(analysis.deployed));
  return `${[title, from, ...onCallSections(analysis, link), ...analysis.traces.flatMap(trace => traceSections(trace, link)), ...mappingSection(analysis)].join('\n\n')}\n`;
}

function onCallSections(analysis: TraceAnalysis, link: WritePlace): readonly string[] {
  const because = (reasons: readonly string[]) =>
    reasons.length === 0 ? '' : ` (${escapeMarkdown(reasons.slice(0, 3).join('; '))})`;
  const runbooks = analysis.runbooks.slice(0, 5).map(({ runbook, heading, because: reasons }) => {
    const title = heading === null ? runbook.title : `${runbook.title} › ${heading.text}`;
    return `- ${link(title, runbook.path, heading?.slug ?? null)}${because(reasons)}`;
  });
  const incidents = analysis.incidents.slice(0, 5).map(({ incident, because: reasons }) => {
    const when = incident.started === null ? '' : `, ${incident.started.slice(0, 10)}`;
    return `- ${link(`${incident.id} ${incident.title}`, incident.path, null)}${when}${because(reasons)}`;
  });
  const flags = analysis.flags.map(flag => `- ${flagText(flag)}`);
  return [
    ...(runbooks.length === 0 ? [] : ['## Runbooks', runbooks.join('\n')]),
    ...(incidents.length === 0 ? [] : ['## Incidents', incidents.join('\n')]),
    ...(flags.length === 0 ? [] : ['## Flags on the way', flags.join('\n')]),
  ];
}

/** What had to be guessed, ready for the configuration. */
function mappingSection(analysis: TraceAnalysis): readonly string[] {
  const mappings = suggestedMappings(analysis);
  if (mappings.length === 0) return [];
  const written = mappings.map(
    ({ from, to }) => `    { "from": ${JSON.stringify(from)}, "to": ${JSON.stringify(to)} }`,
  );
  const fence = '```';
  return [
    '## Paths were guessed',
    'If the files above are right, this in `flagbook.json` makes them certain:',
    `${fence}json\n"traces": {\n  "mappings": [\n${written.join(',\n').replaceAll(fence, "'''")}\n  ]\n}\n${fence}`,
  ];
}

function traceSections(trace: AnalysedTrace, link: WritePlace): readonly string[] {
  const culprit = likelyCulprit(trace);
  return trace.threads.flatMap((thread, index) => {
    const times = thread.count === 1 ? '' : ` ×${thread.count}`;
    const isOnly = trace.threads.length === 1 && thread.count === 1;
    const name = isOnly ? '## Frames' : `## ${escapeMarkdown(thread.name ?? 'Thread')}${times}`;
    return [
      name,
      ...thread.errors.flatMap((error, at) =>
        errorSections(error, culprit?.thread === index && culprit.error === at ? culprit : null, link),
      ),
    ];
  });
}

const RELATIONS = {
  root: '',
  cause: 'Caused by ',
  context: 'While handling ',
  suppressed: 'Suppressed ',
  group: 'One of ',
};

function errorSections(error: AnalysedError, culprit: Culprit | null, link: WritePlace): readonly string[] {
  const name = error.type ?? 'Error without a name';
  const title = `### ${RELATIONS[error.relation]}${escapeMarkdown(name)}`;
  const message = error.message === null || error.message === '' ? [] : [escapeMarkdown(error.message)];
  const rows: string[] = [];
  let folded = 0;
  const fold = (): void => {
    if (folded > 0) rows.push(`- *${folded} ${folded === 1 ? 'frame' : 'frames'} of libraries or the runtime*`);
    folded = 0;
  };
  for (const [index, frame] of error.frames.entries()) {
    if (frame.inApp) {
      fold();
      const mark = index === culprit?.frame ? ` **← look here first** (${escapeMarkdown(culprit.why)})` : '';
      rows.push(`${frameRow(frame, link)}${mark}`);
    } else folded++;
  }
  fold();
  return [title, ...message, ...(rows.length === 0 ? [] : [rows.join('\n')])];
}

function frameRow(frame: AnalysedFrame, link: WritePlace): string {
  const { place } = frame;
  const name = inlineCode(functionNameOf(frame) ?? '(no name)');
  const flags =
    frame.flags.length === 0 ? '' : ` · ${frame.flags.map(flag => `${flagText(flag)}${branchText(flag)}`).join(', ')}`;
  if (place.kind !== 'resolved') {
    const printed = `${frame.file ?? 'no file'}${frame.line === null ? '' : `:${frame.line}`}`;
    const found =
      place.kind === 'ambiguous'
        ? `, perhaps ${place.candidates
            .slice(0, 3)
            .map(({ path, line }) => link(path, path, lineAnchor(line)))
            .join(', ')}`
        : '';
    return `- ${name} ${escapeMarkdown(printed)}${found}`;
  }
  const line = place.line === null ? '' : `:${place.line}`;
  const notes = [
    ...(place.doubt === null ? [] : [`as printed; ${place.doubt}`]),
    ...(place.match === 'exact' ? [] : [`${place.match}, printed as line ${lineThen(frame) ?? '?'}`]),
  ];
  const drift = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  return `- ${name} ${link(`${place.path}${line}`, place.path, lineAnchor(place.line))}${drift}${flags}`;
}

function flagText({ key, summary }: FlagOnTheWay): string {
  return `${inlineCode(key)} ${escapeMarkdown(summary)}`;
}

function lineAnchor(line: number | null): string | null {
  return line === null ? null : `L${line}`;
}
