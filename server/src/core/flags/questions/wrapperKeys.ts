/** What a call of a wrapper asks: its keys, taken out of its arguments as the wrapper takes them, and its fallback. */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import { argumentAt } from '../resolve/arguments.ts';
import { asKey } from '../resolve/value.ts';
import { type KeyAt, keysAt, placeOf } from './keys.ts';
import { tableOf } from './keyTables.ts';
import type { KeyStep, LinkState, Match, Wrapper } from './linkState.ts';
import { keyThrough } from './objectWrappers.ts';

/** The checks that a call of a wrapper makes, as certain as it is that this wrapper is called. */
export function matchesOf(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  wrapper: Wrapper,
  confidence: Match['confidence'],
): readonly Match[] {
  const fallbackExpr = wrapper.fallback === null ? null : argumentAt(call, wrapper.fallback);
  const base = {
    path,
    constantFallback: wrapper.constantFallback ?? defaultOf(wrapper),
    system: 'inferred',
    method: name,
    type: wrapper.type,
    via: wrapper.key.receiver === true ? 'flag-object' : 'wrapper',
    confidence,
    role: 'check',
  } as const;
  // Of an extension that asks for what it extends, the key is what it is called on.
  const at = wrapper.key.position < 0 ? { position: 0, receiver: true as const } : wrapper.key;
  const keys =
    wrapper.through === undefined
      ? keysAt(call, path, at, state.evaluator)
      : keyInside(state, path, call, wrapper, wrapper.through);
  return keys
    .map(key => inTable(state, path, wrapper, key))
    .map(key => {
      const placed = placeOf({ nameSpan: call.nameSpan, end: call.span.end }, key, fallbackExpr);
      const { keyExpr } = placed;
      if (wrapper.prefix === null) return { ...base, ...placed };
      return {
        ...base,
        ...placed,
        keyExpr: { kind: 'template', parts: [wrapper.prefix, keyExpr], span: keyExpr.span },
      };
    });
}

/** The key that stands in a wrapper's table under what a call gives; one that the table lacks is not known. */
function inTable(state: LinkState, path: string, { table, path: at }: Wrapper, key: KeyAt): KeyAt {
  if (table === undefined) return key;
  const name = asKey(state.evaluator.evaluate(key.expr, key.path ?? path));
  const held = name.kind === 'text' ? tableOf(state, table, at) : null;
  const entry = name.kind === 'text' ? held?.expr.entries.find(candidate => candidate.key === name.text) : undefined;
  if (held == null || entry === undefined) return { ...key, expr: { kind: 'other', span: key.expr.span } };
  return { ...key, expr: entry.value, path: held.path };
}

/** The key that is taken out of an object that a call is given. */
function keyInside(
  state: LinkState,
  path: string,
  call: CallExpr,
  wrapper: Wrapper,
  steps: readonly KeyStep[],
): readonly KeyAt[] {
  const given = argumentAt(call, wrapper.key);
  const expr = given === null ? null : keyThrough(given, steps);
  return given === null || expr === null || !holdsKey(state, given, expr, path) ? [] : [{ expr }];
}

/** Whether a key can be taken out of an object, or the object is a parameter that is handed on. */
function holdsKey(state: LinkState, given: Expr, keyExpr: Expr, path: string): boolean {
  const { kind } = asKey(state.evaluator.evaluate(keyExpr, path));
  return kind === 'text' || kind === 'prefix' || state.evaluator.evaluate(given, path).kind === 'parameter';
}

/** The default of the wrapper's fallback parameter, for calls that leave it out. */
function defaultOf(wrapper: Wrapper): JsonValue | undefined {
  const parameter = wrapper.fn.parameters.find(candidate => candidate.position === wrapper.fallback?.position);
  const value = parameter?.defaultValue;
  if (value === undefined || value === null) return undefined;
  return value.kind === 'string' || value.kind === 'literal' ? value.value : undefined;
}
