// Attributes of Java, Kotlin and C# that require flags, and keys that enums put together.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Java: annotations of a library that is imported, with several features, constants and classes, and no stories of tests',
    `
//- /A.java
import acme.toggles.FeatureToggle;
import acme.toggles.RequiresFeature;
class A {
  @FeatureToggle("toggle") void a() {}
  @FeatureToggle(value = "named") void b() {}
  @RequiresFeature(Flags.PAY) void c() {}
  @RequiresFeature({"one-of", "two-of"}) void d() {}
  @RequiresFeature(NewNavigation.class) void e() {}
}
class Flags { static final String PAY = "constant"; }
//- /B.java
import io.qameta.allure.Feature;
class B { @Feature("login") void f() {} }
`,
    [
      'A.java:4 toggle literal+attribute likely',
      'A.java:5 named literal+attribute likely',
      'A.java:6 constant constant+attribute likely',
      'A.java:7 one-of literal+attribute likely',
      'A.java:7 two-of literal+attribute likely',
      'A.java:8 NewNavigation literal+attribute likely',
    ],
  ],
  [
    'C#: attributes that are called a feature, beside a library of toggles only, and types for keys',
    `
//- /A.cs
using Acme.FeatureToggles;
class A {
  [Feature("new-nav")] void F() {}
  [RequiresFeature(typeof(NewPayFeature))] void G() {}
}
//- /B.cs
using Xunit;
class B { [Feature("story")] void F() {} }
//- /tests/C.cs
using Acme.FeatureToggles;
class C { [Feature("story")] void F() {} }
`,
    ['A.cs:3 new-nav literal+attribute likely', 'A.cs:4 NewPayFeature literal+attribute likely'],
  ],
  [
    'Java: keys that an enum puts together of what each constant was constructed with, and of its name',
    `
//- /E.java
import io.getunleash.Unleash;
enum E {
  PAY("pay"), NAV("nav");
  final String k;
  E(String k) { this.k = k; }
  String key() { return "shop." + k; }
  String full() { return "x-" + name(); }
}
class A {
  Unleash u;
  boolean e(E e) { return u.isEnabled(e.key()); }
  boolean g(E e) { return u.isEnabled(e.full()); }
  boolean f() { return e(E.PAY) && e(E.NAV) && g(E.PAY); }
}
`,
    ['E.java:13 shop.pay template+wrapper', 'E.java:13 shop.nav template+wrapper', 'E.java:13 x-PAY template+wrapper'],
  ],
];

describe('attributes and computed keys', () => testRows(ROWS));
