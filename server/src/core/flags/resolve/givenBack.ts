/** Functions that give back the text that they are given, beside whatever else they do with it: `const NAV = register('new-nav', true)`. */
import type { CallExpr, FunctionFact } from '../../languages/facts.ts';
import { argumentAt, argumentOfParameter } from './arguments.ts';
import type { Interpreter } from './interpreter.ts';
import { UNKNOWN, type Value } from './value.ts';

/** The text that a call gives back; unknown where the function answers anything else. */
export function textGivenBack(
  interpreter: Interpreter,
  { returns, parameters }: FunctionFact,
  call: CallExpr,
  path: string,
  steps: number,
): Value {
  const [result, ...others] = returns;
  if (result?.kind !== 'name' || others.length > 0) return UNKNOWN;
  const parameter = parameters.find(({ name, property, rest }) => name === result.name && property === null && !rest);
  const given = parameter === undefined ? null : argumentAt(call, argumentOfParameter(parameter));
  const value = given === null ? UNKNOWN : interpreter.evaluate(given, path, steps + 1);
  return value.kind === 'text' ? value : UNKNOWN;
}
