/**
 * How sure an answer about a line is. The numbers are measured, not felt: `npm run calibrate` follows lines of real histories and
 * compares with what git's blame tells commit by commit. Of the answers given 0.8, about eight in ten are right. They were taken from
 * three histories and held against three others, and where those disagreed the lower number counts; the tables are in
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
      return evidence.file === 'same' ? 0.99 : 0.95;
    case 'edited':
      return confidenceOfEdit(evidence.edited);
    case 'moved':
      return confidenceOfMove(evidence.moved);
    case 'gone':
      return { removed: 0.8, replaced: 0.75, file: 0.8 }[evidence.where];
  }
}

/** Hunks with more lines on a side are rewritten rather than edited. */
const SMALL_HUNK = 8;
/** The next best line must be as much less alike for the best one to be clear. */
const CLEAR_LEAD = 0.15;

/** For lines that are very much alike (0.8 and more), alike (0.6), and somewhat alike. */
type ByLikeness = readonly [number, number, number];

const ONE_FOR_ONE: ByLikeness = [0.97, 0.83, 0.6];
const AS_MANY: ByLikeness = [0.92, 0.92, 0.83];
const SMALL_CLEAR: ByLikeness = [0.8, 0.8, 0.67];
const SMALL_CLOSE: ByLikeness = [0.45, 0.45, 0.45];
const LARGE_CLEAR: ByLikeness = [0.67, 0.67, 0.67];
const LARGE_CLOSE: ByLikeness = [0.3, 0.3, 0.3];

/** How many lines went and came says more than how alike the two lines are. */
function confidenceOfEdit(edited: EditedLine): number {
  const { likeness } = edited;
  if (likeness === 1) return 0.92;
  const [high, middle, low] = numbersFor(edited);
  if (likeness >= 0.8) return high;
  return likeness >= 0.6 ? middle : low;
}

function numbersFor({ likeness, second, removed, added }: EditedLine): ByLikeness {
  if (removed === added) return removed === 1 ? ONE_FOR_ONE : AS_MANY;
  const isClear = likeness - second > CLEAR_LEAD;
  if (Math.max(removed, added) > SMALL_HUNK) return isClear ? LARGE_CLEAR : LARGE_CLOSE;
  return isClear ? SMALL_CLEAR : SMALL_CLOSE;
}

/** Letters and digits of neighbours that went along; one long line that stands nowhere else says as much. */
function confidenceOfMove({ weight, own, second }: MovedLine): number {
  return weight >= 120 || (own >= 25 && second === 0) ? 0.6 : 0.35;
}
