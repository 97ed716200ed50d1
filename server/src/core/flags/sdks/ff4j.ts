/** FF4J: `ff4j.check("feature")`. Read from ff4j's repository as of 2026. */
import { type FlagSdk, JVM } from '../sdk.ts';

export const ff4j: FlagSdk = {
  id: 'ff4j',
  surfaces: [
    {
      languages: JVM,
      packages: ['org.ff4j', 'org.ff4j.*'],
      types: ['FF4j'],
      calls: [
        {
          names: { check: 'boolean', checkOverridingStrategy: 'boolean' },
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
  ],
};
