// Questions of libraries that a repository has of its own: by which words they ask, what tests say of them to mocks, and what is none.
import { describeRows, type Row } from './rows.ts';

const FLAG_CLASS = `
//- /src/IFeatureFlag.cs
namespace Shop;
public interface IFeatureFlag { bool IsSet(string featureFlag); }
public class FeatureFlag : IFeatureFlag {
    public static IFeatureFlag Instance { get; private set; } = new FeatureFlag();
    public const string NEW_NAV = nameof(NEW_NAV);
    public bool IsSet(string featureFlag) => Read(featureFlag);
}
//- /src/Page.cs
namespace Shop;
public class Page {
    private readonly IFeatureFlag _flag;
    public Page(IFeatureFlag flag) { _flag = flag; }
    bool Nav() => !FeatureFlag.Instance.IsSet(FeatureFlag.NEW_NAV) || _flag.IsSet(FeatureFlag.NEW_NAV);
}
`;

const TOGGLES = `
//- /src/FeatureToggles.java
package shop;
public interface FeatureToggles { boolean isFeatureEnabled(Feature feature); }
//- /src/Feature.java
package shop;
public enum Feature {
  NEW_NAV("new_nav");
  private final String id;
  Feature(String id) { this.id = id; }
  public String getId() { return id; }
}
//- /src/Page.java
package shop;
class Page {
  private final FeatureToggles toggles;
  boolean nav() { return toggles.isFeatureEnabled(Feature.NEW_NAV); }
}
`;

const ROWS: readonly Row[] = [
  [
    'ask whether a flag is set',
    FLAG_CLASS,
    ['src/Page.cs:5 NEW_NAV constant+wrapper likely', 'src/Page.cs:5 NEW_NAV constant+wrapper likely'],
  ],
  [
    'ask no bits of a value whether they are set',
    `
//- /src/State.cs
namespace Shop;
public class Flags { public bool IsSet(string flag) => _all.Contains(flag); }
public class Window {
    private readonly Flags _flags;
    bool Shown() => _flags.IsSet("isHovered") || _flags.IsSet("keepAspect");
}
`,
    [],
  ],
  [
    'are told to mocks by lambdas (Moq)',
    `${FLAG_CLASS}
//- /test/PageTests.cs
namespace Shop.Tests;
public class PageTests {
    private readonly Mock<IFeatureFlag> _featureFlagMock = new();
    private readonly Mock<IBag> _bagMock = new();
    void Nav() {
        _featureFlagMock.Setup(x => x.IsSet(FeatureFlag.NEW_NAV)).Returns(true);
        _featureFlagMock.Setup(x => x.IsSet(It.IsAny<string>())).Returns(false);
        _bagMock.Setup(x => x.IsSet("other")).Returns(false);
    }
}
`,
    [
      'src/Page.cs:5 NEW_NAV constant+wrapper likely',
      'src/Page.cs:5 NEW_NAV constant+wrapper likely',
      'test/PageTests.cs:6 NEW_NAV constant+wrapper stub likely',
      'test/PageTests.cs:7 dynamic wrapper stub likely',
    ],
  ],
  [
    'are told to mocks with what matches a key (Mockito)',
    `${TOGGLES}
//- /src/test/PageTest.java
package shop;
import static org.mockito.ArgumentMatchers.eq;
class PageTest {
  private final FeatureToggles toggles = mock(FeatureToggles.class);
  void nav() {
    when(toggles.isFeatureEnabled(eq(Feature.NEW_NAV))).thenReturn(true);
    when(toggles.isFeatureEnabled(ArgumentMatchers.eq(Feature.NEW_NAV))).thenReturn(true);
    when(toggles.isFeatureEnabled(any())).thenReturn(true);
  }
}
`,
    [
      'src/Page.java:4 new_nav enum+wrapper likely',
      'src/test/PageTest.java:6 new_nav enum+wrapper stub likely',
      'src/test/PageTest.java:7 new_nav enum+wrapper stub likely',
      'src/test/PageTest.java:8 dynamic wrapper stub likely',
    ],
  ],
  [
    'are asked by what a test sets a flag with',
    `
//- /go.mod
module example.com/shop
//- /features/features.go
package features
import "k8s.io/component-base/featuregate"
const NewNav featuregate.Feature = "NewNav"
var Gates featuregate.MutableFeatureGate = featuregate.NewFeatureGate()
//- /page/page_test.go
package page
import (
	"testing"
	"k8s.io/component-base/featuregate"
	"example.com/shop/features"
)
func setGateForTest(t *testing.T, gate featuregate.FeatureGate, f featuregate.Feature, on bool) func() {
	before := gate.Enabled(f)
	return func() { reset(gate, f, before) }
}
func TestPage(t *testing.T) {
	defer setGateForTest(t, features.Gates, features.NewNav, true)()
}
`,
    ['page/page_test.go:8 dynamic -', 'page/page_test.go:12 NewNav constant+wrapper stub'],
  ],
  [
    'ask inside of what Go makes a pointer to',
    `
//- /go.mod
module example.com/shop
//- /features/features.go
package features
import "k8s.io/component-base/featuregate"
const NewNav featuregate.Feature = "NewNav"
var Gates featuregate.MutableFeatureGate = featuregate.NewFeatureGate()
//- /page/page.go
package page
import "example.com/shop/features"
func Options(gates Gates) Config {
	on := new(features.Gates.Enabled(features.NewNav))
	return Config{
		UseNav: new(features.Gates.Enabled(features.NewNav)),
		Name:   new(string),
	}
}
`,
    ['page/page.go:4 NewNav constant', 'page/page.go:6 NewNav constant'],
  ],
  [
    'ask objects that say in a sentence what they are for, and in a word what they are',
    `
//- /go.mod
module example.com/shop
//- /features/features.go
package features
import "os"
type FeatureFlag interface { Name() string; Enabled() bool }
type feature struct { name string; envVar string }
func (f *feature) Name() string { return f.name }
func (f *feature) Enabled() bool { return os.Getenv(f.envVar) == "true" }
func register(name, envVar string) FeatureFlag {
	f := &feature{name: name, envVar: envVar}
	return f
}
var NewNav = register("Shows the new navigation", "SHOP_NEW_NAV")
//- /page/page.go
package page
import "example.com/shop/features"
func Nav() bool { return features.NewNav.Enabled() }
`,
    ['page/page.go:3 SHOP_NEW_NAV flag-object likely'],
  ],
  [
    'ask as all configuration is asked, for constants of a type that says of what they are',
    `
//- /src/FeatureConfiguration.java
package shop;
public class FeatureConfiguration<T> extends Configuration<T> {
  public static final String TAG = "trace_id";
  public static final FeatureConfiguration<Boolean> NEW_NAV =
      Configuration.<Boolean>builder().key("SHOP_NEW_NAV").description("Shows it").buildFeature();
  public static void enforce(RealmConfig config, FeatureConfiguration<Boolean> feature) {
    if (!config.getConfig(feature)) throw new IllegalStateException();
  }
}
//- /src/RealmConfig.java
package shop;
public interface RealmConfig { <T> T getConfig(Configuration<T> config); }
//- /src/Page.java
package shop;
class Page {
  private final RealmConfig config;
  Page(FeatureConfiguration feature, FeatureFlags featureFlags) { super.getPage(feature); super.getConfig(featureFlags); }
  void nav() {
    if (config.getConfig(FeatureConfiguration.NEW_NAV)) show();
    config.getConfig(PageConfiguration.WIDTH);
    config.putConfig(FeatureConfiguration.NEW_NAV);
    config.getConfig(FeatureConfiguration.TAG);
  }
}
//- /src/test/PageTest.java
package shop;
class PageTest {
  private final RealmConfig config = mock(RealmConfig.class);
  void nav() { when(config.getConfig(eq(FeatureConfiguration.NEW_NAV))).thenReturn(true); }
}
`,
    [
      'src/FeatureConfiguration.java:7 dynamic - likely',
      'src/Page.java:6 SHOP_NEW_NAV constant+flag-object likely',
      'src/test/PageTest.java:4 SHOP_NEW_NAV constant+flag-object stub likely',
    ],
  ],
  [
    'are answered by doubles that stand among the tests',
    `
//- /src/FeatureFlagService.kt
package shop
interface FeatureFlagService { fun getBooleanFlag(key: String): Boolean }
class Page(private val featureFlagService: FeatureFlagService) {
  fun nav() = featureFlagService.getBooleanFlag("new-nav")
}
//- /src/test/PageTest.kt
package shop
class PageTest {
  lateinit var mockFeatureFlagService: MockFeatureFlagService
  lateinit var featureToggles: FakeToggles
  lateinit var flagPole: Pole
  fun nav() {
    mockFeatureFlagService.setFlag("new-nav", true)
    featureToggles.enable("new-nav")
    mockFeatureFlagService.setName("new-nav", "x")
    mockFeatureFlagService.setFlag("new-nav")
    featureToggles.enable(anything)
    flagPole.setFlag("new-nav", true)
  }
}
`,
    [
      'src/FeatureFlagService.kt:4 new-nav literal+wrapper likely',
      'src/test/PageTest.kt:7 new-nav literal stub likely',
      'src/test/PageTest.kt:8 new-nav literal stub likely',
    ],
  ],
  [
    'ask no command line',
    `
//- /cmd/main.go
package main
import "os"
func getFlagValue(argList []string, flag string) (string, bool) { return find(argList, flag) }
func GetArgForFlag(given []string, flag string) string { return take(given, flag) }
func main() {
	getFlagValue(os.Args, "session-id")
	GetArgForFlag(os.Args, "config-file")
}
`,
    [],
  ],
  [
    'ask nothing by what counts how often they are asked',
    `
//- /src/FeatureFlags.java
package shop;
public interface FeatureFlags {
  boolean isOn(String feature);
  void incrementFeatureIsUsedCounter(String feature);
}
//- /src/StoredFlags.java
package shop;
class StoredFlags implements FeatureFlags {
  public boolean isOn(String feature) { return flags.contains(feature); }
  public void incrementFeatureIsUsedCounter(String feature) { if (isOn(feature)) count(feature); }
}
//- /src/Page.java
package shop;
class Page {
  private final FeatureFlags flags;
  void nav() {
    flags.isOn("new_nav");
    flags.incrementFeatureIsUsedCounter("new_nav");
  }
}
`,
    ['src/Page.java:5 new_nav literal+wrapper likely', 'src/StoredFlags.java:4 dynamic wrapper likely'],
  ],
];

describeRows("questions of a repository's own", ROWS, ['check', 'stub']);
