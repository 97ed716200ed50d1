/**
 * Variations of formats that name none: every value a flag can serve becomes one, called on or off, or by itself. Which values
 * there are is the decoders' business.
 */
import { valueText } from '../../core/flags/rollout/describe.ts';
import type { Outcome } from '../../core/flags/rollout/rollout.ts';
import type { JsonValue, Variation } from '../../core/model.ts';

export interface Variations {
  /** The outcome that serves this value; remembers it as a variation. `name` is used where the value is met first. */
  outcome(value: JsonValue, name?: string): Outcome;
  /** All variations so far, in order of appearance. */
  list(): readonly Variation[];
}

/** An empty collection. */
export function collectVariations(): Variations {
  const byValue = new Map<string, Variation>();
  const names = new Set<string>();
  return {
    outcome(value, wanted) {
      const identity = JSON.stringify(value);
      const known = byValue.get(identity);
      if (known !== undefined) return { kind: 'variation', name: known.name };
      const plain = wanted !== undefined && wanted !== '' ? wanted : nameOf(value, byValue.size);
      const name = names.has(plain) ? `${plain} (${byValue.size})` : plain;
      names.add(name);
      byValue.set(identity, { name, value, span: null });
      return { kind: 'variation', name };
    },
    list: () => [...byValue.values()],
  };
}

function nameOf(value: JsonValue, position: number): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'object' && value !== null ? `variation ${position}` : valueText(value);
}
