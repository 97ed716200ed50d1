/** Open documents: their text and version as the client last told, and the edits that led there. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TextEdit } from '../core/languages/chunks.ts';
import { indexLines, offsetAt } from '../core/text.ts';

export interface OpenDocument {
  readonly uri: string;
  /** As the client calls it. */
  readonly language: string;
  readonly version: number;
  readonly text: string;
}

/**
 * The edits that protocol changes mean, each on the text that the one before it left. A change without a range replaces
 * everything; a range that lies outside the text is clamped into it, as the protocol says.
 */
export function editsOf(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
): { readonly text: string; readonly edits: readonly TextEdit[] } {
  const edits: TextEdit[] = [];
  let current = text;
  for (const change of changes) {
    const edit = editOf(current, change);
    edits.push(edit);
    current = current.slice(0, edit.start) + edit.inserted + current.slice(edit.oldEnd);
  }
  return { text: current, edits };
}

function editOf(text: string, change: TextDocumentContentChangeEvent): TextEdit {
  if (!('range' in change)) return { start: 0, oldEnd: text.length, inserted: change.text };
  const lines = indexLines(text);
  const { start, end } = change.range;
  const from = offsetAt(lines, { line: start.line, column: start.character });
  const to = offsetAt(lines, { line: end.line, column: end.character });
  return { start: Math.min(from, to), oldEnd: Math.max(from, to), inserted: change.text };
}
