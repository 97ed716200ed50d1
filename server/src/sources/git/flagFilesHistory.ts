/**
 * The histories of many flag files in one walk: registries with a file for each flag, and lists of defaults. Renames are followed
 * among the folders that hold such files; a file that moved there from elsewhere begins with its move. A few files with rollouts
 * are read one by one, and followed everywhere, by `flagFileHistory.ts`.
 */
import { type Flag, type FlagChange, flagIdentity } from '../../core/model.ts';
import type { ChangesMemory } from './changesCache.ts';
import {
  type Content,
  type Edit,
  type EditedFile,
  type FileChanges,
  readContents,
  readFileChanges,
} from './fileChanges.ts';
import { editLogArguments, MOST_EDITS, parseEdits } from './flagFileHistory.ts';
import { listMissingObjects } from './missing.ts';
import type { Repository } from './repository.ts';
import { readGitText } from './run.ts';

/** One of the files; `path` is relative to the repository's root, as it is now. */
export interface FileToFollow extends Pick<EditedFile, 'flags' | 'decode' | 'decodeLarge' | 'partwise' | 'decoder'> {
  readonly path: string;
}

/** The changes of files, by `flagIdentity`. */
export interface ChangesOfFiles {
  /** Newest first. */
  readonly changes: Map<string, readonly FlagChange[]>;
  /** Of flags whose older changes were not read: the time back to which they were, null for not at all. */
  readonly readBackTo: Map<string, string | null>;
}

/** The changes of all these files' flags. Never throws; of a file whose history can't be read, that is said. */
export async function readChangesOfMany(
  repository: Repository,
  files: readonly FileToFollow[],
  signal?: AbortSignal,
  memory: ChangesMemory | null = null,
): Promise<ChangesOfFiles> {
  const all: ChangesOfFiles = { changes: new Map(), readBackTo: new Map() };
  if (repository.head === null || files.length === 0) return all;
  const followed = await followFiles(repository, files, signal);
  if (followed === null) {
    for (const { flags } of files) addChanges(all, flags, null);
    return all;
  }
  const missing = new Set<string>();
  if (repository.partial) {
    const note = (name: string): void => void missing.add(name);
    await listMissingObjects(repository.root, repository.head, pathsToAsk(files), note, signal);
  }
  const edited = files.map((file, at): EditedFile => {
    const edits = followed[at]!;
    return { ...file, edits, isCut: edits.length >= MOST_EDITS };
  });
  const recalled = edited.map(file => memory?.get(file) ?? null);
  // In batches, so that the contents of thousands of files never stand in memory together.
  for (let start = 0; start < files.length; ) {
    let end = start;
    let contents = 0;
    do contents += recalled[end] === null ? 2 * followed[end]!.length : 0;
    while (++end < files.length && contents < CONTENTS_AT_ONCE);
    const unread = edited.slice(start, end).filter((_, at) => recalled[start + at] === null);
    const known = await readTexts(
      repository,
      unread.flatMap(({ edits }) => edits),
      missing,
      signal,
    );
    for (let at = start; at < end; at++) {
      const file = edited[at]!;
      const read = recalled[at] ?? (await readFileChanges(repository, file, missing, { signal, known, memory }));
      addChanges(all, file.flags, read.kind === 'ok' ? read : null);
    }
    start = end;
  }
  return all;
}

/** Adds what is known of one file's flags; null for nothing. */
export function addChanges(all: ChangesOfFiles, flags: readonly Flag[], read: FileChanges | null): void {
  for (const [identity, changes] of read?.changes ?? []) all.changes.set(identity, changes);
  if (read !== null && read.readBackTo === null) return;
  for (const flag of flags) all.readBackTo.set(flagIdentity(flag), read?.readBackTo?.time ?? null);
}

const CONTENTS_AT_ONCE = 400;

/** The texts of a batch of small files; of larger ones nothing, which then are read by themselves. */
async function readTexts(
  repository: Repository,
  edits: readonly Edit[],
  missing: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Content>> {
  const names = new Set(edits.flatMap(({ before, after }) => [after, before]).filter(name => name !== null));
  if (names.size > 2 * CONTENTS_AT_ONCE) return new Map();
  const read = await readContents(repository, [...names], missing, signal);
  return read.kind === 'ok' ? read.texts : new Map();
}

/** The edits of each file, newest first, in the order of `files`; null when git can't tell. */
async function followFiles(
  repository: Repository,
  files: readonly FileToFollow[],
  signal: AbortSignal | undefined,
): Promise<readonly (readonly Edit[])[] | null> {
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
      return null;
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
