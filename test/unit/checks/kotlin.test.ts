import { checkChecks } from './checks.ts';

describe('checks in Kotlin', () => {
  it('follows clients through properties, constructors, factories and imports', () =>
    checkChecks(`
      //- /src/main/kotlin/shop/Pay.kt
      package shop
      import com.launchdarkly.sdk.android.LDClient
      import dev.openfeature.sdk.*
      import io.getunleash.Unleash as Toggles
      class Pay @Inject constructor(private val ld: LDClient, unleash: Toggles) {
        private val toggles = unleash
        private val lazily by lazy {
          OpenFeatureAPI.getInstance().getClient("pay")
        }
        private val injected: Client by inject()
        fun client() = OpenFeatureAPI.getInstance().client
        fun charge(passed: Client?): Boolean {
          val a = ld.boolVariation("field", false)
                     ^^^^^^^^^^^^^ field launchdarkly literal =false
          client().getStringValue("factory", "x")
                   ^^^^^^^^^^^^^^ factory openfeature literal ="x"
          passed?.getIntegerDetails("parameter", 3, ctx)
                  ^^^^^^^^^^^^^^^^^ parameter openfeature literal =3
          lazily.getDoubleValue(key = "named", defaultValue = 1.5)
                 ^^^^^^^^^^^^^^ named openfeature literal =1.5
          with(injected) { injected.getBooleanValue("injected", true) }
                                    ^^^^^^^^^^^^^^^ injected openfeature literal =true
          if (!toggles.isEnabled("unleashed")) return a
                       ^^^^^^^^^ unleashed unleash literal
          // passed.getBooleanValue("commented", false)
          val text = "passed.getBooleanValue(\\"quoted\\", false)"
          button.isEnabled()
          return Button().isEnabled("no-flag")
        }
      }
    `));

  it('resolves constants, objects, companions, enums and templates across files', () =>
    checkChecks(`
      //- /core/src/shop/flags/Keys.kt
      package shop.flags
      const val TOP = "top-level"
                      ^^^^^^^^^^^ top-level openfeature literal declaration
      object Keys {
        const val CHECKOUT = "in-object"
                             ^^^^^^^^^^^ in-object openfeature literal declaration
        object Search { val FAST = "nested" }
                                   ^^^^^^^^ nested openfeature literal declaration
      }
      class Names {
        companion object {
          const val PREFIX = "team-"
          const val PAY = "\${PREFIX}pay"
                          ^^^^^^^^^^^^^^ team-pay openfeature literal declaration
        }
      }
      //- /core/src/shop/flags/Toggle.kt
      package shop.flags
      enum class Toggle(val key: String) {
        BETA("enum-key"),
             ^^^^^^^^^^ enum-key openfeature literal declaration
        GAMMA("other-key");
              ^^^^^^^^^^^ other-key openfeature literal declaration
        val upper: String get() = when (this) {
          BETA -> "by-when"
                  ^^^^^^^^^ by-when openfeature literal declaration
          GAMMA -> "unused"
        }
      }
      //- /core/src/shop/flags/Gone.java
      package shop.flags;
      public class Gone { public static final String OLD = "from-java"; }
                                                           ^^^^^^^^^^^ from-java openfeature literal declaration
      //- /app/src/shop/pay/Pay.kt
      package shop.pay
      import dev.openfeature.sdk.Client
      import shop.flags.*
      import shop.flags.Keys.Search
      import shop.flags.Names.Companion.PAY
      import shop.flags.TOP as T
      class Pay(val client: Client) {
        fun all(id: String) {
          client.getBooleanValue(T, false)
                 ^^^^^^^^^^^^^^^ top-level openfeature constant =false
          client.getBooleanValue(Keys.CHECKOUT, false)
                 ^^^^^^^^^^^^^^^ in-object openfeature constant =false
          client.getBooleanValue(Search.FAST, false)
                 ^^^^^^^^^^^^^^^ nested openfeature constant =false
          client.getBooleanValue(PAY, false)
                 ^^^^^^^^^^^^^^^ team-pay openfeature constant+template =false
          client.getBooleanValue(Toggle.BETA.key, false)
                 ^^^^^^^^^^^^^^^ enum-key openfeature enum =false
          client.getBooleanValue(Toggle.BETA.upper, false)
                 ^^^^^^^^^^^^^^^ by-when openfeature enum =false
          client.getBooleanValue(Gone.OLD, false)
                 ^^^^^^^^^^^^^^^ from-java openfeature constant =false
          client.getBooleanValue("new-" + id, false)
                 ^^^^^^^^^^^^^^^ new-* openfeature template =false
          client.getBooleanValue("\${Names.PREFIX}x", false)
                 ^^^^^^^^^^^^^^^ team-x openfeature template =false
          for (toggle in listOf(Toggle.GAMMA)) client.getBooleanValue(toggle.key, false)
                                                      ^^^^^^^^^^^^^^^ other-key openfeature enum =false
        }
      }
    `));

  it('follows wrappers through interfaces, delegation, extensions and lambdas, and tells accessors apart', () =>
    checkChecks(`
      //- /src/shop/Flags.kt
      package shop
      import dev.openfeature.sdk.Client
      interface Flags { fun isOn(key: String, fallback: Boolean = false): Boolean }
      class FlagsImpl(private val client: Client) : Flags {
        override fun isOn(key: String, fallback: Boolean) = client.getBooleanValue(key, fallback)
                                                                   ^^^^^^^^^^^^^^^ dynamic openfeature -
        val isNewPayOn: Boolean get() = isOn("accessed")
                                        ^^^^ accessed inferred literal+wrapper
        fun isOldPayOn() = isOn("old")
                           ^^^^ old inferred literal+wrapper
      }
      fun Client.isActive(key: String) = getBooleanValue(key, true)
                                         ^^^^^^^^^^^^^^^ dynamic openfeature - =true
      fun topLevel(key: String, client: Client) = client.getBooleanValue("top-$key", false)
                                                         ^^^^^^^^^^^^^^^ top-* openfeature template =false
      //- /src/shop/Page.kt
      package shop
      class Page(private val flags: Flags, private val impl: FlagsImpl) {
        fun show() {
          if (flags.isOn("through-interface", true)) impl.isOldPayOn()
                    ^^^^ through-interface inferred literal+wrapper =true
                                                          ^^^^^^^^^^ old inferred accessor reference
          flags.isOn(fallback = true, key = "named")
                ^^^^ named inferred literal+wrapper =true
          topLevel("pay", client)
          ^^^^^^^^ top-pay inferred template+wrapper =false
          items.filter { flags.isOn(it.key) }
                               ^^^^ dynamic inferred wrapper =false
        }
      }
    `));

  it('finds flag libraries of the repository by their shape, sealed flags included', () =>
    checkChecks(`
      //- /src/main/kotlin/shop/Gate.kt
      package shop
      sealed class Gate<out T : Any> {
        abstract val keyName: String
        abstract val label: String
        data object Checkout : Gate<Boolean>() {
          override val keyName = "sealed-checkout"
                                 ^^^^^^^^^^^^^^^^^ sealed-checkout inferred literal declaration likely
          override val label = "Checkout"
        }
      }
      enum class Feature(val remoteKey: String) { SEARCH("enum-search") }
                                                         ^^^^^^^^^^^^^ enum-search inferred literal declaration likely
      interface FeatureManager {
        fun <T : Any> getFeatureFlag(key: Gate<T>): T
        fun <T : Any> getFeatureFlagFlow(key: Gate<T>): Flow<T>
        fun isFeatureEnabled(feature: Feature): Boolean
      }
      //- /src/main/kotlin/shop/Page.kt
      package shop
      class Page(private val features: FeatureManager) {
        val a = features.getFeatureFlag(Gate.Checkout)
                         ^^^^^^^^^^^^^^ sealed-checkout inferred flag-object+wrapper likely
        fun b(gate: Gate<Boolean>) = features.getFeatureFlagFlow(gate)
                                              ^^^^^^^^^^^^^^^^^^ dynamic inferred wrapper likely
        fun c() = features.isFeatureEnabled(feature = Feature.SEARCH)
                           ^^^^^^^^^^^^^^^^ enum-search inferred enum+wrapper likely
      }
      //- /src/test/kotlin/shop/PageTest.kt
      package shop
      class PageTest {
        private val features: FeatureManager = mockk { every { getFeatureFlag(Gate.Checkout) } returns true }
        fun test() {
          coEvery { features.getFeatureFlagFlow(Gate.Checkout) } returns flowOf(true)
                             ^^^^^^^^^^^^^^^^^^ sealed-checkout inferred flag-object+wrapper stub likely test
          verify(exactly = 1) { features.getFeatureFlag(Gate.Checkout) }
                                         ^^^^^^^^^^^^^^ sealed-checkout inferred flag-object+wrapper stub likely test
          assertTrue(features.getFeatureFlag(Gate.Checkout))
                              ^^^^^^^^^^^^^^ sealed-checkout inferred flag-object+wrapper likely test
        }
      }
    `));

  it('finds annotations and configured patterns', () =>
    checkChecks(`
      //- /flagbook.json
      { "checks": [{ "pattern": "toggles.on($KEY)", "languages": ["kotlin"] }] }
      //- /src/shop/Page.kt
      package shop
      class Page {
        fun f() = toggles.on("pattern") { toggles.off("not") }
                          ^^ pattern custom literal
      }
    `));
});
