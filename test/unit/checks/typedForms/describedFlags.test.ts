// Flags that hold a text for people beside their key, or instead of one; flags whose base's base has the key; questions whether one is off.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Java: constants with a description and no key are called by their names, also where they are asked whether they are off',
    `
//- /acme/ShopFeature.java
package acme;
public enum ShopFeature {
  NewNav(true, "Enable the new navigation."),
  NewPay(false, "Pay in a new way.");
  private final boolean byDefault;
  private final String doc;
  private boolean enabled;
  ShopFeature(boolean byDefault, String doc) { this.byDefault = byDefault; this.doc = doc; }
  public boolean isOn() { return enabled; }
  public boolean isOff() { return !enabled; }
}
//- /acme/Use.java
package acme;
class Use {
  boolean a() { return ShopFeature.NewNav.isOn(); }
  boolean b() { return ShopFeature.NewPay.isOff(); }
}
`,
    ['acme/Use.java:3 NewNav enum+flag-object likely', 'acme/Use.java:4 NewPay enum+flag-object likely'],
  ],
  [
    'Scala: constants of an object that are described',
    `
//- /ShopFeatures.scala
package acme
case class ShopFeature(id: Short, description: String)
object ShopFeatures {
  val NewNav = ShopFeature(1, "The new navigation")
}
trait Shop { def isFeatureActive(feature: ShopFeature): Boolean }
//- /Use.scala
package acme
class Use(shop: Shop) {
  def a = shop.isFeatureActive(ShopFeatures.NewNav)
}
`,
    ['Use.scala:3 NewNav flag-object+wrapper likely'],
  ],
  [
    'Kotlin: objects that hand their key to a base which hands it to its own; a client for tests that asks no SDK',
    `
//- /shop/Client.kt
package shop
import com.launchdarkly.sdk.server.LDClient
interface FlagClient {
  fun boolVariation(flag: Flag<Boolean>): Boolean
}
class RealClient(private val client: LDClient) : FlagClient {
  override fun boolVariation(flag: Flag<Boolean>) = client.boolVariation(flag.key, null, flag.default)
}
open class TestClient(val values: Map<String, Boolean>) : FlagClient {
  override fun boolVariation(flag: Flag<Boolean>) = values.getOrDefault(flag.key, flag.default)
}
//- /shop/Flag.kt
package shop
sealed class Flag<T>(val key: String, val default: T)
open class Temporary<T> @JvmOverloads constructor(key: String, default: T) : Flag<T>(key = key, default = default)
object NewNav : Temporary<Boolean>(key = "new-nav", default = false)
//- /Use.kt
package app
import shop.FlagClient
import shop.NewNav
import shop.TestClient
class Use(val client: FlagClient, val other: TestClient) {
  fun a() = client.boolVariation(NewNav)
  fun b() = other.boolVariation(NewNav)
}
`,
    ['Use.kt:6 new-nav constant+wrapper', 'Use.kt:7 new-nav constant+wrapper'],
  ],
  [
    'Kotlin, Swift: objects that are called, of an SDK and of their own',
    `
//- /UseCase.kt
package shop
import io.getunleash.Unleash
class IsFeatureEnabledUseCase(private val client: Unleash) {
  operator fun invoke(key: String): Boolean = client.isEnabled(key)
}
class HasFlag(private val prefs: Prefs) {
  operator fun invoke(flag: FeatureFlag): Boolean = prefs.getBoolean(flag.key)
}
enum class FeatureFlag(val key: String) { NEW_PAY("new-pay"), NEW_NAV("new-nav") }
//- /Use.kt
package shop
class Use(private val isFeatureEnabled: IsFeatureEnabledUseCase, private val hasFlag: HasFlag, private val lamp: Lamp) {
  fun a(): Boolean = isFeatureEnabled("new-nav")
  fun b(): Boolean = hasFlag(FeatureFlag.NEW_PAY)
  fun c(): Boolean = lamp("no-flag")
}
//- /UseCase.swift
protocol GetFeatureFlagStatusUseCase { func execute(for flag: FlagKey) -> Bool }
extension GetFeatureFlagStatusUseCase {
  func callAsFunction(for flag: FlagKey) -> Bool { execute(for: flag) }
}
enum FlagKey: String { case newPay = "NewPay"; case newNav = "NewNav" }
//- /Use.swift
final class Use {
  private let getFeatureFlagStatus: any GetFeatureFlagStatusUseCase
  func a() -> Bool { getFeatureFlagStatus(for: FlagKey.newPay) }
  func b() -> Bool { getFeatureFlagStatus.execute(for: FlagKey.newNav) }
}
`,
    [
      'Use.kt:3 new-nav literal+wrapper',
      'Use.kt:4 new-pay enum+wrapper likely',
      'Use.swift:3 NewPay enum+wrapper likely',
      'Use.swift:4 NewNav enum+wrapper likely',
    ],
  ],
  [
    'Python: the value of a flag, beside the question whether it is on',
    `
//- /shop/flags.py
class Flags:
    def is_on(self, flag: str, user=None) -> bool:
        return bool(self._client().ask(flag))
    def value(self, flag: str, user=None):
        return self._client().ask(flag)
class Lamps:
    def value(self, flag: str):
        return flag
flags = Flags()
lamps = Lamps()
//- /shop/use.py
from shop.flags import flags, lamps
def a():
    if flags.is_on("new-nav"):
        return flags.value("allowed-types").split()
    return lamps.value("no-flag")
`,
    ['shop/use.py:3 new-nav literal+wrapper likely', 'shop/use.py:4 allowed-types literal+wrapper likely'],
  ],
  [
    'PHP: whether a flag is inactive',
    `
//- /Features.php
<?php
namespace App;
class Features {
  public static function active(string $feature): bool { return config($feature) === true; }
  public static function inactive(string $feature): bool { return !self::active($feature); }
}
//- /Use.php
<?php
namespace App;
function pay(): void {
  if (Features::inactive('new-pay')) { return; }
}
`,
    ['Use.php:4 new-pay literal+wrapper likely'],
  ],
];

describe('flags that are described, and questions whether one is off', () => testRows(ROWS));
