/**
 * Tags of HTML and of the templates made of it: where their names and attributes stand. Enough to find the code in them, not a
 * parser: no tree is built, and nothing is said of what a browser would make of broken markup. What the code in them means is
 * the language folders' business.
 */
import type { Span } from '../text.ts';
import type { ElementFact, Expr } from './facts.ts';

export interface MarkupTag {
  readonly name: string;
  readonly nameSpan: Span;
  readonly attributes: readonly MarkupAttribute[];
  readonly span: Span;
  readonly form: 'open' | 'close' | 'alone';
}

export interface MarkupAttribute {
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands between the quotes, or between braces; null for a bare attribute. */
  readonly value: Span | null;
  readonly quote: '"' | "'" | '{' | '';
}

/** Attribute values and embedded expressions longer than this many UTF-16 units are none. */
const LONGEST = 20_000;

/** A text with more brackets and tags than this that nothing closes is not read on: looking for the end of each costs. */
export const MOST_OPEN = 200;

/** The tag that begins with the `<` at an offset; null when none does. Braces delimit values where templates say so. */
export function tagAt(text: string, at: number, braces: 'braces' | 'plain' = 'plain'): MarkupTag | null {
  const head = /<(\/?)([A-Za-z][\w:.-]*)/y;
  head.lastIndex = at;
  const [whole, slash, name] = head.exec(text) ?? [];
  if (whole === undefined || name === undefined) return null;
  const start = at + 1 + slash!.length;
  const nameSpan = { start, end: start + name.length };
  const attributes: MarkupAttribute[] = [];
  const limit = Math.min(text.length, at + LONGEST);
  for (let next = nameSpan.end; next < limit; ) {
    const character = text.charAt(next);
    if (character === '>' || (character === '/' && text.charAt(next + 1) === '>')) {
      const end = next + (character === '>' ? 1 : 2);
      const form = slash === '/' ? 'close' : character === '/' || VOID.has(name.toLowerCase()) ? 'alone' : 'open';
      return { name, nameSpan, attributes, span: { start: at, end }, form };
    }
    if (character === '<') return null;
    if (/[\s/"'=]/.test(character)) {
      next++;
      continue;
    }
    const read = attributeAt(text, next, limit, braces);
    if (read === null) return null;
    attributes.push(read.attribute);
    next = read.end;
  }
  return null;
}

/** Elements that have no closing tag. */
const VOID: ReadonlySet<string> = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

function attributeAt(text: string, start: number, limit: number, braces: 'braces' | 'plain') {
  if (braces === 'braces' && text.charAt(start) === '{') {
    const close = closingBracket(text, start, limit);
    if (close === null) return null;
    const inside = { start: start + 1, end: close };
    return { attribute: { name: '', nameSpan: inside, value: inside, quote: '{' as const }, end: close + 1 };
  }
  const name = /[^\s=>"'<{]+|\{/y;
  name.lastIndex = start;
  const [named] = name.exec(text) ?? [];
  if (named === undefined) return null;
  // A slash at the end belongs to the tag.
  const length = named.length > 1 && named.endsWith('/') && text.charAt(start + named.length) === '>' ? -1 : 0;
  const nameSpan = { start, end: start + named.length + length };
  const plain = { name: text.slice(nameSpan.start, nameSpan.end), nameSpan };
  const equals = spaceEnd(text, nameSpan.end);
  if (text.charAt(equals) !== '=')
    return { attribute: { ...plain, value: null, quote: '' as const }, end: nameSpan.end };
  const open = spaceEnd(text, equals + 1);
  const character = text.charAt(open);
  if (character === '"' || character === "'") {
    const close = text.indexOf(character, open + 1);
    if (close < 0 || close > limit) return null;
    const value = { start: open + 1, end: close };
    return { attribute: { ...plain, value, quote: character as '"' | "'" }, end: close + 1 };
  }
  if (braces === 'braces' && character === '{') {
    const close = closingBracket(text, open, limit);
    if (close === null) return null;
    return { attribute: { ...plain, value: { start: open + 1, end: close }, quote: '{' as const }, end: close + 1 };
  }
  const bare = /[^\s>"']*/y;
  bare.lastIndex = open;
  const end = open + (bare.exec(text)?.[0].length ?? 0);
  return { attribute: { ...plain, value: { start: open, end }, quote: '' as const }, end: Math.max(end, open) };
}

/** The offset of the bracket that closes the one at `open`, strings stepped over; null when none does before `limit`. */
export function closingBracket(
  text: string,
  open: number,
  limit = Math.min(text.length, open + LONGEST),
): number | null {
  let depth = 0;
  let quote = '';
  for (let at = open; at < limit; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{' || character === '(' || character === '[') depth++;
    else if ((character === '}' || character === ')' || character === ']') && --depth <= 0) return at;
  }
  return null;
}

/** The offset behind the white space at an offset. */
export function spaceEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) <= 32) end++;
  return end;
}

/** A text of spaces as long as another, with its line ends: what templates copy their code into. */
export function blankCharacters(text: string): string[] {
  const out = new Array<string>(text.length);
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    out[at] = character === '\n' || character === '\r' ? character : ' ';
  }
  return out;
}

/** Copies a span of a text to the place where it stands. */
export function copySpan(out: string[], text: string, { start, end }: Span): void {
  for (let at = start; at < end; at++) out[at] = text.charAt(at);
}

/** The element that a tag is; what its attributes are worth, the template's language says. */
export function elementOf(
  { name, nameSpan, attributes, span }: MarkupTag,
  valueIn: (attribute: MarkupAttribute) => { readonly name: string; readonly value: Expr | null },
): ElementFact {
  return {
    name,
    nameSpan,
    attributes: attributes.map(attribute => {
      const { nameSpan: own, value, quote } = attribute;
      const end = value === null ? own.end : value.end + (quote === '' ? 0 : 1);
      return { ...valueIn(attribute), span: { start: own.start, end } };
    }),
    span,
  };
}

/** What is written in an attribute as a text. */
export function textValue(text: string, span: Span): Expr {
  return { kind: 'string', value: text.slice(span.start, span.end), span };
}

/** A string or a dotted name, which is what most attributes that hold code hold; else unknown. */
export function simpleExpression(text: string, { start, end }: Span): Expr {
  const source = text.slice(start, end);
  const lead = source.length - source.trimStart().length;
  const at = start + lead;
  const trimmed = source.trim();
  const span = { start: at, end: at + trimmed.length };
  const quoted = /^(["'`])([^"'`\\$]*)\1$/.exec(trimmed);
  if (quoted !== null) return { kind: 'string', value: quoted[2]!, span };
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(trimmed)) return { kind: 'other', span };
  let expr: Expr | null = null;
  let place = at;
  for (const name of trimmed.split('.')) {
    const own = { start: place, end: place + name.length };
    expr =
      expr === null
        ? { kind: 'name', name, span: own }
        : { kind: 'member', object: expr, property: name, propertySpan: own, span: { start: at, end: own.end } };
    place = own.end + 1;
  }
  return expr ?? { kind: 'other', span };
}
