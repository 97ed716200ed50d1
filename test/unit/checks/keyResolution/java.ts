import type { LanguageRows } from './languageRows.ts';

export const javaKeys: LanguageRows = {
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
};
