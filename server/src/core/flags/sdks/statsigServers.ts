/**
 * Statsig in C#, Ruby, PHP and Rust. Servers take the user before the key; the .NET client takes the key alone. Read from the
 * repositories of the SDKs for .NET, Ruby, PHP and Rust and of the server core, as of 2026.
 */
import { RUBY, type SdkSurface } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

const DOTNET_KEY = ['gateName', 'configName', 'experimentName', 'layerName', 'storeName'];
const PHP_KEY = { position: 1, names: ['name', 'gate', 'config', 'experiment', 'layer'] };

export const statsigServers: readonly SdkSurface[] = [
  surface({
    languages: ['csharp'],
    packages: ['Statsig.Client', 'Statsig.Client.*'],
    types: ['StatsigClient', 'ClientDriver'],
    calls: [
      methods(
        { CheckGate: 'boolean', ...returning('object', 'GetExperiment', 'GetLayer') },
        { position: 0, names: DOTNET_KEY },
      ),
      methods({ GetConfig: 'object' }, { position: 0, names: DOTNET_KEY }, null, { common: true }),
    ],
  }),
  surface({
    languages: ['csharp'],
    packages: ['Statsig', 'Statsig.Server', 'Statsig.Server.*'],
    types: ['StatsigServer', 'ServerDriver', 'Statsig'],
    calls: [
      methods(
        {
          ...returning('boolean', 'CheckGate', 'CheckGateSync', 'GetFeatureGate'),
          ...returning('boolean', 'CheckGateWithExposureLoggingDisabled', 'CheckGateWithExposureLoggingDisabledSync'),
          ...returning('boolean', 'GetFeatureGateWithExposureLoggingDisabled'),
          ...returning('object', 'GetConfigSync', 'GetDynamicConfig', 'GetParameterStore'),
          ...returning('object', 'GetExperiment', 'GetExperimentSync', 'GetLayer', 'GetLayerSync'),
          ...returning('object', 'GetConfigWithExposureLoggingDisabled', 'GetConfigWithExposureLoggingDisabledSync'),
          ...returning('object', 'GetExperimentWithExposureLoggingDisabled'),
          ...returning('object', 'GetExperimentWithExposureLoggingDisabledSync'),
          ...returning('object', 'GetLayerWithExposureLoggingDisabled', 'GetLayerWithExposureLoggingDisabledSync'),
        },
        { position: 1, names: DOTNET_KEY },
      ),
      methods({ GetConfig: 'object' }, { position: 1, names: DOTNET_KEY }, null, { common: true }),
      methods(
        returning(null, 'OverrideGate', 'OverrideDynamicConfig', 'OverrideExperiment', 'OverrideLayer'),
        { position: 0, names: DOTNET_KEY },
        null,
        { role: 'stub' },
      ),
    ],
  }),
  surface({
    languages: RUBY,
    packages: ['statsig'],
    globals: ['Statsig'],
    calls: [
      methods(
        {
          ...returning('boolean', 'check_gate', 'get_gate', 'check_gate_with_exposure_logging_disabled'),
          ...returning('object', 'get_experiment', 'get_experiment_with_exposure_logging_disabled'),
          ...returning('object', 'get_layer', 'get_layer_with_exposure_logging_disabled'),
          ...returning('object', 'get_config_with_exposure_logging_disabled'),
        },
        1,
      ),
      methods({ get_config: 'object' }, 1, null, { common: true }),
      methods(returning(null, 'override_gate', 'override_config'), 0, null, { role: 'stub' }),
    ],
  }),
  surface({
    languages: ['php'],
    packages: ['Statsig', 'Statsig\\*'],
    calls: [
      methods(
        {
          ...returning('boolean', 'checkGate', 'checkGateWithExposureLoggingDisabled'),
          ...returning('boolean', 'getFeatureGate', 'getFeatureGateWithExposureLoggingDisabled'),
          ...returning('object', 'getDynamicConfig', 'getConfigWithExposureLoggingDisabled'),
          ...returning('object', 'getExperiment', 'getExperimentWithExposureLoggingDisabled'),
          ...returning('object', 'getLayerWithExposureLoggingDisabled'),
        },
        PHP_KEY,
      ),
      methods(returning('object', 'getConfig', 'getLayer'), PHP_KEY, null, { common: true }),
      methods(
        returning(null, 'overrideGate', 'overrideDynamicConfig', 'overrideExperiment', 'overrideLayer'),
        { position: 0, names: ['gateName', 'configName', 'experimentName', 'layerName'] },
        null,
        { role: 'stub' },
      ),
    ],
  }),
  surface({
    languages: ['rust'],
    packages: ['statsig_rust', 'statsig_rust.*', 'statsig', 'statsig.*'],
    types: ['Statsig'],
    calls: [
      methods(
        {
          ...returning('boolean', 'check_gate', 'check_gate_with_options'),
          ...returning('boolean', 'get_feature_gate', 'get_feature_gate_with_options'),
          ...returning('object', 'get_dynamic_config', 'get_dynamic_config_with_options'),
          ...returning('object', 'get_experiment', 'get_experiment_with_options'),
          ...returning('object', 'get_layer', 'get_layer_with_options', 'get_parameter_store_for_user'),
        },
        1,
      ),
      methods({ get_config: 'object' }, 1, null, { common: true }),
      methods(returning('object', 'get_parameter_store', 'get_parameter_store_with_options'), 0),
      methods(
        returning(
          null,
          'override_gate',
          'override_dynamic_config',
          'override_experiment',
          'override_layer',
          'override_parameter_store',
        ),
        0,
        null,
        { role: 'stub' },
      ),
    ],
  }),
];
