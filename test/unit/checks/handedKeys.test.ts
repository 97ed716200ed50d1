// Keys that are taken out of what a function is given in scripts, what a package's context hands on, and what only
// looks like a library of flags; structs and classes whose package or constants say that they list flags.
// Which checks a fixture has: path and line, key, how it was found, and `likely` where it is.
import { describeRows, type Row } from './rows.ts';

const FLAG_CLASS = `
export class Feature<T> {
  readonly id: string;
  readonly fallback: T;
  constructor(id: string, fallback: T) {
    this.id = id;
    this.fallback = fallback;
  }
}
export const features = { newNav: new Feature('new_nav', false) };
export const fastPay = new Feature('fast_pay', 2);
`;

const ROWS: readonly Row[] = [
  [
    'TypeScript: hooks that are given an object of a class of flags',
    `
//- /feature.ts
${FLAG_CLASS}
//- /hooks.ts
import { useFeatureIsOn, useFeatureValue } from '@growthbook/growthbook-react';
import type { Feature } from './feature';
type Ask = <T>(feature: Feature<T>) => T;
export const useFlag: Ask = feature => useFeatureValue(feature.id, feature.fallback);
export const useOn = (feature?: Feature<boolean>): boolean => (feature ? useFeatureIsOn(feature.id) : false);
export const useMaybe = <T>({ feature, ask }: { feature: Feature<T>; ask?: boolean }) =>
  useFeatureValue(feature.id, feature.fallback);
//- /a.tsx
import { fastPay, features } from './feature';
import { useFlag, useMaybe, useOn } from './hooks';
export function A(props: { feature: never }) {
  const a = useFlag(features.newNav);
  const b = useOn(fastPay);
  const { value } = useMaybe({ feature: fastPay, ask: true });
  const c = useFlag(props.feature);
}
`,
    [
      'a.tsx:4 new_nav constant+wrapper',
      'a.tsx:5 fast_pay constant+wrapper',
      'a.tsx:6 fast_pay constant+wrapper',
      'hooks.ts:4 dynamic hook',
      'hooks.ts:5 dynamic hook',
      'hooks.ts:7 dynamic hook',
    ],
  ],
  [
    "TypeScript: the client that a package's React context hands on",
    `
//- /context.tsx
import { useContext } from 'react';
import { GrowthBookContext, type GrowthBookContextValue } from '@growthbook/growthbook-react';
export const useClient = (): GrowthBookContextValue => useContext(GrowthBookContext);
//- /a.tsx
import { useContext } from 'react';
import { ThemeContext } from 'styled-components';
import { useClient } from './context';
export function A() {
  const { growthbook } = useClient();
  const theme = useContext(ThemeContext);
  return growthbook.getFeatureValue('new-nav', false) || theme.getFeatureValue('no-flag', false);
}
`,
    ['a.tsx:7 new-nav literal'],
  ],
  [
    'TypeScript: a question that a type declares and an object literal answers',
    `
//- /service.ts
import type { LDClient } from '@launchdarkly/node-server-sdk';
type Asked = { key: string; flag: string };
export type FlagService = { ask: (asked: Asked) => Promise<boolean>; all: () => Promise<unknown> };
export function flagService(client: LDClient): FlagService {
  return {
    ask: async asked => client.variation(asked.flag, { key: asked.key }, false),
    all: async () => client.allFlagsState({}),
  };
}
export const offline: FlagService = { ask: async asked => defaults[asked.flag], all: async () => defaults };
//- /a.ts
import type { FlagService } from './service';
export async function pay(service: FlagService, lamp: { ask: (asked: unknown) => boolean }) {
  return (await service.ask({ key: 'user', flag: 'fast-pay' })) || lamp.ask({ flag: 'no-flag' });
}
`,
    ['a.ts:3 fast-pay object+wrapper', 'service.ts:6 dynamic -'],
  ],
  [
    'C#: bits of a value are no flags of features',
    `
//- /Bits.cs
static class Bits {
  public static bool HasAnyFlag<T>(this T value, T flags) where T : struct, Enum => true;
}
//- /A.cs
class A {
  bool F(Changes changes) => changes.HasAnyFlag(Changes.FirstName) || changes.HasAnyFlag(Changes.LastName);
}
[Flags] enum Changes { FirstName = 1, LastName = 2 }
`,
    [],
  ],
  [
    'C++: in which state something is, as said by enums of flags, of anything else and by names, is no flag of a feature',
    `
//- /Element.h
enum class StateFlag { IsHovered, HasLayer, Floating, BeingMoved };
enum class Formatting { RoundNumbers, SkipEmptyLines };
class Element {
 public:
  bool hasFlag(StateFlag flag) const { return m_flags.contains(flag); }
  bool hasFormattingFlag(Formatting flag) const { return m_formatting.contains(flag); }
  bool hasFormatFeatureBits(Format format, BindFlags featureBits) const { return m_bits & featureBits; }
  int getBindFlags(int internalFormat, BindFlags flags) const { return m_bits; }
  bool isHovered() const { return hasFlag(StateFlag::IsHovered) || hasFormattingFlag(Formatting::RoundNumbers); }
  bool hasLayer() const { return hasFlag(StateFlag::HasLayer) || hasFormattingFlag(Formatting::SkipEmptyLines); }
  bool floats() const { return hasFlag(StateFlag::Floating) || hasFormatFeatureBits(kFormat, kBlendBit); }
  bool moves() const { return hasFlag(StateFlag::BeingMoved) && getBindFlags(kFormat, kBlendFlag); }
};
`,
    [],
  ],
  [
    'Java: whether features fit those of another version is no question for one',
    `
//- /Features.java
package a;
public class Features<T> {
  public static boolean hasIncompatibleFeatures(Features<Range> supportedFeatures, Map<String, Short> finalizedFeatures) {
    return finalizedFeatures.isEmpty();
  }
  boolean a(Features<Range> supported) { return hasIncompatibleFeatures(supported, ours); }
}
`,
    [],
  ],
  [
    'C#: members of enums that are bits are no flags of features, whoever asks for them',
    `
//- /Entry.cs
enum EntryFlags { IsNull = 1, CreatedByReader = 2, HasBeenResolved = 4, PayloadUpdates = 8 }
[Flags] enum Access { TypeInformation = 1 << 0, MemberAccess = 1 << 1 }
class Entry {
  bool GetFlagValue(EntryFlags flag) => (flags & flag) != 0;
  bool GetFlag(Access flag) => (access & flag) != 0;
  public bool A() => GetFlagValue(EntryFlags.CreatedByReader) || GetFlagValue(EntryFlags.PayloadUpdates);
  public bool B() => GetFlag(Access.TypeInformation) || GetFlag(Access.MemberAccess);
}
`,
    [],
  ],
  [
    'C#: flags of no said kind are told by what is asked of them',
    `
//- /Flags.cs
enum Flag { NewNav, FastPay, IsBeta }
class Flags {
  public bool HasFlag(Flag flag) => true;
  public bool A() => HasFlag(Flag.NewNav) && HasFlag(Flag.FastPay);
}
`,
    ['Flags.cs:4 FastPay enum+wrapper likely', 'Flags.cs:4 NewNav enum+wrapper likely'],
  ],
  [
    'Scala, Java: what is injected from a command line is no flag of a feature',
    `
//- /A.scala
import com.acme.inject.annotations.Flag
import javax.inject.Inject
class A @Inject() (@Flag("service.shard") shard: Int)
//- /B.java
import com.acme.inject.annotations.Flag;
class B {
  B(@Flag("service.port") int port) {}
}
//- /C.java
import com.acme.featureflags.Flag;
class C {
  @Flag("new-nav") void f() {}
}
`,
    ['C.java:3 new-nav literal+attribute likely'],
  ],
  [
    'Go: the struct of a package that is called features',
    `
//- /go.mod
module example.com/shop
//- /features/features.go
package features

type Config struct {
	// NewNav shows it.
	NewNav  bool
	FastPay bool
}

var global = Config{}

func Set(fs Config) { global = fs }

func Get() Config { return global }
//- /settings/settings.go
package settings

type Config struct {
	Fast bool
	Cheap bool
}

var global Config

func Get() Config { return global }
//- /a/a.go
package a

import (
	"example.com/shop/features"
	"example.com/shop/settings"
)

func F() bool {
	if features.Get().NewNav || features.Get().Unknown {
		return true
	}
	features.Set(features.Config{NewNav: true})
	return !features.Get().FastPay && settings.Get().Fast && other.Get().NewNav
}
`,
    ['a/a.go:9 NewNav property likely', 'a/a.go:13 FastPay property likely'],
  ],
  [
    'PHP: questions of a class of features, whose constants are called flags',
    `
//- /features.php
<?php
class Shop_Features {
  const NAV_FLAG_NAME = '_shop_nav';
  const PAY_FLAG_NAME = '_shop_pay';
  public static function is_nav_enabled(): bool { return '1' === get_option( self::NAV_FLAG_NAME, '0' ); }
  public static function is_pay_enabled() { return '1' === get_option( self::PAY_FLAG_NAME, '0' ); }
  public static function to_array() { return [ self::is_nav_enabled() ]; }
}
class Plan_Features {
  const SEATS = 3;
  public static function is_team_enabled(): bool { return true; }
}
//- /a.php
<?php
if ( Shop_Features::is_nav_enabled() && ! Shop_Features::is_pay_enabled() ) { foo(); }
if ( Plan_Features::is_team_enabled() || Shop_Features::to_array() ) { foo(); }
`,
    ['a.php:2 is_nav_enabled property likely', 'a.php:2 is_pay_enabled property likely'],
  ],
  [
    'TypeScript: selectors of a store that keeps features',
    `
//- /selectors.ts
export const selectFeatureValue = (state: State, featureKey: string): boolean =>
  state.featureSwitches[featureKey] ? state.featureSwitches[featureKey].enabled : false;
export const selectFeatureById = (state: State, id: string) => state.map.features[id];
//- /a.tsx
import { selectFeatureById, selectFeatureValue } from './selectors';
const mapState = (state: State) => ({
  dimmed: selectFeatureValue(state, 'dimmed-feed'),
  hill: selectFeatureById(state, 'hill-1'),
});
`,
    ['a.tsx:3 dimmed-feed literal+wrapper likely'],
  ],
  [
    'Rust: features that can be had are flags, those that something has may be anything',
    `
//- /features.rs
pub struct RuntimeTogglableFeatures {
    pub metrics: bool,
    pub foreign_keys: bool,
}
pub struct DeviceFeatures {
    pub camera: bool,
    pub torch: bool,
}
pub struct Asked {
    runtime: RuntimeTogglableFeatures,
    device: DeviceFeatures,
}
impl Asked {
    fn f(&self) -> bool {
        self.runtime.metrics || self.device.torch
    }
}
`,
    ['features.rs:15 metrics property likely'],
  ],
];

describeRows('keys that are handed on, and lists told by their surroundings', ROWS);
