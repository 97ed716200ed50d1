/** Which commit last changed one line of a file in the working tree. The history of flags is in `ages.ts`. */
import type { CommitMoment } from '../../core/model.ts';
import type { AskedLines } from '../project/past.ts';
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
/** Blames that run side by side: more only wait for each other. */
const AT_ONCE = 4;

/** The last changes of several 1-based lines of files, by path; those that git can't date are left out. Never throws. */
export async function lastChangesOfLines(
  root: string,
  files: readonly AskedLines[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<number, CommitMoment>>> {
  if (files.length === 0) return new Map();
  const configuration = await emptyFilters(root, signal);
  const blamed = new Map<string, ReadonlyMap<number, string>>();
  const left = [...files];
  const work = async (): Promise<void> => {
    for (let file = left.shift(); file !== undefined; file = left.shift())
      blamed.set(file.path, await commitsOfLines(root, file, configuration, signal));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const commits = new Set([...blamed.values()].flatMap(lines => [...lines.values()]));
  const read = await readMoments(root, [...commits], signal);
  const moments = read.kind === 'ok' ? read.moments : new Map<string, CommitMoment>();
  const changeOf = ([line, commit]: readonly [number, string]) => {
    const moment = moments.get(commit);
    return moment === undefined ? [] : [[line, moment] as const];
  };
  return new Map([...blamed].map(([path, lines]) => [path, new Map([...lines].flatMap(changeOf))]));
}

/** The commits that last changed lines of a file, by line. */
async function commitsOfLines(
  root: string,
  { path, lines, unsaved }: AskedLines,
  configuration: readonly (readonly [string, string])[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const commits = new Map<number, string>();
  const asked = [...new Set(lines)].filter(line => line >= 1).slice(0, MOST_LINES);
  if (asked.length === 0) return commits;
  const ranges = asked.flatMap(line => ['-L', `${line},${line}`]);
  const contents = unsaved === null ? [] : ['--contents', '-'];
  const args = ['blame', '--no-textconv', '--porcelain', '-w', ...contents, ...ranges, '--', path];
  const input = unsaved === null ? [] : [unsaved];
  const blame = await readGitText({ directory: root, signal, args, configuration, input, timeLimit: PATIENCE });
  if (blame.kind === 'failed') return commits;
  const cutOff = new Set(
    [...blame.text.matchAll(/^([0-9a-f]{40,64}) \d+ \d+(?: \d+)?\n(?:(?!\t).*\n)*?boundary$/gm)].map(
      match => match[1]!,
    ),
  );
  for (const [, commit, line] of blame.text.matchAll(/^([0-9a-f]{40,64}) \d+ (\d+)/gm)) {
    // The end of a shallow clone is where a line was last seen, not where it was changed.
    const isEnd = cutOff.has(commit!) && (await isCutOff(root, commit!, signal));
    if (!/^0+$/.test(commit!) && !isEnd) commits.set(Number(line), commit!);
  }
  return commits;
}

/**
 * When these files were last committed, in milliseconds since 1970, for those of them that were since a moment. Merges don't count.
 * Never throws.
 */
export async function filesCommittedSince(
  root: string,
  paths: readonly string[],
  since: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  if (paths.length === 0) return times;
  const from = `--since=${Math.floor(since / 1000)}`;
  const args = ['log', from, '--no-merges', '--no-renames', '--format=%x00%ct', '--name-only', '-z', '--', ...paths];
  const log = await readGitText({
    directory: root,
    signal,
    args: ['--literal-pathspecs', ...args],
    timeLimit: PATIENCE,
  });
  if (log.kind === 'failed') return times;
  let time = 0;
  for (const part of log.text.split('\0')) {
    const name = part.replace(/^\n+/, '');
    if (name === '') continue;
    if (/^\d{6,12}$/.test(name.trim())) time = Number(name) * 1000;
    else if (!times.has(name)) times.set(name, time);
  }
  return times;
}

/** Blame calls the first commit of a history a boundary too; only a commit whose parents are hidden is the end of a clone. */
async function isCutOff(root: string, commit: string, signal?: AbortSignal): Promise<boolean> {
  const args = ['--no-replace-objects', 'cat-file', 'commit', commit];
  const written = await readGitText({ directory: root, signal, args });
  return written.kind === 'ok' && /^parent /m.test(written.text.slice(0, written.text.indexOf('\n\n')));
}
