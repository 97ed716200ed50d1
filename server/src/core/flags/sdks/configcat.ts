/**
 * ConfigCat. `getValue` is a name that thousands of libraries have: only the package tells. Read from @configcat/sdk 1.1,
 * configcat-js 9.6, -node 11.4 and -react 5.1, the Python SDK 9.0 and the Go SDK 9.0.
 */
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
import { functions, hooks, methods, returning, surface } from './forms.ts';

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
      languages: JVM,
      packages: ['com.configcat', 'com.configcat.*'],
      types: ['ConfigCatClient', 'ConfigCatClientSnapshot'],
      calls: [
        // Java names the type first: `getValue(Boolean.class, "key", false)`.
        methods(
          returning(null, 'getValue', 'getValueAsync', 'getValueDetails', 'getValueDetailsAsync'),
          { position: 1 },
          { position: 2 },
          { common: true },
        ),
        methods(
          returning(null, 'getValue', 'getValueDetails', 'getAnyValue', 'getAnyValueDetails'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['defaultValue'] },
          { common: true },
        ),
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
      calls: [methods(returning(null, 'get_value', 'get_value_details'), 0, 1, { common: true })],
    }),
    surface({
      languages: ['cpp'],
      packages: ['configcat', 'configcat.*', 'configcat/*'],
      types: ['ConfigCatClient'],
      calls: [methods(returning(null, 'getValue', 'getValueDetails'), 0, 1, { common: true })],
    }),
  ],
};
