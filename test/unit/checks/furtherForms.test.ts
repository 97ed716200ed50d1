// Further ways in which code of each language asks for flags: lists, subscripts, extensions, attributes, types that list flags. Which
// checks a fixture has: path and line, key, how it was found, and `likely` where it is.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'C#: lists and sets of flags, where they are made and by name',
    `
//- /A.cs
using Splitio.Services.Client.Classes;
class A {
  static readonly List<string> Keys = new List<string> { "one", "two" };
  void F(SplitClient c) {
    c.GetTreatments("u", Keys);
    c.GetTreatments("u", new() { "three" });
    c.GetTreatments("u", new HashSet<string>(new[] { "four" }));
    c.GetTreatments("u", ["five"]);
  }
}
`,
    [
      'A.cs:5 one constant',
      'A.cs:5 two constant',
      'A.cs:6 three literal',
      'A.cs:7 four literal',
      'A.cs:8 five literal',
    ],
  ],
  [
    'C#: extension methods of a client, and of a text',
    `
//- /Ext.cs
using Unleash;
static class Ext {
  public static bool On(this IUnleash u, string key) => u.IsEnabled(key);
  public static bool IsFeatureOn(this string key, IUnleash u) => u.IsEnabled(key);
}
//- /A.cs
using Unleash;
class A(IUnleash u) {
  bool F() => u.On("of-client") && "of-text".IsFeatureOn(u) && lamp.On("no-flag");
}
`,
    ['A.cs:3 of-client literal+wrapper', 'A.cs:3 of-text literal+wrapper', 'Ext.cs:3 dynamic -', 'Ext.cs:4 dynamic -'],
  ],
  [
    'C#: what a factory that nobody knows makes is worth its declared type',
    `
//- /A.cs
using DevCycle.SDK.Server.Local.Api;
class A {
  async Task F() {
    using DevCycleLocalClient client = new DevCycleLocalClientBuilder().Build();
    var on = await client.VariableValue(user, "made", false);
  }
}
`,
    ['A.cs:5 made literal'],
  ],
  [
    'Java: lists that the library makes',
    `
//- /A.java
import io.split.client.SplitClient;
class A {
  private static final List<String> KEYS = Arrays.asList("one", "two");
  void f(SplitClient c) {
    c.getTreatments("u", KEYS);
    c.getTreatments("u", new ArrayList<>(Set.of("three")));
    c.getTreatment("u", Optional.of("four"));
  }
}
`,
    ['A.java:5 one constant', 'A.java:5 two constant', 'A.java:6 three literal', 'A.java:7 four literal'],
  ],
  [
    'Kotlin: extension functions, and constants that are constructed with their keys',
    `
//- /Ext.kt
import io.getunleash.Unleash
fun Unleash.on(key: String) = isEnabled(key)
fun String.isFlagOn(unleash: Unleash) = unleash.isEnabled(this)
enum class Flag(val key: String) { PAY("new-pay") }
sealed class Gate(val id: String) {
  data object Nav : Gate("new-nav")
}
class Flags(private val unleash: Unleash) {
  fun isOn(flag: Flag) = unleash.isEnabled(flag.key)
  fun isOpen(gate: Gate): Boolean { return unleash.isEnabled(gate.id) }
}
//- /Use.kt
import io.getunleash.Unleash
class Use(val unleash: Unleash, val flags: Flags) {
  fun client() = unleash.on("of-client") && lamps.on("no-flag")
  fun text() = "of-text".isFlagOn(unleash)
  fun enums() = flags.isOn(Flag.PAY)
  fun sealed() = flags.isOpen(Gate.Nav)
}
`,
    [
      'Ext.kt:2 dynamic -',
      'Ext.kt:3 dynamic -',
      'Ext.kt:9 dynamic -',
      'Ext.kt:10 dynamic -',
      'Use.kt:3 of-client literal+wrapper',
      'Use.kt:4 of-text literal+wrapper',
      'Use.kt:5 new-pay enum+wrapper',
      'Use.kt:6 new-nav constant+wrapper',
    ],
  ],
  [
    'Kotlin: subscripts of what can be nothing but flags, and properties that are delegated',
    `
//- /A.kt
enum class Flag(val key: String) { PAY("new-pay") }
class A(val featureFlags: Map<String, Boolean>, val colors: Map<String, String>) {
  val newNav by featureFlag("new-nav")
  val answer by lazy { 42 }
  fun f() = featureFlags["by-text"] == true && featureFlags[Flag.PAY.key] == true && colors["red"] != null
  fun set() { featureFlags["assigned"] = true }
}
`,
    ['A.kt:3 new-nav literal likely', 'A.kt:5 by-text literal likely', 'A.kt:5 new-pay enum likely'],
  ],
  [
    'Swift: subscripts, property wrappers, extensions of an SDK',
    `
//- /A.swift
import LaunchDarkly
enum Flag: String { case pay = "new-pay" }
extension LDClient {
  func on(_ key: String) -> Bool { boolVariation(forKey: key, defaultValue: false) }
}
struct A {
  @FeatureFlag("wrapped-flag") var isWrapped: Bool
  @Flag(help: "Verbose") var verbose: Bool
  var featureFlags: [String: Bool]
  func f(client: LDClient) -> Bool {
    let read = featureFlags["by-text"]
    let raw = featureFlags[Flag.pay.rawValue]
    return client.on("extended") && read && raw && colors["red"] != nil
  }
}
`,
    [
      'A.swift:4 dynamic -',
      'A.swift:7 wrapped-flag literal+attribute likely',
      'A.swift:11 by-text literal likely',
      'A.swift:12 new-pay enum likely',
      'A.swift:13 extended literal+wrapper',
    ],
  ],
  [
    'TypeScript: decorators of parameters, and of libraries that nobody knows; subscripts by a text',
    `
//- /a.ts
import { BooleanFeatureFlag } from '@openfeature/nestjs-sdk';
import { FeatureFlag, Feature } from '@acme/toggles';
export class Pay {
  pay(@BooleanFeatureFlag({ flagKey: 'given', defaultValue: false }) on: Observable<unknown>) {}
  @FeatureFlag('required') show() {}
  @Feature('login') story() {}
}
export const f = (featureFlags: Record<string, boolean>) => featureFlags['by-text'] && featureFlags.size;
`,
    ['a.ts:4 given literal+attribute', 'a.ts:5 required literal+attribute likely', 'a.ts:8 by-text literal likely'],
  ],
  [
    'Python and PHP: decorators and attributes of libraries that nobody knows',
    `
//- /a.py
from acme.toggles import feature_flag_required
@feature_flag_required("new-pay")
def pay(): pass
@feature("login")
def story(): pass
//- /A.php
<?php
use Acme\\Toggles\\FeatureFlag;
class A {
  #[FeatureFlag('new-nav')] public function nav() {}
  #[Route('/home')] public function home() {}
}
`,
    ['A.php:4 new-nav literal+attribute likely', 'a.py:2 new-pay literal+attribute likely'],
  ],
  [
    'Rust: attributes, and clients by full names and through what modules hand on',
    `
//- /src/main.rs
mod flags;
fn main() {
    let client = launchdarkly_server_sdk::Client::build(config).unwrap();
    client.bool_variation(&ctx, "by-path", false);
}
#[acme::feature_flag("attributed")]
fn shop() {}
#[cfg(feature = "serde")]
fn data() {}
//- /src/flags.rs
pub use launchdarkly_server_sdk::Client as Flags;
//- /src/pay.rs
use crate::flags::Flags;
struct Pay { flags: Flags }
impl Pay {
    fn on(&self) -> bool { self.flags.bool_variation(&ctx, "handed-on", false) }
}
`,
    [
      'src/main.rs:4 by-path literal',
      'src/main.rs:6 attributed literal+attribute likely',
      'src/pay.rs:4 handed-on literal',
    ],
  ],
  [
    'PHP: a class that lists flags',
    `
//- /FeatureFlags.php
<?php
class FeatureFlags {
  public bool $newPay = false;
  public bool $newNav = true;
}
//- /A.php
<?php
class A {
  public function __construct(private FeatureFlags $flags) {}
  public function f(): bool { return $this->flags->newPay && $this->flags->newNav; }
}
`,
    ['A.php:4 newNav property likely', 'A.php:4 newPay property likely'],
  ],
  [
    'C++: a struct that lists flags',
    `
//- /feature_flags.h
struct FeatureFlags {
  bool new_pay = false;
  bool new_nav = true;
};
//- /a.cc
#include "feature_flags.h"
bool Pays(const FeatureFlags& flags) { return flags.new_pay; }
`,
    ['a.cc:2 new_pay property likely'],
  ],
  [
    'Haml: attributes in parentheses',
    `
//- /Gemfile
gem 'flipper'
//- /a.html.haml
%a(href="x" data-on="#{Flipper.enabled?(:in_text)}")
%a(title=name data-on=Flipper.enabled?(:bare)) Flipper.enabled?(:text)
%a{ href: 'x', data: { on: Flipper.enabled?(:hash) } }
`,
    ['a.html.haml:1 in_text literal', 'a.html.haml:2 bare literal', 'a.html.haml:3 hash literal'],
  ],
  [
    'Blade: a directive with several features',
    `
//- /a.php
<?php
use Laravel\\Pennant\\Feature;
Feature::active('active');
//- /a.blade.php
@featureany(['any-one', 'any-two']) x @endfeatureany
`,
    ['a.blade.php:1 any-one literal+component', 'a.blade.php:1 any-two literal+component', 'a.php:3 active literal'],
  ],
  [
    'React: contexts that hand on questions or a client, and what hooks keep',
    `
//- /context.tsx
import { createContext, useCallback, useContext, useMemo } from 'react';
import { OpenFeature } from '@openfeature/web-sdk';
interface Flags { isOn: (key: string) => boolean }
export const FlagContext = createContext<Flags>({ isOn: () => false });
export const ClientContext = createContext(OpenFeature.getClient());
export function FlagProvider({ children }) {
  const client = useMemo(() => OpenFeature.getClient(), []);
  const isOn = useCallback((key: string) => client.getBooleanValue(key, false), [client]);
  const value = useMemo(() => ({ isOn }), [isOn]);
  return <FlagContext.Provider value={value}>{children}</FlagContext.Provider>;
}
export const useFeatures = () => useContext(FlagContext);
export const useClient = () => useContext(ClientContext);
//- /page.tsx
import { useClient, useFeatures } from './context';
export const Page = () => {
  const { isOn } = useFeatures();
  return isOn('destructured') && useFeatures().isOn('called') && useClient().getStringValue('of-client', 'x');
};
`,
    [
      'context.tsx:8 dynamic -',
      'page.tsx:4 called literal+wrapper',
      'page.tsx:4 destructured literal+wrapper',
      'page.tsx:4 of-client literal',
    ],
  ],
  [
    'Vue: properties of a component, by name in its template',
    `
//- /flags.ts
export interface FeatureFlags { newNav: boolean; newPay: boolean }
//- /Page.vue
<script setup lang="ts">
import type { FeatureFlags } from './flags';
interface Props { flags: FeatureFlags }
const props = defineProps<Props>();
const nav = props.flags.newNav;
</script>
<template><p v-if="flags.newPay">{{ colors.newPay }}</p></template>
`,
    ['Page.vue:5 newNav property likely', 'Page.vue:7 newPay property likely'],
  ],
  [
    'Python: functions that are applied partly',
    `
//- /a.py
from functools import partial
from openfeature import api
client = api.get_client()
def check(key): return client.get_boolean_value(key, False)
PAGES = {"pay": partial(check, "new-pay"), "nav": partial(client.get_boolean_value, "new-nav", True)}
show = partial(print, "no-flag")
`,
    ['a.py:4 dynamic -', 'a.py:5 new-nav literal', 'a.py:5 new-pay literal+wrapper'],
  ],
  [
    'PHP: what stands behind a facade',
    `
//- /Flags.php
<?php
namespace App\\Facades;
use Illuminate\\Support\\Facades\\Facade;
class Flags extends Facade { protected static function getFacadeAccessor() { return \\App\\FlagService::class; } }
//- /FlagService.php
<?php
namespace App;
use Unleash\\Client\\Unleash;
class FlagService {
  public function __construct(private Unleash $unleash) {}
  public function isOn(string $key): bool { return $this->unleash->isEnabled($key); }
}
//- /a.php
<?php
use App\\Facades\\Flags;
if (Flags::isOn('behind')) show();
`,
    ['FlagService.php:6 dynamic -', 'a.php:3 behind literal+wrapper'],
  ],
  [
    'Java: properties of a configuration that are about features, and no others',
    `
//- /A.java
class A {
  @Value("${'$'}{features.new-pay:false}") boolean pay;
  @Value("${'$'}{server.port:8080}") int port;
  @Value("${'$'}{app.feature}") String name;
  boolean nav(Environment env) { return env.getProperty("app.toggles.new-nav", Boolean.class, true); }
}
@ConditionalOnProperty(prefix = "features", name = "reports", havingValue = "true") class B {}
@ConditionalOnProperty("spring.datasource.url") class C {}
`,
    [
      'A.java:2 features.new-pay literal+attribute likely',
      'A.java:5 app.toggles.new-nav literal likely',
      'A.java:7 features.reports literal+attribute likely',
    ],
  ],
];

describeRows('further ways to ask', ROWS);
