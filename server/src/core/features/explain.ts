/**
 * All that is known of one line: its checks and flags, annotations, the runbooks and incidents of the place. The lines are
 * those of the hover, so that editor and terminal never disagree; the document is `flagbook explain --format json`.
 */

import { type FlagEntry, toFlagsDocument } from '../flags/telling/document.ts';
import { type ScanRecord, toScanRecord } from '../flags/telling/scanRecords.ts';
import type { CheckOnTheWay } from '../flags/verdicts/checksOnTheWay.ts';
import { type FlagOnTheWay, flagsOfWay } from '../flags/verdicts/flagsOnTheWay.ts';
import { snapshotAt } from '../flags/verdicts/projects.ts';
import { type IncidentMatch, incidentsFor } from '../incidents/coverage.ts';
import type { Annotation, Check, CommitMoment, Flag } from '../model.ts';
import { type CodeContext, type RunbookMatch, runbooksFor } from '../runbooks/coverage.ts';
import type { FileView, Snapshot } from '../snapshot.ts';
import { encloses, lineSpan, offsetAt, type Span } from '../text.ts';
import { coverageLines, flagLines } from './flagLines.ts';
import { hover } from './hover.ts';
import type { RichLine } from './richText.ts';
import { codeContextAt, flagsDeclaredIn, keysOf, subjectAt } from './subject.ts';

/** A place in a file: 1-based line, 1-based column in UTF-16 code units or null for the whole line. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

export interface Explanation {
  readonly place: Place;
  /** The functions around the place, innermost first. */
  readonly functions: readonly string[];
  readonly checks: readonly Check[];
  /** Keys that the line checks, defines or, by the start of a dynamic key, may check. */
  readonly keys: readonly string[];
  /** Flags whose checks stand on every way to the place; those of the line itself are in `keys`. */
  readonly onTheWay: readonly FlagOnTheWay[];
  readonly annotations: readonly Annotation[];
  readonly runbooks: readonly RunbookMatch[];
  readonly incidents: readonly IncidentMatch[];
  /** One block for each thing that stands on the line; a block of runbooks and incidents where there is nothing else. */
  readonly blocks: readonly (readonly RichLine[])[];
}

/** What a front found out elsewhere. */
export interface ExplainExtras {
  /** The commit that last changed the line; null with the reason where nobody can say. */
  readonly lastChange: CommitMoment | null;
  readonly lastChangeReason: string | null;
  /** Of the file, by the CODEOWNERS file; empty when nobody is named. */
  readonly owners: readonly string[];
}

/**
 * Explains a place; `way` are the checks that lead there. The file need not be known: then only what names its path is said.
 */
export function explain(whole: Snapshot, place: Place, way: readonly CheckOnTheWay[]): Explanation {
  const snapshot = snapshotAt(whole, place.path);
  const file = snapshot.files.get(place.path);
  const focus = file === undefined ? null : focusOf(snapshot, file, place);
  const checks = file === undefined || focus === null ? [] : file.checks.filter(check => isOn(file, check, focus));
  const flags = file === undefined || focus === null ? [] : definedOn(file, focus);
  const annotations =
    file === undefined || focus === null ? [] : file.annotations.filter(({ span }) => overlaps(span, focus));
  const keys = [...new Set([...checks.flatMap(check => keysOf(snapshot, check)), ...flags.map(flag => flag.key)])];
  const context: CodeContext =
    file === undefined || focus === null
      ? { path: place.path, functionNames: [], keys, annotations }
      : codeContextAt(file, codeStart(file, focus), keys);
  const blocks = blocksOf(snapshot, place.path, checks, flags, annotations);
  const coverage = coverageLines(snapshot, context);
  return {
    place,
    functions: context.functionNames,
    checks,
    keys,
    onTheWay: file === undefined ? [] : flagsOfWay(snapshot, file, way).filter(({ key }) => !keys.includes(key)),
    annotations,
    runbooks: runbooksFor(snapshot, context),
    incidents: incidentsFor(snapshot, context),
    blocks: blocks.length === 0 && coverage.length > 0 ? [coverage] : blocks,
  };
}

/** The JSON of `flagbook explain`. */
export interface ExplainDocument extends Place {
  readonly version: 1;
  readonly functions: readonly string[];
  readonly checks: readonly ScanRecord[];
  readonly flags: readonly FlagEntry[];
  readonly onTheWay: readonly FlagOnTheWay[];
  readonly annotations: readonly { readonly kind: string; readonly target: string }[];
  readonly runbooks: readonly {
    readonly path: string;
    readonly heading: string | null;
    readonly score: number;
    readonly because: readonly string[];
  }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly path: string;
    readonly score: number;
    readonly because: readonly string[];
  }[];
  readonly lastChange: CommitMoment | null;
  readonly owners: readonly string[];
}

export function toExplainDocument(
  snapshot: Snapshot,
  explanation: Explanation,
  extras: ExplainExtras,
): ExplainDocument {
  return {
    version: 1,
    ...explanation.place,
    functions: explanation.functions,
    checks: explanation.checks.map(check => toScanRecord(snapshot, check)),
    flags: toFlagsDocument(snapshotAt(snapshot, explanation.place.path), explanation.keys).flags,
    onTheWay: explanation.onTheWay,
    annotations: explanation.annotations.map(({ kind, target }) => ({ kind, target })),
    runbooks: explanation.runbooks.map(({ runbook, heading, score, because }) => ({
      path: runbook.path,
      heading: heading?.slug ?? null,
      score,
      because,
    })),
    incidents: explanation.incidents.map(({ incident, score, because }) => ({
      id: incident.id,
      path: incident.path,
      score,
      because,
    })),
    lastChange: extras.lastChange,
    owners: extras.owners,
  };
}

/** The subject under the column, else the whole line. */
function focusOf(snapshot: Snapshot, file: FileView, place: Place): Span | null {
  const line = lineSpan(file.lines, place.line - 1);
  if (place.column === null) return line;
  const offset = offsetAt(file.lines, { line: place.line - 1, column: place.column - 1 });
  return subjectAt(snapshot, file.path, offset)?.span ?? line;
}

/** A check is on the line where its name or its key stands. */
function isOn(file: FileView, check: Check, focus: Span): boolean {
  if (overlaps(check.nameSpan, focus)) return true;
  return check.keySpan !== null && check.path === file.path && overlaps(check.keySpan, focus);
}

/** Flags whose key is on the line; on a line deep inside a definition, the flag it belongs to. */
function definedOn(file: FileView, focus: Span): readonly Flag[] {
  const flags = flagsDeclaredIn(file);
  const named = flags.filter(({ declaration }) => declaration !== null && overlaps(declaration.keySpan, focus));
  if (named.length > 0) return named;
  return flags.filter(({ declaration }) => declaration !== null && encloses(declaration.span, focus));
}

function overlaps(span: Span, focus: Span): boolean {
  return span.start < focus.end && span.end > focus.start;
}

/** Where the line's code begins: its indentation belongs to whatever is around it. */
function codeStart(file: FileView, focus: Span): number {
  const indentation = /^[ \t]*/.exec(file.text.slice(focus.start, focus.end))![0].length;
  return focus.start + indentation;
}

function blocksOf(
  snapshot: Snapshot,
  path: string,
  checks: readonly Check[],
  flags: readonly Flag[],
  annotations: readonly Annotation[],
): readonly (readonly RichLine[])[] {
  const seen = new Set<string>();
  const blocks: (readonly RichLine[])[] = [];
  for (const check of checks) {
    // A key named twice on a line is one story; the check says more than the constant behind it.
    if (check.key !== null && seen.has(check.key)) continue;
    if (check.key !== null) {
      seen.add(check.key);
      blocks.push(flagLines(snapshot, check.key, check));
    } else blocks.push(hover(snapshot, path, check.nameSpan.start)?.lines ?? []);
  }
  for (const { key } of flags) {
    if (seen.has(key)) continue;
    seen.add(key);
    blocks.push(flagLines(snapshot, key, null));
  }
  for (const { span } of annotations) blocks.push(hover(snapshot, path, span.start)?.lines ?? []);
  return blocks.filter(block => block.length > 0);
}

/** The text of a 1-based line without its line ending, or null where there is no such line. */
export function lineText(file: Pick<FileView, 'text' | 'lines'>, line: number): string | null {
  if (line < 1 || line > file.lines.starts.length) return null;
  const span = lineSpan(file.lines, line - 1);
  return file.text.slice(span.start, span.end).replace(/[\r\n]{1,2}$/, '');
}
