/**
 * Which flags decided that a place in the code was reached, or what it does: the checks that stand before it in the functions
 * around it, except those in branches that lead elsewhere. By the text alone; values are not followed.
 */
import type { FileFacts } from '../languages/facts.ts';
import type { Check } from '../model.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../text.ts';
import { shortState, statesByEnvironment } from './describe.ts';
import { environmentOrder, statesOf } from './flagIndex.ts';
import { enclosingFunctions } from './resolve/symbols.ts';

export interface FlagOnTheWay {
  readonly key: string;
  /** `25%`, `off`, `targeted`: that of the main environment; `unknown` when no flag file defines the key. */
  readonly state: string;
  /** The state in every environment by name: `25% in production, on in staging`; `defined nowhere` when no flag file has it. */
  readonly summary: string;
}

/** Flags checked on the way to the end of a 1-based line, in order of their checks. */
export function flagsOnTheWay(snapshot: Snapshot, file: FileView, line: number): readonly FlagOnTheWay[] {
  const keys = checksOnTheWay(file, line).flatMap(check => check.key ?? []);
  return [...new Set(keys)].map(key => flagOnTheWay(snapshot, key));
}

/** The same for a key that is known to matter. */
export function flagOnTheWay(snapshot: Snapshot, key: string): FlagOnTheWay {
  const states = statesOf(snapshot, key);
  const order = environmentOrder(snapshot);
  return {
    key,
    state: shortState(states, order) || 'unknown',
    summary: statesByEnvironment(states, order) || 'defined nowhere',
  };
}

function checksOnTheWay(file: FileView, line: number): readonly Check[] {
  const { facts } = file;
  if (facts === null || file.checks.length === 0) return [];
  const span = lineSpan(file.lines, line - 1);
  const place = span.start + /^[ \t]*/.exec(file.text.slice(span.start, span.end))![0].length;
  const around = enclosingFunctions(facts, place);
  const outermost = around.at(-1)?.span ?? null;
  return file.checks.filter(check => {
    if (check.role !== 'check' || check.key === null) return false;
    if (positionAt(file.lines, check.nameSpan.start).line > line - 1) return false;
    if (outermost !== null && !holds(outermost, check.nameSpan.start)) return false;
    return leadsTo(facts, check.nameSpan.start, place);
  });
}

/** A check inside another function, or in a branch that the place is not in, says nothing about the place. */
function leadsTo(facts: FileFacts, check: number, place: number): boolean {
  for (const { span } of enclosingFunctions(facts, check)) if (!holds(span, place)) return false;
  for (const { consequent, alternative } of facts.branches) {
    if (holds(consequent, check) && !holds(consequent, place)) return false;
    if (alternative !== null && holds(alternative, check) && !holds(alternative, place)) return false;
  }
  return true;
}

function holds(span: Span, offset: number): boolean {
  return offset >= span.start && offset < span.end;
}
