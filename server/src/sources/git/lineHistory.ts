/** Which commit last changed one line of a file in the working tree. The history of flags is in `ages.ts`. */
import type { CommitMoment } from '../../core/model.ts';
import { emptyFilters } from './diff.ts';
import { readMoments } from './moments.ts';
import { readGitText } from './run.ts';

export type LastChange =
  | { readonly kind: 'known'; readonly moment: CommitMoment }
  /** `reason` is a few words for people. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The last change of a 1-based line; changes of blanks alone don't count. `path` is relative to the root. Never throws. */
export async function lastChangeOfLine(
  root: string,
  path: string,
  line: number,
  signal?: AbortSignal,
): Promise<LastChange> {
  // Blame alone converts texts unless it is told not to, and the repository's configuration says with which program.
  const args = ['blame', '--no-textconv', '--porcelain', '-w', '-L', `${line},${line}`, '--', path];
  const blame = await readGitText({ directory: root, signal, args, configuration: await emptyFilters(root, signal) });
  if (blame.kind === 'failed') return { kind: 'unknown', reason: blame.reason };
  const commit = /^([0-9a-f]{40,64}) /.exec(blame.text)?.[1];
  if (commit === undefined) return { kind: 'unknown', reason: 'git does not know the line' };
  if (/^0+$/.test(commit)) return { kind: 'unknown', reason: 'not committed yet' };
  if (/^boundary$/m.test(blame.text) && (await isCutOff(root, commit, signal))) {
    return { kind: 'unknown', reason: 'older than this shallow clone: run `git fetch --unshallow`' };
  }
  const moments = await readMoments(root, [commit], signal);
  const moment = moments.kind === 'ok' ? moments.moments.get(commit) : undefined;
  return moment === undefined ? { kind: 'unknown', reason: 'git does not show its commit' } : { kind: 'known', moment };
}

/** Lines of one file that are asked about at once. */
const MOST_LINES = 50;
/** Milliseconds that blaming one file may take: a frame without its last change is better than a late one. */
const PATIENCE = 4000;

/** The last changes of several 1-based lines of a file; those that git can't date are left out. Never throws. */
export async function lastChangesOfLines(
  root: string,
  path: string,
  lines: readonly number[],
  { unsaved, signal }: { readonly unsaved: string | null; readonly signal?: AbortSignal | undefined },
): Promise<ReadonlyMap<number, CommitMoment>> {
  const changes = new Map<number, CommitMoment>();
  const asked = [...new Set(lines)].filter(line => line >= 1).slice(0, MOST_LINES);
  if (asked.length === 0) return changes;
  const ranges = asked.flatMap(line => ['-L', `${line},${line}`]);
  const contents = unsaved === null ? [] : ['--contents', '-'];
  const args = ['blame', '--no-textconv', '--porcelain', '-w', ...contents, ...ranges, '--', path];
  const configuration = await emptyFilters(root, signal);
  const input = unsaved === null ? [] : [unsaved];
  const blame = await readGitText({ directory: root, signal, args, configuration, input, timeLimit: PATIENCE });
  if (blame.kind === 'failed') return changes;
  const cutOff = new Set(
    [...blame.text.matchAll(/^([0-9a-f]{40,64}) \d+ \d+(?: \d+)?\n(?:(?!\t).*\n)*?boundary$/gm)].map(
      match => match[1]!,
    ),
  );
  const commits = new Map<number, string>();
  for (const [, commit, line] of blame.text.matchAll(/^([0-9a-f]{40,64}) \d+ (\d+)/gm)) {
    // The end of a shallow clone is where a line was last seen, not where it was changed.
    const isEnd = cutOff.has(commit!) && (await isCutOff(root, commit!, signal));
    if (!/^0+$/.test(commit!) && !isEnd) commits.set(Number(line), commit!);
  }
  const moments = await readMoments(root, [...new Set(commits.values())], signal);
  if (moments.kind === 'failed') return changes;
  for (const [line, commit] of commits) {
    const moment = moments.moments.get(commit);
    if (moment !== undefined) changes.set(line, moment);
  }
  return changes;
}

/** Blame calls the first commit of a history a boundary too; only a commit whose parents are hidden is the end of a clone. */
async function isCutOff(root: string, commit: string, signal?: AbortSignal): Promise<boolean> {
  const args = ['--no-replace-objects', 'cat-file', 'commit', commit];
  const written = await readGitText({ directory: root, signal, args });
  return written.kind === 'ok' && /^parent /m.test(written.text.slice(0, written.text.indexOf('\n\n')));
}
