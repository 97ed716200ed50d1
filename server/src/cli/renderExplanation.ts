/** An explanation for a terminal. */
import type { ExplainExtras, Explanation } from '../core/features/explain.ts';
import { agoText } from '../core/features/flagLines.ts';
import { printable } from '../core/flags/describe.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Output } from './output.ts';
import { terminalLine } from './richTerminal.ts';

/** `code` is the line as it stands in the file. */
export function renderExplanation(
  snapshot: Snapshot,
  explanation: Explanation,
  extras: ExplainExtras,
  code: string,
  { paint, width }: Pick<Output, 'paint' | 'width'>,
): string {
  const { path, line, column } = explanation.place;
  const [inside] = explanation.functions;
  const where = `${printable(path)}:${line}${column === null ? '' : `:${column}`}`;
  const lines = [
    `${paint('heading', where)}${inside === undefined ? '' : paint('faint', ` in ${printable(inside)}`)}`,
    paint('faint', `  ${shorten(code.trim(), width - 2)}`),
  ];
  for (const block of explanation.blocks) {
    lines.push('', ...block.map(rich => terminalLine(snapshot, rich, paint)));
  }
  if (explanation.blocks.length === 0) {
    lines.push('', 'No flag, runbook or incident is known here.');
  }
  lines.push('', lastChangeLine(snapshot, extras));
  if (extras.owners.length > 0) lines.push(`Owners: ${printable(extras.owners.join(', '))} (CODEOWNERS)`);
  return `${lines.join('\n')}\n`;
}

function lastChangeLine(snapshot: Snapshot, { lastChange, lastChangeReason }: ExplainExtras): string {
  if (lastChange === null) return `Last change of the line: ${lastChangeReason ?? 'not known'}`;
  const { author, commit, subject, time } = lastChange;
  const when = `${agoText(time, snapshot.now)} (${time.slice(0, 10)})`;
  return `Last change of the line: ${when} by ${printable(author)}: ${printable(subject)} (${commit.slice(0, 10)})`;
}

function shorten(text: string, length: number): string {
  const line = printable(text);
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
