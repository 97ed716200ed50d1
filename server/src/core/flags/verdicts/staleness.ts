/**
 * The verdict on a flag: what it is doing in its life, whether it is stale, one sentence with the evidence and the rule
 * behind it. The rules stand in order in `verdictOf`; ages come from `ages.ts`, states from the flags themselves.
 */
import type { EnvironmentState, Flag, Verdict } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import {
  allEnvironments,
  countText,
  dateText,
  daysText,
  listText,
  mainEnvironment,
  percentText,
  shortStateOf,
} from '../rollout/describe.ts';
import { daysSince, introducedOf, lastArrival, NOT_COMMITTED, type Since, unchangedSince } from './ages.ts';
import {
  checksOf,
  dynamicChecksOf,
  flagFilesOf,
  flagsOf,
  isListedOfElsewhere,
  productionChecksOf,
} from './flagIndex.ts';
import { isSourceMissing } from './flagSource.ts';
import { type Lifetime, lifetimeOf, plural } from './lifetimes.ts';
import { createNeededFlags } from './neededFlags.ts';

/** A flag that nobody checks yet is not stale for this many days: its code may be on its way. */
export const UNUSED_GRACE_DAYS = 7;

/**
 * The verdict on a key. In order: a key that no flag file defines is *unknown*, one that only a list in code names is not judged
 * where no flag file defines any of that list; then *archived*, *unused* (no check outside
 * tests, not even a dynamic key that starts like it), *expired* (its own date has passed, which also counts for one that is not used
 * yet), *permanent* (it may live for
 * ever), *rolling-out* (not the same for everyone everywhere: never stale for its birthday alone), and for a flag that
 * is the same for everyone everywhere *launched* or *off* once that lasts longer than its type's lifetime, else *fresh*.
 */
export function verdictOf(snapshot: Snapshot, key: string): Verdict {
  const verdict = verdictSoFar(snapshot, key);
  // While the repository is read another file may still define the flag otherwise.
  return verdict.stale && snapshot.completeness === 'reading' ? { ...verdict, stale: false } : verdict;
}

function verdictSoFar(snapshot: Snapshot, key: string): Verdict {
  const flags = flagsOf(snapshot, key);
  if (flags.length === 0) return unknownVerdict(snapshot, key);
  if (flags.every(flag => flag.listed !== undefined)) return listedVerdict(snapshot, key, flags);
  const current = flags.filter(flag => !flag.archived);
  if (current.length === 0) return archivedVerdict(snapshot, key, flags);
  const lifetime = lifetimeOf(snapshot, key);
  const unused = current.every(flag => flag.askedOtherwise === true) ? null : unusedVerdict(snapshot, key, lifetime);
  return (
    (unused?.stale === true ? unused : null) ??
    expiredVerdict(snapshot, current) ??
    unused ??
    permanentVerdict(lifetime) ??
    stateVerdict(snapshot, key, current, lifetime)
  );
}

/** Of a flag that only lists in code name. It is never stale: the program may well hand it to others, who ask for it. */
function listedVerdict(snapshot: Snapshot, key: string, flags: readonly Flag[]): Verdict {
  const isChecked = productionChecksOf(snapshot, key).length > 0 || dynamicChecksOf(snapshot, key).length > 0;
  if (isChecked && (!isListedOfElsewhere(snapshot, key) || snapshot.completeness !== 'complete'))
    return unknownVerdict(snapshot, key, listedWhere(flags));
  const where = listedWhere(flags);
  if (isChecked || flags.some(flag => flag.listed === 'unasked') || snapshot.completeness !== 'complete') {
    const why = `not judged: ${where}; where its state is kept is not known`;
    return { kind: 'fresh', stale: false, why, rule: 'listed' };
  }
  const only = checksOf(snapshot, key).length === 0 ? 'no code here checks it' : 'only tests check it';
  return { kind: 'unused', stale: false, why: `${where}, but ${only}`, rule: 'listed' };
}

function listedWhere(flags: readonly Flag[]): string {
  return `listed in ${listText([...new Set(flags.flatMap(flag => flag.declaration?.path ?? []))], 2)}`;
}

/** @param listed where code lists it, for a flag that a list in code names though nothing defines it. */
function unknownVerdict(snapshot: Snapshot, key: string, listed: string | null = null): Verdict {
  const checks = checksOf(snapshot, key);
  const asked = checks.length === 0 ? 'not checked' : `checked in ${countText(checks.length, 'place')}`;
  const where = listed === null ? asked : `${listed} and ${asked}`;
  if (snapshot.completeness !== 'complete') {
    const why = `${where}; ${NOT_READ[snapshot.completeness]}`;
    return { kind: 'unknown', stale: false, why, rule: 'unknown-flag' };
  }
  if (isSourceMissing(snapshot)) {
    const silent = snapshot.sources.filter(source => source.asOf === null).map(source => source.title);
    const why = `${where}; ${listText(silent)} has not said its flags yet`;
    return { kind: 'unknown', stale: false, why, rule: 'unknown-flag' };
  }
  const servers = snapshot.sources.map(source => source.title);
  const files = [...servers, ...flagFilesOf(snapshot).map(file => file.path)];
  const looked =
    files.length === 0
      ? 'no flag file was found in this repository'
      : `defined in none of the ${servers.length === 0 ? 'flag files' : 'flag systems'} (${listText(files, 2)})`;
  return { kind: 'unknown', stale: false, why: `${where}, but ${looked}`, rule: 'unknown-flag' };
}

const NOT_READ = {
  reading: 'the repository is still being read',
  failed: 'the repository could not be read to its end',
} as const;

function archivedVerdict(snapshot: Snapshot, key: string, flags: readonly Flag[]): Verdict {
  const checks = checksOf(snapshot, key).length;
  const systems = listText([...new Set(flags.map(flag => flag.system))]);
  const still = checks === 0 ? 'and no longer checked' : `but still checked in ${countText(checks, 'place')}`;
  return { kind: 'archived', stale: checks > 0, why: `archived in ${systems}, ${still}`, rule: 'archived' };
}

function unusedVerdict(snapshot: Snapshot, key: string, lifetime: Lifetime): Verdict | null {
  // Flag files are read before the code that checks them.
  if (snapshot.completeness !== 'complete') return null;
  // A repository whose code asks for no flag at all holds them for others.
  if (snapshot.checks.size === 0 && snapshot.dynamicChecks.length === 0) return null;
  if (productionChecksOf(snapshot, key).length > 0 || dynamicChecksOf(snapshot, key).length > 0) return null;
  if (isNeeded(snapshot, key)) return null;
  const inTests = checksOf(snapshot, key).length;
  const nobody = inTests === 0 ? 'no code checks it' : `only tests check it (${countText(inTests, 'place')})`;
  const verdict = (stale: boolean, why: string): Verdict => ({ kind: 'unused', stale, why, rule: 'unused' });
  if (lifetime.days === null) {
    const who = lifetime.said === null ? `${plural(lifetime.type)} are` : `it is (${lifetime.said})`;
    return { ...verdict(false, `${nobody}; ${who} never stale`), rule: lifetime.rule };
  }
  const introduced = introducedOf(snapshot, key);
  if (introduced.kind === 'unknown') {
    return introduced.reason === NOT_COMMITTED
      ? verdict(false, `${nobody} yet; ${NOT_COMMITTED}`)
      : verdict(true, nobody);
  }
  const arrival = lastArrival(introduced);
  if (arrival === null) return verdict(false, `${nobody} yet; ${NOT_COMMITTED}`);
  const days = daysSince(arrival.time, snapshot.now);
  const arrived = `${introduced.absences.length > 0 ? 'brought back' : 'introduced'} ${daysText(days)} ago`;
  return days < UNUSED_GRACE_DAYS
    ? verdict(false, `${nobody} yet; ${arrived}`)
    : verdict(true, `${nobody}; ${arrived}`);
}

/** Whether another flag has it as a prerequisite: it is asked for by the flag system. */
function isNeeded({ flags, needed }: Snapshot, key: string): boolean {
  return (needed?.flags === flags ? needed : createNeededFlags(flags)).has(key);
}

function expiredVerdict(snapshot: Snapshot, flags: readonly Flag[]): Verdict | null {
  const dates = flags.flatMap(flag => (flag.expires === null ? [] : [Date.parse(flag.expires)]));
  const passed = dates.filter(date => date <= snapshot.now);
  if (passed.length === 0) return null;
  const date = Math.min(...passed);
  const days = Math.floor((snapshot.now - date) / 86_400_000);
  const ago = days === 0 ? 'today' : `${daysText(days)} ago`;
  return { kind: 'expired', stale: true, why: `its expiry date, ${dateText(date)}, passed ${ago}`, rule: 'expiry' };
}

function permanentVerdict({ days, subject, said, rule }: Lifetime): Verdict | null {
  if (days !== null) return null;
  const why = said === null ? `${subject} live as long as they are needed` : `it may live for ever (${said})`;
  return { kind: 'permanent', stale: false, why, rule };
}

function stateVerdict(snapshot: Snapshot, key: string, flags: readonly Flag[], lifetime: Lifetime): Verdict {
  const states = flags.flatMap(flag => flag.environments);
  const since = unchangedSince(snapshot, key);
  const unread = states.find(state => state.state === 'unknown' || state.byDefault === true);
  if (states.length === 0 || unread !== undefined) {
    const what =
      unread === undefined ? `${listText([...new Set(flags.map(flag => flag.system))])} has no state` : unread.summary;
    return { kind: 'fresh', stale: false, why: `not judged: ${what}`, rule: 'state-unknown' };
  }
  const moving = mainEnvironment(states.filter(state => !isSettled(state)));
  if (moving !== null) {
    const what = `${movingWords(moving)} in ${moving.environment}`;
    return {
      kind: 'rolling-out',
      stale: false,
      why: `${what}${forDays(since)}; ${livesWords(lifetime)}`,
      rule: lifetime.rule,
    };
  }
  const [first] = states;
  if (!states.every(state => state.state === first!.state)) {
    const differing = states.map(state => `${shortStateOf(state)} in ${state.environment}`);
    return {
      kind: 'rolling-out',
      stale: false,
      why: `${listText([...new Set(differing)])}${forDays(since)}`,
      rule: lifetime.rule,
    };
  }
  return settledVerdict(snapshot, lifetime, first!, states, since);
}

/** Fully on or fully off everywhere: the clock decides. */
function settledVerdict(
  snapshot: Snapshot,
  lifetime: Lifetime,
  state: EnvironmentState,
  states: readonly EnvironmentState[],
  since: Since,
): Verdict {
  const environments = [...new Set(states.map(each => each.environment))];
  const where = `in ${environments.length === 1 ? environments[0] : allEnvironments(environments.length)}`;
  const what = `${settledWord(state, states)} for everyone ${where}`;
  const kind = state.state === 'on' ? 'launched' : 'off';
  if (since.kind === 'unknown') {
    if (since.reason === NOT_COMMITTED) {
      return { kind: 'fresh', stale: false, why: `${what}; ${NOT_COMMITTED}`, rule: lifetime.rule };
    }
    return { kind, stale: false, why: `${what}; since when is not known: ${since.reason}`, rule: lifetime.rule };
  }
  const limit = lifetime.days ?? Number.POSITIVE_INFINITY;
  const over = snapshot.now - Date.parse(since.time) > limit * 86_400_000;
  const why = `${what}${forDays(since)}; ${livesWords(lifetime)}`;
  return over
    ? { kind, stale: true, why, rule: lifetime.rule }
    : { kind: 'fresh', stale: false, why, rule: lifetime.rule };
}

/** What is off may still give everyone something: the fallback of each check. */
function settledWord(state: EnvironmentState, states: readonly EnvironmentState[]): string {
  const isFallback = state.state === 'off' && states.every(each => each.serves === undefined);
  return isFallback ? "off, with only the code's fallback," : state.state;
}

function isSettled(state: EnvironmentState): boolean {
  return state.state === 'on' || state.state === 'off';
}

function movingWords(state: EnvironmentState): string {
  return state.percentage !== null && state.state === 'partial' ? percentText(state.percentage) : shortStateOf(state);
}

function forDays(since: Since): string {
  if (since.kind === 'unknown') return '';
  if (since.days === 0 && !since.atLeast) return ' for less than a day';
  return ` for ${since.atLeast ? 'at least ' : ''}${daysText(since.days)}`;
}

/** `release flags live 40 days`, or `it may live 90 days (src/pay.ts:12)`. */
function livesWords({ days, subject, said }: Lifetime): string {
  if (days === null) return `${subject} ${said === null ? 'have' : 'has'} no limit`;
  const limit = daysText(Math.round(days * 10) / 10);
  return said === null ? `${subject} live ${limit}` : `it may live ${limit} (${said})`;
}
