/** Laravel Pennant: https://laravel.com/docs/pennant. A feature may be named by its class. */
import type { FlagSdk } from '../sdk.ts';

export const pennant: FlagSdk = {
  id: 'pennant',
  surfaces: [
    {
      languages: ['php'],
      packages: ['Laravel\\Pennant', 'Laravel\\Pennant\\*'],
      calls: [
        {
          names: { active: 'boolean', inactive: 'boolean', value: null, when: null, unless: null, feature: null },
          form: 'method',
          key: { position: 0, names: ['feature'] },
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
