/**
 * The histories of many flag files in one walk: registries with a file for each flag, and lists of defaults. Renames are followed
 * among the folders that hold such files; a file that moved there from elsewhere begins with its move. A few files with rollouts
 * are read one by one, and followed everywhere, by `flagFileHistory.ts`.
 */
import { createFlagChangeCollector, type FileState, fileStateOf } from '../../core/history/flagChanges.ts';
import type { Flag, FlagChange } from '../../core/model.ts';
import { contentsOf, type DecodeFlags, type Edit, editLogArguments, parseEdits, versionOf } from './flagFileHistory.ts';
import { listMissingObjects } from './missing.ts';
import type { Repository } from './repository.ts';
import { readGit, readGitText } from './run.ts';

/** One of the files; `path` is relative to the repository's root, as it is now. */
export interface FileToFollow {
  readonly path: string;
  readonly flags: readonly Flag[];
  readonly decode: DecodeFlags;
}

/**
 * The changes of all these files' flags, by `flagIdentity`, newest first; nothing of what git can't say. Never throws.
 */
export async function readChangesOfMany(
  repository: Repository,
  files: readonly FileToFollow[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly FlagChange[]>> {
  const all = new Map<string, readonly FlagChange[]>();
  if (repository.head === null || files.length === 0) return all;
  const followed = await followFiles(repository, files, signal);
  const missing = new Set<string>();
  if (repository.partial) {
    const note = (name: string): void => void missing.add(name);
    await listMissingObjects(repository.root, repository.head, pathsToAsk(files), note, signal);
  }
  // In batches, so that the contents of thousands of files never stand in memory together.
  for (let start = 0; start < files.length; ) {
    let end = start;
    let contents = 0;
    do contents += 2 * (followed[end++]?.length ?? 0);
    while (end < files.length && contents < CONTENTS_AT_ONCE);
    const batch = files.slice(start, end).map((file, at) => ({ file, edits: followed[start + at]! }));
    const states = await loadStates(repository, batch, missing, signal);
    for (const { file, edits } of batch) {
      const collector = createFlagChangeCollector(file.flags);
      for (const edit of edits) collector.add(versionOf(edit, states, repository.boundary));
      for (const [identity, changes] of collector.finish()) all.set(identity, changes);
    }
    start = end;
  }
  return all;
}

const CONTENTS_AT_ONCE = 400;
/** Of one file, newest first. */
const MOST_EDITS = 1000;
/** Of one file's versions together: a list of thousands of flags may change every day. */
const MOST_BYTES = 128 * 1024 * 1024;

/** The edits of each file, newest first, in the order of `files`. */
async function followFiles(
  repository: Repository,
  files: readonly FileToFollow[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly Edit[])[]> {
  const edits = files.map((): Edit[] => []);
  /** By the path that the file had at the commit that is being looked at. */
  const tracked = new Map(files.map(({ path }, index) => [path, index]));
  for (const renames of ['-M', '--no-renames']) {
    const log = await readGitText({
      directory: repository.root,
      signal,
      args: [...editLogArguments([renames]), repository.head!, '--', ...pathsToAsk(files)],
    });
    if (log.kind === 'failed') {
      if (log.code === 'missing-objects' && renames === '-M') continue;
      return edits;
    }
    for (const edit of parseEdits(log.text)) {
      const index = tracked.get(edit.path);
      if (index === undefined || edits[index]!.length >= MOST_EDITS) continue;
      edits[index]!.push(edit);
      if (edit.from === null) continue;
      tracked.delete(edit.path);
      tracked.set(edit.from, index);
    }
    break;
  }
  return edits;
}

/** Folders of data files, where renames happen; files of code by themselves, since a folder of code holds much else. */
function pathsToAsk(files: readonly FileToFollow[]): readonly string[] {
  const paths = files.map(({ path }) => {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return folder !== '' && /\.(?:ya?ml|jsonc?|json5)$/i.test(path) ? folder : path;
  });
  return [...new Set(paths)];
}

async function loadStates(
  repository: Repository,
  batch: readonly { readonly file: FileToFollow; readonly edits: readonly Edit[] }[],
  missing: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, FileState | 'unreadable'>> {
  const states = new Map<string, FileState | 'unreadable'>();
  const owners = new Map<string, number>();
  batch.forEach(({ edits }, index) => {
    for (const { before, after } of edits)
      for (const name of [after, before]) if (name !== null && !missing.has(name)) owners.set(name, index);
  });
  const result = await readGit({
    directory: repository.root,
    signal,
    args: ['cat-file', '--batch', '--buffer'],
    input: [...owners.keys()].map(name => `${name}\n`),
  });
  if (result.kind === 'failed') return states;
  const read = batch.map(() => 0);
  for (const [name, bytes] of contentsOf(result.output)) {
    const index = owners.get(name)!;
    read[index]! += bytes.length;
    const flags = read[index]! > MOST_BYTES ? null : batch[index]!.file.decode(bytes.toString('utf8'));
    states.set(name, flags === null ? 'unreadable' : fileStateOf(flags));
  }
  return states;
}
