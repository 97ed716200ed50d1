/**
 * What changed between two states of a repository: two commits, or a commit and the files as they are on the disk. The
 * printed diff is read by `core/review/patch.ts`.
 */
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChangedFile, createPatchReader } from '../../core/review/patch.ts';
import { configurationNames } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, readGitText, runGit } from './run.ts';

/**
 * Files that differ between the commit `base` and the commit `head`; null stands for the working tree, where files that git
 * would track but does not yet count as added. Renames are followed. Both must be names of commits (`resolveRevision`).
 */
export async function diff(
  root: string,
  base: string,
  head: string | null,
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly files: readonly ChangedFile[] } | GitFailure> {
  const reader = createPatchReader();
  const result = await runGit({
    directory: root,
    signal,
    args: [
      'diff',
      '--raw',
      '-p',
      '-U0',
      '-M',
      '--abbrev=40',
      ...harmlessDiffOptions,
      base,
      ...(head === null ? [] : [head]),
      '--',
    ],
    // Comparing with files on the disk runs clean filters, unless every one that is configured is emptied.
    configuration: [['core.quotePath', 'true'], ...(head === null ? await emptyFilters(root, signal) : [])],
    onOutput: reader.push,
  });
  if (result.kind === 'failed') return result;
  if (head !== null) return { kind: 'ok', files: reader.finish() };
  const untracked = await untrackedFiles(root, signal);
  return untracked.kind === 'ok' ? { kind: 'ok', files: [...reader.finish(), ...untracked.files] } : untracked;
}

/** Overrides that keep `filter.*` drivers of any configuration from being run. */
export async function emptyFilters(
  root: string,
  signal?: AbortSignal,
): Promise<readonly (readonly [string, string])[]> {
  const names = await configurationNames(root, signal);
  const drivers = new Set<string>();
  for (const name of names) {
    const match = /^(filter\..*)\.[^.]+$/s.exec(name);
    if (match !== null) drivers.add(match[1]!);
  }
  return [...drivers].flatMap(driver => [
    [`${driver}.clean`, ''] as const,
    [`${driver}.smudge`, ''] as const,
    [`${driver}.process`, ''] as const,
    [`${driver}.required`, 'false'] as const,
  ]);
}

async function untrackedFiles(
  root: string,
  signal?: AbortSignal,
): Promise<{ readonly kind: 'ok'; readonly files: readonly ChangedFile[] } | GitFailure> {
  const args = ['ls-files', '-z', '--others', '--exclude-standard'];
  const listing = await readGitText({ directory: root, signal, args });
  if (listing.kind === 'failed') return listing;
  const files: ChangedFile[] = [];
  for (const path of listing.text.split('\0')) {
    if (path === '' || path.endsWith('/')) continue;
    const lines = await lineCount(join(root, path));
    const hunks = lines === 0 || lines === null ? [] : [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: lines }];
    files.push({ kind: 'added', oldPath: null, newPath: path, hunks, binary: lines === null });
  }
  return { kind: 'ok', files };
}

/** Lines of a regular text file of at most 4 MiB; null for anything else. */
async function lineCount(path: string): Promise<number | null> {
  try {
    const status = await lstat(path);
    if (!status.isFile() || status.size > 4 * 1024 * 1024) return null;
    const bytes = await readFile(path);
    if (bytes.subarray(0, 8000).includes(0)) return null;
    let lines = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
    return bytes.length > 0 && bytes.at(-1) !== 10 ? lines + 1 : lines;
  } catch {
    return null;
  }
}
