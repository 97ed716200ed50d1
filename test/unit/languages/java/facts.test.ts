/** What each construct of Java says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Members of a class. */
const inClass = (body: string): string => `class C {\n${body}\n}\n`;

/** Statements in a method without parameters. */
const inMethod = (body: string): string => `class C { void m() {\n${body}\n} }\n`;

const IMPORTS: readonly Row[] = [
  [
    'package a.b;\nimport dev.openfeature.sdk.Client;\nimport a.*;',
    { imports: ['Client = Client from dev.openfeature.sdk', '* = * from a'] },
  ],
  [
    'import static a.B.KEY; // why\nimport static a.B.*;',
    { imports: ['KEY = KEY from a.B', '* = * from a.B'], comments: [' why'] },
  ],
  ['import a . /* b */ c\n.D;', { imports: ['D = D from a.c'] }],
  ['import D;', { imports: [] }],
];

const FIELDS: readonly Row[] = [
  [
    inClass('public static final String A = "a", B = "b" + A;\nfinal int n = 3;\nprivate Client client;'),
    {
      bindings: [
        "C.A: String = 'a' @ constant",
        'C.B: String = `b<A>` @ constant',
        'C.n = 3 @ field',
        'C.client: Client @ field',
      ],
      types: ['class C()'],
    },
  ],
  [
    inClass('class D { String k = "d"; }\nString k = "c";'),
    {
      bindings: ["D.k: String = 'd' @ field", "C.k: String = 'c' @ field"],
      scopes: ['k in class D { String k = "d"; }', 'k in class C {\nclass D { String k = "d"; }\nString k = "c";\n}'],
    },
  ],
  ['interface I { String K = "k"; }', { bindings: ["I.K: String = 'k' @ constant"], types: ['interface I()'] }],
  [
    inClass('C(Client client) { this.client = client; own = client; }'),
    {
      bindings: ['C.client = client @ field', 'C.own = client @ field'],
      functions: ['C.C(client@0: Client) ->'],
    },
  ],
  [
    inClass('@Inject @Named("x") Provider<a.b.Client> p; Map<String, Client> m; List<Client>[] l;'),
    {
      bindings: ['C.p: a.b.Client @ field', 'C.m: Map @ field', 'C.l: [List] @ field'],
      decorators: ['Inject()', "Named('x')"],
    },
  ],
];

const EXPRESSIONS: readonly Row[] = [
  [inClass('String a = "\\n\\u00e9\\101\\"\\\\";'), { bindings: ["C.a: String = '\né" + 'A"\\\' @ field'] }],
  [
    inClass('String a = """\n    two\n      lines\\n \\\n    joined  \n    """;'),
    { bindings: ["C.a: String = 'two\n  lines\n joined\n' @ field"] },
  ],
  [
    inMethod(
      "var a = 0x1F; var b = 1_000L; var c = 1.5f; var d = 017; var e = 'x'; var f = -3; var g = null; var h = !i;",
    ),
    {
      bindings: ['a = 31', 'b = 1000', 'c = 1.5', 'd = 15', "e = 'x'", 'f = -3', 'g = null', 'h = ?'].map(
        line => `${line} @ variable`,
      ),
    },
  ],
  [inMethod('var a = "a-" + b + "-c";'), { bindings: ['a = `a-<b>-c` @ variable'] }],
  [inMethod('var a = b ? c.D : "e";'), { bindings: ["a = (c.D | 'e') @ variable"], branches: ['b | c.D | "e"'] }],
  [inMethod('var a = f() && g();'), { bindings: ['a = ? @ variable'], branches: ['f() | g()'] }],
  [inMethod('var a = (Foo) b.c; var d = ((Foo) b).e();'), { calls: ['b.e()'], members: ['b.c'] }],
  [
    inMethod('var a = {1}; int[] b = {1, 2}; var c = new String[]{"x"}; var d = b[0];'),
    {
      bindings: ['a = [1] @ variable', 'b: [?] = [1, 2] @ variable', "c = ['x'] @ variable", 'd = b[0] @ variable'],
    },
  ],
  [
    inMethod('var a = String.format("a-%s-%d%%%n", b, c.d);'),
    { bindings: ['a = `a-<b>-<c.d>%\n` @ variable'], calls: ["String.format('a-%s-%d%%%n', b, c.d)"] },
  ],
  [inMethod('var a = "a-%2$s-%5d-%s".formatted(b, c);'), { bindings: ['a = `a-<c>-<?>-<c>` @ variable'] }],
  [inMethod('var a = String.format(f, b);'), { bindings: ['a = String.format(f, b) @ variable'] }],
  [
    inMethod('var a = Foo.class; f(a.b.Bar.class);'),
    { bindings: ['a = Foo.class @ variable'], calls: ['f(a.b.Bar.class)'] },
  ],
  [inMethod('var a = "f(1) // no"; // g(2)'), { calls: [], comments: [' g(2)'] }],
];

const CALLS: readonly Row[] = [
  [inMethod('a.b.c("k", ctx, false);'), { calls: ["a.b.c('k', ctx, false)"], names: ['c'], members: [] }],
  [inMethod('f(g(1), a.b, c().d);'), { calls: ['f(g(1), a.b, c().d)', 'g(1)', 'c()'], members: ['a.b', 'c().d'] }],
  [inMethod('a().b().c();'), { calls: ['a().b().c()', 'a().b()', 'a()'], names: ['c', 'b', 'a'] }],
  [inMethod('this.a(1); super.b(2); x.<String>c("k");'), { calls: ['this.a(1)', 'super.b(2)', "x.c('k')"] }],
  [
    inMethod('new a.B<>("k", c()); new Provider<Client>();'),
    { calls: ["new a.B('k', c())", 'c()', 'new Provider()'], names: ['B', 'c', 'Provider'] },
  ],
  [
    inMethod('f(x -> g(x), (String y, int z) -> { return h(z); }, this::i);'),
    {
      calls: ['f(fn, fn, ?)', 'g(x)', 'h(z)', 'this.i(?)'],
      functions: ['C.m() ->', '(none)(x@0) -> g(x)', '(none)(y@0: String, z@1) -> h(z)'],
    },
  ],
  [
    inMethod(
      'switch (f()) { case A: g(); break; default: h(); }\nvar x = switch (y) { case B -> i(); default -> { yield j(); } };',
    ),
    { calls: ['f()', 'g()', 'h()', 'i()', 'j()'] },
  ],
];

const ANNOTATIONS: readonly Row[] = [
  [
    '@A @B("k") @c.D(x = K.Y, z = {"a", "b"}) class C { @E void m(@F(1) String s) {} }',
    {
      decorators: ['A()', "B('k')", "c.D(x=K.Y, z=['a', 'b'])", 'E()', 'F(1)'],
      calls: [],
      members: ['K.Y'],
    },
  ],
  ['@A(@B("k")) interface I {}', { decorators: ['A(?)', "B('k')"] }],
];

const FUNCTIONS: readonly Row[] = [
  [
    inClass(
      'public <T> boolean on(final String key, a.Ctx<T> ctx, int n, Object... rest) throws E { return c.get(key); }',
    ),
    { functions: ['C.on(key@0: String, ctx@1: a.Ctx, n@2, rest@3: Object) -> c.get(key)'], calls: ['c.get(key)'] },
  ],
  [inClass('abstract boolean on(String key);'), { functions: ['C.on(key@0: String) ->'] }],
  [
    inClass('String f() { if (a) { return "a"; } Supplier<Integer> g = () -> 1; return "b"; }'),
    { functions: ["C.f() -> 'a' | 'b'", 'g() -> 1'] },
  ],
  [inClass('Function<String, Boolean> on = k -> c.on(k);'), { functions: ['C.on(k@0) -> c.on(k)'] }],
  [
    inClass('C(String a) { this(a, 1); }\nC(String a, int b) { super(a); }'),
    {
      functions: ['C.C(a@0: String) ->', 'C.C(a@0: String, b@1) ->'],
      calls: ['this(a, 1)', 'super(a)'],
    },
  ],
];

const LOCALS: readonly Row[] = [
  [
    inMethod('final String a = "k"; { var b = f(a); }'),
    {
      bindings: ["a: String = 'k' @ constant", 'b = f(a) @ variable'],
      scopes: ['a in a = "k"; { var b = f(a); }\n}', 'b in b = f(a); }'],
    },
  ],
  [
    inClass('void m(String p) { String a = "x"; a = "y"; a += "z"; p = "q"; field = a; }'),
    {
      bindings: [
        "a: String = 'x' @ variable",
        "a = 'y' @ variable",
        'a = ? @ variable',
        "p = 'q' @ variable",
        'C.field = a @ field',
      ],
    },
  ],
  [
    inMethod('for (String k : List.of("a", "b")) f(k); for (var k : keys) {}'),
    { bindings: ["k: String = ('a' | 'b') @ variable", 'k = keys[?] @ variable'], branches: [] },
  ],
  [
    inMethod('if (a) f(); else if (b) { g(); } else { h(); }\nwhile (c) i();\nfor (int n = 0; n < 3; n++) { j(); }'),
    {
      branches: ['a | f(); | if (b) { g(); } else { h(); }', 'b | { g(); } | { h(); }', 'c | i();', 'n < 3 | { j(); }'],
    },
  ],
  [
    inMethod('try (Client c = make()) { c.f(); } catch (E | F e) { g(e); } finally { h(); }'),
    { bindings: ['c: Client = make() @ variable', 'e @ variable'], calls: ['make()', 'c.f()', 'g(e)', 'h()'] },
  ],
  [inMethod('if (x instanceof Client c && c.f()) {}'), { bindings: ['c: Client @ variable'], calls: ['c.f()'] }],
];

const TYPES: readonly Row[] = [
  [
    'class A<T> extends B<T> implements I, a.J {}\ninterface K extends I, J {}',
    { types: ['class A(B, I, a.J)', 'interface K(I, J)'] },
  ],
  [
    'enum F implements I { A("a"), B("b") { String k() { return "x"; } }, C; final String key; F(String key) { this.key = key; } String key() { return key; } }',
    {
      types: ['enum F(I)', 'class (F)'],
      bindings: [
        "F.A = new F('a') @ enum-member",
        "F.B = new F('b') @ enum-member",
        'F.C = new F() @ enum-member',
        'F.key: String @ field',
        'F.key = key @ field',
      ],
      calls: ["new F('a')", "new F('b')", 'new F()'],
      names: ['A', 'B', 'C'],
      functions: [".k() -> 'x'", 'F.F(key@0: String) ->', 'F.key() -> key'],
    },
  ],
  [
    'record R(String key, int n) { static final String A = "a"; }',
    {
      types: ['class R()'],
      functions: ['R.R(key@0: String, n@1) ->', 'R.key() -> key', 'R.n() -> n'],
      bindings: ['R.key: String = key @ field', 'R.n = n @ field', "R.A: String = 'a' @ constant"],
    },
  ],
  [
    inMethod('var x = new Base("k") { boolean on() { return check(); } };'),
    {
      types: ['class C()', 'class (Base)'],
      functions: ['C.m() ->', '.on() -> check()'],
      calls: ["new Base('k')", 'check()'],
    },
  ],
];

const COMMENTS: readonly Row[] = [
  [
    '// runbook: a.md\n/** two\n * lines */\nclass C { /**/ int a = f( /* in */ 1); //\n}',
    { comments: [' runbook: a.md', ' two\n * lines ', '', ' in ', ''], calls: ['f(1)'] },
  ],
];

describe('Java facts', () => {
  describe('imports', () => testRows('java', IMPORTS));
  describe('fields', () => testRows('java', FIELDS));
  describe('expressions', () => testRows('java', EXPRESSIONS));
  describe('calls', () => testRows('java', CALLS));
  describe('annotations', () => testRows('java', ANNOTATIONS));
  describe('functions', () => testRows('java', FUNCTIONS));
  describe('locals', () => testRows('java', LOCALS));
  describe('types', () => testRows('java', TYPES));
  describe('comments', () => testRows('java', COMMENTS));
});
