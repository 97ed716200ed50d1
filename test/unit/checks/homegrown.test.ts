import assert from 'node:assert/strict';
import { interestTest } from '../../../server/src/core/flags/linking/prefilter.ts';
import { checkChecks } from './checks.ts';

describe("flag libraries of the repository's own", () => {
  it('are recognised by their shape when code asks them with constant keys: methods, through their interface', () =>
    checkChecks(`
      //- /flags.ts
      export interface FlagResolver { isEnabled: (name: FlagKey, context?: Context) => boolean; }
      export class DatabaseFlagResolver implements FlagResolver {
        isEnabled(name: FlagKey, context?: Context): boolean { return this.rows.get(name) ?? false; }
      }
      //- /service.ts
      import type { FlagResolver } from './flags';
      export class Service {
        constructor(private readonly resolver: FlagResolver, private readonly list: string[]) {}
        run({ flagResolver, client }) {
          this.resolver.isEnabled('typed');
                        ^^^^^^^^^ typed inferred literal+wrapper likely
          flagResolver.isEnabled('by-the-name-of-its-receiver');
                       ^^^^^^^^^ by-the-name-of-its-receiver inferred literal+wrapper likely
          client.isEnabled('nobody-knows-what-this-is');
        }
      }
    `));

  it('are no sets of bits, which are asked whether they have one', () =>
    checkChecks(`
      //- /flags/encoding.go
      package flags
      type EncodingFlag string
      type EncodingFlags map[EncodingFlag]struct{}
      const Categorize EncodingFlag = "categorize-labels"
      func (e EncodingFlags) Has(flag EncodingFlag) bool { _, ok := e[flag]; return ok }
      //- /query/query.go
      package query
      import "example.com/shop/flags"
      func Query(encodingFlags flags.EncodingFlags) bool { return encodingFlags.Has(flags.Categorize) }
      //- /go.mod
      module example.com/shop
    `));

  it('are no flags of something that has nothing to do with flags itself, nor what a machine can do', () =>
    checkChecks(`
      //- /scene/joint.h
      class Joint {
      public:
        enum Flag { FLAG_USE_LIMIT, FLAG_ENABLE_MOTOR, FLAG_MAX };
        bool get_flag(Flag flag) const;
        bool has_os_feature(const String &feature) const;
      };
      //- /scene/gizmo.cpp
      #include "scene/joint.h"
      void draw(Joint *joint) {
        if (joint->get_flag(Joint::FLAG_USE_LIMIT) && joint->get_flag(Joint::FLAG_ENABLE_MOTOR)) line();
        if (joint->has_os_feature("mobile-screen")) line();
      }
    `));

  it('are recognised by their shape: functions and hooks', () =>
    checkChecks(`
      //- /hooks/useUiFlag.ts
      export const useUiFlag = (flag: Flag) => useConfig().flags[flag];
      export const useToggle = (name: string) => useState(name);
      export const getFeature = (name: string) => store.find(name);
      export function setFeatureEnabled(name: string, on: boolean) { store.write(name, on); }
      export function isFeatureEnabled(name: string) { return store.read(name); }
      //- /page.tsx
      import { getFeature, isFeatureEnabled, setFeatureEnabled, useToggle, useUiFlag } from './hooks/useUiFlag';
      export const Page = () => useUiFlag('newNav') || isFeatureEnabled(kind);
                                ^^^^^^^^^ newNav inferred literal+wrapper likely
      useToggle('panel');
      getFeature('record');
      setFeatureEnabled('written', true);
    `));

  it('are left alone when only tests ask with constants', () =>
    checkChecks(`
      //- /evaluate.ts
      export function isFeatureEnabled(name: string) { return rules.match(name); }
      //- /evaluate.test.ts
      import { isFeatureEnabled } from './evaluate';
      isFeatureEnabled('only-in-a-test');
    `));

  it('are told from what is flagged otherwise by what a constant is called, where nobody knows who is asked', () =>
    checkChecks(`
      //- /a.cs
      enum SecurityPermissionFlag { Assertion = 0x01, UnmanagedCode = 0x02, AllFlags = 0x07 }
      enum FeatureFlag { NewNav, OldNav }
                         ^^^^^^ NewNav inferred literal declaration likely
      class Permissions : Elsewhere {
        bool Unmanaged() { return GetFlag(SecurityPermissionFlag.UnmanagedCode); }
        bool Nav() { return GetFlag(FeatureFlag.NewNav); }
                            ^^^^^^^ NewNav inferred enum likely
      }
    `));

  it('are recognised in Python', () =>
    checkChecks(`
      //- /models.py
      class Feature:
          SEARCH = "new_search"
                   ^^^^^^^^^^^^ new_search inferred literal declaration likely
      class Project(Model):
          def has_feature(self, feature_id):
              return self.features.filter(feature_id=feature_id).exists()
      //- /views.py
      from models import Feature
      def view(project):
          return project.has_feature(Feature.SEARCH)
                         ^^^^^^^^^^^ new_search inferred constant+wrapper likely
    `));

  it('are asked for a flag, wherever it says for whom', () =>
    checkChecks(`
      //- /app/flags.py
      def feature_enabled(tenant_id: int, feature: str) -> bool:
          return feature in store.of(tenant_id)
      //- /app/views.py
      from app.flags import feature_enabled
      def page(tenant_id):
          if feature_enabled(tenant_id, "new-nav"):
             ^^^^^^^^^^^^^^^ new-nav inferred literal+wrapper likely
              return new(tenant_id)
          return feature_enabled(7, "cart")
                 ^^^^^^^^^^^^^^^ cart inferred literal+wrapper likely
      //- /web/flags.ts
      export class FeatureFlagService {
        isEnabled(workspaceId: string, key: FeatureFlagKey): boolean { return this.rows.get(workspaceId)?.has(key) ?? false; }
      }
      //- /web/page.ts
      import { FeatureFlagService } from './flags';
      export const page = (flags: FeatureFlagService, id: string) => flags.isEnabled(id, 'web-nav');
                                                                           ^^^^^^^^^ web-nav inferred literal+wrapper likely
    `));

  it('are recognised in Ruby', () =>
    checkChecks(`
      //- /lib/feature.rb
      class Feature
        class << self
          def enabled?(key, thing = nil)
            rows.fetch(key).on?(thing)
          end
          def disabled?(key, thing = nil)
            !enabled?(key, thing)
             ^^^^^^^^ dynamic inferred wrapper likely
          end
        end
      end
      //- /app/pay.rb
      Feature.enabled?(:new_pay, user)
              ^^^^^^^^ new_pay inferred literal+wrapper likely
      ::Feature.disabled? :old_pay
                ^^^^^^^^^ old_pay inferred literal+wrapper likely
    `));

  it('are recognised by what they are called and take, where the question is a plain word', () =>
    checkChecks(`
      //- /core/src/flags/Flags.kt
      package flags
      interface FlagKey { val key: String
        companion object {
          val Pay = "pay".toFlagKey()
                    ^^^^^ pay inferred literal declaration likely
          val Old = "old".toFlagKey()
        }
      }
      class PlainKey(override val key: String) : FlagKey
      fun FlagKey(key: String): FlagKey = key.toFlagKey()
      fun String.toFlagKey(): FlagKey = PlainKey(this)
      fun interface FlagProvider {
        fun provide(key: FlagKey): FlagResult
      }
      interface FlagRepository {
        fun get(key: FlagKey): FlagRecord
      }
      //- /app/src/app/Keys.kt
      package app
      import flags.FlagKey
      object PageFlags { val Search = FlagKey("made-by-function") }
                                              ^^^^^^^^^^^^^^^^^^ made-by-function inferred literal declaration likely
      //- /app/src/app/Page.kt
      package app
      import flags.FlagKey
      import flags.FlagProvider
      import flags.FlagRepository
      import flags.toFlagKey
      class Page(private val records: FlagRepository) {
        private val flags: FlagProvider by inject()
        fun draw() {
          if (flags.provide(FlagKey.Pay).isEnabled()) go()
                    ^^^^^^^ pay inferred constant+wrapper likely
          if (flags.provide(PageFlags.Search).isEnabled()) go()
                    ^^^^^^^ made-by-function inferred flag-object+wrapper likely
          if (flags.provide("here".toFlagKey()).isEnabled()) go()
                    ^^^^^^^ here inferred literal+wrapper likely
                            ^^^^^^ here inferred literal declaration likely
          records.get(FlagKey.Old)
        }
      }
    `));

  it('are recognised when they are called switches, and when classes are their keys', () =>
    checkChecks(`
      //- /globals.ts
      export const isSwitchOn = (switchName: string): boolean => read(switchName) === 'On';
      export const isSwitchOpen = (panel: Panel) => panel.open;
      //- /page.ts
      import { isSwitchOn } from './globals';
      if (isSwitchOn('featureSwitches.pay')) draw();
          ^^^^^^^^^^ featureSwitches.pay inferred literal+wrapper likely
      //- /FlagManager.php
      <?php
      namespace Shop\\Flags;
      class FlagManager { public function isFeatureActive(string $featureFlag): bool { return true; } }
      //- /Page.php
      <?php
      namespace Shop;
      use Shop\\Flags\\FlagManager;
      use Shop\\Flags\\NewPay;
      class Page {
        private FlagManager $flags;
        function draw() { return $this->flags->isFeatureActive(NewPay::class); }
                                               ^^^^^^^^^^^^^^^ Shop\\Flags\\NewPay inferred constant+wrapper likely
      }
    `));

  it('are recognised in Swift by the labels of their overloads, of namesakes by the one nearby', () =>
    checkChecks(`
      //- /Kit/Sources/Flagger.swift
      public protocol FeatureFlagger {
        func isFeatureOn<Flag: Describing>(for featureFlag: Flag, allowOverride: Bool) -> Bool
      }
      public extension FeatureFlagger {
        func isFeatureOn<Flag: Describing>(for featureFlag: Flag) -> Bool { isFeatureOn(for: featureFlag, allowOverride: true) }
                                                                            ^^^^^^^^^^^ dynamic inferred wrapper likely
      }
      //- /iOS/Core/FeatureFlag.swift
      public enum FeatureFlag: String { case chat }
                                             ^^^^ chat inferred literal declaration likely
      extension FeatureFlagger { public func isFeatureOn(_ featureFlag: FeatureFlag) -> Bool { isFeatureOn(for: featureFlag) } }
                                                                                               ^^^^^^^^^^^ dynamic inferred wrapper likely
      //- /iOS/App/Page.swift
      struct Page {
        let featureFlagger: FeatureFlagger
        func f() -> Bool { featureFlagger.isFeatureOn(.chat) || shared.featureFlagger.isFeatureOn(.chat) }
                                          ^^^^^^^^^^^ chat inferred enum+wrapper likely
                                                                                      ^^^^^^^^^^^ chat inferred enum+wrapper likely
      }
      //- /macOS/Core/FeatureFlag.swift
      public enum FeatureFlag: String { case history }
                                             ^^^^^^^ history inferred literal declaration likely
      extension FeatureFlagger { public func isFeatureOn(_ featureFlag: FeatureFlag) -> Bool { isFeatureOn(for: featureFlag) } }
                                                                                               ^^^^^^^^^^^ dynamic inferred wrapper likely
      //- /macOS/App/Page.swift
      struct Page {
        let featureFlagger: FeatureFlagger
        let available = AvailabilityFeature.enabled
        func f() -> Bool { featureFlagger.isFeatureOn(.history) }
                                          ^^^^^^^^^^^ history inferred enum+wrapper likely
      }
      final class AvailabilityFeature: Base { static let enabled = AvailabilityFeature() }
    `));

  it('are turned on and off by tests', () =>
    checkChecks(`
      //- /lib/feature_flag.rb
      class FeatureFlag
        class << self
          def active?(feature_name)
            rows.include?(feature_name)
          end
          def activate(feature_name)
            rows.add(feature_name)
          end
          def add_row(feature_name); end
        end
      end
      //- /app/pay.rb
      FeatureFlag.activate(:by_a_console) unless FeatureFlag.active?(:pay)
                                                             ^^^^^^^ pay inferred literal+wrapper likely
      //- /spec/pay_spec.rb
      before { FeatureFlag.activate(:pay) }
                           ^^^^^^^^ pay inferred literal+wrapper stub likely test
      before { FeatureFlag.add_row(:pay) }
      before { FeatureFlag.activate(name) }
      //- /src/Flags.kt
      package shop
      enum class Feature { PAY }
                           ^^^ PAY inferred literal declaration likely
      object FeatureFlag {
        fun isEnabled(feature: Feature): Boolean = rows.has(feature)
        fun setEnabled(feature: Feature, enabled: Boolean) { rows.put(feature, enabled) }
      }
      //- /src/Page.kt
      package shop
      fun draw() = FeatureFlag.isEnabled(Feature.PAY)
                               ^^^^^^^^^ PAY inferred enum+wrapper likely
      //- /src/test/PageTest.kt
      package shop
      class PageTest { fun test() { FeatureFlag.setEnabled(Feature.PAY, true) } }
                                                ^^^^^^^^^^ PAY inferred enum+wrapper stub likely test
    `));

  it('are set by tests through functions of their module', () =>
    checkChecks(`
      //- /features/gates.go
      package features
      const Pay featuregate.Feature = "Pay"
                                      ^^^^^ Pay inferred literal declaration likely
      func Enabled(f featuregate.Feature) bool { return gates[f] }
      func SetFeatureGateDuringTest(t testing.TB, f featuregate.Feature, value bool) { gates[f] = value }
      func SetTitle(f featuregate.Feature, title string) {}
      //- /pay/pay.go
      package pay
      import "example.com/shop/features"
      func pay() bool { return features.Enabled(features.Pay) }
                                        ^^^^^^^ Pay inferred constant+wrapper likely
      func set() { features.SetFeatureGateDuringTest(nil, features.Pay, true) }
      //- /pay/pay_test.go
      package pay
      import "example.com/shop/features"
      func TestPay(t *testing.T) {
        features.SetFeatureGateDuringTest(t, features.Pay, true)
                 ^^^^^^^^^^^^^^^^^^^^^^^^ Pay inferred constant+wrapper stub likely test
        features.SetTitle(features.Pay, "pay")
        for f := range all { features.SetFeatureGateDuringTest(t, f, true) }
      }
      //- /src/featureFlags/index.ts
      const flags = new Map();
      export const isFeatureOn = (flag: string) => flags.get(flag);
      export function setFeatureFlag(flag: string, on: boolean) { flags.set(flag, on); }
      export function setFeatureTitle(title: string) {}
      export function saveFeatureFlag(flag: string, on: boolean) { setFeatureFlag(flag, on); }
      //- /src/page.ts
      import { isFeatureOn } from './featureFlags';
      if (isFeatureOn('new-nav')) go();
          ^^^^^^^^^^^ new-nav inferred literal+wrapper likely
      //- /src/page.test.ts
      import { saveFeatureFlag, setFeatureFlag, setFeatureTitle } from './featureFlags';
      setFeatureFlag('new-nav', true);
      ^^^^^^^^^^^^^^ new-nav inferred literal+wrapper stub likely test
      saveFeatureFlag('new-nav', true);
      ^^^^^^^^^^^^^^^ new-nav inferred literal+wrapper stub likely test
      setFeatureTitle('new-nav');
    `));

  it('are recognised where flags are read by a constant that is called one', () =>
    checkChecks(`
      //- /consts.ts
      export enum FLAGS { OPENSHIFT = 'OPENSHIFT', OTHER = 'OTHER' }
                                      ^^^^^^^^^^^ OPENSHIFT inferred literal declaration likely
      export const FLAG_PAY = 'PAY';
                              ^^^^^ PAY inferred literal declaration likely
      export const SIZE = 'size';
      //- /page.tsx
      import { FLAGS, FLAG_PAY, SIZE } from './consts';
      export const Page = ({ flags, sizes, commandFlags }) => flags[FLAGS.OPENSHIFT] || flags[FLAG_PAY];
                                                                    ^^^^^^^^^^^^^^^ OPENSHIFT inferred enum likely
                                                                                              ^^^^^^^^ PAY inferred constant likely
      export const other = ({ flags, sizes, commandFlags }) => flags[SIZE] || sizes[FLAGS.OTHER] || commandFlags[FLAGS.OTHER];
    `));

  it('are recognised in C++ by classes that a build step makes of a list', () =>
    checkChecks(`
      //- /page.cpp
      void Page::Draw() {
        if constexpr (Feature_Marks::IsEnabled()) Go();
                                     ^^^^^^^^^ Feature_Marks inferred literal+flag-object likely
        Feature_Panel panel;
        if (FeatureList::IsEnabled() || panel.IsEnabled()) Go();
      }
    `));

  const isOfInterest = interestTest([]).ofText;

  it('are looked for in texts that ask such a question or define one, and in few others', () => {
    for (const text of [
      'if isFeatureEnabled(x)',
      'Feature.enabled?(:a)',
      'def enabled?(key, thing = nil)',
      'def self.on?(name)',
      'Features::isActive($x)',
      '$this->featureManager->isEnabled($x)',
      'public static function isActive(string $feature): bool',
      'if o.Features.Enabled(x) {',
      'fn is_enabled(&self, flag: PreviewFeature) -> bool',
      "settings.FEATURES['a']",
      'const { newNav } = useUIFlags();',
      'use_feature("k")',
      'isSwitchOn("k")',
      'if (IS_NEW_FEATURE_ON(x))',
      'Is_Feature(x)',
      'checkNewFlag(x)',
      'context->getFeatures().newNav.enabled',
    ]) {
      assert.ok(isOfInterest(text), text);
    }
    for (const text of [
      'def is_active(self):',
      'public function isActive(): bool',
      '$user->isActive()',
      'feature.enabled = true',
      'using Shop.Core.OrderFeatures.Orders;',
      'ctx, cancel := features.Setup(ctx)',
      'namespace Shop.Core.UserFeatures;',
      'switchOn(value, isNumber)',
      'isolationFlags = selectionFlags | hashAndFlags',
    ]) {
      assert.ok(!isOfInterest(text), text);
    }
  });
});
