/**
 * Kubernetes feature gates: `utilfeature.DefaultFeatureGate.Enabled(features.X)`, as Kubernetes' own packages and those built on
 * them (operators, controllers) check them. `Enabled` alone is far too common a name: the package decides.
 */
import type { FlagSdk } from '../sdk.ts';
import { functions, surface } from './forms.ts';

export const kubernetes: FlagSdk = {
  id: 'kubernetes',
  surfaces: [
    {
      languages: ['go'],
      packages: ['k8s.io/apiserver/pkg/util/feature', 'k8s.io/component-base/featuregate'],
      calls: [
        {
          names: { Enabled: 'boolean' },
          form: 'method',
          key: { position: 0 },
          fallback: null,
          via: null,
          distinctive: false,
          common: true,
        },
      ],
      toggles: [],
      elements: [],
    },
    surface({
      languages: ['go'],
      packages: ['k8s.io/component-base/featuregate/testing'],
      packageName: 'featuregatetesting',
      calls: [functions({ SetFeatureGateDuringTest: 'boolean' }, 2, null, { role: 'stub' })],
    }),
  ],
};
