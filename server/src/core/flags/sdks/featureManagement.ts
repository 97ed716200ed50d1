/**
 * Microsoft.FeatureManagement: the feature manager, the gate attribute, and what is registered for a feature. Shapes read from
 * the package's own source (`src/Microsoft.FeatureManagement` and `.AspNetCore`). An enum's member stands for its name.
 */
import type { FlagSdk } from '../sdk.ts';

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
          key: { position: 0 },
          fallback: null,
          via: 'attribute',
          distinctive: false,
        },
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
  ],
};
