/** What each construct of C# says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Members of a class. */
const inClass = (body: string): string => `class C {\n${body}\n}\n`;

/** Statements in a method without parameters. */
const inMethod = (body: string): string => `class C { void M() {\n${body}\n} }\n`;

const USINGS: readonly Row[] = [
  [
    'using LaunchDarkly.Sdk.Server;\nusing static A.B.Keys; // why\nusing F = A.Flags;\nusing S = Single;',
    {
      imports: ['* = * from LaunchDarkly.Sdk.Server', '* = * from A.B.Keys', 'F = Flags from A', 'S = Single from '],
      comments: [' why'],
    },
  ],
  ['global using A.B;\nglobal using F = global::A.Flags;', { imports: ['* = * from A.B', 'F = Flags from A'] }],
  ['namespace A { using B; class C { } }', { imports: ['* = * from B'], types: ['class C()'] }],
  ['using var c = new C();\nusing (d) { }', { imports: [], bindings: ['c = new C() @ variable'] }],
];

const MEMBERS: readonly Row[] = [
  [
    inClass(
      'public const string A = "a", B = "b" + A;\nstatic readonly Flag X = new("x");\nprivate readonly IClient? _client;\nint n = 3;',
    ),
    {
      bindings: [
        "C.A = 'a' @ constant",
        'C.B = `b<A>` @ constant',
        "C.X: Flag = new Flag('x') @ constant",
        'C._client: IClient @ field',
        'C.n = 3 @ field',
      ],
      names: ['new'],
    },
  ],
  [
    inClass('static class D { const string K = "d"; }\nconst string K = "c";'),
    {
      bindings: ["D.K = 'd' @ constant", "C.K = 'c' @ constant"],
      scopes: [
        'K in static class D { const string K = "d"; }',
        'K in class C {\nstatic class D { const string K = "d"; }\nconst string K = "c";\n}',
      ],
    },
  ],
  [
    inClass(
      'string A { get; set; } = "a";\nstatic string B => "b";\nbool D { get { return F("d"); } }\nstring E { get => "e"; set => _e = value; }\nA.IClient G { get; }',
    ),
    {
      bindings: [
        "C.A = 'a' @ field",
        "C.B = 'b' @ field",
        "C.D = F('d') @ field",
        "C.E = 'e' @ field",
        'C._e = value @ field',
        'C.G: A.IClient @ field',
      ],
      functions: ["C.B() -> 'b'", "C.D() -> F('d')", "C.E() -> 'e'"],
    },
  ],
  [
    inClass('C(IClient client) : base(client) { this.Client = client; _own = client ?? throw new E(); @class = 1; }'),
    {
      bindings: ['C.Client = client @ field', 'C._own = client @ field', 'C.class = 1 @ field'],
      functions: ['C.C(client@0: IClient) ->'],
    },
  ],
  [
    inClass('Task<IClient> a; Lazy<A.IClient> b; Dictionary<string, IClient> c; IClient[] d; List<IClient> e;'),
    {
      bindings: ['C.a: IClient', 'C.b: A.IClient', 'C.c: Dictionary', 'C.d: [IClient]', 'C.e: List'].map(
        line => `${line} @ field`,
      ),
    },
  ],
  [
    inClass('#if DEBUG\nstring A = "a";\n#else\nstring A = "b";\n#endif'),
    { bindings: ["C.A = 'a' @ field", "C.A = 'b' @ field"] },
  ],
];

const STRINGS: readonly Row[] = [
  [inMethod('var a = "\\n\\u00e9\\x41\\"\\\\";'), { bindings: ["a = '\né" + 'A"\\\' @ variable'] }],
  [inMethod('var a = @"c:\\d ""e""";'), { bindings: ['a = \'c:\\d "e"\' @ variable'] }],
  [inMethod('var a = """b "c" """;'), { bindings: ['a = \'b "c" \' @ variable'] }],
  [inMethod('var a = """\n    two\n      lines\n    """;'), { bindings: ["a = 'two\n  lines' @ variable"] }],
  [inMethod('var a = $"a-{b}-{C.D}-{{e}}";'), { bindings: ['a = `a-<b>-<C.D>-{e}` @ variable'], members: ['C.D'] }],
  [inMethod('var a = $@"a\\{b:N0}{c,5}""d""";'), { bindings: ['a = `a\\<?><?>"d"` @ variable'] }],
  [inMethod('var a = $$"""{b}-{{c}}""";'), { bindings: ['a = `{b}-<c>` @ variable'] }],
  [inMethod('var a = $"a-{"b"}";'), { bindings: ["a = 'a-b' @ variable"] }],
  [inMethod('var a = $"x{{{b}}}";'), { bindings: ['a = `x{<?>` @ variable'] }],
  [inMethod('var a = "a-" + b + "-c";'), { bindings: ['a = `a-<b>-c` @ variable'] }],
  [
    inMethod('var a = string.Format("a-{1}-{0}-{0:x}-{{}}", b, c);'),
    { bindings: ['a = `a-<c>-<b>-<?>-{}` @ variable'] },
  ],
  [inMethod('var a = String.Concat("a-", b);'), { bindings: ['a = `a-<b>` @ variable'] }],
  [inMethod('F(nameof(A.B), nameof(C), nameof(D<int>));'), { calls: ["F('B', 'C', 'D')"], members: [] }],
];

const EXPRESSIONS: readonly Row[] = [
  [
    inMethod(
      "var a = 0x1F; var b = 1_000UL; var c = 1.5m; var d = 'x'; var e = -3; var f = null; var g = !h; var i = true;",
    ),
    {
      bindings: ['a = 31', 'b = 1000', 'c = 1.5', "d = 'x'", 'e = -3', 'f = null', 'g = ?', 'i = true'].map(
        line => `${line} @ variable`,
      ),
    },
  ],
  [
    inMethod('var a = b ? C.D : "e"; var f = g ?? h;'),
    { bindings: ["a = (C.D | 'e') @ variable", 'f = (g | h) @ variable'], branches: ['b | C.D | "e"'] },
  ],
  [inMethod('var a = F() && G();'), { bindings: ['a = ? @ variable'], branches: ['F() | G()'] }],
  [
    inMethod('var a = (Foo)b.C; var d = e as Foo; var f = (await g)!; var h = ((Foo)i).J();'),
    {
      bindings: ['a = b.C @ variable', 'd = e @ variable', 'f = g @ variable', 'h = i.J() @ variable'],
      members: ['b.C'],
    },
  ],
  [
    inMethod(
      'var a = new[] { "b" }; string[] c = ["d", ..e]; var f = new string[] { G }; List<int> h = []; var i = c[0]; var j = c?[1];',
    ),
    {
      bindings: ["a = ['b']", "c: [?] = ['d', ?]", 'f = [G]', 'h: List = []', 'i = c[0]', 'j = c[1]'].map(
        line => `${line} @ variable`,
      ),
    },
  ],
  [
    inMethod('var a = new Dictionary<string, Flag> { ["b"] = C.D, { "e", f } }; var g = new { H = "i", J };'),
    { bindings: ['a = {b: C.D, e: f} @ variable', "g = {H: 'i'} @ variable"], calls: ['new Dictionary()'] },
  ],
  [
    inMethod('var a = b switch { 1 => "c", Foo { X: 1 } f => f.G(), _ => throw new E() };'),
    { bindings: ["a = ('c' | f.G()) @ variable", 'f: Foo @ variable'] },
  ],
  [inMethod('var a = "F(1) // no"; // G(2)'), { calls: [], comments: [' G(2)'] }],
];

const CALLS: readonly Row[] = [
  [
    inMethod('a.B.C("k", ctx, defaultValue: false);'),
    { calls: ["a.B.C('k', ctx, defaultValue=false)"], names: ['C'], members: [] },
  ],
  [inMethod('F(G(1), a.B, C().D, out var e, ref f);'), { calls: ['F(G(1), a.B, C().D, ?, f)', 'G(1)', 'C()'] }],
  [
    inMethod('a?.B("k"); a?.B?.C(d); a!.B!.C("k"); a?[0].B();'),
    {
      calls: ["a.B('k')", 'a.B.C(d)', "a.B.C('k')", 'a[0].B()'],
      names: ['B', 'C', 'C', 'B'],
      members: [],
    },
  ],
  [inMethod('this.A(1); base.B(2); global::C.D.E("k");'), { calls: ['this.A(1)', 'base.B(2)', "C.D.E('k')"] }],
  [
    inMethod('var x = p.GetRequiredService<IFoo>(); Get<A.B>().C("k"); F<A, B>();'),
    {
      bindings: ['x: IFoo = p.GetRequiredService() @ variable'],
      calls: ['p.GetRequiredService()', "Get().C('k')", 'Get()', 'F()'],
    },
  ],
  [
    inMethod('new A.B<int>("k", C()) { D = "d", E = { 1 } }; A f = new("k"); new Lazy<A>(); x = new();'),
    {
      calls: ["new A.B('k', C(), D='d', E=[1])", 'C()', "new A('k')", 'new Lazy()', 'new ?()'],
      names: ['B', 'C', 'new', 'Lazy', 'new'],
    },
  ],
  [
    inMethod('F(x => G(x), async (string y, int z) => { return H(z); }, delegate (int a) { return 1; });'),
    {
      calls: ['F(fn, fn, fn)', 'G(x)', 'H(z)'],
      functions: ['C.M() ->', '(none)(x@0) -> G(x)', '(none)(y@0, z@1) -> H(z)', '(none)(a@0) -> 1'],
    },
  ],
  [
    inMethod(
      'switch (F()) { case A: G(); break; default: H(); break; }\nlock (I()) { J(); }\nfrom x in K() where x.L("k") select x;',
    ),
    { calls: ['F()', 'G()', 'H()', 'I()', 'J()', 'K()', "x.L('k')"] },
  ],
];

const ATTRIBUTES: readonly Row[] = [
  [
    '[assembly: A("z")]\n[A, B("k", X = 1)]\n[C.D(K.Y, n: "b")]\nclass E { [F] void M([G(1)] string s) { } [H<int>] string P { get; } }',
    {
      decorators: ["A('z')", 'A()', "B('k', X=1)", "C.D(K.Y, n='b')", 'F()', 'G(1)', 'H()'],
      calls: [],
      members: ['K.Y'],
    },
  ],
];

const FUNCTIONS: readonly Row[] = [
  [
    inClass(
      'public async Task<bool> On<T>(string key, A.Ctx? ctx, bool d = false, params string[] rest) => await c.Get(key);',
    ),
    {
      functions: ['C.On(key@0, ctx@1: A.Ctx, d@2 = false, rest@3: [?]) -> c.Get(key)'],
      calls: ['c.Get(key)'],
    },
  ],
  [inClass('bool On(string key); int I.Two(string k) => 2;'), { functions: ['C.On(key@0) ->', 'C.Two(k@0) -> 2'] }],
  [
    'static class X { public static bool On(this IClient c, string key) => c.Get(key); }',
    { functions: ['X.On(c@-1: IClient, key@0) -> c.Get(key)'] },
  ],
  [
    inClass('string F() { if (a) { return "a"; } Func<int> g = () => 1; bool H(string k) => I(k); return "b"; }'),
    { functions: ["C.F() -> 'a' | 'b'", 'g() -> 1', 'H(k@0) -> I(k)'] },
  ],
  [inClass('Func<string, bool> On = k => c.On(k);'), { functions: ['C.On(k@0) -> c.On(k)'] }],
  [
    'class C(IFoo foo, string key = "k") : B(foo, F()), I { bool On() => foo.On(key); }',
    {
      types: ['class C(B, I)'],
      functions: ["C.C(foo@0: IFoo, key@1 = 'k') ->", 'C.On() -> foo.On(key)'],
      calls: ['F()', 'foo.On(key)'],
    },
  ],
];

const LOCALS: readonly Row[] = [
  [
    inMethod('const string a = "k"; { var b = F(a); }'),
    {
      bindings: ["a = 'k' @ constant", 'b = F(a) @ variable'],
      scopes: ['a in a = "k"; { var b = F(a); }\n}', 'b in b = F(a); }'],
    },
  ],
  [
    inClass('void M(string p) { var a = "x"; a = "y"; a += "z"; p = "q"; field = a; _ = a; }'),
    {
      bindings: [
        "a = 'x' @ variable",
        "a = 'y' @ variable",
        'a = ? @ variable',
        "p = 'q' @ variable",
        'C.field = a @ field',
      ],
    },
  ],
  [
    inMethod('foreach (var k in new[] { "a", "b" }) F(k); foreach (var (x, y) in z) { }'),
    { bindings: ["k = ('a' | 'b') @ variable", 'x @ variable', 'y @ variable'], branches: [] },
  ],
  [
    inMethod('if (a) F(); else if (b) { G(); } else { H(); }\nwhile (c) I();\nfor (int n = 0; n < 3; n++) { J(); }'),
    {
      branches: ['a | F(); | if (b) { G(); } else { H(); }', 'b | { G(); } | { H(); }', 'c | I();', 'n < 3 | { J(); }'],
    },
  ],
  [
    inMethod('using (var c = Make()) { c.F(); } try { } catch (E e) when (e.G()) { } finally { H(); }'),
    { bindings: ['c = Make() @ variable', 'e: E @ variable'], calls: ['Make()', 'c.F()', 'e.G()', 'H()'] },
  ],
  [
    inMethod('if (x is IClient c && c.F()) { } var (p, q) = T(); (r, var s) = (1, 2);'),
    { bindings: ['c: IClient @ variable', 'p = T()[0] @ variable', 'q = T()[1] @ variable', 's @ variable'] },
  ],
  [
    'var app = Build(args);\napp.F("k");\napp = null;',
    { bindings: ['app = Build(args) @ variable', 'app = null @ variable'], scopes: ['app in FILE', 'app in FILE'] },
  ],
];

const TYPES: readonly Row[] = [
  [
    'partial class A<T> : B<T>, I, C.J where T : class { }\nstruct S { }\ninterface K : I, J { }',
    { types: ['class A(B, I, C.J)', 'struct S()', 'interface K(I, J)'] },
  ],
  [
    'enum F { A, B = 2, [X("c")] C }',
    {
      types: ['enum F()'],
      bindings: ['F.A @ enum-member', 'F.B = 2 @ enum-member', 'F.C @ enum-member'],
      decorators: ["X('c')"],
    },
  ],
  [
    'record R(string Key, int N = 1);\nrecord struct Q(Foo A) { }',
    {
      types: ['class R()', 'class Q()'],
      functions: ['R.R(Key@0, N@1 = 1) ->', 'Q.Q(A@0: Foo) ->'],
      bindings: ['R.Key = Key @ field', 'R.N = N @ field', 'Q.A: Foo = A @ field'],
    },
  ],
];

const COMMENTS: readonly Row[] = [
  [
    '// runbook: a.md\n/* two\n lines */\nclass C { /**/ int a = F( /* in */ 1); /// <b>\n}',
    { comments: [' runbook: a.md', ' two\n lines ', '', ' in ', ' <b>'], calls: ['F(1)'] },
  ],
  ['class C {\n#region flags // x\nint a = F(1);\n#endregion\n#pragma warning disable\n}', { calls: ['F(1)'] }],
];

describe('C# facts', () => {
  describe('usings', () => testRows('csharp', USINGS));
  describe('members', () => testRows('csharp', MEMBERS));
  describe('strings', () => testRows('csharp', STRINGS));
  describe('expressions', () => testRows('csharp', EXPRESSIONS));
  describe('calls', () => testRows('csharp', CALLS));
  describe('attributes', () => testRows('csharp', ATTRIBUTES));
  describe('functions', () => testRows('csharp', FUNCTIONS));
  describe('locals', () => testRows('csharp', LOCALS));
  describe('types', () => testRows('csharp', TYPES));
  describe('comments', () => testRows('csharp', COMMENTS));
});
