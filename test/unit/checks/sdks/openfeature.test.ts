import { checkChecks } from '../checks.ts';

describe('OpenFeature, beyond values', () => {
  it('finds what a Nest controller requires and is given', () =>
    checkChecks(`
      //- /controller.ts
      import { BooleanFeatureFlag, OpenFeatureClient, RequireFlagsEnabled } from '@openfeature/nestjs-sdk';
      import type { Client } from '@openfeature/server-sdk';
      import { FLAGS } from './flags';
      export class ShopController {
        constructor(@OpenFeatureClient({ domain: 'shop' }) private readonly client: Client) {}
        @RequireFlagsEnabled({ flags: [{ flagKey: 'required' }, { flagKey: FLAGS.second, defaultValue: true }] })
                                                  ^^^^^^^^^^ required openfeature literal+attribute
                                                                           ^^^^^^^^^^^^ required-too openfeature object+attribute =true
        all(@BooleanFeatureFlag({ flagKey: 'given', defaultValue: false }) given: Observable<unknown>) {
             ^^^^^^^^^^^^^^^^^^ given openfeature literal+attribute =false
          return this.client.getBooleanValue('asked', true);
                             ^^^^^^^^^^^^^^^ asked openfeature literal =true
        }
      }
      //- /flags.ts
      export const FLAGS = { second: 'required-too' } as const;
                                     ^^^^^^^^^^^^^^ required-too openfeature literal declaration
      //- /app.ts
      import { RequireFlagsEnabled } from './own';
      export class Own { @RequireFlagsEnabled({ flags: [{ flagKey: 'no-flag' }] }) all() {} }
    `));

  it('knows the flags that a provider is filled with', () =>
    checkChecks(`
      //- /a.test.tsx
      import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';
      import { OpenFeatureTestProvider } from '@openfeature/react-sdk';
      await OpenFeature.setProviderAndWait(new InMemoryProvider({ 'in-memory': { variants: { on: true }, defaultVariant: 'on', disabled: false } }));
                                                                  ^^^^^^^^^^^ in-memory openfeature literal stub test
      render(<OpenFeatureTestProvider flagValueMap={{ 'in-tree': true }}><App /></OpenFeatureTestProvider>);
                                                      ^^^^^^^^^ in-tree openfeature literal+component stub test
      //- /tests/test_a.py
      from openfeature import api
      from openfeature.provider.in_memory_provider import InMemoryFlag, InMemoryProvider
      api.set_provider(InMemoryProvider({"in-memory": InMemoryFlag("on", {"on": True})}))
                                         ^^^^^^^^^^^ in-memory openfeature literal stub test
      //- /a_test.go
      package a
      import (
        "github.com/open-feature/go-sdk/openfeature"
        "github.com/open-feature/go-sdk/openfeature/memprovider"
      )
      func TestA() {
        openfeature.SetProvider(memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
          "in-memory": {State: memprovider.Enabled, DefaultVariant: "on"},
          ^^^^^^^^^^^ in-memory openfeature literal stub test
        }))
      }
    `));
});
