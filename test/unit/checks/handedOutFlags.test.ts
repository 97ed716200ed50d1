import { describeRows } from './rows.ts';

describeRows('flags that somebody hands out', [
  [
    'remote configuration as an object',
    `
      //- /src/config.ts
      import remoteConfig from '@react-native-firebase/remote-config';
      export function getRemoteConfig(): Config { return store.config; }
      export const useRemoteConfig = () => useStore(state => state.config);
      //- /src/other.ts
      export const useRemoteConfig = () => useStore(state => state.config);
      //- /src/page.tsx
      import { getRemoteConfig, useRemoteConfig } from './config';
      import { useRemoteConfig as useOther } from './other';
      export function Page() {
        const { new_nav_enabled: on, isLoading, data } = useRemoteConfig('new_nav_enabled');
        const config = useRemoteConfig();
        if (config.darkMode && getRemoteConfig().wide_screen) config.fetchAgain();
        return useOther().no_flag;
      }
    `,
    [
      'src/page.tsx:4 new_nav_enabled property likely',
      'src/page.tsx:6 darkMode property likely',
      'src/page.tsx:6 wide_screen property likely',
    ],
  ],
  [
    'what GitLab gives to its pages',
    `
      //- /app/assets/nav.vue
      <template><p v-if="glFeatures.inTemplate"></p></template>
      <script>
      export default {
        mixins: [glFeatureFlagMixin()],
        computed: { on() { return this.glFeatures.newNav; } },
      };
      </script>
      //- /app/assets/nav.js
      export const on = () => window.gon.features.oldNav || gon?.features?.wide;
    `,
    [
      'app/assets/nav.js:1 oldNav property likely',
      'app/assets/nav.js:1 wide property likely',
      'app/assets/nav.vue:1 inTemplate property likely',
      'app/assets/nav.vue:5 newNav property likely',
    ],
  ],
  [
    'Ruby: classes that are a flag each, and flags that a declaration names',
    `
      //- /lib/features/new_nav_config.rb
      module Features
        class NewNavConfig < Config; end
      end
      //- /app/nav.rb
      class Nav
        data_consistency :delayed, feature_flag: :new_reads
        def show
          return unless Features::NewNavConfig.enabled?
          Features::Client.enabled? || Invoices::NewNav.enabled? || Features::NewNavConfig.name
          FlagChange.create(feature_flag: :no_check)
        end
      end
    `,
    ['app/nav.rb:2 new_reads literal likely', 'app/nav.rb:4 NewNavConfig literal+flag-object likely'],
  ],
  [
    'scripts: functions that an object holds',
    `
      //- /src/flags.ts
      function isFlagEnabled(name: string) {
        return (data: Data) => list.includes(name) || data.flags[name];
      }
      export const flags = { multiDb: isFlagEnabled('multi-db'), other: isFlagEnabled('other-one') };
      //- /src/page.ts
      import { flags } from './flags';
      export const page = (user: User) => flags.multiDb({ user }) && flags.missing(user);
    `,
    [
      'src/flags.ts:4 multi-db literal+wrapper likely',
      'src/flags.ts:4 other-one literal+wrapper likely',
      'src/page.ts:2 multi-db constant+flag-object likely',
    ],
  ],
  [
    'scripts: modules that are loaded when they are needed',
    `
      //- /src/flags.ts
      import posthog from 'posthog-js';
      export const isNavOn = (key: string) => posthog.isFeatureEnabled(key);
      //- /src/page.ts
      export const page = async () => {
        import('./flags').then(flags => flags.isNavOn('by-member'));
        import('./flags').then(({ isNavOn }) => isNavOn('taken-out'));
        const { isNavOn: on } = await import('./flags');
        return on('awaited');
      };
    `,
    [
      'src/flags.ts:2 dynamic -',
      'src/page.ts:2 by-member literal+wrapper',
      'src/page.ts:3 taken-out literal+wrapper',
      'src/page.ts:5 awaited literal+wrapper',
    ],
  ],
  [
    "Vue: what a mixin or a store's getters are asked, and SvelteKit's own folder",
    `
      //- /src/lib/flags.ts
      import posthog from 'posthog-js';
      export const isOn = (key: string) => posthog.isFeatureEnabled(key);
      //- /src/routes/+page.svelte
      <script lang="ts">import { isOn } from '$lib/flags';</script>
      {#if isOn('in-svelte')}<p></p>{/if}
      //- /src/nav.vue
      <script>
      export default {
        mixins: [featureMixin],
        computed: { on() { return this.isFeatureActive('by-mixin') || this.$store.getters.isFeatureFlagEnabled('by-getter'); } },
        methods: { other() { return this.isActive('tab') || this.isExperimentActive('other'); } },
      };
      </script>
    `,
    [
      'src/lib/flags.ts:2 dynamic -',
      'src/nav.vue:4 by-getter literal likely',
      'src/nav.vue:4 by-mixin literal likely',
      'src/routes/+page.svelte:2 in-svelte literal+wrapper',
    ],
  ],
  [
    'Python: dictionaries whose type lists flags, and fields of settings',
    `
      //- /app/flags.py
      from typing import TypedDict
      class FeatureFlags(TypedDict):
          new_nav: bool
          dark: bool
      //- /app/nav.py
      from .flags import FeatureFlags
      from .core import settings
      def show(flags: FeatureFlags, other: dict):
          if flags.get("new_nav", False) or flags.get("missing") or other.get("dark"): pass
          if settings.feature_old_nav or settings.feature_flags or settings.feature_store_url: pass
    `,
    ['app/nav.py:4 new_nav literal likely', 'app/nav.py:5 feature_old_nav property possible'],
  ],
]);
