/** The hint behind a check: state and age at a glance, such as `25% · 412d`. Twenty-four characters at most; the rest is hover. */

import { mainEnvironment, nextText, shortState } from '../flags/rollout/describe.ts';
import { daysSince, introducedOf } from '../flags/verdicts/ages.ts';
import { environmentOrder, statesOf } from '../flags/verdicts/flagIndex.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import type { Check } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagLines } from './flagLines.ts';
import type { RichLine } from './richText.ts';
import { keysOf } from './subject.ts';
import { isUnknownFlag } from './unknownFlag.ts';

export interface InlayHint {
  /** The hint stands right behind this offset. */
  readonly offset: number;
  readonly label: string;
  /** The check it belongs to; its tooltip is asked for later, by `inlayHintTooltip`. */
  readonly check: Check;
}

/** More than this is cut by VS Code on lines that carry other hints too. */
export const MAX_HINT_LENGTH = 24;

/** Hints of the checks in a range, in order. */
export function inlayHints(snapshot: Snapshot, path: string, range: Span): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const check of snapshot.files.get(path)?.checks ?? []) {
    if (check.role !== 'check' || check.span.end < range.start || check.span.start > range.end) continue;
    const label = hintLabel(snapshot, check);
    if (label !== null) hints.push({ offset: check.span.end, label, check });
  }
  return hints;
}

/** The label of a check, or null when there is nothing certain to say. */
export function hintLabel(whole: Snapshot, check: Check): string | null {
  const snapshot = snapshotAt(whole, check.path);
  const keys = keysOf(snapshot, check);
  if (check.key === null) {
    if (check.keyPrefix === null) return null;
    const count = keys.length === 1 ? '1 flag' : `${keys.length} flags`;
    return cut(`${check.keyPrefix}… · ${count}`);
  }
  if (isUnknownFlag(snapshot, check)) return 'unknown flag';
  const states = statesOf(snapshot, check.key);
  const order = environmentOrder(snapshot);
  const main = mainEnvironment(states, order);
  const next = main?.state === 'scheduled' ? nextText(main) : null;
  const state = states.length === 0 ? null : (next ?? shortState(states, order));
  const introduced = introducedOf(snapshot, check.key);
  const age = introduced.kind === 'known' ? `${daysSince(introduced.moment.time, snapshot.now)}d` : null;
  const stale = verdictOf(snapshot, check.key).stale ? 'stale' : null;
  const parts = [state, age, stale].filter(part => part !== null && part !== '');
  return parts.length === 0 ? null : cut(parts.join(' · '));
}

/** The hint's tooltip: what the hover says, and who put the hint there. */
export function inlayHintTooltip(snapshot: Snapshot, check: Check): readonly RichLine[] {
  const lines = check.key === null ? [] : flagLines(snapshotAt(snapshot, check.path), check.key, check);
  return [
    ...lines,
    [{ kind: 'text', text: 'Shown by Flagbook. “Flagbook: Toggle Inline Hints and Highlights” hides it.' }],
  ];
}

function cut(label: string): string {
  return label.length <= MAX_HINT_LENGTH ? label : `${label.slice(0, MAX_HINT_LENGTH - 1)}…`;
}
