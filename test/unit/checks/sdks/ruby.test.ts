import { checkChecks } from '../checks.ts';

const inRuby = (required: string, body: string): string => `
//- /app/pay.rb
require '${required}'
${body}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'ConfigCat',
    inRuby(
      'configcat',
      `client = ConfigCat.get('key')
client.get_value('a', false, user)
       ^^^^^^^^^ a configcat literal =false`,
    ),
  ],
  [
    'Flagsmith',
    inRuby(
      'flagsmith',
      `client = Flagsmith::Client.new(environment_key: 'key')
flags = client.get_environment_flags
flags.feature_enabled?('a')
      ^^^^^^^^^^^^^^^^ a flagsmith literal
client.feature_enabled_for_identity?('b', user.id, default: true)
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ b flagsmith literal =true`,
    ),
  ],
  [
    'GrowthBook',
    inRuby(
      'growthbook',
      `gb = Growthbook::Context.new(features: features)
gb.on?(:a)
   ^^^ a growthbook literal
gb.feature_value('b', 'x')
   ^^^^^^^^^^^^^ b growthbook literal ="x"`,
    ),
  ],
  [
    'PostHog',
    inRuby(
      'posthog',
      `posthog = PostHog::Client.new(api_key: 'key')
posthog.is_feature_enabled('a', user.id)
        ^^^^^^^^^^^^^^^^^^ a posthog literal
posthog.get_feature_flag('b', user.id)
        ^^^^^^^^^^^^^^^^ b posthog literal
posthog.evaluate_flags(user.id).enabled?('c')
                                ^^^^^^^^ c posthog literal`,
    ),
  ],
  [
    'Statsig',
    inRuby(
      'statsig',
      `Statsig.check_gate(user, 'a')
        ^^^^^^^^^^ a statsig literal
Statsig.get_config(user, 'b')
        ^^^^^^^^^^ b statsig literal
Statsig.override_gate('c', true)
        ^^^^^^^^^^^^^ c statsig literal stub`,
    ),
  ],
  [
    'Split',
    inRuby(
      'splitclient-rb',
      `client = SplitIoClient::SplitFactoryBuilder.build('key').client
client.get_treatment(user.id, 'a')
       ^^^^^^^^^^^^^ a split literal
client.get_treatments(user.id, ['b', 'c'])
                                ^^^ b split literal
                                     ^^^ c split literal`,
    ),
  ],
  [
    'Optimizely',
    inRuby(
      'optimizely',
      `project = Optimizely::Project.new(datafile: datafile)
project.create_user_context('user').decide('a')
                                    ^^^^^^ a optimizely literal
project.is_feature_enabled('b', 'user')
        ^^^^^^^^^^^^^^^^^^ b optimizely literal`,
    ),
  ],
  [
    'Eppo takes the flag first, and took the subject first before',
    inRuby(
      'eppo_client',
      `client = EppoClient::Client.instance
client.get_boolean_assignment('a', user.id, {}, false)
       ^^^^^^^^^^^^^^^^^^^^^^ a eppo literal =false
client.get_string_assignment(user.id, 'b')
       ^^^^^^^^^^^^^^^^^^^^^ b eppo literal`,
    ),
  ],
  [
    'DevCycle',
    inRuby(
      'devcycle-ruby-server-sdk',
      `client = DevCycle::Client.new('key')
client.variable_value(user, 'a', false)
       ^^^^^^^^^^^^^^ a devcycle literal =false
client.variable(user, 'b', 'x')
       ^^^^^^^^ b devcycle literal ="x"`,
    ),
  ],
  [
    'Flipt',
    inRuby(
      'flipt_client',
      `client = Flipt::Client.new
client.evaluate_boolean(flag_key: 'a', entity_id: 'user')
       ^^^^^^^^^^^^^^^^ a flipt literal`,
    ),
  ],
];

describe('SDKs of Ruby', () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
