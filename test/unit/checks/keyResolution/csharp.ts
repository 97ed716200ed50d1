import type { LanguageRows } from './languageRows.ts';

export const csharpKeys: LanguageRows = {
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
};
