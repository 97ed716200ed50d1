/** Texts that are put together of others. */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { asKey, UNKNOWN, type Value } from './value.ts';

/** A text with values in it; a prefix where a part is not known. */
export function templateText(
  interpreter: Interpreter,
  parts: readonly (string | Expr)[],
  path: string,
  expr: Expr,
  steps: number,
): Value {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = asKey(interpreter.evaluate(part, path, steps));
    if (value.kind === 'text') text += value.text;
    else if (value.kind === 'literal') text += String(value.value);
    else {
      const more = value.kind === 'prefix' ? value.prefix : '';
      return text + more === '' ? UNKNOWN : { kind: 'prefix', prefix: text + more, via: ['template'] };
    }
  }
  return { kind: 'text', text, place: { path, span: expr.span }, via: ['template'] };
}

/** `a.concat(b)` of a text; null for any other call. */
export function concatenated(
  interpreter: Interpreter,
  { callee, args, span }: CallExpr,
  path: string,
  steps: number,
): Value | null {
  if (callee.kind !== 'member' || callee.property !== 'concat' || args.length === 0) return null;
  const { kind } = asKey(interpreter.evaluate(callee.object, path, steps));
  if (kind !== 'text' && kind !== 'prefix') return null;
  const parts = [callee.object, ...args.map(argument => argument.value)];
  return templateText(interpreter, parts, path, { kind: 'template', parts, span }, steps);
}
