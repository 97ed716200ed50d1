/**
 * When keys were introduced, for people: dates from git (`dateKeys.ts`) or from what is remembered of an earlier run
 * (`ageCache.ts`), with author and subject, and with what can't be known and why.
 */
import type { KeyDate } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import type { CommitMoment, History, Introduced } from '../../core/model.ts';
import { type AgeMemory, loadAges, saveAges, spellingName } from './ageCache.ts';
import { type Dates, type DatingOptions, dateKeys } from './dateKeys.ts';
import { readCommitTimes, readMoments } from './moments.ts';
import { describeRepository, isAncestor, type Repository } from './repository.ts';
import type { GitFailure } from './run.ts';

export interface HistoryOptions extends DatingOptions {
  /** A directory to remember the ages in; nothing is remembered without it. */
  readonly cacheDirectory?: string;
}

/** Dates the keys in the repository that `directory` is in. Never throws; what can't be known says why. */
export async function computeHistory(
  directory: string,
  keys: readonly DatedKey[],
  options: HistoryOptions = {},
): Promise<History> {
  const repository = await describeRepository(directory, options.signal);
  if (repository.kind === 'failed') return { kind: 'unavailable', reason: repository.reason };
  // All later questions name this commit, so a head that moves meanwhile changes nothing.
  const head = repository.head;
  if (head === null) {
    return { kind: 'unavailable', reason: 'The current branch has no commits yet: ages begin with the first one.' };
  }
  const dates = await dateWithMemory(repository, head, keys, options);
  if (dates.kind === 'failed') return { kind: 'unavailable', reason: dates.reason };
  const introduced = await explain(repository, keys, dates.dates, options);
  if (introduced.kind === 'failed') return { kind: 'unavailable', reason: introduced.reason };
  const limit = await limitOf(repository, dates.missing, options);
  return { kind: 'known', head, introduced: introduced.introduced, changes: new Map(), limit };
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
  if (directory === undefined || repository.partial) return dateKeys(repository, [head], keys, options);
  const memory = await loadAges(directory, repository);
  const usable = memory !== null && (await isAncestor(repository.root, memory.head, head, options.signal));
  const remembered = usable ? keys.filter(key => memory.commits.has(spellingName(key))) : [];
  const dates = new Map<DatedKey, KeyDate>();
  if (usable && remembered.length > 0) {
    const range = memory.head === head ? null : [`^${memory.head}`, head];
    const recent = range === null ? null : await dateKeys(repository, range, remembered, options);
    if (recent?.kind === 'failed') return recent;
    const older = await olderThanRemembered(repository, memory, remembered, recent?.dates ?? [], options);
    if (older.kind === 'failed') return older;
    remembered.forEach((key, index) => {
      const commit = memory.commits.get(spellingName(key))!;
      const date = recent?.dates[index] ?? { kind: 'absent' };
      if (older.keys.has(key) || date.kind === 'content-missing') return;
      dates.set(key, commit === null ? date : { kind: 'commit', commit });
    });
  }
  const rest = keys.filter(key => !dates.has(key));
  const found = await dateKeys(repository, [head], rest, options);
  if (found.kind === 'failed') return found;
  rest.forEach((key, index) => void dates.set(key, found.dates[index]!));
  const all = keys.map(key => dates.get(key)!);
  if (memory?.head !== head || rest.length > 0) await saveAges(directory, repository, keys, all);
  return { kind: 'ok', dates: all, missing: found.missing };
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
    const commit = memory.commits.get(spellingName(key));
    return date?.kind === 'commit' && commit ? [{ key, remembered: commit, recent: date.commit }] : [];
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
  dates: readonly KeyDate[],
  options: HistoryOptions,
): Promise<{ readonly kind: 'ok'; readonly introduced: ReadonlyMap<string, Introduced> } | GitFailure> {
  const commits = new Set(dates.flatMap(date => (date.kind === 'commit' ? [date.commit] : [])));
  const moments = await readMoments(repository.root, [...commits], options.signal);
  if (moments.kind === 'failed') return moments;
  const introduced = new Map<string, Introduced>();
  keys.forEach(({ key }, index) => {
    const known = introducedOf(dates[index]!, moments.moments, repository);
    if (known !== null) introduced.set(key, known);
  });
  return { kind: 'ok', introduced };
}

function introducedOf(
  date: KeyDate,
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
        : { kind: 'known', moment };
    }
    case 'beyond-boundary':
      return {
        kind: 'unknown',
        reason: repository.shallow
          ? 'it is older than this shallow clone: run `git fetch --unshallow`'
          : 'it is older than the commit at which a graft or replacement cuts the history off',
      };
    case 'content-missing':
      return {
        kind: 'unknown',
        reason:
          'older files that could hold it are missing from this partial clone: run `git fetch --refetch --no-filter`',
      };
  }
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
