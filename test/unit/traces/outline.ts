/** Writes parsed traces as an indented outline, so that a test's expectation can be read beside its input. */
import assert from 'node:assert/strict';
import type { Trace } from '../../../server/src/core/traces/model.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';

/** Parses `text` and compares the outline of what was found. Both sides are dedented. */
export function checkTraces(text: string, expected: string): void {
  assert.equal(outline(parseTraces(text).traces), dedent(expected));
}

export function outline(traces: readonly Trace[]): string {
  const lines: string[] = [];
  for (const trace of traces) {
    lines.push(`${trace.language} ${trace.firstLine}-${trace.lastLine}`);
    for (const thread of trace.threads) {
      if (thread.name !== null || thread.count > 1) lines.push(` ${thread.name} x${thread.count}`);
      for (const error of thread.errors) {
        const parent = error.parent === null ? '' : ` of ${error.parent}`;
        lines.push(`  ${error.relation}${parent}: ${error.type} | ${(error.message ?? 'null').replaceAll('\n', '⏎')}`);
        for (const frame of error.frames) {
          const place = [frame.file, frame.line, frame.column].filter(part => part !== null).join(':');
          const marks = `${frame.kind === 'call' ? '' : ` ${frame.kind}`}${frame.repeated > 1 ? ` x${frame.repeated}` : ''}`;
          lines.push(`    ${frame.function} ${place} @${frame.textLine}${marks}`);
        }
      }
    }
  }
  return lines.join('\n');
}

/** Removes the common indentation and the blank lines around a template literal. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .replace(/\s*$/, '')
    .split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines.map(line => line.slice(common)).join('\n');
}
