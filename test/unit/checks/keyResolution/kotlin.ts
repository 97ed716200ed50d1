import type { LanguageRows } from './languageRows.ts';

export const kotlinKeys: LanguageRows = {
  language: 'Kotlin',
  path: 'src/shop/Use.kt',
  ask: (imports, key) =>
    `package shop\n\nimport dev.openfeature.kotlin.sdk.Client\n${imports}\n\nclass Use(private val client: Client) {\n  fun on() = client.getBooleanValue(${key}, false)\n}\n`,
  rows: [
    [
      'an object',
      { 'src/flags/Keys.kt': 'package flags\nobject Keys { const val PAY = "k" }' },
      'import flags.Keys',
      'Keys.PAY',
      'k',
    ],
    [
      'a companion',
      { 'src/flags/Keys.kt': 'package flags\nclass Keys {\n  companion object {\n    const val PAY = "k"\n  }\n}' },
      'import flags.Keys',
      'Keys.PAY',
      'k',
    ],
    [
      'a top-level constant',
      { 'src/flags/Keys.kt': 'package flags\nconst val PAY = "k"' },
      'import flags.PAY',
      'PAY',
      'k',
    ],
    [
      'an import with an alias',
      { 'src/flags/Keys.kt': 'package flags\nconst val PAY = "k"' },
      'import flags.PAY as P',
      'P',
      'k',
    ],
    [
      'everything of a package',
      { 'src/flags/Keys.kt': 'package flags\nconst val PAY = "k"' },
      'import flags.*',
      'PAY',
      'k',
    ],
    [
      'an enum with a key',
      { 'src/flags/Flag.kt': 'package flags\nenum class Flag(val key: String) { PAY("k") }' },
      'import flags.Flag',
      'Flag.PAY.key',
      'k',
    ],
    [
      'an enum’s name',
      { 'src/flags/Flag.kt': 'package flags\nenum class Flag { PAY }' },
      'import flags.Flag',
      'Flag.PAY.name',
      'PAY',
    ],
    [
      'a sealed class',
      { 'src/flags/Flag.kt': 'package flags\nsealed class Flag(val key: String) {\n  object Pay : Flag("k")\n}' },
      'import flags.Flag',
      'Flag.Pay.key',
      'k',
    ],
    [
      'a data object of a sealed interface',
      {
        'src/flags/Flag.kt':
          'package flags\nsealed interface Flag {\n  val key: String\n  data object Pay : Flag {\n    override val key = "k"\n  }\n}',
      },
      'import flags.Flag',
      'Flag.Pay.key',
      'k',
    ],
    [
      'a typealias',
      { 'src/flags/Keys.kt': 'package flags\nobject Keys { const val PAY = "k" }\ntypealias K = Keys' },
      'import flags.K',
      'K.PAY',
      'k',
    ],
    ['a template', { 'src/flags/Keys.kt': 'package flags\nconst val A = "a"' }, 'import flags.A', '"$A-b"', 'a-b'],
    [
      'a concatenation',
      { 'src/flags/Keys.kt': 'package flags\nconst val A = "a-"' },
      'import flags.A',
      'A + "b"',
      'a-b',
    ],
  ],
};
