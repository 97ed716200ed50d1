/** By what two texts of a file are compared, and where its checks stand in any text of the same shape, or of the same code. */
import { createHash } from 'node:crypto';
import type { ScanRecord } from '../../core/flags/telling/scanRecords.ts';
import { type CommentStyle, codeStart } from '../../core/languages/codeStart.ts';
import { type FactsShape, type RankedPlace, rankedPlace } from '../../core/languages/factsShape.ts';
import { nestsTooDeeply } from '../../core/languages/nesting.ts';
import type { Check } from '../../core/model.ts';
import type { KnownCode, LinkedFile } from '../facts-cache/scanState.ts';

/** By what the shapes of two texts are compared. */
export function digestOfShape({ bytes }: FactsShape): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 32);
}

/** Where these checks are; null where that can't be told of another text. */
export function placesOf(checks: readonly Check[], { offsets }: FactsShape): LinkedFile['places'] {
  const places: (readonly [RankedPlace, RankedPlace])[] = [];
  for (const { span } of checks) {
    const [start, end] = [rankedPlace(offsets, span.start), rankedPlace(offsets, span.end)];
    if (start === null || end === null) return null;
    places.push([start, end]);
  }
  return places;
}

/** A text's code as a field of what is kept of its file; of facts that are broken it says nothing, for that may depend on what stands in front. */
export function knownCode(text: string, style: CommentStyle | null): Pick<LinkedFile, 'code'> {
  const start = style === null ? null : codeStart(text, style);
  if (style === null || start === null) return {};
  return { code: { style, line: start.line, digest: digestOfCode(text, start.offset) } };
}

/** The file as it is told of a text with the same code, its checks on other lines; null where the code is another. */
export function withSameCode(file: LinkedFile, text: string): LinkedFile | null {
  const { code, records } = file;
  const start = code === undefined ? null : codeStart(text, code.style);
  if (code === undefined || start === null || digestOfCode(text, start.offset) !== code.digest) return null;
  // What is counted there counts everywhere, in comments too.
  if (/[<{]/.test(text.slice(0, start.offset)) && nestsTooDeeply(text)) return null;
  const by = start.line - code.line;
  return {
    ...file,
    records: records.map(record => movedBy(record, by)),
    isElsewhere: true,
    code: { ...code, line: start.line } satisfies KnownCode,
  };
}

function movedBy(record: ScanRecord, lines: number): ScanRecord {
  return { ...record, line: record.line + lines, endLine: record.endLine + lines };
}

function digestOfCode(text: string, offset: number): string {
  return createHash('sha256').update(text.slice(offset)).digest('base64url').slice(0, 32);
}
