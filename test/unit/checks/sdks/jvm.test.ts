import { checkChecks } from '../checks.ts';

/** A Kotlin file with one import, the class around statements, and marks below them. */
const inKotlin = (imports: string, client: string, body: string): string => `
//- /src/shop/Pay.kt
package shop
${imports}
class Pay(val client: ${client}) {
  fun f(user: User) {
${body}
  }
}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'OpenFeature for Kotlin',
    inKotlin(
      'import dev.openfeature.kotlin.sdk.Client',
      'Client',
      `client.getBooleanDetails("a", false)
       ^^^^^^^^^^^^^^^^^ a openfeature literal =false
client.getLongValue(key = "b", defaultValue = 2)
       ^^^^^^^^^^^^ b openfeature literal =2`,
    ),
  ],
  [
    "LaunchDarkly's server takes a context before the fallback, its Android client does not",
    `${inKotlin(
      'import com.launchdarkly.sdk.server.LDClient',
      'LDClient',
      `client.boolVariation("a", user, true)
       ^^^^^^^^^^^^^ a launchdarkly literal =true`,
    )}
//- /src/shop/App.kt
package shop
import com.launchdarkly.sdk.android.LDClient
fun g() = LDClient.get().jsonValueVariation("b", LDValue.ofNull()) || LDClient.get().intVariation("c", 3) > 1
                         ^^^^^^^^^^^^^^^^^^ b launchdarkly literal
                                                                                     ^^^^^^^^^^^^ c launchdarkly literal =3
`,
  ],
  [
    'Unleash for Android',
    inKotlin(
      'import io.getunleash.android.Unleash',
      'Unleash',
      `client.isEnabled("a", true)
       ^^^^^^^^^ a unleash literal =true
client.getVariant(toggleName = "b")
       ^^^^^^^^^^ b unleash literal`,
    ),
  ],
  [
    'ConfigCat',
    inKotlin(
      'import com.configcat.*',
      'ConfigCatClient',
      `client.getValue("a", false, user)
       ^^^^^^^^ a configcat literal =false
client.getAnyValueDetails("b", "x")
       ^^^^^^^^^^^^^^^^^^ b configcat literal ="x"
client.getValue(Boolean::class.java, "c", true)
       ^^^^^^^^ c configcat literal =true
client.getValue("d", "x")
       ^^^^^^^^ d configcat literal ="x"`,
    ),
  ],
  [
    "ConfigCat's Java takes the type first and the default last",
    `
//- /src/shop/Pay.java
package shop;
import com.configcat.ConfigCatClient;
class Pay {
  boolean f(ConfigCatClient client, User user) {
    client.getValue(String.class, "a", "x");
           ^^^^^^^^ a configcat literal ="x"
    return client.getValue(Boolean.class, "b", user, true);
                  ^^^^^^^^ b configcat literal =true
  }
}
`,
  ],
  [
    'Flagsmith',
    inKotlin(
      'import com.flagsmith.Flagsmith',
      'Flagsmith',
      `client.hasFeatureFlag("a") { result -> use(result) }
       ^^^^^^^^^^^^^^ a flagsmith literal
client.getValueForFeature(forFeatureId = "b") { }
       ^^^^^^^^^^^^^^^^^^ b flagsmith literal`,
    ),
  ],
  [
    'GrowthBook',
    inKotlin(
      'import com.sdk.growthbook.GrowthBookSDK',
      'GrowthBookSDK',
      `client.isOn("a")
       ^^^^ a growthbook literal
if (client.feature("b").on) go()
           ^^^^^^^ b growthbook literal`,
    ),
  ],
  [
    'PostHog asks by the key, its server by the user first',
    `${inKotlin(
      'import com.posthog.PostHog',
      'X',
      `PostHog.isFeatureEnabled("a", false)
        ^^^^^^^^^^^^^^^^ a posthog literal =false
PostHog.getFeatureFlag("b")
        ^^^^^^^^^^^^^^ b posthog literal`,
    )}
//- /src/shop/Server.kt
package shop
import com.posthog.server.PostHogInterface
fun g(posthog: PostHogInterface) = posthog.isFeatureEnabled("user", "c", true)
                                           ^^^^^^^^^^^^^^^^ c posthog literal =true
`,
  ],
  [
    'Statsig asks by the key, its server by the user first',
    `${inKotlin(
      'import com.statsig.androidsdk.Statsig',
      'X',
      `Statsig.checkGate("a")
        ^^^^^^^^^ a statsig literal
Statsig.getLayer(layerName = "b")
        ^^^^^^^^ b statsig literal`,
    )}
//- /src/shop/Server.kt
package shop
import com.statsig.sdk.Statsig
suspend fun g(user: StatsigUser) = Statsig.checkGate(user, "c")
                                           ^^^^^^^^^ c statsig literal
suspend fun h(user: StatsigUser) = Statsig.getLayerWithExposureLoggingDisabled(user, layerName = "d")
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ d statsig literal
//- /src/shop/Core.java
package shop;
import com.statsig.Statsig;
class Core { boolean g(Statsig statsig, StatsigUser user) { return statsig.checkGate(user, "e"); } }
                                                                           ^^^^^^^^^ e statsig literal
`,
  ],
  [
    'Split asks by the key, its server by the user first',
    `${inKotlin(
      'import io.split.android.client.SplitClient',
      'SplitClient',
      `client.getTreatment("a")
       ^^^^^^^^^^^^ a split literal
client.getTreatments(listOf("b", "c"), null)
                            ^^^ b split literal
                                 ^^^ c split literal`,
    )}
//- /src/shop/Server.kt
package shop
import io.split.client.SplitClient
fun g(split: SplitClient) = split.getTreatment("user", "d")
                                  ^^^^^^^^^^^^ d split literal
`,
  ],
  [
    'Optimizely',
    inKotlin(
      'import com.optimizely.ab.OptimizelyUserContext',
      'OptimizelyUserContext',
      `val decision = client.decide("a")
                      ^^^^^^ a optimizely literal
client.decideForKeysAsync(listOf("b")) { decisions -> use(decisions) }
                                 ^^^ b optimizely literal`,
    ),
  ],
  [
    'Eppo',
    inKotlin(
      'import cloud.eppo.android.EppoClient',
      'X',
      `EppoClient.getInstance().getBooleanAssignment("a", user.id, attributes, false)
                         ^^^^^^^^^^^^^^^^^^^^ a eppo literal =false
EppoClient.getInstance().getStringAssignment("b", user.id, "x")
                         ^^^^^^^^^^^^^^^^^^^ b eppo literal ="x"`,
    ),
  ],
  [
    'DevCycle asks by the key, its server by the user first',
    `${inKotlin(
      'import com.devcycle.sdk.android.api.DevCycleClient',
      'DevCycleClient',
      `client.variableValue("a", false)
       ^^^^^^^^^^^^^ a devcycle literal =false
client.variable("b", "x").value
       ^^^^^^^^ b devcycle literal ="x"`,
    )}
//- /src/shop/Server.java
package shop;
import com.devcycle.sdk.server.local.api.DevCycleLocalClient;
class Server { boolean g(DevCycleLocalClient client, User user) { return client.variableValue(user, "c", true); } }
                                                                                ^^^^^^^^^^^^^ c devcycle literal =true
`,
  ],
  [
    'Flipt',
    inKotlin(
      'import io.flipt.client.FliptClient',
      'FliptClient',
      `client.evaluateBoolean("a", "entity", emptyMap())
       ^^^^^^^^^^^^^^^ a flipt literal`,
    ),
  ],
  [
    'Firebase Remote Config, and no other Firebase',
    inKotlin(
      'import com.google.firebase.Firebase\nimport com.google.firebase.remoteconfig.FirebaseRemoteConfig\nimport com.google.firebase.remoteconfig.remoteConfig',
      'FirebaseRemoteConfig',
      `client.getBoolean("a")
       ^^^^^^^^^^ a firebase literal
Firebase.remoteConfig.getString("b")
                      ^^^^^^^^^ b firebase literal
Firebase.messaging.getString("none")`,
    ),
  ],
  [
    'Togglz and FF4J',
    `${inKotlin(
      'import org.ff4j.FF4j',
      'FF4j',
      `client.check("a")
       ^^^^^ a ff4j literal`,
    )}
//- /src/shop/MyFeatures.kt
package shop
import org.togglz.core.Feature
import org.togglz.core.manager.FeatureManager
enum class MyFeatures : Feature {
  PAY;
  ^^^ PAY togglz literal declaration
}
fun g(manager: FeatureManager) = manager.isActive(MyFeatures.PAY)
                                         ^^^^^^^^ PAY togglz enum
`,
  ],
  [
    'names alone prove nothing',
    inKotlin(
      'import com.other.Client',
      'Client',
      `client.checkGate("a")
client.getTreatment("b")
client.boolVariation("c", false)
client.getBooleanValue("d", false)`,
    ),
  ],
];

describe('SDKs of the JVM, in Kotlin', () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
