/**
 * Svelte: stores that hold one flag each, read as a whole: `{#if $ENABLE_NAV}`, `get(ENABLE_NAV)`. Such a store is taken out of something
 * that is called stores of feature flags (`export const { ENABLE_NAV } = featureFlagsStore`), is made by a function that is called after
 * them with a key, or holds yes or no in a module of feature flags. What is found is *likely*. Stores that hold a list of flags are read by
 * property: that is `typedToggles.ts`' and `namedLists.ts`' business.
 */
import { type Expr, isScript } from '../../languages/facts.ts';
import { STORE_READ } from '../../languages/svelte/storeReads.ts';
import type { Span } from '../../text.ts';
import { wordsOf } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import type { PlacedBinding } from '../resolve/definitions.ts';
import { areFeatureFlags, isFlagName } from './namedLists.ts';

/** Such reads in one file. */
export function storeReadMatches(state: LinkState, path: string): readonly Match[] {
  const { language, members } = state.files.get(path)!;
  if (!isScript(language)) return [];
  const bare = path.endsWith('.svelte') ? members.filter(isBareRead) : [];
  const reads = bare.flatMap(({ object, span }) => matchOf(state, path, object, { nameSpan: span, end: span.end }));
  const asked = (state.indexes.get(path)!.calls.get('get') ?? []).flatMap(({ callee, args, nameSpan, span }) => {
    const [store, ...others] = args;
    if (callee.kind !== 'name' || store?.value.kind !== 'name' || others.length > 0) return [];
    const value = state.evaluator.evaluate(callee, path);
    const isSvelte = value.kind === 'external' && value.from === 'svelte/store';
    return isSvelte ? matchOf(state, path, store.value, { nameSpan, end: span.end }) : [];
  });
  return [...reads, ...asked];
}

/** By which words components read the stores that a file exports. */
export function storeReadWords(state: LinkState, path: string): readonly string[] {
  const { language, bindings } = state.files.get(path)!;
  if (!isScript(language) || isTestPath(path)) return [];
  const free = bindings.filter(({ owner, form }) => owner === null && form === 'constant');
  return free.flatMap(binding => (keyOf({ path, binding }) === null ? [] : [`$${binding.name}`]));
}

function isBareRead(read: { readonly kind: string; readonly property?: string }): boolean {
  return read.kind === 'member' && read.property === STORE_READ;
}

function matchOf(
  state: LinkState,
  path: string,
  store: Expr,
  place: { readonly nameSpan: Span; readonly end: number },
): readonly Match[] {
  const found = store.kind === 'name' ? state.evaluator.bound(store.name, store.span.start, path) : null;
  const keyExpr = found === null ? null : keyOf(found);
  if (found === null || keyExpr === null) return [];
  state.givers.add(found.path);
  const elsewhere = found.path === path ? {} : { keyPath: found.path };
  const method = lastNameCalled(store);
  return [
    plainMatch({
      ...place,
      ...elsewhere,
      path,
      keyExpr,
      method,
      system: 'inferred',
      type: 'boolean',
      via: 'flag-object',
      confidence: 'likely',
    }),
  ];
}

/** The key of the flag that a store holds; null of any other. */
function keyOf({ path, binding: { name, nameSpan, value } }: PlacedBinding): Expr | null {
  if (value?.kind === 'member') {
    const isTaken = isFlagName(value.property) && holdStores(lastNameCalled(value.object), path);
    return isTaken ? { kind: 'string', value: value.property, span: nameSpan } : null;
  }
  if (value?.kind !== 'call') return null;
  const made = lastNameCalled(value.callee);
  const [given] = value.args;
  if (given?.value.kind === 'string' && makesFlag(made)) return given.value;
  const holdsSwitch = given?.value.kind === 'literal' && typeof given.value.value === 'boolean';
  const isSwitch = holdsSwitch && HOLDERS.has(made) && isFlagName(name) && areFeatureFlags(moduleName(path));
  return isSwitch ? { kind: 'string', value: name, span: nameSpan } : null;
}

const HOLDERS: ReadonlySet<string> = new Set(['persisted', 'readable', 'writable']);

/** `featureFlags`, `featureFlagsStore`; `flags` in a module of them. */
function holdStores(name: string, path: string): boolean {
  const list = name.replace(/_?stores?$/i, '');
  if (areFeatureFlags(list) || (list !== name && areFeatureFlags(`${list}s`))) return true;
  return /^(?:flags|toggles)$/i.test(list) && areFeatureFlags(moduleName(path));
}

/** `featureFlag('new-nav')`, `createFeatureFlagStore('new-nav')`. */
function makesFlag(name: string): boolean {
  const words = wordsOf(name);
  return words.includes('feature') && (words.includes('flag') || words.includes('toggle'));
}

function moduleName(path: string): string {
  const words = wordsOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')).filter(
    word => !/^stores?$/.test(word),
  );
  const last = words.at(-1);
  return [...words.slice(0, -1), last?.replace(/(?:flag|toggle)$/, each => `${each}s`)].join('_');
}
