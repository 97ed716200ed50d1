// The benchmark's result: one row a measurement, printed as a Markdown table that also reads well in a terminal.
import { milliseconds, percentile } from './statistics.ts';

export interface Row {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  /** Times that of what it is measured beside; null where there is nothing to compare with. */
  readonly ratio: number | null;
  /** What it should be, in the words of the table. */
  readonly target: string;
  /** Null where no target says more than the ratio does. */
  readonly met: boolean | null;
}

/** A row of times whose 95th percentile must not be above the limit, in milliseconds. */
export function rowWithin(what: string, times: readonly number[], limit: number): Row {
  const p95 = percentile(times, 0.95);
  return { what, p50: percentile(times, 0.5), p95, ratio: null, target: `p95 ≤ ${limit} ms`, met: p95 <= limit };
}

/** How long an event loop may be held up, in milliseconds. */
const LONGEST_BLOCK = 50;

/** A row of stretches for which an event loop was held up; the longest stands for the median. */
export function blockRow(what: string, blocks: readonly number[]): Row {
  const longest = Math.max(...blocks);
  return {
    what,
    p50: longest,
    p95: percentile(blocks, 0.95),
    ratio: null,
    target: `longest ≤ ${LONGEST_BLOCK} ms`,
    met: longest <= LONGEST_BLOCK,
  };
}

export function renderTable(rows: readonly Row[]): string {
  const cells = [
    ['measured', 'p50 (ms)', 'p95 (ms)', 'ratio', 'target', ''],
    ...rows.map(({ what, p50, p95, ratio, target, met }) => [
      what,
      milliseconds(p50),
      milliseconds(p95),
      ratio === null ? '' : `${ratio.toFixed(1)} ×`,
      target,
      met === null ? '' : met ? 'met' : 'missed',
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => row[column]!.length)));
  const isNumber = (column: number): boolean => column >= 1 && column <= 3;
  const line = (row: readonly string[]): string => {
    const padded = row.map((cell, column) =>
      isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(cells[0]!), line(rule), ...cells.slice(1).map(line)].join('\n');
}
