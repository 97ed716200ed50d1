/**
 * A scan of a repository that was scanned before. Files that are as they were are not read. Of the changed ones, those that nothing
 * was found in are asked the same questions again, and those that took part in linking are parsed: as long as they say the same at
 * other places, every check is what it was, at its new place. Those that say something else are linked again by what the last link left
 * (`relinkAgain.ts`). Where that is not enough nothing is told, and the repository is to be scanned as a whole.
 */
import { lstatSync } from 'node:fs';
import { TOGGLE_ANNOTATION } from '../../core/flags/linking/prefilter.ts';
import { soughtName } from '../../core/flags/resolve/soughtNames.ts';
import type { ScanRecord } from '../../core/flags/telling/scanRecords.ts';
import { type FactsShape, offsetOfPlace } from '../../core/languages/factsShape.ts';
import { indexLines, positionAt } from '../../core/text.ts';
import { type LinkedFile, type ScanState, STAMP_FIELDS } from '../facts-cache/scanState.ts';
import type { FileAccess, FileBytes } from '../files/access.ts';
import { type Answers, answersTo, lookAt } from './fileQuestions.ts';
import { withoutDiffering } from './indexedStamps.ts';
import { digestOfShape } from './linkedShapes.ts';
import { createPauses } from './pauses.ts';
import type { RelinkedFiles, RelinkRequest } from './relinkAgain.ts';

export interface ScanAgain {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Whether the files that there are now are those that there were. */
  readonly isListedAlike: Promise<boolean>;
  /**
   * The files that are not as git's index has them; null where the index is not the one that the state speaks of, or git can't tell. Then
   * all files are looked at.
   */
  readonly differing: Promise<ReadonlySet<string> | null>;
  readonly access: FileAccess;
  /** Told of files that will be parsed, before their shapes are asked for. */
  readonly begin: (paths: readonly string[]) => void;
  /** The shape of a text's facts; null where it has none. */
  readonly shapeOf: (path: string, text: string) => Promise<FactsShape | null>;
  /** Links changed files again; null where only a whole scan can tell. */
  readonly relink: (changed: Pick<RelinkRequest, 'linked' | 'edited' | 'textOf'>) => Promise<RelinkedFiles | null>;
  /** The clock of the file system's times, milliseconds since 1970. */
  readonly now: number;
}

/** `moved`: checks stand at other places than the last time. */
export interface Scanned {
  readonly state: ScanState;
  readonly kind: 'same' | 'touched' | 'moved';
  /** Keeps the links of files that were linked again: gives the name that the state is to know them by. Null where none were. */
  readonly saveLinks: RelinkedFiles['save'] | null;
}

/** With more changed files than this, a whole scan is as quick. */
const MOST_CHANGED = 1000;

/** Milliseconds after its last change from which on a file counts as settled, as the memory of indexing has it. */
const SETTLED = 3000;

/** What a whole scan would find, with the state to keep for the next one; null where only a whole scan can tell. */
export async function scanAgain(before: ScanState, again: ScanAgain): Promise<Scanned | null> {
  const { readBytes } = again.access;
  if (readBytes === undefined) return null;
  const stamps = before.stamps.slice();
  // Git takes its time to say which files differ.
  const interest = answersTo({ kind: 'interest', ...before.head.interestWords });
  const { words, types } = before.head;
  const wishes = answersTo({ kind: 'wishes', words, types });
  const differing = await again.differing;
  const asIndexed = differing === null ? new Uint8Array(before.paths.length) : withoutDiffering(before, differing);
  const changed = changedFiles(before, again, stamps, asIndexed);
  if (changed === null) return null;
  if (changed.length === 0)
    return (await again.isListedAlike) ? { state: before, kind: 'same', saveLinks: null } : null;
  const linked: Record<number, LinkedFile> = { ...before.head.linked };
  const edited = new Map<string, string>();
  let kind: Scanned['kind'] = 'touched';
  const parsed = changed.filter(index => before.kinds[index] === 'linked');
  if (parsed.length > 0) again.begin(parsed.map(index => before.paths[index]!));
  // What parses is compiled meanwhile: it has a turn now and then.
  const pause = createPauses();
  for (const index of changed) {
    if (before.kinds[index] === 'linked') continue;
    if (parsed.length > 0) await pause();
    if (!saysNothingElse(before, index, readBytes(before.paths[index]!), [interest, wishes])) return null;
  }
  for (const index of parsed) {
    const path = before.paths[index]!;
    const looked = lookAt(path, readBytes(path), EVERYTHING);
    const file = before.head.linked[index];
    if (looked.kind !== 'found' || file === undefined) return null;
    const { text } = looked;
    if (!isWantedAlike(path, text, file, interest, wishes)) return null;
    const shape = await again.shapeOf(path, text);
    if (shape === null) return null;
    const moved = digestOfShape(shape) === file.shape ? movedRecords(file, shape, text) : null;
    if (moved === null && file.isLeft) return null;
    if (moved === null) edited.set(path, text);
    else linked[index] = { ...file, records: moved, isElsewhere: true };
    if (moved === null || moved.length > 0) kind = 'moved';
  }
  const relinked = edited.size === 0 ? null : await again.relink({ linked, edited, textOf: textFrom(again.access) });
  if (edited.size > 0 && relinked === null) return null;
  if (relinked !== null) takeRelinked(before, relinked, linked);
  // Git takes its time for the list: all that is done by then is done while it does.
  if (!(await again.isListedAlike)) return null;
  const suggestions = relinked === null ? before.head.suggestions : null;
  const head = { ...before.head, linked, suggestions };
  return { state: { ...before, stamps, asIndexed, head }, kind, saveLinks: relinked?.save ?? null };
}

/** Whether a changed file that took no part in linking takes none now, for the same reason. */
function saysNothingElse(
  { paths, kinds, head }: ScanState,
  index: number,
  content: FileBytes,
  questions: readonly Answers[],
): boolean {
  const path = paths[index]!;
  // Most of what changes is nobody's business: no text is made of it.
  if (kinds[index] === 'left') return questions.every(question => lookAt(path, content, question).kind === 'left');
  const looked = lookAt(path, content, EVERYTHING);
  if (looked.kind === 'skipped') return kinds[index] === 'skipped' && head.skipped[index] === looked.reason;
  return kinds[index] === 'prose' && looked.kind === 'found';
}

function textFrom({ read }: FileAccess): (path: string) => Promise<string | null> {
  return async path => {
    const content = await read(path);
    return content.kind === 'text' ? content.text : null;
  };
}

function takeRelinked(before: ScanState, { files, left }: RelinkedFiles, linked: Record<number, LinkedFile>): void {
  const numbers = new Map(before.paths.map((path, index) => [path, index]));
  for (const [path, told] of files) {
    const index = numbers.get(path)!;
    const { wishes, mentions, isLeft } = linked[index] ?? { wishes: null, mentions: [] };
    linked[index] = { wishes, mentions, ...told, ...(isLeft && { isLeft }) };
  }
  for (const path of left) linked[numbers.get(path)!] = { ...linked[numbers.get(path)!]!, isLeft: true };
}

const EVERYTHING = answersTo({ kind: 'wanted' });

/** Whether two lists of all files, both sorted, are the same. */
export function listsAlike(before: readonly string[], now: readonly string[]): boolean {
  return before.length === now.length && before.every((path, index) => path === now[index]);
}

/** The numbers of the files that changed, whose stamps are renewed; null where too many have, or one that matters to all. */
function changedFiles(
  { paths, kinds, head }: ScanState,
  { root, now }: ScanAgain,
  stamps: Float64Array,
  asIndexed: Uint8Array,
): readonly number[] | null {
  const changed: number[] = [];
  const folders = new Set<string>();
  let folder = '';
  for (let index = 0; index < paths.length; index++) {
    const kind = kinds[index];
    if (kind === 'other' || asIndexed[index] === 1) continue;
    const path = paths[index]!;
    // Neighbours in the list stand in one folder.
    const end = Math.max(0, path.lastIndexOf('/'));
    if (end !== folder.length || !path.startsWith(folder)) {
      folder = path.slice(0, end);
      if (!arePlainFolders(root, folder, folders)) return null;
    }
    const at = STAMP_FIELDS * index;
    const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
    if (stats === undefined) {
      if (head.skipped[index] === 'missing') continue;
      return null;
    }
    const isSame =
      stats.mtimeMs === stamps[at + 1] &&
      stats.ctimeMs === stamps[at + 2] &&
      stats.size === stamps[at] &&
      stats.ino === stamps[at + 3] &&
      stats.dev === stamps[at + 4] &&
      stats.isFile();
    if (isSame) continue;
    if (kind === 'bound' || changed.push(index) > MOST_CHANGED) return null;
    const isSettled = stats.isFile() && Math.max(stats.mtimeMs, stats.ctimeMs) < now - SETTLED;
    const next = [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino, stats.dev];
    stamps.set(isSettled ? next : UNSETTLED, at);
  }
  return changed;
}

const UNSETTLED: readonly number[] = Array.from({ length: STAMP_FIELDS }, () => Number.NaN);

/** A folder that has become a link since leads elsewhere, though the files behind it may be the same. */
function arePlainFolders(root: string, folder: string, known: Set<string>): boolean {
  if (folder === '' || known.has(folder)) return true;
  if (!arePlainFolders(root, folder.slice(0, Math.max(0, folder.lastIndexOf('/'))), known)) return false;
  if (lstatSync(`${root}/${folder}`, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  known.add(folder);
  return true;
}

/** Whether it takes part for the same reasons as before, and defines no flag by what it says in comments. */
function isWantedAlike(path: string, text: string, file: LinkedFile, interest: Answers, wishes: Answers): boolean {
  if (text.includes(TOGGLE_ANNOTATION)) return false;
  // What looks through bytes is there already, for the files that nothing was found in.
  const bytes = Buffer.from(text);
  const mentions = interest.ofBytes(path, bytes, () => text);
  const isInteresting = mentions !== null;
  // Where an SDK is mentioned, its names are looked for everywhere.
  if (file.wishes === null) return isInteresting && [...mentions].sort().join('\n') === file.mentions.join('\n');
  const answered = [...(wishes.ofBytes(path, bytes, () => text) ?? [])].sort();
  return !isInteresting && heldAnywhere(answered) === heldAnywhere(file.wishes);
}

/** A file that was read for what is looked up in it says nothing by itself when it declares that no more. */
function heldAnywhere(wishes: readonly string[]): string {
  return wishes.filter(wish => soughtName(wish) === null).join('\n');
}

function movedRecords(file: LinkedFile, { offsets }: FactsShape, text: string): readonly ScanRecord[] | null {
  const { records, places } = file;
  if (places === null) return null;
  const lines = indexLines(text);
  return records.map((record, index) => {
    const [from, to] = places[index]!;
    const start = positionAt(lines, offsetOfPlace(offsets, from));
    const end = positionAt(lines, offsetOfPlace(offsets, to));
    return {
      ...record,
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
    };
  });
}
