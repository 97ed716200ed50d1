/**
 * Checks as the records of `flagbook scan`: the fields, their order and their meaning are a contract with programs. Which
 * places are checks is decided by `checks.ts`; printing them for people is in `scanText.ts`.
 */
import type { Check, JsonValue, Role } from '../../model.ts';
import type { FileView, Snapshot } from '../../snapshot.ts';
import { type LineIndex, positionAt } from '../../text.ts';

/** One check. Lines and columns are 1-based, columns count UTF-16 code units, ends are exclusive. */
export interface ScanRecord {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly key: string | null;
  readonly keyPrefix: string | null;
  readonly system: string;
  readonly method: string;
  readonly type: string | null;
  /** Null when there is none, or none that is a constant. */
  readonly fallback: JsonValue;
  readonly via: readonly string[];
  readonly role: Role;
  readonly function: string | null;
  readonly test: boolean;
  readonly confidence: string;
}

/** The record of one check. */
export function toScanRecord(snapshot: Snapshot, check: Check): ScanRecord {
  return recordOf(check, snapshot.files.get(check.path)?.lines ?? { starts: [0], length: 0 });
}

/** The same where the lines of its file are at hand. */
export function recordOf(check: Check, lines: LineIndex): ScanRecord {
  const start = positionAt(lines, check.span.start);
  const end = positionAt(lines, check.span.end);
  return {
    path: check.path,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    key: check.key,
    keyPrefix: check.key === null ? check.keyPrefix : null,
    system: check.system,
    method: check.method,
    type: check.type,
    fallback: check.fallback ?? null,
    via: check.via,
    role: check.role,
    function: check.function,
    test: check.test,
    confidence: check.confidence,
  };
}

/** Every check of the files that `includes` accepts, in all roles, by path and position. */
export function scanRecords(snapshot: Snapshot, includes: (path: string) => boolean): readonly ScanRecord[] {
  const files = [...snapshot.files.values()].filter(file => file.checks.length > 0 && includes(file.path));
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return files.flatMap(file => checksInOrder(file).map(check => toScanRecord(snapshot, check)));
}

/** The checks of a file in the order of its records. */
export function checksInOrder({ checks }: Pick<FileView, 'checks'>): readonly Check[] {
  return [...checks].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
