/** What each construct of C++ says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Statements in a function without parameters. */
const inFunction = (body: string): string => `void f() {\n${body}\n}\n`;

const ROWS: readonly Row[] = [
  [
    '#include <a/b.hpp>\n#include "c.h"\nusing namespace d::e;\nusing g::h::I;\nnamespace j = k::l; // why\n',
    {
      imports: ['* = * from a/b.hpp', '* = * from c.h', '* = * from d.e', 'I = I from g.h', 'j = l from k'],
      comments: [' why'],
    },
  ],
  [
    '#define A "a\\n"\n#define B L"b"\n#define C 3\n#define D(x) "d"\nconst char* const E = "e" "f";\nconstexpr char G[] = R"x(g"h)x";\nextern const char H[];\nint i = 1\'000u;\n',
    {
      bindings: [
        "A = 'a\n' @ constant",
        "B = 'b' @ constant",
        "E = 'ef' @ constant",
        "G = 'g\"h' @ constant",
        'i = 1000 @ variable',
      ],
    },
  ],
  [
    'namespace a::b { namespace { constexpr std::string_view kA{"a"}; } const std::string kB("b"); bool g(); }\ninline namespace v1 { int c; }\n',
    {
      types: ['namespace a()', 'namespace b()'],
      bindings: ["kA: std.string_view = 'a' @ constant", "kB: std.string = 'b' @ constant", 'c @ variable'],
      scopes: [
        'kA in b { namespace { constexpr std::string_view kA{"a"}; } const std::string kB("b"); bool g(); }',
        'kB in b { namespace { constexpr std::string_view kA{"a"}; } const std::string kB("b"); bool g(); }',
        'c in FILE',
      ],
      functions: ['g() ->'],
    },
  ],
  [
    'BASE_FEATURE(kX, "X", base::ENABLED);\nDECLARE(kX);\nconst base::Feature kY{"Y", base::DISABLED};\nvoid f() { CHECK_EQ(a, b); }\n',
    {
      bindings: [
        "kX = BASE_FEATURE(kX, 'X', base.ENABLED) @ constant",
        "kY: base.Feature = new base.Feature('Y', base.DISABLED) @ constant",
      ],
    },
  ],
  [
    'enum class F : int { kA, kB = 2 };\nenum G { H };\n',
    {
      types: ['enum F()', 'enum G()'],
      bindings: [
        'F.kA = new F() @ enum-member',
        'F.kB = new F() @ enum-member',
        'G.H = new G() @ enum-member',
        'H = G.H @ constant',
      ],
    },
  ],
  [
    'template <typename T> class MY_EXPORT S final : public B, private n::O<T> {\n public:\n  explicit S(std::unique_ptr<C> c, const std::string& key = "k") : c_(std::move(c)), key_{key} {}\n  virtual bool On(const std::string& key) const = 0;\n  static constexpr char kK[] = "kk";\n  static const char kL[];\n F g_ = F::kA;\n private:\n  std::shared_ptr<n::C> c_;\n};\nclass Forward;\n',
    {
      types: ['class S(B, n.O)'],
      functions: ["S.S(c@0: C, key@1: std.string = 'k') ->", 'S.On(key@0: std.string) ->'],
      bindings: [
        'S.c_ = c @ field',
        'S.key_ = key @ field',
        "S.kK = 'kk' @ constant",
        'S.g_: F = F.kA @ field',
        'S.c_: n.C @ field',
      ],
    },
  ],
  [
    'bool A::B::On(const std::string& key) const { return c_->get(key); }\nconst char B::kOut[] = "out";\nauto F() -> C*;\n',
    {
      types: ['extension B(A.B)', 'extension B(B)'],
      functions: ['B.On(key@0: std.string) -> c_.get(key)', 'F() ->'],
      bindings: ["B.kOut = 'out' @ constant"],
    },
  ],
  [
    inFunction(
      'Client a(config);\nClient b(std::move(x), 1);\nauto c = std::make_unique<n::Client>(1);\nauto* d = new n::Client(2);\nS e{.key = "k", .n = 2};\nauto [g, h] = pair();\nstd::string i = kA + "-" + j;\nauto k = absl::StrCat("p-", l);\nauto m = std::format("q-{}", "r");',
    ),
    {
      bindings: [
        'a: Client = new Client() @ variable',
        'b: Client = new Client(x, 1) @ variable',
        'c = std.make_unique(1) @ variable',
        'd = new n.Client(2) @ variable',
        "e: S = new S(key='k', n=2) @ variable",
        'g @ variable',
        'h @ variable',
        'i: std.string = `<kA>-<j>` @ variable',
        'k = `p-<l>` @ variable',
        "m = 'q-r' @ variable",
      ],
    },
  ],
  [
    inFunction(
      'a_->b("k").c<int>(L"w", nullptr, true);\n::n::D::E(f, {"x", "y"});\n(*p).g(std::string("s"));\nstatic_cast<H*>(q)->r();\nT{1}.s();',
    ),
    {
      calls: [
        "a_.b('k').c('w', null, true)",
        "a_.b('k')",
        "n.D.E(f, ['x', 'y'])",
        "p.g('s')",
        "std.string('s')",
        'static_cast(q).r()',
        'static_cast(q)',
        'new T(1).s()',
        'new T(1)',
      ],
    },
  ],
  [
    inFunction(
      'if (a() && b) { c(); } else if (auto d = e()) g(d); else h();\nwhile (i) j();\nfor (const auto& k : {"x", "y"}) l(k);\nm ? n : o;\nfor (int p = 0; p < 3; ++p) q();',
    ),
    {
      branches: [
        'a() && b | { c(); } | if (auto d = e()) g(d); else h();',
        'a() | b',
        'auto d = e() | g(d); | h();',
        'i | j();',
        'm | n | o',
        'p < 3 | q();',
      ],
      bindings: ['d = e() @ variable', "k = ('x' | 'y') @ variable", 'p = 0 @ variable'],
    },
  ],
  [
    'int a = 1;\n#if defined(X) && Y(Z)\nint b = 2;\n#else\nint c = 3;\n#endif\nBASE_FEATURE(kW,\n             "W",\n#if BUILDFLAG(IS_LINUX) || \\\n    BUILDFLAG(IS_MAC)\n             base::ON\n#else\n             base::OFF\n#endif\n);\nint d = 4;\n',
    {
      bindings: [
        'a = 1 @ variable',
        'b = 2 @ variable',
        'c = 3 @ variable',
        "kW = BASE_FEATURE(kW, 'W', base.ON) @ constant",
        'd = 4 @ variable',
      ],
    },
  ],
  [
    'auto x = [this, &a](const std::string& k) -> bool { return On(k, true); };\nusing A = n::B<int>;\ntypedef n::C D;\n',
    { functions: ['(none)(k@0: std.string) -> On(k, true)'], types: ['alias A(n.B)', 'alias D(n.C)'] },
  ],
  [
    'COMPONENT_EXPORT(X) bool IsX();\nclass COMPONENT_EXPORT(X) Y : public Z { bool W() { this->a = b; return this->a; } };\n',
    { functions: ['IsX() ->', 'Y.W() -> this.a'], types: ['class Y(Z)'], bindings: ['Y.a = b @ field'] },
  ],
  [
    inFunction('auto a = "f(1) // no"; // g(2)\n/* h(3) */ std::string b = R"(i(4))";'),
    { calls: [], comments: [' g(2)', ' h(3) '] },
  ],
];

describe('facts of C++', () => testRows('cpp', ROWS));
