/** Where flags come from, as rows of the Flags view: each server with its health and advice, and the files of each system. */

import { countText } from '../flags/rollout/describe.ts';
import { flagFilesOf } from '../flags/verdicts/flagIndex.ts';
import { type FlagSource, sourceHealth } from '../flags/verdicts/flagSource.ts';
import { projectName } from '../flags/verdicts/projects.ts';
import type { Snapshot } from '../snapshot.ts';
import { plain, type RichLine, strong } from './richText.ts';
import { groupRow, leafRow, type ViewRow } from './viewRows.ts';

/** One group of all sources; none where flags come from files alone, whose rows tell all there is. */
export function sourceRows(snapshot: Snapshot): readonly ViewRow[] {
  if (snapshot.sources.length === 0) return [];
  const servers = snapshot.sources.map(source => serverRow(source, snapshot.now));
  return [groupRow('Sources', 'database', [...servers, ...fileRows(snapshot)])];
}

const ICONS: Readonly<Record<FlagSource['state'], string>> = {
  asking: 'sync',
  live: 'cloud',
  kept: 'warning',
  missing: 'warning',
};

function serverRow(source: FlagSource, now: number): ViewRow {
  const { system, title, origin, project, state } = source;
  const isUnsigned = source.failure === 'no-token';
  return leafRow({
    id: `source:${system}:${source.server}`,
    label: title,
    facts: [
      ...(isUnsigned ? ['not signed in'] : shortHealth(source, now)),
      hostOf(origin),
      project,
      source.paths === undefined ? null : `for ${projectName(source.paths)}`,
    ],
    icon: isUnsigned ? 'key' : ICONS[state],
    kind: 'source',
    place: null,
    tooltip: tooltipOf(source),
    server: { system, origin },
  });
}

/** As `sourceHealth`, for a row: the clock alone where the answer is of today. */
function shortHealth({ state, flags, asOf }: FlagSource, now: number): readonly string[] {
  if (state === 'asking') return ['being asked'];
  if (state === 'missing') return ['not answering'];
  const today = new Date(now).toISOString().slice(0, 10);
  const time = asOf === null ? '' : asOf.startsWith(today) ? asOf.slice(11, 16) : asOf.slice(0, 16).replace('T', ' ');
  return [state === 'live' ? 'live' : 'not answering', countText(flags, 'flag'), `${time} UTC`];
}

/** Health first, then what would mend it. */
function tooltipOf(source: FlagSource): readonly RichLine[] {
  const { title, origin, project, problem, gaps, notices } = source;
  const where = project === null ? origin : `${origin}, ${project}`;
  return [
    [strong(title), plain(` · ${where}`)],
    [plain(sourceHealth(source))],
    ...(problem === null ? [] : [[plain(problem)]]),
    ...(gaps.length === 0 ? [] : [[plain(`This token may not read: ${gaps.join(', ')}.`)]]),
    ...notices.map((notice): RichLine => [plain(notice.message)]),
  ];
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

/** The files of one system are one source. */
function fileRows(snapshot: Snapshot): readonly ViewRow[] {
  const bySystem = new Map<string, ReturnType<typeof flagFilesOf>[number][]>();
  for (const file of flagFilesOf(snapshot)) bySystem.set(file.system, [...(bySystem.get(file.system) ?? []), file]);
  return [...bySystem].map(([system, files]) => {
    const flags = files.reduce((sum, file) => sum + file.flags.length, 0);
    const [first] = files;
    return leafRow({
      id: `source:${system}`,
      label: system,
      facts: [countText(files.length, 'file'), countText(flags, 'flag')],
      icon: 'file',
      kind: 'source',
      place: files.length === 1 ? { path: first!.path, span: { start: 0, end: 0 } } : null,
      tooltip: files.slice(0, 10).map((file): RichLine => [plain(file.path)]),
    });
  });
}
