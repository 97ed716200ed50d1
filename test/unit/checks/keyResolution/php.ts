import type { LanguageRows } from './languageRows.ts';

export const phpKeys: LanguageRows = {
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
};
