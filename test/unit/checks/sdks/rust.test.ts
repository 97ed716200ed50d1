import { checkChecks } from '../checks.ts';

const inRust = (used: string, client: string, body: string): string => `
//- /src/pay.rs
use ${used};
async fn pay(client: &${client}, user: &User) {
${body}
}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'PostHog',
    inRust(
      'posthog_rs::Client',
      'Client',
      `client.is_feature_enabled("a", user.id, None, None, None).await;
       ^^^^^^^^^^^^^^^^^^ a posthog literal
client.get_feature_flag("b".to_string(), user.id, None, None, None).await;
       ^^^^^^^^^^^^^^^^ b posthog literal`,
    ),
  ],
  [
    'Statsig',
    inRust(
      'statsig_rust::Statsig',
      'Statsig',
      `client.check_gate(user, "a");
       ^^^^^^^^^^ a statsig literal
client.get_experiment(user, "b");
       ^^^^^^^^^^^^^^ b statsig literal`,
    ),
  ],
  [
    'ConfigCat',
    inRust(
      'configcat::Client',
      'Client',
      `client.get_value("a", false, None).await;
       ^^^^^^^^^ a configcat literal =false`,
    ),
  ],
  [
    'Flagsmith',
    inRust(
      'flagsmith::Flags',
      'Flags',
      `client.is_feature_enabled("a");
       ^^^^^^^^^^^^^^^^^^ a flagsmith literal
client.get_feature_value_as_string("b");
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ b flagsmith literal`,
    ),
  ],
  [
    'Eppo',
    inRust(
      'eppo::Client',
      'Client',
      `client.get_boolean_assignment("a", &user.id, &attributes);
       ^^^^^^^^^^^^^^^^^^^^^^ a eppo literal`,
    ),
  ],
  [
    'GrowthBook',
    inRust(
      'growthbook_rust::client::GrowthBookClient',
      'GrowthBookClient',
      `client.is_on("a", None);
       ^^^^^ a growthbook literal
client.feature_result("b", None);
       ^^^^^^^^^^^^^^ b growthbook literal`,
    ),
  ],
  [
    'Flipt',
    inRust(
      'flipt::api::FliptClient',
      'FliptClient',
      `client.evaluation.boolean(&EvaluationRequest { flag_key: "a".into(), entity_id: "user".into() }).await;
                  ^^^^^^^ a flipt literal`,
    ),
  ],
];

describe('SDKs of Rust', () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
