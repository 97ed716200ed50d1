/** Scala's strings: their values, and templates with their parts. */

import type { ClassContext } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';

/** A string or a character without holes. */
export function plainString(node: PlainNode, context: ClassContext): Expr {
  const source = sourceOf(node, context);
  const isRaw = source.startsWith('"""');
  const value = isRaw ? source.slice(3, Math.max(source.length - 3, 3)) : unescaped(source.slice(1, -1));
  return { kind: 'string', value, span: spanOfPlain(node) };
}

/** `s"a$b${c}"`: a template. `f` has formats behind its holes; of any other interpolator nothing is known. */
export function interpolated(node: PlainNode, context: ClassContext, walkInner: (node: PlainNode) => Expr): Expr {
  const interpolator = childOfType(node, 'identifier');
  const string = childOfType(node, 'interpolated_string');
  if (interpolator === undefined || string === undefined) return otherAt(node);
  const name = sourceOf(interpolator, context);
  const { text } = context;
  const quote = text.startsWith('"""', string.start) ? 3 : 1;
  const isClosed =
    string.end - string.start >= 2 * quote && text.slice(string.end - quote, string.end) === '"'.repeat(quote);
  const end = isClosed ? string.end - quote : string.end;
  const isRaw = quote === 3 || name === 'raw';
  const parts: (string | Expr)[] = [];
  let at = Math.min(string.start + quote, end);
  const addText = (to: number): void => {
    const source = text.slice(at, Math.max(to, at)).replaceAll('$$', '$');
    const plain = name === 'f' && parts.length > 0 ? source.replace(/^%[-#+ 0,(.\d]*[a-zA-Z]/, '') : source;
    parts.push(isRaw ? plain : unescaped(plain));
  };
  for (const hole of string.children) {
    if (hole.type !== 'interpolation') continue;
    addText(hole.start);
    const [only, ...more] = hole.children.map(walkInner);
    parts.push(only !== undefined && more.length === 0 ? only : otherAt(hole));
    at = hole.end;
  }
  addText(end);
  return INTERPOLATORS.has(name) ? joinParts(parts, spanOfPlain(node)) : otherAt(node);
}

const INTERPOLATORS: ReadonlySet<string> = new Set(['f', 'raw', 's']);

function unescaped(source: string): string {
  return source.replace(
    /\\(?:u+([0-9a-fA-F]{4})|(.))/gs,
    (_whole, hex: string | undefined, letter: string | undefined) =>
      hex === undefined
        ? (SINGLE_ESCAPES[letter ?? ''] ?? letter ?? '')
        : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
