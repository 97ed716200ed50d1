/** Unleash: server SDKs, the front-end client and its framework hooks. */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

export const unleash: FlagSdk = {
  id: 'unleash',
  surfaces: [
    {
      languages: ECMASCRIPT,
      packages: ['unleash-client/*', 'unleash-proxy-client/*', '@unleash/*'],
      calls: [
        {
          names: { isEnabled: 'boolean', getVariant: 'string', forceGetVariant: 'string' },
          form: 'method',
          key: { position: 0 },
          fallback: { position: 2 },
          via: null,
          distinctive: false,
        },
        {
          names: { useFlag: 'boolean', useVariant: 'string' },
          form: 'function',
          key: { position: 0 },
          fallback: null,
          via: 'hook',
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['python'],
      packages: ['UnleashClient', 'UnleashClient.*', 'unleashclient'],
      calls: [
        {
          names: { is_enabled: 'boolean', get_variant: 'string' },
          form: 'method',
          key: { position: 0, names: ['feature_name'] },
          fallback: null,
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['go'],
      packages: ['github.com/Unleash/unleash-client-go/*', 'github.com/Unleash/unleash-go-sdk/*'],
      packageName: 'unleash',
      calls: [
        {
          names: { IsEnabled: 'boolean', GetVariant: 'string' },
          form: 'method',
          key: { position: 0 },
          fallback: null,
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: JVM,
      packages: ['io.getunleash.android', 'io.getunleash.android.*', 'io.getunleash.unleashandroid'],
      types: ['DefaultUnleash', 'Unleash'],
      calls: [
        {
          names: { isEnabled: 'boolean', getVariant: 'string' },
          form: 'method',
          key: { position: 0, names: ['toggleName'] },
          fallback: { position: 1, names: ['defaultValue'] },
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: JVM,
      packages: ['io.getunleash', 'io.getunleash.*', 'no.finn.unleash', 'no.finn.unleash.*'],
      types: ['DefaultUnleash', 'FakeUnleash', 'Unleash'],
      calls: [
        {
          names: { isEnabled: 'boolean', getVariant: 'string' },
          form: 'method',
          key: { position: 0 },
          fallback: { position: 2 },
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['csharp'],
      packages: ['Unleash', 'Unleash.*'],
      types: ['DefaultUnleash', 'IUnleash', 'UnleashClientFactory'],
      calls: [
        {
          names: { IsEnabled: 'boolean', GetVariant: 'string' },
          form: 'method',
          key: { position: 0, names: ['toggleName'] },
          fallback: { position: 2, names: ['defaultSetting'] },
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: RUBY,
      packages: ['unleash', 'unleash/*'],
      globals: ['Unleash'],
      calls: [
        {
          names: { 'is_enabled?': 'boolean', 'is_disabled?': 'boolean', if_enabled: 'boolean', if_disabled: 'boolean' },
          form: 'method',
          key: { position: 0 },
          fallback: { position: 2 },
          via: null,
          distinctive: true,
        },
        {
          names: { 'enabled?': 'boolean', 'disabled?': 'boolean', get_variant: 'string' },
          form: 'method',
          key: { position: 0 },
          fallback: { position: 2 },
          via: null,
          distinctive: false,
          common: true,
        },
      ],
      toggles: [],
      elements: [],
    },
    {
      languages: ['php'],
      packages: ['Unleash\\Client', 'Unleash\\Client\\*'],
      calls: [
        {
          names: { isEnabled: 'boolean', getVariant: 'string' },
          form: 'method',
          key: { position: 0, names: ['featureName'] },
          fallback: { position: 2, names: ['default', 'fallbackVariant'] },
          via: null,
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
    surface({
      languages: ['swift'],
      packages: ['UnleashProxyClientSwift', 'Unleash'],
      types: ['UnleashClient', 'UnleashClientBase', 'Unleash'],
      calls: [methods({ isEnabled: 'boolean', getVariant: 'string' }, { position: 0, names: ['name'] })],
    }),
    surface({
      languages: ['rust'],
      packages: ['unleash_api_client', 'unleash_api_client.*'],
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
