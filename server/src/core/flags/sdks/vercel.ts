/** Vercel's Flags SDK: a flag is declared as a function, and checked by calling it. Read from flags 4.3. */
import { ECMASCRIPT, type FlagSdk } from '../sdk.ts';
import { surface } from './forms.ts';

export const vercel: FlagSdk = {
  id: 'vercel',
  surfaces: [
    surface({
      languages: ECMASCRIPT,
      packages: ['flags/next', 'flags/sveltekit', '@vercel/flags/next', '@vercel/flags/sveltekit'],
      calls: [],
      flagObjects: [
        {
          names: { flag: null, unstable_flag: null },
          key: { position: 0, property: 'key' },
          fallback: { position: 0, property: 'defaultValue' },
          called: true,
          methods: ['run'],
          common: true,
        },
      ],
    }),
  ],
};
