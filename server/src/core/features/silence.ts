/**
 * Silencing a finding where it stands: a comment `flagbook-ignore` on the line or alone on the line above, with the codes it
 * means (`flagbook-ignore stale-flag`) or without for all. It works in every language and file that has comments.
 */
import type { FileView } from '../snapshot.ts';
import { lineSpan, positionAt } from '../text.ts';

const MARKER = /(?:\/\/|#|\/\*|<!--|\{\s*\/\*)\s*flagbook-ignore\b:?\s*([a-z-]*(?:[ ,]+[a-z-]+)*)/;

/** Whether the finding with this code at this offset is silenced. */
export function isSilenced(file: FileView, offset: number, code: string): boolean {
  const { line } = positionAt(file.lines, offset);
  if (names(lineText(file, line), code)) return true;
  const above = line === 0 ? '' : lineText(file, line - 1).trim();
  return MARKER_ALONE.test(above) && names(above, code);
}

const MARKER_ALONE = /^(?:\/\/|#|\/\*|<!--|\{\s*\/\*)\s*flagbook-ignore\b/;

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

/** The comment that silences a code above a line of this file, with the line's indentation and a line ending; null without comments. */
export function silencingComment(file: FileView, line: number, code: string): string | null {
  const leader = leaderOf(file.path);
  if (leader === null) return null;
  const indentation = /^[ \t]*/.exec(lineText(file, line))![0];
  const ending = file.text.includes('\r\n') ? '\r\n' : '\n';
  return `${indentation}${leader} flagbook-ignore ${code}${ending}`;
}

function leaderOf(path: string): string | null {
  if (/\.(?:py|ya?ml)$/i.test(path)) return '#';
  if (/\.(?:[cm]?[jt]sx?|go|jsonc)$/i.test(path)) return '//';
  return null;
}
