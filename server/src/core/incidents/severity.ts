/**
 * How bad an incident was, in the many ways people spell it: `SEV2`, `sev-2`, `Severity 2`, `P1`, `critical`.
 */
import type { Block } from '../markdown/document.ts';
import { type YamlNode, yamlText } from '../markdown/yamlTree.ts';

/** The severity of a front matter value: `SEV2`, `P1`, or the word in lower case; an unknown spelling is kept as written. */
export function decodeSeverity(value: YamlNode | null): string | null {
  const text = yamlText(value);
  return text === null ? null : (normalSeverity(text) ?? text.slice(0, 40));
}

/** The severity a record states in its text: `**Severity:** SEV-1`, `| Severity | P2 |`, "Severity: SEV2." */
export function severityInText(blocks: readonly Block[]): string | null {
  for (const block of blocks.slice(0, 60)) {
    const text =
      block.kind === 'table'
        ? [block.header, ...block.rows.map(row => row.cells)].map(cells => cells.join(': ')).join('\n')
        : block.text;
    for (const match of text
      .slice(0, 5_000)
      .matchAll(
        /\b(?:severity|sev|priority)(?:\s+level)?\s*(?:[:=|]|\bis\b|\bwas\b)\s*([A-Za-z]+[ -]?\d?|\d)(?!\w)/gi,
      )) {
      const severity = normalSeverity(match[1]!);
      if (severity !== null) return severity;
    }
  }
  return null;
}

function normalSeverity(text: string): string | null {
  const numbered = /^(?:sev(?:erity)?|s)?[\s._-]*(\d)(?!\d)/i.exec(text.trim());
  if (numbered !== null) return `SEV${numbered[1]}`;
  const priority = /^p(?:rio(?:rity)?)?[\s._-]*(\d)(?!\d)/i.exec(text.trim());
  if (priority !== null) return `P${priority[1]}`;
  return (
    /^(?:critical|blocker|major|high|moderate|medium|minor|low|warning)\b/i.exec(text.trim())?.[0].toLowerCase() ?? null
  );
}
