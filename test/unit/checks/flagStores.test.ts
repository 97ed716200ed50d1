// Flags that Svelte's stores, React's contexts and Vue's stores hand out, and records of flags that scripts ask for. Path and line, key, how it
// was found, and `likely` where it is.
import { checkChecks } from './checks.ts';
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Svelte: stores that hold one flag each, taken out of an object of them',
    `
//- /stores/feature-flags.store.ts
import { overrides } from './overrides';
const featureFlagsStore = initStores(overrides);
export const { ENABLE_NAV, ENABLE_PAY: PAY } = featureFlagsStore;
export const { width, height } = windowStore;
//- /A.svelte
<script lang="ts">
import { get } from 'svelte/store';
import { ENABLE_NAV, PAY as IS_PAY, width } from './stores/feature-flags.store';
let on = get(ENABLE_NAV);
let wide = get(width);
$: both = $ENABLE_NAV && $IS_PAY;
const derived = $derived($ENABLE_NAV && !failed);
</script>
{#if $ENABLE_NAV}<p class={$IS_PAY ? 'a' : 'b'}>{$width}</p>{/if}
<Wide on={$width > 3} {...$ENABLE_NAV ? {} : {}} />
{$ENABLE_NAV.length}
`,
    [
      'A.svelte:4 ENABLE_NAV constant+flag-object likely',
      'A.svelte:6 ENABLE_NAV constant+flag-object likely',
      'A.svelte:6 ENABLE_PAY constant+flag-object likely',
      'A.svelte:7 ENABLE_NAV constant+flag-object likely',
      'A.svelte:9 ENABLE_NAV constant+flag-object likely',
      'A.svelte:9 ENABLE_PAY constant+flag-object likely',
      'A.svelte:10 ENABLE_NAV constant+flag-object likely',
    ],
  ],
  [
    'Svelte: stores that are made with a key, or that are a switch in a module of flags',
    `
//- /featureFlags.ts
import { writable } from 'svelte/store';
export const newNav = writable(false);
export const count = writable(0);
export const loading = writable(true);
//- /flags.ts
import { featureFlag, store } from './make';
export const PAY = featureFlag('new-pay');
export const other = store('other');
export * from './featureFlags';
//- /A.svelte
<script>
import { newNav, count, loading, PAY, other } from './flags';
export let local = writable(false);
</script>
{#if $newNav && $PAY && $other && $count && $loading && $local}{/if}
`,
    [
      'A.svelte:5 newNav constant+flag-object likely',
      'A.svelte:5 new-pay constant+flag-object likely',
      'flags.ts:2 new-pay literal likely',
    ],
  ],
  [
    'React: contexts that are of a list of flags, or called after one; not what such a context is asked',
    `
//- /context.tsx
import { createContext, useContext } from 'react';
export interface FeatureFlags { newNav: boolean; darkMode: boolean }
export const OneContext = createContext<FeatureFlags | null>(null);
export const OtherContext = createContext({} as FeatureFlags);
export const FeatureFlagsContext = createContext({});
export const SizesContext = createContext({} as const);
export const useOne = () => useContext(OneContext);
//- /A.tsx
import { useContext } from 'react';
import { FeatureFlagsContext, OneContext, OtherContext, SizesContext, useOne } from './context';
export function A() {
  const one = useContext(OneContext);
  const { darkMode } = useContext(OtherContext);
  const named = useContext(FeatureFlagsContext);
  const { isFeatureEnabled, setFlag, asks, listed } = useContext(FeatureFlagsContext);
  if (asks('pay') || isFeatureEnabled('pay')) setFlag('pay');
  const { newNav } = useContext(SizesContext);
  return one.newNav && useOne()?.darkMode && named.quickPay && useContext(FeatureFlagsContext).slowPay;
}
`,
    [
      'A.tsx:10 darkMode property likely',
      'A.tsx:10 newNav property likely',
      'A.tsx:10 quickPay property likely',
      'A.tsx:10 slowPay property likely',
      'A.tsx:5 darkMode property likely',
      'A.tsx:7 listed property likely',
    ],
  ],
  [
    'TypeScript: records that are asked for by their key, and then whether they are on',
    `
//- /a.ts
import { getFeature, getTheme, getFeatures } from './features';
const on = getFeature('new-nav').value && store.getFeatureFlag('new-pay').isEnabled;
const { enabled } = getFeature('quick-pay');
const other = getTheme('dark').value || getFeatures('all').enabled || getFeature('one').title || getFeature(name).on;
`,
    ['a.ts:2 new-nav literal likely', 'a.ts:2 new-pay literal likely', 'a.ts:3 quick-pay literal likely'],
  ],
  [
    'Vue: what is taken out of a store or injected that is called feature flags',
    `
//- /A.vue
<script>
import { mapGetters, mapState } from 'vuex';
import { storeToRefs } from 'pinia';
import { useFeatureFlagsStore, useSizeStore } from './stores';
const { newNav } = storeToRefs(useFeatureFlagsStore());
const { width } = storeToRefs(useSizeStore());
const flags = inject('featureFlags');
export default {
  computed: {
    ...mapState('featureFlags', ['newPay', 'loading']),
    ...mapGetters('featureFlags', { nav: 'quickNav', has: 'hasFeature' }),
    ...mapState(useFeatureFlagsStore, ['slowPay']),
    ...mapState('sizes', ['height']),
    on() { return flags.byKey && useFeatureFlagsStore().byCall; },
  },
};
</script>
`,
    [
      'A.vue:5 newNav property likely',
      'A.vue:10 newPay property likely',
      'A.vue:11 quickNav property likely',
      'A.vue:12 slowPay property likely',
      'A.vue:14 byCall property likely',
      'A.vue:14 byKey property likely',
    ],
  ],
];

describeRows('Stores and contexts of flags', ROWS, ['check', 'reference']);

// Marked, so that the tests that edit fixtures at random take part in them too.
describe('Stores and contexts of flags, across files', () => {
  it('stores of Svelte', () =>
    checkChecks(`
      //- /featureFlags.ts
      import { writable } from 'svelte/store';
      const featureFlagStores = makeStores();
      export const { ENABLE_NAV } = featureFlagStores;
                     ^^^^^^^^^^ ENABLE_NAV inferred literal declaration likely
      export const newPay = writable(false);
                   ^^^^^^ newPay inferred literal declaration likely
      //- /A.svelte
      <script>
      import { ENABLE_NAV, newPay } from './featureFlags';
      </script>
      {#if $ENABLE_NAV && $newPay}{/if}
           ^^^^^^^^^^^ ENABLE_NAV inferred constant+flag-object likely
                          ^^^^^^^ newPay inferred constant+flag-object likely
    `));

  it('contexts of React', () =>
    checkChecks(`
      //- /context.tsx
      import { createContext, useContext } from 'react';
      export interface FeatureFlags { newNav: boolean; darkMode: boolean }
      export const OneContext = createContext<FeatureFlags | null>(null);
      export const useOne = () => useContext(OneContext);
      //- /A.tsx
      import { useOne } from './context';
      export const A = () => useOne().newNav;
                                      ^^^^^^ newNav inferred property likely
    `));
});
