import type { LanguageRows } from './languageRows.ts';

export const rubyKeys: LanguageRows = {
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
};
