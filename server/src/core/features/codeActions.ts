/** Quick fixes of findings: the text that was probably meant, and silencing the line. Each is one edit of one file. */
import type { Snapshot } from '../snapshot.ts';
import { positionAt, type Span } from '../text.ts';
import { type Diagnostic, diagnostics } from './diagnostics.ts';
import { fitsInQuotes } from './quotes.ts';
import { silencingEdit } from './silence.ts';

export interface CodeAction {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edit: { readonly span: Span; readonly text: string };
  readonly preferred: boolean;
}

/** The fixes for findings that touch a range. */
export function codeActions(snapshot: Snapshot, path: string, range: Span): readonly CodeAction[] {
  const file = snapshot.files.get(path);
  if (file === undefined) return [];
  const actions: CodeAction[] = [];
  for (const diagnostic of diagnostics(snapshot, path)) {
    if (diagnostic.span.start > range.end || diagnostic.span.end < range.start) continue;
    if (diagnostic.replacement !== null) {
      const text = requoted(file.text, diagnostic.span, diagnostic.replacement);
      const title = `Change to ${diagnostic.replacement}`;
      if (text !== null) actions.push({ title, diagnostic, edit: { span: diagnostic.span, text }, preferred: true });
    }
    if (diagnostic.fix !== null) {
      const { title, ...edit } = diagnostic.fix;
      actions.push({ title, diagnostic, edit, preferred: diagnostic.replacement === null });
    }
    const { line } = positionAt(file.lines, diagnostic.span.start);
    const edit = silencingEdit(file, line, diagnostic.code);
    if (edit === null) continue;
    actions.push({ title: `Silence ${diagnostic.code} on this line`, diagnostic, edit, preferred: false });
  }
  return actions;
}

/** The replacement in the quotes that the replaced text has; null where it would not stay inside of them. */
function requoted(text: string, span: Span, replacement: string): string | null {
  const first = text.charAt(span.start);
  // A path in a comment must not end the comment.
  if (!/['"`]/.test(first)) return fitsInQuotes(replacement, '*/') ? replacement : null;
  if (text.charAt(span.end - 1) !== first || !fitsInQuotes(replacement, first)) return null;
  return `${first}${replacement}${first}`;
}
