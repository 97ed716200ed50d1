/**
 * The history of one flag file, through its renames: every version is decoded, and compared with the version it was made
 * from. What a change means is decided in `core/history/flagChanges.ts`; what a file holds, by the decoder handed in.
 */
import {
  createFlagChangeCollector,
  type FileState,
  type FlagFileVersion,
  fileStateOf,
} from '../../core/history/flagChanges.ts';
import type { CommitMoment, Flag, FlagChange } from '../../core/model.ts';
import { listMissingObjects } from './missing.ts';
import { momentFormat, parseMoment } from './moments.ts';
import type { Repository } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, readGit, readGitText } from './run.ts';

/**
 * The flags of an older text of the file; null when it can't be read as a flag file, so that a broken version is no change at
 * all. It takes the file by its present path, whatever its path was then.
 */
export type DecodeFlags = (text: string) => readonly Flag[] | null;

export interface FlagFileHistoryOptions {
  readonly signal?: AbortSignal;
  /** Versions looked at, newest first. Default: 1000. */
  readonly limit?: number;
}

/**
 * The changes of a file's flags, by `flagIdentity`, newest first. `flags` are the ones it holds now; `path` is relative to the
 * repository's root. Never throws.
 */
export async function readFlagFileChanges(
  repository: Repository,
  path: string,
  flags: readonly Flag[],
  decode: DecodeFlags,
  options: FlagFileHistoryOptions = {},
): Promise<{ readonly kind: 'ok'; readonly changes: ReadonlyMap<string, readonly FlagChange[]> } | GitFailure> {
  if (repository.head === null) {
    return { kind: 'failed', code: 'unborn-branch', reason: 'The current branch has no commits yet.' };
  }
  const edits = await readEdits(repository, path, options);
  if (edits.kind === 'failed') return edits;
  const missing = new Set<string>();
  if (repository.partial) {
    const paths = [...new Set(edits.edits.map(edit => edit.path))];
    await listMissingObjects(repository.root, repository.head, paths, name => missing.add(name), options.signal);
  }
  const collector = createFlagChangeCollector(flags);
  let states = new Map<string, FileState | 'unreadable'>();
  // In batches, so that a long history of a large file never stands in memory as a whole.
  for (let start = 0; start < edits.edits.length; start += batchSize) {
    const batch = edits.edits.slice(start, start + batchSize);
    const loaded = await loadStates(repository, batch, states, missing, decode, options.signal);
    if (loaded.kind === 'failed') return loaded;
    states = loaded.states;
    for (const edit of batch) collector.add(versionOf(edit, states, repository.boundary));
  }
  return { kind: 'ok', changes: collector.finish() };
}

/** One commit's edit of a file; the names of the contents are null where there was no file. */
export interface Edit {
  readonly moment: CommitMoment;
  readonly path: string;
  /** Where the file was before, if the edit renamed it. */
  readonly from: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

const batchSize = 50;
const largestFile = 4 * 1024 * 1024;

/**
 * Following a rename compares the file with all that vanished in that commit. Where one of those is missing from the clone,
 * renames without a change can still be followed, since their contents have the same name.
 */
async function readEdits(
  repository: Repository,
  path: string,
  options: FlagFileHistoryOptions,
): Promise<{ readonly kind: 'ok'; readonly edits: readonly Edit[] } | GitFailure> {
  let failure: GitFailure | null = null;
  for (const renames of [['--follow', '-M'], ['--follow', '-M100%'], ['--no-renames']]) {
    const log = await readGitText({
      directory: repository.root,
      signal: options.signal,
      args: [...editLogArguments([...renames, `--max-count=${options.limit ?? 1000}`]), repository.head!, '--', path],
    });
    if (log.kind === 'ok') return { kind: 'ok', edits: parseEdits(log.text) };
    failure ??= log;
    if (log.code !== 'missing-objects') break;
  }
  return failure!;
}

/** What git is asked for edits that `parseEdits` reads; a commit, `--` and paths follow. */
export function editLogArguments(more: readonly string[]): readonly string[] {
  return [
    '--literal-pathspecs',
    'log',
    ...more,
    '--raw',
    '-z',
    '--no-abbrev',
    '--date-order',
    `--format=%x01${momentFormat}%x00`,
    ...harmlessDiffOptions,
  ];
}

/** `\x01` and a moment, then records `:100644 100644 <old> <new> M`, each with one path, or two for a rename. */
export function parseEdits(text: string): readonly Edit[] {
  const edits: Edit[] = [];
  const tokens = text.split('\0');
  let moment: CommitMoment | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!.replace(/^\n/, '');
    if (token.startsWith('\x01')) {
      moment = parseMoment([token.slice(1), ...tokens.slice(i + 1, i + 4)].join('\0'));
      i += 3;
    } else if (token.startsWith(':') && moment !== null) {
      const [, , before, after, status] = token.split(' ') as [string, string, string, string, string];
      const hasTwo = /^[RC]/.test(status);
      const from = status.startsWith('R') ? tokens[i + 1]! : null;
      i += hasTwo ? 2 : 1;
      // A copy is where the file's own history begins, though its content is known.
      edits.push({ moment, path: tokens[i]!, from, before: nameOf(before), after: nameOf(after) });
    }
  }
  return edits;
}

function nameOf(name: string): string | null {
  return /^0+$/.test(name) ? null : name;
}

async function loadStates(
  repository: Repository,
  batch: readonly Edit[],
  known: ReadonlyMap<string, FileState | 'unreadable'>,
  missing: ReadonlySet<string>,
  decode: DecodeFlags,
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: 'ok'; readonly states: Map<string, FileState | 'unreadable'> } | GitFailure> {
  const states = new Map<string, FileState | 'unreadable'>();
  const wanted = new Set<string>();
  for (const { before, after } of batch) {
    for (const name of [after, before]) {
      if (name === null) continue;
      const state = missing.has(name) ? 'unreadable' : known.get(name);
      if (state === undefined) wanted.add(name);
      else states.set(name, state);
    }
  }
  const result = await readGit({
    directory: repository.root,
    signal,
    args: ['cat-file', '--batch', '--buffer'],
    input: [...wanted].map(name => `${name}\n`),
  });
  if (result.kind === 'failed') return result;
  for (const [name, bytes] of contentsOf(result.output)) {
    const flags = bytes.length > largestFile ? null : decode(bytes.toString('utf8'));
    states.set(name, flags === null ? 'unreadable' : fileStateOf(flags));
  }
  return { kind: 'ok', states };
}

/** Cuts the output of `git cat-file --batch` into names and bytes; what is missing is left out. */
export function* contentsOf(output: Buffer): Generator<readonly [string, Buffer]> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(10, at);
    if (end < 0) return;
    const [name, type, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (name === undefined || size === undefined || type !== 'blob') continue;
    yield [name, output.subarray(at, at + Number(size))];
    at += Number(size) + 1;
  }
}

export function versionOf(
  edit: Edit,
  states: ReadonlyMap<string, FileState | 'unreadable'>,
  boundary: ReadonlySet<string>,
): FlagFileVersion {
  const stateOf = (name: string | null): FlagFileVersion['before'] =>
    name === null ? 'absent' : (states.get(name) ?? 'unreadable');
  // Where the visible history begins, the file was not added: what was before it is not known.
  const before = boundary.has(edit.moment.commit) ? 'unreadable' : stateOf(edit.before);
  return { moment: edit.moment, before, after: stateOf(edit.after) };
}
