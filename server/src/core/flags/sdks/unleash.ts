/** Unleash: server SDKs, the front-end client and its framework hooks. */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { decorators, hooks, methods, returning, surface } from './forms.ts';

export const unleash: FlagSdk = {
  id: 'unleash',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['unleash-client/*', 'unleash-proxy-client/*', '@unleash/*'],
      calls: [
        methods({ isEnabled: 'boolean', getVariant: 'string', forceGetVariant: 'string' }, 0, 2),
        hooks({ useFlag: 'boolean', useVariant: 'string' }, 0),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['UnleashClient', 'UnleashClient.*', 'unleashclient'],
      calls: [methods({ is_enabled: 'boolean', get_variant: 'string' }, { position: 0, names: ['feature_name'] })],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/Unleash/unleash-client-go/*', 'github.com/Unleash/unleash-go-sdk/*'],
      packageName: 'unleash',
      calls: [
        methods({ IsEnabled: 'boolean' }, 0, { position: 0, option: 'WithFallback' }),
        methods({ GetVariant: 'string' }, 0),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['io.getunleash.android', 'io.getunleash.android.*', 'io.getunleash.unleashandroid'],
      types: ['DefaultUnleash', 'Unleash'],
      calls: [
        methods(
          { isEnabled: 'boolean', getVariant: 'string' },
          { position: 0, names: ['toggleName'] },
          { position: 1, names: ['defaultValue'] },
        ),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['io.getunleash', 'io.getunleash.*', 'no.finn.unleash', 'no.finn.unleash.*'],
      types: ['DefaultUnleash', 'FakeUnleash', 'Unleash'],
      // A context may stand between the flag and what it is without one.
      calls: [methods({ isEnabled: 'boolean', getVariant: 'string' }, 0, { position: 1, last: true })],
    }),
    surface({
      languages: ['csharp'],
      packages: ['Unleash', 'Unleash.*'],
      types: ['DefaultUnleash', 'IUnleash', 'UnleashClientFactory'],
      calls: [
        methods(
          { IsEnabled: 'boolean', GetVariant: 'string' },
          { position: 0, names: ['toggleName'] },
          { position: 1, last: true, names: ['defaultSetting'] },
        ),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['unleash', 'unleash/*'],
      globals: ['Unleash'],
      calls: [
        methods(returning('boolean', 'is_enabled?', 'is_disabled?', 'if_enabled', 'if_disabled'), 0, 2, {
          distinctive: true,
        }),
        methods({ 'enabled?': 'boolean', 'disabled?': 'boolean', get_variant: 'string' }, 0, 2, { common: true }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Unleash\\Client', 'Unleash\\Client\\*'],
      calls: [
        methods(
          { isEnabled: 'boolean', getVariant: 'string' },
          { position: 0, names: ['featureName'] },
          { position: 2, names: ['default', 'fallbackVariant'] },
        ),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Unleash\\Client\\Bundle\\Attribute'],
      calls: [
        decorators(returning('boolean', 'IsEnabled', 'IsNotEnabled'), {
          position: 0,
          names: ['featureName'],
        }),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['UnleashProxyClientSwift', 'Unleash'],
      types: ['UnleashClient', 'UnleashClientBase', 'Unleash'],
      calls: [methods({ isEnabled: 'boolean', getVariant: 'string' }, { position: 0, names: ['name'] })],
    }),
    surface({
      languages: ['rust'],
      packages: ['unleash_api_client', 'unleash_api_client.*'],
      types: ['Client', 'ClientBuilder'],
      calls: [
        methods(returning('boolean', 'is_enabled', 'is_enabled_str'), 0, 2),
        methods(returning('string', 'get_variant', 'get_variant_str'), 0),
      ],
    }),
    surface({
      languages: ['cpp'],
      packages: ['unleash', 'unleash.*', 'unleash/*'],
      types: ['UnleashClient'],
      calls: [methods({ isEnabled: 'boolean' }, 0), methods({ variant: 'string' }, 0, null, { common: true })],
    }),
  ],
};
