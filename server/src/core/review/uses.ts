/**
 * Which checks of flags a change adds, touches and takes away. A check on a changed line is new unless the change also takes
 * one of the same flag away: then it was only edited or moved.
 */
import type { Check } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import { type LineIndex, positionAt, type Span } from '../text.ts';
import type { ChangedFile, Hunk } from './patch.ts';

/** A check and where the change shows it: at the check itself, or where the key it leads to is written. */
export interface Use {
  readonly check: Check;
  readonly place: { readonly path: string; readonly offset: number };
  readonly isNew: boolean;
}

export interface Uses {
  /** On the new side. */
  readonly touched: readonly Use[];
  /** On the old side, without those that live on elsewhere in the change. */
  readonly removed: readonly Use[];
}

/** Finds and pairs the checks on changed lines of both sides. Keys that are not known are left out. */
export function pairUses(files: readonly ChangedFile[], before: Snapshot, after: Snapshot): Uses {
  const oldUses = usesOn(before, changedLines(files, 'old'));
  const newUses = usesOn(after, changedLines(files, 'new'));
  const newPathOf = new Map(files.map(file => [file.oldPath, file.newPath]));
  const gone = new Set(oldUses);
  const claim = (use: Omit<Use, 'isNew'>, fits: (old: Omit<Use, 'isNew'>) => boolean): boolean => {
    for (const old of gone) {
      if (old.check.key === use.check.key && fits(old)) return gone.delete(old);
    }
    return false;
  };
  // A check of the same file is the better partner than one that vanished anywhere.
  const unpaired = newUses.filter(use => !claim(use, old => newPathOf.get(old.check.path) === use.check.path));
  const fresh = new Set(unpaired.filter(use => !claim(use, () => true)));
  return {
    touched: newUses.map(use => ({ ...use, isNew: fresh.has(use) })),
    removed: [...gone].map(use => ({ ...use, isNew: false })),
  };
}

type LinesByPath = ReadonlyMap<string, readonly Hunk[]>;

/** The changed lines of one side as hunks whose `newStart` and `newLines` are that side's. */
function changedLines(files: readonly ChangedFile[], side: 'old' | 'new'): LinesByPath {
  const lines = new Map<string, readonly Hunk[]>();
  for (const file of files) {
    const path = side === 'old' ? file.oldPath : file.newPath;
    if (path === null) continue;
    lines.set(
      path,
      side === 'new'
        ? file.hunks
        : file.hunks.map(hunk => ({ ...hunk, newStart: hunk.oldStart, newLines: hunk.oldLines })),
    );
  }
  return lines;
}

function usesOn(snapshot: Snapshot, changed: LinesByPath): Omit<Use, 'isNew'>[] {
  const uses: Omit<Use, 'isNew'>[] = [];
  for (const checks of snapshot.checks.values()) {
    for (const check of checks) {
      if (check.role !== 'check' || check.key === null) continue;
      const own = { start: Math.min(check.nameSpan.start, check.span.start), end: check.span.end };
      if (isChanged(snapshot, check.path, own, changed)) {
        uses.push({ check, place: { path: check.path, offset: check.nameSpan.start } });
      } else if (check.keyPlace !== null && isChanged(snapshot, check.keyPlace.path, check.keyPlace.span, changed)) {
        // The constant behind the check changed, so the check asks for another flag than before.
        uses.push({ check, place: { path: check.keyPlace.path, offset: check.keyPlace.span.start } });
      }
    }
  }
  return uses.sort((a, b) =>
    a.check.path < b.check.path ? -1 : a.check.path > b.check.path ? 1 : a.check.span.start - b.check.span.start,
  );
}

function isChanged(snapshot: Snapshot, path: string, span: Span, changed: LinesByPath): boolean {
  const hunks = changed.get(path);
  const lines = snapshot.files.get(path)?.lines;
  return hunks !== undefined && lines !== undefined && hunks.some(hunk => overlaps(lines, span, hunk));
}

function overlaps(lines: LineIndex, span: Span, { newStart, newLines }: Hunk): boolean {
  const first = positionAt(lines, span.start).line + 1;
  const last = positionAt(lines, Math.max(span.start, span.end - 1)).line + 1;
  // Without lines on this side the change stands behind `newStart`: it touches what begins before and ends after it.
  if (newLines === 0) return first <= newStart && last > newStart;
  return first < newStart + newLines && last >= newStart;
}
