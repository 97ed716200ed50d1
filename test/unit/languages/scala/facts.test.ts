/** What each construct of Scala says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Statements in a function without parameters. */
const inFunction = (body: string): string => `def f() = {\n${body}\n}\n`;

const ROWS: readonly Row[] = [
  [
    inFunction(
      'a.async { implicit r: Request[Map[String, Int]] =>\n  x(r)\n  for { b <- c(1) } yield b\n}\nd { f: M.Flags => f.on("k") }\ng { implicit r => h(r) }\ni {\n  implicit r: R[_] =>\n    j(r)\n}',
    ),
    { calls: ['a.async(fn)', 'x(r)', 'c(1)', 'd(fn)', "f.on('k')", 'g(fn)', 'h(r)', 'i(fn)', 'j(r)'] },
  ],
  ['trait A { self: B =>\n  def k: String = f("k")\n}\n', { types: ['interface A()'], calls: ["f('k')"] }],
  [
    'package a.b\nimport c.d.{E, F => G, _}\nimport h.I // why\nimport j.k.*\nimport l.m as n\nimport o.P._\n',
    {
      imports: [
        'E = E from c.d',
        'G = F from c.d',
        '* = * from c.d',
        'I = I from h',
        '* = * from j.k',
        'n = m from l',
        '* = * from o.P',
      ],
      comments: [' why'],
    },
  ],
  [
    'object F {\n  final val A = "a\\n"\n  val B: String = """b"q"""\n  lazy val C = s"p-$A-${b.c}"\n  val (x, y) = (1, 2L)\n  def k: String = "k"\n  private var v = 1_000\n}\n',
    {
      types: ['class F()'],
      bindings: [
        "F.A = 'a\n' @ field",
        "F.B: String = 'b\"q' @ field",
        'F.C = `p-<A>-<b.c>` @ field',
        'x = 1 @ variable',
        'y = 2 @ variable',
        "F.k: String = 'k' @ field",
        'F.v = 1000 @ field',
      ],
      functions: ["F.k() -> 'k'"],
    },
  ],
  [
    'case class P[T](c: C, i: Option[D] = None)(implicit ec: E) extends a.B(c) with U[T]\nclass Q @Inject() (val k: String, n: N)\n',
    {
      types: ['class P(a.B, U)', 'class Q()'],
      functions: ['P.P(c@0: C, i@1: D = None, ec@keyword: E = ?) ->', 'Q.Q(k@0: String, n@1: N) ->'],
      bindings: ['P.c: C = c @ field', 'P.i: D = i @ field', 'Q.k: String = k @ field'],
      calls: ['new a.B(c)'],
    },
  ],
  [
    'sealed trait G { def key: String; def on(k: String, d: Boolean = false): Boolean }\nobject G { case object A extends Base("a") with G { val key = "x" } }\n',
    {
      types: ['interface G()', 'class G()', 'class A(Base, G)'],
      functions: ['G.key() ->', 'G.on(k@0: String, d@1: Boolean = false) ->'],
      bindings: ["A.key = 'x' @ field"],
      calls: ["new Base('a')"],
    },
  ],
  [
    'enum G(val key: String):\n  case Pay extends G("pay")\n  case A, B\n  def on: Boolean = c.on(key)\nobject E extends Enumeration {\n  val X = Value("x")\n  val Y = Value\n}\n',
    {
      bindings: [
        'G.key: String = key @ field',
        "G.Pay = new G('pay') @ enum-member",
        'G.A = new G() @ enum-member',
        'G.B = new G() @ enum-member',
        'G.on: Boolean = c.on(key) @ field',
        "E.X = 'x' @ constant",
        'E.Y = new E() @ enum-member',
      ],
    },
  ],
  [
    inFunction(
      'a.b("k", x = true)(c)\nflags on "i"\nnew D("s").e[F]("g")\nList("l").map(_.h("m")).each { n => o(n) }\np.get.q(Some("r"))\nT("u")',
    ),
    {
      calls: [
        "a.b('k', x=true, c)",
        "flags.on('i')",
        "new D('s').e('g')",
        "new D('s')",
        "['l'].map(?.h('m')).each(fn)",
        "['l'].map(?.h('m'))",
        "new List('l')",
        "?.h('m')",
        'o(n)',
        "p.q('r')",
        "new Some('r')",
        "new T('u')",
      ],
    },
  ],
  [
    inFunction('key match {\n  case F.A => "a"\n  case B | "s" if g => h\n  case Some(v: V) => v\n  case _ => null\n}'),
    { functions: ["f() -> {A: 'a', B: h, Some: v}[key]"], bindings: ['v: V @ variable'] },
  ],
  [
    inFunction(
      'if (a() && b) { c() } else if (d) e() else { g }\nfor { i <- List("x", "y"); j = i if h(j) } yield k\nwhile (l) m()\ntry { n() } catch { case o: P => q() } finally r()',
    ),
    {
      branches: ['a() && b | { c() } | if (d) e() else { g }', 'a() | b', 'd | e() | { g }', 'l | m()'],
      bindings: ["i = ('x' | 'y') @ variable", 'j = i @ variable', 'o: P @ variable'],
    },
  ],
  [
    'extension (s: S)\n  def on: Boolean = a(s)\n@main def run(): Unit =\n  if b.on("k") then\n    c()\n  else\n    d()\ntype A = Map[B, C]\n',
    {
      functions: ['on(s@-1: S) -> a(s)', 'run() -> (c() | d())'],
      decorators: ['main()'],
      types: ['alias A(Map)'],
      branches: ['b.on("k") | c() | d()'],
    },
  ],
  [
    '@Gate("k", on = true) class A { @Inject var b: Lazy[C] = _; this.d = 3; def e(x: => X, y: Y*): F[Z] = y + "t" }\npackage object p { val Q = "q" }\n',
    {
      decorators: ["Gate('k', on=true)", 'Inject()'],
      types: ['class A()', 'namespace p()'],
      bindings: ['A.b: C = ? @ field', 'A.d = 3 @ field', "Q = 'q' @ constant"],
      functions: ['A.e(x@0: X, y@1: [Y]) -> `<y>t`'],
    },
  ],
  [
    inFunction('val a = "f(1) // no" // g(2)\n/* h(3) */ val b = """i(4)"""'),
    { calls: [], comments: [' g(2)', ' h(3) '] },
  ],
];

describe('facts of Scala', () => testRows('scala', ROWS));
