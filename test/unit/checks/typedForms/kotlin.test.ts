// Kotlin: delegates, scope functions, extension properties, and what Java calls of its files.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    "delegates of the repository's own, by a maker and by their class, that ask an SDK",
    `
//- /Flags.kt
import io.getunleash.Unleash
class Delegate(private val client: Unleash, private val key: String) {
  operator fun getValue(thisRef: Any?, property: KProperty<*>): Boolean = client.isEnabled(key)
}
class A(val client: Unleash) {
  fun flag(key: String) = Delegate(client, key)
  val newNav by flag("new-nav")
  val newPay: Boolean by Delegate(client, "new-pay")
  val lamp by lamp("no-flag")
}
`,
    ['Flags.kt:7 new-nav constant+flag-object', 'Flags.kt:8 new-pay constant+flag-object'],
  ],
  [
    'delegates of a library of the repository, and no options of a command line',
    `
//- /Features.kt
class Features(private val prefs: Prefs) {
  private fun flag(key: String, default: Boolean = false) = FlagDelegate(prefs, key, default)
  val newNav by flag("new-nav")
  val theme by preference("theme")
  val verbose by option("--verbose").flag()
}
class FlagDelegate(val prefs: Prefs, val key: String, val default: Boolean) {
  operator fun getValue(thisRef: Any?, property: KProperty<*>): Boolean = prefs.getBoolean(key, default)
}
class Preference(val prefs: Prefs, val key: String) {
  operator fun getValue(thisRef: Any?, property: KProperty<*>): String = prefs.getString(key)
}
fun preference(key: String) = Preference(prefs, key)
`,
    ['Features.kt:3 new-nav flag-object likely'],
  ],
  [
    'scope functions: what they are called on is asked by name, as this and as their parameter',
    `
//- /A.kt
import io.getunleash.Unleash
class FlagService(private val unleash: Unleash) {
  fun isOn(key: String) = unleash.isEnabled(key)
}
class A(val client: Unleash, val maybe: Unleash?, val flags: FlagService, val lamps: Lamps) {
  fun sdk() {
    with(client) { isEnabled("by-with") }
    client.apply { isEnabled("by-apply") }
    client.run { this.isEnabled("by-run") }
    client.let { it.isEnabled("by-let") }
    maybe?.let { c -> c.isEnabled("by-name") }
    with(lamps) { isEnabled("no-flag") }
  }
  fun own() {
    with(flags) { isOn("own-with") }
    flags.run { isOn("own-run") }
    flags.let { it.isOn("own-let") }
  }
  fun FlagService.extended() = isOn("extended")
  fun lamp(isOn: (String) -> Boolean) = flags.run { isOn("parameter") }
}
val Unleash.newNav: Boolean
  get() = isEnabled("property")
`,
    [
      'A.kt:7 by-with literal',
      'A.kt:8 by-apply literal',
      'A.kt:9 by-run literal',
      'A.kt:10 by-let literal',
      'A.kt:11 by-name literal',
      'A.kt:15 own-with literal+wrapper',
      'A.kt:16 own-run literal+wrapper',
      'A.kt:17 own-let literal+wrapper',
      'A.kt:19 extended literal+wrapper',
      'A.kt:23 property literal',
    ],
  ],
  [
    'free functions, as Java calls them',
    `
//- /acme/FlagUtil.kt
package acme
import io.getunleash.Unleash
lateinit var u: Unleash
fun isOn(key: String) = u.isEnabled(key)
//- /acme/Named.kt
@file:JvmName("Gates")
package acme
fun opens(key: String) = u.isEnabled(key)
//- /b/B.java
package b;
import acme.FlagUtilKt;
import static acme.FlagUtilKt.isOn;
import acme.Gates;
import other.Doors;
class B {
  boolean f() { return FlagUtilKt.isOn("by-class") && isOn("by-static"); }
  boolean g() { return Gates.opens("by-other-name") && Doors.opens("no-flag"); }
}
`,
    [
      'b/B.java:7 by-class literal+wrapper',
      'b/B.java:7 by-static literal+wrapper',
      'b/B.java:8 by-other-name literal+wrapper',
    ],
  ],
  [
    'extension properties and functions of an enum as keys, by what they give for each constant',
    `
//- /a/Flags.kt
package a
enum class Flag { NEW_PAY, NEW_NAV }
val Flag.id get() = when (this) { Flag.NEW_PAY -> "new-pay"; Flag.NEW_NAV -> "new-nav" }
val Flag.key: String get() = "shop." + name
fun Flag.path() = "app/" + name
val String.key get() = "other"
//- /a/Use.kt
package a
import dev.openfeature.sdk.Client
class Use(val c: Client, val flag: Flag) {
    fun f() = c.getBooleanValue(Flag.NEW_PAY.id, false)
    fun g() = c.getBooleanValue(Flag.NEW_NAV.key, false)
    fun h() = c.getBooleanValue(Flag.NEW_NAV.path(), false)
    fun i() = c.getBooleanValue(flag.id, false)
}
`,
    ['a/Use.kt:4 new-pay enum', 'a/Use.kt:5 shop.NEW_NAV enum+template', 'a/Use.kt:6 app/NEW_NAV template'],
  ],
];

describe('Kotlin: further forms', () => testRows(ROWS));
