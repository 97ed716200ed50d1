/** C++'s strings, and what makes strings of others. */

import type { Span } from '../../text.ts';
import type { ClassContext } from '../classContext.ts';
import type { Argument, Expr } from '../facts.ts';
import type { PlainNode } from '../plainTree.ts';
import { sourceOf } from '../plainTree.ts';
import { C_ESCAPES } from '../shapes.ts';
import { joinParts } from '../templates.ts';

/** The text of a literal: plain, raw or several side by side; null where a macro stands among them. */
export function textOf(node: PlainNode, context: ClassContext): string | null {
  switch (node.type) {
    case 'string_literal':
      return node.children
        .map(part => (part.type === 'escape_sequence' ? unescaped(sourceOf(part, context)) : sourceOf(part, context)))
        .join('');
    case 'raw_string_literal': {
      const content = node.children.find(child => child.type === 'raw_string_content');
      return content === undefined ? '' : sourceOf(content, context);
    }
    case 'user_defined_literal':
      return node.children[0] === undefined ? null : textOf(node.children[0], context);
    default:
      return null;
  }
}

/** The text that a `#define` is for, if that is one string. */
export function definedText(source: string): string | null {
  const inner = /^\s{0,99}\(?\s{0,99}(?:L|u8|u|U|TEXT\(|_T\()?"((?:[^"\\\n]|\\.)*)"\s{0,99}\)?\s{0,99}$/.exec(
    source.slice(0, LONGEST_DEFINED),
  )?.[1];
  return inner === undefined ? null : inner.replace(/\\(?:[0-7]{1,3}|x[0-9a-fA-F]+|u[0-9a-fA-F]{4}|.)/g, unescaped);
}

const LONGEST_DEFINED = 1000;

/** What a call of the standard library's and its like makes of its arguments; null where it makes no string. */
export function madeString(name: string, args: readonly Argument[], span: Span): Expr | null {
  const [first, ...rest] = args.map(argument => argument.value);
  if (first === undefined) return null;
  if (SAME.has(name)) return rest.length === 0 ? first : null;
  if (JOINS.has(name)) {
    const parts = first.kind === 'array' && rest.length === 0 ? first.items : [first, ...rest];
    return joinParts(parts, span);
  }
  if (FORMATS.has(name) && first.kind === 'string') return formatted(first.value, /\{[^{}]*\}/g, rest, span);
  if (PRINTS.has(name) && first.kind === 'string') return formatted(first.value, /%[-+ #0-9.]*[a-z]+/g, rest, span);
  return null;
}

/** Whether a type of this name holds a text, so that an object made of one is that. */
export function isTextType(type: Expr | null): boolean {
  const name = type?.kind === 'name' ? type.name : type?.kind === 'member' ? type.property : '';
  return SAME.has(name);
}

function formatted(format: string, holes: RegExp, values: readonly Expr[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  let last = 0;
  let next = 0;
  for (const hole of format.matchAll(holes)) {
    parts.push(format.slice(last, hole.index), values[next++] ?? { kind: 'other', span });
    last = hole.index + hole[0].length;
  }
  return joinParts([...parts, format.slice(last)], span);
}

function unescaped(sequence: string): string {
  const hex = /^\\(?:x|u|U)([0-9a-fA-F]+)$/.exec(sequence)?.[1];
  if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
  if (/^\\[0-7]+$/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence.slice(1), 8));
  const letter = sequence.slice(1);
  return C_ESCAPES[letter] ?? letter;
}

/** Types and macros whose only argument is the text they hold, and what only hands its argument on. */
const SAME: ReadonlySet<string> = new Set([
  'FName',
  'FString',
  'L',
  'QByteArray',
  'QLatin1String',
  'QLatin1StringView',
  'QString',
  'QStringLiteral',
  'StringPiece',
  'StringRef',
  'StringView',
  'TEXT',
  '_T',
  'as_const',
  'cref',
  'forward',
  'move',
  'ref',
  'string',
  'string_view',
  'u16string',
  'wstring',
  'wstring_view',
]);
const JOINS: ReadonlySet<string> = new Set(['StrCat']);
const FORMATS: ReadonlySet<string> = new Set(['format']);
const PRINTS: ReadonlySet<string> = new Set(['Printf', 'StrFormat', 'StringPrintf', 'asprintf']);
