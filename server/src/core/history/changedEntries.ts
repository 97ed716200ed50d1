/**
 * What two versions of a JSON flag file do not have in common, as two small files: reading a long history means decoding
 * thousands of versions, of which each changed a flag or two. Entries that both versions hold alike are left out, everything
 * else stays, so that any decoder reads the rest as it would read the whole. Which versions there are is git's business.
 */
import type { JsonValue } from '../model.ts';
import { nestsTooDeeply } from '../nestingDepth.ts';

/** Two versions, and what is left of them; `null` for a side of which no flag is left. */
export interface ChangedEntries {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Leaves out the entries at `place` that both versions hold alike. Null where that can't be done: there are no such entries, two of
 * them have one name, or the versions differ elsewhere, which may mean something for all flags.
 */
export function changedEntries(before: JsonValue, after: JsonValue, place: readonly string[]): ChangedEntries | null {
  const pair = withoutEqual(before, after, place);
  return pair === null ? null : { before: textOf(pair.before, place), after: textOf(pair.after, place) };
}

/**
 * Where a file keeps its flags: names of maps from the root down to a map whose names are flags, or to a list whose items have the
 * names of flags. Null where there is no such place, or more than one.
 */
export function placeOfFlags(value: JsonValue, isFlag: (key: string) => boolean, depth = 0): readonly string[] | null {
  if (holdsFlags(value, isFlag)) return [];
  if (depth === DEEPEST || !isMap(value)) return null;
  let found: readonly string[] | null = null;
  for (const [name, child] of Object.entries(value)) {
    const place = placeOfFlags(child, isFlag, depth + 1);
    if (place === null) continue;
    if (found !== null) return null;
    found = [name, ...place];
  }
  return found;
}

/** The value of a strict JSON text; undefined for any other, and for one that nests deeper than any flag file. */
export function jsonOf(text: string): JsonValue | undefined {
  if (nestsTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

type JsonMap = { readonly [name: string]: JsonValue };

/** Deeper than any format keeps its flags. */
const DEEPEST = 4;

/** Whether at least half of the entries have names of flags. */
function holdsFlags(value: JsonValue, isFlag: (key: string) => boolean): boolean {
  const names = isMap(value) ? Object.keys(value) : Array.isArray(value) ? value.map(nameOf) : [];
  const known = names.filter(name => name !== null && isFlag(name));
  return names.length > 0 && known.length * 2 >= names.length;
}

function nameOf(item: JsonValue): string | null {
  if (!isMap(item)) return null;
  const name = item.key ?? item.name ?? item.id;
  return typeof name === 'string' ? name : null;
}

function withoutEqual(
  before: JsonValue,
  after: JsonValue,
  place: readonly string[],
): { readonly before: JsonValue; readonly after: JsonValue } | null {
  const [name, ...rest] = place;
  if (name === undefined) return differingEntries(before, after);
  if (!isMap(before) || !isMap(after)) return null;
  const [inBefore, inAfter] = [before[name], after[name]];
  if (inBefore === undefined || inAfter === undefined) return null;
  const isSame = (other: string): boolean => other === name || equal(before[other], after[other]);
  if (!Object.keys({ ...before, ...after }).every(isSame)) return null;
  const inside = withoutEqual(inBefore, inAfter, rest);
  if (inside === null) return null;
  return { before: { ...before, [name]: inside.before }, after: { ...after, [name]: inside.after } };
}

function differingEntries(
  before: JsonValue,
  after: JsonValue,
): { readonly before: JsonValue; readonly after: JsonValue } | null {
  if (isMap(before) && isMap(after)) {
    const differs = ([name]: readonly [string, JsonValue]): boolean => !equal(before[name], after[name]);
    // `$evaluators`, `$schema`: not a flag, but what flags may refer to.
    if (Object.entries({ ...before, ...after }).some(entry => entry[0].startsWith('$') && differs(entry))) return null;
    return {
      before: Object.fromEntries(Object.entries(before).filter(differs)),
      after: Object.fromEntries(Object.entries(after).filter(differs)),
    };
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return null;
  const [one, other] = [byName(before), byName(after)];
  if (one === null || other === null) return null;
  const differs = (item: JsonValue): boolean => !equal(one.get(nameOf(item)!), other.get(nameOf(item)!));
  return { before: before.filter(differs), after: after.filter(differs) };
}

/** Null where a name stands twice, or an item has none. */
function byName(items: readonly JsonValue[]): ReadonlyMap<string, JsonValue> | null {
  const named = new Map<string, JsonValue>();
  for (const item of items) {
    const name = nameOf(item);
    if (name === null || named.has(name)) return null;
    named.set(name, item);
  }
  return named;
}

/** The text of a version; null when no entry is left in it. */
function textOf(value: JsonValue, place: readonly string[]): string | null {
  let entries: JsonValue | undefined = value;
  for (const name of place) entries = (entries as JsonMap)[name];
  const isEmpty = Array.isArray(entries) ? entries.length === 0 : Object.keys(entries as JsonMap).length === 0;
  return isEmpty ? null : JSON.stringify(value);
}

function isMap(value: JsonValue | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal as JSON, the order of names included: what tools write keeps it, and a difference only costs time. */
function equal(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}
