// Forms that were missed in repositories which nobody had listed: stores of Svelte and others. Path and line, key, how it was found, and
// `likely` where it is.
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
];

describeRows('Forms that were missed', ROWS);
