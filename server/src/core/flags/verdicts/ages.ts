/**
 * The ages of a flag: introduced in the repository, created in its system, last changed. How git is asked is the business of
 * `history`; here its answers are read, and what is not known stays unknown, with the reason.
 */
import { type CommitMoment, type Flag, type FlagChange, flagIdentity, type Introduced } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';

/** Why a key that stands in the working tree has no commit. */
export const NOT_COMMITTED = 'not committed yet';

/** Whole days from a time (RFC 3339) to `now` (milliseconds since 1970), never negative; NaN when the time is none. */
export function daysSince(time: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(time)) / MILLISECONDS_PER_DAY));
}

/** When a key first appeared in the repository, or why nobody can say. */
export function introducedOf(snapshot: Snapshot, key: string): Introduced {
  const { history } = snapshot;
  if (history.kind === 'pending') return { kind: 'unknown', reason: 'git history is still being read' };
  if (history.kind === 'unavailable') return { kind: 'unknown', reason: history.reason };
  return history.introduced.get(key) ?? { kind: 'unknown', reason: NOT_COMMITTED };
}

/**
 * When a key last came into the repository: with the commit that introduced it, or with the one that brought it back after it
 * had been removed. Null when it is back in the working tree only.
 */
export function lastArrival(introduced: Extract<Introduced, { kind: 'known' }>): CommitMoment | null {
  const last = introduced.absences.at(-1);
  return last === undefined ? introduced.moment : last.returned;
}

/** The last change of a flag's state in one environment that git knows, or null. */
export function lastChangeOf(snapshot: Snapshot, flag: Flag, environment: string): FlagChange | null {
  return changesOf(snapshot, flag).find(change => change.environment === environment) ?? null;
}

/** All changes of a flag's state that git knows, newest first. */
export function changesOf(snapshot: Snapshot, flag: Flag): readonly FlagChange[] {
  const { history } = snapshot;
  return history.kind === 'known' ? (history.changes.get(flagIdentity(flag)) ?? []) : [];
}

/**
 * The time back to which changes of a flag's state were read, where there are older ones that were not; null when none could be
 * read; undefined when all were.
 */
export function readBackTo({ history }: Snapshot, flag: Flag): string | null | undefined {
  return history.kind === 'known' ? history.readBackTo?.get(flagIdentity(flag)) : undefined;
}

/** Why nothing is known of the changes of a file that git has. */
export const UNREAD_CHANGES = "git could not tell the flag file's history";

/** The newest change of any of these flags in any environment, or null. */
export function newestChange(snapshot: Snapshot, flags: readonly Flag[]): FlagChange | null {
  let newest: FlagChange | null = null;
  for (const flag of flags) {
    const change = changesOf(snapshot, flag)[0];
    if (change === undefined) continue;
    if (newest === null || Date.parse(change.moment.time) > Date.parse(newest.moment.time)) newest = change;
  }
  return newest;
}

/** Since when something is so, and how we know. */
export type Since =
  | {
      readonly kind: 'known';
      readonly time: string;
      readonly days: number;
      readonly source: SinceSource;
      /** It has been so at `time`, and perhaps long before: what was before was not read. */
      readonly atLeast?: true;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** `changed`: its state changed then; `introduced`: it never did since the repository has it; `returned`: since it is back; `created`: in its system. */
export type SinceSource = 'changed' | 'introduced' | 'returned' | 'created';

/**
 * Since when the flags of one key have the state they have: the last change, by git or by the server's log, else the day the key appeared in the
 * repository, else the day its system created it.
 */
export function unchangedSince(snapshot: Snapshot, key: string): Since {
  const flags = snapshot.flags.get(key) ?? [];
  const served = flags.filter(flag => flag.server !== undefined && !flag.archived);
  // A server changes a flag without the repository's knowing: only its own word counts.
  const silent = served.find(flag => flag.changed === undefined);
  if (silent !== undefined) return { kind: 'unknown', reason: `${silent.system} does not say when it last changed` };
  const change = newestChange(snapshot, flags);
  const there = served.flatMap(flag => flag.changed?.time ?? []);
  if (there.length > 0) {
    const times = [...there, ...(change === null ? [] : [change.moment.time])];
    return since(
      snapshot,
      times.reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b)),
      'changed',
    );
  }
  if (change !== null) return since(snapshot, change.moment.time, 'changed');
  const limit = flags.map(flag => readBackTo(snapshot, flag)).find(each => each !== undefined);
  if (limit === null) return { kind: 'unknown', reason: UNREAD_CHANGES };
  if (limit !== undefined) return { ...since(snapshot, limit, 'changed'), atLeast: true };
  const introduced = introducedOf(snapshot, key);
  if (introduced.kind === 'known') {
    const arrival = lastArrival(introduced);
    if (arrival === null) return { kind: 'unknown', reason: NOT_COMMITTED };
    return since(snapshot, arrival.time, introduced.absences.length > 0 ? 'returned' : 'introduced');
  }
  const created = flags.map(flag => flag.created).find(time => time !== null);
  if (created) return since(snapshot, created, 'created');
  return introduced;
}

const MILLISECONDS_PER_DAY = 86_400_000;

function since(snapshot: Snapshot, time: string, source: SinceSource): Extract<Since, { kind: 'known' }> {
  return { kind: 'known', time, days: daysSince(time, snapshot.now), source };
}
