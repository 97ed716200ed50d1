// Flags in a configuration that is read by names of properties, and in dictionaries, in languages with types.
import { describeRows, type Row } from '../rows.ts';

const ROWS: readonly Row[] = [
  [
    'Scala: what Play, Typesafe and their like are asked by, as yes or no; other settings are none',
    `
//- /a/Use.scala
package a
import play.api.Configuration
class Use(config: Configuration) {
 def a = config.get[Boolean]("features.new-pay")
 def b = config.getOptional[Boolean]("feature-toggles.nav").getOrElse(false)
 def c = config.getBoolean("features.old").getOrElse(false)
 val d = config.underlying.getBoolean("toggles.x")
 def e = servicesConfig.getBoolean("feature-switch.enable-it")
 def g = servicesConfig.getConfBool("features.mode", false)
 def h = config.get[String]("features.url")
 def i = config.get[Boolean]("mongodb.encrypted")
}
`,
    [
      'a/Use.scala:4 features.new-pay literal likely',
      'a/Use.scala:5 feature-toggles.nav literal likely',
      'a/Use.scala:6 features.old literal likely',
      'a/Use.scala:7 toggles.x literal likely',
      'a/Use.scala:8 feature-switch.enable-it literal likely',
      'a/Use.scala:9 features.mode literal likely',
    ],
  ],
  [
    'C#: values and dictionaries; a dictionary of settings and keys of other things are none',
    `
//- /a.cs
using Microsoft.Extensions.Configuration;
namespace A;
public static class Keys { public const string Pay = "pay"; }
public static class FeatureFlagKeys { public const string WebPush = "web-push"; }
class Use {
 private readonly IConfiguration configuration;
 void F() {
  var a = configuration.GetValue<bool>("Features:NewPay");
  var b = configuration.GetValue<bool?>("FeatureToggles:Nav", true);
  var c = configuration.GetValue<string>("Features:Url");
  var d = configuration.GetValue<bool>("Smtp:Enabled");
 }
 private readonly IDictionary<string, object> FeatureStates;
 private readonly IDictionary<string, object> _featureFlags;
 private readonly IDictionary<string, object> _settings;
 void G() {
  if (FeatureStates.TryGetValue(FeatureFlagKeys.WebPush, out var v)) {}
  if (_featureFlags.TryGetValue("nav", out var w)) {}
  if (_featureFlags.GetValueOrDefault(FeatureFlagKeys.WebPush)) {}
  if (_settings.TryGetValue(FeatureFlagKeys.WebPush, out var x)) {}
  if (FeatureStates.TryGetValue(Keys.Pay, out var y)) {}
 }
}
`,
    ['a.cs:17 web-push constant likely', 'a.cs:18 nav literal likely', 'a.cs:19 web-push constant likely'],
  ],
  [
    'Go: viper',
    `
//- /a.go
package a
import "github.com/spf13/viper"
func f(v *viper.Viper) bool { return viper.GetBool("features.new_pay") || v.GetBool("feature-flags.nav") || viper.GetBool("log.verbose") || viper.GetString("features.x") == "" }
`,
    ['a.go:3 feature-flags.nav literal likely', 'a.go:3 features.new_pay literal likely'],
  ],
  [
    'Java: configuration and maps',
    `
//- /a/Use.java
package a;
import java.util.Map;
class Use {
 static final class FeatureFlags { static final String PAY = "pay"; }
 Map<String, Boolean> features;
 void f(com.typesafe.config.Config config) {
  config.getBoolean("features.new-pay");
  config.getBoolean("server.tls");
  features.getOrDefault(FeatureFlags.PAY, false);
  features.getOrDefault("x", false);
 }
}
`,
    ['a/Use.java:7 features.new-pay literal likely', 'a/Use.java:9 pay constant likely'],
  ],
  [
    'Rust',
    `
//- /Cargo.toml
[package]
name = "a"
//- /src/lib.rs
pub fn f(config: &Config) -> bool { config.get_bool("features.new_pay").unwrap_or(false) || config.get_bool("tls.on").unwrap_or(false) || config.get::<bool>("features.x").unwrap() }
`,
    ['src/lib.rs:1 features.new_pay literal likely'],
  ],
  [
    'Kotlin',
    `
//- /a/Use.kt
package a
class Use(val config: Config) { fun f() = config.getBoolean("features.new-pay") || config.property("features.x").getString().toBoolean() }
`,
    ['a/Use.kt:2 features.new-pay literal likely'],
  ],
];

describeRows('flags that a configuration holds', ROWS);
