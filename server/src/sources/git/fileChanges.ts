/**
 * What the edits of one flag file did to its flags: versions are read in slices, each edit's two versions are decoded (of JSON only
 * what differs in them) and compared. Which edits there are is the business of `flagFileHistory.ts` and `flagFilesHistory.ts`.
 */
import { changedEntries, jsonOf, placeOfFlags } from '../../core/history/changedEntries.ts';
import {
  createFlagChangeCollector,
  type FileState,
  type FlagFileVersion,
  fileStateOf,
} from '../../core/history/flagChanges.ts';
import type { CommitMoment, Flag, FlagChange, JsonValue } from '../../core/model.ts';
import type { ChangesMemory } from './changesCache.ts';
import type { Repository } from './repository.ts';
import { type GitFailure, readGit } from './run.ts';

/**
 * The flags of an older text of the file; null when it can't be read as a flag file, so that a broken version is no change at
 * all. It takes the file by its present path, but for the ending: JSON may have become YAML.
 */
export type DecodeFlags = (text: string, pathThen: string) => readonly Flag[] | null;

/** One commit's edit of a file; the names of the contents are null where there was no file. */
export interface Edit {
  readonly moment: CommitMoment;
  readonly path: string;
  /** Where the file was before, if the edit renamed it. */
  readonly from: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Of a merge: the contents in its other parents. What came from one of them is no change of the merge. */
  readonly others?: readonly string[];
}

/** What is known of a file's flags. */
export interface FileChanges {
  readonly kind: 'ok';
  /** By `flagIdentity`, newest first. */
  readonly changes: ReadonlyMap<string, readonly FlagChange[]>;
  /** The commit behind which nothing was read, since the file has more versions than are read; null when all were. */
  readonly readBackTo: CommitMoment | null;
}

/** A file whose edits are to be read. `flags` are the ones it holds now. */
export interface EditedFile {
  readonly flags: readonly Flag[];
  readonly decode: DecodeFlags;
  /** Decodes as `decode` does without keeping others waiting, where the text is a large one; undefined for others. Rejects where it can't. */
  readonly decodeLarge?: ((text: string, pathThen: string) => Promise<readonly Flag[] | null> | undefined) | undefined;
  /** Newest first. */
  readonly edits: readonly Edit[];
  /** Whether there are older edits than these. */
  readonly isCut: boolean;
  /** Whether `decode` remembers the parts of a text that it has seen, so that a text costs little more than what is new in it. */
  readonly partwise?: boolean;
  /** What decodes it, for remembering what came of it; nothing is remembered without. */
  readonly decoder?: {
    /** The same for decoders that say the same of every text, apart from those that read the clock. */
    readonly name: string;
    /** Whether something decoded so far may have been read as of now. */
    readonly readsClock: () => boolean;
  };
}

export interface ReadingOptions {
  readonly signal?: AbortSignal;
  /** Characters that may be decoded, newest versions first. */
  readonly budget?: number;
  /** Versions that were read already, by name. */
  readonly known?: ReadonlyMap<string, Content>;
  /** Of earlier runs. */
  readonly memory?: ChangesMemory | null;
}

/** Reads the changes. `missing` holds the contents that this clone lacks. Never throws. */
export async function readFileChanges(
  repository: Repository,
  file: EditedFile,
  missing: ReadonlySet<string>,
  options: ReadingOptions = {},
): Promise<FileChanges | GitFailure> {
  const known = options.memory?.get(file) ?? null;
  if (known !== null) return known;
  const read = await readAllChanges(repository, file, missing, options);
  if (read.kind === 'ok') options.memory?.set(file, read);
  return read;
}

async function readAllChanges(
  repository: Repository,
  file: EditedFile,
  missing: ReadonlySet<string>,
  options: ReadingOptions,
): Promise<FileChanges | GitFailure> {
  const collector = createFlagChangeCollector(file.flags);
  const versions = createVersions(file);
  let budget = options.budget ?? MOST_DECODED;
  let reached: CommitMoment | null = null;
  // In slices, so that a long history of a large file never stands in memory as a whole.
  for (let start = 0; start < file.edits.length; ) {
    const atHand = (name: string): Content | undefined => versions.texts.get(name) ?? options.known?.get(name);
    const slice = await readSlice(repository, file.edits, start, missing, atHand, options.signal);
    if (slice.kind === 'failed') return slice;
    versions.texts = slice.texts;
    for (const edit of file.edits.slice(start, slice.end)) {
      // What a clone does not have, it can't tell from what was never there.
      if (edit.after !== null && !versions.texts.has(edit.after))
        return { kind: 'ok', changes: collector.finish(), readBackTo: reached ?? edit.moment };
      if (edit.before !== null && !versions.texts.has(edit.before) && !repository.boundary.has(edit.moment.commit))
        return { kind: 'ok', changes: collector.finish(), readBackTo: edit.moment };
      reached = edit.moment;
      await versions.prepare(edit, repository.boundary);
      budget -= versions.compare(edit, repository.boundary, collector.add);
      // Decoding is work for the one thread that also answers the editor.
      await new Promise(resolve => setImmediate(resolve));
      if (options.signal?.aborted) return { kind: 'failed', code: 'aborted', reason: 'Stopped before all was read.' };
      if (budget < 0) return { kind: 'ok', changes: collector.finish(), readBackTo: edit.moment };
    }
    start = slice.end;
  }
  const last = file.isCut ? (file.edits.at(-1)?.moment ?? null) : null;
  return { kind: 'ok', changes: collector.finish(), readBackTo: last };
}

/** Edits whose versions are in memory together. */
const SLICE = 50;
const LARGEST_FILE = 4 * 1024 * 1024;
/** Characters of one file's versions that are decoded: some ten seconds of work in the slowest format. */
const MOST_DECODED = 48 * 1024 * 1024;
/** A version of which only the difference is decoded still has to be read and compared: so much less. */
const READING_SHARE = 20;

/** The versions that are at hand; what was decoded of them is remembered as long as they are. */
function createVersions(file: EditedFile) {
  const keys = new Set(file.flags.map(flag => flag.key));
  const states = new WeakMap<Content, FileState | 'unreadable'>();
  const values = new WeakMap<Content, { readonly json: JsonValue | undefined }>();
  let place: readonly string[] | null = null;
  let cost = 0;
  /** Of what was decoded elsewhere for the edit that comes next. */
  let prepared = 0;
  /** After a version whose predecessor can't be read, the next one is compared with it, and as a whole. */
  let isGap = false;

  const decoded = (text: string, path: string): FileState | 'unreadable' => {
    cost += file.partwise ? text.length / READING_SHARE : text.length;
    const flags = file.decode(text, path);
    return flags === null ? 'unreadable' : fileStateOf(flags);
  };
  const wholeState = (content: Content | null, path: string): FlagFileVersion['after'] => {
    if (content === null) return 'absent';
    const state = states.get(content) ?? (content.text === null ? 'unreadable' : decoded(content.text, path));
    states.set(content, state);
    return state;
  };
  const jsonIn = (content: Content): JsonValue | undefined => {
    const { json } = values.get(content) ?? { json: content.text === null ? undefined : jsonOf(content.text) };
    values.set(content, { json });
    return json;
  };
  /** The states of the flags that differ, or null where whole versions have to be compared. */
  const differing = (before: Content, after: Content, path: string): readonly [FileState, FileState] | null => {
    const [one, other] = [jsonIn(before), jsonIn(after)];
    if (one === undefined || other === undefined) return null;
    place = placeOfFlags(other, key => keys.has(key)) ?? place;
    const changed = place === null ? null : changedEntries(one, other, place);
    if (changed === null) return null;
    const [then, now] = [changed.before, changed.after].map(text => (text === null ? NOTHING : decoded(text, path)));
    return typeof then === 'string' || typeof now === 'string' ? null : [then!, now!];
  };

  const contentOf = (name: string): Content => versions.texts.get(name) ?? UNREADABLE;
  const isComparedWhole = ({ before, after, others, moment }: Edit, boundary: ReadonlySet<string>): boolean =>
    isGap || boundary.has(moment.commit) || before === null || after === null || (others ?? []).length > 0;

  const versions = {
    texts: new Map<string, Content>() as ReadonlyMap<string, Content>,
    /** Has large versions that have to be decoded as wholes decoded elsewhere. */
    async prepare(edit: Edit, boundary: ReadonlySet<string>): Promise<void> {
      if (file.decodeLarge === undefined) return;
      const isWhole = isComparedWhole(edit, boundary);
      for (const name of [edit.before, edit.after, ...(edit.others ?? [])]) {
        const content = name === null ? UNREADABLE : contentOf(name);
        if (content.text === null || states.has(content)) continue;
        // Those of JSON are compared first, and only what differs is decoded.
        if (!isWhole && jsonIn(content) !== undefined) continue;
        try {
          const flags = await file.decodeLarge(
            content.text,
            name === edit.before ? (edit.from ?? edit.path) : edit.path,
          );
          if (flags === undefined) continue;
          prepared += content.text.length;
          states.set(content, flags === null ? 'unreadable' : fileStateOf(flags));
        } catch {
          // Nobody else can: it is decoded here.
        }
      }
    },
    /** Hands the edit over, and says what it cost. */
    compare(edit: Edit, boundary: ReadonlySet<string>, add: (version: FlagFileVersion) => void): number {
      cost = prepared;
      prepared = 0;
      const [before, after] = [edit.before, edit.after].map(name => (name === null ? null : contentOf(name))) as [
        Content | null,
        Content | null,
      ];
      const { moment } = edit;
      // Where the visible history begins, the file was not added: what was before it is not known.
      const isBoundary = boundary.has(moment.commit);
      const others = (edit.others ?? []).map(name => wholeState(contentOf(name), edit.path));
      const isWhole = isComparedWhole(edit, boundary);
      const pair = isWhole ? null : differing(before!, after!, edit.path);
      if (pair !== null) {
        add({ moment, before: pair[0], after: pair[1] });
        return cost + after!.text!.length / READING_SHARE;
      }
      const then = isBoundary ? 'unreadable' : wholeState(before, edit.from ?? edit.path);
      const now = wholeState(after, edit.path);
      if (then !== 'unreadable') isGap = false;
      else if (typeof now !== 'string') isGap = true;
      add({ moment, before: then, after: now, others: others.filter(each => typeof each !== 'string') });
      return cost;
    },
  };
  return versions;
}

/** A version of the file; null for a text that is missing or too large. */
export interface Content {
  readonly text: string | null;
}

const UNREADABLE: Content = { text: null };
const NOTHING: FileState = new Map();

/** Reads the versions of the edits from `start` on: as many as fit in one answer of git. */
async function readSlice(
  repository: Repository,
  edits: readonly Edit[],
  start: number,
  missing: ReadonlySet<string>,
  atHand: (name: string) => Content | undefined,
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: 'ok'; readonly end: number; readonly texts: ReadonlyMap<string, Content> } | GitFailure> {
  for (let length = SLICE; ; length = Math.ceil(length / 4)) {
    const slice = edits.slice(start, start + length);
    const names = new Set(
      slice.flatMap(({ before, after, others }) => [after, before, ...(others ?? [])]).filter(name => name !== null),
    );
    const read = await readContents(
      repository,
      [...names].filter(name => atHand(name) === undefined),
      missing,
      signal,
    );
    // A file of many megabytes: fewer versions at once.
    if (read.kind === 'failed' && read.code === 'too-large' && length > 1) continue;
    if (read.kind === 'failed' && read.code !== 'too-large') return read;
    const texts = new Map<string, Content>(read.kind === 'ok' ? read.texts : []);
    for (const name of names) {
      const content = atHand(name);
      if (content !== undefined) texts.set(name, content);
    }
    return { kind: 'ok', end: start + slice.length, texts };
  }
}

/** The contents with these names, in one answer of git. */
export async function readContents(
  repository: Repository,
  names: readonly string[],
  missing: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: 'ok'; readonly texts: ReadonlyMap<string, Content> } | GitFailure> {
  const texts = new Map<string, Content>();
  const wanted = names.filter(name => !missing.has(name));
  if (wanted.length === 0) return { kind: 'ok', texts };
  const result = await readGit({
    directory: repository.root,
    signal,
    args: ['cat-file', '--batch', '--buffer'],
    input: wanted.map(name => `${name}\n`),
  });
  if (result.kind === 'failed') return result;
  for (const [name, bytes] of contentsOf(result.output)) {
    texts.set(name, bytes.length > LARGEST_FILE ? UNREADABLE : { text: bytes.toString('utf8') });
  }
  return { kind: 'ok', texts };
}

/** Cuts the output of `git cat-file --batch` into names and bytes; what is missing is left out. */
function* contentsOf(output: Buffer): Generator<readonly [string, Buffer]> {
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
