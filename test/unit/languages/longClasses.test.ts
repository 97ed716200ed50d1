/**
 * Typing in a class or namespace that is long: its members are read one by one. Whatever it goes through, as soon as it has no error its
 * facts are those of a fresh look.
 */
import assert from 'node:assert/strict';
import { type ParsedText, parseText, releaseText, reparseText } from '../../../server/src/core/languages/extract.ts';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { factsWith, LANGUAGES, loadGrammars } from '../../support/facts.ts';
import { assertWellFormed } from './wellFormed.ts';

/** What is around the members, and members of several kinds; `№` is a number. */
interface Sample {
  readonly before: string;
  readonly members: readonly string[];
  readonly after: string;
}

const SAMPLES: Readonly<Partial<Record<LanguageId, Sample>>> = {
  typescript: {
    before: "import { client } from './c';\n@Injectable()\nexport class Shop<T> extends Base(mixin) {\n",
    members: [
      "  private readonly key№ = 'flag-№';\n",
      '  // A comment.\n',
      "  async handle№(input: string, { a = 1 }: Options): Promise<number> {\n    const total = this.sum(input.length, `t-${input}`);\n    if (await client.isOn('flag-№')) return total;\n    this.last = total;\n    return this.round(total);\n  }\n",
      "  @HostListener('x')\n  static make№() { return class { inner = client.isOn('i-№'); }; }\n",
      '  get on№() { return client.isOn(this.key№) ? \'😀\' : "b"; }\n',
    ],
    after: '}\nexport const shop = new Shop();\n',
  },
  java: {
    before: 'package a;\nimport b.Client;\n@Service\npublic class Shop extends Base<Client> {\n',
    members: [
      '  private static final String KEY№ = "flag-№";\n',
      '  /* A comment. */\n',
      '  @Get("/x") int handle№(String input, Options options) {\n    int total = sum(input.length());\n    last = total;\n    if (client.isOn("flag-№")) return total;\n    return round(total, KEY№);\n  }\n',
      '  static class Inner№ { boolean on() { return client.isOn("i-№"); } }\n',
      '  enum Kind№ { A("a-№"), B("b"); Kind№(String key) { this.key = key; } }\n',
    ],
    after: '}\n',
  },
  csharp: {
    before: 'using B;\nnamespace A {\n[Route("x")]\npublic class Shop : Base<Client> {\n',
    members: [
      '  private const string Key№ = "flag-№";\n',
      '  // A comment.\n',
      '  public async Task<int> Handle№(string input) {\n    var total = Sum(input.Length, $"t-{input}");\n    last = total;\n    if (await client.IsOn("flag-№")) return total;\n    return this.Round(total, Key№);\n  }\n',
      '  public bool On№ => client.IsOn(Key№);\n',
      '  class Inner№ { bool On() { return client.IsOn("i-№"); } }\n',
    ],
    after: '}\nclass Other { int a; }\n}\n',
  },
  kotlin: {
    before: 'package a\nimport b.Client\n@Service\nclass Shop(private val client: Client) : Base(client) {\n',
    members: [
      '  private val key№ = "flag-№"\n',
      '  // A comment.\n',
      '  fun handle№(input: String): Int {\n    val total = sum(input.length, "t-$input")\n    last = total\n    if (client.isOn("flag-№")) return total\n    return round(total)\n  }\n',
      '  val on№: Boolean\n    get() = client.isOn(key№)\n',
      '  object Inner№ {\n    val on = Client().isOn("i-№")\n  }\n',
    ],
    after: '}\nval shop = Shop(Client())\n',
  },
  python: {
    before: 'from b import client\n\n\n@decorated("x")\nclass Shop(Base, metaclass=Meta):\n',
    members: [
      '    key_№ = "flag-№"\n',
      '    # A comment.\n',
      '    def handle_№(self, text, *, a=1):\n        """Text of №."""\n        total = self.sum(len(text), f"t-{text}")\n        self.last_№ = total\n        if client.is_on("flag-№"):\n            return total\n        return self.round(total)\n\n',
      '    @property\n    def on_№(self):\n        return client.is_on(self.key_№)\n\n',
      '    class Inner№:\n        on = client.is_on("i-№")\n\n',
    ],
    after: '\n\nshop = Shop()\n',
  },
  swift: {
    before: 'import B\n@objc class Shop: Base {\n',
    members: [
      '  private let key№ = "flag-№"\n',
      '  // A comment.\n',
      '  func handle№(input: String, of b: Int = 1) -> Int {\n    let total = sum(input.count, "t-\\(input)")\n    last = total\n    if client.isOn("flag-№") { return total }\n    return self.round(total)\n  }\n',
      '  var on№: Bool { client.isOn(key№) }\n',
      '  enum Kind№: String { case a = "a-№", b }\n',
    ],
    after: '}\nlet shop = Shop()\n',
  },
  rust: {
    before: 'use b::Client;\nimpl Shop for Base {\n',
    members: [
      '  const KEY_№: &str = "flag-№";\n',
      '  // A comment.\n',
      '  #[inline]\n  fn handle_№(&self, input: &str) -> usize {\n    let total = self.sum(input.len(), format!("t-{}", input));\n    if self.client.is_on("flag-№") { return total; }\n    self.round(total)\n  }\n',
      '  fn on_№() -> bool { CLIENT.is_on(Self::KEY_№) }\n',
    ],
    after: '}\nstatic SHOP: Shop = Shop {};\n',
  },
  cpp: {
    before: '#include "b.h"\nnamespace a::shop {\n',
    members: [
      'constexpr char kKey№[] = "flag-№";\n',
      '// A comment.\n',
      'int Handle№(const std::string& input) {\n  auto total = Sum(input.size());\n  last = total;\n  if (client->IsOn("flag-№")) return total;\n  return Round(total, kKey№);\n}\n',
      'class Inner№ : public Base { public: bool On() const { return client_->IsOn(kKey№); } int a = 1; };\n',
      'int total№ = 1;\n',
    ],
    after: '}  // namespace\nint main() { return a::shop::Handle0(""); }\n',
  },
  scala: {
    before: 'package a\nimport b.Client\nclass Shop(client: Client) extends Base(client) {\n',
    members: [
      '  private val key№ = "flag-№"\n',
      '  // A comment.\n',
      '  def handle№(input: String): Int = {\n    val total = sum(input.length, s"t-$input")\n    last = total\n    if (client.isOn("flag-№")) return total\n    round(total)\n  }\n',
      '  lazy val on№ = client.isOn(key№)\n',
      '  object Inner№ { val on = Client.isOn("i-№") }\n',
    ],
    after: '}\n',
  },
  ruby: {
    before: "require 'b'\nmodule A\nclass Shop < Base\n",
    members: [
      '  KEY_№ = "flag-№"\n',
      '  # A comment.\n',
      '  def handle_№(input, a: 1)\n    total = sum(input.length, "t-#{input}")\n    @last_№ = total\n    return total if client.on?(:flag_№)\n    round(total)\n  end\n',
      '  attr_reader :on_№\n',
      '  class Inner№\n    ON = CLIENT.on?("i-№")\n  end\n',
    ],
    after: 'end\nend\nSHOP = A::Shop.new\n',
  },
  php: {
    before: '<?php\nnamespace A;\nuse B\\Client;\n#[Route("x")]\nclass Shop extends Base {\n',
    members: [
      '  private const KEY_№ = "flag-№";\n',
      '  // A comment.\n',
      '  public function handle№(string $input, $a = 1): int {\n    $total = $this->sum(strlen($input), "t-{$input}");\n    $this->last№ = $total;\n    if ($this->client->isOn("flag-№")) return $total;\n    return $this->round($total, self::KEY_№);\n  }\n',
      '  public static function on№() { return Client::isOn(static::KEY_№); }\n',
    ],
    after: '}\n$shop = new Shop();\n',
  },
};

const PIECES = [
  'x',
  ' ',
  '\n',
  '1',
  '.',
  '"',
  "'",
  '(',
  ')',
  '{',
  '}',
  ';',
  '//',
  '#',
  '/*',
  '😀',
  '\r\n',
  'a = b(1)',
  '= 2',
];

describe('typing in a long class', () => {
  let grammars: Grammars;
  const languages = Object.keys(SAMPLES) as LanguageId[];
  before(async () => {
    grammars = await loadGrammars(...languages);
  });

  for (const language of languages) {
    for (const eol of ['\n', '\r\n']) {
      it(`${language}${eol === '\n' ? '' : ' with CRLF'}: facts are those of a fresh look`, function () {
        this.timeout(60_000);
        const text = textOf(SAMPLES[language]!).replaceAll('\n', eol);
        const random = randomNumbers(language.length + eol.length);
        let parsed = parseText(grammars, LANGUAGES[language], text);
        assert.equal(parsed?.facts.broken, false);
        let whole = 0;
        for (let round = 0; round < EDITS; round++) {
          assert.ok(parsed !== null);
          const start = random(text.length - 4);
          const oldEnd = start + (random(3) === 0 ? random(4) : 0);
          const inserted = random(2) === 0 ? 'x' : PIECES[random(PIECES.length)]!;
          const edit = { start, oldEnd, inserted };
          const undo = { start, oldEnd: start + inserted.length, inserted: text.slice(start, oldEnd) };
          const typed = edited(grammars, parsed, edit);
          if (typed?.facts.broken === false) whole++;
          assert.ok(typed !== null);
          parsed = edited(grammars, typed, undo);
          assert.equal(parsed?.text, text);
        }
        assert.ok(
          parsed?.layout.chunks.some(({ role }) => role === 'member'),
          'It was never read in parts.',
        );
        assert.ok(whole > 1, `Only ${whole} of ${EDITS} edits left no error.`);
        releaseText(parsed);
      });
    }
  }
});

/** How often each class is edited. More find more. */
const EDITS = Number(process.env.CLASS_EDITS ?? 14);

function edited(grammars: Grammars, parsed: ParsedText, edit: { start: number; oldEnd: number; inserted: string }) {
  const { id } = parsed.language;
  const next = reparseText(grammars, parsed, [edit]);
  assert.ok(next !== null);
  const fresh = factsWith(grammars, id, next.text);
  if (fresh.broken) return next;
  assert.deepEqual(next.facts, fresh, JSON.stringify([edit, next.text.slice(edit.start - 60, edit.start + 60)]));
  assertWellFormed(next.facts, next.text);
  return next;
}

function textOf({ before, members, after }: Sample): string {
  const all: string[] = [];
  for (let length = 0, at = 0; length < 10_000; at++) {
    const member = members[at % members.length]!.replaceAll('№', String(at));
    all.push(member);
    length += member.length;
  }
  return before + all.join('') + after;
}

/** The same numbers on every run: below a limit, from a linear congruential generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}
