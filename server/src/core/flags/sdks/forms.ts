/** Short ways to write down what SDKs' calls have in common; whatever is special about one is said where the SDK is. */
import type { ValueType } from '../../model.ts';
import type { ArgumentAt, SdkCall, SdkSurface } from '../sdk.ts';

/** What a call may say besides its names and the places of key and fallback. */
type More = Partial<Omit<SdkCall, 'names' | 'form' | 'key' | 'fallback'>>;

/** A 0-based position, or the whole description. */
type At = number | ArgumentAt;

/** Names that all return the same type; null where the fallback tells, or nothing does. */
export function returning(
  type: ValueType | null,
  ...names: readonly string[]
): Readonly<Record<string, ValueType | null>> {
  return Object.fromEntries(names.map(name => [name, type]));
}

/** Calls on a client. */
export function methods(names: SdkCall['names'], key: At, fallback: At | null = null, more: More = {}): SdkCall {
  return call('method', names, key, fallback, more);
}

/** Functions that are imported by themselves. */
export function functions(names: SdkCall['names'], key: At, fallback: At | null = null, more: More = {}): SdkCall {
  return call('function', names, key, fallback, more);
}

/** Hooks of React, composables of Vue. */
export function hooks(names: SdkCall['names'], key: At, fallback: At | null = null, more: More = {}): SdkCall {
  return call('function', names, key, fallback, { via: 'hook', ...more });
}

export function decorators(names: SdkCall['names'], key: At, fallback: At | null = null, more: More = {}): SdkCall {
  return call('decorator', names, key, fallback, { via: 'attribute', ...more });
}

/** A surface that has no toggles and no elements unless it says so. */
export function surface(
  written: Pick<SdkSurface, 'languages' | 'packages' | 'calls'> & Partial<SdkSurface>,
): SdkSurface {
  return { toggles: [], elements: [], ...written };
}

function call(form: SdkCall['form'], names: SdkCall['names'], key: At, fallback: At | null, more: More): SdkCall {
  return {
    names,
    form,
    key: placeOf(key),
    fallback: fallback === null ? null : placeOf(fallback),
    via: null,
    distinctive: false,
    ...more,
  };
}

function placeOf(at: At): ArgumentAt {
  return typeof at === 'number' ? { position: at } : at;
}
