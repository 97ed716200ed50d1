/** Which commit was there at a time. */
import { type GitFailure, readGitText } from './run.ts';

/**
 * The newest commit of the current branch that was committed at or before a time (milliseconds since 1970); null where there is none,
 * as before the first one and behind the end of a shallow clone. When it was deployed, git does not say.
 */
export async function commitAt(
  root: string,
  time: number,
): Promise<{ readonly kind: 'ok'; readonly commit: string | null } | GitFailure> {
  // Git counts from 1970. `--until` would read a small number as something else than seconds.
  if (time < 0) return { kind: 'ok', commit: null };
  const result = await readGitText({
    directory: root,
    args: ['rev-list', '-1', '--first-parent', `--min-age=${Math.floor(time / 1000)}`, 'HEAD', '--'],
  });
  // A repository without any commit has no HEAD either.
  if (result.kind === 'failed' && result.code === 'unknown-revision') return { kind: 'ok', commit: null };
  if (result.kind === 'failed') return result;
  return { kind: 'ok', commit: result.text.trim() || null };
}

/** The paths of a commit's files, relative to the root. */
export async function pathsAt(
  root: string,
  commit: string,
): Promise<{ readonly kind: 'ok'; readonly paths: ReadonlySet<string> } | GitFailure> {
  const result = await readGitText({ directory: root, args: ['ls-tree', '-r', '-z', '--name-only', commit] });
  if (result.kind === 'failed') return result;
  return { kind: 'ok', paths: new Set(result.text.split('\0').filter(path => path !== '')) };
}
