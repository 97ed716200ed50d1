import { checkChecks } from '../checks.ts';

describe('Unleash, beyond isEnabled', () => {
  it('finds hooks, composables and clients that they hand out', () =>
    checkChecks(`
      //- /a.tsx
      import { useFlag, useFlagsStatus, useUnleashClient, useVariant } from '@unleash/proxy-client-react';
      export function A() {
        const { flagsReady } = useFlagsStatus();
        const client = useUnleashClient();
        return flagsReady && useFlag('hook') && useVariant('hook-variant').enabled && client.isEnabled('hooked-client');
                             ^^^^^^^ hook unleash literal+hook
                                                ^^^^^^^^^^ hook-variant unleash literal+hook
                                                                                             ^^^^^^^^^ hooked-client unleash literal
      }
      //- /page.tsx
      import { evaluateFlags, flagsClient, getDefinitions } from '@unleash/nextjs';
      const flags = flagsClient(evaluateFlags(await getDefinitions(), {}).toggles);
      flags.isEnabled('on-a-page');
            ^^^^^^^^^ on-a-page unleash literal
      //- /vue.ts
      import { useFlag } from '@unleash/proxy-client-vue';
      const on = useFlag('composable');
                 ^^^^^^^ composable unleash literal+hook
      //- /server.ts
      import { initialize } from 'unleash-client';
      const unleash = initialize({ url: 'x', appName: 'y' });
      unleash.isEnabled('on-a-server', context, true);
              ^^^^^^^^^ on-a-server unleash literal =true
      unleash.forceGetVariant('forced', context).name;
              ^^^^^^^^^^^^^^^ forced unleash literal
      const menu = new Map();
      menu.isEnabled('no-flag');
    `));
});
