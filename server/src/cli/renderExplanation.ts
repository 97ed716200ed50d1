/** An explanation for a terminal. */

import type { ExplainExtras, Explanation } from '../core/features/explain.ts';
import { agoText } from '../core/features/flagLines.ts';
import { printable } from '../core/flags/rollout/describe.ts';
import { branchText } from '../core/flags/verdicts/flagsOnTheWay.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Output } from './output.ts';
import { terminalLines } from './richTerminal.ts';

/** `code` is the line as it stands in the file. */
export function renderExplanation(
  snapshot: Snapshot,
  explanation: Explanation,
  extras: ExplainExtras,
  code: string,
  output: Pick<Output, 'paint' | 'width'>,
): string {
  const { paint, width } = output;
  const { path, line, column } = explanation.place;
  const [inside] = explanation.functions;
  const where = `${printable(path)}:${line}${column === null ? '' : `:${column}`}`;
  const lines = [
    `${paint('heading', where)}${inside === undefined ? '' : paint('faint', ` in ${printable(inside)}`)}`,
    paint('faint', `  ${shorten(code.trim(), width - 2)}`),
  ];
  const rich = (text: string) => terminalLines(snapshot, [{ kind: 'text', text }], output);
  for (const block of explanation.blocks) {
    lines.push('', ...block.flatMap(richLine => terminalLines(snapshot, richLine, output)));
  }
  if (explanation.blocks.length === 0) lines.push('', 'No flag, runbook or incident is known here.');
  lines.push('');
  if (explanation.onTheWay.length > 0) {
    lines.push(
      ...rich(
        `Flags on the way: ${explanation.onTheWay.map(flag => `${flag.key} ${flag.state}${branchText(flag)}`).join('; ')}`,
      ),
    );
  }
  lines.push(...rich(lastChangeText(snapshot, extras)));
  if (extras.owners.length > 0) lines.push(...rich(`Owners: ${extras.owners.join(', ')} (CODEOWNERS)`));
  return `${lines.join('\n')}\n`;
}

function lastChangeText(snapshot: Snapshot, { lastChange, lastChangeReason }: ExplainExtras): string {
  if (lastChange === null) return `Line last changed: ${lastChangeReason ?? 'not known'}`;
  const { author, commit, subject, time } = lastChange;
  const when = `${agoText(time, snapshot.now)} (${time.slice(0, 10)})`;
  return `Line last changed: ${when} by ${author}: ${subject} (${commit.slice(0, 10)})`;
}

function shorten(text: string, length: number): string {
  const line = printable(text);
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
