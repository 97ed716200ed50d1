/**
 * Flagsmith. Its browser client is asked itself; on a server the flags of an environment or an identity are fetched first and
 * asked then. Read from flagsmith 10.0, flagsmith-nodejs 8.1, react-native-flagsmith 9.3, the Python client 6.1, the Go client 5.1
 * and the repositories of the clients for Java, Kotlin, Swift, Rust, .NET, Ruby and PHP as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';

/** Given by its keyword alone. */
const DEFAULT_KEYWORD = { position: Number.POSITIVE_INFINITY, names: ['default'] };

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
        methods({ getFlag: null }, 0, null, { brief: true }),
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
      types: ['Flagsmith', 'Flags'],
      calls: [
        methods({ is_feature_enabled: 'boolean' }, 0),
        methods({ get_feature_value_as_string: null }, 0),
        methods({ get_flag: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['Flagsmith', 'Flagsmith.*'],
      types: ['FlagsmithClient', 'IFlagsmithClient', 'Flags', 'IFlags'],
      calls: [
        methods({ IsFeatureEnabled: 'boolean', GetFeatureValue: null }, { position: 0, names: ['featureName'] }),
        methods({ GetFlag: null }, { position: 0, names: ['featureName'] }, null, { brief: true }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['flagsmith'],
      globals: ['Flagsmith'],
      calls: [
        methods(
          returning('boolean', 'feature_enabled?', 'feature_enabled_for_identity?', 'is_feature_enabled'),
          0,
          DEFAULT_KEYWORD,
        ),
        methods(returning(null, 'feature_value', 'get_feature_value', 'get_value_for_identity'), 0, DEFAULT_KEYWORD),
        methods({ get_value: null }, 0, DEFAULT_KEYWORD, { common: true }),
        methods({ get_flag: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Flagsmith', 'Flagsmith\\*'],
      calls: [
        methods({ isFeatureEnabled: 'boolean', getFeatureValue: null }, { position: 0, names: ['featureName'] }),
        methods({ getFlag: null }, { position: 0, names: ['featureName'] }, null, { brief: true }),
      ],
    }),
  ],
};
