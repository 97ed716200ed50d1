/** One frame in the Trace view: its row with the flags, runbooks and incidents below it, and the words for it. */

import { printable } from '../flags/rollout/describe.ts';
import { environmentOrder, lineOf, statesOf } from '../flags/verdicts/flagIndex.ts';
import { branchText, type FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import type { IncidentMatch } from '../incidents/coverage.ts';
import type { RunbookMatch } from '../runbooks/coverage.ts';
import type { Snapshot } from '../snapshot.ts';
import type { AnalysedFrame } from '../traces/analyse.ts';
import { shortFunctionName } from '../traces/functionName.ts';
import { changeText, functionNameOf, lineThen } from '../traces/shownFrame.ts';
import { flagLines } from './flagLines.ts';
import { flagStateIcon } from './flagsView.ts';
import { incidentLines, runbookLines } from './onCallLines.ts';
import { code, plain, type RichLine, strong } from './richText.ts';
import { BARE_ROW, type TracePlace, type TraceRow } from './traceRow.ts';

/** The row of a frame. Of a library's frame only the place is said. */
export function frameRow(snapshot: Snapshot, frame: AnalysedFrame, id: string, role: 'frame' | 'culprit'): TraceRow {
  const place = placeOf(frame);
  const isCulprit = role === 'culprit';
  const facts = [placeLabel(frame), driftLabel(frame), frame.repeated > 1 ? `×${frame.repeated}` : null];
  const said = facts.filter(fact => fact !== null);
  const states = frame.flags.slice(0, MOST_FLAGS).map(({ key, state }) => printable(`${key} ${state}`.trim()));
  const more = frame.flags.length - states.length;
  const children = frame.inApp ? [...candidateRows(frame, id), ...matchRows(snapshot, frame, id)] : [];
  const label = functionLabel(frame);
  const flags = frame.flags.map(flag => `flag ${flag.key} ${flag.summary}`);
  return {
    ...BARE_ROW,
    id,
    kind: 'frame',
    label,
    description: [
      ...said,
      ...(isCulprit ? ['look here first'] : []),
      ...states,
      ...(more > 0 ? [`${more} more`] : []),
    ].join(' · '),
    tooltip: tooltipOf(frame),
    icon: isCulprit ? 'target' : frame.inApp ? 'debug-stackframe' : 'circle-small',
    spoken: printable([isCulprit ? 'Likely culprit' : 'Frame', label, ...said, ...flags].join(', ')),
    place,
    deployed: deployedOf(frame),
    step: frame.inApp && place !== null,
    culprit: isCulprit,
    expanded: isCulprit && children.length > 0,
    children,
  };
}

/** Flags that have room in a frame's own row; all of them stand below it. */
const MOST_FLAGS = 2;

/** A run of library frames. */
export function libraryRow(id: string, children: readonly TraceRow[]): TraceRow {
  const label = children.length === 1 ? '1 library frame' : `${children.length} library frames`;
  const names = [...new Set(children.map(child => child.label))];
  const description = names.slice(0, 2).join(', ') + (names.length > 2 ? ' …' : '');
  return { ...BARE_ROW, id, kind: 'library', label, description, icon: 'library', spoken: label, children };
}

/** The function's name without the package that the file beside it says better. */
export function functionLabel(frame: AnalysedFrame): string {
  const name = shortFunctionName(functionNameOf(frame) ?? '(no name)');
  return printable(name.length <= 80 ? name : `${name.slice(0, 79)}…`);
}

/** `pspClient.ts:33`; as printed where the frame is not found here. */
export function placeLabel(frame: AnalysedFrame): string {
  const place = placeOf(frame);
  const path = place?.path ?? frame.file;
  const line = place === null ? frame.line : place.line;
  if (path === null) return 'no file';
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return printable(line === null ? base : `${base}:${line}`);
}

export function runbookRow(snapshot: Snapshot, { runbook, heading, because }: RunbookMatch, id: string): TraceRow {
  const label = printable(heading === null ? runbook.title : `${runbook.title} › ${heading.text}`);
  return {
    ...BARE_ROW,
    id: `${id}:runbook:${runbook.path}#${heading?.slug ?? ''}`,
    kind: 'runbook',
    label,
    description: reasons(because),
    tooltip: runbookLines(runbook, heading, snapshot.now).slice(0, -1),
    icon: 'book',
    spoken: `Runbook ${label}`,
    place: {
      path: runbook.path,
      line: heading === null ? 1 : lineOf(snapshot, runbook.path, heading.span.start),
      column: null,
    },
  };
}

export function incidentRow(snapshot: Snapshot, { incident, because }: IncidentMatch, id: string): TraceRow {
  const label = printable(`${incident.id} ${incident.title}`);
  return {
    ...BARE_ROW,
    id: `${id}:incident:${incident.path}:${incident.id}`,
    kind: 'incident',
    label,
    description: reasons(because),
    tooltip: incidentLines(incident).slice(0, -1),
    icon: 'flame',
    spoken: `Incident ${label}`,
    place: { path: incident.path, line: lineOf(snapshot, incident.path, incident.span.start), column: null },
  };
}

function reasons(because: readonly string[]): string | null {
  return because.length === 0 ? null : printable(because.slice(0, 2).join('; '));
}

function placeOf({ place, column: printed }: AnalysedFrame): TracePlace | null {
  if (place.kind !== 'resolved') return null;
  const column = place.original === null ? printed : place.original.column;
  // The column was printed for the line of then: on an edited line it may point anywhere.
  const holds = place.match === 'exact' || place.match === 'shifted' || place.match === 'moved';
  return { path: place.path, line: place.line, column: holds ? column : null };
}

function deployedOf(frame: AnalysedFrame): TracePlace | null {
  const { place, line } = frame;
  if (place.kind !== 'resolved' || !frame.inApp) return null;
  // Without a commit the path of now is the best guess; whoever opens the file names the commit then.
  return { ...(place.deployed ?? { path: place.path, line }), column: null };
}

/** What became of the printed line, in a word or three. */
function driftLabel(frame: AnalysedFrame): string | null {
  const { place } = frame;
  const line = lineThen(frame);
  switch (place.kind) {
    case 'resolved':
      if (place.match === 'exact' && place.against === 'printed') return place.doubt === null ? null : 'as printed';
      if (place.match === 'exact' || place.line === line || line === null) return place.match;
      return `${place.match}, was ${line}`;
    case 'ambiguous':
      return `perhaps one of ${place.candidates.length}`;
    case 'none':
      return place.reason === 'not-found' ? 'not in this workspace' : null;
  }
}

function tooltipOf(frame: AnalysedFrame): readonly RichLine[] {
  const { place } = frame;
  const printed = `${frame.file ?? 'no file'}${frame.line === null ? '' : `:${frame.line}`}`;
  const name: RichLine = [strong(functionNameOf(frame) ?? '(no name)')];
  const asPrinted: RichLine = [plain('Printed as '), code(printed)];
  if (place.kind !== 'resolved') return [name, asPrinted];
  const now = `${place.path}${place.line === null ? '' : `:${place.line}`}`;
  const match = place.against === 'printed' && place.match === 'exact' ? 'as printed' : place.match;
  const sure = `${match}, ${Math.round(place.confidence * 100)}% sure: ${place.reasons.join('; ')}`;
  const flags = frame.flags.map(
    (flag): RichLine => [plain('Flag '), code(flag.key), plain(` ${flag.summary}${branchText(flag)}`)],
  );
  const change = changeText(frame);
  const changed: readonly RichLine[] =
    change === '' ? [] : [[plain(`${change.slice(0, 1).toUpperCase()}${change.slice(1)}`)]];
  return [name, [plain('Now '), code(now)], [plain(sure)], asPrinted, ...flags, ...changed];
}

function candidateRows({ place }: AnalysedFrame, id: string): readonly TraceRow[] {
  if (place.kind !== 'ambiguous') return [];
  return place.candidates.map(({ path, line, confidence, reasons: why }, index) => ({
    ...BARE_ROW,
    id: `${id}:candidate:${index}`,
    kind: 'candidate',
    label: printable(line === null ? path : `${path}:${line}`),
    description: `${Math.round(confidence * 100)}%`,
    tooltip: [[plain(why.join('; '))]],
    icon: 'question',
    spoken: `Perhaps ${printable(path)}`,
    place: { path, line, column: null },
  }));
}

function matchRows(snapshot: Snapshot, frame: AnalysedFrame, id: string): readonly TraceRow[] {
  return [
    ...frame.flags.map(flag => flagRow(snapshot, flag, id)),
    ...frame.runbooks.slice(0, 3).map(match => runbookRow(snapshot, match, id)),
    ...frame.incidents.slice(0, 3).map(match => incidentRow(snapshot, match, id)),
  ];
}

function flagRow(whole: Snapshot, flag: FlagOnTheWay, id: string): TraceRow {
  const snapshot = snapshotAt(whole, flag.path);
  const { key } = flag;
  const summary = `${flag.summary}${branchText(flag)}`;
  const definition = snapshot.flags.get(key)?.find(flag => flag.declaration !== null)?.declaration ?? null;
  return {
    ...BARE_ROW,
    id: `${id}:flag:${key}`,
    kind: 'flag',
    label: printable(key),
    description: printable(summary),
    tooltip: flagLines(snapshot, key, null),
    icon: flagStateIcon(statesOf(snapshot, key), environmentOrder(snapshot)),
    spoken: printable(`Flag ${key}, ${summary}`),
    key,
    place:
      definition === null
        ? null
        : { path: definition.path, line: lineOf(snapshot, definition.path, definition.keySpan.start), column: null },
  };
}
