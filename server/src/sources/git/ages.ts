/**
 * Asks git when keys were introduced: one walk over the history (`git log --raw`), one reading of every content that could
 * hold a key (`git cat-file --batch`), for all keys together. How contents are searched is in `core/history`; what is
 * remembered between runs is in `ageCache.ts`.
 */
import { availableParallelism } from 'node:os';
import { createKeyDating, type KeyDate } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import { createRawLogReader, type RawLog, rawLogFormat, readingOrder } from '../../core/history/rawLog.ts';
import type { CommitMoment, History, Introduced } from '../../core/model.ts';
import { listMissingObjects } from './missing.ts';
import { readMoments } from './moments.ts';
import { describeRepository, type Repository } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, runGit } from './run.ts';

export interface HistoryOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the file versions have been read. */
  readonly onProgress?: (done: number, total: number) => void;
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
  const dates = await dateKeys(repository, [head], keys, options);
  if (dates.kind === 'failed') return { kind: 'unavailable', reason: dates.reason };
  const introduced = await explain(repository, keys, dates.dates, options);
  if (introduced.kind === 'failed') return { kind: 'unavailable', reason: introduced.reason };
  const limit = await limitOf(repository, dates.missing, options);
  return { kind: 'known', head, introduced: introduced.introduced, changes: new Map(), limit };
}

type Dates = { readonly kind: 'ok'; readonly dates: readonly KeyDate[]; readonly missing: number } | GitFailure;

/** Dates keys over the commits that `revisions` (as for `git log`) name. */
async function dateKeys(
  repository: Repository,
  revisions: readonly string[],
  keys: readonly DatedKey[],
  options: HistoryOptions,
): Promise<Dates> {
  if (keys.length === 0) return { kind: 'ok', dates: [], missing: 0 };
  const log = await readRawLog(repository, revisions, options.signal);
  if (log.kind === 'failed') return log;
  return readContents(repository, log.log, keys, options);
}

async function readRawLog(
  repository: Repository,
  revisions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: 'ok'; readonly log: RawLog } | GitFailure> {
  const reader = createRawLogReader(repository.head!.length, repository.boundary);
  const result = await runGit({
    directory: repository.root,
    signal,
    args: [
      'log',
      '--raw',
      '-z',
      '--no-abbrev',
      '--no-renames',
      // Parents before children whatever their clocks said, else the oldest first.
      '--date-order',
      '--reverse',
      // A merge shows what it brought to its first parent, so what only the merge itself wrote is seen too.
      '--diff-merges=first-parent',
      `--format=${rawLogFormat}`,
      ...harmlessDiffOptions,
      ...revisions,
      '--',
    ],
    onOutput: reader.push,
  });
  return result.kind === 'ok' ? { kind: 'ok', log: reader.finish() } : result;
}

/** Reads every content once, by a few gits side by side: unpacking is what takes the time. */
async function readContents(
  repository: Repository,
  log: RawLog,
  keys: readonly DatedKey[],
  options: HistoryOptions,
): Promise<Dates> {
  const dating = createKeyDating(log, keys);
  const lacking = repository.partial ? await lackingContents(repository, log, options.signal) : new Set<number>();
  for (const content of lacking) dating.lacks(content);
  const order = readingOrder(log).filter(content => !lacking.has(content));
  const workers = Math.max(1, Math.min(3, availableParallelism(), Math.ceil(order.length / 500)));
  const share = Math.ceil(order.length / workers);
  const readings = Array.from({ length: workers }, (_, worker) => {
    const part = order.subarray(worker * share, (worker + 1) * share);
    const reader = dating.reader(part);
    return runGit({
      directory: repository.root,
      signal: options.signal,
      args: ['cat-file', '--batch', '--buffer'],
      input: names(log, part),
      onOutput: chunk => {
        reader.push(chunk);
        options.onProgress?.(dating.contentsRead(), log.contents.size);
      },
    });
  });
  for (const result of await Promise.all(readings)) if (result.kind === 'failed') return result;
  return { kind: 'ok', dates: dating.finish(), missing: dating.contentsMissing() };
}

/** Contents a partial clone lacks, which git must not be asked for. */
async function lackingContents(
  repository: Repository,
  log: RawLog,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<number>> {
  const lacking = new Set<number>();
  const note = (name: string): void => {
    const content = log.contents.find(name);
    if (content >= 0) lacking.add(content);
  };
  await listMissingObjects(repository.root, repository.head!, [], note, signal);
  return lacking;
}

function* names(log: RawLog, contents: Uint32Array): Generator<string> {
  for (let start = 0; start < contents.length; start += 256) {
    let piece = '';
    for (const content of contents.subarray(start, start + 256)) piece += `${log.contents.name(content)}\n`;
    yield piece;
  }
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
