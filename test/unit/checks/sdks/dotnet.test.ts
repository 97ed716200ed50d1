import { checkChecks } from '../checks.ts';

/** A C# file with its usings, a class that is given a client, and statements with marks below them. */
const inCSharp = (usings: string, client: string, body: string): string => `
//- /src/Shop/Pay.cs
${usings}
class Pay {
  private readonly ${client} client;
  async Task F(User user) {
${body}
  }
}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'ConfigCat',
    inCSharp(
      'using ConfigCat.Client;',
      'IConfigCatClient',
      `await client.GetValueAsync("a", false, user);
             ^^^^^^^^^^^^^ a configcat literal =false
client.GetValueDetails(key: "b", defaultValue: "x");
       ^^^^^^^^^^^^^^^ b configcat literal ="x"`,
    ),
  ],
  [
    'Flagsmith',
    inCSharp(
      'using Flagsmith;',
      'IFlagsmithClient',
      `var flags = await client.GetEnvironmentFlags();
await flags.IsFeatureEnabled("a");
            ^^^^^^^^^^^^^^^^ a flagsmith literal
await flags.GetFeatureValue("b");
            ^^^^^^^^^^^^^^^ b flagsmith literal`,
    ),
  ],
  [
    'GrowthBook',
    inCSharp(
      'using GrowthBook;',
      'IGrowthBook',
      `await client.IsOnAsync("a");
             ^^^^^^^^^ a growthbook literal
client.GetFeatureValue<string>("b", "x");
       ^^^^^^^^^^^^^^^ b growthbook literal ="x"`,
    ),
  ],
  [
    'PostHog',
    inCSharp(
      'using PostHog;',
      'IPostHogClient',
      `await client.IsFeatureEnabledAsync("a", user.Id);
             ^^^^^^^^^^^^^^^^^^^^^ a posthog literal
await client.GetFeatureFlagAsync("b", user.Id);
             ^^^^^^^^^^^^^^^^^^^ b posthog literal
var flags = await client.EvaluateFlagsAsync(user.Id);
flags.IsEnabled("c");
      ^^^^^^^^^ c posthog literal`,
    ),
  ],
  [
    'Statsig asks by the key, its server by the user first',
    `${inCSharp(
      'using Statsig.Client;',
      'X',
      `StatsigClient.CheckGate("a");
              ^^^^^^^^^ a statsig literal`,
    )}
//- /src/Shop/Server.cs
using Statsig;
using Statsig.Server;
class Server {
  void G(StatsigUser user) {
    StatsigServer.CheckGateSync(user, "b");
                  ^^^^^^^^^^^^^ b statsig literal
    StatsigServer.GetLayerSync(user, "c");
                  ^^^^^^^^^^^^ c statsig literal
  }
}
//- /src/Shop/Core.cs
using Statsig;
class Core {
  void G(Statsig statsig, StatsigUser user) {
    statsig.GetDynamicConfig(user, "d");
            ^^^^^^^^^^^^^^^^ d statsig literal
  }
}
`,
  ],
  [
    'Split',
    inCSharp(
      'using Splitio.Services.Client.Interfaces;',
      'ISplitClient',
      `client.GetTreatment("user", "a");
       ^^^^^^^^^^^^ a split literal
await client.GetTreatmentAsync("user", "b");
             ^^^^^^^^^^^^^^^^^ b split literal
client.GetTreatments("user", ["c", "d"]);
                              ^^^ c split literal
                                   ^^^ d split literal`,
    ),
  ],
  [
    'Optimizely',
    inCSharp(
      'using OptimizelySDK;',
      'OptimizelyUserContext',
      `client.Decide("a");
       ^^^^^^ a optimizely literal
new Optimizely("datafile").IsFeatureEnabled("b", "user");
                           ^^^^^^^^^^^^^^^^ b optimizely literal`,
    ),
  ],
  [
    'Eppo',
    inCSharp(
      'using eppo_sdk;',
      'X',
      `EppoClient.GetInstance().GetBooleanAssignment("a", user.Id, attributes, false);
                         ^^^^^^^^^^^^^^^^^^^^ a eppo literal =false`,
    ),
  ],
  [
    'DevCycle',
    inCSharp(
      'using DevCycle.SDK.Server.Local.Api;',
      'DevCycleLocalClient',
      `await client.VariableValue(user, "a", false);
             ^^^^^^^^^^^^^ a devcycle literal =false
await client.Variable(user, "b", "x");
             ^^^^^^^^ b devcycle literal ="x"`,
    ),
  ],
  [
    'Flipt by the key, its server by a request',
    `${inCSharp(
      'using FliptClient;',
      'FliptClient',
      `client.EvaluateBoolean("a", "entity", context);
       ^^^^^^^^^^^^^^^ a flipt literal`,
    )}
//- /src/Shop/Server.cs
using Flipt.DTOs;
using Flipt.Clients;
class Server {
  Task F(Evaluation flipt) => flipt.EvaluateBooleanAsync(new EvaluationRequest("default", "b", "entity", context));
                                                             ^^^^^^^^^^^^^^^^^ b flipt literal
}
`,
  ],
  [
    'names alone prove nothing',
    inCSharp(
      'using Other;',
      'IOtherClient',
      `client.CheckGate(user, "a");
client.GetTreatment("user", "b");
client.Decide("c");
client.Variable(user, "d", true);`,
    ),
  ],
];

describe('SDKs of .NET', () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
