/**
 * From the lines of the deployed commit to those of the working tree: by the renames and hunks of the difference between the
 * two. What placed a frame without it is in `placement.ts`; getting the difference is a source's business.
 */
import type { ChangedFile, Hunk } from '../review/patch.ts';
import type { StackFrame } from './model.ts';
import type { LinePlacement } from './placement.ts';

export interface Drift {
  /** The paths of the deployed commit, which are what a trace names. */
  readonly deployedPaths: (paths: ReadonlySet<string>) => ReadonlySet<string>;
  /** Where a path of the deployed commit is now; null when it is gone. */
  readonly pathNow: (path: string) => string | null;
  /** Where a frame's line is now; null when the frame has no line. */
  readonly place: (path: string, frame: StackFrame) => LinePlacement | null;
}

/** `files` are the changes from the deployed commit to the working tree. */
export function driftOf(files: readonly ChangedFile[]): Drift {
  const byOldPath = new Map(files.flatMap(file => (file.oldPath === null ? [] : [[file.oldPath, file] as const])));
  const pathNow = (path: string): string | null => {
    const file = byOldPath.get(path);
    return file === undefined ? path : file.newPath;
  };
  return {
    deployedPaths(paths) {
      const deployed = new Set(paths);
      for (const { newPath } of files) if (newPath !== null) deployed.delete(newPath);
      for (const oldPath of byOldPath.keys()) deployed.add(oldPath);
      return deployed;
    },
    pathNow,
    place(path, frame) {
      const { line } = frame;
      if (line === null) return null;
      const now = pathNow(path);
      if (now === null) return { path, line: null, match: 'gone', confidence: 0.1, why: 'the file was deleted since' };
      const hunks = byOldPath.get(path)?.hunks ?? [];
      const placed = { path: now, ...lineNow(line, hunks) };
      return now === path || placed.match === 'edited' ? placed : { ...placed, match: 'moved' };
    },
  };
}

function lineNow(line: number, hunks: readonly Hunk[]): Omit<LinePlacement, 'path'> {
  let shift = 0;
  for (const { oldStart, oldLines, newStart, newLines } of hunks) {
    // With no old lines the new ones stand behind `oldStart`.
    if (oldLines === 0 ? line <= oldStart : line < oldStart) break;
    if (line < oldStart + oldLines) return insideHunk(line - oldStart, newStart, newLines);
    shift += newLines - oldLines;
  }
  const why = shift === 0 ? 'unchanged since the deployed commit' : `line ${line} when it was deployed`;
  return { line: line + shift, match: shift === 0 ? 'exact' : 'shifted', confidence: 0.98, why };
}

/** The line itself was changed: the line at the same height of what replaced it is only near. */
function insideHunk(height: number, newStart: number, newLines: number): Omit<LinePlacement, 'path'> {
  if (newLines === 0) {
    return { line: Math.max(1, newStart), match: 'gone', confidence: 0.3, why: 'the line was removed since' };
  }
  const line = newStart + Math.min(height, newLines - 1);
  return { line, match: 'edited', confidence: newLines === 1 ? 0.8 : 0.6, why: 'the line was changed since' };
}
