import { checkChecks } from '../checks.ts';

describe('Flipt', () => {
  it('finds the key in the request, and as an argument of older clients', () =>
    checkChecks(`
      //- /a.ts
      import { FliptClient } from '@flipt-io/flipt';
      import { FliptClient as Embedded } from '@flipt-io/flipt-client-js';
      const flipt = new FliptClient({ url: 'x' });
      await flipt.evaluation.boolean({ namespaceKey: 'default', flagKey: 'remote', entityId: 'u', context: {} });
                             ^^^^^^^ remote flipt literal
      await flipt.evaluation.variant({ flagKey: 'remote-variant', entityId: 'u', context: {} });
                             ^^^^^^^ remote-variant flipt literal
      await flipt.evaluation.batch({ requests: [{ flagKey: 'one', entityId: 'u' }, { flagKey: 'two', entityId: 'u' }] });
                                                           ^^^^^ one flipt literal
                                                                                              ^^^^^ two flipt literal
      const embedded = await Embedded.init({});
      const request = { flagKey: 'in-a-variable', entityId: 'u', context: {} };
                                 ^^^^^^^^^^^^^^^ in-a-variable flipt literal declaration
      embedded.evaluateBoolean(request);
               ^^^^^^^^^^^^^^^ in-a-variable flipt constant
      z.boolean({ flagKey: 'no-flag' });
      //- /old.ts
      import { FliptEvaluationClient } from '@flipt-io/flipt-client';
      const client = await FliptEvaluationClient.init();
      client.evaluateVariant('as-argument', 'user-1', {});
             ^^^^^^^^^^^^^^^ as-argument flipt literal
      //- /a.tsx
      import { useFliptBoolean, useFliptVariant } from '@flipt-io/flipt-client-react';
      export const A = () => useFliptBoolean('hook', false, 'user-1') && useFliptVariant('hook-variant', 'blue', 'user-1');
                             ^^^^^^^^^^^^^^^ hook flipt literal+hook =false
                                                                         ^^^^^^^^^^^^^^^ hook-variant flipt literal+hook ="blue"
    `));

  it('finds it in Python and Go', () =>
    checkChecks(`
      //- /a.py
      from flipt import FliptClient
      from flipt.evaluation import EvaluationRequest
      from flipt_client import FliptClient as Embedded
      flipt = FliptClient()
      flipt.evaluation.boolean(EvaluationRequest(namespace_key="default", flag_key="python-flag", entity_id="u", context={}))
                       ^^^^^^^ python-flag flipt literal
      Embedded().evaluate_variant(flag_key="embedded", entity_id="u", context={})
                 ^^^^^^^^^^^^^^^^ embedded flipt literal
      //- /a.go
      package a
      import (
        flipt "go.flipt.io/flipt-client"
        "go.flipt.io/flipt/rpc/flipt/evaluation"
        sdk "go.flipt.io/flipt/sdk/go"
      )
      func run(ctx context.Context) {
        client, _ := flipt.NewClient(ctx)
        client.EvaluateBoolean(ctx, &flipt.EvaluationRequest{FlagKey: "go-flag", EntityID: "u"})
               ^^^^^^^^^^^^^^^ go-flag flipt literal
        client.EvaluateBoolean(ctx, "as-argument", "u", nil)
               ^^^^^^^^^^^^^^^ as-argument flipt literal
        remote := sdk.New(transport)
        remote.Evaluation().Variant(ctx, &evaluation.EvaluationRequest{FlagKey: "remote", EntityId: "u"})
                            ^^^^^^^ remote flipt literal
      }
    `));
});
