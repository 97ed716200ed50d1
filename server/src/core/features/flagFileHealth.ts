/** All problems of all flag files in one list, for `flagbook flags check`: the same that an editor shows line by line. */

import { flagAround } from '../flags/files/flagPlaces.ts';
import { flagFilesOf } from '../flags/verdicts/flagIndex.ts';
import type { Snapshot } from '../snapshot.ts';
import { positionAt } from '../text.ts';
import { diagnostics } from './diagnostics.ts';

export interface FlagFileFinding {
  /** The code that silences it. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly path: string;
  /** 1-based, as are columns, which count UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** The flag it is about, where it is about one. */
  readonly key: string | null;
  readonly message: string;
}

/** Problems of the flag files, by path and line. */
export function flagFileHealth(snapshot: Snapshot): readonly FlagFileFinding[] {
  return flagFilesOf(snapshot).flatMap(file => {
    const lines = snapshot.files.get(file.path)!.lines;
    return diagnostics(snapshot, file.path).map(({ code, severity, span, message }) => {
      const { line, column } = positionAt(lines, span.start);
      return {
        rule: code,
        severity: severity === 'error' || severity === 'warning' ? severity : ('note' as const),
        path: file.path,
        line: line + 1,
        column: column + 1,
        key: flagAround(file, span.start),
        message,
      };
    });
  });
}
