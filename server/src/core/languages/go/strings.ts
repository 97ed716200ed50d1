/** Go's string literals and `fmt.Sprintf` formats. */
import type { Span } from '../../text.ts';
import type { Argument, Expr } from '../facts.ts';
import { C_ESCAPES } from '../shapes.ts';
import { joinParts } from '../templates.ts';

/**
 * The value of a string literal's source, quotes included; an unfinished one is read to its end. Escaped bytes (`\x80`,
 * `\377`) are taken for the characters of that number, which is right for ASCII only.
 */
export function stringValue(source: string): string {
  const quote = source.charAt(0);
  const body = source.slice(1, source.length > 1 && source.endsWith(quote) ? -1 : undefined);
  if (quote === '`') return body.replaceAll('\r', '');
  return body.includes('\\') ? decodeEscapes(body) : body;
}

/**
 * The template that `fmt.Sprintf(format, …)` makes. `%s`, `%v` and `%d` print the argument, `%q` prints it in quotes; any
 * other verb, flag or width makes an unknown part. See the documentation of Go's package fmt, "Printing".
 */
export function formatWithVerbs(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  const unknown: Expr = { kind: 'other', span };
  const valueAt = (position: number): Expr => {
    const arg = args[position];
    return arg === undefined || args.slice(0, position + 1).some(other => other.spread) ? unknown : arg.value;
  };
  let at = 0;
  let next = 0;
  for (const verb of format.matchAll(/%([-+# 0]*)((?:\*|\d+)?(?:\.(?:\*|\d+)?)?)(?:\[(\d+)\])?(.)/gsu)) {
    parts.push(format.slice(at, verb.index));
    at = verb.index + verb[0].length;
    const [, flags = '', width = '', explicit, letter = ''] = verb;
    if (letter === '%') {
      parts.push('%');
      continue;
    }
    next = explicit === undefined ? next + width.split('*').length - 1 : Number(explicit) - 1;
    const value = valueAt(next++);
    if (flags !== '' || width !== '') parts.push(unknown);
    else if (letter === 'q') parts.push('"', value, '"');
    else parts.push(letter === 's' || letter === 'v' || letter === 'd' ? value : unknown);
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

function decodeEscapes(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\\'"abfnrtv]))/g,
    (whole, byte?: string, unit?: string, point?: string, octal?: string, single?: string) => {
      if (single !== undefined) return C_ESCAPES[single] ?? single;
      const code = octal === undefined ? Number.parseInt(byte ?? unit ?? point ?? '', 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
