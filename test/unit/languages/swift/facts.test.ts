/** What each construct of Swift says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Members of a class. */
const inClass = (body: string): string => `class C {\n${body}\n}\n`;

/** Statements in a function without parameters. */
const inFunction = (body: string): string => `func f() {\n${body}\n}\n`;

const IMPORTS: readonly Row[] = [
  [
    'import LaunchDarkly\n@testable import Shop\nimport struct A.B // why\n/* and */\n',
    { imports: ['* = * from LaunchDarkly', '* = * from Shop', 'B = B from A'], comments: [' why', ' and '] },
  ],
];

const PROPERTIES: readonly Row[] = [
  [
    'let a = #"pay"#\nlet b = ##"one "# two"##\n',
    { bindings: ["a = 'pay' @ constant", "b = 'one \"# two' @ constant"] },
  ],
  [
    'let a = "a"\nvar b: Client? = make()\nlet (c, d) = (1, e)\n',
    { bindings: ["a = 'a' @ constant", 'b: Client = make() @ variable', 'c = 1 @ constant', 'd = e @ constant'] },
  ],
  [
    inClass('static let k = "k"\nlet a: any Flags\nlazy var b = { g() }()\nvar c = 1 {\n didSet { h(c) }\n}'),
    {
      bindings: ["C.k = 'k' @ constant", 'C.a: Flags @ field', 'C.b = fn() @ field', 'C.c = 1 @ field'],
      calls: ['fn()', 'g()', 'h(c)'],
    },
  ],
  [
    inClass('var k: String { "k" }\nvar l: Bool {\n get { return on("l") }\n set { off(newValue) }\n}'),
    {
      bindings: ["C.k: String = 'k' @ field", "C.l: Bool = on('l') @ field"],
      functions: ["C.k() -> 'k'", "C.l() -> on('l')"],
      calls: ["on('l')", 'off(newValue)'],
    },
  ],
  [
    inFunction('var b = g(a)\nb = "z"\nfield = a\nself.own = a\nb += 1\nlet flag: Flag = .pay'),
    {
      bindings: [
        'b = g(a) @ variable',
        "b = 'z' @ variable",
        'field = a @ variable',
        'own = a @ field',
        'b = ? @ variable',
        'flag: Flag = Flag.pay @ constant',
      ],
    },
  ],
  [
    inFunction('if let a = b.c, let d {\n g(a)\n}\nfor k in ["a", "b"] { h(k) }'),
    { bindings: ['a = b.c @ variable', "k = ('a' | 'b') @ variable"], calls: ['g(a)', 'h(k)'] },
  ],
];

const EXPRESSIONS: readonly Row[] = [
  [
    'let a = "\\n\\u{e9}\\"\\\\"\nlet b = "p-\\(a)-\\(c.d)" + E\nlet g = """\n    x\n      y\n    """\n',
    {
      bindings: ["a = '\né\"\\' @ constant", 'b = `p-<a>-<c.d><E>` @ constant', "g = 'x\n  y' @ constant"],
    },
  ],
  [
    'let a = 0x1F\nlet b = 1_000\nlet c = 1.5\nlet d = -3\nlet e = true\nlet f = !g\nh(nil)\n',
    {
      bindings: ['a = 31', 'b = 1000', 'c = 1.5', 'd = -3', 'e = true', 'f = ?'].map(line => `${line} @ constant`),
      calls: ['h(null)'],
    },
  ],
  [
    'let a = b ? c.D : "e"\nlet f = x ?? "y"\nlet g = h() && i()\n',
    {
      bindings: ["a = (c.D | 'e') @ constant", "f = (x | 'y') @ constant", 'g = ? @ constant'],
      branches: ['b | c.D | "e"', 'h() | i()'],
    },
  ],
  [
    inFunction('if a() { b() } else if c { d() } else { e() }\nwhile g { h() }'),
    { branches: ['a() | b() | if c { d() } else { e() }', 'c | d() | e()', 'g | h()'] },
  ],
  [
    inFunction('if !a.b(), -c.d(1) > 0 { }\ne?.f!.g()\nh["k"].i()\n(j as? K)?.l()\ntry? await m.n()'),
    { calls: ['a.b()', 'c.d(1)', 'e.f.g()', "h['k'].i()", 'j.l()', 'm.n()'] },
  ],
  [
    'let a = ["k": true, "l": x]\nlet b = [X.y, .z]\n',
    { bindings: ['a = {k: true, l: x} @ constant', 'b = [X.y, ..z] @ constant'] },
  ],
  [inFunction('let a = "f(1) // no" // g(2)'), { calls: [], comments: [' g(2)'] }],
];

const CALLS: readonly Row[] = [
  [inFunction('a.b.c(forKey: "k", false)'), { calls: ["a.b.c(forKey='k', false)"], names: ['c'], members: [] }],
  [
    inFunction('C("x")\nA.D(y: 1)\nA.init(z: 2)\nE<F>()'),
    { calls: ["new C('x')", 'new A.D(y=1)', 'new A(z=2)', 'new E()'] },
  ],
  [
    inFunction('f(a) { g($0) } onError: { e in h(e) }\nl.map { x -> Int in i(x) }'),
    {
      calls: ['f(a, fn, onError=fn)', 'g($0)', 'h(e)', 'l.map(fn)', 'i(x)'],
      functions: ['f() ->', '(none)() -> g($0)', '(none)(e@0) -> h(e)', '(none)(x@0) -> i(x)'],
    },
  ],
  [inFunction('f(.pay, on: .now)'), { calls: ['f(..pay, on=..now)'] }],
];

const FUNCTIONS: readonly Row[] = [
  [
    'func on<T>(_ key: String, at n: Int = 1, rest: A.Ctx<T>..., f: (T) -> Void) async throws -> Client? { c.get(key) }\n',
    { functions: ['on(key@0: String, n@1: Int = 1, rest@2: [A.Ctx], f@3) -> c.get(key)'] },
  ],
  [
    inClass('init(a: A) { self.a = a }\nfunc g() -> String { if x { return "a" }; return "b" }\ndeinit { h() }'),
    { functions: ['C.C(a@0: A) ->', "C.g() -> 'a' | 'b'", 'C.(none)() -> h()'], calls: ['h()'] },
  ],
];

const TYPES: readonly Row[] = [
  [
    'final class A: B, I {}\nstruct S<T>: I {}\nprotocol P: AnyObject { func on(key: String) -> Bool }\nactor D {}\nextension A.B: J { func f() {} }\n',
    {
      types: ['class A(B, I)', 'struct S(I)', 'interface P(AnyObject)', 'class D()', 'extension B(A.B, J)'],
      functions: ['P.on(key@0: String) ->', 'B.f() ->'],
    },
  ],
  [
    'enum F: String {\n case a = "x", b\n case c\n var k: String {\n switch self {\n case .a: return "1"\n case .b, .c: return "2"\n }\n }\n}\nenum G { case d(Int), e }\n',
    {
      bindings: [
        "F.a = new F(rawValue='x') @ enum-member",
        "F.b = new F(rawValue='b') @ enum-member",
        "F.c = new F(rawValue='c') @ enum-member",
        "F.k: String = {a: '1', b: '2', c: '2'}[this] @ field",
        'G.d = new G() @ enum-member',
        'G.e = new G() @ enum-member',
      ],
    },
  ],
  ['typealias A = B.C\n', { types: ['alias A(B.C)'] }],
  [
    inClass('@Flag("k", default: 1) var a: Bool\n@MainActor func g() {}'),
    { decorators: ["Flag('k', default=1)", 'MainActor()'], calls: [] },
  ],
];

describe('facts of Swift', () => {
  describe('imports', () => testRows('swift', IMPORTS));
  describe('properties and variables', () => testRows('swift', PROPERTIES));
  describe('expressions', () => testRows('swift', EXPRESSIONS));
  describe('calls', () => testRows('swift', CALLS));
  describe('functions', () => testRows('swift', FUNCTIONS));
  describe('types', () => testRows('swift', TYPES));
});
