/** What the Trace view is made of: rows as plain data. Which rows there are is the business of `traceView.ts` and `traceFrameRow.ts`. */
import type { RichLine } from './richText.ts';

/** A place in the repository: 1-based line and column, null where nothing is known of them. */
export interface TracePlace {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
}

export type TraceRowKind =
  | 'trace'
  | 'thread'
  | 'error'
  | 'frame'
  | 'library'
  | 'candidate'
  | 'flag'
  | 'runbook'
  | 'incident'
  | 'group';

export interface TraceRow {
  /** Unique in the view. */
  readonly id: string;
  readonly kind: TraceRowKind;
  readonly label: string;
  readonly description: string | null;
  readonly tooltip: readonly RichLine[];
  readonly icon: string;
  /** The row in a sentence, for whoever can't see the icon. */
  readonly spoken: string;
  /** The flag's key, for a flag. */
  readonly key: string | null;
  readonly place: TracePlace | null;
  /** Where the frame stood in the commit that ran. */
  readonly deployed: TracePlace | null;
  /** A frame of one's own that is found here: stepping stops at it. */
  readonly step: boolean;
  readonly culprit: boolean;
  readonly expanded: boolean;
  readonly children: readonly TraceRow[];
}

/** Everything a row need not say. */
export const BARE_ROW = {
  description: null,
  tooltip: [],
  key: null,
  place: null,
  deployed: null,
  step: false,
  culprit: false,
  expanded: false,
  children: [],
} as const;
