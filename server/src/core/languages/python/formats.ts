/**
 * Python's `'…{}…'.format(x)` and `'…%s…' % x` with a constant format, as templates. A part that is printed in any other way
 * than as the value itself (`!r`, `%5d`, `{x.name}`) is an unknown part: the literal text before it still stands.
 */
import type { Span } from '../../text.ts';
import type { Argument, Expr } from '../facts.ts';
import { joinParts } from '../templates.ts';

/** The template of `format.format(args)`. See "Format String Syntax" in Python's library reference. */
export function formatWithBraces(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  let at = 0;
  let automatic = 0;
  for (const match of format.matchAll(/\{\{|\}\}|\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g)) {
    parts.push(format.slice(at, match.index));
    at = match.index + match[0].length;
    const field = match[1];
    if (field === undefined) {
      parts.push(match[0].charAt(0));
      continue;
    }
    const [, name = '', rest = ''] = /^([^.[!:]*)(.*)$/s.exec(field) ?? [];
    const value = name === '' ? positional(args, automatic++) : argumentNamed(args, name);
    parts.push(value !== null && (rest === '' || rest === '!s' || rest === ':') ? value : { kind: 'other', span });
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

/** The template of `format % values`, where `values` is one value, or the items of a tuple. */
export function formatWithPercent(format: string, values: Expr | readonly Expr[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  const verbs = [
    ...format.matchAll(/%(?:\(([^()]*)\))?([#0\- +]*(?:[1-9]\d*|\*)?(?:\.(?:\d+|\*))?[hlL]?)([a-zA-Z%])/g),
  ];
  const unnamed = verbs.filter(verb => verb[3] !== '%' && verb[1] === undefined).length;
  let at = 0;
  let next = 0;
  for (const verb of verbs) {
    parts.push(format.slice(at, verb.index));
    at = verb.index + verb[0].length;
    const [, name, flags = '', conversion = ''] = verb;
    if (conversion === '%') {
      parts.push('%');
      continue;
    }
    const value = name === undefined ? valueAt(values, next++, unnamed) : entryNamed(values, name);
    parts.push(value !== null && flags === '' && 'sdiu'.includes(conversion) ? value : { kind: 'other', span });
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

function argumentNamed(args: readonly Argument[], name: string): Expr | null {
  if (/^\d+$/.test(name)) return positional(args, Number(name));
  return args.find(arg => arg.name === name)?.value ?? null;
}

function positional(args: readonly Argument[], position: number): Expr | null {
  const before = args.slice(0, position + 1);
  const arg = before[position];
  return arg === undefined || arg.name !== null || before.some(other => other.spread) ? null : arg.value;
}

/** A single value that is no tuple fits a format with one verb; with more verbs it must be a tuple by another name. */
function valueAt(values: Expr | readonly Expr[], position: number, verbs: number): Expr | null {
  if ('kind' in values) return verbs === 1 ? values : null;
  return values[position] ?? null;
}

function entryNamed(values: Expr | readonly Expr[], name: string): Expr | null {
  if (!('kind' in values) || values.kind !== 'object') return null;
  return values.entries.find(entry => entry.key === name)?.value ?? null;
}
