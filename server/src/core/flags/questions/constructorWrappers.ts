/**
 * Wrappers that Python, Ruby and PHP make of classes which are constructed with a key. Where whoever is handed the object asks it by a
 * protocol (a decorator's or dependency's `__call__`, a route constraint's `matches?`, a middleware's `handle`), constructing it is the
 * check; where it is asked by a method of its own, it is a flag object and that call is. Languages whose values carry types are
 * `objectWrappers.ts`' business.
 */
import { type CallExpr, isNominal, isScript } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import { argumentOfParameter } from '../resolve/arguments.ts';
import { isMaker } from '../resolve/members.ts';
import { enclosingFunctions } from '../resolve/symbols.ts';
import type { Value } from '../resolve/value.ts';
import type { LinkState, Match, Wrapper } from './linkState.ts';

/** The wrapper that a check makes of the class around it, whose constructor was given the key. */
export function constructorWrappers(
  state: LinkState,
  match: Match,
  key: Value,
  fallback: JsonValue | undefined,
): readonly Wrapper[] {
  const { keyExpr, path } = match;
  const facts = state.files.get(path)!;
  if (keyExpr === null || match.role !== 'check' || key.kind !== 'parameter' || !isMaker(key.fn)) return [];
  if (isNominal(facts.language) || isScript(facts.language)) return [];
  const method = enclosingFunctions(facts, match.nameSpan.start).find(fn => fn.owner !== null);
  if (method?.owner !== key.fn.owner || isMaker(method) || key.path !== path || method.name === null) return [];
  const { type, confidence } = match;
  const common = { path, fallback: null, constantFallback: fallback, type, confidence, prefix: null };
  if (PROTOCOLS.has(method.name))
    return [{ ...common, fn: key.fn, key: argumentOfParameter(key.parameter), made: true }];
  if (keyExpr.kind !== 'member' || keyExpr.object.kind !== 'name' || !SELF.has(keyExpr.object.name)) return [];
  const through = [{ property: keyExpr.property, call: false }];
  return [{ ...common, fn: method, key: { position: 0, receiver: true }, through }];
}

/** Whether a call constructs what a wrapper of this kind is about. */
export function constructs(state: LinkState, path: string, call: CallExpr, wrapper: Wrapper): boolean {
  const callee = state.evaluator.evaluate(call.callee, path);
  return callee.kind === 'type' && callee.path === wrapper.path && callee.type.name === wrapper.fn.owner;
}

const SELF: ReadonlySet<string> = new Set(['self', 'this', '$this']);
/** Methods that a language or a framework calls on what it is handed. */
const PROTOCOLS: ReadonlySet<string> = new Set([
  ...['__call__', '__enter__', '__aenter__', '__bool__', 'dispatch', 'has_permission', 'process_view', 'test_func'],
  ...['call', 'matches?', '==='],
  ...['__invoke', 'authorize', 'handle', 'passes', 'validate', 'vote'],
]);
