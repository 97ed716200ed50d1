/**
 * From the lines of the deployed commit to those of now: by renames, by matching both texts, by likeness where a line was edited,
 * and by looking elsewhere for what left. Unsaved text counts, since the texts of now are what the caller says they are. What
 * places a frame without a commit is in `placement.ts`; getting changes and texts is a source's business.
 */
import { type EditedLine, editedLine, type Gap, gapAround } from './editedLines.ts';
import { confidenceOf, type LineEvidence } from './lineConfidence.ts';
import { type LineMatching, matchLines, textLines } from './lineMatching.ts';
import type { StackFrame } from './model.ts';
import { type Destination, type MovedLine, movedLine, tellingLines } from './movedLines.ts';
import type { LineMatch, LinePlacement, SourceSymbol } from './placement.ts';

/** A file of one of the two states, or of both; `ChangedFile` is one. */
export interface ChangedPath {
  /** Null for a file that was added. */
  readonly oldPath: string | null;
  /** Null for a file that was deleted. */
  readonly newPath: string | null;
  /** Of a renamed file, per cent of it that stayed as it was. */
  readonly similarity?: number;
}

/** The texts and functions of both states; null where they are not known. */
export interface DriftTexts {
  /** By the path of then. */
  readonly textThen: (path: string) => string | null;
  /** By the path of now. */
  readonly textNow: (path: string) => string | null;
  readonly symbolsThen: (path: string) => readonly SourceSymbol[] | null;
  readonly symbolsNow: (path: string) => readonly SourceSymbol[] | null;
  /** Other files, by the path of now, that may hold what left a file of then. */
  readonly destinations: (path: string) => readonly string[];
  /** The path of then of a path of now. */
  readonly oldPathOf: (path: string) => string;
}

export interface Drift {
  /** The paths of the deployed commit, which are what a trace names. */
  readonly deployedPaths: (paths: ReadonlySet<string>) => ReadonlySet<string>;
  /** Where a path of the deployed commit is now; null when it is gone. */
  readonly pathNow: (path: string) => string | null;
  /** Where a frame's line is now; null when the frame has no line or the text of then is not known. */
  readonly place: (path: string, frame: Pick<StackFrame, 'line'>) => LinePlacement | null;
  /** What of a line and its neighbours to look for in other files; nothing when it did not leave its file. */
  readonly linesToLookFor: (path: string, line: number) => readonly string[];
}

/** `changes` are the changes of paths from the deployed commit to now. */
export function driftOf(changes: readonly ChangedPath[], texts: DriftTexts): Drift {
  const byOldPath = new Map(
    changes.flatMap(file => (file.oldPath === null ? [] : [[file.oldPath, file.newPath] as const])),
  );
  const files = new Map<string, FollowedFile | null>();
  let listed: { readonly now: ReadonlySet<string>; readonly deployed: ReadonlySet<string> } | null = null;
  const pathNow = (path: string): string | null => {
    const now = byOldPath.get(path);
    return now === undefined ? path : now;
  };
  const fileOf = (path: string): FollowedFile | null => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const file = followFile(path, pathNow(path), texts);
    files.set(path, file);
    return file;
  };
  return {
    deployedPaths(paths) {
      if (listed?.now === paths) return listed.deployed;
      const deployed = new Set(paths);
      for (const { newPath } of changes) if (newPath !== null) deployed.delete(newPath);
      for (const oldPath of byOldPath.keys()) deployed.add(oldPath);
      listed = { now: paths, deployed };
      return deployed;
    },
    pathNow,
    place(path, { line }) {
      const file = line === null ? null : fileOf(path);
      return file === null || line === null ? null : placeLine(file, line, texts);
    },
    linesToLookFor(path, line) {
      const file = fileOf(path);
      if (file === null || line > file.then.length || file.matching[line - 1]! >= 0) return [];
      const gap = gapAround(file.matching, line - 1, file.now.length);
      const edited = editedLine(file.then, file.now, line - 1, gap);
      return edited !== null && edited.likeness >= CLEARLY_EDITED ? [] : tellingLines(file.then, line - 1, gap);
    },
  };
}

/** Above this a line that is like the old one is taken for it even if its text stands elsewhere too. */
const CLEARLY_EDITED = 0.8;
/** Letters and digits that speak for lines having gone elsewhere together; half as many elsewhere again make it a guess. */
const CLEARLY_MOVED = 80;

/** Of a line that is long, and that stands once in what is new of its own file, that is enough to say. */
const TELLING_LINE = 25;

function isClearlyMoved({ path, own, weight, second }: MovedLine, pathNow: string | null): boolean {
  if (path === pathNow && own >= TELLING_LINE && second === 0) return true;
  return weight >= CLEARLY_MOVED && second < weight / 2;
}

interface FollowedFile {
  readonly path: string;
  readonly pathNow: string | null;
  readonly then: readonly string[];
  readonly now: readonly string[];
  readonly matching: LineMatching;
  /** The file itself and the others that its lines may have gone to. */
  readonly destinations: () => readonly Destination[];
}

function followFile(path: string, pathNow: string | null, texts: DriftTexts): FollowedFile | null {
  const textThen = texts.textThen(path);
  const textNow = pathNow === null ? '' : texts.textNow(pathNow);
  if (textThen === null || textNow === null) return null;
  const then = textLines(textThen);
  const now = textThen === textNow ? then : textLines(textNow);
  const matching = then === now ? Int32Array.from(then.keys()) : matchLines(then, now);
  let destinations: readonly Destination[] | null = null;
  return {
    path,
    pathNow,
    then,
    now,
    matching,
    destinations: () => {
      destinations ??= destinationsOf({ pathNow, now, matching }, path, texts);
      return destinations;
    },
  };
}

function destinationsOf(
  { pathNow, now, matching }: Pick<FollowedFile, 'pathNow' | 'now' | 'matching'>,
  path: string,
  texts: DriftTexts,
): readonly Destination[] {
  const kept = new Set(matching);
  const own = pathNow === null ? [] : [{ path: pathNow, lines: now, isNew: (line: number) => !kept.has(line) }];
  const others = texts.destinations(path).flatMap((other): readonly Destination[] => {
    const text = other === pathNow ? null : texts.textNow(other);
    if (text === null) return [];
    const old = new Set(textLines(texts.textThen(texts.oldPathOf(other)) ?? '').map(line => line.trim()));
    const lines = textLines(text);
    return [{ path: other, lines, isNew: line => !old.has(lines[line]!.trim()) }];
  });
  return [...own, ...others];
}

function placeLine(file: FollowedFile, line: number, texts: DriftTexts): LinePlacement {
  const { pathNow, then, matching } = file;
  if (line > then.length || line < 1) {
    const why = `the file had ${then.length} lines at the deployed commit`;
    return { path: pathNow ?? file.path, line: null, match: 'gone', confidence: 0.5, why };
  }
  const to = matching[line - 1]!;
  if (to >= 0 && pathNow !== null) return placeSame(file, line, to + 1);
  const gap = gapAround(matching, line - 1, file.now.length);
  const edited = pathNow === null ? null : editedLine(then, file.now, line - 1, gap);
  if (edited === null || edited.likeness < CLEARLY_EDITED) {
    const moved = movedLine(then, line - 1, gap, file.destinations());
    if (moved !== null && isClearlyMoved(moved, pathNow)) {
      const where = moved.path === pathNow ? '' : ' to another file';
      const why = `line ${line} when it was deployed; moved${where} with the lines around it`;
      return answer(moved.path, moved.line + 1, 'moved', { kind: 'moved', moved }, why);
    }
  }
  if (edited !== null && pathNow !== null) return placeEdited(pathNow, line, edited);
  return placeGone(file, line, gap, texts);
}

function placeSame(file: FollowedFile, line: number, lineNow: number): LinePlacement {
  const { path, pathNow } = file;
  const moved = pathNow !== path;
  const evidence: LineEvidence = { kind: 'same', file: moved ? 'renamed' : 'same' };
  const match: LineMatch = moved ? 'moved' : line === lineNow ? 'exact' : 'shifted';
  const was = line === lineNow ? 'unchanged since the deployed commit' : `line ${line} when it was deployed`;
  return answer(pathNow!, lineNow, match, evidence, moved ? `${path} when it was deployed; ${was}` : was);
}

function placeEdited(path: string, line: number, edited: EditedLine): LinePlacement {
  const what = edited.likeness === 1 ? 'only its blanks changed since' : 'the line was changed since';
  return answer(
    path,
    edited.line + 1,
    'edited',
    { kind: 'edited', edited },
    `line ${line} when it was deployed; ${what}`,
  );
}

/** The line itself is gone; what is shown is its function, at the same height, or the place where it stood. */
function placeGone(file: FollowedFile, line: number, gap: Gap, texts: DriftTexts): LinePlacement {
  const { path, pathNow, now } = file;
  if (pathNow === null) {
    const evidence: LineEvidence = { kind: 'gone', where: 'file' };
    return { ...answer(path, 1, 'gone', evidence, 'the file was deleted since'), line: null };
  }
  const where = gap.nowEnd > gap.nowStart ? 'replaced' : 'removed';
  const near = functionNow(file, pathNow, line, texts);
  const lineNow = near?.line ?? Math.max(1, Math.min(now.length, gap.nowStart + (where === 'replaced' ? 1 : 0)));
  const shown = near === null ? 'it stood here' : `${near.name} is here now`;
  return answer(pathNow, lineNow, 'gone', { kind: 'gone', where }, `line ${line} was removed since; ${shown}`);
}

/** As far behind the start of the function that held the line, if one function of its name is still there. */
function functionNow(
  { path }: FollowedFile,
  pathNow: string,
  line: number,
  texts: DriftTexts,
): { readonly name: string; readonly line: number } | null {
  const around = (texts.symbolsThen(path) ?? []).filter(old => old.startLine <= line && line <= old.endLine);
  around.sort((one, other) => other.startLine - one.startLine);
  for (const old of around) {
    const same = (texts.symbolsNow(pathNow) ?? []).filter(({ name }) => name === old.name);
    if (same.length !== 1) continue;
    const { startLine, endLine } = same[0]!;
    return { name: old.name, line: Math.min(startLine + line - old.startLine, endLine) };
  }
  return null;
}

function answer(path: string, line: number, match: LineMatch, evidence: LineEvidence, why: string): LinePlacement {
  return { path, line, match, confidence: confidenceOf(evidence), why, evidence };
}
