/** PHP's strings: quotes, interpolation, heredocs, `sprintf`. */
import type { Span } from '../../text.ts';
import type { Argument, Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { joinParts } from '../templates.ts';
import type { Context } from './context.ts';
import { walkExpression } from './expressions.ts';

/** A string in any quotes: text, or a template when it has interpolations. */
export function walkString(node: PlainNode, context: Context): Expr {
  const parts: (string | Expr)[] = [];
  for (const child of node.children) {
    const text = sourceOf(child, context);
    if (child.type === 'string_content' || child.type === 'escape_sequence') {
      parts.push(node.type === 'string' ? text.replace(/\\([\\'])/g, '$1') : decodeEscapes(text));
    } else if (child.type === 'nowdoc_string') parts.push(text);
    else parts.push(walkExpression(child, context));
  }
  return joinParts(parts, spanOfPlain(node));
}

/** `<<<EOT` and `<<<'EOT'`. The end's indentation is taken off the only line, as far as a key needs it. */
export function walkHeredoc(node: PlainNode, context: Context): Expr {
  const body = childIn(node, 'value');
  const span = spanOfPlain(node);
  if (body === undefined) return { kind: 'string', value: '', span };
  const value = walkString(body, context);
  return value.kind === 'string' ? { ...value, value: value.value.trim(), span } : { ...value, span };
}

/** The template that `sprintf(format, …)` makes: `%s` and `%d` print the argument, anything else an unknown part. */
export function formatWithVerbs(format: string, args: readonly Argument[], span: Span): Expr {
  const parts: (string | Expr)[] = [];
  const unknown: Expr = { kind: 'other', span };
  let at = 0;
  let next = 0;
  for (const verb of format.matchAll(/%(?:(\d+)\$)?([-+ 0]*(?:'.\d*|[1-9]\d*)?(?:\.\d+)?)([a-zA-Z%])/g)) {
    parts.push(format.slice(at, verb.index));
    at = verb.index + verb[0].length;
    const [, explicit, flags, letter] = verb;
    if (letter === '%') {
      parts.push('%');
      continue;
    }
    const argument = args[explicit === undefined ? next++ : Number(explicit) - 1];
    const plain = flags === '' && (letter === 's' || letter === 'd') && !args.some(({ spread }) => spread);
    parts.push(plain && argument !== undefined && argument.name === null ? argument.value : unknown);
  }
  parts.push(format.slice(at));
  return joinParts(parts, span);
}

function decodeEscapes(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\\$"efnrtv]))/g,
    (_, point?: string, byte?: string, octal?: string, single?: string) => {
      if (single !== undefined) return SINGLE_ESCAPES[single] ?? single;
      const code = octal === undefined ? Number.parseInt(point ?? byte ?? '', 16) : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

const SINGLE_ESCAPES: Readonly<Record<string, string>> = {
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
