/**
 * Which files of a commit are where now, without comparing their contents: that is `core/traces/drift.ts`'s business, for the few
 * files that a trace names. Paths are relative to `root`, which may be a folder of the repository; what lies outside is left out.
 */
import type { ChangedPath } from '../../core/traces/drift.ts';
import { emptyFilters } from './diff.ts';
import { type GitFailure, harmlessDiffOptions, readGitText } from './run.ts';

const LARGEST_LIST = 256 * 1024 * 1024;

/**
 * Files that were added, deleted, changed or renamed from the commit `base` to the commit `head`; null stands for the working
 * tree, where files that git would track but does not yet count as added. Both must be names of commits (`resolveRevision`).
 * Telling renames takes time in a large difference; `plain` calls them deleted and added.
 */
export async function readPathChanges(
  root: string,
  base: string,
  head: string | null,
  renames: 'plain' | 'renames',
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly changes: readonly ChangedPath[] } | GitFailure> {
  const args = [
    'diff',
    '--raw',
    '-z',
    renames === 'renames' ? '-M' : '--no-renames',
    ...harmlessDiffOptions,
    '--relative',
    base,
    ...(head === null ? [] : [head]),
    '--',
  ];
  // Comparing with files on the disk runs clean filters, unless every one that is configured is emptied.
  const configuration = head === null ? await emptyFilters(root, signal) : [];
  const compared = await readGitText({ directory: root, signal, args, configuration }, LARGEST_LIST);
  if (compared.kind === 'failed') return compared;
  const changes = readRaw(compared.text);
  if (head !== null) return { kind: 'ok', changes };
  const others = ['ls-files', '-z', '--others', '--exclude-standard'];
  const untracked = await readGitText({ directory: root, signal, args: others }, LARGEST_LIST);
  if (untracked.kind === 'failed') return untracked;
  const added = untracked.text.split('\0').filter(path => path !== '' && !path.endsWith('/'));
  return { kind: 'ok', changes: [...changes, ...added.map(newPath => ({ oldPath: null, newPath }))] };
}

/** More steps than a file is renamed in a year. */
const MOST_RENAMES = 10;

/**
 * Where a file went that is not there any more, commit by commit: git's comparison of two states calls it deleted when it was
 * renamed first and changed much later, and takes another file for it where many are alike. Null when it was deleted, or when that
 * can't be told.
 */
export async function followRenames(
  root: string,
  base: string,
  head: string,
  path: string,
  signal?: AbortSignal,
): Promise<string | null> {
  let current = path;
  let from = base;
  for (let step = 0; step < MOST_RENAMES; step++) {
    const range = `${from}..${head}`;
    const call = { directory: root, signal };
    const found = await readGitText({
      ...call,
      args: [
        '--literal-pathspecs',
        'log',
        '-m',
        '--first-parent',
        '-1',
        '--format=%H',
        '--diff-filter=D',
        '--no-renames',
        range,
        '--',
        current,
      ],
    });
    const commit = found.kind === 'ok' ? found.text.trim() : '';
    // Nothing deleted it behind here: this is its last name, if it has another one than the first.
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return current === path ? null : current;
    const shown = await readGitText({
      ...call,
      args: ['diff', '--raw', '-z', '-M40%', ...harmlessDiffOptions, '--relative', `${commit}^1`, commit, '--'],
    });
    if (shown.kind === 'failed') return null;
    const renamed = readRaw(shown.text).find(change => change.oldPath === current)?.newPath ?? null;
    if (renamed === null) return null;
    current = renamed;
    from = commit;
  }
  return null;
}

/** Paths of files that hold one of these lines, in the commit `head` or, for null, on the disk. At most `limit`. */
export async function filesWithLines(
  root: string,
  head: string | null,
  lines: readonly string[],
  { limit, signal }: { readonly limit: number; readonly signal?: AbortSignal },
): Promise<readonly string[]> {
  const wanted = lines.filter(line => line !== '' && !/[\0\r\n]/.test(line)).flatMap(line => ['-e', line]);
  if (wanted.length === 0) return [];
  const where = head === null ? ['--untracked'] : [];
  const options = ['-l', '-z', '-I', '-F', '--no-color', '--no-textconv', '--no-recurse-submodules', '--no-full-name'];
  const args = ['grep', ...where, ...options, ...wanted, ...(head === null ? [] : [head]), '--'];
  const result = await readGitText({ directory: root, signal, args, acceptedExitCodes: [0, 1], timeLimit: 5000 });
  if (result.kind === 'failed') return [];
  const start = head === null ? 0 : head.length + 1;
  return result.text
    .split('\0')
    .filter(path => path !== '')
    .map(path => path.slice(start))
    .slice(0, limit);
}

/** `:<modes and names> <status>\0<path>\0`, with a second path behind a rename. */
function readRaw(text: string): readonly ChangedPath[] {
  const changes: ChangedPath[] = [];
  const parts = text.split('\0');
  for (let at = 0; at + 1 < parts.length; ) {
    const [, status, similarity] = / ([A-Z])(\d*)$/.exec(parts[at]!) ?? [];
    const path = parts[at + 1]!;
    if (status === 'R' || status === 'C') {
      const oldPath = status === 'R' ? path : null;
      changes.push({ oldPath, newPath: parts[at + 2] ?? path, similarity: Number(similarity) });
      at += 3;
      continue;
    }
    changes.push({ oldPath: status === 'A' ? null : path, newPath: status === 'D' ? null : path });
    at += 2;
  }
  return changes;
}
