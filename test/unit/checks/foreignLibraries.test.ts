// Flag libraries that stand outside the repository and that no SDK's data knows, and what only looks like one.
import { checkChecks } from './checks.ts';

describe('flag libraries that stand elsewhere', () => {
  it('are told in Go by what is asked and by the constant', () =>
    checkChecks(`
      //- /internal/features/features.go
      package features
      import "github.com/acme/runtime/pkg/feature"
      const EnableUsages feature.Flag = "EnableUsages"
                                        ^^^^^^^^^^^^^^ EnableUsages inferred literal declaration likely
      //- /internal/setup.go
      package internal
      import (
        "context"
        "github.com/acme/shop/internal/features"
        "github.com/acme/runtime/pkg/feature"
      )
      type Options struct { Features *feature.Flags; Plugins *feature.Plugins }
      func Setup(ctx context.Context, o Options) {
        if o.Features.Enabled(features.EnableUsages) { run() }
                      ^^^^^^^ EnableUsages inferred constant likely
        if o.Plugins.Enabled("not-a-flag") { run() }
      }
      //- /go.mod
      module github.com/acme/shop
    `));

  it('are told in Python by the module, and by dictionaries of settings', () =>
    checkChecks(`
      //- /main/features.py
      SYNC = "sync_on_load"
             ^^^^^^^^^^^^^^ sync_on_load inferred literal declaration likely
      //- /views.py
      from acme.posthog.features import is_enabled
      from acme.lights import is_enabled as is_lit
      from django.conf import settings
      from main import features
      def view(request, lamp):
          if is_enabled(features.SYNC):
             ^^^^^^^^^^ sync_on_load inferred constant likely
              return settings.FEATURES.get(features.SYNC, False)
                                       ^^^ sync_on_load inferred constant =false likely
          is_lit("kitchen_lamp")
          settings.FEATURES["written"] = True
          lamp.FEATURES["column"]
          request.feature("new_nav")
                  ^^^^^^^ new_nav inferred literal likely
          return settings.FEATURES["old_nav"]
                                   ^^^^^^^^^ old_nav inferred literal likely
    `));

  it('are wrapped by functions that speak of flags, whose callers ask', () =>
    checkChecks(`
      //- /src/flags.ts
      import { acmeFlags } from '@acme/flags';
      import { acmeLamps } from '@acme/lamps';
      export function isFeatureOn(key: string) { return acmeFlags.isEnabled(key); }
                                                                  ^^^^^^^^^ dynamic inferred - likely
      export function isLit(key: string) { return acmeLamps.isEnabled(key); }
      //- /src/nav.ts
      import { isFeatureOn, isLit } from './flags';
      if (isFeatureOn('new-nav') && isLit('kitchen')) draw();
          ^^^^^^^^^^^ new-nav inferred literal+wrapper likely
      //- /app/gates.py
      from acme.toggles import toggle_client
      def gate_feature(flag_name):
          return toggle_client.is_enabled(flag_name)
                               ^^^^^^^^^^ dynamic inferred - likely
      //- /app/views.py
      from app.gates import gate_feature
      if gate_feature("new_nav"):
         ^^^^^^^^^^^^ new_nav inferred literal+wrapper likely
          draw()
      //- /src/Flags.kt
      package shop
      enum class FeatureFlag { NAV, PAY; fun isEnabled(): Boolean = prefs.getBoolean(name, false) }
                               ^^^ NAV inferred literal declaration likely
      //- /src/Gate.kt
      package shop
      class FeatureGate { fun ifFeature(flag: FeatureFlag, body: () -> Unit) { if (flag.isEnabled()) body() } }
                                                                                        ^^^^^^^^^ dynamic inferred flag-object likely
      //- /src/Page.kt
      package shop
      class Page(private val gate: FeatureGate) { fun show() { gate.ifFeature(FeatureFlag.NAV) { draw() } } }
                                                                    ^^^^^^^^^ NAV inferred enum+wrapper likely
    `));

  it('are told in scripts by a name that says all, or by what is asked', () =>
    checkChecks(`
      //- /page.tsx
      import { isFeatureEnabled, useFeatureFlag, useActiveTab } from '@acme/kit';
      export const Page = ({ features, flag }) => {
        useActiveTab('first');
        flag.isEnabled('this-is-one-flag');
        features.on('change', load);
        if (isFeatureEnabled('new-cart')) return useFeatureFlag('new-nav');
            ^^^^^^^^^^^^^^^^ new-cart inferred literal likely
                                                 ^^^^^^^^^^^^^^ new-nav inferred literal likely
        return features.isEnabled('old-nav');
                        ^^^^^^^^^ old-nav inferred literal likely
      };
    `));

  it('are told in Ruby, PHP and Rust by what is asked', () =>
    checkChecks(`
      //- /a.rb
      AcmeFeatures.enabled?(:new_cart)
                   ^^^^^^^^ new_cart inferred literal likely
      AcmeDoors.enabled?(:front)
      //- /a.php
      <?php
      $this->features->isEnabled('new-cart');
                       ^^^^^^^^^ new-cart inferred literal likely
      $this->doors->isEnabled('front');
      //- /src/a.rs
      fn run(features: &acme::Features, doors: &acme::Doors) {
          features.is_enabled("new-cart");
                   ^^^^^^^^^^ new-cart inferred literal likely
          doors.is_enabled("front");
      }
    `));
});

describe('flags of something else', () => {
  it('are told from flags of features by what is asked for, and by what asks', () =>
    checkChecks(`
      //- /src/call.rs
      pub trait CallExt { fn has_flag(&self, flag_name: &str) -> bool; }
      impl CallExt for Call { fn has_flag(&self, flag_name: &str) -> bool { self.named.contains(flag_name) } }
      //- /src/ls.rs
      fn run(call: Call) {
          call.has_flag("all");
          call.has_flag("long");
          call.has_flag("full-paths");
      }
      //- /cmd/accessors.go
      package cmd
      func GetBoolFlag(c *cobra.Command, flagName string) bool { return c.Lookup(flagName) }
      //- /cmd/output.go
      package cmd
      func Show(c *cobra.Command) bool { return GetBoolFlag(c, "show-labels") }
      //- /src/flags.ts
      export const getFlag = (name: string): boolean => store.read(name);
      //- /src/page.ts
      import { getFlag } from './flags';
      export const isNew = getFlag('new-cart') || getFlag('newNav') || getFlag('beta');
                           ^^^^^^^ new-cart inferred literal+wrapper likely
                                                  ^^^^^^^ newNav inferred literal+wrapper likely
                                                                       ^^^^^^^ beta inferred literal+wrapper likely
    `));

  it('are no handlers of a switch', () =>
    checkChecks(`
      //- /TogglePlugin.kt
      package shop
      enum class Origin { MENU }
      class TogglePlugin { fun onToggleOff(name: Origin) { log(name) } }
      //- /Page.kt
      package shop
      class Page(private val plugin: TogglePlugin) { fun run() { plugin.onToggleOff(Origin.MENU) } }
    `));

  it('are asked for constants of theirs, whose texts nobody knows here', () =>
    checkChecks(`
      //- /Page.swift
      import AcmeCore
      final class Page {
        @Injected(\\.featureFlagsRepository) private var featureFlagsRepository
        func draw() -> Bool {
          guard featureFlagsRepository.isEnabled(CoreFeatureFlagType.newPay, reload: true) else { return false }
                                       ^^^^^^^^^ dynamic inferred - likely
          return lamps.isEnabled(CoreLampType.hall) && featureFlagsRepository.isEnabled(LampType.hall)
        }
      }
    `));
});
