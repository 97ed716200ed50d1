/**
 * LaunchDarkly. Its client SDKs take `(key, fallback)`, its server SDKs `(key, context, fallback)`: which one a call means is
 * told by the package alone.
 */
import type { ValueType } from '../../model.ts';
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { functions, hooks, methods, returning, surface } from './forms.ts';
import { launchdarklyCpp } from './launchdarklyCpp.ts';
import { launchdarklyScala } from './launchdarklyScala.ts';

const ECMASCRIPT_METHODS: Readonly<Record<string, ValueType | null>> = {
  variation: null,
  variationDetail: null,
  boolVariation: 'boolean',
  boolVariationDetail: 'boolean',
  stringVariation: 'string',
  stringVariationDetail: 'string',
  numberVariation: 'number',
  numberVariationDetail: 'number',
  jsonVariation: 'object',
  jsonVariationDetail: 'object',
};

const GO_METHODS: Readonly<Record<string, ValueType>> = {
  BoolVariation: 'boolean',
  BoolVariationDetail: 'boolean',
  StringVariation: 'string',
  StringVariationDetail: 'string',
  IntVariation: 'number',
  IntVariationDetail: 'number',
  Float64Variation: 'number',
  Float64VariationDetail: 'number',
  JSONVariation: 'object',
  JSONVariationDetail: 'object',
};

const JAVA_METHODS: Readonly<Record<string, ValueType>> = {
  boolVariation: 'boolean',
  boolVariationDetail: 'boolean',
  stringVariation: 'string',
  stringVariationDetail: 'string',
  intVariation: 'number',
  intVariationDetail: 'number',
  doubleVariation: 'number',
  doubleVariationDetail: 'number',
  jsonValueVariation: 'object',
  jsonValueVariationDetail: 'object',
};

const DOTNET_METHODS: Readonly<Record<string, ValueType | null>> = {
  BoolVariation: 'boolean',
  BoolVariationDetail: 'boolean',
  StringVariation: 'string',
  StringVariationDetail: 'string',
  IntVariation: 'number',
  IntVariationDetail: 'number',
  FloatVariation: 'number',
  FloatVariationDetail: 'number',
  DoubleVariation: 'number',
  DoubleVariationDetail: 'number',
  JsonVariation: 'object',
  JsonVariationDetail: 'object',
  EnumVariation: 'string',
  EnumVariationDetail: 'string',
};

const FIRST = { position: 0, names: ['key'] };

/** `td.update(td.flag("key").variationForAll(true))` of the SDKs' own test data. */
const TEST_DATA = { role: 'stub', common: true } as const;

export const launchdarkly: FlagSdk = {
  id: 'launchdarkly',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: [
        '@launchdarkly/node-server-sdk/*',
        '@launchdarkly/server-sdk-ai',
        '@launchdarkly/fastly-server-sdk',
        '@launchdarkly/shopify-oxygen-sdk',
        '@launchdarkly/vercel-server-sdk',
        '@launchdarkly/cloudflare-server-sdk',
        '@launchdarkly/akamai-server-base-sdk',
        '@launchdarkly/akamai-server-edgekv-sdk',
        '@launchdarkly/js-server-sdk-common',
        'launchdarkly-node-server-sdk',
        'launchdarkly-cloudflare-edge-sdk',
        'launchdarkly-vercel-edge-sdk',
      ],
      calls: [
        methods(ECMASCRIPT_METHODS, 0, 2),
        methods({ migrationVariation: 'string' }, 0, 2),
        methods(returning(null, 'getFlagValue', 'getFlagReason'), 0),
        methods(returning('object', 'completionConfig', 'agentConfig', 'judgeConfig'), 0, 2),
        methods({ flag: null }, 0, null, TEST_DATA),
      ],
      toggles: [{ function: 'allValues', camelCase: false }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: [
        'launchdarkly-js-client-sdk',
        'launchdarkly-react-client-sdk',
        'launchdarkly-react-native-client-sdk',
        'launchdarkly-electron-client-sdk',
        'launchdarkly-node-client-sdk',
        'launchdarkly-vue-client-sdk',
        '@launchdarkly/js-client-sdk',
        '@launchdarkly/react-sdk/*',
        '@launchdarkly/react-native-client-sdk',
        '@launchdarkly/electron-client-sdk',
        '@launchdarkly/node-client-sdk',
        '@launchdarkly/vue-client-sdk',
        '@launchdarkly/vue-sdk',
      ],
      calls: [
        methods(ECMASCRIPT_METHODS, 0, 1),
        hooks(
          {
            ...returning(null, 'useVariation', 'useLDFlag'),
            ...returning('boolean', 'useBoolVariation', 'useBoolVariationDetail'),
            ...returning('string', 'useStringVariation', 'useStringVariationDetail'),
            ...returning('number', 'useNumberVariation', 'useNumberVariationDetail'),
            ...returning('object', 'useJsonVariation', 'useJsonVariationDetail'),
          },
          0,
          1,
        ),
      ],
      toggles: [
        { function: 'useFlags', camelCase: true },
        { function: 'allFlags', camelCase: false },
      ],
      injections: [{ function: 'withLDConsumer', property: 'flags', camelCase: true }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['jest-launchdarkly-mock', 'vitest-launchdarkly-mock'],
      calls: [functions({ mockFlags: null }, { position: 0, several: 'names' }, null, { role: 'stub' })],
    }),
    surface({
      languages: ['python'],
      packages: ['ldclient', 'ldclient.*'],
      calls: [
        methods(
          { variation: null, variation_detail: null },
          { position: 0, names: ['key'] },
          { position: 2, names: ['default'] },
        ),
        methods({ migration_variation: 'string' }, FIRST, { position: 2, names: ['default_stage'] }),
        methods(returning(null, 'get_flag_value', 'get_flag_reason'), FIRST),
        methods({ flag: null }, FIRST, null, TEST_DATA),
      ],
    }),
    surface({
      languages: ['go'],
      packages: [
        'github.com/launchdarkly/go-server-sdk/*',
        'gopkg.in/launchdarkly/go-server-sdk.*',
        'gopkg.in/launchdarkly/go-client.*',
      ],
      packageName: 'ldclient',
      calls: [
        methods(GO_METHODS, 0, 2, { distinctive: true }),
        methods(Object.fromEntries(Object.entries(GO_METHODS).map(([name, type]) => [`${name}Ctx`, type])), 1, 3, {
          distinctive: true,
        }),
        methods({ MigrationVariation: 'string' }, 0, 2),
        methods({ MigrationVariationCtx: 'string' }, 1, 3),
        methods(returning(null, 'GetValue', 'GetFlag'), 0, null, { common: true }),
        methods({ Flag: null }, 0, null, TEST_DATA),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.launchdarkly.sdk.server', 'com.launchdarkly.sdk.server.*', 'com.launchdarkly.client'],
      types: ['LDClient', 'LDClientInterface'],
      calls: [methods(JAVA_METHODS, 0, 2, { distinctive: true })],
    }),
    surface({
      languages: JVM,
      packages: ['com.launchdarkly.sdk.android', 'com.launchdarkly.android'],
      types: ['LDClient', 'LDClientInterface'],
      calls: [
        methods(
          JAVA_METHODS,
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['LaunchDarkly.Sdk.Server', 'LaunchDarkly.Sdk.Server.*', 'LaunchDarkly.Client'],
      types: ['ILdClient', 'ILdClientExtensions', 'LdClient'],
      calls: [
        methods(
          DOTNET_METHODS,
          { position: 0, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['LaunchDarkly.Sdk.Client', 'LaunchDarkly.Sdk.Client.*', 'LaunchDarkly.Xamarin'],
      types: ['ILdClient', 'ILdClientExtensions', 'LdClient'],
      calls: [
        methods(
          DOTNET_METHODS,
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['ldclient-rb', 'launchdarkly-server-sdk', 'launchdarkly-server-sdk-*'],
      globals: ['LaunchDarkly'],
      calls: [methods({ variation: null, variation_detail: null }, 0, 2, { distinctive: true })],
    }),
    surface({
      languages: ['php'],
      packages: ['LaunchDarkly', 'LaunchDarkly\\*'],
      calls: [
        methods(
          { variation: null, variationDetail: null },
          { position: 0, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['LaunchDarkly', 'LaunchDarkly_iOS'],
      types: ['LDClient'],
      calls: [
        methods(
          {
            ...returning('boolean', 'boolVariation', 'boolVariationDetail'),
            ...returning('number', 'intVariation', 'intVariationDetail', 'doubleVariation', 'doubleVariationDetail'),
            ...returning('string', 'stringVariation', 'stringVariationDetail'),
            ...returning('object', 'jsonVariation', 'jsonVariationDetail'),
            ...returning(null, 'variation', 'variationDetail'),
          },
          { position: 0, names: ['forKey'] },
          { position: 1, names: ['defaultValue'] },
          { distinctive: true },
        ),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['launchdarkly_server_sdk', 'launchdarkly_server_sdk.*'],
      types: ['Client'],
      calls: [
        methods({ flag: null }, 0, null, TEST_DATA),
        methods(
          {
            ...returning('boolean', 'bool_variation', 'bool_variation_detail'),
            ...returning('string', 'str_variation', 'str_variation_detail'),
            ...returning('number', 'int_variation', 'int_variation_detail'),
            ...returning('number', 'float_variation', 'float_variation_detail'),
            ...returning('object', 'json_variation', 'json_variation_detail'),
            ...returning(null, 'variation', 'variation_detail'),
          },
          1,
          2,
        ),
      ],
    }),
    ...launchdarklyCpp,
    ...launchdarklyScala,
  ],
};
