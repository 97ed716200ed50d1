import { checkChecks } from '../checks.ts';

describe('Flagsmith', () => {
  it('finds the browser client, its hooks and what it has fetched', () =>
    checkChecks(`
      //- /a.tsx
      import flagsmith from 'flagsmith';
      import { useFlags, useFlagsmith } from 'flagsmith/react';
      flagsmith.hasFeature('plain');
                ^^^^^^^^^^ plain flagsmith literal
      flagsmith.hasFeature('with-fallback', { fallback: true });
                ^^^^^^^^^^ with-fallback flagsmith literal =true
      flagsmith.getValue('size', { fallback: 12 });
                ^^^^^^^^ size flagsmith literal =12
      const FONT = 'font';
                   ^^^^^^ font flagsmith literal declaration
      export function A() {
        const flags = useFlags(['banner', FONT], ['trait']);
                                ^^^^^^^^ banner flagsmith literal+hook
                                          ^^^^ font flagsmith constant+hook
        return useFlagsmith().hasFeature('by-hook') && flags.banner.enabled;
                              ^^^^^^^^^^ by-hook flagsmith literal
                                                             ^^^^^^ banner flagsmith property reference
      }
      const form = new FormData();
      form.getValue('no-flag');
      export const read = (fields: unknown) => fields.getValue('no-flag-either');
    `));

  it('finds flags fetched on a server', () =>
    checkChecks(`
      //- /a.ts
      import Flagsmith from 'flagsmith-nodejs';
      const client = new Flagsmith({ environmentKey: 'x' });
      const flags = await client.getIdentityFlags('user');
      flags.isFeatureEnabled('on-server');
            ^^^^^^^^^^^^^^^^ on-server flagsmith literal
      flags.getFeatureValue('value');
            ^^^^^^^^^^^^^^^ value flagsmith literal
      //- /shop/a.py
      from flagsmith import Flagsmith
      client = Flagsmith(environment_key="x")
      flags = client.get_environment_flags()
      flags.is_feature_enabled("python-flag")
            ^^^^^^^^^^^^^^^^^^ python-flag flagsmith literal
      flags.get_feature_value(feature_name="python-value")
            ^^^^^^^^^^^^^^^^^ python-value flagsmith literal
      {}.get_flag("no-flag")
      //- /a.go
      package a
      import flagsmith "github.com/Flagsmith/flagsmith-go-client/v3"
      func run() {
        client := flagsmith.NewClient("x")
        flags, _ := client.GetEnvironmentFlags()
        on, _ := flags.IsFeatureEnabled("go-flag")
                       ^^^^^^^^^^^^^^^^ go-flag flagsmith literal
      }
    `));
});
