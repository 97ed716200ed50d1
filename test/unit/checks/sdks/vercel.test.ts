import { checkChecks } from '../checks.ts';

describe('Vercel Flags', () => {
  it('declares flags where they are made, and checks them where they are called', () =>
    checkChecks(`
      //- /flags.ts
      import { flag } from 'flags/next';
      import { KEYS } from './keys';
      export const newCheckout = flag({
        key: 'new-checkout',
             ^^^^^^^^^^^^^^ new-checkout vercel literal declaration =false
        defaultValue: false,
        decide: () => true,
      });
      export const search = flag<string>({ key: KEYS.search, decide: () => 'fast' });
                                                ^^^^^^^^^^^ search-engine vercel object declaration
      export const unused = flag({ key: 'never-asked', decide: () => true });
                                        ^^^^^^^^^^^^^ never-asked vercel literal declaration
      //- /keys.ts
      export const KEYS = { search: 'search-engine' } as const;
                                    ^^^^^^^^^^^^^^^ search-engine vercel literal declaration
      //- /page.tsx
      import { newCheckout, search as engine } from './flags';
      import * as flags from './flags';
      export default async function Page() {
        const on = await newCheckout();
                         ^^^^^^^^^^^ new-checkout vercel flag-object =false
        const which = await engine();
                            ^^^^^^ search-engine vercel flag-object+object
        await flags.newCheckout.run({ identify: { user: 'u' } });
                                ^^^ new-checkout vercel flag-object =false
        return on ? which : null;
      }
      export const isOn = () => flags.newCheckout();
                                      ^^^^^^^^^^^ new-checkout vercel flag-object =false
      //- /other.ts
      import { flag } from 'country-flags';
      export const newCheckout = flag({ key: 'no-flag' });
      newCheckout();
    `));
});
