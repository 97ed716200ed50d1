/** What makes a wrapper of a function: a check in it whose key is its parameter, as it stands, in a template or in a table. */
import type { Expr, FunctionFact } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import { switchesFlag } from '../names/changingVerbs.ts';
import { wordsOf } from '../names/flagWords.ts';
import { argumentOfFunction, argumentOfParameter } from '../resolve/arguments.ts';
import { isMaker } from '../resolve/members.ts';
import type { Value } from '../resolve/value.ts';
import type { ArgumentAt } from '../sdk.ts';
import { listParameter } from './keyRange.ts';
import { tableOf } from './keyTables.ts';
import type { LinkState, Match, Wrapper } from './linkState.ts';

/** The wrapper that a check makes of the function around it, when its key is that function's parameter. */
export function wrapperFrom(
  state: LinkState,
  match: Match,
  key: Value,
  fallback: JsonValue | undefined,
): Wrapper | null {
  if (match.keyExpr === null || match.role !== 'check') return null;
  const keyPath = match.keyPath ?? match.path;
  const looked = key.kind === 'unknown' ? parameterOfTable(state, match.keyExpr, keyPath) : null;
  const listed = key.kind === 'text' ? null : listParameter(state, match.keyExpr, keyPath);
  const parameter =
    listed !== null
      ? { value: listed, prefix: null }
      : key.kind === 'parameter'
        ? { value: key, prefix: null }
        : (looked ?? parameterInTemplate(state, match.keyExpr, keyPath));
  if (parameter === null || parameter.value.fn.name === null || isMaker(parameter.value.fn)) return null;
  if (switchesAfterwards(state, parameter.value)) return null;
  return {
    path: parameter.value.path,
    fn: parameter.value.fn,
    key: {
      ...argumentOfFunction(parameter.value.path, parameter.value.parameter),
      ...(match.unlisted === undefined ? {} : { several: match.unlisted }),
      ...(listed === null ? {} : { several: listed.parameter.rest === true ? ('rest' as const) : ('items' as const) }),
    },
    fallback:
      match.fallbackExpr === null ? null : fallbackArgument(state, match.fallbackExpr, match.path, parameter.value.fn),
    constantFallback: fallback,
    type: match.type,
    confidence: match.confidence,
    prefix: parameter.prefix,
    ...(looked === null ? {} : { table: looked.table }),
  };
}

/** `def enable_actor(flag)` that asks whether the flag is on, and else hands it to what enables it: no question. */
function switchesAfterwards({ indexes }: LinkState, { path, fn, parameter }: Value & { kind: 'parameter' }): boolean {
  const [verb = ''] = wordsOf(fn.name!);
  if (!switchesFlag(verb)) return false;
  return [...indexes.get(path)!.calls].some(
    ([name, calls]) =>
      wordsOf(name)[0] === verb &&
      calls.some(
        ({ span, args }) =>
          span.start > fn.span.start &&
          span.end <= fn.span.end &&
          args.some(({ value }) => value.kind === 'name' && value.name === parameter.name),
      ),
  );
}

/** `KEYS[name]` with `name` a parameter: callers' keys stand in a constant table. */
function parameterOfTable(state: LinkState, expr: Expr, path: string) {
  if (expr.kind !== 'index') return null;
  const value = state.evaluator.evaluate(expr.index, path);
  const table = value.kind === 'parameter' ? namesTo(expr.object) : null;
  if (value.kind !== 'parameter' || table === null || tableOf(state, table, path) === null) return null;
  return { value, prefix: null, table };
}

function namesTo(expr: Expr): readonly string[] | null {
  if (expr.kind === 'name') return [expr.name];
  const names = expr.kind === 'member' ? namesTo(expr.object) : null;
  return names === null || expr.kind !== 'member' ? null : [...names, expr.property];
}

/** `` `team-${name}` `` with `name` a parameter: callers' keys start with the prefix. */
function parameterInTemplate(state: LinkState, expr: Expr, path: string) {
  if (expr.kind !== 'template' || expr.parts.length !== 2) return null;
  const [prefix, hole] = expr.parts;
  if (typeof prefix !== 'string' || hole === undefined || typeof hole === 'string') return null;
  const value = state.evaluator.evaluate(hole, path);
  return value.kind === 'parameter' ? { value, prefix } : null;
}

function fallbackArgument(state: LinkState, expr: Expr, path: string, fn: FunctionFact): ArgumentAt | null {
  const value = state.evaluator.evaluate(expr, path);
  return value.kind === 'parameter' && value.fn === fn ? argumentOfParameter(value.parameter) : null;
}
