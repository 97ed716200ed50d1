import { checkChecks } from '../checks.ts';

/** A Swift file with one import, a client, and statements with marks below them. */
const inSwift = (module: string, client: string, body: string): string => `
//- /Sources/Shop/Pay.swift
import ${module}
final class Pay {
  let client: ${client}
  func f(user: User) async {
${body}
  }
}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'OpenFeature',
    inSwift(
      'OpenFeature',
      'Client',
      `client.getBooleanDetails(key: "a", defaultValue: false)
       ^^^^^^^^^^^^^^^^^ a openfeature literal =false
client.getValue(key: "b", defaultValue: 2)
       ^^^^^^^^ b openfeature literal =2`,
    ),
  ],
  [
    'LaunchDarkly',
    inSwift(
      'LaunchDarkly',
      'LDClient',
      `LDClient.get()!.intVariationDetail(forKey: "a", defaultValue: 1).value
                ^^^^^^^^^^^^^^^^^^ a launchdarkly literal =1
client.variation(forKey: "b", defaultValue: "x")
       ^^^^^^^^^ b launchdarkly literal ="x"`,
    ),
  ],
  [
    'Unleash',
    inSwift(
      'UnleashProxyClientSwift',
      'UnleashClient',
      `client.getVariant(name: "a")
       ^^^^^^^^^^ a unleash literal`,
    ),
  ],
  [
    'ConfigCat',
    inSwift(
      'ConfigCat',
      'ConfigCatClient',
      `let a = await client.getValue(for: "a", defaultValue: false, user: user)
                     ^^^^^^^^ a configcat literal =false`,
    ),
  ],
  [
    'Flagsmith',
    inSwift(
      'FlagsmithClient',
      'X',
      `Flagsmith.shared.hasFeatureFlag(withID: "a", forIdentity: nil) { result in use(result) }
                 ^^^^^^^^^^^^^^ a flagsmith literal`,
    ),
  ],
  [
    'GrowthBook',
    inSwift(
      'GrowthBook',
      'GrowthBookSDK',
      `client.isOn(feature: "a")
       ^^^^ a growthbook literal
client.getFeatureValue(feature: "b", default: JSON("x"))
       ^^^^^^^^^^^^^^^ b growthbook literal`,
    ),
  ],
  [
    'PostHog',
    inSwift(
      'PostHog',
      'X',
      `PostHogSDK.shared.isFeatureEnabled("a")
                  ^^^^^^^^^^^^^^^^ a posthog literal`,
    ),
  ],
  [
    'Statsig',
    inSwift(
      'Statsig',
      'X',
      `Statsig.checkGate("a")
        ^^^^^^^^^ a statsig literal
Statsig.getExperiment(forName: "b")
        ^^^^^^^^^^^^^ b statsig literal`,
    ),
  ],
  [
    'Split',
    inSwift(
      'Split',
      'SplitClient',
      `client.getTreatment("a", attributes: nil)
       ^^^^^^^^^^^^ a split literal
client.getTreatments(splits: ["b", "c"], attributes: nil)
                              ^^^ b split literal
                                   ^^^ c split literal`,
    ),
  ],
  [
    'Optimizely',
    inSwift(
      'Optimizely',
      'OptimizelyUserContext',
      `let decision = client.decide(key: "a")
                      ^^^^^^ a optimizely literal
let decisions = client.decide(keys: ["b", "c"])
                                     ^^^ b optimizely literal
                                          ^^^ c optimizely literal`,
    ),
  ],
  [
    'Eppo, DevCycle, Flipt and Firebase Remote Config',
    `${inSwift(
      'DevCycle',
      'DevCycleClient',
      `client.variableValue(key: "a", defaultValue: false)
       ^^^^^^^^^^^^^ a devcycle literal =false`,
    )}
//- /Sources/Shop/Other.swift
import FirebaseRemoteConfig
let b = RemoteConfig.remoteConfig().configValue(forKey: "b").boolValue
                                    ^^^^^^^^^^^ b firebase literal
//- /Sources/Shop/Eppo.swift
import EppoFlagging
let c = EppoClient.shared().getBooleanAssignment(flagKey: "c", subjectKey: "u", subjectAttributes: [:], defaultValue: true)
                            ^^^^^^^^^^^^^^^^^^^^ c eppo literal =true
`,
  ],
  [
    'names alone prove nothing',
    inSwift(
      'Other',
      'Client',
      `client.checkGate("a")
client.getTreatment("b")
client.boolVariation(forKey: "c", defaultValue: false)`,
    ),
  ],
];

describe("SDKs' Swift", () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
