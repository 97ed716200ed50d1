/**
 * Vuex and Pinia: flags that a component takes out of a store that is called after feature flags, as its own properties:
 * `mapState('featureFlags', ['newNav'])`, `mapGetters(useFeatureFlagsStore, { nav: 'newNav' })`. What is found is *likely*. Reads of such a
 * store by property are `namedLists.ts`' business.
 */
import { type CallExpr, type Expr, isScript } from '../../languages/facts.ts';
import { flagProperty, type LinkState, type Match } from '../questions/linkState.ts';
import { areFeatureFlags, isFlagName, storeName } from './namedLists.ts';

/** Such flags in one file. */
export function mappedFlagMatches(state: LinkState, path: string): readonly Match[] {
  if (!isScript(state.files.get(path)!.language)) return [];
  const { calls } = state.indexes.get(path)!;
  return MAPPERS.flatMap(name => (calls.get(name) ?? []).flatMap(call => matchesOf(path, call)));
}

const MAPPERS = ['mapGetters', 'mapState', 'mapWritableState'];

function matchesOf(path: string, { args: [store, taken, ...others] }: CallExpr): readonly Match[] {
  if (store === undefined || taken === undefined || others.length > 0) return [];
  if (!areFeatureFlags(storeName(store.value))) return [];
  return namesIn(taken.value).flatMap(name =>
    name.kind === 'string' && isFlagName(name.value)
      ? [flagProperty(path, { property: name.value, propertySpan: name.span })]
      : [],
  );
}

function namesIn(taken: Expr): readonly Expr[] {
  if (taken.kind === 'array') return taken.items;
  return taken.kind === 'object' ? taken.entries.map(({ value }) => value) : [];
}
