/**
 * The history of one flag file, through its renames: its edits, and what each did to its flags (`fileChanges.ts`). What a change
 * means is decided in `core/history/flagChanges.ts`; what a file holds, by the decoder handed in.
 */
import type { CommitMoment } from '../../core/model.ts';
import type { ChangesMemory } from './changesCache.ts';
import { type Edit, type EditedFile, type FileChanges, readFileChanges } from './fileChanges.ts';
import { listMissingObjects } from './missing.ts';
import { momentFormat, parseMoment } from './moments.ts';
import type { Repository } from './repository.ts';
import { type GitFailure, harmlessDiffOptions, readGitText } from './run.ts';

export interface FlagFileHistoryOptions {
  readonly signal?: AbortSignal;
  /** Edits looked at, newest first. */
  readonly limit?: number;
  /** What earlier runs found. */
  readonly memory?: ChangesMemory | null;
}

/** Of one file, newest first: a list that everyone works on for ten years has some. */
export const MOST_EDITS = 20_000;

/**
 * The changes of a file's flags, newest first; `path` is relative to the repository's root. Never throws.
 */
export async function readFlagFileChanges(
  repository: Repository,
  path: string,
  file: Pick<EditedFile, 'flags' | 'decode' | 'decodeLarge' | 'partwise' | 'decoder'>,
  options: FlagFileHistoryOptions = {},
): Promise<FileChanges | GitFailure> {
  if (repository.head === null) {
    return { kind: 'failed', code: 'unborn-branch', reason: 'The current branch has no commits yet.' };
  }
  const limit = options.limit ?? MOST_EDITS;
  const read = await readEdits(repository, path, repository.head, limit, options.signal);
  if (read.kind === 'failed') return read;
  const edits = await withOtherNotation(repository, read.edits, limit, options.signal);
  const missing = new Set<string>();
  if (repository.partial) {
    const paths = [...new Set(edits.map(edit => edit.path))];
    await listMissingObjects(repository.root, repository.head, paths, name => missing.add(name), options.signal);
  }
  const edited: EditedFile = { ...file, edits, isCut: edits.length >= limit };
  return readFileChanges(repository, edited, missing, { signal: options.signal, memory: options.memory });
}

/**
 * Following a rename compares the file with all that vanished in that commit. Where one of those is missing from the clone,
 * renames without a change can still be followed, since their contents have the same name.
 */
async function readEdits(
  repository: Repository,
  path: string,
  from: string,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: 'ok'; readonly edits: readonly Edit[] } | GitFailure> {
  let failure: GitFailure | null = null;
  for (const renames of [['--follow', '-M'], ['--follow', '-M100%'], ['--no-renames']]) {
    const log = await readGitText({
      directory: repository.root,
      signal,
      args: [...editLogArguments([...renames, `--max-count=${limit}`]), from, '--', path],
    });
    if (log.kind === 'ok') return { kind: 'ok', edits: parseEdits(log.text) };
    failure ??= log;
    if (log.code !== 'missing-objects') break;
  }
  return failure!;
}

/**
 * The edits, and behind the one that began the file those of the file that it took over from: one with its name and another ending,
 * deleted in the same commit. To git, JSON that became YAML is another file.
 */
async function withOtherNotation(
  repository: Repository,
  edits: readonly Edit[],
  limit: number,
  signal: AbortSignal | undefined,
): Promise<readonly Edit[]> {
  const first = edits.at(-1);
  if (first === undefined || first.before !== null || edits.length >= limit) return edits;
  const stem = stemOf(first.path);
  const { commit } = first.moment;
  if (stem === null || repository.boundary.has(commit)) return edits;
  const shown = await readGitText({
    directory: repository.root,
    signal,
    args: [
      ...['--literal-pathspecs', 'diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--no-commit-id', '--no-renames'],
      ...[
        '--diff-filter=D',
        ...harmlessDiffOptions,
        `${commit}^1`,
        commit,
        '--',
        stem.folder === '' ? '.' : stem.folder,
      ],
    ],
  });
  if (shown.kind === 'failed') return edits;
  const tokens = shown.text.split('\0');
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    const [deleted, before] = [tokens[at + 1]!, tokens[at]!.split(' ')[2]];
    const other = stemOf(deleted);
    if (before === undefined || other?.folder !== stem.folder || other.name !== stem.name) continue;
    const older = await readEdits(repository, deleted, `${commit}^1`, limit - edits.length, signal);
    const joined: Edit = { ...first, from: deleted, before };
    return [...edits.slice(0, -1), joined, ...(older.kind === 'ok' ? older.edits : [])];
  }
  return edits;
}

/** Folder and name of a data file without its ending; null for other files. */
function stemOf(path: string): { readonly folder: string; readonly name: string } | null {
  const [, folder, name] = /^(?:(.*)\/)?([^/]+)\.(?:jsonc?|json5|ya?ml)$/i.exec(path) ?? [];
  return name === undefined ? null : { folder: folder ?? '', name };
}

/** What git is asked for edits that `parseEdits` reads; a commit, `--` and paths follow. */
export function editLogArguments(more: readonly string[]): readonly string[] {
  return [
    '--literal-pathspecs',
    'log',
    ...more,
    '--raw',
    // Of a merge, files that are as in none of its parents: somebody edited them while merging.
    '-c',
    '-z',
    '--no-abbrev',
    '--date-order',
    `--format=%x01${momentFormat}%x00`,
    ...harmlessDiffOptions,
  ];
}

/**
 * `\x01` and a moment, then records `:100644 100644 <old> <new> M`, each with one path, or two for a rename. A merge's begin with a
 * colon for each parent, have a mode and a name for each, and one path.
 */
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
      const parents = /^:+/.exec(token)![0].length;
      const fields = token.slice(parents).split(' ');
      const names = fields.slice(parents + 1, 2 * parents + 2).map(nameOf);
      const status = fields[2 * parents + 2] ?? '';
      const hasTwo = parents === 1 && /^[RC]/.test(status);
      const from = hasTwo && status.startsWith('R') ? tokens[i + 1]! : null;
      i += hasTwo ? 2 : 1;
      const [before = null, ...others] = names.slice(0, parents).filter(name => name !== null);
      // A copy is where the file's own history begins, though its content is known.
      const edit: Edit = { moment, path: tokens[i]!, from, before, after: names[parents] ?? null };
      edits.push(others.length === 0 ? edit : { ...edit, others });
    }
  }
  return edits;
}

function nameOf(name: string): string | null {
  return /^0+$/.test(name) ? null : name;
}
