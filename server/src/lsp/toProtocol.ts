/** From the core's plain data to the protocol's: positions, addresses, Markdown. The only place that knows both. */
import * as lsp from 'vscode-languageserver';
import type { CodeAction } from '../core/features/codeActions.ts';
import type { Completion } from '../core/features/completion.ts';
import type { Diagnostic } from '../core/features/diagnostics.ts';
import type { RichLine, RichPart } from '../core/features/richText.ts';
import type { DocumentSymbol } from '../core/features/symbols.ts';
import type { ViewContent, ViewRow } from '../core/features/viewRows.ts';
import { printable } from '../core/flags/rollout/describe.ts';
import { escapeMarkdown, inlineCode, linkDestination, strongText } from '../core/markdown/write.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { indexLines, type LineIndex, positionAt, type Span } from '../core/text.ts';
import type { Settings, ViewNode, ViewResult } from './protocol.ts';

/** Where a snapshot's paths are found. */
export interface Addresses {
  readonly snapshot: Snapshot;
  uriOf(path: string): string;
}

/** The page that explains each diagnostic. */
export const DOCUMENTATION = 'https://github.com/flagbook/flagbook/blob/main/README.md';

const NO_LINES = indexLines('');

export function toRange(lines: LineIndex, span: Span): lsp.Range {
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  return { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } };
}

/** The range of a span in any file of the snapshot; the file's start when its text isn't known. */
export function rangeIn(addresses: Addresses, path: string, span: Span | null): lsp.Range {
  const lines = addresses.snapshot.files.get(path)?.lines ?? NO_LINES;
  return toRange(lines, span ?? { start: 0, end: 0 });
}

export function toLocation(addresses: Addresses, place: { readonly path: string; readonly span: Span }): lsp.Location {
  return { uri: addresses.uriOf(place.path), range: rangeIn(addresses, place.path, place.span) };
}

/** Lines as Markdown: one paragraph, hard line breaks, and a table of lines with columns. What comes from the repository is escaped. */
export function toMarkdown(addresses: Addresses, lines: readonly RichLine[]): lsp.MarkupContent {
  const blocks: string[] = [];
  let start = 0;
  while (start < lines.length) {
    const inTable = hasColumns(lines[start]!);
    let end = start + 1;
    while (end < lines.length && hasColumns(lines[end]!) === inTable) end++;
    const block = lines.slice(start, end);
    // One line makes no table.
    const rows = inTable && block.length > 1 ? tableRows(addresses, block) : null;
    const text = rows?.join('\n') ?? block.map(line => toText(addresses, line)).join('  \n');
    const isApart = rows !== null || (start > 0 && blocks.at(-1)!.startsWith('|'));
    if (blocks.length > 0) blocks.push(isApart ? '\n\n' : '  \n');
    blocks.push(text);
    start = end;
  }
  return { kind: lsp.MarkupKind.Markdown, value: blocks.join('') };
}

function hasColumns(line: RichLine): boolean {
  return line.some(part => part.kind === 'column');
}

function toText(addresses: Addresses, line: RichLine): string {
  return line.map(part => partToMarkdown(addresses, part)).join('');
}

/** The first column has no head: it names the rows. */
function tableRows(addresses: Addresses, lines: readonly RichLine[]): readonly string[] {
  const heads = [...new Set(lines.flatMap(line => line.flatMap(part => (part.kind === 'column' ? part.name : []))))];
  const named = heads.filter(head => head !== '');
  const rows = lines.map(line => {
    const cells = new Map<string, string>([['', '']]);
    let at = '';
    let isFirst = true;
    for (const part of line) {
      if (part.kind === 'column') {
        at = part.name;
        isFirst = false;
      } else if (isFirst || at !== '') cells.set(at, (cells.get(at) ?? '') + partToMarkdown(addresses, part));
    }
    return ['', ...named].map(head => cells.get(head) ?? '');
  });
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(['', ...named.map(escapeMarkdown)]), row(['', ...named].map(() => ':--')), ...rows.map(row)];
}

function partToMarkdown(addresses: Addresses, part: RichPart): string {
  switch (part.kind) {
    case 'text':
    case 'column':
      return escapeMarkdown(part.text);
    case 'strong':
      return strongText(part.text);
    case 'code':
      return inlineCode(part.text);
    case 'link': {
      const { target } = part;
      const href = target.kind === 'url' ? target.url : targetUri(addresses, target.path, target.span);
      return `[${escapeMarkdown(part.text)}](${linkDestination(href)})`;
    }
  }
}

/** The address of a place: VS Code opens a file's URI with `#L12` at that line. */
export function targetUri(addresses: Addresses, path: string, span: Span | null): string {
  const uri = addresses.uriOf(path);
  if (span === null || span.start === 0) return uri;
  const { start } = rangeIn(addresses, path, span);
  return `${uri}#L${start.line + 1}`;
}

const SEVERITIES = {
  error: lsp.DiagnosticSeverity.Error,
  warning: lsp.DiagnosticSeverity.Warning,
  information: lsp.DiagnosticSeverity.Information,
  hint: lsp.DiagnosticSeverity.Hint,
} as const;

/** A diagnostic; null when the settings turn it off. */
export function toDiagnostic(
  addresses: Addresses,
  path: string,
  diagnostic: Diagnostic,
  settings: Settings,
): lsp.Diagnostic | null {
  if (!settings.diagnostics.enabled) return null;
  const isStale = diagnostic.code === 'stale-flag';
  const severity = isStale ? settings.diagnostics.staleSeverity : diagnostic.severity;
  if (severity === 'off') return null;
  return {
    range: rangeIn(addresses, path, diagnostic.span),
    severity: SEVERITIES[severity],
    code: diagnostic.code,
    codeDescription: { href: `${DOCUMENTATION}#${diagnostic.code}` },
    source: 'flagbook',
    message: printable(diagnostic.message),
    relatedInformation: diagnostic.related.map(related => ({
      location: toLocation(addresses, related),
      message: printable(related.message),
    })),
  };
}

export function toCodeAction(
  addresses: Addresses,
  path: string,
  action: CodeAction,
  settings: Settings,
): lsp.CodeAction | null {
  const diagnostic = toDiagnostic(addresses, path, action.diagnostic, settings);
  if (diagnostic === null) return null;
  const edit = { range: rangeIn(addresses, path, action.edit.span), newText: action.edit.text };
  return {
    title: printable(action.title),
    kind: lsp.CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: action.preferred,
    edit: { changes: { [addresses.uriOf(path)]: [edit] } },
  };
}

const COMPLETION_KINDS = {
  flag: lsp.CompletionItemKind.Constant,
  variation: lsp.CompletionItemKind.EnumMember,
  segment: lsp.CompletionItemKind.Reference,
  field: lsp.CompletionItemKind.Property,
  operator: lsp.CompletionItemKind.Operator,
  word: lsp.CompletionItemKind.Value,
} as const;

/** A completion; what is known of a flag is asked for with its key when it is selected. */
export function toCompletionItem(
  uri: string,
  completion: Completion,
  range: lsp.Range,
  position: number,
): lsp.CompletionItem {
  const { key, label, text, kind, detail, stale, documentation } = completion;
  return {
    label: printable(label),
    kind: COMPLETION_KINDS[kind],
    ...(detail === '' ? {} : { labelDetails: { description: printable(detail) } }),
    tags: stale ? [lsp.CompletionItemTag.Deprecated] : [],
    textEdit: { range, newText: text },
    filterText: key,
    // Words of a format stand in its own order, keys in the natural one, which editors would not keep by themselves.
    sortText: String(position).padStart(5, '0'),
    ...(kind === 'flag' ? { data: { uri, key } } : {}),
    ...(documentation === null ? {} : { documentation }),
  };
}

const SYMBOL_KINDS = {
  flag: lsp.SymbolKind.Key,
  variation: lsp.SymbolKind.EnumMember,
  environment: lsp.SymbolKind.Namespace,
  rule: lsp.SymbolKind.Event,
  segment: lsp.SymbolKind.Object,
} as const;

export function toDocumentSymbol(lines: LineIndex, symbol: DocumentSymbol): lsp.DocumentSymbol {
  return {
    // VS Code refuses symbols without a name.
    name: printable(symbol.name) || '(no name)',
    detail: printable(symbol.detail),
    kind: SYMBOL_KINDS[symbol.kind],
    tags: symbol.archived ? [lsp.SymbolTag.Deprecated] : [],
    range: toRange(lines, symbol.span),
    selectionRange: toRange(lines, symbol.nameSpan),
    children: symbol.children.map(child => toDocumentSymbol(lines, child)),
  };
}

export function toViewResult(addresses: Addresses, content: ViewContent): ViewResult {
  return { nodes: content.rows.map(row => toViewNode(addresses, row)), badge: content.badge };
}

export function toViewNode(addresses: Addresses, row: ViewRow): ViewNode {
  return {
    id: row.id,
    label: printable(row.label),
    description: row.description === null ? null : printable(row.description),
    tooltip: row.tooltip.length === 0 ? null : toMarkdown(addresses, row.tooltip).value,
    icon: row.icon,
    kind: row.kind,
    key: row.key,
    open: row.place === null ? null : toLocation(addresses, row.place),
    expanded: row.expanded,
    children: row.children.map(child => toViewNode(addresses, child)),
    ...(row.below === undefined ? {} : { below: row.below }),
    ...(row.server === undefined ? {} : { server: row.server }),
  };
}

/**
 * The same rows with ids that stand once: a tree view of VS Code that meets an id twice shows nothing at all. Two alerts of a
 * file may have the same name, and two folders the same flag.
 */
export function withUniqueIds(nodes: readonly ViewNode[], taken: Map<string, number> = new Map()): readonly ViewNode[] {
  return nodes.map(node => {
    const count = (taken.get(node.id) ?? 0) + 1;
    taken.set(node.id, count);
    const id = count === 1 ? node.id : `${node.id}#${count}`;
    return { ...node, id, children: withUniqueIds(node.children, taken) };
  });
}
