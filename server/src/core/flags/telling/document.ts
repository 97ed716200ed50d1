/**
 * Every flag as one JSON document: the outer face of `flagbook flags --format json`. Plain data only; what the fields mean is
 * decided in the other modules of this folder, and a field that stands here keeps its meaning.
 */

import {
  type Check,
  type CommitMoment,
  type EnvironmentState,
  type Flag,
  type FlagMoment,
  flagIdentity,
  type JsonValue,
  type Ring,
  type Verdict,
} from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import {
  changesOf,
  daysSince,
  introducedOf,
  lastChangeOf,
  newestChange,
  readBackTo,
  UNREAD_CHANGES,
} from '../verdicts/ages.ts';
import { sameValue } from '../verdicts/agreement.ts';
import {
  allKeys,
  checksOf,
  dynamicChecksOf,
  flagsOf,
  isDefined,
  lineOf,
  productionChecksOf,
} from '../verdicts/flagIndex.ts';
import type { FlagSource } from '../verdicts/flagSource.ts';
import { inProjects } from '../verdicts/projects.ts';
import { verdictOf } from '../verdicts/staleness.ts';
import { type OutageEffect, withoutSystem } from '../verdicts/withoutSystem.ts';

/** The document of all flags, or of the given keys in the given order. */
export function toFlagsDocument(snapshot: Snapshot, keys: readonly string[] = allKeys(snapshot)): FlagsDocument {
  const flags = keys.flatMap(key => inProjects(snapshot, key).map(each => toFlagEntry(each.snapshot, key, each.paths)));
  return { version: 1, flags, ...(snapshot.sources.length === 0 ? {} : { sources: snapshot.sources.map(toSource) }) };
}

export interface FlagsDocument {
  readonly version: 1;
  readonly flags: readonly FlagEntry[];
  /** Flag servers and how they do; left out where there are none. */
  readonly sources?: readonly SourceEntry[];
}

/** `asOf`: when its flags were true. `problem`: what is wrong and what to do, or null. */
export interface SourceEntry {
  readonly system: string;
  readonly server: string;
  readonly state: FlagSource['state'];
  readonly asOf: string | null;
  readonly problem: string | null;
}

/** One flag: everything its systems, its history and its checks say. Times are RFC 3339 in UTC, lines 1-based. */
export interface FlagEntry {
  readonly key: string;
  /** Of the project whose flag this is, as the configuration has them; left out where the key means the same everywhere. */
  readonly paths?: readonly string[];
  readonly name: string | null;
  readonly description: string | null;
  readonly kind: string | null;
  readonly type: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly expires: string | null;
  /** When it is due to go, where that is no date, such as `milestone 140`. */
  readonly expiresWords?: string;
  readonly prerequisites: readonly string[];
  readonly environments: readonly EnvironmentEntry[];
  readonly ages: AgesEntry;
  readonly verdict: Verdict;
  readonly declarations: readonly { readonly path: string; readonly line: number }[];
  /** Checks outside tests, and checks in tests. */
  readonly checks: number;
  readonly testChecks: number;
  /** Checks whose key is put together at run time and starts like this one. */
  readonly dynamicChecks: number;
  /** The different fallbacks of the checks outside tests. */
  readonly fallbacks: readonly JsonValue[];
  /** What users would get if the flag system went away, for each of these fallbacks in each environment. */
  readonly withoutSystem: readonly OutageEntry[];
}

interface OutageEntry {
  readonly fallback: JsonValue;
  readonly environment: string;
  readonly effect: OutageEffect;
  readonly what: string;
}

interface EnvironmentEntry {
  readonly system: string;
  readonly environment: string;
  readonly state: string;
  readonly percentage: number | null;
  /** Null where no one value is served to everyone. */
  readonly serves: JsonValue;
  readonly summary: string;
  readonly asOf: string | null;
  readonly changed: ChangeEntry | null;
  /** The rest only where there is something to say: see `EnvironmentState`. */
  readonly rules?: readonly string[];
  readonly rings?: readonly Ring[];
  readonly atMost?: number;
  readonly experiment?: string;
  readonly byDefault?: true;
  readonly next?: { readonly time: string; readonly summary: string };
}

interface ChangeEntry {
  readonly time: string;
  readonly days: number;
  readonly source: 'git';
  readonly commit: string;
  readonly author: string;
  readonly what: string;
}

/** The four ages, each null where it can't be known; `reason` then says why. Days are whole and never negative. */
interface MomentEntry {
  readonly time: string;
  readonly commit: string;
  readonly days: number;
}

/** What a flag system says of a flag; `source` is its name, `asOf` when it said so, null for a file in the working tree. */
interface SystemMoment {
  readonly time: string;
  readonly days: number;
  readonly source: string;
  readonly asOf: string | null;
}

interface AgesEntry {
  readonly introduced: MomentEntry | null;
  /** When the key was removed and came back, oldest first. */
  readonly absences: readonly { readonly removed: MomentEntry; readonly returned: MomentEntry | null }[];
  readonly created: { readonly time: string; readonly days: number; readonly source: string } | null;
  readonly changed: ChangeEntry | SystemMoment | null;
  readonly evaluated: SystemMoment | null;
  readonly reason?: string;
}

function toFlagEntry(snapshot: Snapshot, key: string, paths: readonly string[] | null): FlagEntry {
  const flags = flagsOf(snapshot, key);
  const first = <T>(read: (flag: Flag) => T | null): T | null => flags.map(read).find(value => value !== null) ?? null;
  return {
    key,
    ...defined({ paths: paths ?? undefined }),
    name: first(flag => flag.name),
    description: first(flag => flag.description),
    kind: first(flag => flag.kind),
    type: first(flag => flag.type),
    owner: first(flag => flag.owner),
    tags: [...new Set(flags.flatMap(flag => flag.tags))],
    expires: first(flag => flag.expires),
    ...defined({ expiresWords: flags.find(flag => flag.expiresWords !== undefined)?.expiresWords }),
    prerequisites: [...new Set(flags.flatMap(flag => flag.prerequisites))],
    environments: flags.flatMap(flag => flag.environments.map(state => toEnvironment(snapshot, flag, state))),
    ages: agesOf(snapshot, key, flags),
    verdict: verdictOf(snapshot, key),
    declarations: flags.flatMap(({ declaration }) =>
      declaration === null
        ? []
        : [{ path: declaration.path, line: lineOf(snapshot, declaration.path, declaration.keySpan.start) }],
    ),
    checks: productionChecksOf(snapshot, key).length,
    testChecks: checksOf(snapshot, key).filter(check => check.test).length,
    dynamicChecks: dynamicChecksOf(snapshot, key).length,
    fallbacks: distinctFallbacks(productionChecksOf(snapshot, key)),
    withoutSystem: withoutSystem(snapshot, key).flatMap(({ fallback, environments }) =>
      environments.map(each => ({ fallback, ...each })),
    ),
  };
}

function toSource({ system, server, state, asOf, problem }: FlagSource): SourceEntry {
  return { system, server, state, asOf, problem };
}

function toEnvironment(snapshot: Snapshot, flag: Flag, state: EnvironmentState): EnvironmentEntry {
  const change = lastChangeOf(snapshot, flag, state.environment);
  return {
    system: flag.system,
    environment: state.environment,
    state: state.state,
    percentage: state.percentage,
    serves: state.serves ?? null,
    summary: state.summary,
    asOf: state.asOf,
    changed: change === null ? null : toChange(snapshot, change),
    ...defined({
      rules: state.clauses,
      rings: state.rings,
      atMost: state.atMost,
      experiment: state.experiment,
      byDefault: state.byDefault,
      next: state.next,
    }),
  };
}

/** Without what is undefined, so that a document says nothing of it. */
function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function toChange(snapshot: Snapshot, change: NonNullable<ReturnType<typeof lastChangeOf>>): ChangeEntry {
  const { time, commit, author } = change.moment;
  return { time, days: daysSince(time, snapshot.now), source: 'git', commit, author, what: change.what };
}

function agesOf(snapshot: Snapshot, key: string, flags: readonly Flag[]): AgesEntry {
  const introduced = introducedOf(snapshot, key);
  const created = flags.find(flag => flag.created !== null);
  const changed = newestChange(snapshot, flags);
  const changedThere = flags.find(flag => flag.changed !== undefined)?.changed;
  const evaluated = flags.find(flag => flag.evaluated !== undefined)?.evaluated;
  const reasons = [
    introduced.kind === 'unknown' ? `introduced: ${introduced.reason}` : null,
    created?.created
      ? null
      : `created: ${isDefined(snapshot, key) ? 'its flag files do not say' : 'no flag file defines it'}`,
    changed === null && changedThere === undefined ? `changed: ${unchangedReason(snapshot, flags)}` : null,
    evaluated === undefined ? 'evaluated: no flag server was asked' : null,
  ].filter(reason => reason !== null);
  return {
    introduced: introduced.kind === 'unknown' ? null : toMoment(snapshot, introduced.moment),
    absences:
      introduced.kind === 'unknown'
        ? []
        : introduced.absences.map(({ removed, returned }) => ({
            removed: toMoment(snapshot, removed),
            returned: returned === null ? null : toMoment(snapshot, returned),
          })),
    created: created?.created
      ? { time: created.created, days: daysSince(created.created, snapshot.now), source: created.system }
      : null,
    changed: changed === null ? toSystemMoment(snapshot, changedThere) : toChange(snapshot, changed),
    evaluated: toSystemMoment(snapshot, evaluated),
    reason: reasons.join('; '),
  };
}

function toSystemMoment(snapshot: Snapshot, moment: FlagMoment | undefined): SystemMoment | null {
  return moment === undefined ? null : { ...moment, days: daysSince(moment.time, snapshot.now) };
}

function toMoment(snapshot: Snapshot, { time, commit }: CommitMoment): MomentEntry {
  return { time, commit, days: daysSince(time, snapshot.now) };
}

function unchangedReason(snapshot: Snapshot, flags: readonly Flag[]): string {
  const { history } = snapshot;
  if (flags.every(flag => flag.listed !== undefined)) return 'no flag file defines it';
  if (history.kind === 'pending') return 'git history is still being read';
  if (history.kind === 'unavailable') return history.reason;
  const limits = flags.map(flag => readBackTo(snapshot, flag));
  if (limits.includes(null)) return UNREAD_CHANGES;
  const limit = limits.find(each => each !== undefined);
  if (limit !== undefined) return `not since ${limit}; older versions of its flag file were not read`;
  const committed = flags.some(flag => history.changes.has(flagIdentity(flag)) || changesOf(snapshot, flag).length > 0);
  return committed ? 'never since it was introduced' : (history.limit ?? 'no change of its state is known to git');
}

function distinctFallbacks(checks: readonly Check[]): readonly JsonValue[] {
  const distinct: JsonValue[] = [];
  for (const { fallback } of checks) {
    if (fallback !== undefined && !distinct.some(known => sameValue(known, fallback))) distinct.push(fallback);
  }
  return distinct;
}
