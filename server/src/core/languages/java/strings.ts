/** Java's string literals, text blocks and formats. */
import type { Span } from '../../text.ts';
import type { Argument, Expr } from '../facts.ts';
import { joinParts } from '../templates.ts';

/** The value of a string literal's or text block's source, quotes included; an unfinished one is read to its end. */
export function stringValue(source: string): string {
  if (source.startsWith('"""')) return textBlockValue(source);
  return decodeEscapes(source.slice(1, source.length > 1 && source.endsWith('"') ? -1 : undefined));
}

/**
 * The template that `String.format(format, …)` makes. `%s` and `%d` print the argument, `%n` a line end; any other verb, flag
 * or width makes an unknown part. See the documentation of `java.util.Formatter`.
 */
export function formatWithVerbs(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  const unknown: Expr = { kind: 'other', span };
  let at = 0;
  let next = 0;
  for (const verb of format.matchAll(/%(?:(\d+)\$)?([-#+ 0,(<]*(?:[1-9]\d*)?(?:\.\d+)?)([a-zA-Z%])/g)) {
    parts.push(format.slice(at, verb.index));
    at = verb.index + verb[0].length;
    const [, explicit, flags = '', letter = ''] = verb;
    if (letter === '%' || letter === 'n') {
      parts.push(letter === '%' ? '%' : '\n');
      continue;
    }
    const position = explicit === undefined ? next++ : Number(explicit) - 1;
    const value = args.some(arg => arg.spread) ? undefined : args[position]?.value;
    parts.push(value !== undefined && flags === '' && (letter === 's' || letter === 'd') ? value : unknown);
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

/** JLS 3.10.6: the indentation that all lines share and the spaces at their ends are no part of the text. */
function textBlockValue(source: string): string {
  const closed = source.length >= 6 && source.endsWith('"""');
  const content = source.slice(3, closed ? -3 : undefined).replace(/^[ \t\f]*\r?\n?/, '');
  const lines = content.split(/\r\n|\r|\n/);
  const last = lines.length - 1;
  const counted = lines.filter((line, index) => line.trim() !== '' || (closed && index === last));
  const indentation = Math.min(...counted.map(line => /^[ \t\f]*/.exec(line)![0].length));
  return decodeEscapes(lines.map(line => line.slice(indentation).replace(/(?<![ \t\f])[ \t\f]+$/, '')).join('\n'));
}

function decodeEscapes(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|(\r?\n)|([\\'"bfnrst]))/g,
    (_, unit?: string, octal?: string, newline?: string, single?: string) => {
      if (newline !== undefined) return '';
      if (single !== undefined) return SINGLE_ESCAPES[single] ?? single;
      return String.fromCharCode(octal === undefined ? Number.parseInt(unit ?? '', 16) : Number.parseInt(octal, 8));
    },
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', s: ' ', t: '\t' };
