/**
 * ConfigCat. `getValue` is a name that thousands of libraries have: only the package tells. Read from @configcat/sdk 1.1,
 * configcat-js 9.6, -node 11.4 and -react 5.1, the Python SDK 9.0, the Go SDK 9.0 and the
 * repositories of the SDKs for Java, Kotlin, Swift, Rust, .NET, Ruby and PHP as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, RUBY } from '../sdk.ts';
import { functions, hooks, methods, returning, surface } from './forms.ts';

/** Java names the type first, and the default last: `getValue(Boolean.class, "key", user, false)`. */
const OF_A_CLASS = methods(
  returning(null, 'getValue', 'getValueAsync', 'getValueDetails', 'getValueDetailsAsync'),
  1,
  { position: 2, last: true },
  { common: true },
);

export const configcat: FlagSdk = {
  id: 'configcat',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@configcat/sdk/*', 'configcat-*'],
      calls: [
        methods(returning(null, 'getValue', 'getValueDetails'), 0, 1, { common: true }),
        methods(returning(null, 'getValueAsync', 'getValueDetailsAsync'), 0, 1),
        hooks({ useFeatureFlag: null }, 0, 1),
        functions({ createFlagOverridesFromMap: null }, { position: 0, several: 'names' }, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['configcatclient', 'configcatclient.*'],
      calls: [
        methods(
          returning(null, 'get_value', 'get_value_details'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['default_value'] },
          { common: true },
        ),
        functions({ LocalDictionaryFlagOverrides: null }, { position: 0, names: ['source'], several: 'names' }, null, {
          role: 'stub',
        }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/configcat/go-sdk/*'],
      packageName: 'configcat',
      calls: [
        methods(
          {
            ...returning('boolean', 'GetBoolValue', 'GetBoolValueDetails'),
            ...returning('number', 'GetIntValue', 'GetIntValueDetails', 'GetFloatValue', 'GetFloatValueDetails'),
            ...returning('string', 'GetStringValue', 'GetStringValueDetails'),
          },
          0,
          1,
          { distinctive: true },
        ),
      ],
      flagObjects: [
        {
          names: { Bool: 'boolean', Int: 'number', Float: 'number', String: 'string' },
          key: { position: 0 },
          fallback: { position: 1 },
          methods: ['Get', 'GetWithDetails', 'GetValue', 'GetValueDetails'],
          common: true,
        },
      ],
    }),
    surface({
      languages: ['java', 'scala'],
      packages: ['com.configcat', 'com.configcat.*'],
      types: ['ConfigCatClient'],
      calls: [OF_A_CLASS],
    }),
    surface({
      languages: ['kotlin'],
      packages: ['com.configcat', 'com.configcat.*'],
      types: ['ConfigCatClient', 'ConfigCatClientSnapshot'],
      calls: [
        methods(
          returning(null, 'getValue', 'getValueDetails', 'getAnyValue', 'getAnyValueDetails'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
        // Java's SDK, called from Kotlin.
        OF_A_CLASS,
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['ConfigCat'],
      types: ['ConfigCatClient', 'ConfigCatClientProtocol', 'ConfigCatClientSnapshot'],
      calls: [
        methods(
          returning(null, 'getValue', 'getValueDetails', 'getAnyValue', 'getAnyValueDetails'),
          { position: 0, names: ['for'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['configcat', 'configcat.*'],
      types: ['Client', 'ClientBuilder'],
      calls: [
        methods(returning(null, 'get_value', 'get_value_details'), 0, 1, { common: true }),
        methods({ get_flag_details: null }, 0),
      ],
    }),
    surface({
      languages: ['cpp'],
      packages: ['configcat', 'configcat.*', 'configcat/*'],
      types: ['ConfigCatClient'],
      calls: [methods(returning(null, 'getValue', 'getValueDetails'), 0, 1, { common: true })],
    }),
    surface({
      languages: ['csharp'],
      packages: ['ConfigCat.Client', 'ConfigCat.Client.*'],
      types: ['ConfigCatClient', 'IConfigCatClient', 'ConfigCatClientSnapshot', 'IConfigCatClientSnapshot'],
      calls: [
        methods(
          returning(null, 'GetValue', 'GetValueDetails', 'GetValueAsync', 'GetValueDetailsAsync'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['configcat'],
      globals: ['ConfigCat'],
      calls: [methods(returning(null, 'get_value', 'get_value_details'), 0, 1, { common: true })],
    }),
    surface({
      languages: ['php'],
      packages: ['ConfigCat', 'ConfigCat\\*'],
      calls: [
        methods(
          returning(null, 'getValue', 'getValueDetails'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
      ],
    }),
  ],
};
