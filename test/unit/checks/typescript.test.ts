import { checkChecks } from './checks.ts';

const CLIENT = "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();";

describe('checks in TypeScript', () => {
  it('finds SDK calls by where the client comes from, not by their name', () =>
    checkChecks(`
      import { OpenFeature } from '@openfeature/server-sdk';
      const client = OpenFeature.getClient('shop');
      client.getBooleanValue('new-checkout', false, { targetingKey: 'x' });
             ^^^^^^^^^^^^^^^ new-checkout openfeature literal =false
      const cache = new Map<string, string>();
      cache.getStringValue('no-flag', '');
      // client.getBooleanValue('commented-out', false)
      const text = "client.getBooleanValue('in-a-string', false)";
    `));

  it('reads what stands in compound assignments', () =>
    checkChecks(`
      import { OpenFeature } from '@openfeature/server-sdk';
      const client = OpenFeature.getClient();
      let total = 0;
      total += (await client.getNumberValue('price', 1)) * 2;
                             ^^^^^^^^^^^^^^ price openfeature literal =1
      total ||= await client.getNumberValue('fallback-price', 1);
                             ^^^^^^^^^^^^^^ fallback-price openfeature literal =1
    `));

  it('tells client and server SDKs of one vendor apart by their package', () =>
    checkChecks(`
      //- /server.ts
      import * as ld from '@launchdarkly/node-server-sdk';
      const client = ld.init('sdk-key');
      client.boolVariation('a', { key: 'u' }, true);
             ^^^^^^^^^^^^^ a launchdarkly literal =true
      //- /browser.ts
      import { initialize } from 'launchdarkly-js-client-sdk';
      const client = initialize('id', { key: 'u' });
      client.variation('b', 'fallback');
             ^^^^^^^^^ b launchdarkly literal ="fallback"
    `));

  it('follows clients through fields, parameters, factories and other files', () =>
    checkChecks(`
      //- /client.ts
      import { OpenFeature, type Client } from '@openfeature/server-sdk';
      export function features(): Client { return OpenFeature.getClient(); }
      //- /main.ts
      import type { Client } from '@openfeature/server-sdk';
      import { features as getFeatures } from './client';
      class Shop {
        readonly #own = getFeatures();
        constructor(private readonly client: Client) {}
        a() { return this.client.getBooleanValue('field', false); }
                                 ^^^^^^^^^^^^^^^ field openfeature literal =false
        b() { return this.#own.getBooleanValue('private-field', false); }
                               ^^^^^^^^^^^^^^^ private-field openfeature literal =false
      }
      const c = (flags: Client) => flags.getNumberValue('parameter', 1);
                                         ^^^^^^^^^^^^^^ parameter openfeature literal =1
      getFeatures().getStringValue('factory', 'x');
                    ^^^^^^^^^^^^^^ factory openfeature literal ="x"
    `));

  it('resolves constants, enums, frozen objects and class members across files', () =>
    checkChecks(`
      //- /flags.ts
      export const SIMPLE = 'simple';
                            ^^^^^^^^ simple openfeature literal declaration
      export const FLAGS = { nested: { deep: 'deep-key' } } as const;
                                             ^^^^^^^^^^ deep-key openfeature literal declaration
      export const FROZEN = Object.freeze({ one: 'frozen-one' });
                                                 ^^^^^^^^^^^^ frozen-one openfeature literal declaration
      export enum Flag { Checkout = 'enum-checkout' }
                                    ^^^^^^^^^^^^^^^ enum-checkout openfeature literal declaration
      export class Keys { static readonly SEARCH = 'class-search'; }
                                                   ^^^^^^^^^^^^^^ class-search openfeature literal declaration
      export default { main: 'default-main' };
                             ^^^^^^^^^^^^^^ default-main openfeature literal declaration
      //- /index.ts
      export * from './flags';
      export { SIMPLE as RENAMED } from './flags.js';
      //- /main.ts
      import { OpenFeature } from '@openfeature/server-sdk';
      import main, { FLAGS, Flag } from './flags';
      import { FROZEN, Keys, RENAMED } from './index';
      import * as all from './flags';
      const client = OpenFeature.getClient();
      client.getBooleanValue(RENAMED, false);
             ^^^^^^^^^^^^^^^ simple openfeature constant =false
      client.getBooleanValue(FLAGS.nested.deep, false);
             ^^^^^^^^^^^^^^^ deep-key openfeature object =false
      client.getBooleanValue(FROZEN['one'], false);
             ^^^^^^^^^^^^^^^ frozen-one openfeature object =false
      client.getBooleanValue(Flag.Checkout, false);
             ^^^^^^^^^^^^^^^ enum-checkout openfeature enum =false
      client.getBooleanValue(Keys.SEARCH, false);
             ^^^^^^^^^^^^^^^ class-search openfeature constant =false
      client.getBooleanValue(main.main, false);
             ^^^^^^^^^^^^^^^ default-main openfeature object =false
      client.getBooleanValue(all.SIMPLE, false);
             ^^^^^^^^^^^^^^^ simple openfeature constant =false
    `));

  it('keeps the literal start of a dynamic key, and joins constant parts', () =>
    checkChecks(`
      import { OpenFeature } from '@openfeature/server-sdk';
      const client = OpenFeature.getClient();
      const PREFIX = 'team-';
      export function beta(team: string, key: string) {
        client.getBooleanValue(\`\${PREFIX}\${team}-beta\`, false);
               ^^^^^^^^^^^^^^^ team-* openfeature template =false
        client.getBooleanValue(PREFIX + 'a', false);
               ^^^^^^^^^^^^^^^ team-a openfeature template =false
        client.getBooleanValue(window.location.hash, false);
               ^^^^^^^^^^^^^^^ dynamic openfeature - =false
      }
    `));

  it('turns functions, methods and hooks whose parameter is the key into checks', () =>
    checkChecks(
      `
      //- /gate.ts
      import { OpenFeature } from '@openfeature/server-sdk';
      const client = OpenFeature.getClient();
      export interface Gate { isOn(name: string, fallback?: boolean): Promise<boolean>; }
      export class FeatureGate implements Gate {
        isOn(name: string, fallback = true) { return client.getBooleanValue(name, fallback); }
                                                            ^^^^^^^^^^^^^^^ dynamic openfeature -
      }
      export const enabled = (key: string) => isEnabled({ key });
                                              ^^^^^^^^^ dynamic inferred wrapper =false
      function isEnabled({ key }: { key: string }) { return client.getBooleanValue(key, false); }
                                                                   ^^^^^^^^^^^^^^^ dynamic openfeature - =false
      //- /main.ts
      import { enabled, FeatureGate, type Gate } from './gate';
      enabled('through-two');
      ^^^^^^^ through-two inferred literal+wrapper =false
      const gate = new FeatureGate();
      gate.isOn('method');
           ^^^^ method inferred literal+wrapper =true
      class Page {
        constructor(private readonly gate: Gate) {}
        show() { return this.gate.isOn('interface', false); }
                                  ^^^^ interface inferred literal+wrapper =false
      }
    `,
    ));

  it('finds React hooks and toggles read by property, and elements', () =>
    checkChecks(
      `
      //- /a.tsx
      import { useFlags, useBoolVariation } from 'launchdarkly-react-client-sdk';
      export function A() {
        const { newCheckout, 'dashed-key': dashed } = useFlags();
                ^^^^^^^^^^^ newCheckout launchdarkly property
                             ^^^^^^^^^^^^ dashed-key launchdarkly property
        const flags = useFlags();
        return useBoolVariation('hooked', false) && flags.another ? null : null;
               ^^^^^^^^^^^^^^^^ hooked launchdarkly literal+hook =false
                                                          ^^^^^^^ another launchdarkly property
      }
      //- /b.tsx
      import { FeatureFlag, useBooleanFlagValue as useFlagValue } from '@openfeature/react-sdk';
      export const B = () => <FeatureFlag flagKey="element" defaultValue={false}>{useFlagValue('aliased', true)}</FeatureFlag>;
                              ^^^^^^^^^^^ element openfeature literal+component =false
                                                                                  ^^^^^^^^^^^^ aliased openfeature literal+hook =true
    `,
    ));

  it('matches camel-cased properties back to the keys that flag files define', () =>
    checkChecks(`
      //- /flags/a.flagd.json
      {"flags": {"new-checkout.v2": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}
      //- /a.tsx
      import { useFlags } from 'launchdarkly-react-client-sdk';
      export const A = () => useFlags().newCheckoutV2;
                                        ^^^^^^^^^^^^^ new-checkout.v2 launchdarkly property
    `));

  it('shows callers of a function that returns a check as references', () =>
    checkChecks(`
      ${CLIENT.replace('\n', '\n      ')}
      export const isNewPayOn = () => client.getBooleanValue('new-pay', false);
                                             ^^^^^^^^^^^^^^^ new-pay openfeature literal =false
      if (await isNewPayOn()) pay();
                ^^^^^^^^^^ new-pay openfeature accessor reference
    `));

  it('reads code that is broken somewhere else, and CommonJS', () =>
    checkChecks(`
      //- /a.js
      const { OpenFeature } = require('@openfeature/server-sdk');
      const client = OpenFeature.getClient();
      function broken() {
        const half = ;
        other(
        client.getBooleanValue('still-found', false);
               ^^^^^^^^^^^^^^^ still-found openfeature literal =false
    `));

  it('knows tests by their path', () =>
    checkChecks(`
      //- /pay.test.ts
      import { OpenFeature } from '@openfeature/server-sdk';
      OpenFeature.getClient().getBooleanValue('in-test', false);
                              ^^^^^^^^^^^^^^^ in-test openfeature literal =false test
    `));

  it('matches configured patterns on syntax, and leaves look-alikes alone', () =>
    checkChecks(`
      //- /flagbook.json
      { "checks": [{ "pattern": "features.isOn($KEY)" }, { "pattern": "config.featureToggles.$KEY" }] }
      //- /a.ts
      import { features, config } from './somewhere';
      this.features.isOn('configured');
                    ^^^^ configured custom literal
      if (config.featureToggles.newSearch.toString()) {}
                                ^^^^^^^^^ newSearch custom property
      const { other } = config.featureToggles;
              ^^^^^ other custom property
      other.isOn('not-this-one');
      // features.isOn('nor-this')
    `));
});

describe('toggles handed on by the repository', () => {
  it('follows a hook that spreads them, and reads below a flag', () =>
    checkChecks(`
      //- /hooks/useFlags.ts
      import { useFlags as ldUseFlags } from 'launchdarkly-react-client-sdk';
      import { useSelector } from 'react-redux';
      export const useFlags = () => {
        const flags = ldUseFlags() as FlagSet;
        const overrides = useSelector(state => state.overrides);
        return { ...flags, ...overrides };
      };
      //- /hooks/useNav.ts
      import { useFlags } from './useFlags';
      export const useNav = () => ({ isNavOn: useFlags().newNav });
                                                         ^^^^^^ newNav launchdarkly property
      //- /page.tsx
      import { useFlags } from './hooks/useFlags';
      import { useNav } from './hooks/useNav';
      const { isNavOn } = useNav();
      export function Page() {
        const flags = useFlags();
        const { newNav } = useFlags();
                ^^^^^^ newNav launchdarkly property
        return flags.banner?.text.toString() ?? flags['dashed-key'];
                     ^^^^^^ banner launchdarkly property
                                                      ^^^^^^^^^^^^ dashed-key launchdarkly property
      }
    `));
});
