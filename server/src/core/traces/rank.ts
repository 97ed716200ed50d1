/**
 * Runbooks and incidents for traces, best first: by what covers their frames (the nearer to the error, the better), by the
 * errors they say they are about, and by error names that stand in their text.
 */
import type { FlagOnTheWay } from '../flags/verdicts/flagsOnTheWay.ts';
import type { IncidentMatch } from '../incidents/coverage.ts';
import type { Heading, Incident, Runbook } from '../model.ts';
import { combineReasons, compareText, type Reason, type RunbookMatch } from '../runbooks/coverage.ts';
import { safeErrorPattern } from '../runbooks/errorPattern.ts';
import type { Snapshot } from '../snapshot.ts';

/** What is known of a frame's place. */
export interface FrameMatches {
  readonly flags: readonly FlagOnTheWay[];
  readonly runbooks: readonly RunbookMatch[];
  readonly incidents: readonly IncidentMatch[];
}

/** An error with its frames, innermost first. */
export interface RankedError {
  readonly type: string | null;
  readonly message: string | null;
  readonly frames: readonly (FrameMatches & { readonly inApp: boolean })[];
}

export function rankRunbooks(snapshot: Snapshot, errors: readonly RankedError[]): readonly RunbookMatch[] {
  const byFrames = bestByFrames(
    errors,
    frame => frame.runbooks,
    match => match.runbook,
  );
  return snapshot.runbooks
    .flatMap(runbook => {
      const frames = byFrames.get(runbook);
      const mention = mentionIn(snapshot, runbook.path, errors);
      const reasons = [...(frames?.reasons ?? []), ...errorReasons(runbook, errors), ...mentionReasons(mention)];
      if (reasons.length === 0) return [];
      // The section that speaks of the error is nearer to it than the one that somebody named at the function.
      const heading = (mention === null ? null : headingAt(runbook, mention.offset)) ?? frames?.match.heading ?? null;
      return [{ runbook, heading, ...combine(frames?.match.because ?? [], reasons) }];
    })
    .sort((a, b) => b.score - a.score || compareText(a.runbook.path, b.runbook.path));
}

export function rankIncidents(snapshot: Snapshot, errors: readonly RankedError[]): readonly IncidentMatch[] {
  const byFrames = bestByFrames(
    errors,
    frame => frame.incidents,
    match => match.incident,
  );
  return snapshot.incidents
    .flatMap(incident => {
      const frames = byFrames.get(incident);
      const reasons = [
        ...(frames?.reasons ?? []),
        ...errorReasons(incident, errors),
        ...mentionReasons(mentionIn(snapshot, incident.path, errors)),
      ];
      return reasons.length === 0 ? [] : [{ incident, ...combine(frames?.match.because ?? [], reasons) }];
    })
    .sort(
      (a, b) =>
        b.score - a.score ||
        compareText(b.incident.started ?? '', a.incident.started ?? '') ||
        compareText(a.incident.id, b.incident.id),
    );
}

/** What counts less with every frame of ours between the error and the place. */
const PER_FRAME = 0.93;
const LEAST_WEIGHT = 0.4;

interface Best<M> {
  readonly match: M;
  readonly reasons: readonly Reason[];
}

/** The best frame of each document: frames of one trace are not independent evidence. */
function bestByFrames<M extends { readonly score: number; readonly because: readonly string[] }, D>(
  errors: readonly RankedError[],
  matchesOf: (frame: FrameMatches) => readonly M[],
  documentOf: (match: M) => D,
): ReadonlyMap<D, Best<M>> {
  const best = new Map<D, Best<M> & { readonly score: number }>();
  for (const { frames } of errors) {
    let weight = 1;
    for (const frame of frames) {
      if (!frame.inApp) continue;
      for (const match of matchesOf(frame)) {
        const document = documentOf(match);
        const score = match.score * weight;
        if (score > (best.get(document)?.score ?? 0)) {
          best.set(document, { score, match, reasons: [{ score, because: match.because[0] ?? 'same code' }] });
        }
      }
      weight = Math.max(LEAST_WEIGHT, weight * PER_FRAME);
    }
  }
  return best;
}

/** The score of all reasons; of the best frame every reason is told. */
function combine(frameReasons: readonly string[], reasons: readonly Reason[]) {
  const { score, because } = combineReasons(reasons);
  return { score, because: [...new Set([...because, ...frameReasons])] };
}

function errorReasons(document: Runbook | Incident, errors: readonly RankedError[]): readonly Reason[] {
  const texts = errors.map(({ type, message }) => [type, message].filter(part => part !== null).join(': '));
  return document.errors.flatMap(written => {
    const pattern = safeErrorPattern(written);
    const fits = 'test' in pattern && texts.some(text => text !== '' && pattern.test(text));
    return fits ? [{ score: 0.85, because: `error: ${written}` }] : [];
  });
}

interface Mention {
  readonly name: string;
  readonly offset: number;
}

function mentionReasons(mention: Mention | null): readonly Reason[] {
  return mention === null ? [] : [{ score: 0.5, because: `mentions ${mention.name}` }];
}

/** The first error of the traces whose own name stands in a document's text. */
function mentionIn(snapshot: Snapshot, path: string, errors: readonly RankedError[]): Mention | null {
  const text = snapshot.files.get(path)?.text;
  if (text === undefined) return null;
  // What front matter says of errors counts as such.
  const body = /^---\r?\n/.test(text) ? Math.max(0, text.indexOf('\n---', 3)) : 0;
  for (const { type } of errors) {
    const name = type?.split(/[.:/\\$]+/).at(-1) ?? '';
    if (name.length < 8 || !/^[A-Z][A-Za-z0-9_]*$/.test(name) || EVERYWHERE.test(name)) continue;
    const match = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).exec(text.slice(body));
    if (match !== null) return { name, offset: body + match.index };
  }
  return null;
}

/** Errors that every program throws: that a text names one of them says nothing. */
const EVERYWHERE =
  /^(?:(?:Type|Range|Reference|Syntax|Aggregate|Internal|Value|Key|Index|Attribute|Runtime|Assertion|Import|Name|Lookup|Arithmetic|ZeroDivision|NotImplemented|OS|IO)Error|(?:NullPointer|Runtime|IllegalArgument|IllegalState|IO|ClassCast|UnsupportedOperation|IndexOutOfBounds|Execution|Completion)Exception|Exception|Traceback)$/;

function headingAt(runbook: Runbook, offset: number): Heading | null {
  return runbook.headings.filter(heading => heading.span.start <= offset).at(-1) ?? null;
}
