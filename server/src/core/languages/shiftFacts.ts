/**
 * Facts of text that an edit further up moved: the same facts at other places. This runs over everything behind the cursor on
 * every keystroke, so it copies objects whole and then replaces what holds places, which is several times as fast as building
 * them key by key. Which facts move and which are looked at anew is `extract.ts`' business.
 */
import type { Span } from '../text.ts';
import { createSink, type FactList, type FactSink, FILE_SCOPE } from './language.ts';

/** The lists of a sink, by name. */
export const FACT_LISTS = Object.keys(createSink()).filter(key => key !== 'packageName') as FactList[];

/** The facts moved by so many UTF-16 units. Facts that share an expression go on sharing it. */
export function shiftSink(sink: FactSink, delta: number): FactSink {
  const seen = new Map<object, object>();
  const result = createSink();
  result.packageName = sink.packageName;
  for (const key of FACT_LISTS) {
    const target = result[key] as object[];
    for (const fact of sink[key]) target.push(shiftObject(fact, delta, seen));
  }
  return result;
}

/** A span moved by so many UTF-16 units; what the whole file sees stays. */
export function shiftSpan(span: Span, delta: number): Span {
  return span.end === FILE_SCOPE.end ? span : { start: span.start + delta, end: span.end + delta };
}

/** Facts and expressions hold texts, numbers, spans, further objects, and lists of these. */
function shiftObject<T extends object>(source: T, delta: number, seen: Map<object, object>): T {
  const known = seen.get(source);
  if (known !== undefined) return known as T;
  const copy = { ...source } as Record<string, unknown>;
  seen.set(source, copy);
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === 'object' && value !== null) copy[key] = shiftValue(value, delta, seen);
  }
  return copy as T;
}

function shiftValue(value: object, delta: number, seen: Map<object, object>): object {
  if (Array.isArray(value)) {
    return value.length === 0
      ? value
      : value.map(item => (typeof item === 'object' && item !== null ? shiftValue(item, delta, seen) : item));
  }
  return isSpan(value) ? shiftSpan(value, delta) : shiftObject(value, delta, seen);
}

function isSpan(value: object): value is Span {
  return 'end' in value && 'start' in value;
}
