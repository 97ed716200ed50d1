// Questions for values and experiments, what only looks like them, and what tests tell of them.
import { describeRows, type Row } from './rows.ts';

const QUESTIONS: readonly Row[] = [
  [
    'get the value of a feature, whose parameter says twice that it is one',
    `
//- /src/features.ts
export enum Feature { FastUpload = 'fast_upload', SafeMode = 'safe_mode' }
export interface FeatureEnablement { getValue(feature: Feature): Promise<boolean>; }
class Features implements FeatureEnablement {
  async getValue(feature: Feature): Promise<boolean> { return (await this.load())[feature]; }
}
export function initFeatures(): FeatureEnablement { return new Features(); }
//- /src/geometry.ts
export class FeatureLayer { getValue(column: string) { return this.row[column]; } }
//- /src/upload.ts
import { Feature, type FeatureEnablement, initFeatures } from './features';
import { FeatureLayer } from './geometry';
export async function upload(features: FeatureEnablement, layer: FeatureLayer) {
  if (await features.getValue(Feature.FastUpload)) go(layer.getValue('height'));
  const made = initFeatures();
  return made.getValue(Feature.SafeMode);
}
`,
    ['src/upload.ts:4 fast_upload enum+wrapper likely', 'src/upload.ts:6 safe_mode enum+wrapper likely'],
  ],
  [
    'ask whether one is in an experiment, at once too',
    `
//- /src/service.ts
export interface IExperimentService { inExperiment(name: string): Promise<boolean>; inExperimentSync(name: string): boolean; }
//- /src/groups.ts
export enum Survey { experiment = 'askInSurvey' }
//- /src/page.ts
import { Survey } from './groups';
import type { IExperimentService } from './service';
export async function page(service: IExperimentService) {
  if (service.inExperimentSync(Survey.experiment)) go();
  return service.inExperiment('newNav');
}
`,
    ['src/page.ts:4 askInSurvey enum+wrapper likely', 'src/page.ts:5 newNav literal+wrapper likely'],
  ],
  [
    'are none where they look for a record, tell something of one, or ask what is paid for',
    `
//- /src/experiments.ts
export async function getExperimentById(context: Context, id: string) { return context.find({ id }); }
export function getExperimentOutdatedReasonLabel(reason: string) { return LABELS[reason]; }
export function hasPremiumFeature(context: Context, feature: string) { return context.plan.has(feature); }
export function isFeatureOn(feature: string) { return all.has(feature); }
//- /src/page.ts
import { getExperimentById, getExperimentOutdatedReasonLabel, hasPremiumFeature, isFeatureOn } from './experiments';
export async function page(context: Context) {
  const demo = await getExperimentById(context, 'exp_demo-project');
  if (hasPremiumFeature(context, 'custom-roles')) go(demo, getExperimentOutdatedReasonLabel('tooOld'));
  return isFeatureOn('new-nav');
}
`,
    ['src/page.ts:5 new-nav literal+wrapper likely'],
  ],
  [
    'are none where they give what a command line was given',
    `
//- /go.mod
module example.com/shop
//- /config/env.go
package config
func GetFlag(key, fallback string) string { return flags[key] }
func GetBoolFlag(key string) bool { return GetFlag(key, "false") == "true" }
//- /cmd/root.go
package cmd
import "example.com/shop/config"
func root(command *Command) {
	command.PersistentFlags().BoolVar(&options.Plain, "grpc-web", config.GetBoolFlag("grpc-web"), "Plain")
	command.PersistentFlags().StringVar(&options.Token, "auth-token", config.GetFlag("auth-token", ""), "Token")
}
`,
    [],
  ],
  [
    'give one of several records by its number, and columns of a table',
    `
//- /src/types.ts
export interface Settings { experiments?: { table?: string; userIdColumn?: string; timestampColumn?: string } }
export interface Trials { experiments: { enabled: boolean; optInto: string[] } }
export interface Answer { experiments: { fastCheckout: boolean; newNav: boolean } }
//- /src/page.ts
import type { Answer, Settings, Trials } from './types';
export function page(settings: Settings, answer: Answer, body: any, trials: Trials) {
  if (trials.experiments.enabled) go(trials.experiments.optInto);
  if (useFlag('fastCheckout') && useFlag('newNav')) go(settings.experiments?.userIdColumn, settings.experiments?.table);
  return body.experiments[0].id === answer.experiments.newNav;
}
function useFlag(flag: string) { return all.has(flag); }
`,
    [
      'src/page.ts:4 fastCheckout literal+wrapper likely',
      'src/page.ts:4 newNav literal+wrapper likely',
      'src/page.ts:5 newNav property likely',
    ],
  ],
  [
    'may be named without the end of a word',
    `
//- /src/FeatureConfigRepository.kt
package shop
enum class Feature(val description: String) { RESPONSIVE_HOME("responsive home") }
interface FeatureConfigRepository { fun isFeatureEnable(feature: Feature): Boolean }
//- /src/Page.kt
package shop
class Page(private val featureConfig: FeatureConfigRepository) {
  fun nav() = featureConfig.isFeatureEnable(Feature.RESPONSIVE_HOME)
}
`,
    ['src/Page.kt:3 RESPONSIVE_HOME enum+wrapper likely'],
  ],
  [
    'are functions of a module of feature flags whose names say yes or no, whatever they ask themselves',
    `
//- /server/featureFlags.ts
import config from './config';
const scheduled = (prisons: string[]) => (id: string) => prisons.includes(id) || prisons.includes('*');
export const editProfileEnabled: Method = scheduled(config.editProfile);
export const defaultsEnabled = () => ({ all: true });
//- /server/page.ts
import { defaultsEnabled, editProfileEnabled } from './featureFlags';
export const page = (user: User) => editProfileEnabled(user.prison) && defaultsEnabled();
`,
    ['server/page.ts:2 editProfileEnabled property likely'],
  ],
  [
    'are asked of a set of those that are on, in Swift',
    `
//- /Sources/Parser.swift
struct Parser {
  let experimentalFeatures: ExperimentalFeatures
  let shapes: Set<Shape>
  func parse() {
    if experimentalFeatures.contains(.doExpressions) || self.experimentalFeatures.contains(.trailingComma) { return }
    if shapes.contains(.circle) || experimentalFeatures.contains(where: \\.isOld) { return }
  }
}
`,
    ['Sources/Parser.swift:5 doExpressions property likely', 'Sources/Parser.swift:5 trailingComma property likely'],
  ],
  [
    'are asked of an SDK by its type, whatever a package that nobody knows gives',
    `
//- /go.mod
module example.com/shop
//- /feature/gates.go
package feature
import (
	"k8s.io/component-base/featuregate"
	"example.org/base/feature"
)
const Nav featuregate.Feature = "Nav"
var (
	MutableGates featuregate.MutableFeatureGate = feature.MutableGates
	Gates featuregate.FeatureGate = MutableGates
)
//- /main.go
package main
import "example.com/shop/feature"
func main() {
	if feature.Gates.Enabled(feature.Nav) { go1() }
}
`,
    ['main.go:4 Nav constant'],
  ],
  [
    'are none where an attribute of the tests says what their machine must have',
    `
//- /src/Features.cs
namespace Shop;
public class Features { public bool IsFeatureEnabled(string feature) { return all.Contains(feature); } }
//- /src/Page.cs
namespace Shop;
public class Page { bool Nav(Features features) { return features.IsFeatureEnabled("new-nav"); } }
//- /tests/Util/RequiresFeatureAttribute.cs
namespace Util;
public enum TestFeature { Docker = 1 << 0, Playwright = 1 << 1 }
public class RequiresFeatureAttribute(TestFeature feature) : Attribute { public TestFeature Feature { get; } = feature; }
//- /tests/Page.Tests/PageTests.cs
using Util;
namespace Page.Tests;
public class PageTests
{
    [RequiresFeature(TestFeature.Docker)]
    public void Works() { }
}
`,
    ['src/Page.cs:2 new-nav literal+wrapper likely'],
  ],
];

const DECORATORS: readonly Row[] = [
  [
    'that are called ask with the key that they are given, not with what they decorate',
    `
//- /urls.py
from django.urls import path
from waffle.decorators import waffle_flag, waffle_switch
from .views import LoginView, home
urlpatterns = [
    path('login', waffle_switch('new-login')(LoginView.as_view())),
    path('', waffle_flag('new-home')(home)),
]
`,
    ['urls.py:5 new-login literal', 'urls.py:6 new-home literal'],
  ],
];

const MOCKS: readonly Row[] = [
  [
    'of Mockito hand on what they are given, and are of the type that is declared',
    `
//- /src/test/java/PageTest.java
import io.getunleash.DefaultUnleash;
import org.mockito.Mockito;
class PageTest {
  DefaultUnleash unleash = Mockito.mock(DefaultUnleash.class);
  void draws() {
    Mockito.doReturn(false).when(unleash).isEnabled("new-nav");
    Mockito.when(unleash.isEnabled("old-nav")).thenReturn(true);
    Mockito.verify(unleash).isEnabled("new-nav");
  }
}
//- /src/test/kotlin/CartTest.kt
import io.getunleash.DefaultUnleash
import org.mockito.Mockito
class CartTest {
  val unleash: DefaultUnleash = Mockito.mock(DefaultUnleash::class.java)
  fun draws() {
    Mockito.doReturn(false).\`when\`(unleash).isEnabled("new-cart")
  }
}
`,
    [
      'src/test/java/PageTest.java:6 new-nav literal stub',
      'src/test/java/PageTest.java:7 old-nav literal stub',
      'src/test/java/PageTest.java:8 new-nav literal stub',
      'src/test/kotlin/CartTest.kt:6 new-cart literal stub',
    ],
  ],
  [
    'of scripts are told of a question by asking it',
    `
//- /src/service.ts
export interface ExperimentService { inExperiment(name: string): boolean; }
//- /src/page.ts
import type { ExperimentService } from './service';
export const page = (service: ExperimentService) => service.inExperiment('newNav');
//- /src/test/page.test.ts
import { instance, mock, when } from 'ts-mockito';
import type { ExperimentService } from '../service';
const service = mock<ExperimentService>();
when(service.inExperiment('newNav')).thenReturn(true);
//- /src/test/cart.test.ts
import { instance, when } from 'jest-when';
import type { ExperimentService } from '../service';
const draw = (service: ExperimentService) => when(service.inExperiment('newNav'));
`,
    [
      'src/page.ts:2 newNav literal+wrapper likely',
      'src/test/cart.test.ts:3 newNav literal+wrapper likely',
      'src/test/page.test.ts:4 newNav literal+wrapper stub likely',
    ],
  ],
];

describeRows('questions for values and for experiments', QUESTIONS);
describeRows('decorators', DECORATORS);
describeRows('mocks that are asked', MOCKS, ['check', 'stub']);
