/**
 * Silencing a finding where it stands: a comment `flagbook-ignore` on the line, or alone on a line above it, with the codes it
 * means (`flagbook-ignore stale-flag`) or without for all. It works in every language and file that has comments.
 */
import type { FileView } from '../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../text.ts';

/** Whether the finding with this code at this offset is silenced. */
export function isSilenced(file: FileView, offset: number, code: string): boolean {
  const { line } = positionAt(file.lines, offset);
  if (names(lineText(file, line), code)) return true;
  for (let above = line - 1; above >= 0; above--) {
    const text = lineText(file, above).trim();
    if (!MARKER_ALONE.test(text)) return false;
    if (names(text, code)) return true;
  }
  return false;
}

/**
 * The edit that silences a code on a line of this file: a comment of its own above the line, or one more code in the comment
 * that stands there already. Null where the file can have no comments.
 */
export function silencingEdit(
  file: FileView,
  line: number,
  code: string,
): { readonly span: Span; readonly text: string } | null {
  const above = line === 0 ? '' : lineText(file, line - 1);
  const codes = MARKER_ALONE.test(above.trim()) ? MARKER.exec(above) : null;
  if (codes !== null && codes[1] !== '') {
    const at = lineSpan(file.lines, line - 1).start + codes.index + codes[0].length;
    return { span: { start: at, end: at }, text: `, ${code}` };
  }
  const comment = commentWith(file, line, `flagbook-ignore ${code}`);
  if (comment === null) return null;
  const { start } = lineSpan(file.lines, line);
  const indentation = /^[ \t]*/.exec(lineText(file, line))![0];
  const ending = file.text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start, end: start }, text: `${indentation}${comment}${ending}` };
}

const MARKER = /(?:\/\/|#|\/\*|<!--|\{\s*\/\*|<%#)\s*flagbook-ignore\b:?\s*([a-z-]*(?:[ ,]+[a-z-]+)*)/;
const MARKER_ALONE = /^(?:\/\/|#|\/\*|<!--|\{\s*\/\*|<%#|-#)\s*flagbook-ignore\b/;

function names(text: string, code: string): boolean {
  const match = MARKER.exec(text);
  if (match === null) return false;
  const codes = match[1]!.split(/[ ,]+/).filter(word => word !== '');
  return codes.length === 0 || codes.includes(code);
}

function lineText(file: FileView, line: number): string {
  const span = lineSpan(file.lines, line);
  return file.text.slice(span.start, span.end);
}

function commentWith(file: FileView, line: number, text: string): string | null {
  if (/\.(?:py|rb|rake|ya?ml)$/i.test(file.path)) return `# ${text}`;
  if (/\.erb$/i.test(file.path)) return `<%# ${text} %>`;
  if (/\.haml$/i.test(file.path)) return `-# ${text}`;
  if (/\.[cm]?[jt]sx?$/i.test(file.path)) return isAmongElements(file, line) ? `{/* ${text} */}` : `// ${text}`;
  if (/\.md$/i.test(file.path)) return isInFrontMatter(file, line) ? `# ${text}` : `<!-- ${text} -->`;
  return /\.(?:go|java|cs|php|jsonc)$|(?:^|\/)flagbook\.json$/i.test(file.path) ? `// ${text}` : null;
}

/** Whether a line of a Markdown file lies between its first `---` and the next. */
function isInFrontMatter(file: FileView, line: number): boolean {
  const above = file.text.slice(0, lineSpan(file.lines, line).start).split(/\r\n|\n|\r/);
  return above[0]?.trim() === '---' && !above.slice(1).some(text => text.trim() === '---');
}

/** Whether a line begins among the children of a JSX element, where a `//` would be text on the page. */
function isAmongElements(file: FileView, line: number): boolean {
  const { start } = lineSpan(file.lines, line);
  const before = file.text.slice(0, start).trimEnd();
  const opensChild = /^\s*[{<]/.test(lineText(file, line));
  const inElement = (file.facts?.elements ?? []).some(({ span }) => span.start < start && start < span.end);
  // Behind a tag, the tag of a fragment included, which is no element among the facts.
  if (before.endsWith('>') && !before.endsWith('=>')) return opensChild || inElement;
  return inElement && opensChild && !/(?:[([{,?:&|=;]|=>|\breturn)$/.test(before);
}
