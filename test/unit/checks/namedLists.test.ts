// Flags read as properties of what is called flags of features: by its name alone, in each language, and what such names hold beside.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'TypeScript: of an object that nothing declares, by its name and destructured; not what is set, called or counted',
    `
//- /a.ts
export function pay(platform, session) {
  platform.platformFeatureFlags.newPay = true;
  const { quickPay } = session.user.featureFlags;
  const flags = platform.featureToggles;
  if (platform.platformFeatureFlags?.newPay && flags.slowPay) return quickPay;
  platform.featureFlags.load();
  const { areFeatureFlagsLoading } = useFeatureFlags();
  if (platform.featureFlags.areFlagsLoading || platform.featureFlags.isReady) return null;
  return platform.featureFlags.length + platform.featureFlags.store.size + platform.flags.other;
}
`,
    ['a.ts:3 quickPay property likely', 'a.ts:5 newPay property likely', 'a.ts:5 slowPay property likely'],
  ],
  [
    'TypeScript: keys are no reads, switches of an object that is written down are',
    `
//- /a.ts
enum FeatureFlags { NewPay = 'new-pay' }
const FEATURE_FLAGS = { oldPay: 'old-pay' };
const featureFlags = { newNav: true, limit: 12 };
export const keys = [FeatureFlags.NewPay, FEATURE_FLAGS.oldPay];
export const isNew = featureFlags.newNav;
export const most = featureFlags.limit;
`,
    ['a.ts:5 newNav property likely'],
  ],
  [
    'Go: fields of a struct that say yes, no or a word, also through an assertion of its type; its own methods ask nothing',
    `
//- /go.mod
module example.com/shop
//- /config/config.go
package config

type FeatureFlags struct {
	EnableParams bool
	EnableArtifacts bool
	APIFields string
	MaxSize int
}

type Config struct {
	FeatureFlags *FeatureFlags
}

func FromContext(ctx context.Context) *Config {
	c, _ := ctx.Value(key{}).(*Config)
	return c
}
//- /config/copy.go
package config

func (in *FeatureFlags) Copy() bool {
	return in.EnableParams
}
//- /pay.go
package pay

import "example.com/shop/config"

func F(ctx context.Context) bool {
	cfg := config.FromContext(ctx)
	if cfg.FeatureFlags.APIFields == "alpha" {
		return cfg.FeatureFlags.EnableParams && cfg.FeatureFlags.MaxSize > 1
	}
	cfg.FeatureFlags.EnableArtifacts = true
	return config.FromContext(ctx).FeatureFlags.EnableArtifacts
}
`,
    [
      'pay.go:11 EnableArtifacts property likely',
      'pay.go:7 APIFields property likely',
      'pay.go:8 EnableParams property likely',
    ],
  ],
  [
    'Go: of a struct of another module that has a directory of the same name',
    `
//- /go.mod
module example.com/shop
//- /pkg/options/options.go
package options

type FeatureGates struct {
	Own bool
}

type Options struct {
	FeatureGates FeatureGates
}

func FromContext(ctx context.Context) *Options {
	return nil
}
//- /a.go
package a

import (
	own "example.com/shop/pkg/options"
	"example.org/core/pkg/options"
)

func F(ctx context.Context) bool {
	return own.FromContext(ctx).FeatureGates.Own && options.FromContext(ctx).FeatureGates.Theirs
}
`,
    ['a.go:9 Own property likely', 'a.go:9 Theirs property likely'],
  ],
  [
    'Kotlin and Swift: of what is injected',
    `
//- /A.kt
class A(private val featureFlags: KaliumFlags) {
    fun f() = featureFlags.newEditor && LocalFeatureVisibilityFlags.current.search
}
//- /B.swift
class B {
    let featureFlags: AppFlags
    func f() -> Bool { return featureFlags.newEditor && featureFlags.count > 1 }
}
`,
    ['A.kt:2 newEditor property likely', 'B.swift:3 newEditor property likely'],
  ],
  [
    'TypeScript: switches of a type that may have any; those of a panel are none',
    `
//- /config.ts
export interface Switches { [name: string]: boolean | undefined }
export interface Config { switches: Switches; panel: Panel }
interface Panel { switches: { [row: string]: HTMLElement } }
//- /a.ts
import type { Config } from './config';
export const f = (config: Config) => (config.switches.liveBlog ? config.panel.switches.first : null);
`,
    ['a.ts:2 liveBlog property likely'],
  ],
  [
    'functions that say what can be had, and what stands in the environment, ask for no flag',
    `
//- /a.ts
export const ensureFeatureIsSupported = (feature: string) => check(feature);
export const hasFlagEnvVar = (name: string) => name in process.env;
export const f = () => ensureFeatureIsSupported('two-factor') && hasFlagEnvVar('TRACE_ALL');
`,
    [],
  ],
  [
    'what a machine can do is no list of flags, and neither is what a function is given',
    `
//- /domain.go
package domain

type FeatureState struct {
	Enabled *bool
}

type Features struct {
	ACPI FeatureState
	APIC *FeatureState
	PAE  *FeatureState
}

type Domain struct {
	Features *Features
}

func F(d *Domain) bool {
	return d.Features.APIC != nil && d.Features.PAE != nil
}
//- /scores.ts
interface GetScoresForExperimentsProps { projectId: string; runIds: string[]; limit?: number }
export const getScores = (props: GetScoresForExperimentsProps) => {
  const { projectId, runIds } = props;
  return [projectId, runIds, props.limit];
};
`,
    [],
  ],
  [
    'a question that takes the state before the flag; and one whose name says what its only parameter is',
    `
//- /flags.ts
export enum FeatureFlag { NewPay = 'new-pay' }
export const useExperimentalFlag = (name: ExperimentalConfigKey) => store.read(name);
export const selectIsFeatureFlagEnabled = (state: FeatureFlagsRootState, flag: FeatureFlag) => state.byFlag(flag);
//- /a.ts
import { FeatureFlag, selectIsFeatureFlagEnabled, useExperimentalFlag } from './flags';
export const isTried = () => useExperimentalFlag('fast-swap');
export const isNew = (state) => selectIsFeatureFlagEnabled(state, FeatureFlag.NewPay);
//- /gates.go
package gates

func (c *Config) isFeatureGateEnabled(fg string) bool {
	return contains(c.gates, fg)
}

func (c *Config) F() bool {
	return c.isFeatureGateEnabled("fast-boot")
}
`,
    [
      'a.ts:2 fast-swap literal+wrapper likely',
      'a.ts:3 new-pay enum+wrapper likely',
      'gates.go:8 fast-boot literal+wrapper likely',
    ],
  ],
];

describeRows('lists that are called flags', ROWS);
