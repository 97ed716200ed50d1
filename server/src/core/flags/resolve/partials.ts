/** Python's `functools.partial` with keywords alone: what it gives is called as the function itself. */
import type { CallExpr } from '../../languages/facts.ts';
import type { Interpreter } from './interpreter.ts';
import { UNKNOWN, type Value } from './value.ts';

/** The function that is applied in part; unknown for any other call. Positions that are given are read as a call (`python/calls.ts`). */
export function partialValue(
  interpreter: Interpreter,
  { from, names }: Value & { kind: 'external' },
  { args }: CallExpr,
  path: string,
  steps: number,
): Value {
  const [fn, ...given] = args;
  if (from !== 'functools' || names.at(-1) !== 'partial' || fn === undefined || fn.name !== null) return UNKNOWN;
  return given.every(({ name }) => name !== null) ? interpreter.evaluate(fn.value, path, steps) : UNKNOWN;
}
