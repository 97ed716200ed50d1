import { checkChecks } from './checks.ts';

describe('checks in Swift', () => {
  it('follows clients through properties, initializers, singletons and optionals', () =>
    checkChecks(`
      //- /Sources/Shop/Pay.swift
      import LaunchDarkly
      import OpenFeature
      import UnleashProxyClientSwift
      final class Pay: Base {
        private let ld: LDClient?
        private let unleash: UnleashClientBase
        @Injected var injected: Client
        init(ld: LDClient, unleash: UnleashClientBase) { self.ld = ld; self.unleash = unleash }
        func client() -> Client { OpenFeatureAPI.shared.getClient() }
        func charge(passed: Client?) async throws -> Bool {
          let a = ld?.boolVariation(forKey: "field", defaultValue: false) ?? true
                      ^^^^^^^^^^^^^ field launchdarkly literal =false
          guard let own = LDClient.get() else { return a }
          own.stringVariation(forKey: "singleton", defaultValue: "x")
              ^^^^^^^^^^^^^^^ singleton launchdarkly literal ="x"
          client().getIntegerValue(key: "factory", defaultValue: 3)
                   ^^^^^^^^^^^^^^^ factory openfeature literal =3
          if let passed, passed.getBooleanDetails(key: "optional", defaultValue: true).value { go() }
                                ^^^^^^^^^^^^^^^^^ optional openfeature literal =true
          _ = injected.getDoubleValue(key: "injected", defaultValue: -1.5)
                       ^^^^^^^^^^^^^^ injected openfeature literal =-1.5
          if !unleash.isEnabled(name: "unleashed") { return a }
                      ^^^^^^^^^ unleashed unleash literal
          // passed.getBooleanValue(key: "commented", defaultValue: false)
          let text = "passed.getBooleanValue(key: \\"quoted\\", defaultValue: false)"
          button.isEnabled()
          return Button().isEnabled(name: "no-flag")
        }
      }
    `));

  it('resolves static lets, enums with raw values, computed keys, extensions and interpolations', () =>
    checkChecks(`
      //- /Sources/Shop/Keys.swift
      let topLevel = "top-level"
                     ^^^^^^^^^^^ top-level openfeature literal declaration
      enum Flag: String {
        case pay = "raw-pay"
                   ^^^^^^^^^ raw-pay openfeature literal declaration
        case beta
             ^^^^ beta openfeature literal declaration
        static let prefix = "team-"
        var key: String {
          switch self {
          case .pay: return "by-switch"
                            ^^^^^^^^^^^ by-switch openfeature literal declaration
          case .beta: return "unused"
          }
        }
      }
      struct Keys {
        struct Search { static let fast = "nested" }
                                          ^^^^^^^^ nested openfeature literal declaration
      }
      extension Keys { static let added = "\\(Flag.prefix)added" }
                                          ^^^^^^^^^^^^^^^^^^^^^ team-added openfeature literal declaration
      //- /Sources/Shop/Pay.swift
      import OpenFeature
      struct Pay {
        let client: Client
        func all(id: String) {
          client.getBooleanValue(key: topLevel, defaultValue: false)
                 ^^^^^^^^^^^^^^^ top-level openfeature constant =false
          client.getBooleanValue(key: Flag.pay.rawValue, defaultValue: false)
                 ^^^^^^^^^^^^^^^ raw-pay openfeature enum =false
          client.getBooleanValue(key: Flag.beta.rawValue, defaultValue: false)
                 ^^^^^^^^^^^^^^^ beta openfeature enum =false
          client.getBooleanValue(key: Flag.pay.key, defaultValue: false)
                 ^^^^^^^^^^^^^^^ by-switch openfeature enum =false
          client.getBooleanValue(key: Keys.Search.fast, defaultValue: false)
                 ^^^^^^^^^^^^^^^ nested openfeature constant =false
          client.getBooleanValue(key: Keys.added, defaultValue: false)
                 ^^^^^^^^^^^^^^^ team-added openfeature constant+template =false
          let flag: Flag = .pay
          client.getBooleanValue(key: flag.rawValue, defaultValue: false)
                 ^^^^^^^^^^^^^^^ raw-pay openfeature enum =false
          client.getBooleanValue(key: "new-\\(id)", defaultValue: false)
                 ^^^^^^^^^^^^^^^ new-* openfeature template =false
        }
      }
    `));

  it('follows wrappers through protocols, labels, implied members and extensions, and tells accessors apart', () =>
    checkChecks(`
      //- /Sources/Shop/Flags.swift
      import LaunchDarkly
      enum Flag: String { case pay = "pay-key" }
                                     ^^^^^^^^^ pay-key inferred literal declaration
      protocol Flags { func isOn(_ flag: Flag, default fallback: Bool) -> Bool }
      final class FlagsImpl: Flags {
        private let client: LDClient
        init(client: LDClient) { self.client = client }
        func isOn(_ flag: Flag, default fallback: Bool) -> Bool {
          client.boolVariation(forKey: flag.rawValue, defaultValue: fallback)
                 ^^^^^^^^^^^^^ dynamic launchdarkly -
        }
        func isOldPayOn() -> Bool { client.boolVariation(forKey: "old", defaultValue: false) }
                                           ^^^^^^^^^^^^^ old launchdarkly literal =false
      }
      extension LDClient {
        func isActive(named name: String) -> Bool { boolVariation(forKey: name, defaultValue: false) }
                                                    ^^^^^^^^^^^^^ dynamic launchdarkly - =false
      }
      //- /Sources/Shop/Page.swift
      struct Page {
        let flags: Flags
        let impl: FlagsImpl
        var body: some View {
          if flags.isOn(.pay, default: true) { Text("x") }
                   ^^^^ pay-key inferred enum+wrapper =true
          if flags.isOn(Flag.pay, default: false), impl.isOldPayOn() { Text("y") }
                   ^^^^ pay-key inferred enum+wrapper =false
                                                        ^^^^^^^^^^ old launchdarkly accessor reference
        }
      }
    `));

  it('finds flag libraries of the repository by their shape', () =>
    checkChecks(`
      //- /Sources/Shop/FeatureFlag.swift
      enum FeatureFlag: String { case newCart = "new-cart" }
                                                ^^^^^^^^^^ new-cart inferred literal declaration likely
      struct Toggle { let key: String
        static let search = Toggle(key: "static-search")
                                        ^^^^^^^^^^^^^^^ static-search inferred literal declaration likely
      }
      protocol FeatureFlagService {
        func isFeatureEnabled(_ flag: FeatureFlag) -> Bool
        func isToggleOn(toggle: Toggle) async -> Bool
      }
      //- /Sources/Shop/Cart.swift
      final class Cart {
        let features: FeatureFlagService
        func f() async {
          if features.isFeatureEnabled(.newCart) { g() }
                      ^^^^^^^^^^^^^^^^ new-cart inferred enum+wrapper likely
          _ = await features.isToggleOn(toggle: .search)
                             ^^^^^^^^^^ static-search inferred flag-object+wrapper likely
        }
      }
      //- /Sources/Shop/Feature.swift
      public enum ShopFeature: String {
        case search
             ^^^^^^ search inferred literal declaration likely
        case ranked = "ranked-key"
                      ^^^^^^^^^^^^ ranked-key inferred literal declaration likely
        var enabled: Bool { store.bool(rawValue) }
        func isActive() -> Bool { enabled }
      }
      func list() { if ShopFeature.search.enabled && ShopFeature.ranked.isActive() && Other.search.enabled { go() } }
                                          ^^^^^^^ search inferred enum+flag-object likely
                                                                        ^^^^^^^^ ranked-key inferred enum+flag-object likely
      //- /Tests/ShopTests/CartTests.swift
      final class CartTests {
        let features: FeatureFlagService = FeaturesMock()
        func test() { XCTAssertTrue(features.isFeatureEnabled(.newCart)) }
                                             ^^^^^^^^^^^^^^^^ new-cart inferred enum+wrapper likely test
      }
    `));
});
