import { checkChecks } from '../checks.ts';

describe('ConfigCat', () => {
  it('finds clients by their package, since every form has a getValue', () =>
    checkChecks(`
      //- /a.ts
      import * as configcat from '@configcat/sdk';
      import { getClient } from 'configcat-js';
      const client = configcat.getClient('key', configcat.PollingMode.AutoPoll);
      await client.getValueAsync('async', false, user);
                   ^^^^^^^^^^^^^ async configcat literal =false
      client.snapshot().getValue('snapshot', 'x');
                        ^^^^^^^^ snapshot configcat literal ="x"
      getClient('key').getValueDetailsAsync('details', 1);
                       ^^^^^^^^^^^^^^^^^^^^ details configcat literal =1
      form.getValue('email', '');
      new Map().getValue('no-flag', '');
      //- /b.tsx
      import { useConfigCatClient, useFeatureFlag } from 'configcat-react';
      export function B() {
        const { value } = useFeatureFlag('hook', false);
                          ^^^^^^^^^^^^^^ hook configcat literal+hook =false
        return useConfigCatClient().getValueAsync('hooked-client', true);
                                    ^^^^^^^^^^^^^ hooked-client configcat literal =true
      }
      //- /a.test.ts
      import { createFlagOverridesFromMap, OverrideBehaviour } from '@configcat/sdk';
      createFlagOverridesFromMap({ 'set-by-test': true, other: 1 }, OverrideBehaviour.LocalOnly);
                                   ^^^^^^^^^^^^^ set-by-test configcat literal stub test
                                                        ^^^^^ other configcat literal stub test
    `));

  it('finds it in Python and Go, flag objects too', () =>
    checkChecks(`
      //- /a.py
      import configcatclient
      from configcatclient.user import User
      client = configcatclient.get("key")
      client.get_value("python-flag", False, User("x"))
             ^^^^^^^^^ python-flag configcat literal =false
      client.get_value_details(key="details", default_value="x")
             ^^^^^^^^^^^^^^^^^ details configcat literal ="x"
      {}.get_value("no-flag", 1)
      //- /a.go
      package a
      import "github.com/configcat/go-sdk/v9"
      var searchFlag = configcat.Bool("flag-object", true)
                                      ^^^^^^^^^^^^^ flag-object configcat literal declaration =true
      func run() {
        client := configcat.NewClient("key")
        client.GetBoolValue("go-flag", false, nil)
               ^^^^^^^^^^^^ go-flag configcat literal =false
        client.GetStringValueDetails("go-text", "x", nil)
               ^^^^^^^^^^^^^^^^^^^^^ go-text configcat literal ="x"
        if searchFlag.Get(client.Snapshot(nil)) {
                      ^^^ flag-object configcat flag-object =true
        }
        cache.Get("no-flag")
      }
    `));
});
