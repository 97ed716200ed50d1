/** Ruby's strings, symbols and what is made of them: escapes, interpolation, formats. */

import type { Span } from '../../text.ts';
import type { Argument, Expr } from '../facts.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import type { Context } from './context.ts';
import { walkNode } from './statements.ts';

/** A string, a quoted symbol or an item of `%w[]`: text, or a template when it has interpolations. */
export function walkString(node: PlainNode, context: Context): Expr {
  const source = context.text.slice(node.start, node.start + 2);
  const isRaw = node.type === 'bare_string' || node.type === 'bare_symbol' || /^(?:'|%q|%s|:')/.test(source);
  const parts: (string | Expr)[] = [];
  for (const child of node.children) {
    if (child.type === 'interpolation') parts.push(walkInterpolation(child, context));
    else {
      const text = sourceOf(child, context);
      parts.push(isRaw ? text.replace(/\\([\\'])/g, '$1') : decodeEscapes(text));
    }
  }
  return joinParts(parts, spanOfPlain(node));
}

/** `"a" "b"`: one string. */
export function walkChainedString(node: PlainNode, context: Context): Expr {
  return joinParts(
    node.children.map(child => walkString(child, context)),
    spanOfPlain(node),
  );
}

/** `:name`, or `name:` before a value: a key is asked for by either as by the string. */
export function symbolAt(node: PlainNode, context: Context): Expr {
  const source = sourceOf(node, context);
  return { kind: 'string', value: source.startsWith(':') ? source.slice(1) : source, span: spanOfPlain(node) };
}

/** The template of `format(…)` and `'…' % …` with a constant format: `%s`, `%d` and `%{name}` print the value itself. */
export function formatWithPercent(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  const unknown: Expr = { kind: 'other', span };
  let at = 0;
  let next = 0;
  for (const verb of format.matchAll(/%(?:%|\{(\w+)\}|<(\w+)>([a-z])|([-+0 #]*(?:[1-9]\d*)?(?:\.\d+)?)([a-zA-Z]))/g)) {
    parts.push(format.slice(at, verb.index));
    at = verb.index + verb[0].length;
    const [whole, inBraces, inAngles, angleVerb, flags, letter] = verb;
    if (whole === '%%') parts.push('%');
    else if (inBraces !== undefined || inAngles !== undefined) {
      const plain = inBraces !== undefined || angleVerb === 's' || angleVerb === 'd';
      const value = args.find(argument => argument.name === (inBraces ?? inAngles))?.value;
      parts.push(plain && value !== undefined ? value : unknown);
    } else {
      const argument = args.some(({ spread }) => spread) ? undefined : args[next++];
      const plain = flags === '' && (letter === 's' || letter === 'd');
      parts.push(plain && argument !== undefined && argument.name === null ? argument.value : unknown);
    }
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

/** The value of an interpolation; of several statements, the last one's. */
function walkInterpolation(node: PlainNode, context: Context): Expr {
  let value: Expr = otherAt(node);
  for (const child of node.children) value = walkNode(child, context);
  return value;
}

function decodeEscapes(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:(\r?\n)|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (_, newline?: string, point?: string, unit?: string, byte?: string, octal?: string, single = '') => {
      if (newline !== undefined) return '';
      const code = octal === undefined ? Number.parseInt(point ?? unit ?? byte ?? '', 16) : Number.parseInt(octal, 8);
      if (Number.isNaN(code)) return SINGLE_ESCAPES[single] ?? single;
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};
