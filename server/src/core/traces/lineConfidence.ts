/**
 * How sure an answer about a line is. The numbers are measured, not felt: `npm run calibrate` follows lines of real histories and
 * compares with what git's blame tells commit by commit. Of the answers given 0.85, about 85 in a hundred are right. They were taken
 * from six histories together, held against two others, and where those disagreed taken from all; the tables are in
 * `server/lines-through-time.md`. Change a number only with a measurement.
 */
import type { EditedLine } from './editedLines.ts';
import type { MovedLine } from './movedLines.ts';

/** What speaks for an answer. */
export type LineEvidence =
  /** The same text, matched in order, in a file of the same name or in one that took its place. */
  | {
      readonly kind: 'same';
      readonly file: 'same' | 'renamed';
      /** `again`: in between it was not there, or read otherwise. */
      readonly text: 'kept' | 'again';
    }
  /** Of several edits on the way, the one to doubt most. */
  | {
      readonly kind: 'edited';
      readonly edited: EditedLine;
      readonly edits: number;
      /**
       * By which way it was found: through the commits between, by comparing both states at once, or by both; `lost`: by both states,
       * although the commits between lose it.
       */
      readonly followed: 'and at once' | 'only' | 'at once' | 'lost';
    }
  | { readonly kind: 'moved'; readonly moved: MovedLine }
  /** Nothing like it is left: `replaced` when other lines stand in its place. */
  | { readonly kind: 'gone'; readonly where: 'removed' | 'replaced' | 'file' };

/** 0 to 1: the share of such answers that is right. */
export function confidenceOf(evidence: LineEvidence): number {
  switch (evidence.kind) {
    case 'same':
      return evidence.text === 'kept' ? 0.99 : 0.4;
    case 'edited':
      return confidenceOfEdit(evidence);
    case 'moved':
      return confidenceOfMove(evidence.moved);
    case 'gone':
      return { removed: 0.8, replaced: 0.75, file: 0.8 }[evidence.where];
  }
}

/** Answers less sure than this are not given: the line counts as gone. */
export const LEAST_CONFIDENCE = 0.2;

/** The next best line must be as much less alike for the best one to be clear. */
const CLEAR_LEAD = 0.15;

/** How alike the lines are, whether as many came as went, and whether another one is nearly as like. */
function confidenceOfEdit({ edited, followed }: Extract<LineEvidence, { kind: 'edited' }>): number {
  const { likeness, second, removed, added, isHead } = edited;
  if (followed === 'lost') return likeness === 1 ? 0.5 : 0.1;
  const isClear = likeness - second > CLEAR_LEAD;
  if (isHead) return isClear ? 0.7 : 0.2;
  if (likeness >= 0.8) return followed === 'only' ? 0.9 : 0.97;
  if (removed === added) return removed === 1 ? 0.85 : 0.95;
  if (isClear) return 0.7;
  return likeness >= 0.6 ? 0.5 : 0.15;
}

/** Letters and digits of the line itself, and of the neighbours that went along. */
function confidenceOfMove({ weight, own }: MovedLine): number {
  if (weight >= 120) return own >= 25 ? 0.9 : 0.78;
  return own >= 25 ? 0.78 : 0.4;
}
