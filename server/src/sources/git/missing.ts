/**
 * Which objects a partial clone lacks. A git older than 2.45 can't be told not to fetch an object it is asked for; with the
 * network forbidden it fails as a whole. But every git can list what is missing without fetching it.
 */
import { type GitFailure, runGit } from './run.ts';

/** Calls `found` with the name of every missing object of the history of `head`, limited to `paths` unless there are none. */
export async function listMissingObjects(
  root: string,
  head: string,
  paths: readonly string[],
  found: (name: string) => void,
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok' } | GitFailure> {
  let carry = '';
  return runGit({
    directory: root,
    signal,
    args: [
      '--literal-pathspecs',
      'rev-list',
      '--objects',
      '--no-object-names',
      '--missing=print',
      head,
      '--',
      ...paths,
    ],
    onOutput: chunk => {
      const lines = (carry + Buffer.from(chunk).toString('latin1')).split('\n');
      carry = lines.pop()!;
      for (const line of lines) if (line.startsWith('?')) found(line.slice(1));
    },
  });
}
