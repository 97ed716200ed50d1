/** What each construct of Kotlin says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Members of a class. */
const inClass = (body: string): string => `class C {\n${body}\n}\n`;

/** Statements in a function without parameters. */
const inFunction = (body: string): string => `fun f() {\n${body}\n}\n`;

const IMPORTS: readonly Row[] = [
  [
    'package a.b\nimport dev.openfeature.sdk.Client\nimport a.B as D\nimport a.*\n',
    { imports: ['Client = Client from dev.openfeature.sdk', 'D = B from a', '* = * from a'] },
  ],
  ['import a.`in`.B // why\n', { imports: ['B = B from a.in'], comments: [' why'] }],
];

const PROPERTIES: readonly Row[] = [
  [
    'const val A = "a"\nval b: Client = make()\nvar c = 1\n',
    { bindings: ["A = 'a' @ constant", 'b: Client = make() @ constant', 'c = 1 @ variable'] },
  ],
  [
    inClass('val a = "x"\nlateinit var c: Client\nval d by lazy {\n g()\n h()\n}\nval e: Client by inject()'),
    {
      bindings: ["C.a = 'x' @ field", 'C.c: Client @ field', 'C.d = h() @ field', 'C.e: Client @ field'],
      calls: ['lazy(fn)', 'g()', 'h()', 'inject().getValue()', 'inject()'],
    },
  ],
  [
    inClass(
      'val k: String get() = "k"\nval l: Boolean\n get() { return on("l") }\nvar m = 1\n private set(v) { n(v) }',
    ),
    {
      bindings: ["C.k: String = 'k' @ field", "C.l: Boolean = on('l') @ field", 'C.m = 1 @ field'],
      functions: ["C.k() -> 'k'", "C.l() -> on('l')"],
      calls: ["on('l')", 'n(v)'],
    },
  ],
  [
    'class C {\n companion object {\n const val K = "k"\n }\n object D { val e = K }\n}\n',
    { bindings: ["C.K = 'k' @ constant", 'D.e = K @ field'], types: ['class C()', 'class D()'] },
  ],
  [
    inFunction('val a = "k"\nvar b = f(a)\nb = "z"\nval (c, d) = listOf(1, e)\nfield = a\nthis.own = a'),
    {
      bindings: [
        "a = 'k' @ constant",
        'b = f(a) @ variable',
        "b = 'z' @ variable",
        'c = 1 @ variable',
        'd = e @ variable',
        'field = a @ variable',
        'own = a @ field',
      ],
    },
  ],
  [
    inFunction('for (k in listOf("a", "b")) g(k)\nfor (i in 0..3) { h(i) }'),
    { bindings: ["k = ('a' | 'b') @ variable", 'i @ variable'], calls: ["listOf('a', 'b')", 'g(k)', 'h(i)'] },
  ],
];

const EXPRESSIONS: readonly Row[] = [
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Kotlin's.
    'val a = "\\n\\u00e9\\"\\$x"\nval b = "p-$a-${c.d}-$e.f"\nval c = """raw\\n "$a" """\n',
    {
      bindings: ["a = '\né\"$x' @ constant", 'b = `p-<a>-<c.d>-<e>.f` @ constant', 'c = `raw\\n "<a>" ` @ constant'],
    },
  ],
  [
    "val a = 0x1F\nval b = 1_000L\nval c = 1.5f\nval d = -3\nval e = 'x'\nval f = null\nval g = true\nval h = !i\n",
    {
      bindings: ['a = 31', 'b = 1000', 'c = 1.5', 'd = -3', "e = 'x'", 'f = null', 'g = true', 'h = ?'].map(
        line => `${line} @ constant`,
      ),
    },
  ],
  ['val a = "a-" + B + "-c"\n', { bindings: ['a = `a-<B>-c` @ constant'] }],
  [
    'val a = if (b) c.D else { g()\n "e" }\nval h = x ?: "y"\n',
    {
      bindings: ["a = (c.D | 'e') @ constant", "h = (x | 'y') @ constant"],
      branches: ['b | c.D | { g()\n "e" }'],
      members: ['c.D'],
    },
  ],
  [
    'val a = when (x) {\n A.B, C -> "b"\n is D -> "d"\n else -> "e"\n}\nval f = when {\n g() && h -> 1\n else -> 2\n}\n',
    {
      bindings: ["a = {B: 'b', C: 'b'}[x] @ constant", 'f = (1 | 2) @ constant'],
      branches: ['g() && h | 1', 'g() | h'],
    },
  ],
  [inFunction('val a = f() && g()'), { branches: ['f() | g()'] }],
  [
    inFunction('(a as Foo).b()\nc!!.d()\ne?.f?.g()\na["k"]\nm = b.c as? D'),
    { calls: ['a.b()', 'c.d()', 'e.f.g()'], members: ["a['k']", 'b.c'] },
  ],
  [
    inFunction('val a = mapOf("k" to true, "l" to 2)\nval b = setOf(X.Y)\nval c = mapOf(p)'),
    { bindings: ['a = {k: true, l: 2} @ constant', 'b = [X.Y] @ constant', 'c = mapOf(p) @ constant'] },
  ],
  [inFunction('a(Foo::class.java, Foo::class)\nb(::g)'), { calls: ['a(Foo.class, Foo.class)', 'b(?)'] }],
  [inFunction('val a = "f(1) // no" // g(2)\n/* h(3) */'), { calls: [], comments: [' g(2)', ' h(3) '] }],
];

const CALLS: readonly Row[] = [
  [inFunction('a.b.c("k", user, false)'), { calls: ["a.b.c('k', user, false)"], names: ['c'], members: [] }],
  [
    inFunction('f(key = "k", fallback = false, *rest)\nC("x")\na.D(1)'),
    { calls: ["f(key='k', fallback=false, ...rest)", "new C('x')", 'new a.D(1)'] },
  ],
  [
    inFunction('f("a") { g(it) }\nl.map { x, y -> h(x) }\nl.on { "k" }'),
    {
      calls: ["f('a', fn)", 'g(it)', 'l.map(fn)', 'h(x)', 'l.on(fn)'],
      functions: ['f() ->', '(none)(it@0) -> g(it)', '(none)(x@0, y@1) -> h(x)', "(none)(it@0) -> 'k'"],
    },
  ],
  [
    inFunction('get<Client>()\nf<Bar>("x")\ng<A, B>(x)\nval y = a.h<C>("z").i'),
    {
      calls: ['get()', "f('x')", 'g(x)', "a.h('z')"],
    },
  ],
  [inFunction('every { a.b(k) } returns true'), { calls: ['every(fn).returns(true)', 'every(fn)', 'a.b(k)'] }],
  [inFunction('if (!a.b() && !c["k"].d) -e.f(1)'), { calls: ['a.b()', 'e.f(1)'], members: ["c['k'].d", "c['k']"] }],
  [inFunction('super.x()\nthis.y()\nthis@Outer.z()'), { calls: ['super.x()', 'this.y()', 'Outer.z()'] }],
];

const FUNCTIONS: readonly Row[] = [
  [
    'suspend fun <T> on(key: String, n: Int = 1, vararg rest: a.Ctx<T>, f: (T) -> Unit): Client? = c.get(key)\n',
    { functions: ['on(key@0: String, n@1: Int = 1, rest@2: [a.Ctx], f@3) -> c.get(key)'] },
  ],
  [
    inClass('fun f(): String { if (a) { return "a" }; l.map { return@map 1 }; return "b" }'),
    { functions: ["C.f() -> 'a' | 'b'", '(none)(it@0) ->'] },
  ],
  ['fun Client.on(key: String) = get(key)\n', { functions: ['on(this@-1: Client, key@0: String) -> get(key)'] }],
  [
    inFunction('fun g(k: String) = k\nval h = fun(x: Int): Int { return x }'),
    {
      functions: ['f() ->', 'g(k@0: String) -> k', '(none)(x@0: Int) -> x'],
    },
  ],
  ['fun `a name`() = 1\n', { functions: ['a name() -> 1'] }],
];

const TYPES: readonly Row[] = [
  [
    'sealed class A<T>(x: T) : B<T>(x), I, a.J\nfun interface K : I { fun on(key: String): Boolean }\ndata object L : A<Int>(1)\n',
    {
      types: ['class A(B, I, a.J)', 'interface K(I)', 'class L(A)'],
      functions: ['A.A(x@0: T) ->', 'K.on(key@0: String) ->'],
      calls: ['new B(x)', 'new A(1)'],
    },
  ],
  [
    'class P @Inject constructor(private val a: Client, var b: Lazy<D> = lazy { d }, c: Int) {\n constructor() : this(x, y, 1)\n}\n',
    {
      bindings: ['P.a: Client = a @ field', 'P.b: D = b @ field'],
      functions: ['P.P(a@0: Client, b@1: D = lazy(fn), c@2: Int) ->', '(none)(it@0) -> d', 'P.P() ->'],
      calls: ['lazy(fn)', 'this(x, y, 1)'],
      decorators: ['Inject()'],
    },
  ],
  [
    'enum class F(val key: String) : I {\n A("a"),\n B;\n fun on() = c.on(key)\n}\n',
    {
      types: ['enum F(I)'],
      bindings: ['F.key: String = key @ field', "F.A = new F('a') @ enum-member", 'F.B = new F() @ enum-member'],
      functions: ['F.F(key@0: String) ->', 'F.on() -> c.on(key)'],
    },
  ],
  ['typealias A = b.C<D>\n', { types: ['alias A(b.C)'] }],
  [
    inFunction('val o = object : A(1), B {\n override fun x() = 2\n}'),
    { types: ['class (A, B)'], functions: ['f() ->', '.x() -> 2'], calls: ['new A(1)'] },
  ],
  [
    '@A @B("k") @c.D(x = K.Y, z = ["a"]) class C {\n @E fun m(@F(1) s: String) {}\n}\n',
    { decorators: ['A()', "B('k')", "c.D(x=K.Y, z=['a'])", 'E()', 'F(1)'], calls: [] },
  ],
];

describe('facts of Kotlin', () => {
  describe('imports', () => testRows('kotlin', IMPORTS));
  describe('properties and variables', () => testRows('kotlin', PROPERTIES));
  describe('expressions', () => testRows('kotlin', EXPRESSIONS));
  describe('calls', () => testRows('kotlin', CALLS));
  describe('functions', () => testRows('kotlin', FUNCTIONS));
  describe('types', () => testRows('kotlin', TYPES));
});
