/** Open documents: their text and version as the client last told, and the edits that led there. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TextEdit } from '../core/languages/chunks.ts';
import { type LineIndex, linesAfterEdit, offsetAt } from '../core/text.ts';

export interface OpenDocument {
  readonly uri: string;
  /** As the client calls it. */
  readonly language: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * The edits that protocol changes mean, each on the text that the one before it left. A change without a range replaces
 * everything; a range that lies outside the text is clamped into it, as the protocol says.
 */
export function editsOf(
  { text, lines }: Pick<OpenDocument, 'text' | 'lines'>,
  changes: readonly TextDocumentContentChangeEvent[],
): { readonly text: string; readonly lines: LineIndex; readonly edits: readonly TextEdit[] } {
  const edits: TextEdit[] = [];
  let current = { text, lines };
  for (const change of changes) {
    const edit = editOf(current, change);
    edits.push(edit);
    const after = current.text.slice(0, edit.start) + edit.inserted + current.text.slice(edit.oldEnd);
    current = { text: after, lines: linesAfterEdit(current.lines, after, edit) };
  }
  return { ...current, edits };
}

function editOf(
  { text, lines }: Pick<OpenDocument, 'text' | 'lines'>,
  change: TextDocumentContentChangeEvent,
): TextEdit {
  if (!('range' in change)) return { start: 0, oldEnd: text.length, inserted: change.text };
  const { start, end } = change.range;
  const from = offsetAt(lines, { line: start.line, column: start.character });
  const to = offsetAt(lines, { line: end.line, column: end.character });
  return { start: Math.min(from, to), oldEnd: Math.max(from, to), inserted: change.text };
}
