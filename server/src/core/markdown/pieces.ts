/**
 * Cuts a long Markdown text into pieces that can be parsed one by one. The Markdown parser's time grows faster than
 * the text's length (half a megabyte of short lists takes it 16 s), so one file of a repository could hang us; pieces of a
 * few thousand characters keep the growth linear. Only the cuts are made here, no parsing.
 */
import type { Span } from '../text.ts';

const shortEnough = 4_000;
const hardLimit = 16_000;

/**
 * Spans of consecutive pieces that cover the text. A text of up to 4,000 characters is one piece. A cut falls before a
 * heading or after a blank line before unindented text, never inside front matter or a fenced block, unless a piece would
 * grow past 16,000 characters: then it falls anywhere.
 */
export function splitMarkdown(text: string): readonly Span[] {
  if (text.length <= shortEnough) return [{ start: 0, end: text.length }];
  const pieces: Span[] = [];
  let pieceStart = 0;
  let fence: string | null = null;
  let inFrontMatter = text.startsWith('---');
  let previousBlank = false;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 200));
    const long = start - pieceStart >= shortEnough;
    if (long && fence === null && !inFrontMatter && (/^#{1,6}\s/.test(line) || (previousBlank && startsBlock(line)))) {
      pieces.push({ start: pieceStart, end: start });
      pieceStart = start;
    }
    while (end - pieceStart > hardLimit) {
      const cut = start > pieceStart ? start : pieceStart + hardLimit;
      pieces.push({ start: pieceStart, end: cut });
      pieceStart = cut;
    }
    if (inFrontMatter) inFrontMatter = start === 0 || !/^---\s*$/.test(line);
    else fence = nextFence(line, fence);
    previousBlank = line.trim() === '';
    start = end;
  }
  if (pieceStart < text.length) pieces.push({ start: pieceStart, end: text.length });
  return pieces;
}

/** Text at the margin that does not continue a list: a list cut in two would only lose its loose or tight look. */
function startsBlock(line: string): boolean {
  return /^\S/.test(line);
}

function nextFence(line: string, open: string | null): string | null {
  const match = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line.trimEnd());
  if (match === null) return open;
  const [, marks, info] = match;
  if (open === null) return marks!.startsWith('`') && info!.includes('`') ? null : marks!;
  const closes = marks!.charAt(0) === open.charAt(0) && marks!.length >= open.length && info!.trim() === '';
  return closes ? null : open;
}

function lineEnd(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) return i + 1;
    if (code === 13) return text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
  }
  return text.length;
}
