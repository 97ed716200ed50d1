/**
 * Keys of flags that are named by a class (`Feature::active(NewApi::class)`): what the class says its own key is, in a field or an
 * attribute, as the SDK's data tells. A class that says nothing is called by its full name, which is what evaluating it gives.
 */
import type { Expr } from '../../languages/facts.ts';
import { asKey, type Value, withVia } from '../resolve/value.ts';
import type { FlagSdk } from '../sdk.ts';
import type { LinkState } from './linkState.ts';

export type KeyedClasses = NonNullable<FlagSdk['keyedClasses']>;

/** What the SDKs' data says of it, by their ids. */
export function arrangeKeyedClasses(sdks: readonly FlagSdk[]): ReadonlyMap<string, KeyedClasses> {
  return new Map(sdks.flatMap(({ id, keyedClasses }) => (keyedClasses === undefined ? [] : [[id, keyedClasses]])));
}

/** The key that a class says it has, where a key is written as a class of the repository; else null. */
export function classKey(state: LinkState, keyExpr: Expr, path: string, system: string): Value | null {
  const known = state.keyedClasses.get(system);
  if (known === undefined || keyExpr.kind !== 'member' || keyExpr.property !== 'class') return null;
  const type = state.evaluator.evaluate(keyExpr.object, path);
  if (type.kind !== 'type') return null;
  const field = asKey(state.evaluator.member(type, known.field));
  if (field.kind === 'text') return withVia({ ...field, via: [] }, 'constant');
  const facts = state.files.get(type.path);
  const attribute = facts?.decorators.find(
    ({ callee, span }) =>
      callee.kind === 'name' &&
      callee.name.slice(callee.name.lastIndexOf('\\') + 1) === known.attribute &&
      span.start >= type.type.span.start &&
      span.end <= type.type.nameSpan.start,
  );
  const given = attribute?.args[0]?.value;
  const named = given === undefined ? null : asKey(state.evaluator.evaluate(given, type.path));
  return named?.kind === 'text' ? withVia({ ...named, via: [] }, 'constant') : null;
}
