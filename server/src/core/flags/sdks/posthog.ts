/**
 * PostHog. The key comes first everywhere; in Go it is a field of the payload. Flags evaluated at once are asked by methods of
 * the result. Read from posthog-js 1.449, posthog-node 5.70, @posthog/react 1.11, posthog-react-native 4.78, the Python SDK 7.53,
 * the Go SDK 1.23 and the repositories of the SDKs for Android and the JVM, .NET, Ruby, PHP and Rust as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM, RUBY } from '../sdk.ts';
import { hooks, methods, returning, surface } from './forms.ts';

const KEY = { position: 0, names: ['key'] };

export const posthog: FlagSdk = {
  id: 'posthog',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['posthog-js/*', '@posthog/react/*', 'posthog-react-native', 'posthog-js-lite'],
      calls: [
        methods({ isFeatureEnabled: 'boolean' }, 0, { position: 1, property: 'defaultValue' }, { distinctive: true }),
        methods(returning(null, 'getFeatureFlag', 'getFeatureFlagPayload', 'getFeatureFlagResult'), 0, null, {
          distinctive: true,
        }),
        hooks({ useFeatureFlagEnabled: 'boolean' }, 0, 1),
        hooks(
          returning(
            null,
            'useFeatureFlagVariantKey',
            'useFeatureFlagPayload',
            'useFeatureFlagResult',
            'useFeatureFlag',
            'useFeatureFlagWithPayload',
          ),
          0,
        ),
        methods({ overrideFeatureFlags: null }, { position: 0, property: 'flags', several: 'names' }, null, {
          role: 'stub',
        }),
      ],
      elements: [{ name: 'PostHogFeature', key: 'flag', fallback: null }],
    }),
    surface({
      languages: ECMASCRIPT,
      packages: ['posthog-node/*'],
      calls: [
        methods(
          {
            ...returning('boolean', 'isFeatureEnabled'),
            ...returning(null, 'getFeatureFlag', 'getFeatureFlagPayload', 'getFeatureFlagResult'),
          },
          0,
          null,
          { distinctive: true },
        ),
        // Of what `evaluateFlags()` gives back.
        methods({ isEnabled: 'boolean', getFlag: null, getFlagPayload: null }, 0, null, { brief: true }),
        methods({ getRemoteConfigPayload: 'object' }, 0),
        methods({ overrideFeatureFlags: null }, { position: 0, property: 'flags', several: 'names' }, null, {
          role: 'stub',
        }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['posthog', 'posthog.*'],
      calls: [
        methods(
          {
            ...returning('boolean', 'feature_enabled'),
            ...returning(null, 'get_feature_flag', 'get_feature_flag_payload', 'get_feature_flag_result'),
            ...returning('object', 'get_remote_config_payload'),
          },
          KEY,
        ),
        methods({ is_enabled: 'boolean', get_flag: null, get_flag_payload: null }, KEY, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/posthog/posthog-go', 'github.com/PostHog/posthog-go'],
      packageName: 'posthog',
      calls: [
        methods(
          {
            ...returning('boolean', 'IsFeatureEnabled'),
            ...returning(null, 'GetFeatureFlag', 'GetFeatureFlagPayload', 'GetFeatureFlagResult'),
          },
          { position: 0, property: 'Key' },
        ),
        methods({ IsEnabled: 'boolean', GetFlag: null, GetFlagPayload: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.posthog', 'com.posthog.android', 'com.posthog.android.*'],
      types: ['PostHog', 'PostHogInterface'],
      calls: [
        methods({ isFeatureEnabled: 'boolean' }, KEY, { position: 1, names: ['defaultValue'] }),
        methods(returning(null, 'getFeatureFlag', 'getFeatureFlagPayload'), KEY, {
          position: 1,
          names: ['defaultValue'],
        }),
        methods({ getFeatureFlagResult: null }, KEY),
      ],
    }),
    // Before the SDK for servers was one with Android's.
    surface({
      languages: JVM,
      packages: ['com.posthog.java', 'com.posthog.java.*'],
      types: ['PostHog'],
      calls: [
        methods({ isFeatureFlagEnabled: 'boolean' }, 0),
        methods(returning(null, 'getFeatureFlag', 'getFeatureFlagPayload'), 0),
      ],
    }),
    surface({
      languages: JVM,
      packages: ['com.posthog.server', 'com.posthog.server.*'],
      types: ['PostHog', 'PostHogInterface'],
      calls: [
        methods(
          { isFeatureEnabled: 'boolean' },
          { position: 1, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
        ),
        methods(
          returning(null, 'getFeatureFlag', 'getFeatureFlagPayload'),
          { position: 1, names: ['key'] },
          { position: 2, names: ['defaultValue'] },
        ),
        methods({ getFeatureFlagResult: null }, { position: 1, names: ['key'] }),
        methods({ isEnabled: 'boolean', getFlag: null, getFlagPayload: null }, KEY, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['swift'],
      packages: ['PostHog'],
      types: ['PostHogSDK'],
      calls: [
        methods({ isFeatureEnabled: 'boolean' }, 0),
        methods(returning(null, 'getFeatureFlag', 'getFeatureFlagPayload', 'getFeatureFlagResult'), 0),
      ],
    }),
    surface({
      languages: ['csharp'],
      packages: ['PostHog', 'PostHog.*'],
      types: ['PostHogClient', 'IPostHogClient', 'PostHogSdk', 'FeatureFlagEvaluations'],
      calls: [
        methods(
          { IsFeatureEnabledAsync: 'boolean', GetFeatureFlagAsync: null },
          { position: 0, names: ['featureKey'] },
        ),
        methods({ GetRemoteConfigPayloadAsync: 'object' }, KEY),
        methods({ IsEnabled: 'boolean', GetFlag: null, GetFlagPayload: null }, KEY, null, { brief: true }),
      ],
    }),
    surface({
      languages: RUBY,
      packages: ['posthog', 'posthog-ruby', 'posthog-rails'],
      globals: ['PostHog'],
      calls: [
        methods(
          {
            ...returning('boolean', 'is_feature_enabled'),
            ...returning(null, 'get_feature_flag', 'get_feature_flag_payload', 'get_feature_flag_result'),
            ...returning('object', 'get_remote_config_payload'),
          },
          { position: 0 },
        ),
        methods({ 'enabled?': 'boolean' }, 0, null, { common: true }),
        methods({ get_flag: null, get_flag_payload: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['php'],
      packages: ['PostHog', 'PostHog\\*'],
      calls: [
        methods(
          {
            ...returning('boolean', 'isFeatureEnabled'),
            ...returning(null, 'getFeatureFlag', 'getFeatureFlagPayload', 'getFeatureFlagResult'),
          },
          KEY,
        ),
        methods({ isEnabled: 'boolean', getFlag: null, getFlagPayload: null }, KEY, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['rust'],
      packages: ['posthog_rs', 'posthog_rs.*'],
      types: ['Client'],
      calls: [
        methods(
          {
            ...returning('boolean', 'is_feature_enabled'),
            ...returning(null, 'get_feature_flag', 'get_feature_flag_payload'),
          },
          0,
        ),
        methods({ is_enabled: 'boolean', get_flag: null, get_flag_payload: null }, 0, null, { brief: true }),
      ],
    }),
  ],
};
