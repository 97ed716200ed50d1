/**
 * Kubernetes feature gates: `utilfeature.DefaultFeatureGate.Enabled(features.X)`, as Kubernetes' own packages and those built on
 * them (operators, controllers) check them. `Enabled` alone is far too common a name: the package decides.
 */
import type { FlagSdk } from '../sdk.ts';
import { functions, methods, surface } from './forms.ts';

export const kubernetes: FlagSdk = {
  id: 'kubernetes',
  surfaces: [
    surface({
      languages: ['go'],
      packages: ['k8s.io/apiserver/pkg/util/feature', 'k8s.io/component-base/featuregate'],
      calls: [methods({ Enabled: 'boolean' }, 0, null, { common: true })],
    }),
    surface({
      languages: ['go'],
      packages: ['k8s.io/component-base/featuregate/testing'],
      packageName: 'featuregatetesting',
      calls: [functions({ SetFeatureGateDuringTest: 'boolean' }, 2, null, { role: 'stub' })],
    }),
  ],
};
