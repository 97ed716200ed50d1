// Objects of flags in what Vue, Svelte, Pinia and React keep values in: stores, references, properties of components, runes.
import { describeRows, type Row } from './rows.ts';

const TYPES = `
//- /types.ts
export interface FeatureFlags { newNav: boolean; darkMode: boolean }
`;

const ROWS: readonly Row[] = [
  [
    'Svelte: stores, by their declared type and by that of what they are made with',
    `${TYPES}
//- /flags.ts
import { writable, type Writable } from 'svelte/store';
import type { FeatureFlags } from './types';
export const declared: Writable<FeatureFlags> = writable();
export const made = writable<FeatureFlags>();
export const count = writable<{ newNav: number }>();
//- /A.svelte
<script lang="ts">
import { count, declared, made } from './flags';
$: on = $declared.newNav;
</script>
{#if $made.darkMode || $count.newNav}<b/>{/if}
`,
    ['A.svelte:3 newNav property likely', 'A.svelte:5 darkMode property likely'],
  ],
  [
    'Svelte: properties of a component and runes, listed where they are used and by name',
    `${TYPES}
//- /A.svelte
<script lang="ts">
import type { FeatureFlags } from './types';
let { flags, other }: { flags: FeatureFlags; other: { newNav: number } } = $props();
let state = $state<FeatureFlags>({ newNav: false, darkMode: true });
const on = $derived(state.newNav);
</script>
{#if flags.newNav && other.newNav}{state.darkMode}{/if}
//- /B.svelte
<script lang="ts">
import type { FeatureFlags } from './types';
interface Props { flags: FeatureFlags }
let { flags: own }: Props = $props();
</script>
{#if own.newNav}<b/>{/if}
//- /C.svelte
<script lang="ts">
let { featureFlags }: { featureFlags: { listedHere: boolean; andHere: boolean } } = $props();
</script>
{#if featureFlags.andHere}<b/>{/if}
`,
    [
      'A.svelte:5 newNav property likely',
      'A.svelte:7 darkMode property likely',
      'A.svelte:7 newNav property likely',
      'B.svelte:6 newNav property likely',
      'C.svelte:4 andHere property likely',
    ],
  ],
  [
    'Vue: properties listed inside defineProps, with defaults, and as references',
    `${TYPES}
//- /A.vue
<script setup lang="ts">
import type { FeatureFlags } from './types';
const props = withDefaults(defineProps<{ flags: FeatureFlags; size: number }>(), {});
const { flags: own } = toRefs(props);
const on = computed(() => own.value.newNav);
</script>
<template><div v-if="flags.newNav">{{ props.flags.darkMode }}{{ props.size.newNav }}</div></template>
`,
    ['A.vue:5 newNav property likely', 'A.vue:7 darkMode property likely', 'A.vue:7 newNav property likely'],
  ],
  [
    'Vue: the options of a component, and what is injected',
    `${TYPES}
//- /A.vue
<script lang="ts">
import type { FeatureFlags } from './types';
export default defineComponent({
  props: { flags: { type: Object as PropType<FeatureFlags>, required: true } },
  computed: { on() { return this.flags.newNav; } },
});
</script>
<template><div v-if="flags.darkMode"/></template>
//- /keys.ts
import type { InjectionKey } from 'vue';
import type { FeatureFlags } from './types';
export const FLAGS: InjectionKey<FeatureFlags> = Symbol('flags');
//- /B.vue
<script setup lang="ts">
import { inject } from 'vue';
import { FLAGS } from './keys';
import type { FeatureFlags } from './types';
const keyed = inject(FLAGS);
const named = inject<FeatureFlags>('flags');
</script>
<template><div v-if="keyed.newNav"/>
<div v-if="named.darkMode"/></template>
`,
    [
      'A.vue:5 newNav property likely',
      'A.vue:8 darkMode property likely',
      'B.vue:8 newNav property likely',
      'B.vue:9 darkMode property likely',
    ],
  ],
  [
    'Pinia: the state of a store, and its references',
    `${TYPES}
//- /store.ts
import { defineStore } from 'pinia';
import type { FeatureFlags } from './types';
export const useFlagStore = defineStore('flags', { state: (): { flags: FeatureFlags } => ({ flags: load() }) });
export const useOwn = defineStore('own', () => { const own = ref<FeatureFlags>(load()); return { own }; });
//- /A.ts
import { storeToRefs } from 'pinia';
import { useFlagStore, useOwn } from './store';
export const on = () => useFlagStore().flags.newNav;
const { flags } = storeToRefs(useFlagStore());
export const dark = () => flags.value.darkMode && useOwn().own.newNav;
`,
    ['A.ts:3 newNav property likely', 'A.ts:5 darkMode property likely', 'A.ts:5 newNav property likely'],
  ],
  [
    'React: what a destructured parameter is read from, and what it is where that is missing',
    `${TYPES}
//- /A.tsx
import type { FeatureFlags } from './types';
export const A = ({ newNav = true }: FeatureFlags) => newNav;
export const B = ({ darkMode: isDark }: FeatureFlags) => isDark;
export const C = ({ newNav }: { newNav: number }) => newNav;
`,
    ['A.tsx:2 newNav property likely', 'A.tsx:3 darkMode property likely'],
  ],
];

describeRows('flags in what frameworks keep', ROWS);
