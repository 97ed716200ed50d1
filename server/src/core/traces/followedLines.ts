/**
 * Follows a line from version to version of its file. What one commit made of a line is nearly always plain; what a year of them
 * made, seen at once, often is not: of three lines that look alike, which one is left? Where the versions come from is a source's
 * business, and what the answer is worth that of `lineConfidence.ts`.
 */
import { type EditedLine, editedLine, gapAround } from './editedLines.ts';
import { type LineMatching, matchLines, textLines } from './lineMatching.ts';
import { isClearlyMoved, type MovedLine, movedLine } from './movedLines.ts';

/** Where a line is in the last version (0-based), or in which version it was last seen. */
export type FollowedLine =
  | { readonly kind: 'kept'; readonly line: number }
  | { readonly kind: 'edited'; readonly line: number; readonly weakest: EditedLine; readonly edits: number }
  | { readonly kind: 'moved'; readonly line: number; readonly moved: MovedLine }
  | { readonly kind: 'lost' };

/** A text of the file, and what git says was changed in it since the version before; null where git was not asked. */
export interface FileVersion {
  readonly text: string;
  readonly hunks: readonly Hunk[] | null;
}

/** Lines that were replaced: 0-based starts, and counts; where nothing was removed the old start is the line below. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

/** Above this a line that is like the old one is taken for it even if its text stands elsewhere too. */
export const CLEARLY_EDITED = 0.8;

/** Follows lines (0-based) of the first version to the last one; versions are compared when a line first needs it. */
export function createFollower(all: readonly FileVersion[]): (line: number) => FollowedLine {
  const kept = all.filter(({ text }, index) => text !== all[index - 1]?.text);
  const versions = kept.map(({ text }) => textLines(text));
  const matchings: LineMatching[] = [];
  return line => {
    let at = line;
    let weakest: EditedLine | null = null;
    let moved: MovedLine | null = null;
    let edits = 0;
    for (let step = 0; step + 1 < versions.length; step++) {
      const [before, after] = [versions[step]!, versions[step + 1]!];
      matchings[step] ??= matchingOf(before, after, kept[step + 1]!.hunks);
      const matching = matchings[step]!;
      const same = matching[at]!;
      if (same >= 0) {
        at = same;
        continue;
      }
      const gap = gapAround(matching, at, after.length);
      const edited = editedLine(before, after, at, gap);
      if (edited === null || edited.likeness < CLEARLY_EDITED) {
        const stayed = new Set(matching);
        const own = { path: '', lines: after, isNew: (other: number) => !stayed.has(other) };
        const elsewhere = movedLine(before, at, gap, [own]);
        if (elsewhere !== null && isClearlyMoved(elsewhere, '')) {
          if (moved === null || elsewhere.weight < moved.weight) moved = elsewhere;
          at = elsewhere.line;
          continue;
        }
      }
      if (edited === null) return { kind: 'lost' };
      edits++;
      if (weakest === null || sureness(edited) < sureness(weakest)) weakest = edited;
      at = edited.line;
    }
    if (weakest !== null) return { kind: 'edited', line: at, weakest, edits };
    return moved === null ? { kind: 'kept', line: at } : { kind: 'moved', line: at, moved };
  };
}

/** Git's own hunks, which its blame goes by too; where they do not fit the texts, or there are none, our own matching. */
function matchingOf(before: readonly string[], after: readonly string[], hunks: readonly Hunk[] | null): LineMatching {
  if (hunks === null) return matchLines(before, after);
  const matching = new Int32Array(before.length).fill(-1);
  let [at, to] = [0, 0];
  for (const { oldStart, oldLines, newStart, newLines } of [...hunks, endOf(before, after)]) {
    if (oldStart - at !== newStart - to || oldStart < at || oldStart > before.length) return matchLines(before, after);
    while (at < oldStart) matching[at++] = to++;
    at += oldLines;
    to += newLines;
  }
  return at === before.length && to === after.length ? matching : matchLines(before, after);
}

function endOf(before: readonly string[], after: readonly string[]): Hunk {
  return { oldStart: before.length, oldLines: 0, newStart: after.length, newLines: 0 };
}

/** Only to tell which of several edits is the one to doubt. */
function sureness({ likeness, second, removed, added }: EditedLine): number {
  return likeness - 0.5 * second - (removed === added ? 0 : 0.2);
}
