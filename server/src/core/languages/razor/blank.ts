/**
 * Finds the C# in Razor's markup, and the markup in its C#, and writes the C# into a text of spaces at the place where it stands. A
 * scanner of one pass: what it can't make sense of stays blank up to the next sign.
 */
import { blankCharacters, closingBracket, copySpan, MOST_OPEN, spaceEnd } from '../markup.ts';

/** The C# of a Razor file, in a text of the same length. */
export function blankRazor(text: string): string {
  const scan: Scan = { text, out: blankCharacters(text), depth: 0, open: 0 };
  skimMarkup(scan, 0, 'file');
  return scan.out.join('');
}

interface Scan {
  readonly text: string;
  readonly out: string[];
  /** How many blocks of code and markup stand around. */
  depth: number;
  /** How many brackets were met that nothing closes. */
  open: number;
}

/** The offset of the bracket that closes one. Looking for it costs: a text in which many stay open is not worth it. */
function closing(scan: Scan, at: number): number | null {
  const close = scan.open > MOST_OPEN ? null : closingBracket(scan.text, at);
  if (close === null) scan.open++;
  return close;
}

/** Code and markup nested deeper than this stay blank. */
const DEEPEST = 60;

/** Reads markup from an offset: the whole file, one element with its content, or the rest of a line. Gives the offset behind. */
function skimMarkup(scan: Scan, start: number, extent: 'file' | 'element' | 'line'): number {
  const { text } = scan;
  const sign = extent === 'line' ? /[@\r\n]/g : /@|<!--|<\/?[A-Za-z][\w:.-]*/g;
  let open = 0;
  for (let at = start; ; ) {
    sign.lastIndex = at;
    const match = sign.exec(text);
    if (match === null) return text.length;
    at = match.index;
    const [found] = match;
    if (found === '\n' || found === '\r') return at;
    if (found === '@') at = readTransition(scan, at);
    else if (found === '<!--') at = after(text, '-->', at + 4);
    else {
      const tag = skimTag(scan, at, found);
      at = tag.end;
      const name = found.replace(/^<\/?/, '').toLowerCase();
      if (tag.form === 'open' && (name === 'script' || name === 'style')) at = skimRaw(scan, at, name);
      else if (tag.form === 'open' && !VOID.test(name)) open++;
      else if (tag.form === 'close') open--;
      if (extent === 'element' && open <= 0) return at;
    }
  }
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** A tag up to its end; code in its attributes is read. */
function skimTag(
  scan: Scan,
  start: number,
  head: string,
): { readonly end: number; readonly form: 'open' | 'close' | 'alone' } {
  const { text } = scan;
  const sign = /[@<>"']|\/>/g;
  const form = head.startsWith('</') ? 'close' : 'open';
  let quote = '';
  for (let at = start + head.length; ; ) {
    sign.lastIndex = at;
    const match = sign.exec(text);
    if (match === null) return { end: text.length, form };
    const [found] = match;
    at = match.index + found.length;
    if (found === '@') at = readTransition(scan, match.index);
    else if (found === quote) quote = '';
    else if (quote === '') {
      if (found === '"' || found === "'") quote = found;
      else if (found === '>') return { end: at, form };
      else if (found === '/>') return { end: at, form: 'alone' };
      else if (found === '<') return { end: match.index, form };
    }
  }
}

/** A script or a style: text with code in it. */
function skimRaw(scan: Scan, start: number, name: string): number {
  const { text } = scan;
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = start;
  const end = close.exec(text)?.index ?? text.length;
  for (let at = text.indexOf('@', start); at >= 0 && at < end; at = text.indexOf('@', at))
    at = readTransition(scan, at);
  return end;
}

const HEAD =
  /@(?:(\*)|(@)|(\()|(\{)|(code|functions)\s*(\{)|(if|for|foreach|while|switch|using|lock)\s*(\()|(do|try)\s*(\{)|(using|inject)\s+([^\r\n]*)|(?:addTagHelper|removeTagHelper|tagHelperPrefix|page|model|inherits|implements|namespace|layout|attribute|typeparam|rendermode|preservewhitespace|section|helper)\b[^\r\n{]*)/y;

/** What an `@` begins. Gives the offset behind it. */
function readTransition(scan: Scan, at: number): number {
  const { text, out } = scan;
  if (/\w/.test(text.charAt(at - 1))) return at + 1;
  HEAD.lastIndex = at;
  const match = HEAD.exec(text);
  if (match === null) return readImplicit(scan, at);
  const [whole, comment, escaped, parenthesis, block, members, , control, , bare, , directive, rest] = match;
  const end = at + whole.length;
  if (comment !== undefined) return after(text, '*@', end);
  if (escaped !== undefined) return end;
  if (parenthesis !== undefined) return readParenthesis(scan, at);
  if (block !== undefined || members !== undefined) {
    const close = readCode(scan, end - 1);
    out[end - 1] = ';';
    if (close <= text.length && text.charAt(close - 1) === '}') out[close - 1] = ' ';
    if (members !== undefined) asStatements(out, end, close);
    return close;
  }
  if (control !== undefined || bare !== undefined) return readControl(scan, at + 1);
  if (directive !== undefined) {
    copySpan(out, text, { start: directive === 'using' ? at + 1 : end - rest!.length, end });
    if (!/;\s*$/.test(rest!) && end < text.length) out[end] = ';';
  }
  return end;
}

/** `@(…)`. */
function readParenthesis(scan: Scan, at: number): number {
  const { text, out } = scan;
  const close = closing(scan, at + 1);
  if (close === null) return at + 2;
  copySpan(out, text, { start: at + 1, end: close + 1 });
  out[at] = ';';
  endStatement(out, close + 1);
  return close + 1;
}

/** `@Html.Raw(…)`, `@await Component.InvokeAsync(…)`: names, members, calls and indexes without spaces between. */
function readImplicit(scan: Scan, at: number): number {
  const { text, out } = scan;
  const head = /@(?:await\s+)?[A-Za-z_]\w*/y;
  head.lastIndex = at;
  const first = head.exec(text);
  if (first === null) return at + 1;
  let end = at + first[0].length;
  let isCall = false;
  for (;;) {
    const more = /[?!]?\.[A-Za-z_]\w*|(?:<[\w.,]+>)?[([]/y;
    more.lastIndex = end;
    const [next] = more.exec(text) ?? [];
    if (next === undefined) break;
    if (!/[([]$/.test(next)) {
      end += next.length;
      continue;
    }
    const close = closing(scan, end + next.length - 1);
    if (close === null) break;
    isCall ||= next.endsWith('(');
    end = close + 1;
  }
  if (isCall) {
    copySpan(out, text, { start: at + 1, end });
    out[at] = ';';
    endStatement(out, end);
  }
  return end;
}

/** `if (…) { … } else { … }` and the like, from the keyword on. */
function readControl(scan: Scan, start: number): number {
  const { text, out } = scan;
  for (let at = start; ; ) {
    let next = wordEnd(text, spaceEnd(text, at));
    const second = spaceEnd(text, next);
    if (text.startsWith('if', second)) next = second + 2;
    next = spaceEnd(text, next);
    if (text.charAt(next) === '(') {
      const close = closing(scan, next);
      if (close === null) return next + 1;
      next = close + 1;
    }
    copySpan(out, text, { start: at, end: next });
    const open = spaceEnd(text, next);
    if (text.charAt(open) !== '{') return next;
    at = readCode(scan, open);
    const word = spaceEnd(text, at);
    if (!CONTINUES.has(text.slice(word, wordEnd(text, word)))) return at;
  }
}

/** What goes on with the statement that a block ended. */
const CONTINUES: ReadonlySet<string> = new Set(['else', 'catch', 'finally', 'while']);

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && /[a-z]/.test(text.charAt(end))) end++;
  return end;
}

const CODE_SIGN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|@\*[\s\S]*?\*@|\$?@?\$?"|'(?:[^'\\\n]|\\.)*'|<[A-Za-z]|@:|@[A-Za-z(]|[{};:]|[\w.]+|[\s\S]/y;

/** A block of code from its opening brace; markup where a statement could begin is read as such. Gives the offset behind it. */
function readCode(scan: Scan, open: number): number {
  const { text, out } = scan;
  if (scan.depth >= DEEPEST) return open + 1;
  scan.depth++;
  let braces = 0;
  let isStart = true;
  let at = open;
  while (at < text.length) {
    CODE_SIGN.lastIndex = at;
    const [found] = CODE_SIGN.exec(text)!;
    const end = at + found.length;
    if (isStart && (found === '@:' || /^<[A-Za-z]$/.test(found))) {
      at = skimMarkup(scan, found === '@:' ? end : at, found === '@:' ? 'line' : 'element');
      continue;
    }
    if (found.startsWith('@*')) {
      at = end;
      continue;
    }
    if (isStart && /^@[A-Za-z(]$/.test(found)) {
      at = readTransition(scan, at);
      continue;
    }
    const next = found.endsWith('"') ? stringEnd(text, at, found) : end;
    // White space is there already, or is what ended a statement.
    if (found.trim() !== '') copySpan(out, text, { start: at, end: next });
    at = next;
    if (found === '{') braces++;
    else if (found === '}' && --braces === 0) break;
    if (!/^(?:\s|\/[/*])/.test(found)) isStart = found === '{' || found === '}' || found === ';' || found === ':';
  }
  scan.depth--;
  return at;
}

/** Where a string ends; `sign` is what it begins with. */
function stringEnd(text: string, at: number, sign: string): number {
  const start = at + sign.length;
  if (text.startsWith('""', start)) {
    const close = text.indexOf('"""', start + 2);
    return close < 0 ? text.length : close + 3;
  }
  if (sign.includes('@')) {
    let close = text.indexOf('"', start);
    while (close >= 0 && text.charAt(close + 1) === '"') close = text.indexOf('"', close + 2);
    return close < 0 ? text.length : close + 1;
  }
  for (let next = start; next < text.length; next++) {
    const character = text.charAt(next);
    if (character === '\\') next++;
    else if (character === '"' || character === '\n') return character === '"' ? next + 1 : next;
  }
  return text.length;
}

/** Members of a component as statements of a file: without accessors, attributes and access. */
function asStatements(out: string[], start: number, end: number): void {
  const source = out.slice(start, end).join('');
  const plain = source
    .replace(/\{\s*(?:(?:private|protected|internal)\s+)?(?:get|set|init)\s*;[^{}]*\}(\s*=)?/g, (accessors, value) =>
      value === undefined ? `${blank(accessors.slice(1))};` : `${blank(accessors.slice(1))}=`,
    )
    .replace(/^[ \t]*\[[^\]\n]*\]/gm, blank)
    .replace(
      /\b(?:public|private|protected|internal|override|virtual|abstract|sealed|required|readonly|partial)(?=\s)/g,
      blank,
    );
  for (let at = 0; at < plain.length; at++) out[start + at] = plain.charAt(at);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Ends a statement in the markup behind it. */
function endStatement(out: string[], at: number): void {
  if (at < out.length && /\s/.test(out[at]!)) out[at] = ';';
}

function after(text: string, close: string, from: number): number {
  const found = text.indexOf(close, from);
  return found < 0 ? text.length : found + close.length;
}
