/** Flipper for Ruby: https://www.flippercloud.io/docs. Its constant is there without an import in a Rails application. */
import { type FlagSdk, RUBY } from '../sdk.ts';

export const flipper: FlagSdk = {
  id: 'flipper',
  surfaces: [
    {
      languages: RUBY,
      packages: ['flipper', 'flipper-*', 'flipper/*'],
      globals: ['Flipper'],
      calls: [
        {
          names: { 'enabled?': 'boolean' },
          form: 'method',
          on: ['[]', 'feature'],
          key: { position: 0, receiver: 'asked' },
          fallback: null,
          via: null,
          distinctive: false,
          common: true,
        },
        {
          names: { 'enabled?': 'boolean' },
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
