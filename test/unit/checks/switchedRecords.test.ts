// Records of switched features that are called after their states or their configuration, and how they are reached.
import { describeRows } from './rows.ts';

describeRows('records of switched features', [
  [
    'by a field of a configuration that a struct embeds; what is assigned is no question',
    `
    //- /go.mod
    module example.com/shop
    //- /pkg/config/config.go
    package config
    type Config struct { Features FeatureStates }
    type FeatureStates struct {
      FastPay bool // FSS_FAST_PAY
      SlowPay bool
    }
    //- /pkg/config/context.go
    package config
    import ("context"; "sync")
    type lockedConfig struct {
      sync.RWMutex
      Config
    }
    func FromContext(ctx context.Context) Config {
      config := ctx.Value(key).(*lockedConfig)
      return config.Config
    }
    //- /pay/pay.go
    package pay
    import "example.com/shop/pkg/config"
    func pay(ctx context.Context, c *config.Config) {
      if config.FromContext(ctx).Features.FastPay { run() }
      if !c.Features.SlowPay { run() }
      c.Features.SlowPay = true
    }
    `,
    ['pay/pay.go:4 FastPay property likely', 'pay/pay.go:5 SlowPay property likely'],
  ],
  [
    'in C#, unless one of its properties is none that says yes or no',
    `
    //- /Settings.cs
    public sealed class FeaturesConfiguration { public bool NewNav { get; set; } public bool UseOldHost { get; set; } public bool CheckFiles { get; set; } }
    public sealed class FeaturesSettings { public bool Wide { get; set; } public string Name { get; set; } }
    public class Settings
    {
        public FeaturesConfiguration Features { get; set; }
        public FeaturesSettings Machine { get; set; }
    }
    //- /Menu.cs
    public class Menu
    {
        public bool Show(Settings settings) => settings.Features.NewNav || settings.Machine.Wide;
    }
    `,
    ['Menu.cs:3 NewNav property likely'],
  ],
  [
    'in Scala, where an object reads each of them from its configuration',
    `
    //- /core/FeatureFlags.scala
    package core
    object FeatureFlags {
      private val config = load[FlagConfig]("flags")
      val requireKey: Boolean = config.requireKey
      val requirePayload: Boolean = config.requirePayload
    }
    //- /core/Actions.scala
    package core
    class Actions { def run(create: Boolean): Unit = if (create && FeatureFlags.requireKey) go() }
    `,
    ['core/Actions.scala:2 requireKey property likely'],
  ],
]);

describeRows('questions of runtime flags and of experiments', [
  [
    'whether a flag is set that is switched at run time; bits and what a command line has are none',
    `
    //- /go.mod
    module example.com/shop
    //- /config/options.go
    package config
    type RuntimeFlag string
    const RuntimeFlagNav RuntimeFlag = "new_nav"
    var RuntimeFlagPay = runtimeFlag("new_pay", false)
    func runtimeFlag(text string, on bool) RuntimeFlag {
      key := RuntimeFlag(text)
      defaults[key] = on
      return key
    }
    func (o *Options) IsRuntimeFlagSet(flag RuntimeFlag) bool { return o.RuntimeFlags[flag] }
    func (o *Options) IsModeFlagSet(flag ModeFlag) bool { return o.mode&flag != 0 }
    //- /proxy/proxy.go
    package proxy
    import "example.com/shop/config"
    func nav(o *config.Options) bool { return o.IsRuntimeFlagSet(config.RuntimeFlagNav) }
    func pay(o *config.Options) bool { return o.IsRuntimeFlagSet(config.RuntimeFlagPay) }
    func mode(o *config.Options) bool { return o.IsModeFlagSet(config.ModeFlagRead) }
    `,
    ['proxy/proxy.go:3 new_nav constant+wrapper likely', 'proxy/proxy.go:4 new_pay constant+wrapper likely'],
  ],
  [
    'a list of experiments that evaluates one by its name',
    `
    //- /go.mod
    module example.com/shop
    //- /experiment/experiment.go
    package experiment
    const FastPay = "fast-pay"
    type Experiments []*Experiment
    func (exps Experiments) Evaluate(name string) bool { return exps.find(name).Enabled }
    func (rules Rules) Evaluate(name string) bool { return rules.find(name).Holds }
    //- /pay/pay.go
    package pay
    import "example.com/shop/experiment"
    type Options struct { Experiments experiment.Experiments; Rules experiment.Rules }
    func pay(o *Options) bool { return o.Experiments.Evaluate(experiment.FastPay) }
    func rule(o *Options) bool { return o.Rules.Evaluate("is-weekend") }
    `,
    ['pay/pay.go:4 fast-pay constant+wrapper likely'],
  ],
  [
    'none where what is asked for is a class: of what something consists',
    `
    //- /src/main/java/shop/Features.java
    package shop;
    public class Features {
      public boolean isFeaturePresent(Class<? extends Feature> feature) { return true; }
      public boolean isFeatureEnabled(FeatureKey feature) { return true; }
    }
    enum FeatureKey { NEW_NAV }
    //- /src/main/java/shop/Build.java
    package shop;
    class Build {
      boolean a(Features features) { return features.isFeaturePresent(Jpa.class); }
      boolean b(Features features) { return features.isFeatureEnabled(FeatureKey.NEW_NAV); }
    }
    //- /src/main/java/shop/Jpa.java
    package shop;
    class Jpa implements Feature { static final String NAME = "jpa"; }
    `,
    ['src/main/java/shop/Build.java:4 NEW_NAV enum+wrapper likely'],
  ],
  [
    'none of what is marked on a case',
    `
    //- /src/main/java/court/CaseFlagService.java
    package court;
    public class CaseFlagService {
      public boolean activateFlag(CaseFlagType flag, String time) { return hasActiveFlag(flag) || mark(flag, time); }
      private boolean hasActiveFlag(CaseFlagType flag) { return marked.contains(flag); }
    }
    enum CaseFlagType { HEARING_LOOP("RA0043"), DETAINED("PF0019"); }
    //- /src/main/java/court/Hearing.java
    package court;
    class Hearing {
      boolean mark(CaseFlagService service) { return service.activateFlag(CaseFlagType.HEARING_LOOP, now); }
    }
    `,
    [],
  ],
  [
    'none of how a library is set up',
    `
    //- /Program.cs
    using Microsoft.FeatureManagement;
    services.AddFeatureManagement().UseDisabledFeaturesHandler(new RedirectHandler());
    `,
    [],
  ],
]);
