/**
 * Turns commits into moments: when, by whom, about what. The author's date counts, since it is when the line was written; a
 * rebase or a squash changes only the committer's.
 */
import type { CommitMoment } from '../../core/model.ts';
import { type GitFailure, readGitText } from './run.ts';

/** The `--format` whose output `parseMoment` reads: commit, author's time, author, subject, separated by NUL. */
export const momentFormat = '%H%x00%at%x00%an%x00%s';

/** The moments of these commits; commits that git does not know are left out. */
export async function readMoments(
  root: string,
  commits: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly moments: ReadonlyMap<string, CommitMoment> } | GitFailure> {
  const moments = new Map<string, CommitMoment>();
  if (commits.length === 0) return { kind: 'ok', moments };
  const args = ['log', '--no-walk=unsorted', '--stdin', '--ignore-missing', '-s', `--format=${momentFormat}`];
  const result = await readGitText({ directory: root, signal, args, input: commits.map(commit => `${commit}\n`) });
  if (result.kind === 'failed') return result;
  for (const line of result.text.split('\n')) {
    const moment = parseMoment(line);
    if (moment !== null) moments.set(moment.commit, moment);
  }
  return { kind: 'ok', moments };
}

/** When these commits were committed, in seconds since 1970: the order in which histories are read. */
export async function readCommitTimes(
  root: string,
  commits: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly seconds: ReadonlyMap<string, number> } | GitFailure> {
  if (commits.length === 0) return { kind: 'ok', seconds: new Map() };
  const args = ['log', '--no-walk=unsorted', '--stdin', '--ignore-missing', '-s', '--format=%H %ct'];
  const result = await readGitText({ directory: root, signal, args, input: commits.map(commit => `${commit}\n`) });
  if (result.kind === 'failed') return result;
  const lines = result.text.split('\n').map(line => line.split(' '));
  return { kind: 'ok', seconds: new Map(lines.map(([commit, seconds]) => [commit!, Number(seconds)])) };
}

/** Reads one line of `momentFormat`; null when it is none. */
export function parseMoment(line: string): CommitMoment | null {
  const [commit, seconds, author, subject] = line.split('\0');
  if (commit === undefined || seconds === undefined) return null;
  return { time: timeOf(Number(seconds)), commit, author: author ?? '', subject: subject ?? '' };
}

/** RFC 3339 in UTC, to the second. A date that no calendar holds becomes the epoch. */
function timeOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  const valid = Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? new Date(0) : date;
  return `${valid.toISOString().slice(0, 19)}Z`;
}
