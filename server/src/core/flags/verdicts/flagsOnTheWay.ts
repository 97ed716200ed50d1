/**
 * What is known of the flags that decided that a place in the code was reached, or what it does. Which checks those are is told from
 * the syntax tree in `checksOnTheWay.ts`.
 */

import type { FileView, Snapshot } from '../../snapshot.ts';
import { positionAt } from '../../text.ts';
import { shortState, statesByEnvironment } from '../rollout/describe.ts';
import type { CheckOnTheWay } from './checksOnTheWay.ts';
import { environmentOrder, statesOf } from './flagIndex.ts';
import { snapshotAt } from './projects.ts';

export interface FlagOnTheWay {
  readonly key: string;
  /** `25%`, `off`, `targeted`: that of the main environment; `unknown` when no flag file defines the key. */
  readonly state: string;
  /** The state in every environment by name: `25% in production, on in staging`; `defined nowhere` when no flag file has it. */
  readonly summary: string;
  /** What it said when the place was reached; null when that is not known, or when it may have been either. */
  readonly branch: 'on' | 'off' | null;
  /** Where it is checked: a path, and a 1-based line. */
  readonly path: string;
  readonly line: number;
}

/** `, reached only when on`: which way the flag sent it, as an ending; empty when that is not known. */
export function branchText({ branch }: Pick<FlagOnTheWay, 'branch'>): string {
  return branch === null ? '' : `, reached only when ${branch}`;
}

/** The flags of checks that are known to lead to a place, each once; that of a check that sent it one way wins. */
export function flagsOfWay(
  whole: Snapshot,
  { path, lines }: FileView,
  way: readonly CheckOnTheWay[],
): readonly FlagOnTheWay[] {
  const snapshot = snapshotAt(whole, path);
  const flags = new Map<string, FlagOnTheWay>();
  for (const { check, branch } of way) {
    if (check.key === null || (flags.get(check.key)?.branch ?? null) !== null) continue;
    const line = positionAt(lines, check.nameSpan.start).line + 1;
    if (branch !== null || !flags.has(check.key))
      flags.set(check.key, { ...flagOnTheWay(snapshot, check.key), branch, path, line });
  }
  return [...flags.values()];
}

/** The same for a key that is known to matter. */
function flagOnTheWay(snapshot: Snapshot, key: string): Omit<FlagOnTheWay, 'branch' | 'path' | 'line'> {
  const states = statesOf(snapshot, key);
  const order = environmentOrder(snapshot);
  return {
    key,
    state: shortState(states, order) || 'unknown',
    summary: statesByEnvironment(states, order) || 'defined nowhere',
  };
}
