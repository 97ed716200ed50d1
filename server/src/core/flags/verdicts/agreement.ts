/**
 * Whether code and flag agree: the fallback in code against the value everyone is served, and the type code asks for against
 * the flag's own. Only what can be shown is claimed; features decide how loudly to say it.
 */
import type { Check, EnvironmentState, Flag, JsonValue, ValueType } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';
import { allEnvironments, aType, shortStateOf, valueText } from '../rollout/describe.ts';
import { flagsOf, lineOf } from './flagIndex.ts';
import { lifetimeOf } from './lifetimes.ts';

/** A check and a flag that disagree. */
export interface Disagreement {
  readonly kind: 'default-drift' | 'type-mismatch';
  readonly check: Check;
  readonly flag: Flag;
  /** What code says. */
  readonly inCode: string;
  /** What the flag says. */
  readonly inFlag: string;
  /** One sentence with the evidence. */
  readonly message: string;
}

/**
 * The fallback in code would surprise users when the flag system can't be reached: it is not what everyone is served, where one
 * value is served to everyone in every environment; or it is not the off value of a flag that is still for some users only, so
 * that all would get what was meant for them. Kill switches and permissions fall back as they please.
 */
export function defaultDrift(snapshot: Snapshot, check: Check): Disagreement | null {
  if (check.role !== 'check' || check.key === null || check.fallback === undefined) return null;
  const flags = flagsOf(snapshot, check.key).filter(flag => !flag.archived);
  const served = servedToEveryone(flags);
  const flag = flags.find(each => each.environments.length > 0);
  if (served === undefined) return offValueDrift(snapshot, check, check.fallback, flags);
  if (flag === undefined || sameValue(served.value, check.fallback)) return null;
  // A fallback of another type is a type mismatch, and said as one.
  if (typeOf(served.value) !== typeOf(check.fallback)) return null;
  const inCode = valueText(check.fallback);
  const inFlag = valueText(served.value);
  const message =
    `Falls back to ${inCode}, but everyone is served ${inFlag} in ${served.environments}` +
    `${placeWords(snapshot, flag)}: without the flag system users would get ${inCode}.`;
  return { kind: 'default-drift', check, flag, inCode, inFlag, message };
}

function offValueDrift(
  snapshot: Snapshot,
  check: Check,
  fallback: JsonValue,
  flags: readonly Flag[],
): Disagreement | null {
  if (['kill-switch', 'permission'].includes(lifetimeOf(snapshot, flags[0]?.key ?? '').type)) return null;
  const [flag, ...others] = flags;
  const some = flag?.environments.find(state => state.state === 'partial' || state.state === 'targeted');
  if (flag === undefined || others.length > 0 || some === undefined || flag.offValue === undefined) return null;
  if (sameValue(flag.offValue, fallback) || typeOf(flag.offValue) !== typeOf(fallback)) return null;
  const inCode = valueText(fallback);
  const inFlag = valueText(flag.offValue);
  const message =
    `Falls back to ${inCode}, but the flag's off value is ${inFlag}, and it is ${shortStateOf(some)} in ${some.environment}` +
    `${placeWords(snapshot, flag)}: without the flag system everyone would get ${inCode}.`;
  return { kind: 'default-drift', check, flag, inCode, inFlag, message };
}

/** Code asks for another type than any definition of the flag has. */
export function typeMismatch(snapshot: Snapshot, check: Check): Disagreement | null {
  if (check.role !== 'check' || check.key === null || check.type === null) return null;
  const flags = flagsOf(snapshot, check.key);
  const flag = flags[0];
  if (flag === undefined || flags.some(each => each.kind === null || accepts(check, each.kind))) return null;
  const message = `Asks for ${aType(check.type)}, but this flag is ${aType(flag.kind!)}${placeWords(snapshot, flag)}: the fallback is always served.`;
  return { kind: 'type-mismatch', check, flag, inCode: check.type, inFlag: flag.kind ?? '', message };
}

/** Whether two JSON values are equal; the order of an object's keys does not matter. */
export function sameValue(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)!))
  );
}

/** The one value that all environments of all definitions serve to everyone, or undefined. */
function servedToEveryone(
  flags: readonly Flag[],
): { readonly value: JsonValue; readonly environments: string } | undefined {
  const states: readonly EnvironmentState[] = flags.flatMap(flag => flag.environments);
  const first = states[0]?.serves;
  if (first === undefined) return undefined;
  const steady = (state: EnvironmentState) => state.state === 'on' || state.state === 'off';
  if (!states.every(state => steady(state) && state.serves !== undefined && sameValue(state.serves, first))) {
    return undefined;
  }
  const names = [...new Set(states.map(state => state.environment))];
  return { value: first, environments: names.length === 1 ? names[0]! : allEnvironments(names.length) };
}

/** Some calls return more than one type: LaunchDarkly's `jsonVariation` serves any value. */
function accepts(check: Check, kind: ValueType): boolean {
  return check.type === kind || (check.type === 'object' && /json/i.test(check.method));
}

function typeOf(value: JsonValue): string {
  return value === null ? 'null' : Array.isArray(value) ? 'object' : typeof value;
}

function placeWords(snapshot: Snapshot, flag: Flag): string {
  if (flag.declaration === null) return ` (${flag.system})`;
  const line = lineOf(snapshot, flag.declaration.path, flag.declaration.keySpan.start);
  return ` (${flag.declaration.path}:${line})`;
}
