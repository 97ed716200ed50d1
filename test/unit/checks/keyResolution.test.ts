// Each way of writing a key down, in each language that has it: which key a check with it asks for.
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';

/** How the key is written, the files that write it (by path), what the asking file imports, the key's expression, and the key. */
type Row = readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  imports: string,
  expression: string,
  key: string,
];

interface LanguageRows {
  readonly language: string;
  /** The file that asks, and what is in it. */
  readonly path: string;
  readonly ask: (imports: string, expression: string) => string;
  readonly rows: readonly Row[];
}

const TABLE: readonly LanguageRows[] = [
  {
    language: 'TypeScript',
    path: 'src/pay/use.ts',
    ask: (imports, key) =>
      `import { OpenFeature } from '@openfeature/server-sdk';\n${imports}\nOpenFeature.getClient().getBooleanValue(${key}, false);\n`,
    rows: [
      ['a constant', { 'src/keys.ts': "export const PAY = 'k';" }, "import { PAY } from '../keys';", 'PAY', 'k'],
      [
        'an enum member',
        { 'src/keys.ts': "export enum Flag { Pay = 'k' }" },
        "import { Flag } from '../keys';",
        'Flag.Pay',
        'k',
      ],
      [
        'a const enum member in brackets',
        { 'src/keys.ts': "export const enum Flag { Pay = 'k' }" },
        "import { Flag } from '../keys';",
        "Flag['Pay']",
        'k',
      ],
      [
        'a field of an object',
        { 'src/keys.ts': "export const F = { pay: { card: 'k' } };" },
        "import { F } from '../keys';",
        'F.pay.card',
        'k',
      ],
      [
        'as const',
        { 'src/keys.ts': "export const F = { pay: 'k' } as const;" },
        "import { F } from '../keys';",
        'F.pay',
        'k',
      ],
      [
        'satisfies',
        { 'src/keys.ts': "export const F = { pay: 'k' } as const satisfies Record<string, string>;" },
        "import { F } from '../keys';",
        'F.pay',
        'k',
      ],
      [
        'Object.freeze',
        { 'src/keys.ts': "export const F = Object.freeze({ pay: 'k' });" },
        "import { F } from '../keys';",
        'F.pay',
        'k',
      ],
      [
        'a static field',
        { 'src/keys.ts': "export class F { static readonly Pay = 'k'; }" },
        "import { F } from '../keys';",
        'F.Pay',
        'k',
      ],
      [
        'a spread object',
        { 'src/keys.ts': "const A = { pay: 'k' };\nexport const F = { ...A, b: 'b' };" },
        "import { F } from '../keys';",
        'F.pay',
        'k',
      ],
      [
        'destructuring',
        { 'src/keys.ts': "export const F = { pay: 'k' } as const;" },
        "import { F } from '../keys';\nconst { pay } = F;",
        'pay',
        'k',
      ],
      [
        'a namespace',
        { 'src/keys.ts': "export namespace F { export const Pay = 'k'; }" },
        "import { F } from '../keys';",
        'F.Pay',
        'k',
      ],
      [
        'an import with an alias',
        { 'src/keys.ts': "export const PAY = 'k';" },
        "import { PAY as P } from '../keys';",
        'P',
        'k',
      ],
      [
        'a namespace import',
        { 'src/keys.ts': "export const PAY = 'k';" },
        "import * as K from '../keys';",
        'K.PAY',
        'k',
      ],
      [
        'a default export',
        { 'src/keys.ts': "const PAY = 'k';\nexport default PAY;" },
        "import P from '../keys';",
        'P',
        'k',
      ],
      [
        'a re-export',
        { 'src/keys.ts': "export const PAY = 'k';", 'src/index.ts': "export { PAY as P } from './keys';" },
        "import { P } from '..';",
        'P',
        'k',
      ],
      [
        'a re-export of everything',
        { 'src/keys.ts': "export const PAY = 'k';", 'src/index.ts': "export * from './keys';" },
        "import { PAY } from '../index.js';",
        'PAY',
        'k',
      ],
      [
        'a re-export as a namespace',
        { 'src/keys.ts': "export const PAY = 'k';", 'src/index.ts': "export * as K from './keys';" },
        "import { K } from '../index';",
        'K.PAY',
        'k',
      ],
      [
        'a path mapping',
        {
          'tsconfig.json': '{ // paths\n "compilerOptions": { "paths": { "#flags/*": ["./src/lib/*"], }, } }',
          'src/lib/keys.ts': "export const PAY = 'k';",
        },
        "import { PAY } from '#flags/keys';",
        'PAY',
        'k',
      ],
      [
        'a path mapping of one module, from a base URL',
        {
          'tsconfig.base.json':
            '{ "compilerOptions": { "baseUrl": "src", "paths": { "shop-flags": ["lib/keys/index.ts"] } } }',
          'src/lib/keys/index.ts': "export const PAY = 'k';",
        },
        "import { PAY } from 'shop-flags';",
        'PAY',
        'k',
      ],
      [
        'a template of constants',
        { 'src/keys.ts': "export const A = 'a';" },
        "import { A } from '../keys';",
        '`${A}-b`',
        'a-b',
      ],
      [
        'a concatenation',
        { 'src/keys.ts': "export const A = 'a-';" },
        "import { A } from '../keys';",
        "A + 'b'",
        'a-b',
      ],
    ],
  },
  {
    language: 'JavaScript',
    path: 'src/use.js',
    ask: (imports, key) =>
      `const { OpenFeature } = require('@openfeature/server-sdk');\n${imports}\nOpenFeature.getClient().getBooleanValue(${key}, false);\n`,
    rows: [
      ['exports', { 'src/keys.js': "exports.PAY = 'k';" }, "const { PAY } = require('./keys');", 'PAY', 'k'],
      [
        'module.exports',
        { 'src/keys.js': "module.exports = { PAY: 'k' };" },
        "const keys = require('./keys');",
        'keys.PAY',
        'k',
      ],
      [
        'a frozen object',
        { 'src/keys.js': "const F = Object.freeze({ pay: 'k' });\nmodule.exports = F;" },
        "const F = require('./keys');",
        'F.pay',
        'k',
      ],
      ['concat', {}, "const A = 'a-';", "A.concat('b')", 'a-b'],
    ],
  },
  {
    language: 'Python',
    path: 'shop/use.py',
    ask: (imports, key) =>
      `from openfeature import api\n${imports}\n\n\ndef on():\n    return api.get_client().get_boolean_value(${key}, False)\n`,
    rows: [
      ['a constant', { 'shop/keys.py': 'PAY = "k"' }, 'from shop.keys import PAY', 'PAY', 'k'],
      ['a typed constant', { 'shop/keys.py': 'PAY: Final[str] = "k"' }, 'from shop.keys import PAY', 'PAY', 'k'],
      ['a class attribute', { 'shop/keys.py': 'class F:\n    PAY = "k"' }, 'from .keys import F', 'F.PAY', 'k'],
      [
        'an enum with its value',
        { 'shop/keys.py': 'from enum import Enum\nclass F(Enum):\n    PAY = "k"' },
        'from .keys import F',
        'F.PAY.value',
        'k',
      ],
      [
        'a string enum',
        { 'shop/keys.py': 'from enum import StrEnum\nclass F(StrEnum):\n    PAY = "k"' },
        'from .keys import F',
        'F.PAY',
        'k',
      ],
      ['a dictionary', { 'shop/keys.py': 'F = {"pay": "k"}' }, 'from .keys import F', 'F["pay"]', 'k'],
      ['an import with an alias', { 'shop/keys.py': 'PAY = "k"' }, 'from .keys import PAY as P', 'P', 'k'],
      ['a module', { 'shop/keys.py': 'PAY = "k"' }, 'from shop import keys', 'keys.PAY', 'k'],
      [
        'a re-export',
        { 'shop/flags/keys.py': 'PAY = "k"', 'shop/flags/__init__.py': 'from .keys import PAY' },
        'from shop.flags import PAY',
        'PAY',
        'k',
      ],
      [
        'a re-export of everything',
        { 'shop/flags/keys.py': 'PAY = "k"', 'shop/flags/__init__.py': 'from .keys import *' },
        'from shop.flags import PAY',
        'PAY',
        'k',
      ],
      ['an f-string', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', 'f"{A}-b"', 'a-b'],
      ['a format', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', '"{}-b".format(A)', 'a-b'],
      ['a concatenation', { 'shop/keys.py': 'A = "a"' }, 'from .keys import A', 'A + "-b"', 'a-b'],
      ['strings side by side', {}, '', '"a-" "b"', 'a-b'],
    ],
  },
  {
    language: 'Go',
    path: 'pay/use.go',
    ask: (imports, key) =>
      `package pay\n\nimport (\n\t"github.com/open-feature/go-sdk/openfeature"\n\t${imports}\n)\n\nfunc on(client *openfeature.Client) {\n\tclient.BooleanValue(ctx, ${key}, false, ec)\n}\n`,
    rows: [
      [
        'a const block',
        { 'flags/keys.go': 'package flags\n\nconst (\n\tPay = "k"\n\tOther = "o"\n)\n' },
        '"example.com/shop/flags"',
        'flags.Pay',
        'k',
      ],
      [
        'a typed constant',
        { 'flags/keys.go': 'package flags\n\ntype Flag string\n\nconst Pay Flag = "k"\n' },
        '"example.com/shop/flags"',
        'string(flags.Pay)',
        'k',
      ],
      [
        'a variable',
        { 'flags/keys.go': 'package flags\n\nvar Pay = "k"\n' },
        '"example.com/shop/flags"',
        'flags.Pay',
        'k',
      ],
      [
        'a field of a struct',
        { 'flags/keys.go': 'package flags\n\ntype Flag struct{ Key string }\n\nvar Pay = Flag{Key: "k"}\n' },
        '"example.com/shop/flags"',
        'flags.Pay.Key',
        'k',
      ],
      [
        'a constant of another constant',
        { 'flags/keys.go': 'package flags\n\nconst a = "a-"\nconst Pay = a + "b"\n' },
        '"example.com/shop/flags"',
        'flags.Pay',
        'a-b',
      ],
      ['the same package', { 'pay/keys.go': 'package pay\n\nconst payKey = "k"\n' }, '', 'payKey', 'k'],
      [
        'an import with an alias',
        { 'flags/keys.go': 'package flags\n\nconst Pay = "k"\n' },
        'f "example.com/shop/flags"',
        'f.Pay',
        'k',
      ],
      [
        'a dot import',
        { 'flags/keys.go': 'package flags\n\nconst Pay = "k"\n' },
        '. "example.com/shop/flags"',
        'Pay',
        'k',
      ],
      [
        'a format',
        { 'flags/keys.go': 'package flags\n\nconst A = "a"\n' },
        '"fmt"\n\t"example.com/shop/flags"',
        'fmt.Sprintf("%s-b", flags.A)',
        'a-b',
      ],
    ],
  },
  {
    language: 'Java',
    path: 'src/shop/Use.java',
    ask: (imports, key) =>
      `package shop;\n\nimport dev.openfeature.sdk.Client;\n${imports}\n\nclass Use {\n  boolean on(Client client) { return client.getBooleanValue(${key}, false); }\n}\n`,
    rows: [
      [
        'a constant',
        { 'src/flags/Keys.java': 'package flags;\npublic final class Keys { public static final String PAY = "k"; }' },
        'import flags.Keys;',
        'Keys.PAY',
        'k',
      ],
      [
        'an interface',
        { 'src/flags/Keys.java': 'package flags;\npublic interface Keys { String PAY = "k"; }' },
        'import flags.Keys;',
        'Keys.PAY',
        'k',
      ],
      [
        'a static import',
        { 'src/flags/Keys.java': 'package flags;\npublic class Keys { public static final String PAY = "k"; }' },
        'import static flags.Keys.PAY;',
        'PAY',
        'k',
      ],
      [
        'all static members',
        { 'src/flags/Keys.java': 'package flags;\npublic class Keys { public static final String PAY = "k"; }' },
        'import static flags.Keys.*;',
        'PAY',
        'k',
      ],
      [
        'a nested class',
        {
          'src/flags/Keys.java':
            'package flags;\npublic class Keys { public static class Pay { public static final String CARD = "k"; } }',
        },
        'import flags.Keys;',
        'Keys.Pay.CARD',
        'k',
      ],
      [
        'an enum with a getter',
        {
          'src/flags/Flag.java':
            'package flags;\npublic enum Flag {\n  PAY("k");\n  private final String key;\n  Flag(String key) { this.key = key; }\n  public String getKey() { return key; }\n}',
        },
        'import flags.Flag;',
        'Flag.PAY.getKey()',
        'k',
      ],
      [
        'an enum’s name',
        { 'src/flags/Flag.java': 'package flags;\npublic enum Flag { PAY }' },
        'import flags.Flag;',
        'Flag.PAY.name()',
        'PAY',
      ],
      [
        'the same package',
        { 'src/shop/Keys.java': 'package shop;\nclass Keys { static final String PAY = "k"; }' },
        '',
        'Keys.PAY',
        'k',
      ],
      [
        'a base class',
        {
          'src/shop/Base.java': 'package shop;\nclass Base { static final String PAY = "k"; }',
          'src/shop/Keys.java': 'package shop;\nclass Keys extends Base {}',
        },
        '',
        'Keys.PAY',
        'k',
      ],
      [
        'a concatenation',
        { 'src/flags/Keys.java': 'package flags;\npublic class Keys { public static final String A = "a-"; }' },
        'import flags.Keys;',
        'Keys.A + "b"',
        'a-b',
      ],
      [
        'a format',
        { 'src/flags/Keys.java': 'package flags;\npublic class Keys { public static final String A = "a"; }' },
        'import flags.Keys;',
        'String.format("%s-b", Keys.A)',
        'a-b',
      ],
    ],
  },
  {
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
  },
  {
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
  },
  {
    language: 'C#',
    path: 'src/Use.cs',
    ask: (imports, key) =>
      `using OpenFeature;\n${imports}\n\nnamespace Shop;\n\nclass Use(IFeatureClient client)\n{\n    Task<bool> On() => client.GetBooleanValueAsync(${key}, false);\n}\n`,
    rows: [
      [
        'a constant',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public const string Pay = "k"; }' },
        'using Flags;',
        'Keys.Pay',
        'k',
      ],
      [
        'a static readonly field',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public static readonly string Pay = "k"; }' },
        'using Flags;',
        'Keys.Pay',
        'k',
      ],
      [
        'a property',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public static string Pay => "k"; }' },
        'using Flags;',
        'Keys.Pay',
        'k',
      ],
      [
        'a nested class',
        {
          'src/Keys.cs':
            'namespace Flags;\npublic static class Keys { public static class Card { public const string Pay = "k"; } }',
        },
        'using Flags;',
        'Keys.Card.Pay',
        'k',
      ],
      [
        'all static members',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public const string Pay = "k"; }' },
        'using static Flags.Keys;',
        'Pay',
        'k',
      ],
      [
        'an alias',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public const string Pay = "k"; }' },
        'using K = Flags.Keys;',
        'K.Pay',
        'k',
      ],
      [
        'nameof',
        { 'src/Flag.cs': 'namespace Flags;\npublic enum Flag { Pay }' },
        'using Flags;',
        'nameof(Flag.Pay)',
        'Pay',
      ],
      [
        'an enum’s name',
        { 'src/Flag.cs': 'namespace Flags;\npublic enum Flag { Pay }' },
        'using Flags;',
        'Flag.Pay.ToString()',
        'Pay',
      ],
      [
        'a part of a partial class',
        {
          'src/A.cs': 'namespace Flags;\npublic static partial class Keys { }',
          'src/B.cs': 'namespace Flags;\npublic static partial class Keys { public const string Pay = "k"; }',
        },
        'using Flags;',
        'Keys.Pay',
        'k',
      ],
      [
        'an interpolation',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public const string A = "a"; }' },
        'using Flags;',
        '$"{Keys.A}-b"',
        'a-b',
      ],
      [
        'a concatenation',
        { 'src/Keys.cs': 'namespace Flags;\npublic static class Keys { public const string A = "a-"; }' },
        'using Flags;',
        'Keys.A + "b"',
        'a-b',
      ],
    ],
  },
  {
    language: 'Ruby',
    path: 'lib/use.rb',
    ask: (imports, key) =>
      `require 'open_feature/sdk'\n${imports}\n\nclass Use\n  def on?\n    OpenFeature::SDK.build_client.fetch_boolean_value(flag_key: ${key}, default_value: false)\n  end\nend\n`,
    rows: [
      ['a constant', { 'lib/keys.rb': 'PAY = "k"' }, '', 'PAY', 'k'],
      ['a symbol', {}, '', ':pay', 'pay'],
      ['a constant of a symbol', { 'lib/keys.rb': 'module Keys\n  PAY = :pay\nend' }, '', 'Keys::PAY', 'pay'],
      ['a frozen constant', { 'lib/keys.rb': 'module Keys\n  PAY = "k".freeze\nend' }, '', 'Keys::PAY', 'k'],
      [
        'a nested module',
        { 'lib/keys.rb': 'module Shop\n  module Keys\n    PAY = "k"\n  end\nend' },
        '',
        'Shop::Keys::PAY',
        'k',
      ],
      ['a hash', { 'lib/keys.rb': 'KEYS = { pay: "k" }.freeze' }, '', 'KEYS[:pay]', 'k'],
      ['a fetched entry', { 'lib/keys.rb': 'KEYS = { pay: "k" }.freeze' }, '', 'KEYS.fetch(:pay)', 'k'],
      ['an alias', { 'lib/keys.rb': 'module Keys\n  PAY = "k"\nend\nOTHER = Keys' }, '', 'OTHER::PAY', 'k'],
      [
        'an included module',
        { 'lib/keys.rb': 'module Keys\n  PAY = "k"\nend\nclass Base\n  include Keys\nend' },
        '',
        'Base::PAY',
        'k',
      ],
      ['an interpolation', { 'lib/keys.rb': 'A = "a"' }, '', '"#{A}-b"', 'a-b'],
      ['a symbol with a hole', { 'lib/keys.rb': 'A = "a"' }, '', ':"#{A}-b"', 'a-b'],
      ['a concatenation', { 'lib/keys.rb': 'A = "a-"' }, '', 'A + "b"', 'a-b'],
      ['to_s and to_sym', { 'lib/keys.rb': 'A = :a' }, '', 'A.to_s', 'a'],
    ],
  },
  {
    language: 'PHP',
    path: 'src/Use.php',
    ask: (imports, key) =>
      `<?php\nnamespace Shop;\n\nuse OpenFeature\\interfaces\\flags\\Client;\n${imports}\n\nclass Use_\n{\n    public function on(Client $client): bool { return $client->getBooleanValue(${key}, false); }\n}\n`,
    rows: [
      [
        'a class constant',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Keys { public const PAY = "k"; }' },
        '',
        'Keys::PAY',
        'k',
      ],
      [
        'a typed constant of an interface',
        { 'src/Keys.php': "<?php\nnamespace Shop;\ninterface Keys { public const string PAY = 'k'; }" },
        '',
        'Keys::PAY',
        'k',
      ],
      [
        'an inherited constant',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Base { const PAY = "k"; }\nclass Keys extends Base {}' },
        '',
        'Keys::PAY',
        'k',
      ],
      [
        'an enum with its value',
        { 'src/Flag.php': '<?php\nnamespace Shop;\nenum Flag: string { case Pay = "k"; }' },
        '',
        'Flag::Pay->value',
        'k',
      ],
      [
        'an enum’s name',
        { 'src/Flag.php': '<?php\nnamespace Shop;\nenum Flag { case Pay; }' },
        '',
        'Flag::Pay->name',
        'Pay',
      ],
      [
        'an alias',
        { 'src/Keys.php': '<?php\nnamespace Other;\nclass Keys { const PAY = "k"; }' },
        'use Other\\Keys as K;',
        'K::PAY',
        'k',
      ],
      ['a namespace’s constant', { 'src/keys.php': '<?php\nnamespace Shop;\nconst PAY = "k";' }, '', 'PAY', 'k'],
      ['define', { 'src/keys.php': "<?php\ndefine('PAY', 'k');" }, '', '\\PAY', 'k'],
      [
        'an array',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Keys { const ALL = ["pay" => "k"]; }' },
        '',
        'Keys::ALL["pay"]',
        'k',
      ],
      [
        'a static property',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Keys { public static string $pay = "k"; }' },
        '',
        'Keys::$pay',
        'k',
      ],
      [
        'a concatenation',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Keys { const A = "a-"; }' },
        '',
        "Keys::A . 'b'",
        'a-b',
      ],
      [
        'a format',
        { 'src/Keys.php': '<?php\nnamespace Shop;\nclass Keys { const A = "a"; }' },
        '',
        "sprintf('%s-b', Keys::A)",
        'a-b',
      ],
    ],
  },
  {
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
  },
  {
    language: 'Rust',
    path: 'src/pay/use_it.rs',
    ask: (imports, key) =>
      `use open_feature::Client;\n${imports}\n\nasync fn on(client: &Client) -> bool {\n    client.get_bool_value(${key}, None, None).await.unwrap_or(false)\n}\n`,
    rows: [
      ['a constant', { 'src/keys.rs': 'pub const PAY: &str = "k";' }, 'use crate::keys::PAY;', 'PAY', 'k'],
      ['a static', { 'src/keys.rs': 'pub static PAY: &str = "k";' }, 'use crate::keys;', 'keys::PAY', 'k'],
      ['a constant by its whole path', { 'src/keys.rs': 'pub const PAY: &str = "k";' }, '', 'crate::keys::PAY', 'k'],
      [
        'modules that share a name',
        { 'src/a.rs': 'pub const PAY: &str = "a";', 'src/b.rs': 'pub const PAY: &str = "b";' },
        'use crate::{a, b};',
        'b::PAY',
        'b',
      ],
      [
        'modules in a file',
        { 'src/keys.rs': 'pub mod a { pub const PAY: &str = "a"; }\npub mod b { pub const PAY: &str = "b"; }' },
        'use crate::keys::b;',
        'b::PAY',
        'b',
      ],
      [
        'the module above',
        { 'src/pay/mod.rs': 'pub const PAY: &str = "k";', 'src/keys.rs': 'pub const PAY: &str = "o";' },
        'use super::PAY;',
        'PAY',
        'k',
      ],
      [
        'an import with an alias',
        { 'src/keys.rs': 'pub const PAY: &str = "k";' },
        'use crate::keys::PAY as P;',
        'P',
        'k',
      ],
      [
        'everything of a module',
        { 'src/keys.rs': 'pub const PAY: &str = "k";', 'src/other.rs': 'pub const PAY: &str = "o";' },
        'use crate::keys::*;',
        'PAY',
        'k',
      ],
      [
        'a re-export',
        { 'src/flags/mod.rs': 'mod keys;\npub use keys::PAY as P;', 'src/flags/keys.rs': 'pub const PAY: &str = "k";' },
        'use crate::flags::P;',
        'P',
        'k',
      ],
      [
        'a re-export of everything',
        { 'src/flags/mod.rs': 'mod keys;\npub use self::keys::*;', 'src/flags/keys.rs': 'pub const PAY: &str = "k";' },
        'use crate::flags::PAY;',
        'PAY',
        'k',
      ],
      [
        'another crate of the workspace',
        {
          'crates/shop-flags/src/lib.rs': 'pub const PAY: &str = "k";',
          'crates/shop-flags/Cargo.toml': '[package]\nname = "shop-flags"',
        },
        'use shop_flags::PAY;',
        'PAY',
        'k',
      ],
      [
        'an associated constant',
        { 'src/keys.rs': 'pub struct Keys;\nimpl Keys { pub const PAY: &\'static str = "k"; }' },
        'use crate::keys::Keys;',
        'Keys::PAY',
        'k',
      ],
      [
        'an enum with a match',
        {
          'src/keys.rs':
            'pub enum Flag { Pay }\nimpl Flag { pub fn key(&self) -> &\'static str { match self { Flag::Pay => "k" } } }',
        },
        'use crate::keys::Flag;',
        'Flag::Pay.key()',
        'k',
      ],
      ['concat!', {}, '', 'concat!("a-", "b")', 'a-b'],
      ['format!', { 'src/keys.rs': 'pub const A: &str = "a";' }, 'use crate::keys::A;', '&format!("{}-b", A)', 'a-b'],
    ],
  },
  {
    language: 'C++',
    path: 'src/use.cc',
    ask: (imports, key) =>
      `#include "openfeature/client.h"\n#include "keys.h"\n${imports}\n\nbool On(openfeature::Client& client) { return client.GetBooleanValue(${key}, false); }\n`,
    rows: [
      ['a constant', { 'src/keys.h': 'constexpr char kPay[] = "k";' }, '', 'kPay', 'k'],
      ['a macro', { 'src/keys.h': '#define PAY_KEY "k"' }, '', 'PAY_KEY', 'k'],
      [
        'a namespace',
        {
          'src/keys.h':
            'namespace a { const std::string kPay = "a"; }\nnamespace b::c { const std::string kPay("b"); }',
        },
        '',
        'b::c::kPay',
        'b',
      ],
      [
        'a namespace that is used',
        {
          'src/keys.h':
            'namespace a { const char* const kPay = "a"; }\nnamespace b { inline constexpr std::string_view kPay{"b"}; }',
        },
        'using namespace b;',
        'kPay',
        'b',
      ],
      [
        'an alias of a namespace',
        { 'src/keys.h': 'namespace a::b { constexpr auto kPay = "k"; }' },
        'namespace n = a::b;',
        'n::kPay',
        'k',
      ],
      [
        'a name that is used',
        { 'src/keys.h': 'namespace a { constexpr char kPay[] = "k"; }' },
        'using a::kPay;',
        'kPay',
        'k',
      ],
      [
        'a static member',
        { 'src/keys.h': 'struct Keys { static constexpr char kPay[] = "k"; };' },
        '',
        'Keys::kPay',
        'k',
      ],
      [
        'a static member that is defined elsewhere',
        {
          'src/keys.h': 'struct Keys { static const char kPay[]; };',
          'src/keys.cc': '#include "keys.h"\nconst char Keys::kPay[] = "k";',
        },
        '',
        'Keys::kPay',
        'k',
      ],
      [
        'a constant that is defined elsewhere',
        { 'src/keys.h': 'extern const char kPay[];', 'src/keys.cc': '#include "keys.h"\nconst char kPay[] = "k";' },
        '',
        'kPay',
        'k',
      ],
      [
        'a field of an object',
        { 'src/keys.h': 'struct Flag { std::string key; bool on; };\nconst Flag kFlag = {.key = "k", .on = false};' },
        '',
        'kFlag.key',
        'k',
      ],
      ['a string made of one', { 'src/keys.h': 'constexpr char kPay[] = "k";' }, '', 'std::string(kPay)', 'k'],
      ['literals side by side', { 'src/keys.h': '' }, '', '"a-" "b"', 'a-b'],
      ['StrCat', { 'src/keys.h': 'constexpr char kA[] = "a";' }, '', 'absl::StrCat(kA, "-b")', 'a-b'],
      ['a format', { 'src/keys.h': 'constexpr char kA[] = "a";' }, '', 'std::format("{}-b", kA)', 'a-b'],
      ['a concatenation', { 'src/keys.h': 'const std::string kA = "a-";' }, '', 'kA + "b"', 'a-b'],
    ],
  },
];

describe('keys as they are written down', () => {
  for (const { language, path, ask, rows } of TABLE) {
    for (const [what, files, imports, expression, key] of rows) {
      it(`${language}: ${what}`, async () => {
        const all = { ...files, [path]: ask(imports, expression) };
        const source = Object.entries(all)
          .map(([name, text]) => `//- /${name}\n${text}\n`)
          .join('');
        const { snapshot } = await worldOf(source);
        const checks = (snapshot.files.get(path)?.checks ?? []).filter(check => check.role === 'check');
        assert.deepEqual(
          checks.map(check => [check.key, check.confidence]),
          [[key, 'certain']],
        );
      });
    }
  }
});
