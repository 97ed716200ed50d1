/**
 * Haml: the Ruby behind `-` and `=`, in attributes and in `#{…}`. Everything else is blanked. Blocks end by indentation, which
 * Ruby does not know, so each piece of code becomes a statement of its own: the keyword of `- if`, and the `do |x|` at a line's
 * end, are blanked too. Names and calls stay; which code guards which is lost.
 */
import type { Language } from '../language.ts';
import { extractRubyChunk } from '../ruby/index.ts';

export const haml: Language = {
  id: 'haml',
  grammar: 'tree-sitter-ruby',
  extensions: ['.haml'],
  errorIsOneChunk: true,
  snippet: code => `= ${code}`,
  extractChunk: (node, text, sink) => extractRubyChunk(node, text, sink, /$/),
  blank: blankHaml,
};

/** The Ruby of a Haml template, in a text of the same length and lines. */
export function blankHaml(text: string): string {
  const out = [...blankOf(text)];
  const lines = linesOf(text);
  /** What stands deeper than this line belongs to it: a comment, or a filter such as `:javascript`. */
  let block: { readonly indent: number; readonly form: 'comment' | 'ruby' | 'text' } | null = null;
  let done = 0;
  for (const { start, end } of lines) {
    const body = start + /^[ \t]*/.exec(text.slice(start, end))![0].length;
    if (body >= end || end <= done) continue;
    const indent = body - start;
    if (block !== null && indent > block.indent) {
      if (block.form === 'ruby') copy(out, text, body, end);
      else if (block.form === 'text') done = copyInterpolations(out, text, body, end);
      continue;
    }
    block = null;
    const source = text.slice(body, end);
    const filter = /^:(\w+)/.exec(source)?.[1];
    if (filter !== undefined) block = { indent, form: filter === 'ruby' ? 'ruby' : 'text' };
    else if (source.startsWith('-#')) {
      copy(out, text, body + 1, end);
      block = { indent, form: 'comment' };
    } else done = copyLine(out, text, body, end);
  }
  return out.join('');
}

/** A line outside filters and comments: a tag, code or text. Gives the offset behind what was read, which may lie further down. */
function copyLine(out: string[], text: string, body: number, lineEnd: number): number {
  const head = /^(?:[%.]|#(?!\{))(?:[\w:-]|[.#%](?=[\w-]))*/.exec(text.slice(body, lineEnd))?.[0] ?? '';
  let at = body + head.length;
  let end = lineEnd;
  while (head !== '' && /[{([]/.test(text.charAt(at))) {
    const close = closingOf(text, at);
    if (close === null) return end;
    if (text.charAt(at) === '{') {
      // Alone, a brace would open a block.
      out[at - 1] = '!';
      copy(out, text, at, close);
    } else if (text.charAt(at) === '(') copyHtmlAttributes(out, text, at + 1, close - 1);
    at = close;
    end = Math.max(end, endOfLine(text, at));
  }
  const [whole, marker = ''] = /^[<>]*(-|[!&]?==?|~)?/.exec(text.slice(at, end)) ?? [''];
  const isCode = marker !== '' && !marker.endsWith('==') && (marker !== '-' || head === '');
  if (!isCode) return copyInterpolations(out, text, at, end);
  out[at + whole.length - 1] = ';';
  return copyCode(out, text, at + whole.length, end);
}

/** `(name=value other="a #{b}")`: values without quotes are Ruby, each a statement. */
function copyHtmlAttributes(out: string[], text: string, start: number, end: number): void {
  for (let at = start; at < end; ) {
    const sign = text.indexOf('=', at);
    if (sign < 0 || sign >= end) return;
    let from = sign + 1;
    while (from < end && /\s/.test(text.charAt(from))) from++;
    const to = endOfValue(text, from, end);
    if (/["']/.test(text.charAt(from))) copyInterpolations(out, text, from, to);
    else {
      out[sign] = ';';
      copy(out, text, from, to);
    }
    at = Math.max(to, from + 1);
  }
}

/** Where a value ends: at white space outside of brackets and quotes. */
function endOfValue(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (/\s/.test(character)) return at;
    const close = /["']/.test(character)
      ? text.indexOf(character, at + 1) + 1
      : /[{([]/.test(character)
        ? closingOf(text, at)
        : at + 1;
    if (close === null || close === 0 || close > end) return end;
    at = close - 1;
  }
  return end;
}

/** Code up to the end of its line, and on where the line ends with a comma or with `|`. */
function copyCode(out: string[], text: string, start: number, lineEnd: number): number {
  let end = lineEnd;
  while (end < text.length && /,[ \t]*$|[ \t]\|[ \t]*$/.test(text.slice(start, end))) {
    const next = endOfLine(text, end + (text.startsWith('\r\n', end) ? 2 : 1));
    if (next <= end) break;
    end = next;
  }
  const source = text.slice(start, end);
  if (/^\s*(?:when|rescue|else|ensure|begin|end)\b/.test(source)) return end;
  const statement = source
    .replace(/^(\s*)(?:if|unless|elsif|while|until|case|for\b.*?\bin)\b/, blankOf)
    .replace(/\bdo(?:[ \t]*\|[^|]*\|)?[ \t]*$/, blankOf)
    .replace(/[ \t]\|[ \t]*$/gm, blankOf);
  copy(out, statement, 0, statement.length, start);
  return end;
}

/** The `#{…}` of a text, each a statement. */
function copyInterpolations(out: string[], text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    const open = text.indexOf('#{', at);
    if (open < 0 || open >= end) return end;
    const close = text.charAt(open - 1) === '\\' ? null : closingOf(text, open + 1);
    if (close === null || close > end) {
      at = open + 2;
      continue;
    }
    out[open] = ';';
    copy(out, text, open + 2, close - 1);
    out[close - 1] = ';';
    at = close;
  }
}

/** The offset behind the bracket that closes the one at `open`; null when none does within reach. */
function closingOf(text: string, open: number): number | null {
  let depth = 0;
  let quote = '';
  const limit = Math.min(text.length, open + LONGEST);
  for (let at = open; at < limit; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (/[{([]/.test(character)) depth++;
    else if (/[})\]]/.test(character) && --depth === 0) return at + 1;
  }
  return null;
}

/** Attributes longer than this many UTF-16 units are no attributes. */
const LONGEST = 10_000;

function copy(out: string[], from: string, start: number, end: number, to = start): void {
  for (let at = start; at < end; at++) out[to + at - start] = from.charAt(at);
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end++;
  return end;
}

function linesOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/[^\r\n]+/g)].map(({ index, 0: line }) => ({ start: index, end: index + line.length }));
}

function blankOf(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
