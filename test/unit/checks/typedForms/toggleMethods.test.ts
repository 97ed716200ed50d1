// Interfaces that list toggles as methods.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Kotlin: methods that give a toggle, of an interface that speaks of features or whose methods are annotated, and of no other',
    `
//- /ReportsFeature.kt
package a
@ContributesRemoteFeature(scope = AppScope::class, featureName = "reports")
interface ReportsFeature {
  @Toggle.DefaultValue(DefaultFeatureValue.FALSE)
  fun self(): Toggle
  fun newNav(): Toggle
  fun store(): Store
}
interface Remote {
  @Toggle.DefaultValue(DefaultFeatureValue.FALSE)
  fun newPay(): Toggle
}
interface Panel { fun lamp(): Toggle }
//- /B.kt
package b
import a.Panel
import a.Remote
import a.ReportsFeature
class B @Inject constructor(private val reports: ReportsFeature, val remote: Remote, val panel: Panel) {
  fun f() = reports.self().isEnabled() && reports.newNav().isEnabled() && remote.newPay().isEnabled()
  fun g() = panel.lamp().isEnabled() && reports.store().isEnabled() && unknown.newNav().isEnabled()
}
`,
    ['B.kt:6 reports property likely', 'B.kt:6 newNav property likely', 'B.kt:6 newPay property likely'],
  ],
  [
    'Java: the same',
    `
//- /ShopFeatures.java
interface ShopFeatures { FeatureFlag newNav(); String title(); }
//- /A.java
class A {
  ShopFeatures features;
  boolean f(User user) { return features.newNav().isEnabled(user) && features.title().isEnabled(); }
}
`,
    ['A.java:3 newNav property likely'],
  ],
];

describe('interfaces that list toggles', () => testRows(ROWS));
