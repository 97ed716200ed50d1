import type { LanguageRows } from './languageRows.ts';

export const goKeys: LanguageRows = {
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
};
