/**
 * Where a cursor stands in JSON, or in YAML's flow style, that is being typed: the path from the root, and the word under it. It reads forwards from the start and goes on whatever is missing, where a parser would give up at the broken place; a parser
 * would also take longer than a keystroke may. What a document means is read from its tree, never from here.
 */
import type { Span } from '../../text.ts';
import type { DocumentPath } from './documentPath.ts';

export interface Cursor {
  /** To the map whose key is being written, or to the value. */
  readonly path: DocumentPath;
  readonly part: 'key' | 'value';
  /** The word under the cursor without its quotes; empty where none has been written. */
  readonly span: Span;
  /** `"` or `'` when the word stands in quotes, `'open'` when the closing one is missing. */
  readonly quote: 'none' | 'closed' | 'open';
  /** Keys that the map around already has before the cursor. */
  readonly siblings: readonly string[];
  /** Whether a colon stands behind the word. */
  readonly colon: boolean;
}

interface Level {
  readonly isMap: boolean;
  key: string | null;
  index: number;
  readonly keys: string[];
  expects: 'key' | 'colon' | 'value' | 'comma';
}

/**
 * The cursor in JSON, or in YAML's flow style, that begins at `start`.
 * @param base the path to what begins there.
 */
export function flowCursor(text: string, start: number, offset: number, base: DocumentPath): Cursor | null {
  const levels: Level[] = [];
  const path = (): DocumentPath => [...base, ...levels.map(level => (level.isMap ? (level.key ?? '') : level.index))];
  let at = start;
  while (at < offset) {
    const code = text.charCodeAt(at);
    const level = levels.at(-1);
    if (code === SLASH && (text.charCodeAt(at + 1) === SLASH || text.charCodeAt(at + 1) === STAR)) {
      at = commentEnd(text, at);
      if (at > offset || (at === offset && text.charCodeAt(at - 1) !== SLASH)) return null;
    } else if (code === OPEN_MAP || code === OPEN_LIST) {
      const isMap = code === OPEN_MAP;
      levels.push({ isMap, key: null, index: 0, keys: [], expects: isMap ? 'key' : 'value' });
      at++;
    } else if (code === CLOSE_MAP || code === CLOSE_LIST) {
      close(levels, code === CLOSE_MAP);
      at++;
    } else if (code === COMMA) {
      if (level !== undefined) next(level);
      at++;
    } else if (code === COLON) {
      if (level?.isMap) level.expects = 'value';
      at++;
    } else if (isBlank(code)) {
      at++;
    } else {
      const word = wordAt(text, at);
      const isKey = level?.isMap === true && (level.expects !== 'value' || (word.colon && startsLine(text, at)));
      if (word.whole.end >= offset && (word.quote !== 'closed' || word.whole.end > offset)) {
        if (isKey) return keyCursor(levels, base, word);
        return { path: path(), part: 'value', span: word.span, quote: word.quote, siblings: [], colon: word.colon };
      }
      if (level !== undefined) take(level, isKey, text.slice(word.span.start, word.span.end));
      at = word.whole.end;
    }
  }
  const level = levels.at(-1);
  const nothing: Word = {
    span: { start: offset, end: offset },
    whole: { start: offset, end: offset },
    quote: 'none',
    colon: false,
  };
  if (level?.isMap && (level.expects === 'key' || level.expects === 'comma')) {
    return level.expects === 'key' || startsLine(text, offset) ? keyCursor(levels, base, nothing) : null;
  }
  if (level === undefined || level.expects !== 'value') return null;
  return { path: path(), part: 'value', span: nothing.span, quote: 'none', siblings: [], colon: false };
}

interface Word {
  readonly span: Span;
  readonly whole: Span;
  readonly quote: Cursor['quote'];
  readonly colon: boolean;
}

function keyCursor(levels: readonly Level[], base: DocumentPath, { span, quote, colon }: Word): Cursor {
  const around = levels.slice(0, -1).map(level => (level.isMap ? (level.key ?? '') : level.index));
  return { path: [...base, ...around], part: 'key', span, quote, siblings: levels.at(-1)!.keys, colon };
}

function take(level: Level, isKey: boolean, text: string): void {
  if (isKey) {
    level.key = text;
    level.keys.push(text);
    level.expects = 'colon';
  } else level.expects = 'comma';
}

function next(level: Level): void {
  level.index++;
  level.key = null;
  level.expects = level.isMap ? 'key' : 'value';
}

/** A bracket that fits none that is open is left out; one that fits an outer one closes what was forgotten inside. */
function close(levels: Level[], isMap: boolean): void {
  const fitting = levels.findLastIndex(level => level.isMap === isMap);
  if (fitting >= 0) levels.length = fitting;
  const level = levels.at(-1);
  if (level !== undefined) level.expects = 'comma';
}

/** A word in quotes, or bare up to the next mark. A text whose quote is missing ends with its line. */
function wordAt(text: string, start: number): Word {
  const mark = text.charCodeAt(start);
  let end = start;
  if (mark === QUOTE || mark === APOSTROPHE) {
    end = start + 1;
    while (end < text.length && text.charCodeAt(end) !== mark && !isLineEnd(text.charCodeAt(end))) {
      end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    }
    end = Math.min(end, text.length);
    const isClosed = text.charCodeAt(end) === mark;
    const whole = { start, end: isClosed ? end + 1 : end };
    return {
      span: { start: start + 1, end },
      whole,
      quote: isClosed ? 'closed' : 'open',
      colon: colonBehind(text, whole.end),
    };
  }
  while (end < text.length && !isMark(text.charCodeAt(end)) && !isBlank(text.charCodeAt(end))) end++;
  const span = { start, end: Math.max(end, start + 1) };
  return { span, whole: span, quote: 'none', colon: colonBehind(text, span.end) };
}

function colonBehind(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at)) && !isLineEnd(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === COLON;
}

/** Whether only blanks stand before an offset on its line. */
function startsLine(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && isBlank(text.charCodeAt(at)) && !isLineEnd(text.charCodeAt(at))) at--;
  return at < 0 || isLineEnd(text.charCodeAt(at));
}

function commentEnd(text: string, start: number): number {
  if (text.charCodeAt(start + 1) === STAR) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length + 1 : end + 2;
  }
  let end = start;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}

const QUOTE = 34;
const APOSTROPHE = 39;
const STAR = 42;
const COMMA = 44;
const SLASH = 47;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;
}

function isMark(code: number): boolean {
  return (
    code === QUOTE ||
    code === COMMA ||
    code === COLON ||
    code === OPEN_LIST ||
    code === CLOSE_LIST ||
    code === OPEN_MAP ||
    code === CLOSE_MAP
  );
}
