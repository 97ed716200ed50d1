/**
 * Where the code of a text begins, behind blank lines and comments: notes on who owns a file, or what it is for. In languages whose chunks
 * stand alone (`Language.chunksStandAlone`) these say nothing that facts keep, but for where everything stands; so whoever knows the code
 * behind them knows its facts. It takes no parser: nothing has begun yet in which a comment would be something else.
 */
import type { Language } from './language.ts';

/** How a comment begins: `//` those of C, with `/*` beside it, `#` those of Python. */
export type CommentStyle = '//' | '#';

export interface CodeStart {
  /** Where it begins: an offset (UTF-16) at the beginning of a line. */
  readonly offset: number;
  /** The number of that line, from 0. */
  readonly line: number;
}

/** The style of a language in which what stands in front of the code can be told from it; null for others. */
export function commentStyleOf({ id, chunksStandAlone }: Language): CommentStyle | null {
  if (chunksStandAlone !== true) return null;
  return id === 'python' ? '#' : '//';
}

/** Null where there is no code, where it does not begin its line, or where its place matters to it. */
export function codeStart(text: string, style: CommentStyle): CodeStart | null {
  let at = 0;
  let line = 0;
  let lineStart = 0;
  for (;;) {
    const end = endOfComment(text, at, style);
    if (end === null) return null;
    if (end > at) {
      for (let next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1)) line++;
      if (text.lastIndexOf('\n', end - 1) >= at) lineStart = text.lastIndexOf('\n', end - 1) + 1;
      at = end;
    } else if (text[at] === '\n') {
      at++;
      line++;
      lineStart = at;
    } else if (text[at] === ' ' || text[at] === '\t' || (text[at] === '\r' && text[at + 1] === '\n')) at++;
    else break;
  }
  const isPlaced = ['#!', '\r', '<!--', '-->', '\uFEFF'].some(start => text.startsWith(start, at));
  return at < text.length && at === lineStart && !isPlaced ? { offset: at, line } : null;
}

/** The end of the comment that begins here, its line's end left out; `at` where none does, null where it is not clear where it ends. */
function endOfComment(text: string, at: number, style: CommentStyle): number | null {
  const isBlock = style === '//' && text.startsWith('/*', at);
  if (!isBlock && !text.startsWith(style, at)) return at;
  const found = isBlock ? text.indexOf('*/', at + 2) : text.indexOf('\n', at);
  if (found < 0) return null;
  const end = isBlock ? found + 2 : found;
  // Some languages end lines here where others do not.
  return UNCLEAR.test(text.slice(at, end)) ? null : end;
}

const UNCLEAR = /\r(?!\n|$)|[\u2028\u2029]/;
