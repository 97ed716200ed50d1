/**
 * Python's string literals: prefixes, escapes, f-strings, implicit concatenation. Formatting by `format` and `%` is in
 * `formats.ts`.
 */

import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { C_ESCAPES, otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import type { Context } from './context.ts';
import { walkExpression } from './expressions.ts';

/** A string, a template when it has interpolations, or unknown when it is bytes. */
export function walkString(node: PlainNode, context: Context): Expr {
  const parts = stringParts(node, context);
  return parts === null ? otherAt(node) : joinParts(parts, spanOfPlain(node));
}

/** `"a" "b"`: one string. */
export function walkConcatenatedString(node: PlainNode, context: Context): Expr {
  const parts: (string | Expr)[] = [];
  let bytes = false;
  for (const child of node.children) {
    const value = child.type === 'string' ? walkString(child, context) : walkExpression(child, context);
    bytes ||= value.kind === 'other';
    parts.push(value);
  }
  return bytes ? otherAt(node) : joinParts(parts, spanOfPlain(node));
}

/** Decodes the escapes of a string that is neither raw nor bytes. An unknown escape stays as written, as in Python. */
export function decodeEscapes(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:(\r\n|[\n\r])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\\'"abfnrtv]))/g,
    (whole, newline?: string, byte?: string, unit?: string, point?: string, octal?: string, single?: string) => {
      if (newline !== undefined) return '';
      if (single !== undefined) return C_ESCAPES[single] ?? single;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const code = Number.parseInt(byte ?? unit ?? point ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The literal's text and interpolations in order; null for bytes. */
function stringParts(node: PlainNode, context: Context): readonly (string | Expr)[] | null {
  const parts: (string | Expr)[] = [];
  let prefix = '';
  for (const child of node.children) {
    if (child.type === 'string_start') prefix = sourceOf(child, context).toLowerCase();
    else if (child.type === 'string_content') parts.push(contentOf(child, prefix, context));
    else if (child.type === 'interpolation') parts.push(walkInterpolation(child, context));
  }
  return prefix.includes('b') ? null : parts;
}

function contentOf(node: PlainNode, prefix: string, context: Context): string {
  const source = sourceOf(node, context);
  const text = prefix.includes('r') ? source : decodeEscapes(source);
  return prefix.includes('f') ? text.replace(/\{\{|\}\}/g, braces => braces.charAt(0)) : text;
}

/** `{x}` and `{x!s}` print the value itself; any other conversion, format or `{x=}` prints something made of it. */
function walkInterpolation(node: PlainNode, context: Context): Expr {
  const inner = childIn(node, 'expression') ?? node.children[0];
  if (inner === undefined) return otherAt(node);
  const value = walkExpression(inner, context);
  let plain = !context.text.slice(inner.end, node.end).trimStart().startsWith('=');
  for (const child of node.children) {
    if (child.type === 'type_conversion') plain &&= sourceOf(child, context) === '!s';
    else if (child.type === 'format_specifier') {
      plain &&= child.end - child.start <= 1;
      for (const nested of child.children) walkExpression(nested, context);
    }
  }
  return plain ? value : otherAt(node);
}
