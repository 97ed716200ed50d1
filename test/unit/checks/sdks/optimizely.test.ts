import { checkChecks } from '../checks.ts';

describe('Optimizely', () => {
  it('finds decisions of users, the older calls, hooks and elements', () =>
    checkChecks(`
      //- /a.ts
      import { createInstance } from '@optimizely/optimizely-sdk';
      const client = createInstance({ sdkKey: 'x' });
      const user = client.createUserContext('user-1');
      user.decide('decided');
           ^^^^^^ decided optimizely literal
      user.decideForKeys(['one', 'two']);
                          ^^^^^ one optimizely literal
                                 ^^^^^ two optimizely literal
      client.isFeatureEnabled('enabled', 'user-1');
             ^^^^^^^^^^^^^^^^ enabled optimizely literal
      client.getFeatureVariableString('feature', 'no-flag', 'user-1');
             ^^^^^^^^^^^^^^^^^^^^^^^^ feature optimizely literal
      client.activate('experiment', 'user-1');
             ^^^^^^^^ experiment optimizely literal
      user.setForcedDecision({ flagKey: 'forced' }, { variationKey: 'on' });
           ^^^^^^^^^^^^^^^^^ forced optimizely literal stub
      //- /a.tsx
      import { OptimizelyExperiment, OptimizelyFeature, useDecision, useExperiment, withOptimizely } from '@optimizely/react-sdk';
      export function A() {
        const [decision] = useDecision('hook');
                           ^^^^^^^^^^^ hook optimizely literal+hook
        useExperiment('hook-experiment');
        ^^^^^^^^^^^^^ hook-experiment optimizely literal+hook
        return <OptimizelyExperiment experiment="element"><OptimizelyFeature feature="feature-element" /></OptimizelyExperiment>;
                ^^^^^^^^^^^^^^^^^^^^ element optimizely literal+component
                                                           ^^^^^^^^^^^^^^^^^ feature-element optimizely literal+component
      }
      const B = ({ optimizely }) => optimizely.decide('given-client');
                                               ^^^^^^ given-client optimizely literal likely
      export default withOptimizely(B);
      //- /no.ts
      court.decide('no-flag');
    `));

  it('finds it in Python and Go', () =>
    checkChecks(`
      //- /a.py
      from optimizely import optimizely
      client = optimizely.Optimizely(sdk_key="x")
      user = client.create_user_context("user-1")
      user.decide("python-flag")
           ^^^^^^ python-flag optimizely literal
      user.decide_for_keys(["one", "two"])
                            ^^^^^ one optimizely literal
                                   ^^^^^ two optimizely literal
      client.is_feature_enabled("python-feature", "user-1")
             ^^^^^^^^^^^^^^^^^^ python-feature optimizely literal
      client.get_feature_variable_boolean(feature_key="by-keyword", variable_key="no-flag", user_id="user-1")
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ by-keyword optimizely literal
      //- /a.go
      package a
      import optly "github.com/optimizely/go-sdk/v2"
      func run() {
        client, _ := optly.Client("key")
        user := client.CreateUserContext("user-1", nil)
        user.Decide("go-flag", nil)
             ^^^^^^ go-flag optimizely literal
        client.IsFeatureEnabled("go-feature", ctx)
               ^^^^^^^^^^^^^^^^ go-feature optimizely literal
      }
    `));
});
