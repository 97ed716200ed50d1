// What is given a value is not asked, in whatever language; flags of other things, by what they are asked of and with.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'fields of lists that are given a value',
    `
//- /src/flags.rs
pub struct FeatureFlags { pub new_nav: bool, pub old_cart: bool }
pub struct Settings { pub feature_flags: FeatureFlags }
//- /src/page.rs
use crate::flags::Settings;
fn draw(settings: &mut Settings) -> bool { settings.feature_flags.old_cart = true; settings.feature_flags.new_nav }
//- /FeatureFlags.kt
package shop
class FeatureFlags(var newNav: Boolean, var oldCart: Boolean)
class Settings(val featureFlags: FeatureFlags)
//- /Use.kt
package shop
fun draw(settings: Settings): Boolean {
  settings.featureFlags.oldCart = true
  return settings.featureFlags.newNav
}
//- /Flags.swift
struct FeatureFlags { var newNav: Bool; var oldCart: Bool }
struct Settings { var featureFlags: FeatureFlags }
//- /Use.swift
func draw(settings: Settings) -> Bool {
  settings.featureFlags.oldCart = true
  return settings.featureFlags.newNav
}
//- /Flags.cs
namespace Shop;
public class FeatureFlags { public bool NewNav { get; set; } public bool OldCart { get; set; } }
public class Settings { public FeatureFlags FeatureFlags { get; set; } }
//- /Use.cs
namespace Shop;
class Use {
  bool Draw(Settings settings) {
    settings.FeatureFlags.OldCart = true;
    return settings.FeatureFlags.NewNav;
  }
}
`,
    [
      'Use.cs:5 NewNav property likely',
      'Use.kt:4 newNav property likely',
      'Use.swift:3 newNav property likely',
      'src/page.rs:2 new_nav property likely',
    ],
  ],
  [
    'C#: bits, variables of a process, and lists that are made of texts',
    `
//- /Flags.cs
namespace Shop;
public static class IncludeFlagUtils {
  public static IncludeFlags GetFlags(IEnumerable<string> flags) { return Parse(flags); }
  public static string GetFlagString(IncludeFlags flags) { return Name(flags); }
}
public static class TreeFlags {
  public static ProjectTreeFlags Group { get; } = ProjectTreeFlags.Create("Group");
  public static ProjectTreeFlags Leaf { get; } = ProjectTreeFlags.Create("Leaf");
}
public interface IVariables { bool GetFlag(string variableName, bool defaultValue = false); }
//- /Use.cs
namespace Shop;
class Use {
  void A(IVariables variables) {
    IncludeFlagUtils.GetFlags(new[] { "Build" });
    IncludeFlagUtils.GetFlagString(IncludeFlags.All);
    Find(TreeFlags.Group);
    if (variables.GetFlag("Shop.Action.SkipCart")) Skip();
  }
}
`,
    [],
  ],
  [
    'C#: constants of an enum that an extension asks in a context; a question of an experiment by a type of its own',
    `
//- /Toggles.cs
namespace Shop;
public enum FeatureToggle { NewNavToggle, NewPayToggle }
public static class FeatureToggleExtensions {
  public static bool IsEnabled(this FeatureToggle toggle, IVariables variables) { return variables.Has(toggle.ToString()); }
}
public class ExperimentationConstants {
  internal ExperimentationConstants(string flightFlag, string variable) { FlightFlag = flightFlag; Variable = variable; }
  internal string FlightFlag { get; }
  internal string Variable { get; }
  public static readonly ExperimentationConstants Colour = new("newColour", "NEW_COLOUR");
}
public class ExperimentationService {
  public bool IsExperimentEnabled(ExperimentationConstants experimentation) { return Ask(experimentation.FlightFlag); }
}
//- /Use.cs
namespace Shop;
class Use {
  bool A(IVariables variables) { return FeatureToggle.NewNavToggle.IsEnabled(variables); }
  bool B(ExperimentationService service) { return service.IsExperimentEnabled(ExperimentationConstants.Colour); }
}
`,
    ['Use.cs:3 NewNavToggle enum+flag-object likely', 'Use.cs:4 newColour flag-object+wrapper likely'],
  ],
  [
    'C++: constants that a class declares and a source file defines; structs with designated members',
    `
//- /shop/Feature.h
class Feature {
public:
  static const Feature NewNav;
  bool is_enabled() const;
private:
  const std::string name;
  const std::string description;
  Feature(const std::string& name, std::string description);
};
//- /shop/Feature.cc
#include "Feature.h"
const Feature Feature::NewNav("new-nav", "Enable the <b>new</b> navigation.");
Feature::Feature(const std::string& name, std::string description) : name(name), description(description) { }
bool Feature::is_enabled() const { return true; }
//- /use.cc
#include "shop/Feature.h"
bool draw() { return Feature::NewNav.is_enabled(); }
//- /flags/features.h
namespace flags {
struct RuntimeFeature { const char* id; const char* name; bool on; };
inline bool isEnabled(const RuntimeFeature& f) { return f.on; }
inline constexpr RuntimeFeature newPay = { .id = "newPay", .name = "New pay", .on = false };
}
//- /pay.cc
#include "flags/features.h"
bool pay() { return flags::isEnabled(flags::newPay); }
`,
    ['pay.cc:2 newPay flag-object+wrapper likely', 'use.cc:2 new-nav flag-object likely'],
  ],
  [
    'Go: an interface of a package of flags whose methods ask them',
    `
//- /go.mod
module acme
//- /toggle/toggle.go
package toggle
type Toggle interface { Enabled() bool }
type toggle struct { value bool; env string }
func newToggle(value bool, env string) *toggle { return &toggle{value: value, env: env} }
func (t *toggle) Enabled() bool { return Feature(t.env) }
func Feature(featureFlag string) bool { return isFeatureEnabled(featureFlag) }
func isFeatureEnabled(feature string) bool { return false }
func other() bool { return isFeatureEnabled("other-feature") }
type Toggles interface { NewNav() bool }
type defaults struct{}
func (defaults) NewNav() bool { return isFeatureEnabled("new-nav") }
func FromContext(ctx context.Context) Toggles { return ctx.Value(key).(Toggles) }
//- /use.go
package main
import "acme/toggle"
func draw(ctx context.Context) bool { return toggle.FromContext(ctx).NewNav() }
`,
    [
      'toggle/toggle.go:8 other-feature literal+wrapper likely',
      'toggle/toggle.go:11 new-nav literal+wrapper likely',
      'use.go:3 new-nav accessor reference likely',
    ],
  ],
];

describe('what is given a value, and what is defined elsewhere', () => testRows(ROWS));
