/** The records of a scan for a terminal: grouped by file, aligned, what evaluates flags before what only mentions them. */

import type { SuggestedPattern } from '../guessed/suggestions.ts';
import { countText, printable, valueText } from '../rollout/describe.ts';
import type { ScanRecord } from './scanRecords.ts';
import type { Paint } from './text.ts';

/** Keys and names longer than these push what follows to the right, in their own line alone. */
const WIDEST_KEY = 34;
const WIDEST_CALL = 20;

/** Ends in a line break; empty when there are no records. */
export function renderScan(records: readonly ScanRecord[], paint: Paint): string {
  const checks = records.filter(record => record.role === 'check');
  const mentions = records.filter(record => record.role !== 'check');
  const parts = [renderFiles(checks, paint)];
  if (mentions.length > 0) {
    const title = `Not evaluated, only named (${countText(mentions.length, 'place')})`;
    parts.push(`${paint('heading', title)}\n\n${renderFiles(mentions, paint)}`);
  }
  return parts.filter(part => part !== '').join('\n');
}

/** One line of numbers: `37 checks of 30 flags in 24 files, 15 other mentions`. */
export function scanSummary(records: readonly ScanRecord[]): string {
  const checks = records.filter(record => record.role === 'check');
  const keys = new Set(checks.flatMap(check => check.key ?? []));
  const files = new Set(checks.map(check => check.path));
  const dynamic = checks.filter(check => check.key === null).length;
  const others = records.length - checks.length;
  return [
    `${countText(checks.length, 'check')} of ${countText(keys.size, 'flag')} in ${countText(files.size, 'file')}`,
    ...(dynamic === 0 ? [] : [`${dynamic} with a key that is made at run time`]),
    ...(others === 0 ? [] : [countText(others, 'other mention')]),
  ].join(', ');
}

/** What to add to the configuration, so that likely checks become certain; empty when there is nothing to suggest. */
export function suggestionText(suggestions: readonly SuggestedPattern[]): string {
  if (suggestions.length === 0) return '';
  const covered = suggestions.reduce((sum, { checks }) => sum + checks, 0);
  const lines = suggestions.map(({ pattern }) => `    { "pattern": ${JSON.stringify(pattern)} }`);
  return [
    `${countText(covered, 'check')} ${covered === 1 ? 'is' : 'are'} only likely: a library of this repository's own asks for them. These lines of flagbook.json make them certain:`,
    '  "checks": [',
    lines.join(',\n'),
    '  ]',
  ].join('\n');
}

function renderFiles(records: readonly ScanRecord[], paint: Paint): string {
  const keyWidth = Math.min(WIDEST_KEY, Math.max(0, ...records.map(record => keyText(record).length)));
  const placeWidth = Math.max(0, ...records.map(record => placeText(record).length));
  const callWidth = Math.min(WIDEST_CALL, Math.max(0, ...records.map(record => callText(record).length)));
  const byPath = new Map<string, ScanRecord[]>();
  for (const record of records) byPath.set(record.path, [...(byPath.get(record.path) ?? []), record]);
  return [...byPath]
    .map(([path, own]) => {
      const lines = own.map(record => `  ${renderRecord(record, [placeWidth, keyWidth, callWidth], paint)}\n`);
      return `${paint('heading', printable(path))}\n${lines.join('')}`;
    })
    .join('\n');
}

function renderRecord(record: ScanRecord, widths: readonly [number, number, number], paint: Paint): string {
  const key = keyText(record);
  const details = [
    ...(record.function === null ? [] : [`in ${printable(record.function)}`]),
    ...(record.role !== 'check' || record.fallback === null ? [] : [`else ${printable(valueText(record.fallback))}`]),
    ...(record.test ? [paint('faint', 'test')] : []),
    ...(record.confidence === 'certain' ? [] : [paint('warning', record.confidence)]),
  ];
  const cells = [
    placeText(record).padStart(widths[0]),
    `${paint(record.key === null ? 'warning' : 'key', key)}${' '.repeat(Math.max(0, widths[1] - key.length))}`,
    details.length === 0 ? callText(record) : callText(record).padEnd(widths[2]),
    ...(details.length === 0 ? [] : [details.join(', ')]),
  ];
  return cells.join('  ');
}

function placeText(record: ScanRecord): string {
  return `${record.line}:${record.column}`;
}

function keyText(record: ScanRecord): string {
  if (record.key !== null) return printable(record.key);
  return record.keyPrefix === null ? '(made at run time)' : `${printable(record.keyPrefix)}…`;
}

function callText(record: ScanRecord): string {
  const call = printable(record.method);
  if (record.role === 'check') return call;
  return record.role === 'declaration' ? 'declaration' : `${record.role} by ${call}`;
}
