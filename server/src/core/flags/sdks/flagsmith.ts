/**
 * Flagsmith. Its browser client is asked itself; on a server the flags of an environment or an identity are fetched first and
 * asked then. Read from flagsmith 10.0, flagsmith-nodejs 8.1, react-native-flagsmith 9.3, the Python client 6.1 and the Go client 5.1.
 */
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';

const FEATURE_NAME = { position: 0, names: ['feature_name'] };

export const flagsmith: FlagSdk = {
  id: 'flagsmith',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['flagsmith/*', '@flagsmith/flagsmith/*', 'react-native-flagsmith/*'],
      calls: [
        methods({ hasFeature: 'boolean' }, 0, { position: 1, property: 'fallback' }),
        methods({ getValue: null }, 0, { position: 1, property: 'fallback' }, { common: true }),
        hooks({ useFlags: null }, { position: 0, several: 'items' }),
      ],
      toggles: [{ function: 'useFlags', camelCase: false, role: 'reference' }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['flagsmith-nodejs/*'],
      calls: [
        methods({ isFeatureEnabled: 'boolean', getFeatureValue: null }, 0),
        methods({ getFlag: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['flagsmith', 'flagsmith.*'],
      calls: [
        methods({ is_feature_enabled: 'boolean', get_feature_value: null }, FEATURE_NAME),
        methods({ get_flag: null }, FEATURE_NAME, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/Flagsmith/flagsmith-go-client/*'],
      packageName: 'flagsmith',
      calls: [
        methods({ IsFeatureEnabled: 'boolean', GetFeatureValue: null }, 0),
        methods({ GetFlag: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.flagsmith', 'com.flagsmith.*'],
      types: ['Flagsmith', 'FlagsmithClient', 'Flags'],
      calls: [
        methods(returning('boolean', 'hasFeatureFlag', 'isFeatureEnabled'), {
          position: 0,
          names: ['forFeatureId', 'featureName'],
        }),
        methods(returning(null, 'getValueForFeature', 'getFeatureValue'), {
          position: 0,
          names: ['forFeatureId', 'featureName'],
        }),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['FlagsmithClient'],
      types: ['Flagsmith'],
      calls: [
        methods({ hasFeatureFlag: 'boolean' }, { position: 0, names: ['withID'] }),
        methods(returning(null, 'getValueForFeature', 'getFeatureValue'), { position: 0, names: ['withID'] }),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['flagsmith', 'flagsmith.*'],
      calls: [
        methods({ is_feature_enabled: 'boolean' }, 0),
        methods(returning(null, 'get_feature_value_as_string', 'get_feature_value'), 0),
      ],
    }),
  ],
};
