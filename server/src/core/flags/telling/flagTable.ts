/**
 * Flags as rows for people: one line each, grouped by what is to be done with them, the stale ones first. How rows are laid out
 * is the business of `text.ts` and `markdown.ts`.
 */

import type { Verdict } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import { countText, printable, shortState } from '../rollout/describe.ts';
import { daysSince, introducedOf } from '../verdicts/ages.ts';
import {
  checksOf,
  dynamicChecksOf,
  environmentOrder,
  flagsOf,
  isOnlyInTests,
  productionChecksOf,
  statesOf,
} from '../verdicts/flagIndex.ts';
import { inProjects, projectName } from '../verdicts/projects.ts';
import { verdictOf } from '../verdicts/staleness.ts';

/** The keys' rows under their groups' titles; the oldest come first. Groups without a flag are left out. */
export function flagTable(
  snapshot: Snapshot,
  keys: readonly string[],
): readonly { readonly title: string; readonly note: string; readonly rows: readonly FlagRow[] }[] {
  const rows = keys.flatMap(key =>
    inProjects(snapshot, key).map(each => ({
      ...tableRow(each.snapshot, key),
      project: each.paths && projectName(each.paths),
    })),
  );
  return GROUPS.flatMap(({ title, note, holds }) => {
    const own = rows.filter(row => holds(row.verdict, row.onlyInTests)).sort((a, b) => (b.days ?? -1) - (a.days ?? -1));
    return own.length === 0 ? [] : [{ title, note, rows: own }];
  });
}

/** `33 flags, 17 stale, 1 unknown`. */
export function sumsText(rows: readonly FlagRow[]): string {
  const stale = rows.filter(row => row.verdict.stale).length;
  const unknown = rows.filter(row => row.verdict.kind === 'unknown' && !row.onlyInTests).length;
  return [countText(rows.length, 'flag'), `${stale} stale`, `${unknown} unknown`].join(', ');
}

/** One flag in a table of flags. */
export interface FlagRow {
  readonly key: string;
  /** Null where the key means the same everywhere. */
  readonly project: string | null;
  readonly state: string;
  readonly days: number | null;
  readonly age: string;
  readonly checks: string;
  readonly owner: string;
  readonly verdict: Verdict;
  /** Nothing defines it, and nothing but tests asks for it. */
  readonly onlyInTests: boolean;
}

/** Flags under one title, in the order in which they want attention. */
interface FlagGroup {
  readonly title: string;
  readonly note: string;
  readonly holds: (verdict: Verdict, onlyInTests: boolean) => boolean;
}

const GROUPS: readonly FlagGroup[] = [
  group('Expired', ', past their own date', verdict => verdict.kind === 'expired'),
  group('Launched', ', on for longer than their lifetime', verdict => verdict.kind === 'launched' && verdict.stale),
  group('Off', ', off for longer than their lifetime', verdict => verdict.kind === 'off' && verdict.stale),
  group('Unused', ', no code outside tests checks them', verdict => verdict.kind === 'unused' && verdict.stale),
  group('Archived, still checked', '', verdict => verdict.kind === 'archived' && verdict.stale),
  group(
    'Unknown',
    ', checked but defined in no flag file',
    (verdict, onlyInTests) => verdict.kind === 'unknown' && !onlyInTests,
  ),
  group('Rolling out', '', verdict => verdict.kind === 'rolling-out'),
  group('Fresh', '', verdict => verdict.kind === 'fresh' && !isUnjudged(verdict)),
  group('Not judged', ', only a default or a list in code is known', isUnjudged),
  group('Settled, age not known', '', verdict => ['launched', 'off'].includes(verdict.kind) && !verdict.stale),
  group('Not used yet', '', verdict => verdict.kind === 'unused' && !verdict.stale && verdict.rule === 'unused'),
  group(
    'Unused, never stale',
    ', no code outside tests checks them',
    verdict => verdict.kind === 'unused' && !verdict.stale && !['unused', 'listed'].includes(verdict.rule),
  ),
  group('Listed in code', ', no code here checks them', isOnlyListed),
  group('Permanent', '', verdict => verdict.kind === 'permanent'),
  group('Idle', '', verdict => verdict.kind === 'idle'),
  group('Archived', '', verdict => verdict.kind === 'archived' && !verdict.stale),
  group(
    'In tests only',
    ', defined in no flag file',
    (verdict, onlyInTests) => verdict.kind === 'unknown' && onlyInTests,
  ),
];

/** Where the state is not known, or only the default that an installation begins with. */
export function isUnjudged({ kind, rule }: Verdict): boolean {
  return kind === 'fresh' && (rule === 'state-unknown' || rule === 'listed');
}

/** Where only a list in code names the flag, and no code here checks it. */
export function isOnlyListed({ kind, rule }: Verdict): boolean {
  return kind === 'unused' && rule === 'listed';
}

function group(title: string, note: string, holds: FlagGroup['holds']): FlagGroup {
  return { title, note, holds };
}

function tableRow(snapshot: Snapshot, key: string): Omit<FlagRow, 'project'> {
  const flags = flagsOf(snapshot, key);
  const introduced = introducedOf(snapshot, key);
  const days = introduced.kind === 'known' ? daysSince(introduced.moment.time, snapshot.now) : null;
  const production = productionChecksOf(snapshot, key).length;
  const inTests = checksOf(snapshot, key).length - production;
  return {
    key: printable(key),
    state: shortState(statesOf(snapshot, key), environmentOrder(snapshot)) || '-',
    days,
    age: days === null ? '-' : `${days}d`,
    checks: checksText(production, inTests, dynamicChecksOf(snapshot, key).length),
    owner: printable(flags.find(flag => flag.owner !== null)?.owner ?? ''),
    verdict: verdictOf(snapshot, key),
    onlyInTests: isOnlyInTests(snapshot, key),
  };
}

/** Checks in a few characters; the story has them one by one. */
function checksText(production: number, inTests: number, dynamic: number): string {
  if (production === 0 && dynamic > 0) return `${dynamic} by prefix`;
  if (production === 0 && inTests > 0) return 'only tests';
  return dynamic > 0 ? `${countText(production, 'check')} +${dynamic}` : countText(production, 'check');
}
