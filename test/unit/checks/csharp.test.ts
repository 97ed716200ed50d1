import { checkChecks } from './checks.ts';

describe('checks in C#', () => {
  it('follows clients through fields, properties, primary constructors, dependency injection and global usings', () =>
    checkChecks(`
      //- /src/Shop/Shop.csproj
      <Project />
      //- /src/Shop/Usings.cs
      global using Unleash;
      //- /src/Shop/Pay.cs
      using LaunchDarkly.Sdk.Server.Interfaces;
      using OpenFeature;
      namespace Shop;
      public class Pay(IFeatureClient features, IUnleash unleash)
      {
          private readonly ILdClient _ld;
          private IFeatureClient Client { get; } = Api.Instance.GetClient();
          public Pay(ILdClient ld) { _ld = ld ?? throw new ArgumentNullException(nameof(ld)); }
          public async Task<bool> Charge(IServiceProvider provider)
          {
              var a = _ld.BoolVariation("field", user, false);
                          ^^^^^^^^^^^^^ field launchdarkly literal =false
              await features.GetBooleanValueAsync("primary-constructor", true);
                             ^^^^^^^^^^^^^^^^^^^^ primary-constructor openfeature literal =true
              await this.Client.GetStringValueAsync(defaultValue: "x", flagKey: "property");
                                ^^^^^^^^^^^^^^^^^^^ property openfeature literal ="x"
              var found = provider.GetRequiredService<ILdClient>();
              found?.IntVariation("injected", user, 3);
                     ^^^^^^^^^^^^ injected launchdarkly literal =3
              using var made = new LaunchDarkly.Sdk.Client.LdClient(config);
              made.StringVariation("client-side", "y");
                   ^^^^^^^^^^^^^^^ client-side launchdarkly literal ="y"
              // features.GetBooleanValueAsync("commented", false);
              var text = "features.GetBooleanValueAsync(\\"quoted\\", false)";
              return _logger.IsEnabled(LogLevel.Debug) || unleash.IsEnabled("global-using");
                                                                  ^^^^^^^^^ global-using unleash literal
          }
      }
    `));

  it('resolves constants, nested and partial types, enums and nameof, wherever their files stand', () =>
    checkChecks(`
      //- /src/Core/Constants.cs
      namespace Shop.Core
      {
          public static partial class Keys
          {
              public const string Checkout = "const";
                                             ^^^^^^^ const openfeature literal declaration
              public static readonly string Prefix = "team-";
              public static class Search { public const string Fast = "nested"; }
                                                                      ^^^^^^^^ nested openfeature literal declaration
              public static class Other { public const string Fast = "other-nested"; }
          }
      }
      //- /src/Core/More.cs
      namespace Shop.Core;
      public static partial class Keys { public static string Later => "other-part"; }
                                                                       ^^^^^^^^^^^^ other-part openfeature literal declaration
      public enum Flag { Beta, Gamma = 2 }
                         ^^^^ Beta openfeature literal declaration
      public record FlagName(string Key) { public static readonly FlagName Pay = new("record"); }
                                                                                     ^^^^^^^^ record openfeature literal declaration
      //- /src/App/Main.cs
      using OpenFeature;
      using Shop.Core;
      using static Shop.Core.Keys.Search;
      using Names = Shop.Core.Keys;
      namespace App.Deep
      {
          public class Main : Base
          {
              private const string Own = "own";
                                         ^^^^^ own openfeature literal declaration
              async Task Check(IFeatureClient client, string team)
              {
                  await client.GetBooleanValueAsync(Keys.Checkout, false);
                               ^^^^^^^^^^^^^^^^^^^^ const openfeature constant =false
                  await client.GetBooleanValueAsync(Fast, false);
                               ^^^^^^^^^^^^^^^^^^^^ nested openfeature constant =false
                  await client.GetBooleanValueAsync(Names.Later, false);
                               ^^^^^^^^^^^^^^^^^^^^ other-part openfeature constant =false
                  await client.GetBooleanValueAsync(Flag.Beta.ToString(), false);
                               ^^^^^^^^^^^^^^^^^^^^ Beta openfeature enum =false
                  await client.GetBooleanValueAsync(nameof(Flag.Gamma), false);
                               ^^^^^^^^^^^^^^^^^^^^ Gamma openfeature literal =false
                  await client.GetBooleanValueAsync(FlagName.Pay.Key, false);
                               ^^^^^^^^^^^^^^^^^^^^ record openfeature constant =false
                  await client.GetBooleanValueAsync(Own, false);
                               ^^^^^^^^^^^^^^^^^^^^ own openfeature constant =false
                  await client.GetBooleanValueAsync(Inherited, false);
                               ^^^^^^^^^^^^^^^^^^^^ inherited openfeature constant =false
                  await client.GetBooleanValueAsync(Shop.Core.Keys.Checkout, false);
                               ^^^^^^^^^^^^^^^^^^^^ const openfeature constant =false
                  await client.GetBooleanValueAsync($"{Keys.Prefix}{team}-beta", false);
                               ^^^^^^^^^^^^^^^^^^^^ team-* openfeature template =false
              }
          }
      }
      //- /src/App/Base.cs
      namespace App;
      public class Base { protected const string Inherited = "inherited"; }
                                                             ^^^^^^^^^^^ inherited openfeature literal declaration
    `));

  it('knows the feature manager, its attribute, and what is registered for a feature', () =>
    checkChecks(`
      //- /Features.cs
      namespace Shop;
      public enum Features { Beta, Home }
                             ^^^^ Beta feature-management literal declaration
      //- /HomeController.cs
      using Microsoft.FeatureManagement;
      using Microsoft.FeatureManagement.Mvc;
      namespace Shop;
      [FeatureGate(Features.Beta)]
       ^^^^^^^^^^^ Beta feature-management enum+attribute
      public class HomeController(IFeatureManagerSnapshot snapshot) : Controller
      {
          public async Task<IActionResult> Index([FromServices] IVariantFeatureManager variants)
          {
              if (await snapshot.IsEnabledAsync(nameof(Features.Home))) { }
                                 ^^^^^^^^^^^^^^ Home feature-management literal
              var variant = await variants.GetVariantAsync("Rating", cancellationToken);
                                           ^^^^^^^^^^^^^^^ Rating feature-management literal
          }
      }
      //- /Program.cs
      using Microsoft.FeatureManagement;
      var builder = WebApplication.CreateBuilder(args);
      builder.Services.AddFeatureManagement().WithVariantService<ICalculator>("Calculator");
                                              ^^^^^^^^^^^^^^^^^^ Calculator feature-management literal likely
      app.MapGet("/", async (IFeatureManager manager) => await manager.IsEnabledAsync("lambda"));
                                                                       ^^^^^^^^^^^^^^ lambda feature-management literal
    `));

  it('follows wrappers through interfaces, overloads and extension methods', () =>
    checkChecks(`
      //- /Gate.cs
      using LaunchDarkly.Sdk.Server;
      namespace Shop;
      public interface IGate { bool IsOn(string key, bool fallback = false); }
      public class LaunchGate : IGate
      {
          private readonly LdClient _client = new("sdk");
          public bool IsOn(string key, bool fallback = false) => _client.BoolVariation(key, Context(), fallback);
                                                                         ^^^^^^^^^^^^^ dynamic launchdarkly -
      }
      public static class GateExtensions
      {
          public static bool IsOff(this IGate gate, string key) => !gate.IsOn(key);
                                                                         ^^^^ dynamic inferred wrapper =false
      }
      //- /Use.cs
      namespace Shop;
      public class Use(IGate gate)
      {
          bool All() => gate.IsOn("by-interface", fallback: true) || gate.IsOff("by-extension");
                             ^^^^ by-interface inferred literal+wrapper =true
                                                                          ^^^^^ by-extension inferred literal+wrapper =false
      }
    `));

  it('recognises a flag library outside the repository by what it is asked, and tests that set its flags', () =>
    checkChecks(`
      //- /src/FeatureFlags.cs
      namespace Shop;
      public static class FeatureFlags { public const string Pay = "pay-now"; }
                                                                   ^^^^^^^^^ pay-now inferred literal declaration likely
      //- /src/PayController.cs
      using Company.Features;
      namespace Shop;
      [RequireFeature(FeatureFlags.Pay)]
       ^^^^^^^^^^^^^^ pay-now inferred constant+attribute likely
      public class PayController(Company.Toggles.IFeatureService features, ILogger featureLogger)
      {
          [Route("features"), Feature("a story")]
          public bool Pay() => features.IsEnabled(FeatureFlags.Pay) && featureLogger.IsEnabled(Keys.Level) && policy.IsEnabled(id);
                                        ^^^^^^^^^ pay-now inferred constant likely
          public void Map(IEndpoints group) => group.RequireFeature(FeatureFlags.Pay);
                                                     ^^^^^^^^^^^^^^ pay-now inferred constant likely
      }
      public class Delegating : IFeatureService
      {
          private readonly Company.Features.IFeatureService _inner;
          public bool IsEnabled(string key) => _inner.IsEnabled(key);
                                                      ^^^^^^^^^ dynamic inferred - likely
      }
      //- /test/Shop.Test/PayTests.cs
      namespace Shop.Test;
      public class PayTests
      {
          [Theory, BitAutoData]
          public void Sets(SutProvider<Pay> sut, Company.Features.IFeatureService features)
          {
              sut.GetDependency<IFeatureService>().IsEnabled(FeatureFlags.Pay).Returns(true);
                                                   ^^^^^^^^^ pay-now inferred constant stub likely test
              features.Received(1).IsEnabled(FeatureFlags.Pay);
              var asked = features.IsEnabled(FeatureFlags.Pay);
                                   ^^^^^^^^^ pay-now inferred constant likely test
          }
      }
    `));

  it('takes keys out of flag objects, and follows attributes to what their constructor asks', () =>
    checkChecks(`
      //- /Flag.cs
      using LaunchDarkly.Sdk.Server;
      using LaunchDarkly.Sdk.Server.Interfaces;
      namespace Shop;
      public class Flag(string key, bool fallback = false)
      {
          public static readonly Flag Pay = new("pay");
                                                ^^^^^ pay inferred literal declaration
          public bool IsOn(LdClient client) => client.BoolVariation(key, Context(), fallback);
                                                      ^^^^^^^^^^^^^ dynamic launchdarkly -
      }
      public record Named { public required string Key { get; init; } }
      public class OnlyIfAttribute : ActionFilterAttribute
      {
          private readonly string _key;
          public OnlyIfAttribute(string key) { _key = key; }
          public override void OnActionExecuting(ActionExecutingContext context)
          {
              var client = context.HttpContext.RequestServices.GetRequiredService<ILdClient>();
              if (!client.BoolVariation(_key, Context(), false)) throw new E();
                          ^^^^^^^^^^^^^ dynamic launchdarkly - =false
          }
      }
      //- /Use.cs
      using LaunchDarkly.Sdk.Server;
      namespace Shop;
      public class Use
      {
          private static readonly Named Search = new() { Key = "search" };
                                                               ^^^^^^^^ search inferred literal declaration
          [OnlyIf("attribute")]
           ^^^^^^ attribute inferred literal+attribute =false
          bool All(LdClient client, Use use) => Flag.Pay.IsOn(client) && use.IsOn(client, Search);
                                                         ^^^^ pay inferred constant+flag-object
                                                                             ^^^^ search inferred constant+wrapper =true
          bool IsOn(LdClient client, Named named) => client.BoolVariation(named.Key, Context(), true);
                                                            ^^^^^^^^^^^^^ dynamic launchdarkly - =true
      }
    `));

  it('reads code that is broken somewhere else', () =>
    checkChecks(`
      //- /Half.cs
      using OpenFeature;
      class Half
      {
          string[] none = [];
          void Broken( { }
          bool Found(IFeatureClient client) { return client.GetBooleanValueAsync("still-found", false).Result; }
                                                            ^^^^^^^^^^^^^^^^^^^^ still-found openfeature literal =false
      }
    `));
});
