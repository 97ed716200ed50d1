/** Which spans of a file are highlighted, and as what. Colours and shapes are the client's. */
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { verdictOf } from '../flags/verdicts/staleness.ts';
import type { Check } from '../model.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { isUnknownFlag } from './unknownFlag.ts';

export interface Decoration {
  readonly span: Span;
  readonly style: 'check' | 'stale' | 'unknown' | 'runbook' | 'incident';
}

/** The highlights of one file, in order: the key of every check, and annotations. */
export function decorations(whole: Snapshot, path: string): readonly Decoration[] {
  const snapshot = snapshotAt(whole, path);
  const file = snapshot.files.get(path);
  if (file === undefined) return [];
  const spans: Decoration[] = file.annotations.map(({ kind, span }) => ({ span, style: kind }));
  for (const check of file.checks) {
    if (check.role === 'check') spans.push({ span: check.keySpan ?? check.nameSpan, style: styleOf(snapshot, check) });
  }
  return spans.sort((a, b) => a.span.start - b.span.start);
}

function styleOf(snapshot: Snapshot, check: Check): Decoration['style'] {
  if (check.key === null) return 'check';
  if (isUnknownFlag(snapshot, check)) return 'unknown';
  return verdictOf(snapshot, check.key).stale ? 'stale' : 'check';
}
