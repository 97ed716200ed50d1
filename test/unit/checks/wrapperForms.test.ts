// Interfaces, decorators and attributes that hand a key on to a check: which questions with a constant key they make, in each language.
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';

/** The files, and the checks that are wanted in `use`: the line of the question, its key, and how it was found. */
interface Row {
  readonly language: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly use: readonly [path: string, text: string];
  readonly expected: readonly string[];
}

const TABLE: readonly Row[] = [
  {
    language: 'TypeScript',
    what: 'an interface',
    files: {
      'src/flags.ts':
        "import { OpenFeature } from '@openfeature/server-sdk';\nexport interface Flags { isOn(key: string): Promise<boolean>; }\nexport class RemoteFlags implements Flags {\n  async isOn(key: string) { return OpenFeature.getClient().getBooleanValue(key, false); }\n}\n",
    },
    use: [
      'src/use.ts',
      "import type { Flags } from './flags';\nexport const page = (flags: Flags) => flags.isOn('k');\n",
    ],
    expected: ['2 k literal+wrapper certain'],
  },
  {
    language: 'TypeScript',
    what: 'a decorator',
    files: {
      'src/flags.ts':
        "import { OpenFeature } from '@openfeature/server-sdk';\nexport function RequiresFlag(key: string) {\n  return (target: unknown) => { OpenFeature.getClient().getBooleanValue(key, false); };\n}\n",
    },
    use: [
      'src/use.ts',
      "import { RequiresFlag } from './flags';\nexport class Page {\n  @RequiresFlag('k')\n  show() {}\n}\n",
    ],
    expected: ['3 k literal+attribute certain'],
  },
  {
    language: 'Python',
    what: 'an abstract class',
    files: {
      'shop/flags.py':
        'from openfeature import api\n\nclass Flags(ABC):\n    @abstractmethod\n    def is_on(self, key: str) -> bool: ...\n\nclass RemoteFlags(Flags):\n    def is_on(self, key: str) -> bool:\n        return api.get_client().get_boolean_value(key, False)\n',
    },
    use: ['shop/use.py', 'from shop.flags import Flags\n\ndef page(flags: Flags):\n    return flags.is_on("k")\n'],
    expected: ['4 k literal+wrapper certain'],
  },
  {
    language: 'Python',
    what: 'a decorator',
    files: {
      'shop/flags.py':
        'from openfeature import api\n\ndef requires_flag(key):\n    def decorator(view):\n        def inner(*args):\n            if api.get_client().get_boolean_value(key, False):\n                return view(*args)\n        return inner\n    return decorator\n',
    },
    use: ['shop/use.py', 'from shop.flags import requires_flag\n\n@requires_flag("k")\ndef page():\n    pass\n'],
    expected: ['3 k literal+attribute certain'],
  },
  {
    language: 'Go',
    what: 'an interface',
    files: {
      'flags/flags.go':
        'package flags\n\nimport "github.com/open-feature/go-sdk/openfeature"\n\ntype Flags interface { IsOn(key string) bool }\n\ntype Remote struct{ client *openfeature.Client }\n\nfunc (r Remote) IsOn(key string) bool {\n\ton, _ := r.client.BooleanValue(ctx, key, false, ec)\n\treturn on\n}\n',
    },
    use: [
      'pay/use.go',
      'package pay\n\nimport "example.com/shop/flags"\n\nfunc page(f flags.Flags) bool { return f.IsOn("k") }\n',
    ],
    expected: ['5 k literal+wrapper certain'],
  },
  {
    language: 'Java',
    what: 'an interface',
    files: {
      'src/shop/Flags.java': 'package shop;\npublic interface Flags { boolean isOn(String key); }\n',
      'src/shop/RemoteFlags.java':
        'package shop;\nimport io.getunleash.Unleash;\nclass RemoteFlags implements Flags {\n  private final Unleash unleash;\n  RemoteFlags(Unleash unleash) { this.unleash = unleash; }\n  @Override public boolean isOn(String key) { return unleash.isEnabled(key); }\n}\n',
    },
    use: [
      'src/shop/Use.java',
      'package shop;\nclass Use {\n  boolean page(Flags flags) { return flags.isOn("k"); }\n}\n',
    ],
    expected: ['3 k literal+wrapper certain'],
  },
  {
    language: 'Java',
    what: 'an annotation',
    files: {
      'src/shop/RequiresFlag.java': 'package shop;\npublic @interface RequiresFlag { String value(); }\n',
      'src/shop/FlagAspect.java':
        'package shop;\nimport io.getunleash.Unleash;\nclass FlagAspect {\n  private final Unleash unleash;\n  FlagAspect(Unleash unleash) { this.unleash = unleash; }\n  Object around(ProceedingJoinPoint point, RequiresFlag requiresFlag) {\n    return unleash.isEnabled(requiresFlag.value()) ? point.proceed() : null;\n  }\n}\n',
    },
    use: ['src/shop/Use.java', 'package shop;\nclass Use {\n  @RequiresFlag("k")\n  void page() {}\n}\n'],
    expected: ['3 k literal+attribute certain'],
  },
  {
    language: 'Kotlin',
    what: 'an interface',
    files: {
      'src/Flags.kt':
        'package shop\nimport io.getunleash.Unleash\ninterface Flags {\n  fun isOn(key: String): Boolean\n}\nclass RemoteFlags(private val unleash: Unleash) : Flags {\n  override fun isOn(key: String) = unleash.isEnabled(key)\n}\n',
    },
    use: ['src/Use.kt', 'package shop\nfun page(flags: Flags) = flags.isOn("k")\n'],
    expected: ['2 k literal+wrapper certain'],
  },
  {
    language: 'Kotlin',
    what: 'an annotation',
    files: {
      'src/RequiresFlag.kt':
        'package shop\nimport io.getunleash.Unleash\nannotation class RequiresFlag(val value: String)\nclass FlagAspect(private val unleash: Unleash) {\n  fun around(point: JoinPoint, requiresFlag: RequiresFlag) = unleash.isEnabled(requiresFlag.value)\n}\n',
    },
    use: ['src/Use.kt', 'package shop\nclass Use {\n  @RequiresFlag("k")\n  fun page() {}\n}\n'],
    expected: ['3 k literal+attribute certain'],
  },
  {
    language: 'Scala',
    what: 'a trait',
    files: {
      'src/Flags.scala':
        'package shop\nimport io.getunleash.Unleash\ntrait Flags {\n  def isOn(key: String): Boolean\n}\nclass RemoteFlags(unleash: Unleash) extends Flags {\n  override def isOn(key: String): Boolean = unleash.isEnabled(key)\n}\n',
    },
    use: ['src/Use.scala', 'package shop\nclass Use(flags: Flags) {\n  def page = flags.isOn("k")\n}\n'],
    expected: ['3 k literal+wrapper certain'],
  },
  {
    language: 'C#',
    what: 'an interface',
    files: {
      'src/Flags.cs':
        'using Microsoft.FeatureManagement;\nnamespace Shop;\npublic interface IFlags { Task<bool> IsOn(string key); }\npublic class Flags(IFeatureManager features) : IFlags\n{\n    public Task<bool> IsOn(string key) => features.IsEnabledAsync(key);\n}\n',
    },
    use: [
      'src/Use.cs',
      'namespace Shop;\npublic class Use(IFlags flags)\n{\n    public Task<bool> Page() => flags.IsOn("k");\n}\n',
    ],
    expected: ['4 k literal+wrapper certain'],
  },
  {
    language: 'C#',
    what: 'an attribute',
    files: {
      'src/RequiresFlag.cs':
        'using Microsoft.FeatureManagement;\nnamespace Shop;\npublic class RequiresFlagAttribute : ActionFilterAttribute\n{\n    private readonly string _key;\n    public RequiresFlagAttribute(string key) { _key = key; }\n    public override void OnActionExecuting(Context context)\n    {\n        IFeatureManager features = context.Get<IFeatureManager>();\n        features.IsEnabledAsync(_key);\n    }\n}\n',
    },
    use: [
      'src/Use.cs',
      'namespace Shop;\npublic class Use\n{\n    [RequiresFlag("k")]\n    public void Page() {}\n}\n',
    ],
    expected: ['4 k literal+attribute certain'],
  },
  {
    language: 'Ruby',
    what: 'a module that is mixed in',
    files: {
      'lib/flags.rb': "require 'flipper'\nmodule Flags\n  def flag_on?(key)\n    Flipper.enabled?(key)\n  end\nend\n",
    },
    use: ['lib/use.rb', 'class Use\n  include Flags\n\n  def page\n    flag_on?(:k)\n  end\nend\n'],
    expected: ['5 k literal+wrapper certain'],
  },
  {
    language: 'PHP',
    what: 'an interface',
    files: {
      'src/Flags.php':
        '<?php\nnamespace Shop;\nuse Laravel\\Pennant\\Feature;\ninterface Flags { public function isOn(string $key): bool; }\nclass RemoteFlags implements Flags {\n  public function isOn(string $key): bool { return Feature::active($key); }\n}\n',
    },
    use: [
      'src/Use_.php',
      "<?php\nnamespace Shop;\nclass Use_ {\n  public function __construct(private Flags $flags) {}\n  public function page() { return $this->flags->isOn('k'); }\n}\n",
    ],
    expected: ['5 k literal+wrapper certain'],
  },
  {
    language: 'Swift',
    what: 'a protocol',
    files: {
      'Sources/Flags.swift':
        'import Statsig\nprotocol Flags {\n  func isOn(_ key: String) -> Bool\n}\nstruct RemoteFlags: Flags {\n  func isOn(_ key: String) -> Bool { return Statsig.checkGate(key) }\n}\n',
    },
    use: [
      'Sources/Use.swift',
      'struct Use {\n  let flags: Flags\n  func page() -> Bool { return flags.isOn("k") }\n}\n',
    ],
    expected: ['3 k literal+wrapper certain'],
  },
  {
    language: 'Rust',
    what: 'a trait',
    files: {
      'src/flags.rs':
        'use launchdarkly_server_sdk::Client;\npub trait Flags { fn is_on(&self, key: &str) -> bool; }\npub struct Remote { client: Client }\nimpl Flags for Remote {\n    fn is_on(&self, key: &str) -> bool { self.client.bool_variation(&self.context, key, false) }\n}\n',
    },
    use: ['src/page.rs', 'use crate::flags::Flags;\npub fn page(flags: &dyn Flags) -> bool { flags.is_on("k") }\n'],
    expected: ['2 k literal+wrapper certain'],
  },
  {
    language: 'C++',
    what: 'a virtual method',
    files: {
      'src/flags.h': 'class Flags {\n public:\n  virtual bool IsOn(const std::string& key) = 0;\n};\n',
      'src/flags.cc':
        '#include "flags.h"\n#include "openfeature/client.h"\nclass RemoteFlags : public Flags {\n public:\n  bool IsOn(const std::string& key) override;\n  std::shared_ptr<openfeature::Client> client_;\n};\nbool RemoteFlags::IsOn(const std::string& key) { return client_->GetBooleanValue(key, false); }\n',
    },
    use: ['src/use.cc', '#include "flags.h"\nbool Page(Flags* flags) { return flags->IsOn("k"); }\n'],
    expected: ['2 k literal+wrapper certain'],
  },
];

describe('interfaces, decorators and attributes that hand a key on', () => {
  for (const { language, what, files, use, expected } of TABLE) {
    it(`${language}: ${what}`, async () => {
      const all = { ...files, [use[0]]: use[1] };
      const source = Object.entries(all)
        .map(([path, text]) => `//- /${path}\n${text}\n`)
        .join('');
      const { snapshot } = await worldOf(source);
      const [path, text] = use;
      const found = (snapshot.files.get(path)?.checks ?? []).map(
        ({ key, nameSpan, via, confidence }) =>
          `${text.slice(0, nameSpan.start).split('\n').length} ${key} ${via.join('+')} ${confidence}`,
      );
      assert.deepEqual(found, expected);
    });
  }
});
