/** The rows of the Flags view: every flag once, under what is to be done with it, above its definitions and checks. */
import { daysSince, introducedOf } from '../flags/ages.ts';
import { countText, mainEnvironment, shortState, shortStateOf } from '../flags/describe.ts';
import { allKeys, checksOf, checksOfKey, environmentOrder, flagsOf, lineOf, statesOf } from '../flags/flagIndex.ts';
import { verdictOf } from '../flags/staleness.ts';
import type { Check, EnvironmentState, RolloutState, Verdict, VerdictKind } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { flagLines } from './flagLines.ts';
import { groupRow, leafRow, type ViewContent, type ViewRow } from './viewRows.ts';

/** Flags grouped by verdict. The badge counts the unknown ones: a mistake, where a stale flag only waits for its day. */
export function flagsView(snapshot: Snapshot): ViewContent {
  const byGroup = new Map<string, ViewRow[]>(GROUPS.map(group => [group.title, []]));
  for (const key of allKeys(snapshot)) {
    byGroup.get(groupOf(verdictOf(snapshot, key)).title)!.push(flagRow(snapshot, key));
  }
  const rows = GROUPS.flatMap(({ title, icon }) => {
    const own = byGroup.get(title)!;
    return own.length === 0 ? [] : [groupRow(title, icon, own)];
  });
  const unknown = byGroup.get('Unknown')!.length;
  return { rows, badge: unknown === 0 ? null : { value: unknown, tooltip: countText(unknown, 'unknown flag') } };
}

interface Group {
  readonly title: string;
  readonly icon: string;
  readonly kinds: readonly VerdictKind[];
}

/** In the order in which they want attention. A stale flag is in the first, whatever its verdict. */
const STALE: Group = { title: 'Stale', icon: 'history', kinds: [] };
const GROUPS: readonly Group[] = [
  STALE,
  { title: 'Unknown', icon: 'question', kinds: ['unknown'] },
  { title: 'Unused', icon: 'circle-slash', kinds: ['unused'] },
  { title: 'Rolling out', icon: 'graph-line', kinds: ['rolling-out'] },
  { title: 'In use', icon: 'check', kinds: ['fresh', 'launched', 'off', 'expired', 'idle', 'archived'] },
  { title: 'Permanent', icon: 'lock', kinds: ['permanent'] },
];

function groupOf(verdict: Verdict): Group {
  return (verdict.stale ? undefined : GROUPS.find(group => group.kinds.includes(verdict.kind))) ?? STALE;
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

function flagRow(snapshot: Snapshot, key: string): ViewRow {
  const declared = declarationRows(snapshot, key);
  const used = checksOfKey(snapshot, key).map(check => checkRow(snapshot, key, check));
  const states = statesOf(snapshot, key);
  const order = environmentOrder(snapshot);
  const state = states.length === 0 ? countText(checksOf(snapshot, key).length, 'check') : shortState(states, order);
  const introduced = introducedOf(snapshot, key);
  const age = introduced.kind === 'known' ? `${daysSince(introduced.moment.time, snapshot.now)}d` : null;
  const children = [...declared, ...used];
  const row = leafRow({
    id: `flag:${key}`,
    label: key,
    facts: [state, age],
    tooltip: flagLines(snapshot, key, null),
    icon: flagStateIcon(states, order),
    kind: 'flag',
    key,
    place: children[0]?.place ?? null,
  });
  return { ...row, children };
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
