/**
 * Which flags decided that a place in the code was reached, or what it does: the checks that stand before it in the functions
 * around it, except those in branches that lead elsewhere. By the text alone; values are not followed.
 */
import type { FileFacts } from '../languages/facts.ts';
import type { Check } from '../model.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../text.ts';
import type { CheckOnTheWay } from './checksOnTheWay.ts';
import { shortState, statesByEnvironment } from './describe.ts';
import { environmentOrder, statesOf } from './flagIndex.ts';
import { enclosingFunctions } from './resolve/symbols.ts';

export interface FlagOnTheWay {
  readonly key: string;
  /** `25%`, `off`, `targeted`: that of the main environment; `unknown` when no flag file defines the key. */
  readonly state: string;
  /** The state in every environment by name: `25% in production, on in staging`; `defined nowhere` when no flag file has it. */
  readonly summary: string;
  /** What it said when the place was reached; null when that is not known, or when it may have been either. */
  readonly branch: 'on' | 'off' | null;
  /** Where it is checked: a path, and a 1-based line. */
  readonly path: string;
  readonly line: number;
}

/** `, reached only when on`: which way the flag sent it, as an ending; empty when that is not known. */
export function branchText({ branch }: Pick<FlagOnTheWay, 'branch'>): string {
  return branch === null ? '' : `, reached only when ${branch}`;
}

/** Flags checked on the way to the end of a 1-based line, in order of their checks. */
export function flagsOnTheWay(snapshot: Snapshot, file: FileView, line: number): readonly FlagOnTheWay[] {
  return flagsOfWay(
    snapshot,
    file,
    checksOnTheWay(file, line).map(check => ({ check, branch: null })),
  );
}

/** The flags of checks that are known to lead to a place, each once; that of a check that sent it one way wins. */
export function flagsOfWay(
  snapshot: Snapshot,
  { path, lines }: FileView,
  way: readonly CheckOnTheWay[],
): readonly FlagOnTheWay[] {
  const flags = new Map<string, FlagOnTheWay>();
  for (const { check, branch } of way) {
    if (check.key === null || (flags.get(check.key)?.branch ?? null) !== null) continue;
    const line = positionAt(lines, check.nameSpan.start).line + 1;
    if (branch !== null || !flags.has(check.key))
      flags.set(check.key, { ...flagOnTheWay(snapshot, check.key), branch, path, line });
  }
  return [...flags.values()];
}

/** The same for a key that is known to matter. */
function flagOnTheWay(snapshot: Snapshot, key: string): Omit<FlagOnTheWay, 'branch' | 'path' | 'line'> {
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
