/**
 * The shape of a text: which keys stand where, from one cheap walk over its beginning that parses nothing. Decoders tell their
 * format by it, so that a repository's thousands of other JSON and YAML files cost one walk each, however many formats there
 * are. What the keys mean is the decoders' business.
 */

/** How a text is written, by its name and first character. */
export type Notation = 'json' | 'yaml' | 'lines' | 'code' | 'none';

/** What a decoder is shown before it is asked to decode. */
export interface FileShape {
  readonly path: string;
  /** The last part of the path, in lower case. */
  readonly name: string;
  readonly notation: Notation;
  readonly text: string;
  /** Whether the whole is a list. */
  readonly list: boolean;
  /**
   * Whether a key stands at a place: `flags` at the top, `flags/state` below it, `flags/x/state` with any one thing (a key, an
   * item of a list) between, `x/state` below anything, `x/x/state` two levels below anything, `a/b/x/state` and `a/x/b/c`.
   */
  has(place: string): boolean;
  /** Whether all these keys stand at their places. */
  hasAll(...places: readonly string[]): boolean;
}

/** Characters looked at: a format shows itself early or not at all. */
export const LOOKED_AT = 128 * 1024;

/** The shape of a text; `none` for what is neither JSON nor YAML nor one of the other notations flags are listed in. */
export function shapeOf(path: string, text: string): FileShape {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const head = text.slice(0, LOOKED_AT);
  const notation = notationOf(name, head);
  const places = new Set<string>();
  const walk = notation === 'json' ? walkJson(head, places) : notation === 'yaml' ? walkYaml(head, places) : false;
  return {
    path,
    name,
    notation,
    text,
    list: walk,
    has: place => places.has(place),
    hasAll: (...wanted) => wanted.every(place => places.has(place)),
  };
}

/** Keys deeper than this are nobody's business here. */
const DEEPEST = 4;

function notationOf(name: string, head: string): Notation {
  if (/\.(json|jsonc|json5)$/.test(name))
    return /^\s*(?:[{[]|\/[/*])/.test(head.replace(/^\ufeff/, '')) ? 'json' : 'none';
  if (/\.ya?ml$/.test(name)) return 'yaml';
  if (name.endsWith('.split')) return 'lines';
  return /\.(?:py|rb|go|java|cs|php|[cm]?[jt]sx?)$/.test(name) ? 'code' : 'none';
}

function note(path: readonly string[], places: Set<string>): void {
  const [a, b, c, d] = path;
  if (a === undefined) return;
  if (b === undefined) places.add(a);
  else if (c === undefined) places.add(`${a}/${b}`).add(`x/${b}`);
  else if (d === undefined) places.add(`${a}/x/${c}`).add(`x/x/${c}`);
  else places.add(`${a}/${b}/x/${d}`).add(`${a}/x/${c}/${d}`);
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Walks JSON, comments and all; tells whether the whole is a list. What is broken ends the walk or is stepped over. */
function walkJson(text: string, places: Set<string>): boolean {
  const path: string[] = [];
  /** One entry an open bracket: whether it is a map's. */
  const open: boolean[] = [];
  let root: 'map' | 'list' | null = null;
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = stringEnd(text, at);
        if (expectsKey && open.length <= DEEPEST) {
          path[open.length - 1] = text.slice(at + 1, end);
          note(path.slice(0, open.length), places);
        }
        expectsKey = false;
        at = end;
        break;
      }
      case 123: // {
        root ??= 'map';
        open.push(true);
        expectsKey = true;
        break;
      case 91: // [
        root ??= 'list';
        if (open.length < DEEPEST) path[open.length] = 'x';
        open.push(false);
        expectsKey = false;
        break;
      case 125: // }
      case 93: // ]
        open.pop();
        expectsKey = false;
        if (open.length === 0) return root === 'list';
        break;
      case 44: // ,
        expectsKey = open[open.length - 1] === true;
        break;
      case 47: // /
        if (text[at + 1] === '/') at = endOr(text.indexOf('\n', at), text);
        else if (text[at + 1] === '*') at = endOr(text.indexOf('*/', at + 2), text) + 1;
        break;
    }
  }
  return root === 'list';
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH && end - 1 - slashes > start) slashes++;
    if (slashes % 2 === 0) return end;
    at = end + 1;
  }
}

function endOr(index: number, text: string): number {
  return index < 0 ? text.length : index;
}

/** The key that a line begins with, and what stands behind its colon; null for a line without one. */
function yamlKey(rest: string): { readonly name: string; readonly value: string } | null {
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    const end = rest.indexOf(quote, 1);
    const behind = end < 0 ? '' : rest.slice(end + 1).trimStart();
    const ends = behind[0] === ':' && (behind.length === 1 || behind[1] === ' ');
    return ends ? { name: rest.slice(1, end), value: behind.slice(1).trimStart() } : null;
  }
  let colon = rest.indexOf(':');
  while (colon >= 0 && colon + 1 < rest.length && rest[colon + 1] !== ' ') colon = rest.indexOf(':', colon + 1);
  const name = rest.slice(0, Math.max(0, colon)).trimEnd();
  if (name === '' || /^[&*!|>%@`]|[#{}[\],]/.test(name)) return null;
  return { name, value: rest.slice(colon + 1).trimStart() };
}

/** Walks YAML by indentation; keys of flow maps count as far as they stand on one line. Tells whether the whole is a list. */
function walkYaml(text: string, places: Set<string>): boolean {
  /** Open levels, with the column they stand at. */
  const levels: { column: number; name: string }[] = [];
  let list: boolean | null = null;
  let at = 0;
  while (at < text.length) {
    const end = endOr(text.indexOf('\n', at), text);
    const line = text.slice(at, Math.min(end, at + 400)).replace(/^\ufeff/, '');
    at = end + 1;
    let column = line.length - line.trimStart().length;
    let rest = line.slice(column).trimEnd();
    if (rest === '' || rest[0] === '#' || /^(---|\.\.\.|%)/.test(rest)) {
      if (rest.startsWith('---')) levels.length = 0;
      continue;
    }
    // A list may stand at the column of the key above it.
    const isItem = (text: string) => text[0] === '-' && (text.length === 1 || text[1] === ' ');
    while (levels.length > 0) {
      const top = levels[levels.length - 1]!;
      const listBelow = isItem(rest) && top.column === column && top.name !== 'x';
      if (top.column < column || listBelow) break;
      levels.pop();
    }
    list ??= isItem(rest);
    while (isItem(rest) && levels.length <= DEEPEST) {
      levels.push({ column, name: 'x' });
      const inner = rest.slice(1);
      const step = 1 + inner.length - inner.trimStart().length;
      column += step;
      rest = rest.slice(step);
    }
    const found = levels.length < DEEPEST ? yamlKey(rest) : null;
    if (found === null) {
      if (rest[0] === '{') noteFlow(rest, levels, places);
      continue;
    }
    levels.push({ column, name: found.name });
    note(
      levels.map(level => level.name),
      places,
    );
    const value = found.value.replace(/^&\S+\s*/, '');
    if (value[0] === '{') noteFlow(value, levels, places);
  }
  return list === true;
}

/** The keys right inside a flow map that begins here. */
function noteFlow(text: string, levels: readonly { readonly name: string }[], places: Set<string>): void {
  if (levels.length >= DEEPEST) return;
  const path = levels.map(level => level.name);
  let depth = 0;
  for (const match of text.matchAll(/[{}[\]]|(?<![\w$-])([\w$-]+)["']? ?:(?=\s|$|["'{[])/g)) {
    if (match[1] !== undefined) {
      if (depth === 1) note([...path, match[1]], places);
    } else depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
  }
}
