/**
 * GrowthBook. Clients of one user and clients of many share the place of the key; in Go a context came before it with 0.2. Read
 * from @growthbook/growthbook and -react 1.8, the Python SDK 2.2 the Go SDK 0.1 and 0.2, and
 * the repositories of the SDKs for Java, .NET, Ruby, PHP and Rust as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';

const KEY = { position: 0, names: ['key'] };

export const growthbook: FlagSdk = {
  id: 'growthbook',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['@growthbook/*'],
      calls: [
        methods(returning('boolean', 'isOn', 'isOff'), 0, null, { brief: true }),
        methods({ getFeatureValue: null }, 0, 1, { distinctive: true }),
        methods({ evalFeature: null }, 0, null, { distinctive: true }),
        methods({ feature: null }, 0, null, { common: true }),
        hooks({ useFeatureIsOn: 'boolean' }, 0),
        hooks({ useFeature: null }, 0, null, { brief: true }),
        hooks({ useFeatureValue: null }, 0, 1),
      ],
      elements: [
        { name: 'IfFeatureEnabled', key: 'feature', fallback: null },
        { name: 'FeatureString', key: 'feature', fallback: 'default' },
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['growthbook', 'growthbook.*'],
      calls: [
        methods(returning('boolean', 'is_on', 'is_off', 'isOn', 'isOff'), { position: 0, names: ['key'] }, null, {
          brief: true,
        }),
        methods(
          returning(null, 'get_feature_value', 'getFeatureValue'),
          { position: 0, names: ['key'] },
          { position: 1, names: ['fallback'] },
        ),
        methods(returning(null, 'eval_feature', 'evalFeature'), { position: 0, names: ['key'] }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/growthbook/growthbook-golang/*'],
      packageName: 'growthbook',
      calls: [
        methods({ EvalFeature: null }, 1),
        methods({ EvalFeature: null }, 0),
        methods({ ...returning('boolean', 'IsOn', 'IsOff'), Feature: null }, 0, null, { common: true }),
        methods({ GetFeatureValue: null }, 0, 1),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.sdk.growthbook', 'com.sdk.growthbook.*', 'growthbook.sdk.java', 'growthbook.sdk.java.*'],
      types: ['GrowthBookSDK', 'GrowthBook', 'IGrowthBook', 'GrowthBookClient'],
      calls: [
        methods(returning('boolean', 'isOn', 'isOff'), { position: 0, names: ['featureId', 'featureKey'] }, null, {
          brief: true,
        }),
        methods(returning(null, 'feature', 'suspendFeature'), { position: 0, names: ['id'] }, null, { common: true }),
        methods({ featureValue: null }, { position: 0, names: ['id'] }),
        methods({ evalFeature: null }, { position: 0, names: ['key'] }),
        methods(
          { getFeatureValue: null },
          { position: 0, names: ['featureKey'] },
          { position: 1, names: ['defaultValue'] },
        ),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['GrowthBook', 'GrowthBook_IOS'],
      types: ['GrowthBookSDK', 'GrowthBookModel'],
      calls: [
        methods({ isOn: 'boolean' }, { position: 0, names: ['feature'] }, null, { brief: true }),
        methods({ getFeatureValue: null }, { position: 0, names: ['feature'] }, { position: 1, names: ['default'] }),
        methods({ evalFeature: null }, { position: 0, names: ['id'] }),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['GrowthBook', 'GrowthBook.*'],
      types: ['GrowthBook', 'IGrowthBook'],
      calls: [
        methods(returning('boolean', 'IsOn', 'IsOff', 'IsOnAsync', 'IsOffAsync'), KEY, null, { brief: true }),
        methods(returning(null, 'GetFeatureValue', 'GetFeatureValueAsync'), KEY, { position: 1, names: ['fallback'] }),
        methods(returning(null, 'EvalFeature', 'EvalFeatureAsync'), { position: 0, names: ['key', 'featureId'] }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['growthbook'],
      globals: ['Growthbook'],
      calls: [
        methods(returning('boolean', 'on?', 'off?'), 0, null, { common: true }),
        methods({ feature_value: null }, 0, 1),
        methods({ eval_feature: null }, 0),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['Growthbook', 'Growthbook\\*'],
      calls: [
        methods(returning('boolean', 'isOn', 'isOff'), KEY, null, { brief: true }),
        methods({ getValue: null }, KEY, { position: 1, names: ['default'] }, { common: true }),
        methods({ getFeature: null }, KEY, null, { common: true }),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['growthbook_rust', 'growthbook_rust.*'],
      types: ['GrowthBookClient', 'GrowthBookClientBuilder'],
      calls: [
        methods(returning('boolean', 'is_on', 'is_off'), 0, null, { brief: true }),
        methods({ feature_result: null }, 0),
      ],
    }),
  ],
};
