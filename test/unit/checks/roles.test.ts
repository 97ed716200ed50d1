// What is no check: where keys are declared, who calls a function that asks, what tests set; and which files are tests. In each language.
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';

interface Row {
  readonly language: string;
  /** Where the key is declared. */
  readonly keys: readonly [path: string, text: string];
  /** Asks for the key in a function, and calls that from another one. */
  readonly code: readonly [path: string, text: string];
  /** Asks for the key in a test, and sets it, or a mock's answer for it. */
  readonly test: readonly [path: string, text: string];
}

const TABLE: readonly Row[] = [
  {
    language: 'TypeScript',
    keys: ['src/keys.ts', "export const PAY = 'k';"],
    code: [
      'src/pay.ts',
      "import { OpenFeature } from '@openfeature/server-sdk';\nimport { PAY } from './keys';\nexport async function isPayOn() { return OpenFeature.getClient().getBooleanValue(PAY, false); }\nexport async function page() { return isPayOn(); }\n",
    ],
    test: [
      'src/pay.test.ts',
      "import { InMemoryProvider, OpenFeature } from '@openfeature/server-sdk';\nconst provider = new InMemoryProvider({ k: { variants: { on: true }, defaultVariant: 'on', disabled: false } });\nOpenFeature.getClient().getBooleanValue('k', false);\n",
    ],
  },
  {
    language: 'Python',
    keys: ['shop/keys.py', 'PAY = "k"\n'],
    code: [
      'shop/pay.py',
      'import waffle\nfrom shop.keys import PAY\n\n\ndef is_pay_on():\n    return waffle.switch_is_active(PAY)\n\n\ndef page():\n    return is_pay_on()\n',
    ],
    test: [
      'tests/test_pay.py',
      'import waffle\nfrom waffle.testutils import override_switch\n\n\n@override_switch("k", active=True)\ndef test_pay():\n    assert waffle.switch_is_active("k")\n',
    ],
  },
  {
    language: 'Go',
    keys: [
      'features/keys.go',
      'package features\n\nimport "k8s.io/component-base/featuregate"\n\nconst Pay featuregate.Feature = "k"\n',
    ],
    code: [
      'pay/pay.go',
      'package pay\n\nimport (\n\tutilfeature "k8s.io/apiserver/pkg/util/feature"\n\t"example.com/shop/features"\n)\n\nfunc IsPayOn() bool { return utilfeature.DefaultFeatureGate.Enabled(features.Pay) }\n\nfunc Page() bool { return IsPayOn() }\n',
    ],
    test: [
      'pay/pay_test.go',
      'package pay\n\nimport (\n\tutilfeature "k8s.io/apiserver/pkg/util/feature"\n\tfeaturegatetesting "k8s.io/component-base/featuregate/testing"\n\t"example.com/shop/features"\n)\n\nfunc TestPay(t *testing.T) {\n\tfeaturegatetesting.SetFeatureGateDuringTest(t, utilfeature.DefaultFeatureGate, features.Pay, true)\n\tutilfeature.DefaultFeatureGate.Enabled(features.Pay)\n}\n',
    ],
  },
  {
    language: 'Java',
    keys: ['src/main/java/shop/Keys.java', 'package shop;\nclass Keys { static final String PAY = "k"; }\n'],
    code: [
      'src/main/java/shop/Pay.java',
      'package shop;\nimport io.getunleash.Unleash;\nclass Pay {\n  private final Unleash unleash;\n  Pay(Unleash unleash) { this.unleash = unleash; }\n  boolean isPayOn() { return unleash.isEnabled(Keys.PAY); }\n  boolean page() { return isPayOn(); }\n}\n',
    ],
    test: [
      'src/test/java/shop/PayTest.java',
      'package shop;\nimport io.getunleash.Unleash;\nclass PayTest {\n  @Mock Unleash unleash;\n  void pays() {\n    when(unleash.isEnabled("k")).thenReturn(true);\n    unleash.isEnabled("k");\n  }\n}\n',
    ],
  },
  {
    language: 'Kotlin',
    keys: ['src/main/kotlin/Keys.kt', 'package shop\nobject Keys {\n  const val PAY = "k"\n}\n'],
    code: [
      'src/main/kotlin/Pay.kt',
      'package shop\nimport io.getunleash.Unleash\nclass Pay(private val unleash: Unleash) {\n  fun isPayOn() = unleash.isEnabled(Keys.PAY)\n  fun page() = isPayOn()\n}\n',
    ],
    test: [
      'src/test/kotlin/PayTest.kt',
      'package shop\nimport io.getunleash.Unleash\nclass PayTest {\n  val unleash: Unleash = mockk()\n  fun pays() {\n    every { unleash.isEnabled("k") } returns true\n    unleash.isEnabled("k")\n  }\n}\n',
    ],
  },
  {
    language: 'Scala',
    keys: ['src/main/scala/Keys.scala', 'package shop\nobject Keys {\n  val Pay = "k"\n}\n'],
    code: [
      'src/main/scala/Pay.scala',
      'package shop\nimport io.getunleash.Unleash\nclass Pay(unleash: Unleash) {\n  def isPayOn(): Boolean = unleash.isEnabled(Keys.Pay)\n  def page(): Boolean = isPayOn()\n}\n',
    ],
    test: [
      'src/test/scala/PaySpec.scala',
      'package shop\nimport io.getunleash.Unleash\nclass PaySpec extends AnyFlatSpec with MockitoSugar {\n  val unleash: Unleash = mock[Unleash]\n  it should "pay" in {\n    when(unleash.isEnabled("k")).thenReturn(true)\n    unleash.isEnabled("k")\n  }\n}\n',
    ],
  },
  {
    language: 'C#',
    keys: ['src/Keys.cs', 'namespace Shop;\npublic static class Keys { public const string Pay = "k"; }\n'],
    code: [
      'src/Pay.cs',
      'using Microsoft.FeatureManagement;\nnamespace Shop;\npublic class Pay(IFeatureManager features)\n{\n    public Task<bool> IsPayOn() => features.IsEnabledAsync(Keys.Pay);\n    public Task<bool> Page() => IsPayOn();\n}\n',
    ],
    test: [
      'tests/PayTests.cs',
      'using Microsoft.FeatureManagement;\nnamespace Shop.Tests;\npublic class PayTests\n{\n    IFeatureManager features;\n    public void Pays()\n    {\n        features.IsEnabledAsync("k").Returns(true);\n        features.IsEnabledAsync("k");\n    }\n}\n',
    ],
  },
  {
    language: 'Ruby',
    keys: ['lib/keys.rb', 'module Keys\n  PAY = :k\nend\n'],
    code: [
      'lib/pay.rb',
      "require 'flipper'\nclass Pay\n  def pay_on?\n    Flipper.enabled?(Keys::PAY)\n  end\n\n  def page\n    pay_on?()\n  end\nend\n",
    ],
    test: ['spec/pay_spec.rb', "require 'flipper'\nit 'pays' do\n  Flipper.enable(:k)\n  Flipper.enabled?(:k)\nend\n"],
  },
  {
    language: 'PHP',
    keys: ['app/Keys.php', "<?php\nnamespace App;\nclass Keys { const PAY = 'k'; }\n"],
    code: [
      'app/Pay.php',
      '<?php\nnamespace App;\nuse Laravel\\Pennant\\Feature;\nclass Pay {\n  public function isPayOn(): bool { return Feature::active(Keys::PAY); }\n  public function page(): bool { return $this->isPayOn(); }\n}\n',
    ],
    test: [
      'tests/PayTest.php',
      "<?php\nnamespace Tests;\nuse Laravel\\Pennant\\Feature;\nclass PayTest {\n  public function testPay() {\n    Feature::activate('k');\n    Feature::active('k');\n  }\n}\n",
    ],
  },
  {
    language: 'Swift',
    keys: ['Sources/Keys.swift', 'enum Keys {\n  static let pay = "k"\n}\n'],
    code: [
      'Sources/Pay.swift',
      'import Statsig\nstruct Pay {\n  func isPayOn() -> Bool { return Statsig.checkGate(Keys.pay) }\n  func page() -> Bool { return isPayOn() }\n}\n',
    ],
    test: [
      'Tests/PayTests.swift',
      'import Statsig\nfinal class PayTests {\n  func testPay() {\n    Statsig.overrideGate("k", value: true)\n    _ = Statsig.checkGate("k")\n  }\n}\n',
    ],
  },
  {
    language: 'Rust',
    keys: ['src/keys.rs', 'pub const PAY: &str = "k";\n'],
    code: [
      'src/pay.rs',
      'use crate::keys::PAY;\nuse launchdarkly_server_sdk::Client;\npub struct Pay { client: Client }\nimpl Pay {\n    pub fn is_pay_on(&self) -> bool { self.client.bool_variation(&self.context, PAY, false) }\n    pub fn page(&self) -> bool { self.is_pay_on() }\n}\n',
    ],
    test: [
      'tests/pay.rs',
      'use launchdarkly_server_sdk::Client;\nuse launchdarkly_server_sdk::TestData;\nfn pays(client: &Client, data: &TestData) {\n    data.flag("k");\n    client.bool_variation(&context, "k", false);\n}\n',
    ],
  },
  {
    language: 'C++',
    keys: [
      'src/keys.cc',
      '#include "base/feature_list.h"\nnamespace features {\nBASE_FEATURE(kPay, "k", base::FEATURE_DISABLED_BY_DEFAULT);\n}\n',
    ],
    code: [
      'src/pay.cc',
      'bool IsPayOn() { return base::FeatureList::IsEnabled(features::kPay); }\nbool Page() { return IsPayOn(); }\n',
    ],
    test: [
      'src/pay_unittest.cc',
      '#include "base/test/scoped_feature_list.h"\nTEST(Pay, Pays) {\n  base::test::ScopedFeatureList list;\n  list.InitAndEnableFeature(features::kPay);\n  EXPECT_TRUE(base::FeatureList::IsEnabled(features::kPay));\n}\n',
    ],
  },
  {
    language: 'C++ with gMock',
    keys: ['src/keys.h', 'constexpr char kPay[] = "k";\n'],
    code: [
      'src/pay.cc',
      '#include "openfeature/client.h"\nbool IsPayOn(openfeature::Client& client) { return client.GetBooleanValue(kPay, false); }\nbool Page(openfeature::Client& client) { return IsPayOn(client); }\n',
    ],
    test: [
      'tests/pay_test.cc',
      '#include "openfeature/client.h"\nTEST(Pay, Pays) {\n  openfeature::Client client;\n  EXPECT_CALL(client, GetBooleanValue("k", _)).WillOnce(Return(true));\n  client.GetBooleanValue("k", false);\n}\n',
    ],
  },
];

describe('roles of what speaks of a flag', () => {
  for (const { language, keys, code, test } of TABLE) {
    it(`are told apart in ${language}`, async () => {
      const source = [keys, code, test].map(([path, text]) => `//- /${path}\n${text}\n`).join('');
      const { snapshot } = await worldOf(source);
      const rolesIn = (path: string) =>
        (snapshot.files.get(path)?.checks ?? []).map(check => `${check.role} ${check.key}${check.test ? ' test' : ''}`);
      assert.deepEqual(rolesIn(keys[0]), ['declaration k']);
      assert.deepEqual(rolesIn(code[0]), ['check k', 'reference k']);
      assert.deepEqual(rolesIn(test[0]), ['stub k test', 'check k test']);
    });
  }
});
