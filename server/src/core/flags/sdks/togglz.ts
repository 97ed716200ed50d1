/** Togglz: features are an enum's constants, asked through the manager or by themselves. */
import { type FlagSdk, JVM } from '../sdk.ts';
import { methods, surface } from './forms.ts';

export const togglz: FlagSdk = {
  id: 'togglz',
  surfaces: [
    surface({
      languages: JVM,
      packages: ['org.togglz.core', 'org.togglz.core.*'],
      types: ['Feature', 'FeatureManager', 'NamedFeature'],
      calls: [
        methods({ isActive: 'boolean' }, 0),
        methods({ isActive: 'boolean' }, { position: 0, receiver: true }, null, { via: 'flag-object' }),
      ],
      flagObjects: [{ names: { NamedFeature: 'boolean' }, key: { position: 0 }, fallback: null, methods: [] }],
    }),
  ],
};
