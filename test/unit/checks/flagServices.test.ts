// Services that hand out flags by a plain word, interfaces that list what is on, and enums' constants that are made of tuples. Which checks
// a fixture has: path and line, key, how it was found, and `likely` where it is.
import { describeRows, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'Scala: objects that a company’s service is asked for, and mocks of it',
    `
//- /app/models/Toggles.scala
package models
import com.acme.toggles.model.FeatureFlagName
case object NewNavToggle extends FeatureFlagName {
  override val name: String = "new-nav"
  override val description: Option[String] = Some("A new navigation")
}
case object Region extends RecordName {
  override val name: String = "a-region"
}
//- /app/controllers/Nav.scala
package controllers
import com.acme.records.RecordService
import com.acme.toggles.services.FeatureFlagService
import models.{NewNavToggle, Region}
class Nav @Inject() (featureFlagService: FeatureFlagService, records: RecordService) {
  def a = featureFlagService.get(NewNavToggle).map { toggle => toggle.isEnabled }
  def b = featureFlagService.getAsEitherT[Failure](NewNavToggle)
  def c = records.get(NewNavToggle)
  def d = featureFlagService.get(Region)
  def e = featureFlagService.getAll(NewNavToggle)
}
//- /test/controllers/NavSpec.scala
package controllers
import com.acme.toggles.services.FeatureFlagService
import models.NewNavToggle
import org.mockito.ArgumentMatchers
import org.scalatestplus.mockito.MockitoSugar.mock
class NavSpec {
  val mockFeatureFlagService: FeatureFlagService = mock[FeatureFlagService]
  def a = when(mockFeatureFlagService.get(ArgumentMatchers.eq(NewNavToggle))).thenReturn(on)
}
`,
    [
      'app/controllers/Nav.scala:6 new-nav flag-object likely',
      'app/controllers/Nav.scala:7 new-nav flag-object likely',
      'test/controllers/NavSpec.scala:8 new-nav flag-object stub likely',
    ],
  ],
  [
    'Java: texts that such a service is asked for',
    `
//- /Nav.java
import com.acme.records.RecordService;
import com.acme.toggles.FeatureToggleService;
class Nav {
  private final FeatureToggleService service;
  private final RecordService records;
  boolean a() { return service.get("new-nav").on() || records.get("a-record").on(); }
  boolean b(String name) { return service.get(name).on() || service.getName("new-nav"); }
}
`,
    ['Nav.java:6 new-nav literal likely'],
  ],
  [
    'C#: properties of an interface that answers for features',
    `
//- /IFeatureProvider.cs
namespace Acme.Features;
public interface IFeatureProvider
{
    string AssemblyVersion { get; }
    IDirectory CacheRoot { get; }
    bool NewNavEnabled { get; }
    bool OldNavEnabled { get; }
    bool IsEnabled(string name);
}
//- /ILampProvider.cs
namespace Acme.Lamps;
public interface ILampProvider
{
    bool RedEnabled { get; }
    bool BlueEnabled { get; }
}
//- /Nav.cs
using Acme.Features;
using Acme.Lamps;
class Model { public IFeatureProvider Features { get; } public ILampProvider Lamps { get; } }
class Nav(IFeatureProvider features, ILampProvider lamps)
{
  bool A(Model model) => features.NewNavEnabled && lamps.RedEnabled;
  bool B(Model model) => model.Features.OldNavEnabled && model.Lamps.BlueEnabled;
  string C() => features.AssemblyVersion + features.CacheRoot;
}
`,
    ['Nav.cs:6 NewNavEnabled property likely', 'Nav.cs:7 OldNavEnabled property likely'],
  ],
  [
    'C#: what a locator gives is of the type that it is asked for, not of the one that all of these must be',
    `
//- /Locator.cs
namespace Acme;
public interface IService { }
public interface ILocator { T GetService<T>() where T : class, IService; T Same<T>(T one) where T : IService; }
//- /FlagService.cs
namespace Acme;
public interface IFlagService : IService { bool GetFeatureFlagState(string featureFlagName, int instance); }
//- /Keys.cs
namespace Acme;
public class Keys { public const string NewNav = "new-nav"; }
//- /Nav.cs
namespace Acme;
class Nav
{
  bool A(ILocator locator)
  {
    var flags = locator.GetService<IFlagService>();
    return flags.GetFeatureFlagState(Keys.NewNav, 1);
  }
}
`,
    ['Nav.cs:7 new-nav constant+wrapper likely'],
  ],
  [
    'Python: the slug of an enum’s constant that is made of a tuple',
    `
//- /acme/flags.py
from dataclasses import dataclass
from enum import Enum
@dataclass
class FlagInfo:
    slug: str
    description: str
class Flags(FlagInfo, Enum):
    NEW_NAV = ("new_nav", "A new navigation")
//- /acme/views.py
from waffle import flag_is_active
from acme.flags import Flags
def view(request):
    return flag_is_active(request, Flags.NEW_NAV.slug) and flag_is_active(request, Flags.NEW_NAV.description)
`,
    ['acme/views.py:4 new_nav enum', 'acme/views.py:4 dynamic -'],
  ],
  [
    'Python: a flag’s key that is called its code',
    `
//- /acme/utils.py
def is_user_feature_flag_active(code, user):
    return user.features.filter(code=code, is_active=True).exists()
def is_code_valid(code, user):
    return True
//- /acme/views.py
from acme.utils import is_code_valid, is_user_feature_flag_active
def view(request):
    return is_user_feature_flag_active('new-nav', request.user) and is_code_valid('a-code', request.user)
`,
    ['acme/views.py:3 new-nav literal+wrapper likely'],
  ],
  [
    'TypeScript: flags that are given as they are evaluated',
    `
//- /provider.ts
export enum FeatureFlag { NewNav = 'new-nav', OldNav = 'old-nav' }
export class FeatureFlagProvider {
  evaluatedFeatureFlag(flag: FeatureFlag): Observable<boolean> { return this.store.watch(flag); }
}
export const provider = new FeatureFlagProvider();
//- /nav.ts
import { FeatureFlag, provider } from './provider';
export const on = provider.evaluatedFeatureFlag(FeatureFlag.NewNav);
`,
    ['nav.ts:2 new-nav enum+wrapper likely'],
  ],
];

describeRows('flags that are handed out by a plain word', ROWS, ['check', 'stub']);
