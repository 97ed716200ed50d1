/** FF4J: `ff4j.check("feature")`, and the annotation `@Flipping(name = "feature")`. Read from ff4j's repository as of 2026. */
import { type FlagSdk, JVM } from '../sdk.ts';
import { decorators, methods, surface } from './forms.ts';

export const ff4j: FlagSdk = {
  id: 'ff4j',
  surfaces: [
    surface({
      languages: JVM,
      packages: ['org.ff4j', 'org.ff4j.*'],
      types: ['FF4j', 'Flipping'],
      calls: [
        methods({ check: 'boolean', checkOverridingStrategy: 'boolean' }, 0, null, { common: true }),
        decorators({ Flipping: 'boolean' }, { position: 0, names: ['name'] }),
      ],
    }),
  ],
};
