/** C#'s string literals, interpolations and formats. */

import type { Span } from '../../text.ts';
import type { ClassContext } from '../classContext.ts';
import type { Argument, Expr } from '../facts.ts';
import { childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import { walkExpression } from './expressions.ts';

/** The value of a string literal's source, of whatever form, quotes included; an unfinished one is read to its end. */
export function stringValue(source: string): string {
  const text = source.replace(/[uU]8$/, '');
  const raw = /^"{3,}/.exec(text)?.[0];
  if (raw !== undefined) {
    return rawValue(
      text.slice(raw.length, text.endsWith(raw) && text.length >= 2 * raw.length ? -raw.length : undefined),
    );
  }
  const verbatim = text.startsWith('@');
  const body = text.slice(verbatim ? 2 : 1, text.length > (verbatim ? 2 : 1) && text.endsWith('"') ? -1 : undefined);
  return verbatim ? body.replaceAll('""', '"') : decodeEscapes(body);
}

/** `$"…{x}…"` in all its forms. */
export function walkInterpolated(node: PlainNode, context: ClassContext): Expr {
  const opening = childOfType(node, 'interpolation_start');
  const start = opening === undefined ? '$' : sourceOf(opening, context);
  const raw = childOfType(node, 'interpolation_quote') !== undefined;
  const parts: (string | Expr)[] = [];
  for (const child of node.children) {
    if (child.type === 'interpolation') parts.push(walkInterpolation(child, context));
    else if (child.type === 'string_content' || child.type === 'escape_sequence') {
      const source = sourceOf(child, context);
      if (raw) parts.push(source);
      else
        parts.push(...contentParts(start.includes('@') ? source.replaceAll('""', '"') : decodeEscapes(source), child));
    }
  }
  return joinParts(raw ? withoutIndentation(parts) : parts, spanOfPlain(node));
}

/** The template that `string.Format(format, …)` makes: `{0}` prints an argument, `{0:N2}` and `{0,5}` something made of it. */
export function formatWithHoles(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  let at = 0;
  for (const hole of format.matchAll(/\{\{|\}\}|\{(\d+)(?!\d)([^{}]*)\}/g)) {
    parts.push(format.slice(at, hole.index));
    at = hole.index + hole[0].length;
    const [whole, position, rest] = hole;
    const value = position === undefined || rest !== '' ? undefined : args[Number(position)]?.value;
    parts.push(position === undefined ? whole.charAt(0) : (value ?? { kind: 'other', span }));
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

/**
 * The text between interpolations. The grammar takes `{{{x}}}` for text, though it is a brace, an interpolation and a brace:
 * from there on the text is unknown.
 */
function contentParts(text: string, node: PlainNode): readonly (string | Expr)[] {
  const missed = /(?<!\{)(?:\{\{)*\{(?!\{)/.exec(text);
  const known = missed === null ? text : text.slice(0, missed.index + missed[0].length - 1);
  const decoded = known.replace(/\{\{|\}\}/g, braces => braces.charAt(0));
  return missed === null ? [decoded] : [decoded, otherAt(node)];
}

function walkInterpolation(node: PlainNode, context: ClassContext): Expr {
  const [value, ...rest] = node.children.filter(child => child.type !== 'interpolation_brace');
  if (value === undefined) return otherAt(node);
  const expr = walkExpression(value, context);
  for (const clause of rest) for (const child of clause.children) walkExpression(child, context);
  return rest.length === 0 ? expr : otherAt(node);
}

/** A raw string of several lines begins after its first line end and ends before its last, less the last line's indentation. */
function rawValue(content: string): string {
  const lines = content.split(/\r\n|\n/);
  if (lines.length < 2) return content;
  const indentation = lines.at(-1)!.length;
  return lines
    .slice(1, -1)
    .map(line => line.slice(indentation))
    .join('\n');
}

function withoutIndentation(parts: readonly (string | Expr)[]): readonly (string | Expr)[] {
  const last = parts.at(-1);
  const indentation = typeof last === 'string' ? /\n([ \t]*)$/.exec(last)?.[1] : undefined;
  if (indentation === undefined) return parts;
  return parts.map((part, index) => {
    if (typeof part !== 'string') return part;
    const opened = index === 0 ? part.replace(/^[ \t]*\r?\n/, '\n') : part;
    const trimmed = index === parts.length - 1 ? opened.replace(/\r?\n[ \t]*$/, '') : opened;
    const shifted = trimmed.replaceAll(`\n${indentation}`, '\n');
    return index === 0 ? shifted.replace(/^\n/, '') : shifted;
  });
}

function decodeEscapes(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:x([0-9a-fA-F]{1,4})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\\'"0abefnrtv]))/g,
    (whole, short?: string, unit?: string, point?: string, single?: string) => {
      if (single !== undefined) return SINGLE_ESCAPES[single] ?? single;
      const code = Number.parseInt(short ?? unit ?? point ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
