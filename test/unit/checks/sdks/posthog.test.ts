import { checkChecks } from '../checks.ts';

describe('PostHog', () => {
  it('finds browser clients, hooks and elements', () =>
    checkChecks(`
      //- /a.tsx
      import posthog from 'posthog-js';
      import { PostHogFeature, useFeatureFlagEnabled, useFeatureFlagPayload, useFeatureFlagVariantKey, usePostHog } from 'posthog-js/react';
      posthog.isFeatureEnabled('plain');
              ^^^^^^^^^^^^^^^^ plain posthog literal
      posthog.isFeatureEnabled('with-default', { defaultValue: true });
              ^^^^^^^^^^^^^^^^ with-default posthog literal =true
      posthog.getFeatureFlag('variant') === 'test';
              ^^^^^^^^^^^^^^ variant posthog literal
      posthog.getFeatureFlagPayload('payload');
              ^^^^^^^^^^^^^^^^^^^^^ payload posthog literal
      posthog.capture('no-flag');
      export function A() {
        useFeatureFlagEnabled('hook');
        ^^^^^^^^^^^^^^^^^^^^^ hook posthog literal+hook
        useFeatureFlagVariantKey('hook-variant');
        ^^^^^^^^^^^^^^^^^^^^^^^^ hook-variant posthog literal+hook
        useFeatureFlagPayload('hook-payload');
        ^^^^^^^^^^^^^^^^^^^^^ hook-payload posthog literal+hook
        usePostHog().isFeatureEnabled('hooked-client');
                     ^^^^^^^^^^^^^^^^ hooked-client posthog literal
        return <PostHogFeature flag="element" match={true} fallback={null}>x</PostHogFeature>;
                ^^^^^^^^^^^^^^ element posthog literal+component
      }
      //- /a.test.ts
      import posthog from 'posthog-js';
      posthog.overrideFeatureFlags({ flags: { 'set-by-test': true } });
                                              ^^^^^^^^^^^^^ set-by-test posthog literal stub test
      //- /b.ts
      declare const users: { isFeatureEnabled(id: number, user: string): boolean };
      users.isFeatureEnabled(7, 'no-flag');
    `));

  it('finds it on servers: Node, Python, and the payload of Go', () =>
    checkChecks(`
      //- /a.ts
      import { PostHog } from 'posthog-node';
      const client = new PostHog('key');
      await client.isFeatureEnabled('node-flag', 'user-1');
                   ^^^^^^^^^^^^^^^^ node-flag posthog literal
      const flags = await client.evaluateFlags('user-1');
      flags.isEnabled('evaluated');
            ^^^^^^^^^ evaluated posthog literal
      //- /a.py
      import posthog
      from posthog import Posthog
      client = Posthog("key")
      client.feature_enabled("python-flag", "user-1")
             ^^^^^^^^^^^^^^^ python-flag posthog literal
      posthog.get_feature_flag(key="module-flag", distinct_id="user-1")
              ^^^^^^^^^^^^^^^^ module-flag posthog literal
      posthog.evaluate_flags("user-1").is_enabled("evaluated")
                                       ^^^^^^^^^^ evaluated posthog literal
      posthog.capture("no-flag", "user-1")
      //- /a.go
      package a
      import "github.com/posthog/posthog-go"
      func run(name string) {
        client, _ := posthog.NewWithConfig("key", posthog.Config{})
        client.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: "go-flag", DistinctId: "user-1"})
               ^^^^^^^^^^^^^^^^ go-flag posthog literal
        payload := posthog.FeatureFlagPayload{
          Key:        "in-a-variable",
                      ^^^^^^^^^^^^^^^ in-a-variable posthog literal declaration
          DistinctId: "user-1",
        }
        client.GetFeatureFlag(payload)
               ^^^^^^^^^^^^^^ in-a-variable posthog constant
        client.Enqueue(posthog.Capture{Event: "no-flag"})
      }
      func isOn(client posthog.Client, key string) bool {
        on, _ := client.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: key, DistinctId: "user-1"})
                        ^^^^^^^^^^^^^^^^ dynamic posthog -
        return on == true
      }
      func wrapped(client posthog.Client) bool { return isOn(client, "through-a-function") }
                                                        ^^^^ through-a-function inferred literal+wrapper
    `));
});
