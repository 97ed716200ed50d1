import type { LanguageRows } from './languageRows.ts';

export const swiftKeys: LanguageRows = {
  language: 'Swift',
  path: 'Sources/Use.swift',
  ask: (imports, key) =>
    `import OpenFeature\n${imports}\n\nstruct Use {\n  let client: Client\n  func on() -> Bool { client.getBooleanValue(key: ${key}, defaultValue: false) }\n}\n`,
  rows: [
    ['a static let', { 'Sources/Keys.swift': 'enum Keys { static let pay = "k" }' }, '', 'Keys.pay', 'k'],
    ['a global let', { 'Sources/Keys.swift': 'let payKey = "k"' }, '', 'payKey', 'k'],
    [
      'an enum with raw values',
      { 'Sources/Flag.swift': 'enum Flag: String { case pay = "k" }' },
      '',
      'Flag.pay.rawValue',
      'k',
    ],
    [
      'an enum whose raw values are its names',
      { 'Sources/Flag.swift': 'enum Flag: String { case pay, card }' },
      '',
      'Flag.card.rawValue',
      'card',
    ],
    [
      'a computed key',
      { 'Sources/Flag.swift': 'enum Flag { case pay\n var key: String { switch self { case .pay: return "k" } } }' },
      '',
      'Flag.pay.key',
      'k',
    ],
    [
      'an extension',
      { 'Sources/Keys.swift': 'struct Keys {}\nextension Keys { static let pay = "k" }' },
      '',
      'Keys.pay',
      'k',
    ],
    [
      'a typealias',
      { 'Sources/Keys.swift': 'enum Keys { static let pay = "k" }\ntypealias K = Keys' },
      '',
      'K.pay',
      'k',
    ],
    ['an interpolation', { 'Sources/Keys.swift': 'enum Keys { static let a = "a" }' }, '', '"\\(Keys.a)-b"', 'a-b'],
    ['a concatenation', { 'Sources/Keys.swift': 'enum Keys { static let a = "a-" }' }, '', 'Keys.a + "b"', 'a-b'],
  ],
};
