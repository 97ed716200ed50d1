/** Kotlin's strings: their values, and templates with their parts. */
import type { ClassContext } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import type { PlainNode } from '../plainTree.ts';
import { spanOfPlain } from '../plainTree.ts';
import { joinParts } from '../templates.ts';

/**
 * A string literal. The grammar takes `$name` for text when it stands in the middle, so the source is read anew; what stands
 * in `${…}` is walked by the caller.
 */
export function walkString(node: PlainNode, context: ClassContext, walkInner: (node: PlainNode) => Expr): Expr {
  const raw = context.text.startsWith('"""', node.start);
  const quote = raw ? 3 : 1;
  const closed =
    node.end - node.start >= 2 * quote && context.text.slice(node.end - quote, node.end) === '"'.repeat(quote);
  const end = closed ? node.end - quote : node.end;
  const parts: (string | Expr)[] = [];
  const walked = new Map(
    node.children.filter(({ type }) => type === 'interpolation').map(child => [child.start, child]),
  );
  let text = '';
  let at = Math.min(node.start + quote, end);
  while (at < end) {
    const code = context.text.charAt(at);
    const interpolation = walked.get(at);
    if (code === '$' && interpolation !== undefined && interpolation.end > at) {
      parts.push(text);
      text = '';
      const inner = interpolation.children.map(walkInner);
      parts.push(inner.length === 1 ? inner[0]! : { kind: 'other', span: spanOfPlain(interpolation) });
      at = interpolation.end;
      continue;
    }
    NAME.lastIndex = at;
    const name = code === '$' ? NAME.exec(context.text)?.[1] : undefined;
    if (name !== undefined && at + 1 + name.length <= end) {
      parts.push(text);
      text = '';
      parts.push({ kind: 'name', name, span: { start: at + 1, end: at + 1 + name.length } });
      at += 1 + name.length;
      continue;
    }
    ESCAPE.lastIndex = at;
    const sequence = code === '\\' && !raw ? ESCAPE.exec(context.text)?.[0] : undefined;
    text += sequence === undefined ? code : unescaped(sequence);
    at += sequence?.length ?? 1;
  }
  return joinParts([...parts, text], spanOfPlain(node));
}

/** The value of one escape sequence, such as `\n` or `\u00e9`. */
export function unescaped(sequence: string): string {
  const unit = /^\\u([0-9a-fA-F]{4})$/.exec(sequence)?.[1];
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  const letter = sequence.slice(1);
  return SINGLE_ESCAPES[letter] ?? letter;
}

const NAME = /\$([\p{L}_][\p{L}\p{Nd}_]*)/uy;
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/sy;
const SINGLE_ESCAPES: Readonly<Record<string, string>> = { b: '\b', n: '\n', r: '\r', t: '\t', 0: '\0' };
