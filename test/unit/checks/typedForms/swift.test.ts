// Swift: subscripts, key paths, property wrappers without an initializer, keys that enums compute.
import { type Row, testRows } from './rows.ts';

const ROWS: readonly Row[] = [
  [
    'subscripts that ask an SDK, by implied members and whole ones',
    `
//- /F.swift
import LaunchDarkly
enum Flag: String { case pay = "new-pay", nav }
struct Flags {
  let client: LDClient
  subscript(flag: Flag) -> Bool { client.boolVariation(forKey: flag.rawValue, defaultValue: false) }
}
struct Keys {
  let client: LDClient
  subscript(_ key: String) -> Bool {
    get { return client.boolVariation(forKey: key, defaultValue: false) }
  }
}
struct Colors { subscript(color: Flag) -> Int { 1 } }
struct A {
  let flags: Flags
  let colors: Colors
  let keys: Keys
  func f() -> Bool { flags[.pay] && flags[Flag.nav] && keys["by-text"] && colors[.pay] > 0 }
}
`,
    ['F.swift:18 new-pay enum+wrapper', 'F.swift:18 nav enum+wrapper', 'F.swift:18 by-text literal+wrapper'],
  ],
  [
    'implied members of what can be nothing but flags, and of nothing else',
    `
//- /V.swift
struct V {
  var featureFlags: FeatureFlags
  func g() -> Bool { featureFlags[.newNav] || colors[.red] == blue || flags[.bold] }
}
`,
    ['V.swift:3 newNav property likely'],
  ],
  [
    'key paths read members of a type that lists flags',
    `
//- /F.swift
struct FeatureFlags { var newNav: Bool = false; var newPay: Bool = true }
struct A {
  let flags: FeatureFlags
  let point: Point
  func f() -> Bool { flags[keyPath: \\.newNav] && flags[keyPath: \\FeatureFlags.newPay] && point[keyPath: \\.newNav] }
}
`,
    ['F.swift:5 newNav property likely', 'F.swift:5 newPay property likely'],
  ],
  [
    'property wrappers without an initializer, and keys that an enum computes',
    `
//- /F.swift
import LaunchDarkly
@propertyWrapper struct Remote {
  let key: String
  var wrappedValue: Bool { LDClient.get()!.boolVariation(forKey: key, defaultValue: false) }
}
enum Flag: String {
  case pay = "new-pay"
  var key: String { "shop." + rawValue }
}
struct A {
  @Remote(key: "wrapped") var pay: Bool
  @State(key: "no-flag") var x: Bool
  func f(_ flag: Flag) -> Bool { LDClient.get()!.boolVariation(forKey: flag.key, defaultValue: false) }
  func g() -> Bool { f(.pay) }
}
`,
    [
      'F.swift:11 wrapped literal+attribute',
      'F.swift:13 shop.* enum+template',
      'F.swift:14 shop.new-pay enum+template+wrapper',
    ],
  ],
];

describe('Swift: further forms', () => testRows(ROWS));
