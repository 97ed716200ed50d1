/**
 * Where a cursor stands in YAML that is being typed, told by indentation alone: upwards from the cursor's line, each line that
 * is indented less is a parent. Flow style (`{a: b}`) is handed to `flowCursor.ts`. Anchors and tags are skipped, not resolved.
 */
import type { Span } from '../../text.ts';
import type { DocumentPath } from './documentPath.ts';
import { type Cursor, flowCursor } from './flowCursor.ts';

/** The cursor at an offset; null in comments and block texts. */
export function yamlCursor(text: string, offset: number): Cursor | null {
  const cursor = cursorIn(text, offset);
  // Behind a closing quote nothing is being written.
  return cursor === null || offset > cursor.span.end || offset < cursor.span.start ? null : cursor;
}

function cursorIn(text: string, offset: number): Cursor | null {
  const line = lineAround(text, offset);
  const own = readLine(text, line);
  if (own.comment !== null && offset > own.comment) return null;
  const column = offset - line.start;
  const entry = own.key !== null && own.key.colon < offset ? own.key : null;
  const indent = own.isBlank ? column : own.indent;
  const parents = parentsOf(text, line.start, indent, own.dashes);
  if (parents === null) return null;
  const { path, siblings, open } = parents;
  if (open !== null) return flowCursor(text, open.start, offset, open.path);
  const inItem: DocumentPath = own.dashes > 0 ? [...path, ...Array.from({ length: own.dashes }, () => 0)] : path;
  if (entry !== null) {
    const value: DocumentPath = [...inItem, entry.text];
    const start = skipBlanks(text, entry.colon + 1, line.end);
    if (offset > start && (text[start] === '{' || text[start] === '[')) return flowCursor(text, start, offset, value);
    return {
      path: value,
      part: 'value',
      ...wordIn(text, start, own.comment ?? line.end, offset),
      siblings: [],
      colon: false,
    };
  }
  const start = own.contentStart;
  if (offset > start && (text[start] === '{' || text[start] === '[')) return flowCursor(text, start, offset, inItem);
  const word = wordIn(text, start, own.key?.colon ?? own.comment ?? line.end, offset);
  // What is neither a key nor an item yet becomes a key: a list's bare item is told by its dash.
  const isItem = own.dashes > 0 && own.key === null;
  if (isItem && word.span.end > word.span.start)
    return { path: inItem, part: 'value', ...word, siblings: [], colon: false };
  return { path: inItem, part: 'key', ...word, siblings: own.dashes > 0 ? [] : siblings, colon: own.key !== null };
}

interface LineRead {
  readonly isBlank: boolean;
  /** The column of the first character that is not a blank. */
  readonly indent: number;
  /** How many `- ` stand before the content. */
  readonly dashes: number;
  /** The column of the content behind the dashes. */
  readonly contentColumn: number;
  readonly contentStart: number;
  /** The key, and where its colon stands. */
  readonly key: { readonly text: string; readonly colon: number } | null;
  /** Where a comment begins, or null. */
  readonly comment: number | null;
}

/** How far up parents are looked for, in lines. */
const MOST_LINES = 50_000;

function parentsOf(
  text: string,
  lineStart: number,
  indent: number,
  dashes: number,
): {
  readonly path: DocumentPath;
  readonly siblings: readonly string[];
  readonly open: { readonly start: number; readonly path: DocumentPath } | null;
} | null {
  const path: (string | number)[] = [];
  const siblings: string[] = [];
  /** Parents' keys stand before this column; those of a list's items may stand in it. */
  let limit = indent;
  let isItem = dashes > 0;
  let isFirst = true;
  let start = lineStart;
  for (let count = 0; count < MOST_LINES && start > 0 && (limit > 0 || isItem || isFirst); count++) {
    const line = lineAround(text, start - 1);
    start = line.start;
    const read = readLine(text, line);
    if (/^---/.test(text.slice(line.start, line.start + 3))) break;
    if (read.isBlank || read.comment === read.contentStart) continue;
    const behind = read.key === null ? '' : text.slice(read.key.colon + 1, read.comment ?? line.end).trim();
    if (read.dashes > 0 && read.contentColumn <= limit && read.indent < limit && !isItem) {
      // An item whose first key stands behind its dash, and the keys of this cursor below that one.
      if (read.contentColumn === limit && read.key !== null && isFirst) siblings.push(read.key.text);
      if (read.contentColumn < limit && read.key !== null) path.unshift(read.key.text);
      for (let i = 0; i < read.dashes; i++) path.unshift(0);
      limit = read.indent;
      isItem = true;
      isFirst = false;
      continue;
    }
    if (read.dashes > 0 || read.key === null) continue;
    if (read.indent < limit || (isItem && read.indent === limit)) {
      if (/^[|>][+-]?\d*$/.test(behind)) return null;
      path.unshift(read.key.text);
      if (/^[{[]/.test(behind) && isUnclosed(text, read.key.colon + 1, lineStart)) {
        const parents = parentsOf(text, line.start, read.indent, 0);
        const above = parents?.path ?? [];
        const opening = skipBlanks(text, read.key.colon + 1, line.end);
        return { path, siblings, open: { start: opening, path: [...above, read.key.text] } };
      }
      limit = read.indent;
      isItem = false;
      isFirst = false;
    } else if (read.indent === limit && isFirst) siblings.push(read.key.text);
  }
  return { path, siblings, open: null };
}

function isUnclosed(text: string, from: number, to: number): boolean {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const mark = text[at];
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
  }
  return depth > 0;
}

function readLine(text: string, line: Span): LineRead {
  let at = line.start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : line.start;
  while (at < line.end && text[at] === ' ') at++;
  const indent = at - line.start;
  let dashes = 0;
  while (text[at] === '-' && (at + 1 >= line.end || text[at + 1] === ' ')) {
    dashes++;
    at++;
    while (at < line.end && text[at] === ' ') at++;
  }
  const contentStart = at;
  const content = text.slice(at, line.end);
  const comment = content.startsWith('#') ? at : commentIn(content, at);
  const key = KEY.exec(comment === null ? content : text.slice(at, comment));
  return {
    isBlank: at >= line.end && dashes === 0,
    indent,
    dashes,
    contentColumn: at - line.start,
    contentStart,
    key: key === null ? null : { text: unquoted(key[1]!), colon: at + key[0].length - 1 },
    comment,
  };
}

/** A key up to its colon, which a blank or the line's end follows. */
const KEY =
  /^("[^"\n]*"|'[^'\n]*'|[^\s"'#{}[\],&*!|>%@`-](?:[^#:{}[\],\n]*[^#:{}[\],\s])?|-[^\s#:{}[\],]+)\s*:(?=\s|$)/;

function commentIn(content: string, start: number): number | null {
  const found = /\s#/.exec(content);
  return found === null ? null : start + found.index + 1;
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text.trim();
}

function wordIn(text: string, start: number, end: number, offset: number): Pick<Cursor, 'span' | 'quote'> {
  if (offset < start) return { span: { start: offset, end: offset }, quote: 'none' };
  let last = Math.max(end, start);
  while (last > start && /\s/.test(text[last - 1]!) && last > offset) last--;
  const mark = text[start];
  if ((mark === '"' || mark === "'") && start < last && offset > start) {
    const isClosed = last - start > 1 && text[last - 1] === mark;
    const inner = { start: start + 1, end: isClosed ? last - 1 : last };
    return { span: inner, quote: isClosed ? 'closed' : 'open' };
  }
  return { span: { start, end: Math.max(last, start) }, quote: 'none' };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  // An anchor or a tag belongs to the value, and says nothing about where it stands.
  const mark = /^[&!][^\s]*[ \t]+/.exec(text.slice(at, Math.min(end, at + 200)));
  return mark === null ? at : at + mark[0].length;
}

/** The line around an offset, without its ending. */
function lineAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !isLineEnd(text, start - 1)) start--;
  let end = offset;
  while (end < text.length && !isLineEnd(text, end)) end++;
  return { start, end };
}

function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
