/**
 * One walk over the history (`git log --raw`) and one reading of every content that could hold a key (`git cat-file --batch`),
 * for all keys together. How contents are searched is in `core/history`; what the dates mean for people, in `ages.ts`.
 */
import { availableParallelism } from 'node:os';
import type { KeyPresence } from '../../core/history/absences.ts';
import { createKeyDating, type KeyDate, type KeyDating } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import { createRawLogReader, mainlineOf, type RawLog, rawLogFormat, readingOrder } from '../../core/history/rawLog.ts';
import { letOthersRun } from '../project/pauses.ts';
import { listMissingObjects } from './missing.ts';
import type { Repository } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, runGit } from './run.ts';

export interface DatingOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the file versions have been read. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the commits of a range say of keys, in the keys' order. */
export interface KeyDates {
  readonly kind: 'ok';
  readonly dates: readonly KeyDate[];
  /** Null for a key of which it can't be told. */
  readonly presence: readonly (KeyPresence | null)[];
  /** Contents that this clone lacks. */
  readonly missing: number;
}

export type Dates = KeyDates | GitFailure;

/** Commits to read: all behind `head`, or those since a commit at which the keys' presence is known. */
export interface CommitRange {
  readonly head: string;
  readonly since: { readonly commit: string; readonly presence: readonly KeyPresence[] } | null;
}

const NEVER_THERE: KeyPresence = { files: 0, absences: [] };

/**
 * Dates keys over a range. When `since` is no commit of the branch itself, what was known there says nothing of it: then the
 * presence of every key is null.
 */
export async function dateKeys(
  repository: Repository,
  { head, since }: CommitRange,
  keys: readonly DatedKey[],
  options: DatingOptions,
): Promise<Dates> {
  if (keys.length === 0) return { kind: 'ok', dates: [], presence: [], missing: 0 };
  const revisions = since === null ? [head] : [`^${since.commit}`, head];
  const read = await readRawLog(repository, revisions, options.signal);
  if (read.kind === 'failed') return read;
  const [oldest] = mainlineOf(read.log, head);
  const isOnBranch = since === null || (oldest !== undefined && read.log.commits.name(oldest) === since.commit);
  const found = await readContents(repository, read.log, keys, options);
  if (found.kind === 'failed') return found;
  const before = since?.presence ?? keys.map(() => NEVER_THERE);
  const presence = isOnBranch ? found.dating.presence(head, before) : keys.map(() => null);
  return { kind: 'ok', dates: found.dating.finish(), presence, missing: found.dating.contentsMissing() };
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
  options: DatingOptions,
): Promise<{ readonly kind: 'ok'; readonly dating: KeyDating } | GitFailure> {
  const dating = createKeyDating(log, keys);
  const lacking = repository.partial ? await lackingContents(repository, log, options.signal) : new Set<number>();
  for (const content of lacking) dating.lacks(content);
  // Tables for all keys and an order of all contents are long work each, and so is starting a program.
  await letOthersRun();
  const order = readingOrder(log).filter(content => !lacking.has(content));
  const workers = Math.max(1, Math.min(3, availableParallelism(), Math.ceil(order.length / 500)));
  const share = Math.ceil(order.length / workers);
  const readings: ReturnType<typeof runGit>[] = [];
  for (let worker = 0; worker < workers; worker++) {
    await letOthersRun();
    const part = order.subarray(worker * share, (worker + 1) * share);
    const reader = dating.reader(part);
    const reading = runGit({
      directory: repository.root,
      signal: options.signal,
      args: ['cat-file', '--batch', '--buffer'],
      input: names(log, part),
      onOutput: chunk => {
        reader.push(chunk);
        options.onProgress?.(dating.contentsRead(), log.contents.size);
      },
    });
    readings.push(reading);
  }
  for (const result of await Promise.all(readings)) if (result.kind === 'failed') return result;
  return { kind: 'ok', dating };
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
