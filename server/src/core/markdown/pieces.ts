/**
 * Cuts a long Markdown text into pieces that can be parsed one by one. The Markdown parser's time grows faster than
 * the text's length (half a megabyte of short lists takes it 16 s), so one file of a repository could hang us; pieces of a
 * few thousand characters keep the growth linear. Only the cuts are made here, no parsing.
 */
import type { Span } from '../text.ts';

const shortEnough = 4_000;
const hardLimit = 16_000;
/** The same in lines: blocks of two characters cost the parser more than long ones. */
const shortEnoughLines = 200;
const hardLimitLines = 800;

/**
 * Spans of consecutive pieces that cover the text. A text of up to 4,000 characters is one piece. A cut falls before a
 * heading, behind an underlined one, or after a blank line before unindented text, never inside front matter or a fenced
 * block, unless a piece would grow past 16,000 characters or 800 lines: then it falls anywhere.
 */
export function splitMarkdown(text: string): readonly Span[] {
  if (text.length <= shortEnough) return [{ start: 0, end: text.length }];
  const pieces: Span[] = [];
  let pieceStart = 0;
  let fence: string | null = null;
  let inFrontMatter = text.startsWith('---');
  let previousBlank = false;
  let isEnded = false;
  let lines = 0;
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 200));
    const long = start - pieceStart >= shortEnough || lines >= shortEnoughLines;
    const isBlockStart = /^#{1,6}\s/.test(line) || isEnded || (previousBlank && startsBlock(line));
    if (long && fence === null && !inFrontMatter && isBlockStart) {
      pieces.push({ start: pieceStart, end: start });
      pieceStart = start;
      lines = 0;
    }
    const isFull = lines >= hardLimitLines && fence === null && !inFrontMatter;
    while (end - pieceStart > hardLimit || (isFull && lines > 0)) {
      // A line so long is nobody's paragraph, and what stands in one costs most.
      const cut = start > pieceStart ? start : pieceStart + shortEnough;
      pieces.push({ start: pieceStart, end: cut });
      pieceStart = cut;
      lines = 0;
    }
    lines++;
    isEnded = !previousBlank && /^ {0,3}(?:=+|-+)\s*$/.test(line);
    if (inFrontMatter) inFrontMatter = start === 0 || !/^---\s*$/.test(line);
    else fence = nextFence(line, fence);
    previousBlank = line.trim() === '';
    start = end;
  }
  if (pieceStart < text.length) pieces.push({ start: pieceStart, end: text.length });
  return pieces;
}

const deepestContainers = 100;

/**
 * Whether a line opens more quotes and list items in one another (`> > 1. - …`) than anyone writes: each costs the parser as
 * much as all before it. A line of nothing but the same mark is a break.
 */
export function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let marks = new Set<string>();
  let inLead = true;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\n' || character === '\r') {
      if (isTooDeep(depth, marks, inLead)) return true;
      [depth, marks, inLead] = [0, new Set(), true];
    } else if (inLead && isMark(text, i)) {
      depth++;
      marks.add(character);
    } else if (inLead) inLead = /[ \t\d]/.test(character);
  }
  return isTooDeep(depth, marks, inLead);
}

function isMark(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (character === '>') return true;
  if (!/^\s?$/.test(text.charAt(at + 1))) return false;
  return '*+-'.includes(character) || ('.)'.includes(character) && /\d/.test(text.charAt(at - 1)));
}

function isTooDeep(depth: number, marks: ReadonlySet<string>, isWholeLine: boolean): boolean {
  const isBreak = isWholeLine && marks.size === 1 && (marks.has('*') || marks.has('-'));
  return depth > deepestContainers && !isBreak;
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
