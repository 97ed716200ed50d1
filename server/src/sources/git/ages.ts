/**
 * When keys were introduced, for people: dates from git (`dateKeys.ts`) or from what is remembered of an earlier run
 * (`ageCache.ts`), with author and subject, and with what can't be known and why.
 */
import type { KeyPresence } from '../../core/history/absences.ts';
import type { KeyDate } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import type { Absence, CommitMoment, History, Introduced } from '../../core/model.ts';
import { type AgeMemory, loadAges, type RememberedKey, saveAges, spellingName } from './ageCache.ts';
import { type Dates, type DatingOptions, dateKeys, type KeyDates } from './dateKeys.ts';
import { readCommitTimes, readMoments } from './moments.ts';
import { describeRepository, isAncestor, prefixOf, type Repository } from './repository.ts';
import type { GitFailure } from './run.ts';

export interface HistoryOptions extends DatingOptions {
  /** A directory to remember the ages in; nothing is remembered without it. */
  readonly cacheDirectory?: string;
}

/** Dates the keys of the project at `directory` in its repository. Never throws; what can't be known says why. */
export async function computeHistory(
  directory: string,
  projectKeys: readonly DatedKey[],
  options: HistoryOptions = {},
): Promise<History> {
  const repository = await describeRepository(directory, options.signal);
  if (repository.kind === 'failed') return { kind: 'unavailable', reason: repository.reason };
  // All later questions name this commit, so a head that moves meanwhile changes nothing.
  const head = repository.head;
  if (head === null) {
    return { kind: 'unavailable', reason: 'The current branch has no commits yet: ages begin with the first one.' };
  }
  const keys = inRepository(projectKeys, await prefixOf(directory, repository));
  const dates = await dateWithMemory(repository, head, keys, options);
  if (dates.kind === 'failed') return { kind: 'unavailable', reason: dates.reason };
  const introduced = await explain(repository, keys, dates, options);
  if (introduced.kind === 'failed') return { kind: 'unavailable', reason: introduced.reason };
  const limit = await limitOf(repository, dates.missing, options);
  return { kind: 'known', head, introduced: introduced.introduced, changes: new Map(), limit };
}

/** The keys with their homes as the repository names them. */
function inRepository(keys: readonly DatedKey[], prefix: string): readonly DatedKey[] {
  if (prefix === '') return keys;
  return keys.map(key => (key.homes ? { ...key, homes: key.homes.map(path => `${prefix}${path}`) } : key));
}

/**
 * Dates keys with the help of what is remembered. New commits are read for all keys, since a branch that was merged meanwhile
 * may hold an older appearance; only a key that may be older than remembered, or was never asked for, needs the whole history.
 */
async function dateWithMemory(
  repository: Repository,
  head: string,
  keys: readonly DatedKey[],
  options: HistoryOptions,
): Promise<Dates> {
  const directory = options.cacheDirectory;
  if (directory === undefined || repository.partial) return dateKeys(repository, { head, since: null }, keys, options);
  const memory = await loadAges(directory, repository);
  const known = new Map<DatedKey, RememberedKey>();
  const usable = memory !== null && (await isAncestor(repository.root, memory.head, head, options.signal));
  if (usable) {
    const recalled = await recall(repository, memory, head, keys, options);
    if (recalled.kind === 'failed') return recalled;
    for (const [key, remembered] of recalled.keys) known.set(key, remembered);
  }
  const rest = keys.filter(key => !known.has(key));
  const found = await dateKeys(repository, { head, since: null }, rest, options);
  if (found.kind === 'failed') return found;
  rest.forEach((key, index) => {
    known.set(key, { date: found.dates[index]!, presence: found.presence[index]! });
  });
  const all = keys.map(key => known.get(key)!);
  if (memory?.head !== head || rest.length > 0) await saveAges(directory, repository, keys, all);
  const [dates, presence] = [all.map(({ date }) => date), all.map(({ presence }) => presence)];
  return { kind: 'ok', dates, presence, missing: found.missing };
}

/** What is known at `head` of the keys that were remembered, from the commits made since; none where those don't follow. */
async function recall(
  repository: Repository,
  memory: AgeMemory,
  head: string,
  keys: readonly DatedKey[],
  options: HistoryOptions,
): Promise<{ readonly kind: 'ok'; readonly keys: ReadonlyMap<DatedKey, RememberedKey> } | GitFailure> {
  const known = new Map<DatedKey, RememberedKey>();
  const remembered = keys.filter(key => memory.keys.get(spellingName(key))?.presence);
  if (remembered.length === 0) return { kind: 'ok', keys: known };
  const then = remembered.map(key => memory.keys.get(spellingName(key))!);
  if (memory.head === head) {
    remembered.forEach((key, index) => void known.set(key, then[index]!));
    return { kind: 'ok', keys: known };
  }
  const since = { commit: memory.head, presence: then.map(({ presence }) => presence!) };
  const recent = await dateKeys(repository, { head, since }, remembered, options);
  if (recent.kind === 'failed') return recent;
  const older = await olderThanRemembered(repository, memory, remembered, recent.dates, options);
  if (older.kind === 'failed') return older;
  remembered.forEach((key, index) => {
    const date = recent.dates[index]!;
    if (older.keys.has(key) || date.kind === 'content-missing' || recent.presence[index] === null) return;
    const before = then[index]!.date;
    known.set(key, { date: before.kind === 'absent' ? date : before, presence: recent.presence[index]! });
  });
  return { kind: 'ok', keys: known };
}

/** Remembered keys that new commits hold too, in a commit with an earlier date: a branch that lived beside the other. */
async function olderThanRemembered(
  repository: Repository,
  memory: AgeMemory,
  keys: readonly DatedKey[],
  recent: readonly KeyDate[],
  options: HistoryOptions,
): Promise<{ readonly kind: 'ok'; readonly keys: ReadonlySet<DatedKey> } | GitFailure> {
  const pairs = keys.flatMap((key, index) => {
    const date = recent[index];
    const before = memory.keys.get(spellingName(key))?.date;
    if (date?.kind !== 'commit' || before?.kind !== 'commit') return [];
    return [{ key, remembered: before.commit, recent: date.commit }];
  });
  const commits = new Set(pairs.flatMap(pair => [pair.remembered, pair.recent]));
  const times = await readCommitTimes(repository.root, [...commits], options.signal);
  if (times.kind === 'failed') return times;
  const older = pairs.filter(
    pair => times.seconds.get(pair.recent)! < (times.seconds.get(pair.remembered) ?? Infinity),
  );
  return { kind: 'ok', keys: new Set(older.map(pair => pair.key)) };
}

async function explain(
  repository: Repository,
  keys: readonly DatedKey[],
  { dates, presence }: KeyDates,
  options: HistoryOptions,
): Promise<{ readonly kind: 'ok'; readonly introduced: ReadonlyMap<string, Introduced> } | GitFailure> {
  const commits = new Set([
    ...dates.flatMap(date => (date.kind === 'commit' ? [date.commit] : [])),
    ...dates.flatMap(date => (date.kind === 'content-missing' ? (date.latest ?? []) : [])),
    ...presence
      .flatMap(each => each?.absences ?? [])
      .flatMap(({ removed, returned }) => [removed, returned ?? removed]),
  ]);
  const moments = await readMoments(repository.root, [...commits], options.signal);
  if (moments.kind === 'failed') return moments;
  const introduced = new Map<string, Introduced>();
  keys.forEach(({ key }, index) => {
    const known = introducedOf(dates[index]!, presence[index]!, moments.moments, repository);
    if (known !== null) introduced.set(key, known);
  });
  return { kind: 'ok', introduced };
}

function introducedOf(
  date: KeyDate,
  presence: KeyPresence | null,
  moments: ReadonlyMap<string, CommitMoment>,
  repository: Repository,
): Introduced | null {
  switch (date.kind) {
    case 'absent':
      return null;
    case 'commit': {
      const moment = moments.get(date.commit);
      return moment === undefined
        ? { kind: 'unknown', reason: 'git does not show its commit.' }
        : { kind: 'known', moment, absences: absencesOf(presence, moment, moments) };
    }
    case 'beyond-boundary':
      return {
        kind: 'unknown',
        reason: repository.shallow
          ? 'it is older than this shallow clone: run `git fetch --unshallow`'
          : 'it is older than the commit at which a graft or replacement cuts the history off',
      };
    case 'content-missing': {
      const latest = date.latest === null ? undefined : moments.get(date.latest);
      const bound = latest === undefined ? '' : `it was there on ${latest.time.slice(0, 10)}, if not before: `;
      return {
        kind: 'unknown',
        reason: `${bound}older files that could hold it are missing from this partial clone; run \`git fetch --refetch --no-filter\``,
      };
    }
  }
}

/** In other forms the word may have come and gone before it was the key. */
function absencesOf(
  presence: KeyPresence | null,
  introduced: CommitMoment,
  moments: ReadonlyMap<string, CommitMoment>,
): readonly Absence[] {
  return (presence?.absences ?? []).flatMap(absence => {
    const removed = moments.get(absence.removed);
    const returned = absence.returned === null ? null : moments.get(absence.returned);
    if (removed === undefined || returned === undefined) return [];
    return Date.parse(removed.time) < Date.parse(introduced.time) ? [] : [{ removed, returned }];
  });
}

async function limitOf(repository: Repository, missing: number, options: HistoryOptions): Promise<string | null> {
  const limits: string[] = [];
  if (repository.boundary.size > 0) {
    const ends = await readMoments(repository.root, [...repository.boundary].slice(0, 1000), options.signal);
    const times = ends.kind === 'ok' ? [...ends.moments.values()].map(moment => moment.time).sort() : [];
    const since = times.length === 0 ? '' : ` to ${times[0]!.slice(0, 10)}`;
    limits.push(
      repository.shallow
        ? `shallow clone: ages reach back only${since}; run \`git fetch --unshallow\``
        : `a graft or replacement cuts the history off: ages reach back only${since}`,
    );
  }
  if (missing > 0) {
    limits.push(
      `${missing} file version${missing === 1 ? ' is' : 's are'} missing from this clone: some ages are unknown; run \`git fetch --refetch --no-filter\``,
    );
  }
  return limits.length === 0 ? null : limits.join('; ');
}
