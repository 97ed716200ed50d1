/**
 * The rows of the Flags view: every flag under what is to be done with it, or by system, owner or directory, above
 * its definitions and checks.
 */

import { countText, mainEnvironment, shortState, shortStateOf } from '../flags/rollout/describe.ts';
import { isOnlyListed, isUnjudged } from '../flags/telling/flagTable.ts';
import { daysSince, introducedOf } from '../flags/verdicts/ages.ts';
import {
  allKeys,
  checksOf,
  checksOfKey,
  definesFlags,
  environmentOrder,
  flagsOf,
  isOnlyInTests,
  lineOf,
  productionChecksOf,
  statesOf,
} from '../flags/verdicts/flagIndex.ts';
import { isSourceMissing } from '../flags/verdicts/flagSource.ts';
import { inProjects, projectName, snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import type { Check, EnvironmentState, RolloutState, Verdict, VerdictKind } from '../model.ts';
import { naturalOrder } from '../naturalOrder.ts';
import type { Snapshot } from '../snapshot.ts';
import { flagLines } from './flagLines.ts';
import type { RichLine } from './richText.ts';
import { sourceRows } from './sourceRows.ts';
import { speaksOfLibrary } from './unknownFlag.ts';
import { groupRow, leafRow, type ViewContent, type ViewRow } from './viewRows.ts';

/** How the view is arranged. */
export interface FlagsArrangement {
  readonly groupBy: 'verdict' | 'system' | 'owner' | 'directory';
  /** Words that a flag must all have in its key, description, owner, tags, system, state or verdict; empty for all flags. */
  readonly filter: string;
  /** Rows of flags come without what stands below them: thousands of checks, of which few are ever looked at. See `rowsBelowFlag`. */
  readonly below?: 'asked' | undefined;
}

export const BY_VERDICT: FlagsArrangement = { groupBy: 'verdict', filter: '' };

/** The flags in their groups. The badge counts the unknown ones: a mistake, where a stale flag only waits for its day. */
export function flagsView(whole: Snapshot, arrangement: FlagsArrangement = BY_VERDICT): ViewContent {
  const words = arrangement.filter.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  const groups = new Map<string, { readonly icon: string; readonly rows: ViewRow[] }>();
  let unknown = 0;
  const isKnowing = definesFlags(whole) && !isSourceMissing(whole);
  const all = allKeys(whole).flatMap(key => inProjects(whole, key).map(each => ({ key, ...each })));
  for (const { key, snapshot, paths } of all) {
    const verdict = verdictOf(snapshot, key);
    if (verdict.kind === 'unknown' && snapshot.completeness !== 'complete') continue;
    const onlyInTests = verdict.kind === 'unknown' && isOnlyInTests(snapshot, key);
    // Where nothing says which flags there are, none is a mistake; nor is one whose library the flag files here don't speak of.
    const isMistake = verdict.kind === 'unknown' && !onlyInTests && isKnowing;
    if (isMistake && checksOf(snapshot, key).some(check => speaksOfLibrary(snapshot, check.system))) unknown++;
    const project = paths === null ? null : projectName(paths);
    if (!holdsWords(snapshot, key, verdict, project, words)) continue;
    // Under the heading that says so, a row need not.
    const note = verdict.stale && arrangement.groupBy !== 'verdict' ? 'stale' : null;
    const row = flagRow(snapshot, key, project, note, verdict, arrangement.below);
    const heads = onlyInTests ? [ONLY_IN_TESTS] : groupsOf(snapshot, key, verdict, arrangement.groupBy);
    for (const { title, icon } of heads) {
      const group = groups.get(title) ?? { icon, rows: [] };
      groups.set(title, group);
      group.rows.push(row);
    }
  }
  const titles = [...groups.keys()].sort((a, b) => rankOf(a) - rankOf(b) || naturalOrder(a, b));
  const rows = titles.map(title => groupRow(title, groups.get(title)!.icon, groups.get(title)!.rows));
  return {
    rows: [...rows, ...sourceRows(whole)],
    badge: unknown === 0 ? null : { value: unknown, tooltip: countText(unknown, 'unknown flag') },
  };
}

/** What the row of a flag that stands in a file tells when the mouse rests on it. Only asked for then: there may be hundreds of rows. */
export function flagTooltip(whole: Snapshot, key: string, path: string | null): readonly RichLine[] {
  const snapshot = path === null ? whole : snapshotAt(whole, path);
  return snapshot.flags.has(key) || snapshot.checks.has(key) ? flagLines(snapshot, key, null) : [];
}

/** What stands below the row of a flag: its definitions and checks. `id` is the row's own; several projects may know the key. */
export function rowsBelowFlag(whole: Snapshot, key: string, id: string): readonly ViewRow[] {
  const meant = inProjects(whole, key).find(
    ({ paths }) => idOf(key, paths === null ? null : projectName(paths)) === id,
  );
  return meant === undefined ? [] : below(meant.snapshot, key);
}

/** Changes with the rows below flags, and costs next to nothing. */
export function stampBelowFlags(snapshot: Snapshot): string {
  let stamp = 0;
  for (const { checks, flagFile } of snapshot.files.values()) {
    for (const { span, keySpan, key, test } of checks)
      stamp = Math.imul(
        stamp ^ (span.start + 3 * (keySpan?.start ?? 0) + (key?.length ?? 0) + Number(test)),
        0x01000193,
      );
    for (const { declaration } of flagFile?.flags ?? [])
      stamp = Math.imul(stamp ^ (declaration?.keySpan.start ?? 0), 0x01000193);
  }
  return String(stamp);
}

function holdsWords(
  snapshot: Snapshot,
  key: string,
  verdict: Verdict,
  project: string | null,
  words: readonly string[],
): boolean {
  if (words.length === 0) return true;
  const said = flagsOf(snapshot, key).flatMap(flag => [flag.description, flag.owner, flag.system, ...flag.tags]);
  const states = statesOf(snapshot, key).map(state => `${state.environment} ${state.state} ${shortStateOf(state)}`);
  const text = [key, project, ...said, ...states, verdict.kind, verdict.stale ? 'stale' : ''].join('\n').toLowerCase();
  return words.every(word => text.includes(word));
}

interface Group {
  readonly title: string;
  readonly icon: string;
  readonly kinds: readonly VerdictKind[];
}

/** In the order in which they want attention. A stale flag is in the first, whatever its verdict. */
const STALE: Group = { title: 'Stale', icon: 'history', kinds: [] };
/** As the command line calls them: nobody can say of these what is to be done. */
const NOT_JUDGED: Group = { title: 'Not judged', icon: 'circle-large', kinds: [] };
const LISTED: Group = { title: 'Listed in code', icon: 'list-unordered', kinds: [] };
const GROUPS: readonly Group[] = [
  STALE,
  { title: 'Unknown', icon: 'question', kinds: ['unknown'] },
  { title: 'Unused', icon: 'circle-slash', kinds: ['unused'] },
  { title: 'Rolling out', icon: 'graph-line', kinds: ['rolling-out'] },
  { title: 'In use', icon: 'check', kinds: ['fresh', 'launched', 'off', 'expired', 'idle', 'archived'] },
  NOT_JUDGED,
  LISTED,
  { title: 'Permanent', icon: 'lock', kinds: ['permanent'] },
];

type GroupHead = Pick<Group, 'title' | 'icon'>;

/** Keys that tests made up are no mistake, however the view is arranged. */
const ONLY_IN_TESTS: GroupHead = { title: 'In tests only', icon: 'beaker' };

/** A flag that several systems define, or that is checked in several folders, stands in each of their groups. */
function groupsOf(
  snapshot: Snapshot,
  key: string,
  verdict: Verdict,
  groupBy: FlagsArrangement['groupBy'],
): readonly GroupHead[] {
  if (groupBy === 'verdict') return [groupOf(verdict)];
  const flags = flagsOf(snapshot, key);
  const heads = (icon: string, titles: readonly string[], none: string): readonly GroupHead[] =>
    titles.length === 0 ? [{ title: none, icon: 'question' }] : [...new Set(titles)].map(title => ({ title, icon }));
  if (groupBy === 'system')
    return heads(
      'server',
      flags.map(({ system, paths }) => (paths === undefined ? system : `${system} · ${projectName(paths)}`)),
      NOT_DEFINED,
    );
  if (groupBy === 'owner')
    return heads(
      'organization',
      flags.flatMap(flag => flag.owner ?? []),
      NO_OWNER,
    );
  const checks = productionChecksOf(snapshot, key);
  return heads(
    'folder',
    checks.map(check => directoryOf(check.path)),
    NOT_CHECKED,
  );
}

const NOT_DEFINED = 'Not defined';
const NO_OWNER = 'No owner';
const NOT_CHECKED = 'Not checked';

/** Verdicts in the order in which they want attention; what is missing last; everything else by name. */
function rankOf(title: string): number {
  if (title === ONLY_IN_TESTS.title) return GROUPS.length + 2;
  if ([NOT_DEFINED, NO_OWNER, NOT_CHECKED].includes(title)) return GROUPS.length + 1;
  const index = GROUPS.findIndex(group => group.title === title);
  return index < 0 ? GROUPS.length : index;
}

/** The part of a path by which people know it: two folders, `services/checkout`. */
function directoryOf(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 ? '/' : folders.slice(0, 2).join('/');
}

function groupOf(verdict: Verdict): Group {
  if (verdict.stale) return STALE;
  if (isUnjudged(verdict)) return NOT_JUDGED;
  if (isOnlyListed(verdict)) return LISTED;
  return GROUPS.find(group => group.kinds.includes(verdict.kind)) ?? STALE;
}

/** The state's own shape, so that a list of flags can be read without a word. */
const ICONS: Readonly<Record<RolloutState, string>> = {
  on: 'circle-filled',
  off: 'circle-outline',
  partial: 'color-mode',
  targeted: 'target',
  scheduled: 'calendar',
  unknown: 'question',
};

/** The icon for the state of the main environment; `order` as for `mainEnvironment`. */
export function flagStateIcon(states: readonly EnvironmentState[], order: readonly string[]): string {
  return ICONS[mainEnvironment(states, order)?.state ?? 'unknown'];
}

function flagRow(
  snapshot: Snapshot,
  key: string,
  project: string | null,
  note: string | null,
  verdict: Verdict,
  isBelow: FlagsArrangement['below'],
): ViewRow {
  const states = statesOf(snapshot, key);
  const order = environmentOrder(snapshot);
  const state = states.length === 0 ? countText(checksOf(snapshot, key).length, 'check') : shortState(states, order);
  const isUnknown = verdict.kind === 'unknown';
  const isListed = states.length === 0 && !isUnknown && flagsOf(snapshot, key).some(flag => flag.listed !== undefined);
  const introduced = introducedOf(snapshot, key);
  const age = introduced.kind === 'known' ? `${daysSince(introduced.moment.time, snapshot.now)}d` : null;
  const children = isBelow === 'asked' ? firstBelow(snapshot, key) : below(snapshot, key);
  const row = leafRow({
    id: idOf(key, project),
    label: key,
    facts: [state, age, note, project],
    // A question mark is for flags that nothing defines. No symbol's icon: those have colours, which would mean something here.
    icon: isListed ? LISTED.icon : flagStateIcon(states, order),
    kind: 'flag',
    key,
    place: children[0]?.place ?? null,
  });
  if (isBelow === 'asked') return children.length === 0 ? row : { ...row, below: 'asked' };
  return { ...row, children };
}

function idOf(key: string, project: string | null): string {
  return project === null ? `flag:${key}` : `flag:${key} in ${project}`;
}

function below(snapshot: Snapshot, key: string): readonly ViewRow[] {
  return [
    ...declarationRows(snapshot, key),
    ...checksOfKey(snapshot, key).map(check => checkRow(snapshot, key, check)),
  ];
}

/** The first of these rows, for its place. */
function firstBelow(snapshot: Snapshot, key: string): readonly ViewRow[] {
  const declared = declarationRows(snapshot, key);
  const [check] = checksOfKey(snapshot, key);
  return declared.length > 0 || check === undefined ? declared : [checkRow(snapshot, key, check)];
}

function declarationRows(snapshot: Snapshot, key: string): readonly ViewRow[] {
  return flagsOf(snapshot, key).flatMap(({ declaration, environments }) => {
    if (declaration === null) return [];
    const { path, keySpan } = declaration;
    return [
      leafRow({
        id: `flag:${key}:${path}`,
        label: nameOf(path),
        facts: [environments.map(state => `${state.environment} ${shortStateOf(state)}`).join(', '), folderOf(path)],
        icon: 'file',
        kind: 'flag',
        key,
        place: { path, span: keySpan },
      }),
    ];
  });
}

function checkRow(snapshot: Snapshot, key: string, check: Check): ViewRow {
  const { path, span, role, test } = check;
  return leafRow({
    id: `check:${key}:${path}:${span.start}`,
    label: `${nameOf(path)}:${lineOf(snapshot, path, span.start)}`,
    facts: [role === 'check' ? (test ? 'test' : check.function) : role, folderOf(path)],
    icon: role !== 'check' ? 'symbol-constant' : test ? 'beaker' : 'code',
    kind: 'check',
    key,
    place: { path, span: check.keySpan ?? check.nameSpan },
  });
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
