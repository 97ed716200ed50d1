/** What `flagbook scan` prints, whoever found it. */

import type { SuggestedPattern } from '../core/flags/guessed/suggestions.ts';
import type { ScanRecord } from '../core/flags/telling/scanRecords.ts';
import { renderScan, scanSummary, suggestionText } from '../core/flags/telling/scanText.ts';
import type { IndexSummary } from '../sources/project/indexing.ts';
import { jsonLines, jsonText, type Output } from './output.ts';
import { skippedText } from './skipped.ts';

export const SCAN_FORMATS = ['text', 'json', 'jsonl'];
export const SCAN_ROLES = ['check', 'declaration', 'stub', 'reference', 'all'];

/** What of a scan is wanted, and how. */
export interface ScanWanted {
  readonly format: string;
  readonly role: string;
  /** Relative to the root, with `/`; everything when there are none. */
  readonly paths: readonly string[];
}

/** What a scan found. */
export interface ScanFound {
  /** Of all files, by path and position. */
  readonly records: readonly ScanRecord[];
  readonly suggestions: readonly SuggestedPattern[];
  readonly summary: Pick<IndexSummary, 'files' | 'skipped'>;
}

export function printScan(found: ScanFound, { format, role, paths }: ScanWanted, output: Output): void {
  const isWanted = (record: ScanRecord): boolean =>
    (role === 'all' || record.role === role) &&
    (paths.length === 0 || paths.some(folder => isUnder(record.path, folder)));
  const records = found.records.filter(isWanted);
  if (format === 'jsonl') output.print(jsonLines(records.map(record => ({ version: 1, ...record }))));
  else if (format === 'json') output.print(jsonText({ version: 1, checks: records }));
  else output.print(renderScan(records, output.paint));
  const suggestion = suggestionText(found.suggestions);
  if (format === 'text' && suggestion !== '') output.note(suggestion);
  output.note(`${scanSummary(records)}. ${skippedText(found.summary)}`);
}

export function isUnder(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
