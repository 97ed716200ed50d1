/**
 * From the lines of the deployed commit to those of now: by renames, by matching both texts, by likeness where a line was edited,
 * and by looking elsewhere for what left. Unsaved text counts, since the texts of now are what the caller says they are. What
 * places a frame without a commit is in `placement.ts`; getting changes and texts is a source's business.
 */
import { type EditedLine, editedLine, type Gap, gapAround } from './editedLines.ts';
import { CLEARLY_EDITED, createFollower, type FileVersion, type FollowedLine } from './followedLines.ts';
import { confidenceOf, LEAST_CONFIDENCE, type LineEvidence } from './lineConfidence.ts';
import { type LineMatching, matchLines, textLines } from './lineMatching.ts';
import type { StackFrame } from './model.ts';
import { type Destination, isClearlyMoved, type MovedLine, movedLine, tellingLines } from './movedLines.ts';
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
  /** By the path of then: the file in the commits between both states, oldest first; nothing where nobody asked. */
  readonly versionsBetween?: (path: string) => readonly FileVersion[];
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
      const followed = file.follow(line - 1);
      if (followed.kind !== 'lost' && (followed.kind !== 'edited' || followed.weakest.likeness >= CLEARLY_EDITED))
        return [];
      return tellingLines(file.then, line - 1, gapAround(file.matching, line - 1, file.now.length));
    },
  };
}

interface FollowedFile {
  readonly path: string;
  readonly pathNow: string | null;
  readonly then: readonly string[];
  readonly now: readonly string[];
  readonly matching: LineMatching;
  /** Through the commits between, as far as they are known. */
  readonly follow: (line: number) => FollowedLine;
  readonly hasVersions: boolean;
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
  const between = pathNow === null ? [] : (texts.versionsBetween?.(path) ?? []);
  const versions = [{ text: textThen, hunks: null }, ...between, { text: textNow, hunks: null }];
  let destinations: readonly Destination[] | null = null;
  return {
    path,
    pathNow,
    then,
    now,
    matching,
    follow: pathNow === null ? () => ({ kind: 'lost' }) : createFollower(versions),
    hasVersions: versions.length > 2,
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
  const followed = file.follow(line - 1);
  const direct = matching[line - 1]!;
  const found = pathNow === null ? null : placeFollowed(file, line, followed, direct, pathNow);
  if (found !== null) return found;
  const gap = gapAround(matching, line - 1, file.now.length);
  const edited = pathNow === null ? null : editedLine(then, file.now, line - 1, gap);
  const moved = movedLine(then, line - 1, gap, file.destinations());
  if (moved !== null && isClearlyMoved(moved, pathNow)) return placeMoved(file, line, moved);
  const became = pathNow === null ? null : placeChanged(file, pathNow, line, followed, edited);
  if (became !== null && became.confidence >= LEAST_CONFIDENCE) return became;
  return placeGone(file, line, gap, texts);
}

/** What the versions between say for sure; null where other files should be asked first. */
function placeFollowed(
  file: FollowedFile,
  line: number,
  followed: FollowedLine,
  direct: number,
  pathNow: string,
): LinePlacement | null {
  if (followed.kind === 'kept') return placeSame(file, line, followed.line + 1, 'kept');
  if (followed.kind === 'edited' && file.now[followed.line] === file.then[line - 1])
    return placeSame(file, line, followed.line + 1, 'again');
  if (followed.kind === 'moved')
    return placeMoved(file, line, { ...followed.moved, path: pathNow, line: followed.line });
  if (followed.kind === 'lost') return direct >= 0 ? placeSame(file, line, direct + 1, 'again') : null;
  if (followed.weakest.likeness < CLEARLY_EDITED) return null;
  const gap = direct >= 0 ? null : gapAround(file.matching, line - 1, file.now.length);
  const atOnce = gap === null ? null : editedLine(file.then, file.now, line - 1, gap);
  return placeEdited(file, pathNow, line, followed, atOnce);
}

/** What became of a line that is less like what it was; null when nothing did. */
function placeChanged(
  file: FollowedFile,
  pathNow: string,
  line: number,
  followed: FollowedLine,
  atOnce: EditedLine | null,
): LinePlacement | null {
  if (followed.kind === 'edited') return placeEdited(file, pathNow, line, followed, atOnce);
  if (atOnce === null) return null;
  const way = file.hasVersions ? 'lost' : 'at once';
  const evidence: LineEvidence = { kind: 'edited', edited: atOnce, edits: 1, followed: way };
  return answer(pathNow, atOnce.line + 1, 'edited', evidence, wasEdited(line, atOnce));
}

function placeMoved({ pathNow }: FollowedFile, line: number, moved: MovedLine): LinePlacement {
  const where = moved.path === pathNow ? '' : ' to another file';
  const why = `line ${line} when it was deployed; moved${where} with the lines around it`;
  return answer(moved.path, moved.line + 1, 'moved', { kind: 'moved', moved }, why);
}

function placeSame(file: FollowedFile, line: number, lineNow: number, text: 'kept' | 'again'): LinePlacement {
  const { path, pathNow } = file;
  const moved = pathNow !== path;
  const evidence: LineEvidence = { kind: 'same', file: moved ? 'renamed' : 'same', text };
  const match: LineMatch = moved ? 'moved' : line === lineNow ? 'exact' : 'shifted';
  const unchanged = text === 'kept' ? 'unchanged since the deployed commit' : 'as it was at the deployed commit';
  const was = line === lineNow ? unchanged : `line ${line} when it was deployed`;
  return answer(pathNow!, lineNow, match, evidence, moved ? `${path} when it was deployed; ${was}` : was);
}

/** `atOnce` is what comparing both states says, without the commits between. */
function placeEdited(
  { hasVersions }: FollowedFile,
  path: string,
  line: number,
  { line: lineNow, weakest, edits }: Extract<FollowedLine, { kind: 'edited' }>,
  atOnce: EditedLine | null,
): LinePlacement {
  const agrees = atOnce?.line === lineNow;
  const followed = hasVersions ? (agrees ? 'and at once' : 'only') : 'at once';
  const evidence: LineEvidence = { kind: 'edited', edited: weakest, edits, followed };
  return answer(path, lineNow + 1, 'edited', evidence, wasEdited(line, weakest));
}

function wasEdited(line: number, { likeness }: EditedLine): string {
  const what = likeness === 1 ? 'only its blanks changed since' : 'the line was changed since';
  return `line ${line} when it was deployed; ${what}`;
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
