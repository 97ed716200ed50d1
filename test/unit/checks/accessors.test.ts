import { checkChecks } from './checks.ts';

describe('accessors: what returns the value of a check', () => {
  it('are properties too: TypeScript, of classes and objects', () =>
    checkChecks(`
      //- /a.ts
      import { OpenFeature } from '@openfeature/server-sdk';
      const client = OpenFeature.getClient();
      export class Flags { get isNavOn() { return client.getBooleanValue('nav', false); } }
                                                         ^^^^^^^^^^^^^^^ nav openfeature literal =false
      export const flags = { get isPayOn() { return client.getBooleanValue('pay', false); } };
                                                           ^^^^^^^^^^^^^^^ pay openfeature literal =false
      //- /b.ts
      import { Flags, flags } from './a';
      const own = new Flags();
      if (own.isNavOn || flags.isPayOn || other.isNavOn) go();
              ^^^^^^^ nav openfeature accessor reference
                               ^^^^^^^ pay openfeature accessor reference
    `));

  it('are properties too: Python, C#', () =>
    checkChecks(`
      //- /a.py
      from openfeature import api
      client = api.get_client()
      class Flags:
          @property
          def nav_on(self):
              return client.get_boolean_value("nav", False)
                            ^^^^^^^^^^^^^^^^^ nav openfeature literal =false
          def use(self):
              if self.nav_on: pass
                      ^^^^^^ nav openfeature accessor reference
      //- /A.cs
      using Microsoft.FeatureManagement;
      class Flags { IFeatureManager m; bool NavOn => m.IsEnabledAsync("nav").Result; Task<bool> PayOn => m.IsEnabledAsync("pay");
                                                       ^^^^^^^^^^^^^^ nav feature-management literal
                                                                                                           ^^^^^^^^^^^^^^ pay feature-management literal
        void M(Flags f) { if (await f.PayOn) {} } }
                                      ^^^^^ pay feature-management accessor reference
    `));
});
