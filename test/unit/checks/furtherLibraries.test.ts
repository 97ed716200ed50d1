// Libraries of a repository's own whose flags, words or keys stand otherwise than in most: constants that a build writes, values by their types.
import { describeRows } from './rows.ts';

describeRows(
  'libraries of a repository',
  [
    [
      'asked with constants whose type stands elsewhere, and mocks of them',
      `
      //- /src/main/java/shop/FeatureManager.java
      package shop;
      import shop.generated.Feature;
      public interface FeatureManager { boolean isFeatureEnabled(Feature feature); }
      //- /src/main/java/shop/Login.java
      package shop;
      import shop.generated.Feature;
      class Login {
        private FeatureManager featureManager;
        void run() { if (featureManager.isFeatureEnabled(Feature.TWO_FACTORS)) go(); }
      }
      //- /src/test/java/shop/LoginTest.java
      package shop;
      import shop.generated.Feature;
      class LoginTest {
        @Mock private FeatureManager mockFeatureManager;
        void test() { verify(mockFeatureManager).isFeatureEnabled(Feature.TWO_FACTORS); }
      }
      `,
      [
        'src/main/java/shop/Login.java:5 TWO_FACTORS enum+wrapper likely',
        'src/test/java/shop/LoginTest.java:5 TWO_FACTORS enum+wrapper stub likely',
      ],
    ],
    [
      'asked with constants of another type than theirs, which say nothing',
      `
      //- /Panel.java
      package shop;
      public interface Panel { boolean isEnabled(Widget widget); }
      //- /Login.java
      package shop;
      import shop.generated.Feature;
      class Login {
        private Panel panel;
        void run() { if (panel.isEnabled(Feature.TWO_FACTORS)) go(); }
      }
      `,
      [],
    ],
    [
      'of experiments in which somebody is enrolled, but not what configures one',
      `
      //- /ExperimentEnrollmentManager.java
      package shop;
      class ExperimentEnrollmentManager {
        private Settings settings;
        public boolean isEnrolled(UUID account, String experimentName) {
          return settings.getExperimentConfiguration(experimentName).has(account);
        }
      }
      //- /Settings.java
      package shop;
      class Settings {
        private Map<String, ExperimentConfiguration> experiments;
        ExperimentConfiguration getExperimentConfiguration(String experimentName) { return experiments.get(experimentName); }
        void print() { print(getExperimentConfiguration("beta-calls")); }
      }
      //- /Calls.java
      package shop;
      class Calls {
        static final String BACKUPS = "backups";
        private ExperimentEnrollmentManager experimentEnrollmentManager;
        void run(UUID account) {
          if (experimentEnrollmentManager.isEnrolled(account, "beta-calls")) go();
          if (experimentEnrollmentManager.isEnrolled(account, BACKUPS)) go();
        }
      }
      `,
      ['Calls.java:6 beta-calls literal+wrapper likely', 'Calls.java:7 backups constant+wrapper likely'],
    ],
    [
      'that give values by their types',
      `
      //- /Features.kt
      package shop
      class Feature(val name: String)
      interface FeatureFlags {
          fun getBoolean(feature: Feature, user: String): Boolean
          fun getInt(feature: Feature, user: String): Int
      }
      //- /Queue.kt
      package shop
      class Queue(private val featureFlags: FeatureFlags) {
          fun run() {
              if (featureFlags.getBoolean(FAST, "u")) go(featureFlags.getInt(Feature("batch-size"), "u"))
          }
          companion object { val FAST = Feature("fast-queue") }
      }
      `,
      ['Queue.kt:4 batch-size flag-object+wrapper likely', 'Queue.kt:4 fast-queue flag-object+wrapper likely'],
    ],
    [
      'that evaluate a flag by its key, in Rust',
      `
      //- /src/resolver.rs
      pub struct FeatureResolver;
      impl FeatureResolver {
          pub fn evaluate_boolean(&self, flag_key: &str) -> Result<(), Error> { self.store.look(flag_key) }
      }
      //- /src/page.rs
      use crate::resolver::FeatureResolver;
      pub struct Page { feature_resolver: FeatureResolver }
      impl Page {
          fn run(&self) { if self.feature_resolver.evaluate_boolean("new-page").is_ok() { go() } }
      }
      `,
      ['src/page.rs:4 new-page literal+wrapper likely'],
    ],
    [
      'that take ids which a function looks up, in Go',
      `
      //- /go.mod
      module example.com/shop
      //- /alpha/feature.go
      package alpha
      type FeatureId string
      func MustFeatureKey(key string) FeatureId {
      	id, valid := IsFeatureKey(key)
      	if !valid { panic("unknown") }
      	return id
      }
      func IsFeatureKey(key string) (FeatureId, bool) { return FeatureId(find(key).id), true }
      type FeatureManager struct { config Config }
      func (m *FeatureManager) IsEnabled(featureId FeatureId) bool { return m.config.Has(string(featureId)) }
      //- /svc/aks.go
      package svc
      import "example.com/shop/alpha"
      var featureHelm = alpha.MustFeatureKey("aks.helm")
      type target struct { featureManager *alpha.FeatureManager }
      func (t *target) run() {
      	if t.featureManager.IsEnabled(featureHelm) { helm() }
      }
      `,
      ['svc/aks.go:6 aks.helm flag-object+wrapper likely'],
    ],
    [
      'whose helper sets a gate in tests after asking what it was, in Go',
      `
      //- /go.mod
      module example.com/shop
      //- /features/features.go
      package features
      import "k8s.io/component-base/featuregate"
      const Pay featuregate.Feature = "Pay"
      var Gates featuregate.FeatureGate
      //- /utils/gates.go
      package utils
      import "k8s.io/component-base/featuregate"
      func WithFeatureGate(gate featuregate.FeatureGate, f featuregate.Feature, value bool) func() {
      	original := gate.Enabled(f)
      	return func() { restore(gate, f, original) }
      }
      //- /pay/pay_test.go
      package pay
      import (
      	"example.com/shop/features"
      	"example.com/shop/utils"
      )
      func TestPay(t *testing.T) {
      	defer utils.WithFeatureGate(features.Gates, features.Pay, true)()
      }
      `,
      ['pay/pay_test.go:7 Pay constant+wrapper stub', 'utils/gates.go:4 dynamic -'],
    ],
    [
      'in a class with a property whose field is of another type, in Kotlin',
      `
      //- /Toggles.kt
      package shop
      interface DesignFeatureToggles { val isRedesignEnabled: Boolean }
      //- /Model.kt
      package shop
      class Model(private val designFeatureToggles: DesignFeatureToggles) {
          val state: StateFlow<Content>
              field = MutableStateFlow(Content(items = listOf()))

          init { load() }

          fun load() {
              if (designFeatureToggles.isRedesignEnabled) return
          }
      }
      `,
      ['Model.kt:9 isRedesignEnabled property likely'],
    ],
    [
      'whose configuration has a getter for each, in Java',
      `
      //- /FeatureConfiguration.java
      package shop;
      @ConfigurationProperties(prefix = "feature")
      public class FeatureConfiguration {
        private boolean azureEnabled;
        private boolean loaded;
        public boolean isAzureEnabled() { return azureEnabled; }
        public boolean isLoaded() { return loaded; }
        public boolean isValid() { return check(azureEnabled); }
      }
      //- /Start.java
      package shop;
      class Start {
        private final FeatureConfiguration features;
        private final BrowserFeatures others;
        void run() {
          if (features.isAzureEnabled()) go();
          if (features.isLoaded() && features.isValid()) go();
          if (others.isAzureEnabled()) go();
        }
      }
      //- /BrowserFeatures.java
      package shop;
      class BrowserFeatures { boolean isAzureEnabled() { return probe("azure"); } }
      `,
      ['Start.java:6 isAzureEnabled property likely'],
    ],
    [
      'that an observer answers for, in C#',
      `
      //- /IFeatureFlagsObserver.cs
      namespace Shop;
      public interface IFeatureFlagsObserver {
        bool IsIpv6SupportEnabled { get; }
        bool ShouldHideOldNav { get; }
        bool IsLoaded { get; }
      }
      //- /Page.cs
      namespace Shop;
      public class Page {
        private readonly IFeatureFlagsObserver _featureFlagsObserver;
        public bool IsVisible => _featureFlagsObserver.IsIpv6SupportEnabled && _featureFlagsObserver.ShouldHideOldNav;
        public bool IsReady => _featureFlagsObserver.IsLoaded;
      }
      `,
      ['Page.cs:4 IsIpv6SupportEnabled property likely', 'Page.cs:4 ShouldHideOldNav property likely'],
    ],
    [
      'but not what something has by a bit of it',
      `
      //- /ServerFeatures.cs
      namespace Shop;
      [Flags]
      public enum ServerFeatures { SecureCore = 1, Tor = 2, P2P = 4, Streaming = 8 }
      //- /Card.cs
      namespace Shop;
      public class Card {
        public bool IsTor => IsFeature(ServerFeatures.Tor);
        private bool IsFeature(ServerFeatures serverFeature) => Server.Features.Supports(serverFeature);
      }
      `,
      [],
    ],
    [
      'that hand themselves out, in Java',
      `
      //- /FeatureFlags.java
      package shop;
      public class FeatureFlags {
        private static final FeatureFlags INSTANCE = new FeatureFlags();
        public static FeatureFlags getInstance() { return INSTANCE; }
        public boolean isNewNavEnabled() { return System.getenv("NAV") != null; }
        public boolean useBetaNav() { return System.getenv("BETA") != null; }
      }
      //- /Page.java
      package shop;
      class Page {
        void run() {
          if (FeatureFlags.getInstance().isNewNavEnabled()) go();
          if (FeatureFlags.getInstance().useBetaNav()) go();
          if (Panel.getInstance().isNewNavEnabled()) go();
        }
      }
      `,
      ['Page.java:4 isNewNavEnabled property likely', 'Page.java:5 useBetaNav property likely'],
    ],
    [
      'that hand out their list, in C++',
      `
      //- /feature_flags.h
      class FeatureFlags {
       public:
        struct Flags { bool new_nav = false; bool old_nav = true; int size = 3; };
        static const FeatureFlags& GetInstance();
        const Flags& GetFlags() const { return flags_; }
       private:
        Flags flags_;
      };
      //- /page.cc
      #include "feature_flags.h"
      void run() {
        if (FeatureFlags::GetInstance().GetFlags().new_nav) go();
        const auto& flags = FeatureFlags::GetInstance().GetFlags();
        if (flags.old_nav) go(flags.size);
        if (Window::GetInstance().GetFlags().new_nav) go();
      }
      `,
      ['page.cc:3 new_nav property likely', 'page.cc:5 old_nav property likely'],
    ],
    [
      'whose package says what they are, in Go',
      `
      //- /go.mod
      module example.com/shop
      //- /featureflags/client.go
      package featureflags
      type Client interface { Enabled(ctx context.Context, key string) bool }
      //- /plugins/client.go
      package plugins
      type Client struct { all map[string]bool }
      func (c *Client) Enabled(ctx context.Context, key string) bool { return c.all[key] }
      //- /page/page.go
      package page
      import (
      	"example.com/shop/featureflags"
      	"example.com/shop/plugins"
      )
      type Page struct { flags featureflags.Client; plugins *plugins.Client }
      func (p *Page) run() {
      	if p.flags.Enabled(ctx, "new-nav") { go1() }
      	if p.plugins.Enabled(ctx, "markdown") { go1() }
      }
      `,
      ['page/page.go:8 new-nav literal+wrapper likely'],
    ],
  ],
  ['check', 'stub'],
);
