/** Functions that give back the text that they are given, beside whatever else they do with it: `const NAV = register('new-nav', true)`. */
import type { CallExpr, Expr, FunctionFact } from '../../languages/facts.ts';
import { argumentAt, argumentOfParameter } from './arguments.ts';
import type { Interpreter } from './interpreter.ts';
import { lookUp } from './symbols.ts';
import { UNKNOWN, type Value } from './value.ts';

/** The text that a call gives back; unknown where the function answers anything else. */
export function textGivenBack(
  interpreter: Interpreter,
  { path: own, fn: { returns, parameters } }: { readonly path: string; readonly fn: FunctionFact },
  call: CallExpr,
  path: string,
  steps: number,
): Value {
  const [returned, ...others] = returns;
  const result = returned === undefined || others.length > 0 ? undefined : converted(interpreter, returned, own, 0);
  if (result?.kind !== 'name') return UNKNOWN;
  const parameter = parameters.find(({ name, property, rest }) => name === result.name && property === null && !rest);
  const given = parameter === undefined ? null : argumentAt(call, argumentOfParameter(parameter));
  const value = given === null ? UNKNOWN : interpreter.evaluate(given, path, steps + 1);
  return value.kind === 'text' ? value : UNKNOWN;
}

/** Go: what a text is made a value of another type from, also where a variable holds that: `key := FlagKey(name)`. */
function converted(interpreter: Interpreter, expr: Expr, path: string, depth: number): Expr {
  if (interpreter.files.get(path)?.language !== 'go' || depth > MAX_DEPTH) return expr;
  if (expr.kind === 'call' && !expr.construct && expr.args.length === 1 && expr.callee.kind === 'name') {
    const type = interpreter.evaluate(expr.callee, path, MAX_DEPTH);
    const isType = /^[A-Z]|^string$/.test(expr.callee.name) && (type.kind === 'type' || type.kind === 'unknown');
    return isType ? converted(interpreter, expr.args[0]!.value, path, depth + 1) : expr;
  }
  if (expr.kind !== 'name') return expr;
  const symbols = interpreter.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, expr.name, expr.span.start);
  const [binding, ...more] = found?.kind === 'bindings' ? found.bindings : [];
  const value = more.length === 0 ? binding?.value : null;
  return value?.kind === 'call' ? converted(interpreter, value, path, depth + 1) : expr;
}

const MAX_DEPTH = 3;
