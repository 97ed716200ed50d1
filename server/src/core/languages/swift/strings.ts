/** Swift's strings: their values, and templates with their parts. */
import type { ClassContext } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { joinParts } from '../templates.ts';

/** A string literal of any kind; what stands in `\(…)` is walked by the caller. */
export function walkString(node: PlainNode, context: ClassContext, walkInner: (node: PlainNode) => Expr): Expr {
  if (node.type === 'raw_string_literal') return walkRaw(node, context, interpolated);
  const parts = node.children.map((child): string | Expr => {
    switch (child.type) {
      case 'interpolated_expression':
        return interpolated(child);
      case 'str_escaped_char':
        return unescaped(sourceOf(child, context));
      default:
        return sourceOf(child, context);
    }
  });
  const span = spanOfPlain(node);
  return joinParts(node.type === 'multi_line_string_literal' ? dedented(parts, node, context) : parts, span);

  function interpolated(interpolation: PlainNode): Expr {
    const values = interpolation.children.map(walkInner);
    return values.length === 1 ? values[0]! : { kind: 'other', span: spanOfPlain(interpolation) };
  }
}

/** `#"…"#`: what stands between its holes is text as it is. */
function walkRaw(node: PlainNode, context: ClassContext, interpolated: (node: PlainNode) => Expr): Expr {
  const source = sourceOf(node, context);
  const opening = /^\s*#+"{1,3}/.exec(source)?.[0].length ?? 0;
  const closing = /"{1,3}#+\s*$/.exec(source.slice(opening))?.[0].length ?? 0;
  const end = node.end - closing;
  const parts: (string | Expr)[] = [];
  let at = node.start + opening;
  for (const hole of node.children) {
    if (hole.type !== 'raw_str_interpolation' || hole.start < at || hole.end > end) continue;
    parts.push(context.text.slice(at, hole.start));
    parts.push(interpolated(hole.children.find(({ type }) => type === 'interpolated_expression') ?? hole));
    at = hole.end;
  }
  return joinParts([...parts, context.text.slice(at, Math.max(at, end))], spanOfPlain(node));
}

/** The indentation of the closing quotes, and the line ends at both quotes, are no part of a text of several lines. */
function dedented(
  parts: readonly (string | Expr)[],
  node: PlainNode,
  context: ClassContext,
): readonly (string | Expr)[] {
  const indentation = /\n([ \t]*)"""$/.exec(sourceOf(node, context))?.[1] ?? '';
  const last = parts.length - 1;
  return parts.map((part, index) => {
    if (typeof part !== 'string') return part;
    const lines = part.replaceAll(`\n${indentation}`, '\n');
    const begun = index === 0 ? lines.replace(/^\r?\n/, '') : lines;
    return index === last ? begun.replace(/\r?\n[ \t]*$/, '') : begun;
  });
}

function unescaped(source: string): string {
  const scalar = /^\\u\{([0-9a-fA-F]{1,8})\}$/.exec(source)?.[1];
  const code = scalar === undefined ? Number.NaN : Number.parseInt(scalar, 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  const letter = source.slice(1);
  return ESCAPES[letter] ?? letter;
}

const ESCAPES: Readonly<Record<string, string>> = { 0: '\0', n: '\n', r: '\r', t: '\t' };
