import type { LanguageRows } from './languageRows.ts';

export const scalaKeys: LanguageRows = {
  language: 'Scala',
  path: 'src/shop/Use.scala',
  ask: (imports, key) =>
    `package shop\n\nimport dev.openfeature.sdk.Client\n${imports}\n\nclass Use(client: Client) {\n  def on = client.getBooleanValue(${key}, false)\n}\n`,
  rows: [
    [
      'an object',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { final val Pay = "k" }' },
      'import flags.Keys',
      'Keys.Pay',
      'k',
    ],
    [
      'an import with an alias',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { val Pay = "k" }' },
      'import flags.{Keys => K}',
      'K.Pay',
      'k',
    ],
    [
      'everything of an object',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { val Pay = "k" }' },
      'import flags.Keys._',
      'Pay',
      'k',
    ],
    [
      'a package object',
      { 'src/flags/package.scala': 'package object flags { val Pay = "k" }' },
      'import flags.Pay',
      'Pay',
      'k',
    ],
    [
      'a case object',
      {
        'src/flags/Flag.scala':
          'package flags\nsealed abstract class Flag(val key: String)\nobject Flag { case object Pay extends Flag("k") }',
      },
      'import flags.Flag',
      'Flag.Pay.key',
      'k',
    ],
    [
      'an Enumeration',
      { 'src/flags/Flag.scala': 'package flags\nobject Flag extends Enumeration { val Pay = Value("k") }' },
      'import flags.Flag',
      'Flag.Pay.toString',
      'k',
    ],
    [
      'an enum with a key',
      { 'src/flags/Flag.scala': 'package flags\nenum Flag(val key: String):\n  case Pay extends Flag("k")' },
      'import flags.Flag',
      'Flag.Pay.key',
      'k',
    ],
    [
      'a def',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { def pay: String = "k" }' },
      'import flags.Keys',
      'Keys.pay',
      'k',
    ],
    [
      'an interpolation',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { val A = "a" }' },
      'import flags.Keys',
      's"${Keys.A}-b"',
      'a-b',
    ],
    [
      'a concatenation',
      { 'src/flags/Keys.scala': 'package flags\nobject Keys { val A = "a-" }' },
      'import flags.Keys',
      'Keys.A + "b"',
      'a-b',
    ],
  ],
};
