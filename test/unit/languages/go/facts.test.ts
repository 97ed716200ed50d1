/** What each construct of Go says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** A statement in a function without parameters. */
const inFunction = (body: string): string => `func test() {\n${body}\n}\n`;

const IMPORTS: readonly Row[] = [
  ['package main\nimport "fmt"', { imports: ['fmt = * from fmt'] }],
  [
    'import (\n  f "fmt"\n  . "x/y"\n  _ "z" // driver\n)',
    {
      imports: ['f = * from fmt', '* = * from x/y', '_ = * from z'],
      comments: [' driver'],
    },
  ],
  ['import "github.com/a/featuremgmt"', { imports: ['featuremgmt = * from github.com/a/featuremgmt'] }],
  ['import "github.com/a/flags/v2"', { imports: ['flags = * from github.com/a/flags/v2'] }],
  ['import "gopkg.in/yaml.v3"', { imports: ['yaml = * from gopkg.in/yaml.v3'] }],
  ['import "github.com/open-feature/go-sdk"', { imports: ['sdk = * from github.com/open-feature/go-sdk'] }],
  [
    'import "github.com/Unleash/unleash-client-go/v4"',
    {
      imports: ['unleash = * from github.com/Unleash/unleash-client-go/v4'],
    },
  ],
  ['import `v2`', { imports: ['v2 = * from v2'] }],
];

const CONSTANTS: readonly Row[] = [
  ['const A = "a"', { bindings: ["A = 'a' @ constant"], scopes: ['A in FILE'] }],
  [
    'const (\n  A, B = "a", `b\\n`\n  C Flag = iota\n  D\n  E = 1 << iota\n  F pkg.Flag = "f"\n)',
    {
      bindings: [
        "A = 'a' @ constant",
        "B = 'b\\n' @ constant",
        'C: Flag = ? @ constant',
        'D @ constant',
        'E = ? @ constant',
        "F: pkg.Flag = 'f' @ constant",
      ],
      members: [],
    },
  ],
  ['var a, b string = "a", "b"', { bindings: ["a: string = 'a' @ variable", "b: string = 'b' @ variable"] }],
  [
    'var (\n  a *pkg.Client\n  b = f()\n  _ = g()\n)',
    {
      bindings: ['a: pkg.Client @ variable', 'b = f() @ variable'],
      calls: ['f()', 'g()'],
    },
  ],
  ['var a, err = f()', { bindings: ['a = f() @ variable', 'err = f()[1] @ variable'], calls: ['f()'] }],
  [
    'var f = func(a string) string { return a }',
    {
      bindings: ['f = fn @ variable'],
      functions: ['f(a@0: string) -> a'],
    },
  ],
];

const EXPRESSIONS: readonly Row[] = [
  ['var a = "\\n\\x41\\u00e9\\U0001F600\\101\\"\\\\"', { bindings: ["a = '\nAé😀A\"\\' @ variable"] }],
  ['var a = 1_000 + 0', { bindings: ['a = ? @ variable'] }],
  [
    "var a, b, c, d, e, f, g = 0x1F, 1_000, 1.5, 017, 2i, 'a', -3",
    {
      bindings: ['a = 31', 'b = 1000', 'c = 1.5', 'd = 15', 'e = ?', 'f = ?', 'g = -3'].map(
        line => `${line} @ variable`,
      ),
    },
  ],
  ['var a, b, c = true, nil, !d', { bindings: ['a = true', 'b = null', 'c = ?'].map(line => `${line} @ variable`) }],
  ['var a = "a-" + B + "-c"', { bindings: ['a = `a-<B>-c` @ variable'] }],
  ['var a = "a" + "b"', { bindings: ["a = 'ab' @ variable"] }],
  ['var a = b || c.d', { bindings: ['a = (b | c.d) @ variable'], members: ['c.d'] }],
  ['var a = f() && g()', { bindings: ['a = ? @ variable'], branches: ['f() | g()'] }],
  ['var a = b[1]', { bindings: ['a = b[1] @ variable'] }],
  ['var a = b.c["k"].d', { bindings: ["a = b.c['k'].d @ variable"], members: ["b.c['k'].d"] }],
  ['var a = b[1:f()]', { bindings: ['a = ? @ variable'], calls: ['f()'] }],
  ['var a = b.(pkg.T)', { bindings: ['a = pkg.T(b) @ variable'] }],
  ['var a = *b.c', { bindings: ['a = b.c @ variable'] }],
  ['var a = (b)', { bindings: ['a = b @ variable'] }],
  ['var a = string(FlagX)', { bindings: ['a = string(FlagX) @ variable'] }],
  ['var a = Flag("x")', { bindings: ["a = Flag('x') @ variable"] }],
  ['var a = []byte("x")', { calls: ["[byte]('x')"] }],
  ['var a = pkg.Set[int](x)', { calls: ['pkg.Set(x)'], names: ['Set'] }],
  ['var a = pkg.Handlers[i](x)', { calls: ['pkg.Handlers[i](x)'] }],
  ['var a = make([]string, 3)', { calls: ['make([string], 3)'] }],
  [
    'var a = fmt.Sprintf("a-%s-%d%%", b, c.d)',
    {
      bindings: ['a = `a-<b>-<c.d>%` @ variable'],
      calls: ["fmt.Sprintf('a-%s-%d%%', b, c.d)"],
      members: ['c.d'],
    },
  ],
  ['var a = fmt.Sprintf("%q:%v", b, c)', { bindings: ['a = `"<b>":<c>` @ variable'] }],
  [
    'var a = fmt.Sprintf("%5s%x%-3d%s%*d%v", b, c, d, e, f, g, h)',
    {
      bindings: ['a = `<?><?><?><e><?><h>` @ variable'],
    },
  ],
  ['var a = fmt.Sprintf("%[2]s-%[1]s-%s", b, c)', { bindings: ['a = `<c>-<b>-<c>` @ variable'] }],
  ['var a = fmt.Sprintf("a-%s", b...)', { bindings: ['a = `a-<?>` @ variable'] }],
  ['var a = fmt.Sprintf("a-%s")', { bindings: ['a = `a-<?>` @ variable'] }],
  ['var a = fmt.Sprintf("a-%s", "b")', { bindings: ["a = 'a-b' @ variable"] }],
  ['var a = fmt.Sprintf(format, b)', { bindings: ['a = fmt.Sprintf(format, b) @ variable'] }],
  ['var a = f(fmt.Sprintf("a-%s", b))', { bindings: ['a = f(`a-<b>`) @ variable'] }],
  ['var a = "f(1) // no" // g(2)', { calls: [], comments: [' g(2)'] }],
];

const CALLS: readonly Row[] = [
  [inFunction('a.b.C("k", ctx, false)'), { calls: ["a.b.C('k', ctx, false)"], names: ['C'], members: [] }],
  [inFunction('f(g(1), xs...)'), { calls: ['f(g(1), ...xs)', 'g(1)'] }],
  [inFunction('a().B().C()'), { calls: ['a().B().C()', 'a().B()', 'a()'], names: ['C', 'B', 'a'] }],
  [inFunction('go f(1)\ndefer s.Close()\nch <- g()\n<-h()'), { calls: ['f(1)', 's.Close()', 'g()', 'h()'] }],
  [
    inFunction('f(func(a int) string { return g(a) })'),
    {
      calls: ['f(fn)', 'g(a)'],
      functions: ['test() ->', '(none)(a@0: int) -> g(a)'],
    },
  ],
  [inFunction('f(a.B, c().D)'), { members: ['a.B', 'c().D'] }],
  [
    inFunction('if features.IsEnabled(ctx, featuremgmt.FlagX) { f() }'),
    {
      calls: ['features.IsEnabled(ctx, featuremgmt.FlagX)', 'f()'],
      members: ['featuremgmt.FlagX'],
    },
  ],
  [inFunction('switch x := f(); x { case a(), "b": g(); default: h() }'), { calls: ['f()', 'a()', 'g()', 'h()'] }],
  [inFunction('select { case v := <-f(): g(v); case h() <- 3: }'), { calls: ['f()', 'g(v)', 'h()'] }],
  [inFunction('L:\n for i := range f() { g[int](i) }'), { calls: ['f()', 'g(i)'] }],
];

const COMPOSITES: readonly Row[] = [
  [
    'var a = pkg.T{Key: "k", Other: &U{1, "a"}, Third: {2}}',
    {
      bindings: ["a = new pkg.T(Key='k', Other=new U(1, 'a'), Third=[2]) @ variable"],
      calls: ["new pkg.T(Key='k', Other=new U(1, 'a'), Third=[2])", "new U(1, 'a')"],
      names: ['T', 'U'],
      members: [],
    },
  ],
  [
    'var a = []T{{Key: "a"}, {"b"}, *c, {D: {1}}}',
    {
      bindings: ["a = [new T(Key='a'), new T('b'), c, new T(D=[1])] @ variable"],
      names: ['{', '{', '{'],
    },
  ],
  ['var a = []*pkg.T{{Key: f()}}', { calls: ['new pkg.T(Key=f())', 'f()'] }],
  ['var a = [...]string{0: "a", "b"}', { bindings: ["a = ['a', 'b'] @ variable"] }],
  [
    'var a = map[string]T{"a": {K: 1}, b.C: {}, "d": U{}}',
    {
      bindings: ['a = {a: new T(K=1), d: new U()} @ variable'],
      calls: ['new T(K=1)', 'new T()', 'new U()'],
      members: ['b.C'],
    },
  ],
  ['var a = map[string][]string{"a": {"b", "c"}}', { bindings: ["a = {a: ['b', 'c']} @ variable"] }],
  ['var a = []struct{ n string }{{"a"}, {n: "b"}}', { bindings: ["a = [{n: 'a'}, {n: 'b'}] @ variable"] }],
  [
    'var a = Flags{"a": true, b.C: false}',
    { bindings: ['a = new Flags(a=true, b.C=false) @ variable'], members: ['b.C'] },
  ],
  ['var a = Set[int, string]{x: 1}', { bindings: ['a = new Set(x=1) @ variable'] }],
  ['var a = (&T{a: 1}).Do("x")', { calls: ["new T(a=1).Do('x')", 'new T(a=1)'], names: ['Do', 'T'] }],
];

const FUNCTIONS: readonly Row[] = [
  [
    'func F(ctx context.Context, a, b string, rest ...*pkg.T) (bool, error) { return a == b, nil }',
    {
      functions: ['F(ctx@0: context.Context, a@1: string, b@2: string, rest@3: pkg.T) -> ?'],
    },
  ],
  [
    'func (s *S) M(a []T) T { return s.get(a) }',
    {
      functions: ['S.M(s@-1: S, a@0: [T]) -> s.get(a)'],
      calls: ['s.get(a)'],
    },
  ],
  ['func (S) M() {}', { functions: ['S.M() ->'] }],
  ['func (s *Set[T]) M(_ int, a T) {}', { functions: ['Set.M(s@-1: Set, a@1: T) ->'] }],
  [
    'func F[T any](string, a int) {}\nfunc G(int, string) {}',
    { functions: ['F(string@0: int, a@1: int) ->', 'G() ->'] },
  ],
  ['func F(f func(a int) bool) { f(1) }', { functions: ['F(f@0: ?) ->'] }],
  [
    'func F() string { if a { return "a" }; g := func() int { return 1 }; return "b" }',
    {
      functions: ["F() -> 'a' | 'b'", 'g() -> 1'],
    },
  ],
  ['func F(a string)', { functions: ['F(a@0: string) ->'] }],
];

const LOCALS: readonly Row[] = [
  [
    inFunction('a, err := f("k")\ng(a)'),
    {
      bindings: ["a = f('k') @ variable", "err = f('k')[1] @ variable"],
      scopes: ['a in \ng(a)\n}', 'err in \ng(a)\n}'],
      calls: ["f('k')", 'g(a)'],
    },
  ],
  [inFunction('a, b := "x", c.D'), { bindings: ["a = 'x' @ variable", 'b = c.D @ variable'], members: ['c.D'] }],
  [inFunction('v, ok := m["k"]\n_ = v'), { bindings: ["v = m['k'] @ variable", "ok = m['k'][1] @ variable"] }],
  [
    inFunction('if x := f(); x { g() } else if y { h() } else { i() }'),
    {
      scopes: ['x in ; x { g() } else if y { h() } else { i() }'],
      branches: ['x | { g() } | if y { h() } else { i() }', 'y | { h() } | { i() }'],
    },
  ],
  [
    inFunction('x := 1\nif a { x = 2 }'),
    {
      bindings: ['x = 1 @ variable', 'x = 2 @ variable'],
      scopes: ['x in \nif a { x = 2 }\n}', 'x in \nif a { x = 2 }\n}'],
    },
  ],
  [
    'func F(a int) { a = 2; b = 3; a += 1 }',
    {
      bindings: ['a = 2 @ variable', 'b = 3 @ variable', 'a = ? @ variable'],
      scopes: [
        'a in func F(a int) { a = 2; b = 3; a += 1 }',
        'b in FILE',
        'a in func F(a int) { a = 2; b = 3; a += 1 }',
      ],
    },
  ],
  [
    inFunction('Client, err = ld.MakeClient("k")'),
    {
      bindings: ["Client = ld.MakeClient('k') @ variable", "err = ld.MakeClient('k')[1] @ variable"],
      scopes: ['Client in FILE', 'err in FILE'],
    },
  ],
  [
    inFunction('for i, k := range []string{"a", "b"} { f(k) }'),
    {
      bindings: ['i @ variable', "k = ('a' | 'b') @ variable"],
      scopes: ['i in  { f(k) }', 'k in  { f(k) }'],
      branches: [],
    },
  ],
  [
    inFunction('for i := 0; i < f(); i++ { g() }\nfor h() { }'),
    {
      branches: ['i < f() | { g() }', 'h() | { }'],
      bindings: ['i = 0 @ variable'],
    },
  ],
  [inFunction('switch t := x.(type) { case string: f(t) }'), { bindings: ['t = x @ variable'] }],
  [
    inFunction('const k = "a"\nvar v T\ntype L struct { a int }'),
    {
      bindings: ["k = 'a' @ constant", 'v: T @ variable', 'L.a: int @ field'],
      types: ['struct L()'],
    },
  ],
  [
    'func (s *S) M() { s.client = f(); s.a.b = 1; t.c = 2; s.d[1] = 3 }',
    {
      bindings: ['S.client = f() @ field'],
      members: ['s.a', 's.d'],
      scopes: ['client in FILE'],
    },
  ],
];

const TYPES: readonly Row[] = [
  ['type Flag string', { types: ['alias Flag(string)'] }],
  ['type A = other.Flag', { types: ['alias A(other.Flag)'] }],
  [
    'type (\n  F func(a string) bool\n  M map[string]int\n  L []T\n)',
    {
      types: ['alias F()', 'alias M()', 'alias L([T])'],
    },
  ],
  [
    'type S struct {\n  a, b string `json:"x"`\n  *pkg.E\n  E2\n  E3[int] // why\n  c func()\n}',
    {
      types: ['struct S(pkg.E, E2, E3)'],
      bindings: ['S.a: string @ field', 'S.b: string @ field', 'S.c: ? @ field'],
      scopes: ['a in FILE', 'b in FILE', 'c in FILE'],
      comments: [' why'],
    },
  ],
  [
    'type I interface {\n  fmt.Stringer\n  M(a string, b int) (bool, error)\n  N() string\n  ~int | string\n}',
    {
      types: ['interface I(fmt.Stringer)'],
      functions: ['I.M(a@0: string, b@1: int) ->', 'I.N() ->'],
    },
  ],
];

const COMMENTS: readonly Row[] = [
  [
    '// runbook: a.md\n/* two\n lines */\npackage a // three\n//\n/**/\nvar a = f( /* in */ 1)',
    {
      comments: [' runbook: a.md', ' two\n lines ', ' three', '', '', ' in '],
      calls: ['f(1)'],
    },
  ],
  ['var a = `f(1) // no`', { comments: [], calls: [] }],
];

describe('Go facts', () => {
  describe('imports', () => testRows('go', IMPORTS));
  describe('constants and variables', () => testRows('go', CONSTANTS));
  describe('expressions', () => testRows('go', EXPRESSIONS));
  describe('calls', () => testRows('go', CALLS));
  describe('composite literals', () => testRows('go', COMPOSITES));
  describe('functions', () => testRows('go', FUNCTIONS));
  describe('locals', () => testRows('go', LOCALS));
  describe('types', () => testRows('go', TYPES));
  describe('comments', () => testRows('go', COMMENTS));
});
