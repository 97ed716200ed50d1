/**
 * What the functions of Vue, Svelte, Pinia and React keep for their callers: stores, references, properties of components, what is
 * computed. Which functions these are is told by their names alone, since some are known without an import (`$props`, `defineProps`); what
 * they keep is told by a type, a value or a function that makes it.
 */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import type { Made, Value } from './value.ts';

/** What tells of a kept value; any of it may be missing. */
export interface Kept {
  readonly types: readonly Expr[];
  readonly values: readonly Expr[];
  readonly makers: readonly Expr[];
  /** The file in which they stand, where it is not that of the call. */
  readonly path?: string;
}

/** What a call of such a function keeps; null of any other. `callee` is what is called. */
export function keptBy(call: CallExpr, callee: Value): Kept | null {
  if (call.construct) return null;
  const name = lastName(call.callee);
  const given = call.args.filter(({ spread }) => !spread).map(({ value }) => value);
  const types = call.typeArgument === undefined ? [] : [call.typeArgument];
  if (KEEPERS.has(name)) return { types, values: given.slice(0, 1), makers: [] };
  if (MAKERS.has(name)) {
    const made = given.findLast(value => value.kind === 'function');
    // `$derived(flags.dark)` is what it is given, `computed(() => …)` what that gives.
    return { types, values: given.slice(0, 1), makers: made === undefined ? [] : [made] };
  }
  return callee.kind === 'external' && callee.made !== undefined ? ofStore(callee.made) : null;
}

const KEEPERS: ReadonlySet<string> = new Set([
  '$props',
  '$state',
  'createContext',
  'defineProps',
  'getContext',
  'inject',
  'reactive',
  'readable',
  'readonly',
  'ref',
  'shallowReactive',
  'shallowRef',
  'signal',
  'storeToRefs',
  'toRefs',
  'toValue',
  'unref',
  'useContext',
  'useRef',
  'withDefaults',
  'writable',
]);
const MAKERS: ReadonlySet<string> = new Set(['$derived', 'computed', 'derived', 'useMemo']);

/** Pinia: `const useFlags = defineStore('flags', { state: () => … })`, and `useFlags()` gives the store. */
function ofStore({ call: { callee, args }, path }: Made): Kept | null {
  if (lastName(callee) !== 'defineStore') return null;
  const made = args.at(-1)?.value;
  if (made?.kind === 'function') return { types: [], values: [], makers: [made], path };
  const state = made?.kind === 'object' ? made.entries.find(({ key }) => key === 'state')?.value : undefined;
  return state === undefined ? null : { types: [], values: [], makers: [state], path };
}
