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

/** Blame calls the first commit of a history a boundary too; only a commit whose parents are hidden is the end of a clone. */
async function isCutOff(root: string, commit: string, signal?: AbortSignal): Promise<boolean> {
  const args = ['--no-replace-objects', 'cat-file', 'commit', commit];
  const written = await readGitText({ directory: root, signal, args });
  return written.kind === 'ok' && /^parent /m.test(written.text.slice(0, written.text.indexOf('\n\n')));
}
