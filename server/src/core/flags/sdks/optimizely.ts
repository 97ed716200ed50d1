/**
 * Optimizely. A user's context decides about a flag; the older calls on the client take the flag, or the experiment, first. Read
 * from @optimizely/optimizely-sdk 6.6, @optimizely/react-sdk 3.4, the Python SDK 5.5, the Go SDK 2.4 and
 * the repositories of the SDKs for Java, Android, Swift, .NET, Ruby and PHP as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';

const FIRST = { position: 0, names: ['key', 'feature_key', 'experiment_key'] };

const DOTNET_FIRST = { position: 0, names: ['key', 'featureKey', 'experimentKey'] };

export const optimizely: FlagSdk = {
  id: 'optimizely',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@optimizely/optimizely-sdk/*', '@optimizely/react-sdk'],
      calls: [
        methods(returning(null, 'decide'), 0, null, { brief: true }),
        methods(returning(null, 'decideAsync', 'getFeatureVariable'), 0),
        methods(returning(null, 'decideForKeys', 'decideForKeysAsync'), { position: 0, several: 'items' }),
        methods(
          {
            ...returning('boolean', 'isFeatureEnabled'),
            ...returning('boolean', 'getFeatureVariableBoolean'),
            ...returning('number', 'getFeatureVariableInteger', 'getFeatureVariableDouble'),
            ...returning('string', 'getFeatureVariableString'),
            ...returning('object', 'getFeatureVariableJSON', 'getFeatureVariableJson', 'getAllFeatureVariables'),
          },
          0,
          null,
          { distinctive: true },
        ),
        methods(returning('string', 'activate', 'getVariation'), 0, null, { common: true }),
        hooks({ useDecision: null }, 0),
        hooks({ useFeature: 'boolean', useExperiment: 'string' }, 0, null, { brief: true }),
        methods({ setForcedDecision: null }, { position: 0, property: 'flagKey' }, null, { role: 'stub' }),
        methods({ setForcedVariation: null }, 0, null, { role: 'stub' }),
      ],
      elements: [
        { name: 'OptimizelyExperiment', key: 'experiment', fallback: null },
        { name: 'OptimizelyFeature', key: 'feature', fallback: null },
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['optimizely', 'optimizely.*'],
      calls: [
        methods({ decide: null }, FIRST, null, { brief: true }),
        methods({ decide_for_keys: null }, { position: 0, names: ['keys'], several: 'items' }),
        methods(
          {
            ...returning('boolean', 'is_feature_enabled', 'get_feature_variable_boolean'),
            ...returning('number', 'get_feature_variable_integer', 'get_feature_variable_double'),
            ...returning('string', 'get_feature_variable_string'),
            ...returning('object', 'get_feature_variable_json', 'get_all_feature_variables'),
            ...returning(null, 'get_feature_variable'),
          },
          FIRST,
          null,
          { distinctive: true },
        ),
        methods(returning('string', 'activate', 'get_variation'), FIRST, null, { common: true }),
        methods({ set_forced_variation: null }, FIRST, null, { role: 'stub' }),
        methods({ OptimizelyDecisionContext: null }, { position: 0, names: ['flag_key'] }, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/optimizely/go-sdk/*'],
      packageName: 'optimizely',
      calls: [
        methods({ Decide: null }, 0, null, { brief: true }),
        methods({ DecideForKeys: null }, { position: 0, several: 'items' }),
        methods(
          {
            ...returning('boolean', 'IsFeatureEnabled', 'GetFeatureVariableBoolean'),
            ...returning('number', 'GetFeatureVariableInteger', 'GetFeatureVariableDouble'),
            ...returning('string', 'GetFeatureVariableString'),
            ...returning('object', 'GetFeatureVariableJSON', 'GetAllFeatureVariables'),
            ...returning(null, 'GetFeatureVariable', 'GetAllFeatureVariablesWithDecision'),
          },
          0,
        ),
        methods(returning('string', 'Activate', 'GetVariation'), 0, null, { common: true }),
        methods({ OptimizelyDecisionContext: null }, { position: 0, property: 'FlagKey' }, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.optimizely.ab', 'com.optimizely.ab.*'],
      types: ['Optimizely', 'OptimizelyClient', 'OptimizelyUserContext', 'OptimizelyManager', 'OptimizelyFactory'],
      calls: [
        methods({ decide: null, decideAsync: null }, FIRST, null, { common: true }),
        methods({ decideBlocking: null }, 0),
        methods(returning(null, 'decideForKeys', 'decideForKeysAsync', 'decideForKeysBlocking'), {
          position: 0,
          several: 'items',
        }),
        methods({ isFeatureEnabled: 'boolean' }, FIRST),
        methods(
          {
            ...returning('boolean', 'getFeatureVariableBoolean'),
            ...returning('number', 'getFeatureVariableInteger', 'getFeatureVariableDouble', 'getFeatureVariableLong'),
            ...returning('string', 'getFeatureVariableString'),
            ...returning('object', 'getFeatureVariableJSON', 'getAllFeatureVariables'),
          },
          FIRST,
        ),
        methods({ activate: 'string', getVariation: 'string' }, FIRST, null, { common: true }),
        methods({ setForcedVariation: null }, FIRST, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['Optimizely', 'OptimizelySwiftSDK'],
      types: ['OptimizelyClient', 'OptimizelyUserContext'],
      calls: [
        methods({ decide: null, decideAsync: null }, { position: 0, names: ['key'] }, null, { common: true }),
        methods({ decide: null, decideAsync: null }, { position: 0, names: ['keys'], several: 'items' }, null, {
          common: true,
        }),
        methods({ setForcedVariation: null }, { position: 0, names: ['experimentKey'] }, null, { role: 'stub' }),
        methods({ isFeatureEnabled: 'boolean' }, { position: 0, names: ['featureKey'] }),
        methods(
          {
            ...returning('boolean', 'getFeatureVariableBoolean'),
            ...returning('number', 'getFeatureVariableInteger', 'getFeatureVariableDouble'),
            ...returning('string', 'getFeatureVariableString'),
            ...returning('object', 'getFeatureVariableJSON', 'getAllFeatureVariables'),
          },
          { position: 0, names: ['featureKey'] },
        ),
        methods(returning('string', 'getVariationKey'), { position: 0, names: ['experimentKey'] }),
        methods(returning('string', 'activate'), { position: 0, names: ['experimentKey'] }, null, { common: true }),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['OptimizelySDK', 'OptimizelySDK.*'],
      types: ['Optimizely', 'IOptimizely', 'OptimizelyUserContext', 'OptimizelyFactory'],
      calls: [
        methods({ Decide: null }, DOTNET_FIRST, null, { brief: true }),
        methods({ DecideForKeys: null }, { position: 0, names: ['keys'], several: 'items' }),
        methods(
          {
            ...returning('boolean', 'IsFeatureEnabled', 'GetFeatureVariableBoolean'),
            ...returning('number', 'GetFeatureVariableInteger', 'GetFeatureVariableDouble'),
            ...returning('string', 'GetFeatureVariableString'),
            ...returning('object', 'GetFeatureVariableJSON', 'GetAllFeatureVariables'),
          },
          DOTNET_FIRST,
        ),
        methods(returning('string', 'Activate', 'GetVariation'), DOTNET_FIRST, null, { common: true }),
        methods({ SetForcedVariation: null }, DOTNET_FIRST, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['optimizely', 'optimizely/*', 'optimizely-sdk'],
      globals: ['Optimizely'],
      calls: [
        methods({ decide: null }, 0, null, { brief: true }),
        methods({ decide_for_keys: null }, { position: 0, several: 'items' }),
        methods(
          {
            ...returning('boolean', 'is_feature_enabled', 'get_feature_variable_boolean'),
            ...returning('number', 'get_feature_variable_integer', 'get_feature_variable_double'),
            ...returning('string', 'get_feature_variable_string'),
            ...returning('object', 'get_feature_variable_json', 'get_all_feature_variables'),
            ...returning(null, 'get_feature_variable'),
          },
          0,
        ),
        methods(returning('string', 'activate', 'get_variation'), 0, null, { common: true }),
        methods({ set_forced_variation: null }, 0, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Optimizely', 'Optimizely\\*'],
      calls: [
        methods({ decide: null }, { position: 0, names: ['key'] }, null, { brief: true }),
        methods({ decideForKeys: null }, { position: 0, names: ['keys'], several: 'items' }),
        methods(
          {
            ...returning('boolean', 'isFeatureEnabled', 'getFeatureVariableBoolean'),
            ...returning('number', 'getFeatureVariableInteger', 'getFeatureVariableDouble'),
            ...returning('string', 'getFeatureVariableString'),
            ...returning('object', 'getFeatureVariableJSON', 'getAllFeatureVariables'),
          },
          { position: 0, names: ['featureFlagKey'] },
        ),
        methods(returning('string', 'activate', 'getVariation'), { position: 0, names: ['experimentKey'] }, null, {
          common: true,
        }),
        methods({ setForcedVariation: null }, { position: 0, names: ['experimentKey'] }, null, { role: 'stub' }),
      ],
    }),
  ],
};
