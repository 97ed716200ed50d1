/** Togglz: features are an enum's constants, asked through the manager or by themselves. */
import { type FlagSdk, JVM } from '../sdk.ts';

export const togglz: FlagSdk = {
  id: 'togglz',
  surfaces: [
    {
      languages: JVM,
      packages: ['org.togglz.core', 'org.togglz.core.*'],
      types: ['Feature', 'FeatureManager'],
      calls: [
        {
          names: { isActive: 'boolean' },
          form: 'method',
          key: { position: 0 },
          fallback: null,
          via: null,
          distinctive: false,
        },
        {
          names: { isActive: 'boolean' },
          form: 'method',
          key: { position: 0, receiver: true },
          fallback: null,
          via: 'flag-object',
          distinctive: false,
        },
      ],
      toggles: [],
      elements: [],
    },
  ],
};
