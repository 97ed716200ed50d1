/** FF4J: `ff4j.check("feature")`. */
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
