/**
 * Chromium's features, and what is built from Chromium: `BASE_FEATURE(kPay, "Pay", …)` declares a feature, which
 * `base::FeatureList::IsEnabled(kPay)` asks. Since 2025 the macro may leave out the name, which is then the constant's without its `k`.
 * Read from base/feature_list.h and base/test/scoped_feature_list.h.
 */
import type { FlagSdk } from '../sdk.ts';
import { methods, returning, surface } from './forms.ts';

const LISTED = { position: 0, several: 'items' } as const;

export const chromium: FlagSdk = {
  id: 'chromium',
  surfaces: [
    surface({
      languages: ['cpp'],
      packages: ['base', 'base/feature_list.h', 'base/feature.h'],
      globals: ['BASE_FEATURE'],
      types: ['BASE_FEATURE', 'FeatureList'],
      calls: [
        methods({ IsEnabled: 'boolean' }, 0, null, { on: ['FeatureList'] }),
        methods({ GetStateIfOverridden: 'boolean' }, 0, null, { on: ['FeatureList'] }),
      ],
      flagObjects: [
        {
          names: { BASE_FEATURE: 'boolean', Feature: 'boolean' },
          common: true,
          final: true,
          key: { position: 1 },
          namedBy: { position: 0, prefix: 'k' },
          fallback: null,
          methods: [],
        },
      ],
    }),
    surface({
      languages: ['cpp'],
      packages: ['base.test', 'base/test/scoped_feature_list.h'],
      types: ['ScopedFeatureList'],
      calls: [
        methods(
          returning(
            'boolean',
            'InitAndEnableFeature',
            'InitAndDisableFeature',
            'InitWithFeatureState',
            'InitAndEnableFeatureWithParameters',
          ),
          0,
          null,
          { role: 'stub' },
        ),
        methods({ InitWithFeatures: 'boolean' }, LISTED, null, { role: 'stub' }),
        methods({ InitWithFeatures: 'boolean' }, { ...LISTED, position: 1 }, null, { role: 'stub' }),
      ],
    }),
  ],
};
