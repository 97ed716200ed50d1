/**
 * Strings that are put together: concatenations, interpolations and format calls all become the same kind of expression.
 * What a language's formats look like is the language folder's business.
 */
import type { Span } from '../text.ts';
import type { Expr } from './facts.ts';

/** The parts joined: templates inside are flattened, neighbouring text is merged, and what is text alone is a string. */
export function joinParts(parts: readonly (string | Expr)[], span: Span): Expr {
  const joined: (string | Expr)[] = [];
  for (const part of parts) addPart(joined, part);
  if (joined.length === 0) return { kind: 'string', value: '', span };
  const only = joined.length === 1 ? joined[0] : undefined;
  if (typeof only === 'string') return { kind: 'string', value: only, span };
  return { kind: 'template', parts: joined, span };
}

/** `left + right`: text if one of them may be text. Sums of numbers, of lists and of unknowns stay unknown. */
export function concatenate(left: Expr, right: Expr, span: Span): Expr {
  const unknown = left.kind === 'other' && right.kind === 'other';
  if (unknown || !mayBeText(left) || !mayBeText(right)) return { kind: 'other', span };
  return joinParts([left, right], span);
}

function addPart(joined: (string | Expr)[], part: string | Expr): void {
  if (typeof part !== 'string' && part.kind === 'template') {
    for (const inner of part.parts) addPart(joined, inner);
    return;
  }
  const text = typeof part === 'string' ? part : part.kind === 'string' ? part.value : null;
  if (text === null) {
    joined.push(part);
    return;
  }
  if (text === '') return;
  const last = joined.at(-1);
  if (typeof last === 'string') joined[joined.length - 1] = last + text;
  else joined.push(text);
}

function mayBeText(expr: Expr): boolean {
  return expr.kind !== 'literal' && expr.kind !== 'array' && expr.kind !== 'object' && expr.kind !== 'function';
}
