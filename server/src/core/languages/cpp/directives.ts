/**
 * Conditions of C++'s preprocessor where the grammar knows none: inside parentheses, and inside braces that hold a value. Their lines are blanked, and
 * what follows an `#else` as well. Elsewhere the grammar reads all branches.
 */

/** The text with such conditions given to `blankOf`. */
export function blankDirectives(text: string, blankOf: (part: string) => string): string {
  const blanked: Part[] = [];
  const brackets: Bracket[] = [];
  const conditions: Condition[] = [];
  let isLineStart = true;
  for (let at = 0; at < text.length; ) {
    const code = text.charAt(at);
    if (code === '#' && isLineStart) {
      const end = endOfDirective(text, at);
      followDirective({ start: at, end }, text, { brackets, conditions, blanked });
      at = end;
      continue;
    }
    if (code === '\n') isLineStart = true;
    else if (code !== ' ' && code !== '\t' && code !== '\r') isLineStart = false;
    const next = endOfToken(text, at);
    if (next === at + 1 && !isOtherwise(conditions)) {
      if (code === '(') brackets.push('value');
      else if (code === '{') brackets.push(holdsValue(text, at, brackets.at(-1)) ? 'value' : 'block');
      else if (code === ')' || code === '}') brackets.pop();
    }
    at = next;
  }
  return blanked.length === 0 ? text : withoutParts(text, blanked, blankOf);
}

interface Part {
  readonly start: number;
  readonly end: number;
}

type Bracket = 'block' | 'value';

/** An open `#if`. */
interface Condition {
  /** Whether it stands inside a value, which one of its branches may end. */
  readonly isInside: boolean;
  /** Where its first other branch begins. */
  otherwise: number | null;
}

function isOtherwise(conditions: readonly Condition[]): boolean {
  return conditions.some(({ isInside, otherwise }) => isInside && otherwise !== null);
}

interface Reading {
  readonly brackets: readonly Bracket[];
  readonly conditions: Condition[];
  readonly blanked: Part[];
}

function followDirective(line: Part, text: string, { brackets, conditions, blanked }: Reading): void {
  const word = /^#[ \t]{0,20}(\w{0,10})/.exec(text.slice(line.start, line.start + 40))?.[1] ?? '';
  if (!CONDITIONS.has(word)) return;
  if (word.startsWith('if')) conditions.push({ isInside: brackets.at(-1) === 'value', otherwise: null });
  const condition = conditions.at(-1);
  if (condition === undefined) return;
  if (word === 'endif') conditions.pop();
  if (!condition.isInside) return;
  if (word.startsWith('el')) condition.otherwise ??= line.start;
  else blanked.push({ start: condition.otherwise ?? line.start, end: line.end });
}

/**
 * Whether a brace begins what a name is given (`kPay{`, `= {`) or what stands in it: no class, function or statement. A name and a brace without a
 * blank between them may also begin one of these: then a word says so.
 */
function holdsValue(text: string, at: number, around: Bracket | undefined): boolean {
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  let start = before.length;
  while (start > 0 && !ENDS.has(before.charAt(start - 1))) start--;
  const statement = before.slice(start);
  if (statement.includes('->')) return false;
  if (around === 'value') return !/[)\]]\s*$/.test(before) && !LAST_WORD.test(before);
  if (/=\s{0,40}$/.test(before)) return true;
  return /\w$/.test(before) && !LAST_WORD.test(before) && !TYPE_WORD.test(statement);
}

const LOOK_BACK = 200;

const ENDS: ReadonlySet<string> = new Set(';{}()');

/** Words behind which a block begins. */
const LAST_WORD = /\b(?:const|do|else|final|mutable|noexcept|override|try|volatile)\s*$/;

const TYPE_WORD = /\b(?:class|enum|extern|namespace|struct|union)\b/;

function withoutParts(text: string, parts: readonly Part[], blankOf: (part: string) => string): string {
  let result = '';
  let last = 0;
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start || b.end - a.end)) {
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
