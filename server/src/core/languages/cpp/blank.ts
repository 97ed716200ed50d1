/**
 * What the grammar can't read between the words of C++: macros that say something to the linker (`class MY_EXPORT Flags`), and
 * directives inside the parentheses of a call. They are blanked, so that everything else stays where it is.
 */

/** A text of the same length and lines. */
export function blankMacros(text: string): string {
  const plain = MACROS.test(text) ? text.replace(TYPE_MACRO, blankMacro).replace(LINKAGE_MACRO, blankOf) : text;
  const called = plain.replace(STATIC_MACRO, blankOf);
  return DIRECTIVE.test(called) ? blankDirectives(called) : called;
}

/** `static BASE_FEATURE(kPay, …);`: without the word a call, with it the grammar takes it for a function. */
const STATIC_MACRO = /(?<=^[ \t]{0,20})static(?=[ \t]+[A-Z][A-Z0-9_]{3,}\(\w+,)/gm;

/** Most texts have none. */
const MACROS = /\b(?:class|struct)\s+[A-Z]|_(?:API|EXPORT|PUBLIC)\b/;
const TYPE_MACRO =
  /\b(class|struct)(\s{1,20})([A-Z][A-Z0-9_]*(?:\([^()\n]*\))?)(?=\s{1,20}[A-Za-z_]\w*(?:::\w+)*\s{0,20}(?:final\s{0,20})?[:{])/g;
const LINKAGE_MACRO = /\b[A-Z][A-Z0-9_]*_(?:API|EXPORT|PUBLIC)\b(?:\([^()\n]*\))?(?=\s{1,20}[\w:[~])/g;
const DIRECTIVE = /^[ \t]*#[ \t]*(?:if|el|endif)/m;

function blankMacro(_whole: string, keyword: string, between: string, macro: string): string {
  return keyword + between + blankOf(macro);
}

function blankOf(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Conditions inside parentheses: their lines are blanked, and what follows an `#else` as well. */
function blankDirectives(text: string): string {
  const blanked: { readonly start: number; readonly end: number }[] = [];
  const brackets: string[] = [];
  let otherwise: number | null = null;
  let isLineStart = true;
  for (let at = 0; at < text.length; ) {
    const code = text.charAt(at);
    if (code === '#' && isLineStart) {
      const end = endOfDirective(text, at);
      const word = /^#[ \t]{0,20}(\w{0,10})/.exec(text.slice(at, at + 40))?.[1] ?? '';
      if (brackets.at(-1) === '(' && CONDITIONS.has(word)) {
        if (word.startsWith('el')) otherwise ??= at;
        else if (word === 'endif' && otherwise !== null) {
          blanked.push({ start: otherwise, end });
          otherwise = null;
        }
        if (otherwise === null) blanked.push({ start: at, end });
      }
      at = end;
      continue;
    }
    if (code === '\n') isLineStart = true;
    else if (code !== ' ' && code !== '\t' && code !== '\r') isLineStart = false;
    const next = endOfToken(text, at);
    if (next === at + 1 && otherwise === null) {
      if (code === '(' || code === '{') brackets.push(code);
      else if (code === ')' || code === '}') brackets.pop();
    }
    at = next;
  }
  if (blanked.length === 0) return text;
  let result = '';
  let last = 0;
  for (const { start, end } of blanked) {
    if (start < last) continue;
    result += text.slice(last, start) + blankOf(text.slice(start, end));
    last = end;
  }
  return result + text.slice(last);
}

const CONDITIONS: ReadonlySet<string> = new Set([
  'if',
  'ifdef',
  'ifndef',
  'elif',
  'elifdef',
  'elifndef',
  'else',
  'endif',
]);

/** The end of its line, which a backslash takes to the next one. */
function endOfDirective(text: string, start: number): number {
  let at = start;
  for (;;) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    if (!/\\\r?$/.test(text.slice(Math.max(start, end - 2), end))) return end;
    at = end + 1;
  }
}

/** Behind a string, a character or a comment; else behind one character. */
function endOfToken(text: string, at: number): number {
  const code = text.charAt(at);
  if (code === '/') {
    const second = text.charAt(at + 1);
    if (second === '/') return endOr(text.indexOf('\n', at), text, 0);
    return second === '*' ? endOr(text.indexOf('*/', at + 2), text, 2) : at + 1;
  }
  if (code === '"' && text.charAt(at - 1) === 'R') {
    const delimiter = /^"([^\s()\\]{0,16})\(/.exec(text.slice(at, at + 20))?.[1];
    if (delimiter !== undefined) return endOr(text.indexOf(`)${delimiter}"`, at), text, delimiter.length + 2);
  }
  const isCharacter = code === "'" && !/[0-9a-fA-F]/.test(text.charAt(at - 1));
  if (code !== '"' && !isCharacter) return at + 1;
  for (let end = at + 1; end < text.length; end++) {
    const inner = text.charAt(end);
    if (inner === '\\') end++;
    else if (inner === code || inner === '\n') return end + 1;
  }
  return text.length;
}

function endOr(found: number, text: string, length: number): number {
  return found < 0 ? text.length : found + length;
}
