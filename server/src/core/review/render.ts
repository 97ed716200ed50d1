/**
 * A review as people and programs read it: text for a terminal, Markdown for a comment on a pull request, and the JSON of the
 * command line's contract. Colours are the front's business.
 */
import { countText, listText, printable } from '../flags/rollout/describe.ts';
import { escapeMarkdown, inlineCode } from '../markdown/write.ts';
import type { Finding, Review, Severity } from './review.ts';

/** `review --format json`, as `contracts.md` has it. */
export interface ReviewDocument {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  readonly findings: readonly Finding[];
  readonly summary: Review['summary'];
}

export function toReviewDocument({ base, head, findings, summary }: Review): ReviewDocument {
  return { version: 1, base, head, findings, summary };
}

/** For a terminal: the worst news in the first line, then finding by finding as `path:line`, then what there was. */
export function renderReviewText(review: Review): string {
  const blocks = worstFirst(review.findings).map(finding => {
    const where = `${printable(finding.path)}:${finding.line}${finding.side === 'old' ? ' (before)' : ''}`;
    return `${where}: ${finding.severity}: ${finding.message} [${finding.rule}]\n    ${finding.help}\n`;
  });
  const middle = blocks.length === 0 ? '\n' : `\n\n${blocks.join('\n')}\n`;
  return `${headline(review)}${middle}${footer(review, printable)}\n`;
}

/** Findings a comment shows before it only counts the rest. */
const mostRows = 30;

/** A short comment: one line that sums up, and a table when there is anything to say. */
export function renderReviewMarkdown(review: Review): string {
  const shown = worstFirst(review.findings).slice(0, mostRows);
  const rows = shown.map(finding => {
    const where = code(`${finding.path}:${finding.line}`) + (finding.side === 'old' ? ' (before)' : '');
    return `| ${words[finding.severity]} | ${where} | ${code(finding.key)} | ${escapeMarkdown(finding.message)} ${escapeMarkdown(finding.help)} |`;
  });
  const table = rows.length === 0 ? [] : ['', '| | Line | Flag | What |', '|---|---|---|---|', ...rows];
  const left = review.findings.length - shown.length;
  const rest = left === 0 ? [] : ['', `And ${left} more.`];
  return `${[`**Flagbook:** ${headline(review)}`, ...table, ...rest, '', footer(review, inlineCode)].join('\n')}\n`;
}

const words: Readonly<Record<Severity, string>> = { error: '**Error**', warning: 'Warning', note: 'Note' };

/** Within a severity the order stays. */
function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return (['error', 'warning', 'note'] as const).flatMap(severity =>
    findings.filter(finding => finding.severity === severity),
  );
}

function headline({ findings, changedFiles }: Review): string {
  const files = `in ${countText(changedFiles, 'changed file')}`;
  const counts = (['error', 'warning', 'note'] as const).flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length;
    return count === 0 ? [] : [countText(count, severity)];
  });
  return counts.length === 0 ? `Nothing to say of flags ${files}.` : `${counts.join(', ')} ${files}.`;
}

function footer({ summary }: Review, nameOf: (key: string) => string): string {
  const { added, removed, flags } = summary;
  if (flags.length === 0) return 'No flag is touched.';
  const names = listText(flags.map(nameOf), 5);
  return `${countText(added, 'check')} added, ${removed} removed. Flags: ${names}.`;
}

/** Text as inline code of a table's cell. */
function code(text: string): string {
  return inlineCode(text).replaceAll('|', '\\|');
}
