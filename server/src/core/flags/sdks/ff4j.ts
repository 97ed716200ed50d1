/** FF4J: `ff4j.check("feature")`. */
import type { FlagSdk } from '../sdk.ts';

export const ff4j: FlagSdk = {
  id: 'ff4j',
  surfaces: [
    {
      languages: ['java'],
      packages: ['org.ff4j', 'org.ff4j.*'],
      types: ['FF4j'],
      calls: [
        {
          names: { check: 'boolean', checkOveridden: 'boolean' },
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
