/**
 * How sure an answer about a line is. The numbers are measured, not felt: `npm run calibrate` follows lines of real histories
 * and compares with what git's blame, commit by commit, says became of them. Of the answers given 0.9, nine in ten are right.
 * The table is in `server/lines-through-time.md`; change a number only with a measurement.
 */
import type { EditedLine } from './editedLines.ts';
import type { MovedLine } from './movedLines.ts';

/** What speaks for an answer. */
export type LineEvidence =
  /** The same text, matched in order; `telling` when it holds letters or digits. */
  | { readonly kind: 'same'; readonly telling: boolean }
  | { readonly kind: 'edited'; readonly edited: EditedLine }
  | { readonly kind: 'moved'; readonly moved: MovedLine }
  /** Nothing like it is left: `replaced` when other lines stand in its place. */
  | { readonly kind: 'gone'; readonly where: 'removed' | 'replaced' | 'file' };

/** 0 to 1: the share of such answers that is right. */
export function confidenceOf(evidence: LineEvidence): number {
  switch (evidence.kind) {
    case 'same':
      return evidence.telling ? 0.99 : 0.98;
    case 'edited':
      return confidenceOfEdit(evidence.edited);
    case 'moved':
      return confidenceOfMove(evidence.moved);
    case 'gone':
      return { removed: 0.8, replaced: 0.6, file: 0.8 }[evidence.where];
  }
}

function confidenceOfEdit({ likeness }: EditedLine): number {
  return Math.round(likeness * 100) / 100;
}

function confidenceOfMove({ weight }: MovedLine): number {
  return weight / 120;
}
