/**
 * What git says of a repository as a whole: where it is, what its head is, what it lacks; its files, its revisions and the
 * contents of one file at one commit. Comparing two states is in `diff.ts`, dating keys in `ages.ts`.
 */
import { readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type GitCall, type GitFailure, readGit, readGitText, runGit } from './run.ts';

export interface Repository {
  readonly kind: 'ok';
  /** The work tree's root, absolute. */
  readonly root: string;
  /** The head's commit; null on a branch without commits. */
  readonly head: string | null;
  /** The branch's short name; null when the head is detached. */
  readonly branch: string | null;
  /** The branch that changes are merged into, such as `origin/main`; null when none can be told. */
  readonly defaultBranch: string | null;
  /** Part of the history was not cloned (`--depth`). */
  readonly shallow: boolean;
  /** Contents were not cloned (`--filter`). */
  readonly partial: boolean;
  readonly worktree: 'main' | 'linked' | 'submodule';
  /** Commits whose parents git hides: shallow ends, and parents that grafts or replacements cut off. */
  readonly boundary: ReadonlySet<string>;
  /** Whether replacements or grafts change what the history is. */
  readonly grafted: boolean;
}

export interface WorkTree {
  readonly kind: 'ok';
  /** Absolute. */
  readonly root: string;
}

/** Describes the repository that `directory` is in. Never throws; the failure says what to do. */
export async function describeRepository(directory: string, signal?: AbortSignal): Promise<Repository | GitFailure> {
  const places = await readGitText({
    directory,
    signal,
    args: ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--git-common-dir', '--is-shallow-repository'],
  });
  if (places.kind === 'failed') return places;
  const [root, gitDirectory, common, shallow] = places.text.split('\n') as [string, string, string, string];
  // The common directory is relative to the directory git was asked for.
  const commonDirectory = resolve(directory, common);
  const [head, grafts, shallowEnds, branch, mergedInto, partial] = await Promise.all([
    revision(directory, 'HEAD', signal),
    cutParents(directory, commonDirectory, signal),
    shallow === 'true' ? linesOf(join(commonDirectory, 'shallow')) : [],
    currentBranch(directory, signal),
    defaultBranch(directory, signal),
    isPartial(directory, signal),
  ]);
  return {
    kind: 'ok',
    root: resolve(root),
    head,
    branch,
    defaultBranch: mergedInto,
    shallow: shallow === 'true',
    partial,
    worktree: worktreeKind(gitDirectory, commonDirectory),
    boundary: new Set([...shallowEnds, ...grafts.boundary]),
    grafted: grafts.grafted,
  };
}

/** The root of the work tree that `directory` is in, absolute. */
export async function findWorkTree(directory: string): Promise<WorkTree | GitFailure> {
  const place = await readGitText({ directory, args: ['rev-parse', '--show-toplevel'] });
  return place.kind === 'ok' ? { kind: 'ok', root: resolve(place.text.split('\n')[0]!) } : place;
}

/** What stands before the paths of the project at `directory` in its repository: empty at the root, else ending in `/`. */
export async function prefixOf(directory: string, repository: Repository): Promise<string> {
  // A folder that went away meanwhile is called as it was.
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  const inside = relative(await real(repository.root), await real(directory));
  return inside === '' ? '' : `${inside.split(sep).join('/')}/`;
}

export type ListedFiles = { readonly kind: 'ok'; readonly paths: readonly string[] } | GitFailure;

/**
 * Paths of the files git tracks or would track: no ignored ones, no contents of submodules. Sorted, relative to the root, with
 * `/`. Paths that are not UTF-8 are left out, since no editor could open them. `tracked` is what git knows by its index, without a look
 * at the folders. Neither rejects.
 */
export function listFiles(
  root: string,
  options: Pick<GitCall, 'signal' | 'timeLimit'> = {},
): { readonly tracked: Promise<ListedFiles>; readonly all: Promise<ListedFiles> } {
  const call = (args: readonly string[]) =>
    readGitText({ directory: root, ...options, args: ['ls-files', '-z', ...args] }, listLimit);
  const tracked = call(['--cached', '--stage']).then((listing): ListedFiles => {
    if (listing.kind === 'failed') return listing;
    const paths = new Set<string>();
    for (const entry of listing.text.split('\0')) {
      // `100644 <name> 0\tpath`; 160000 is a submodule, and an unmerged path stands there up to three times.
      const tab = entry.indexOf('\t');
      if (tab > 0 && !entry.startsWith('160000')) paths.add(entry.slice(tab + 1));
    }
    return { kind: 'ok', paths: [...paths].filter(isText).sort() };
  });
  const untracked = call(['--others', '--exclude-standard']);
  const all = Promise.all([tracked, untracked]).then(([known, others]): ListedFiles => {
    if (known.kind === 'failed') return known;
    if (others.kind === 'failed') return others;
    const more = untrackedPaths(others.text);
    return more.length === 0 ? known : { kind: 'ok', paths: [...new Set([...known.paths, ...more])].sort() };
  });
  return { tracked, all };
}

/** The paths of `ls-files --others -z`: repositories within this one are none of its files. */
export function untrackedPaths(text: string): string[] {
  return text.split('\0').filter(path => path !== '' && !path.endsWith('/') && isText(path));
}

function isText(path: string): boolean {
  return !path.includes('\ufffd');
}

/** The bytes of one file at one commit, or null when it is not there. At most `limit` bytes (16 MiB unless told). */
export async function readBlob(
  root: string,
  commit: string,
  path: string,
  options: { readonly signal?: AbortSignal; readonly limit?: number } = {},
): Promise<{ readonly kind: 'ok'; readonly bytes: Buffer | null } | GitFailure> {
  const call = { directory: root, signal: options.signal };
  const entry = await readGitText({ ...call, args: ['--literal-pathspecs', 'ls-tree', '-z', commit, '--', path] });
  if (entry.kind === 'failed') return entry;
  const match = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry.text);
  if (match === null) return { kind: 'ok', bytes: null };
  const blob = await readGit({ ...call, args: ['cat-file', 'blob', match[1]!] }, options.limit ?? 16 * 1024 * 1024);
  return blob.kind === 'ok' ? { kind: 'ok', bytes: blob.output } : blob;
}

/** The commit that a branch, a tag or an abbreviated name stands for. A name that could be an option is refused. */
export async function resolveRevision(
  root: string,
  name: string,
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly commit: string } | GitFailure> {
  const commit = await revision(root, name, signal);
  if (commit !== null) return { kind: 'ok', commit };
  return {
    kind: 'failed',
    code: 'unknown-revision',
    reason: `git knows no commit "${name}": name a branch, a tag or a commit of this repository.`,
  };
}

/** The best common ancestor of two commits; null when their histories don't meet (or only beyond a shallow end). */
export async function mergeBase(
  root: string,
  one: string,
  other: string,
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly commit: string | null } | GitFailure> {
  const args = ['merge-base', '--', one, other];
  const result = await readGitText({ directory: root, signal, args, acceptedExitCodes: [0, 1] });
  if (result.kind === 'failed') return result;
  const commit = result.text.trim();
  return { kind: 'ok', commit: commit === '' ? null : commit };
}

/** Whether `commit` is `head` or one of its ancestors; not when git does not have it any more. */
export async function isAncestor(root: string, commit: string, head: string, signal?: AbortSignal): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', commit, head];
  return commit === head || (await runGit({ directory: root, signal, args })).kind === 'ok';
}

/** Names of all configuration entries git sees here; reading them runs nothing. */
export async function configurationNames(directory: string, signal?: AbortSignal): Promise<readonly string[]> {
  const result = await readGitText({ directory, signal, args: ['config', '--list', '--name-only', '-z'] });
  return result.kind === 'ok' ? result.text.split('\0').filter(name => name !== '') : [];
}

const listLimit = 512 * 1024 * 1024;

async function revision(directory: string, name: string, signal?: AbortSignal): Promise<string | null> {
  if (name === '' || name.startsWith('-') || /[\0\n]/.test(name)) return null;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const result = await readGitText({ directory, signal, args });
  const commit = result.kind === 'ok' ? result.text.trim().split('\n').at(-1)! : '';
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

async function currentBranch(directory: string, signal?: AbortSignal): Promise<string | null> {
  const args = ['symbolic-ref', '--quiet', '--short', 'HEAD'];
  const result = await readGitText({ directory, signal, args });
  return result.kind === 'ok' ? result.text.trim() : null;
}

/** The remote's own word where the clone kept it, else the usual names, the remote's before the local ones. */
async function defaultBranch(directory: string, signal?: AbortSignal): Promise<string | null> {
  const usual = ['origin/main', 'origin/master', 'upstream/main', 'upstream/master', 'main', 'master', 'trunk'];
  const refs = usual.map(name => (name.includes('/') ? `refs/remotes/${name}` : `refs/heads/${name}`));
  const args = ['for-each-ref', '--format=%(refname)%00%(symref)', 'refs/remotes/origin/HEAD', ...refs];
  const result = await readGitText({ directory, signal, args });
  if (result.kind === 'failed') return null;
  const found = new Map(result.text.split('\n').map(line => line.split('\0') as [string, string]));
  const word = found.get('refs/remotes/origin/HEAD');
  if (word?.startsWith('refs/remotes/')) return word.slice('refs/remotes/'.length);
  return usual.find((_, index) => found.has(refs[index]!)) ?? null;
}

async function isPartial(directory: string, signal?: AbortSignal): Promise<boolean> {
  const names = await configurationNames(directory, signal);
  return names.some(name => /^extensions\.partialclone$|^remote\..*\.(?:promisor|partialclonefilter)$/s.test(name));
}

function worktreeKind(gitDirectory: string, commonDirectory: string): Repository['worktree'] {
  if (resolve(gitDirectory) !== commonDirectory) return 'linked';
  return /[\\/]\.git[\\/]modules[\\/]/.test(gitDirectory) ? 'submodule' : 'main';
}

/** Commits that a replacement or a graft shows with fewer parents than they have. */
async function cutParents(
  directory: string,
  commonDirectory: string,
  signal?: AbortSignal,
): Promise<{ readonly boundary: readonly string[]; readonly grafted: boolean }> {
  const refs = await readGitText({ directory, signal, args: ['for-each-ref', '--format=%(refname)', 'refs/replace/'] });
  const replaced = refs.kind === 'ok' ? refs.text.split('\n').map(name => name.slice('refs/replace/'.length)) : [];
  const grafts = await linesOf(join(commonDirectory, 'info', 'grafts'));
  const commits = [...replaced, ...grafts.map(line => line.split(' ')[0]!)].filter(name =>
    /^[0-9a-f]{40,64}$/.test(name),
  );
  if (commits.length === 0) return { boundary: [], grafted: false };
  const shown = await parentsOf(directory, commits, signal);
  const written = new Map<string, readonly string[]>();
  for (const commit of commits) written.set(commit, await writtenParents(directory, commit, signal));
  const boundary = commits.filter(commit => {
    const visible = new Set(shown.get(commit) ?? []);
    return (written.get(commit) ?? []).some(parent => !visible.has(parent));
  });
  return { boundary, grafted: true };
}

async function parentsOf(
  directory: string,
  commits: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const args = ['rev-list', '--no-walk=unsorted', '--parents', '--stdin', '--ignore-missing'];
  const result = await readGitText({ directory, signal, args, input: commits.map(commit => `${commit}\n`) });
  if (result.kind === 'failed') return new Map();
  return new Map(result.text.split('\n').map(line => [line.split(' ')[0]!, line.split(' ').slice(1)]));
}

/** The parents as the commit itself names them, whatever replacements and grafts say. */
async function writtenParents(directory: string, commit: string, signal?: AbortSignal): Promise<readonly string[]> {
  const args = ['--no-replace-objects', 'cat-file', 'commit', commit];
  const result = await readGitText({ directory, signal, args });
  if (result.kind === 'failed') return [];
  const header = result.text.slice(0, result.text.indexOf('\n\n'));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(match => match[1]!);
}

async function linesOf(path: string): Promise<readonly string[]> {
  try {
    const text = await readFile(path, 'utf8');
    return text.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}
