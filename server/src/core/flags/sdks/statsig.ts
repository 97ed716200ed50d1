/**
 * Statsig. A client asks `(key)`, a server `(user, key)`: the same names, told apart by the package alone. Clients that evaluate on
 * the device take the user behind the key. Read from @statsig/js-client and its relatives 3.33, statsig-js 5.1, statsig-react 2.1,
 * statsig-node 6.5, @statsig/statsig-node-core 0.23, the Python SDK 0.71, the Go SDK 2.5, the server
 * core 0.20 and the repositories of the SDKs for Android, the JVM and iOS as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';
import { statsigServers } from './statsigServers.ts';

const LOUD = { ...returning('boolean', 'checkGate', 'getFeatureGate'), ...returning('object', 'getDynamicConfig') };

/** Without an exposure event, or synchronous. */
const QUIET = {
  ...returning(
    'boolean',
    'checkGateSync',
    'getFeatureGateSync',
    'checkGateWithExposureLoggingDisabled',
    'checkGateWithExposureLoggingDisabledSync',
    'getFeatureGateWithExposureLoggingDisabled',
    'getFeatureGateWithExposureLoggingDisabledSync',
  ),
  ...returning(
    'object',
    'getConfigSync',
    'getExperimentSync',
    'getLayerSync',
    'getConfigWithExposureLoggingDisabled',
    'getConfigWithExposureLoggingDisabledSync',
    'getExperimentWithExposureLoggingDisabled',
    'getExperimentWithExposureLoggingDisabledSync',
    'getLayerWithExposureLoggingDisabled',
    'getLayerWithExposureLoggingDisabledSync',
  ),
};

const EXPERIMENTS = returning('object', 'getExperiment', 'getParameterStore');
const COMMON = returning('object', 'getConfig', 'getLayer');

/** By these names clients' keys are given where arguments have names. */
const ANDROID_KEY = {
  position: 0,
  names: ['gateName', 'configName', 'experimentName', 'layerName', 'parameterStoreName'],
};

const SERVER_KEY = {
  position: 1,
  names: ['gateName', 'configName', 'dynamicConfigName', 'experimentName', 'layerName'],
};

const UNLOGGED = [
  'getConfigWithExposureLoggingDisabled',
  'getExperimentWithExposureLoggingDisabled',
  'getLayerWithExposureLoggingDisabled',
];

const OVERRIDES = methods(
  returning(
    null,
    'overrideGate',
    'overrideConfig',
    'overrideDynamicConfig',
    'overrideExperiment',
    'overrideLayer',
    'overrideParamStore',
    'overrideParameterStore',
  ),
  0,
  null,
  { role: 'stub' },
);

export const statsig: FlagSdk = {
  id: 'statsig',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: [
        '@statsig/js-client',
        '@statsig/client-core',
        '@statsig/react-bindings',
        '@statsig/react-native-bindings',
        '@statsig/expo-bindings',
        '@statsig/angular-bindings',
        '@statsig/js-on-device-eval-client',
        '@statsig/react-bindings-on-device-eval',
        '@statsig/js-local-overrides',
        'statsig-js',
        'statsig-react',
        'statsig-react-native',
        'statsig-react-native-expo',
        'statsig-js-local-eval',
        'statsig-js-lite',
      ],
      calls: [
        methods({ ...LOUD, ...QUIET, ...EXPERIMENTS }, 0, null, { distinctive: true }),
        methods(COMMON, 0, null, { common: true }),
        hooks(
          { ...returning('boolean', 'useGateValue', 'useFeatureGate'), ...returning('object', 'useDynamicConfig') },
          0,
        ),
        hooks(
          {
            ...returning('boolean', 'useGate', 'useGateWithExposureLoggingDisabled'),
            ...returning(
              'object',
              'useParameterStore',
              'useConfigWithExposureLoggingDisabled',
              'useExperimentWithExposureLoggingDisabled',
              'useLayerWithExposureLoggingDisabled',
            ),
          },
          0,
        ),
        hooks(returning('object', 'useExperiment', 'useLayer', 'useConfig'), 0, null, { brief: true }),
        OVERRIDES,
      ],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['statsig-node/*', '@statsig/statsig-node-core', 'statsig-node-lite', 'statsig-node-vercel'],
      calls: [
        methods({ ...LOUD, ...QUIET, ...EXPERIMENTS }, 1, null, { distinctive: true }),
        methods(COMMON, 1, null, { common: true }),
        OVERRIDES,
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['statsig', 'statsig.*', 'statsig_python_core', 'statsig_python_core.*'],
      calls: [
        methods(
          returning('boolean', 'check_gate', 'get_feature_gate', 'check_gate_with_exposure_logging_disabled'),
          { position: 1, names: ['gate', 'name'] },
          null,
          { distinctive: true },
        ),
        methods(
          returning(
            'object',
            'get_dynamic_config',
            'get_config_with_exposure_logging_disabled',
            'get_experiment',
            'get_experiment_with_exposure_logging_disabled',
            'get_layer',
            'get_layer_with_exposure_logging_disabled',
            'get_parameter_store',
          ),
          { position: 1, names: ['config', 'experiment', 'layer', 'name'] },
        ),
        methods({ get_config: 'object' }, { position: 1, names: ['config'] }, null, { common: true }),
        methods(
          returning(
            null,
            'override_gate',
            'override_config',
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
    surface({
      languages: ['go'],
      packages: ['github.com/statsig-io/go-sdk/*'],
      packageName: 'statsig',
      calls: [
        methods(
          {
            ...returning('boolean', 'CheckGate', 'CheckGateWithExposureLoggingDisabled'),
            ...returning('boolean', 'GetGate', 'GetGateWithExposureLoggingDisabled'),
            ...returning('object', 'GetConfigWithExposureLoggingDisabled'),
            ...returning('object', 'GetExperiment', 'GetExperimentWithOptions'),
            ...returning('object', 'GetExperimentWithExposureLoggingDisabled'),
            ...returning('object', 'GetLayer', 'GetLayerWithOptions', 'GetLayerWithExposureLoggingDisabled'),
          },
          1,
        ),
        methods({ GetConfig: 'object' }, 1, null, { common: true }),
        methods(returning(null, 'OverrideGate', 'OverrideConfig', 'OverrideLayer'), 0, null, { role: 'stub' }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/statsig-io/statsig-go-core/*'],
      packageName: 'statsig_go_core',
      calls: [
        methods(
          {
            ...returning('boolean', 'CheckGate', 'GetFeatureGate'),
            ...returning('object', 'GetDynamicConfig', 'GetExperiment', 'GetLayer', 'GetParameterStore'),
          },
          1,
        ),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.statsig.androidsdk', 'com.statsig.androidsdk.*'],
      types: ['Statsig', 'StatsigClient'],
      calls: [
        methods({ ...LOUD, ...QUIET, ...EXPERIMENTS }, ANDROID_KEY),
        methods(COMMON, ANDROID_KEY, null, { common: true }),
        OVERRIDES,
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.statsig.sdk', 'com.statsig.sdk.*', 'com.statsig', 'com.statsig.Statsig'],
      types: ['Statsig', 'StatsigServer'],
      calls: [
        methods(
          {
            ...returning(
              'boolean',
              'checkGate',
              'checkGateAsync',
              'getFeatureGate',
              'checkGateSync',
              'checkGateWithExposureLoggingDisabled',
            ),
            ...returning('object', 'getDynamicConfig', 'getExperiment', 'getExperimentAsync', 'getExperimentSync'),
            ...returning('object', 'getConfigAsync', 'getConfigSync', 'getLayerAsync', 'getLayerSync'),
            ...returning('boolean', 'checkGateWithExposureLoggingDisabledAsync'),
            ...returning('object', ...UNLOGGED, ...UNLOGGED.map(name => `${name}Async`), 'getParameterStore'),
          },
          SERVER_KEY,
        ),
        methods(COMMON, SERVER_KEY, null, { common: true }),
        OVERRIDES,
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['Statsig', 'StatsigOnDeviceEvaluations'],
      types: ['Statsig', 'StatsigClient'],
      calls: [
        methods({ ...LOUD, ...QUIET, ...EXPERIMENTS }, { position: 0, names: ['forName'] }),
        methods(COMMON, { position: 0, names: ['forName'] }, null, { common: true }),
        OVERRIDES,
      ],
    }),
    // The server core: statsig-cpp 0.20.
    surface({
      languages: ['cpp'],
      packages: ['statsig_cpp_core', 'statsig_cpp_core.*', 'statsig-cpp-core/*', 'statsig.h'],
      types: ['Statsig'],
      calls: [
        methods({ ...LOUD, ...returning('object', 'getExperiment', 'getLayer') }, 1),
        methods(returning('object', 'getExperimentByGroupName', 'getExperimentByGroupIdAdvanced'), 0),
      ],
    }),
    // The client, and the server from before the core: they share a namespace, not the case of their names.
    surface({
      languages: ['cpp'],
      packages: ['statsig', 'statsig.*', 'statsig/*'],
      types: ['StatsigClient', 'Statsig'],
      calls: [
        methods(
          {
            ...returning('boolean', 'CheckGate', 'GetFeatureGate'),
            ...returning('object', 'GetDynamicConfig', 'GetExperiment', 'GetLayer'),
          },
          0,
        ),
        methods({ checkGate: 'boolean', getExperiment: 'object' }, 1),
        methods(returning('object', 'getConfig', 'getLayer'), 1, null, { common: true }),
      ],
    }),
    ...statsigServers,
  ],
};
