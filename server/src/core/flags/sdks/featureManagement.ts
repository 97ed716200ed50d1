/**
 * Microsoft.FeatureManagement: the feature manager, the gate attribute, and what is registered for a feature. Shapes read from
 * the package's own source (`src/Microsoft.FeatureManagement` and `.AspNetCore`). An enum's member stands for its name. Its siblings for JavaScript (2.3), Python,
 * Go and Spring were read from their packages and repositories as of 2026.
 */
import { ECMASCRIPT, type FlagSdk, JVM } from '../sdk.ts';
import { decorators, methods, surface } from './forms.ts';

export const featureManagement: FlagSdk = {
  id: 'feature-management',
  surfaces: [
    {
      languages: ['csharp'],
      packages: ['Microsoft.FeatureManagement', 'Microsoft.FeatureManagement.*'],
      types: [
        'FeatureGate',
        'FeatureGateAttribute',
        'FeatureManager',
        'FeatureManagerSnapshot',
        'IFeatureManager',
        'IFeatureManagerSnapshot',
        'IVariantFeatureManager',
        'IVariantFeatureManagerSnapshot',
        'VariantFeatureManager',
      ],
      calls: [
        {
          names: { IsEnabledAsync: 'boolean', GetVariantAsync: 'string' },
          form: 'method',
          key: { position: 0, names: ['feature'] },
          fallback: null,
          via: null,
          distinctive: false,
        },
        {
          names: { FeatureGate: 'boolean', FeatureGateAttribute: 'boolean' },
          form: 'decorator',
          key: { position: 0, several: 'rest' },
          fallback: null,
          via: 'attribute',
          distinctive: false,
        },
        // Behind how many of them are needed, and whether they must be off.
        decorators({ FeatureGate: 'boolean', FeatureGateAttribute: 'boolean' }, { position: 1, several: 'rest' }),
        decorators({ FeatureGate: 'boolean', FeatureGateAttribute: 'boolean' }, { position: 2, several: 'rest' }),
        {
          names: {
            AddForFeature: 'boolean',
            UseForFeature: 'boolean',
            UseMiddlewareForFeature: 'boolean',
            WithFeatureGate: 'boolean',
            WithVariantService: 'string',
          },
          form: 'method',
          key: { position: 0 },
          fallback: null,
          via: null,
          distinctive: true,
        },
      ],
      toggles: [],
      // The tag helper of `Microsoft.FeatureManagement.AspNetCore`, in Razor.
      elements: [{ name: 'feature', key: 'name', fallback: null, several: 'comma', tag: 'by package' }],
    },
    surface({
      languages: ECMASCRIPT,
      packages: ['@microsoft/feature-management'],
      calls: [
        methods({ isEnabled: 'boolean' }, 0, null, { brief: true }),
        methods({ getVariant: null }, 0, null, { brief: true }),
      ],
    }),
    surface({
      languages: ['python'],
      packages: ['featuremanagement', 'featuremanagement.*'],
      calls: [
        methods({ is_enabled: 'boolean', get_variant: null }, { position: 0, names: ['feature_flag_id'] }, null, {
          brief: true,
        }),
      ],
    }),
    surface({
      languages: ['go'],
      packages: ['github.com/microsoft/Featuremanagement-Go/*'],
      packageName: 'featuremanagement',
      calls: [
        methods({ IsEnabled: 'boolean', GetVariant: null }, 0, null, { brief: true }),
        methods({ IsEnabledWithAppContext: 'boolean' }, 0),
      ],
    }),
    // Spring's, which Azure gives.
    surface({
      languages: JVM,
      packages: ['com.azure.spring.cloud.feature.management', 'com.azure.spring.cloud.feature.management.*'],
      types: ['FeatureManager', 'FeatureManagerSnapshot', 'FeatureGate'],
      calls: [
        methods({ isEnabled: 'boolean', getVariant: null }, 0, null, { brief: true }),
        methods({ isEnabledAsync: 'boolean', getVariantAsync: null }, 0),
        decorators({ FeatureGate: 'boolean' }, { position: 0, names: ['feature'] }),
      ],
    }),
  ],
};
