/** Which files in C++ are read because a name is wished for: those that say what it is, not those that only use it. */
import assert from 'node:assert/strict';
import { cppDefinitionTest, cppWishTest } from '../../../server/src/core/flags/linking/cppDefinitions.ts';

describe('definitions in C++', () => {
  const defines = (text: string, name: string): boolean => cppDefinitionTest(new Set([name]))(text);

  it('say what a type is', () => {
    for (const text of [
      'class Flags {};',
      'class Flags final : public Base {',
      'class MY_EXPORT Flags : public Base',
      'struct alignas(8) Flags\n{',
      'struct [[nodiscard]] Flags { int a; };',
      'template <class T> class Flags {',
      'enum class Flags : uint8_t { kPay };',
      'enum Flags { kPay };',
      'using Flags = OptionSet<Flag>;',
    ])
      assert.ok(defines(text, 'Flags'), text);
  });

  it('say what a value is, or what a function or a macro does', () => {
    for (const text of [
      'const Feature kPay{"Pay", true};',
      'const base::Feature kPay("Pay");',
      'constexpr char kPay[] = "pay";',
      'const char* const kPay = "pay";',
      'static const char *kPay = "pay";',
      'const std::vector<Feature> kPay = {};',
      'const char Flags::kPay[] = "pay";',
      'enum Flags {\n  kPay = 1,\n};',
      'enum Flags { kOther, kPay = 1 };',
      '#define kPay "pay"',
      'BASE_FEATURE(kPay, "Pay", base::FEATURE_ENABLED_BY_DEFAULT);',
      '  BASE_FEATURE(\n    kPay, base::FEATURE_ENABLED_BY_DEFAULT);',
      'bool kPay(int user) {',
      'CATALOG(kPay, 1);',
    ])
      assert.ok(defines(text, 'kPay'), text);
  });

  it('are no uses', () => {
    for (const text of [
      'class Flags;',
      'friend class Flags;',
      'template <class Flags> void f();',
      'template <class Flags, class Other> void f();',
      'void f(const struct Flags* flags);',
      'namespace Flags {',
      'using namespace Flags;',
      'return Flags(1);',
      'f(Flags(1));',
      'auto flags = Flags { 1 };',
      'auto* flags = new Flags(1);',
      'if (flags == Flags::kPay) {}',
      'flags = shop::Flags(1);',
      'UNUSED(Flags);',
      'ASSERT_EQ(Flags, 1);',
      'TEST_F(Flags, Pays) {',
      'flags->Flags(1);',
      'class OtherFlags {};',
      'using Flags::kPay;',
      '// Built without using Flags, but with their names.',
      'template <> struct Flags::Inner<Pay> {',
      'class Pay : public Flags {',
      'class Pay : public Other, private virtual Flags {',
      'auto flags = [&] (int user) -> Flags {',
      'RELEASE_LOG_ERROR(Flags, "Nobody pays");',
      '  LOG(Flags, "Nobody pays");',
    ])
      assert.ok(!defines(text, 'Flags'), text);
  });

  it('say what stands in front of a name in a path', () => {
    const isWished = cppWishTest('features::kPay');
    const pay = 'BASE_FEATURE(kPay, state);';
    for (const text of [
      `namespace features {\n${pay}\n}`,
      `namespace shop::features {\n${pay}\n}`,
      `inline namespace features::old {\n${pay}\n}`,
      `class features {\n static const int kPay = 1;\n};`,
      'const Feature features::kPay = {};',
    ])
      assert.ok(isWished(text), text);
    for (const text of [
      `namespace shop {\n${pay}\n}`,
      `${pay}\nIsOn(features::kOther);`,
      'namespace features { IsOn(kPay); }',
    ])
      assert.ok(!isWished(text), text);
  });
});
