/**
 * One walk over the history (`git log --raw`) and one reading of every content that could hold a key (`git cat-file --batch`),
 * for all keys together. How contents are searched is in `core/history`; what the dates mean for people, in `ages.ts`.
 */
import { availableParallelism } from 'node:os';
import { createKeyDating, type KeyDate } from '../../core/history/introduced.ts';
import type { DatedKey } from '../../core/history/keyMatcher.ts';
import { createRawLogReader, type RawLog, rawLogFormat, readingOrder } from '../../core/history/rawLog.ts';
import { listMissingObjects } from './missing.ts';
import type { Repository } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, runGit } from './run.ts';

export interface DatingOptions {
  readonly signal?: AbortSignal;
  /** Told now and then how many of the file versions have been read. */
  readonly onProgress?: (done: number, total: number) => void;
}

export type Dates = { readonly kind: 'ok'; readonly dates: readonly KeyDate[]; readonly missing: number } | GitFailure;

/** Dates keys over the commits that `revisions` (as for `git log`) name. */
export async function dateKeys(
  repository: Repository,
  revisions: readonly string[],
  keys: readonly DatedKey[],
  options: DatingOptions,
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
  options: DatingOptions,
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
