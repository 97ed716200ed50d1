import type { LanguageRows } from './languageRows.ts';

export const cppKeys: LanguageRows = {
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
        'src/keys.h': 'namespace a { const std::string kPay = "a"; }\nnamespace b::c { const std::string kPay("b"); }',
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
};
