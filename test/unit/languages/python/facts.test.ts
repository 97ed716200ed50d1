/** What each construct of Python says, construct by construct. */
import { type Row, testRows } from '../table.ts';

const IMPORTS: readonly Row[] = [
  ['import a', { imports: ['a = * from a'] }],
  ['import a.b', { imports: ['a = * from a'] }],
  ['import a.b as c, d.e, f as g', { imports: ['c = * from a.b', 'd = * from d', 'g = * from f'] }],
  ['from a.b import c as d, e', { imports: ['d = c from a.b', 'e = e from a.b'] }],
  ['from . import q', { imports: ['q = q from .'] }],
  ['from ..x import y as z', { imports: ['z = y from ..x'] }],
  ['from x import (a,  # why\n  b as c,\n)', { imports: ['a = a from x', 'c = b from x'], comments: [' why'] }],
  ['from x import *', { imports: ['* = * from x'] }],
  ['from __future__ import annotations', { imports: ['annotations = annotations from __future__'] }],
  [
    'def f():\n    import a.b as c\ntry:\n    import d\nexcept ImportError:\n    pass',
    {
      imports: ['c = * from a.b', 'd = * from d'],
    },
  ],
];

const STRINGS: readonly Row[] = [
  [`k = 'a\\n\\x41\\u00e9\\U0001F600\\101\\'\\q\\\n!'`, { bindings: [`k = 'a\nAé😀A'\\q!' @ variable`] }],
  ['k = r"a\\n"', { bindings: ["k = 'a\\n' @ variable"] }],
  ['k = b"a"', { bindings: ['k = ? @ variable'] }],
  ['k = u"a"', { bindings: ["k = 'a' @ variable"] }],
  ['k = """a\n"b\n"""', { bindings: [`k = 'a\n"b\n' @ variable`] }],
  ['k = ""', { bindings: ["k = '' @ variable"] }],
  ['k = "a" "b" \'c\'', { bindings: ["k = 'abc' @ variable"] }],
  ['k = ("a"  # first\n  "b")', { bindings: ["k = 'ab' @ variable"], comments: [' first'] }],
  ['k = "a" b"b"', { bindings: ['k = ? @ variable'] }],
  ['k = "a" f"-{b}"', { bindings: ['k = `a-<b>` @ variable'] }],
  ['k = f"a"', { bindings: ["k = 'a' @ variable"] }],
  ['k = f"team-{t.name}-{{x}}"', { bindings: ['k = `team-<t.name>-{x}` @ variable'], members: ['t.name'] }],
  ['k = f"{a!s}{b!r}{c:>3}{d=}{f(e)}"', { bindings: ['k = `<a><?><?><?><f(e)>` @ variable'], calls: ['f(e)'] }],
  ['k = f"{a:{f(w)}}"', { bindings: ['k = `<?>` @ variable'], calls: ['f(w)'] }],
  ['k = rf"\\d{a}"', { bindings: ['k = `\\d<a>` @ variable'] }],
  ['k = "a-" + B + "-c"', { bindings: ['k = `a-<B>-c` @ variable'] }],
  ['k = "a" + "b"', { bindings: ["k = 'ab' @ variable"] }],
  ['k = A + B', { bindings: ['k = `<A><B>` @ variable'] }],
  ['k = a + 1', { bindings: ['k = ? @ variable'] }],
  ['k = [a] + [b]', { bindings: ['k = ? @ variable'] }],
  ['k = "a-{}-{}".format(b, c)', { bindings: ['k = `a-<b>-<c>` @ variable'], calls: ["'a-{}-{}'.format(b, c)"] }],
  ['k = "{1}{0}{n}{{}}".format(a, b, n=c)', { bindings: ['k = `<b><a><c>{}` @ variable'] }],
  ['k = "a{}{:>3}{0.x}{}".format(a, *b)', { bindings: ['k = `a<a><?><?><?>` @ variable'] }],
  ['k = fmt.format(a)', { bindings: ['k = fmt.format(a) @ variable'] }],
  ['k = "a-%s" % b', { bindings: ['k = `a-<b>` @ variable'] }],
  ['k = "a-%s-%d" % (b, c)', { bindings: ['k = `a-<b>-<c>` @ variable'] }],
  ['k = "%s%s" % b', { bindings: ['k = `<?><?>` @ variable'] }],
  ['k = "%s" % [b]', { bindings: ['k = `<[b]>` @ variable'] }],
  ['k = "100%% %5s %r %(n)s" % {"n": a}', { bindings: ['k = `100% <?> <?> <a>` @ variable'] }],
  ['k = a % b', { bindings: ['k = ? @ variable'] }],
  ['k = "call(1) # no"  # f(2)', { calls: [], comments: [' f(2)'], bindings: ["k = 'call(1) # no' @ variable"] }],
];

const EXPRESSIONS: readonly Row[] = [
  ['f(1, 0x10, 1_000, 1.5, 1e3, 0b11, 0o17, 2j)', { calls: ['f(1, 16, 1000, 1.5, 1000, 3, 15, ?)'] }],
  ['f(True, False, None, -3, +3, ~3, not a, ...)', { calls: ['f(true, false, null, -3, 3, ?, ?, ?)'] }],
  ['f(*a, b, **c, d=e)', { calls: ['f(...a, b, ...c, d=e)'] }],
  ['a.b.c("k", user, False)', { calls: ["a.b.c('k', user, false)"], names: ['c'], members: [] }],
  ['(f  # why\n (1))', { calls: ['f(1)'], comments: [' why'] }],
  ['f(g(1), h(2))', { calls: ['f(g(1), h(2))', 'g(1)', 'h(2)'] }],
  ['a().b().c()', { calls: ['a().b().c()', 'a().b()', 'a()'], names: ['c', 'b', 'a'] }],
  ['await (client.get("k"))', { calls: ["client.get('k')"] }],
  ['x = await f()', { bindings: ['x = f() @ variable'] }],
  ['f(x for x in g())', { calls: ['f(?)', 'g()'], scopes: ['x in (x for x in g())'] }],
  ['f([n for n in ("a", "b") if n])', { bindings: ["n = ('a' | 'b') @ variable"] }],
  ['a.b.c', { members: ['a.b.c'] }],
  ['a.b[0].c', { members: ['a.b[0].c'] }],
  ['a.b["k"]', { members: ["a.b['k']", 'a.b'] }],
  ['a[b.c]', { members: ['a[b.c]', 'b.c'] }],
  ['a.b["k"] = 1', { members: ['a.b'] }],
  ['f(a.b, a().c)', { members: ['a.b', 'a().c'] }],
  ['x = a["k"]', { bindings: ["x = a['k'] @ variable"] }],
  ['x = a[1:f()]', { bindings: ['x = a[?] @ variable'], calls: ['f()'] }],
  ['x = a[1, 2]', { bindings: ['x = a[[1, 2]] @ variable'] }],
  [
    'x = [1, "a"]; y = (1,); z = {1, 2}',
    {
      bindings: ["x = [1, 'a'] @ variable", 'y = [1] @ variable', 'z = [1, 2] @ variable'],
    },
  ],
  [
    'x = {"a": 1, b: f(), **c, 3: 4, "d": {"e": 5}}',
    {
      bindings: ['x = {a: 1, 3: 4, d: {e: 5}} @ variable'],
      calls: ['f()'],
    },
  ],
  ['x = a if b() else c', { bindings: ['x = (a | c) @ variable'], branches: ['b() | a | c'], calls: ['b()'] }],
  ['x = a or b.c or "k"', { bindings: ["x = (a | b.c | 'k') @ variable"], members: ['b.c'] }],
  ['x = f() and g()', { bindings: ['x = ? @ variable'], branches: ['f() | g()'] }],
  ['if (n := f(a)): pass', { bindings: ['n = f(a) @ variable'] }],
  [
    'x = lambda a, b="k", *c: f(a)',
    {
      functions: ["x(a@0, b@1 = 'k', c@2) -> f(a)"],
      bindings: ['x = fn @ variable'],
    },
  ],
  ['f(lambda: 3)', { functions: ['(none)() -> 3'], calls: ['f(fn)'] }],
  ['x = y = 5', { bindings: ['x = 5 @ variable', 'y = 5 @ variable'] }],
  ['print(f"😀", flag("k"))  # 😀', { calls: ["print('😀', flag('k'))", "flag('k')"], comments: [' 😀'] }],
];

const BINDINGS: readonly Row[] = [
  ['KEY = "a"', { bindings: ["KEY = 'a' @ constant"], scopes: ['KEY in FILE'] }],
  ['_KEY_2: Final[str] = "a"', { bindings: ["_KEY_2: Final[str] = 'a' @ constant"] }],
  ['x: a.B', { bindings: ['x: a.B @ variable'], members: [] }],
  ['x: "Client" = f()', { bindings: ['x: Client = f() @ variable'] }],
  ['x: Optional[a.B] = None', { bindings: ['x: Optional[a.B] = null @ variable'] }],
  ['x: B | None = None', { bindings: ['x: (B | null) = null @ variable'] }],
  ['x: dict[str, B]', { bindings: ['x: dict[[str, B]] @ variable'] }],
  [
    'a, (b, *c), d = f()',
    {
      bindings: ['a = f()[0] @ variable', 'b = f()[1][0] @ variable', 'c @ variable', 'd = f()[2] @ variable'],
    },
  ],
  ['a, *b, c = f()', { bindings: ['a = f()[0] @ variable', 'b @ variable', 'c @ variable'] }],
  ['a, b = "x", g()', { bindings: ["a = 'x' @ variable", 'b = g() @ variable'], calls: ['g()'] }],
  ['[a, b] = c', { bindings: ['a = c[0] @ variable', 'b = c[1] @ variable'] }],
  ['a.b = f()', { bindings: [], members: [], calls: ['f()'] }],
  ['a["k"] = f()', { bindings: [], calls: ['f()'] }],
  ['x += "a"', { bindings: ['x = ? @ variable'] }],
  [
    'with open("x") as f, g() as (h, i): pass',
    {
      bindings: ["f = open('x') @ variable", 'h = g()[0] @ variable', 'i = g()[1] @ variable'],
    },
  ],
  ['with (open("x") as f, g): pass', { bindings: ["f = open('x') @ variable"] }],
  ['try: pass\nexcept (A, B) as e: f(e)', { bindings: ['e @ variable'], calls: ['f(e)'] }],
  ['for k in ["a", "b"]: f(k)', { bindings: ["k = ('a' | 'b') @ variable"] }],
  ['for k, v in (("a", 1), ("b", 2)): f(k)', { bindings: ["k = ('a' | 'b') @ variable", 'v = (1 | 2) @ variable'] }],
  [
    'for k, v in d.items(): f(k)',
    { bindings: ['k = d.items()[?][0] @ variable', 'v = d.items()[?][1] @ variable'], calls: ['d.items()', 'f(k)'] },
  ],
  ['def f():\n    x = 1\n', { scopes: ['x in def f():\n    x = 1'] }],
  ['def f():\n    global x\n    x = 1', { scopes: ['x in FILE'] }],
  [
    'def f():\n  def g():\n    nonlocal x\n    x = 1',
    { scopes: ['x in def f():\n  def g():\n    nonlocal x\n    x = 1'] },
  ],
];

const FUNCTIONS: readonly Row[] = [
  [
    'def f(a, b: str = "k", *c, d, e=1, **g) -> T: return a',
    {
      functions: ["f(a@0, b@1: str = 'k', c@2, d@keyword, e@keyword = 1, g@keyword) -> a"],
    },
  ],
  ['def f(a, /, b, *, c: int): pass', { functions: ['f(a@0, b@1, c@keyword: int) ->'] }],
  ['def f(*args: str, **kw: int): pass', { functions: ['f(args@0: str, kw@keyword: int) ->'] }],
  ['async def f(a: "A | None"): return await g(a)', { functions: ["f(a@0: 'A | None') -> g(a)"] }],
  [
    'def f(a):\n  if a: return 1\n  def g(): return 2\n  return "x", 3',
    {
      functions: ["f(a@0) -> 1 | ['x', 3]", 'g() -> 2'],
    },
  ],
  [`def f():\n${'  return 1\n'.repeat(12)}`, { functions: [`f() -> ${Array(8).fill('1').join(' | ')}`] }],
  ['def f(a=g()): pass', { functions: ['f(a@0 = g()) ->'], calls: ['g()'] }],
  ['class A:\n  def m(self, a): return self.x', { functions: ['A.m(self@-1, a@0) -> self.x'], members: ['self.x'] }],
  [
    'class A:\n  @staticmethod\n  def m(a): pass\n  @classmethod\n  def n(cls, a): pass',
    {
      functions: ['A.m(a@0) ->', 'A.n(cls@-1, a@0) ->'],
      decorators: ['staticmethod()', 'classmethod()'],
    },
  ],
  [
    '@waffle_flag("k", g(1))\n@bare\n@a.b\ndef f(): pass',
    {
      decorators: ["waffle_flag('k', g(1))", 'bare()', 'a.b()'],
      calls: ['g(1)'],
      members: [],
      functions: ['f() ->'],
    },
  ],
];

const CLASSES: readonly Row[] = [
  [
    'class A(B, c.D, Generic[T], metaclass=f()): pass',
    {
      types: ['class A(B, c.D, Generic[T])'],
      calls: ['f()'],
      members: [],
    },
  ],
  [
    'class A(str, Enum):\n  X = "x"\n  y: int\n  def m(self): return self.X',
    {
      types: ['enum A(str, Enum)'],
      bindings: ["A.X = 'x' @ enum-member", 'A.y: int @ field'],
      scopes: [
        'X in class A(str, Enum):\n  X = "x"\n  y: int\n  def m(self): return self.X',
        'y in class A(str, Enum):\n  X = "x"\n  y: int\n  def m(self): return self.X',
      ],
    },
  ],
  ['class A(enum.IntFlag):\n  X = 1', { bindings: ['A.X = 1 @ enum-member'] }],
  [
    'class A(StrEnum):\n  NEW_UI = auto()\n  B = enum.auto()',
    {
      bindings: ["A.NEW_UI = 'new_ui' @ enum-member", "A.B = 'b' @ enum-member"],
    },
  ],
  ['class A(models.TextChoices):\n  X = "x", _("X")', { bindings: ["A.X = 'x' @ enum-member"], calls: ["_('X')"] }],
  [
    'class A:\n  KEY = "k"\n  name: str = "n"\n  if a:\n    other = 1',
    {
      bindings: ["A.KEY = 'k' @ constant", "A.name: str = 'n' @ field", 'A.other = 1 @ field'],
    },
  ],
  [
    'class A:\n  def __init__(this, c):\n    this.client = c\n    this.n: int = 1\n    this.a, b = f()\n    this.d.e = 2',
    {
      bindings: ['A.client = c @ field', 'A.n: int = 1 @ field', 'A.a = f()[0] @ field', 'b = f()[1] @ variable'],
      members: ['this.d'],
    },
  ],
  ['class A:\n  def m(self):\n    def late(): self.x = 1', { bindings: ['A.x = 1 @ field'] }],
  [
    'class A:\n  class B:\n    X = 1\n    def m(self): pass\n  Y = 2',
    {
      types: ['class A()', 'class B()'],
      bindings: ['B.X = 1 @ constant', 'A.Y = 2 @ constant'],
      functions: ['B.m(self@-1) ->'],
    },
  ],
  ['class P(Protocol):\n  def m(self) -> bool: ...', { types: ['interface P(Protocol)'] }],
  ['type X = dict[str, A]', { types: ['alias X(dict[[str, A]])'] }],
];

const BRANCHES: readonly Row[] = [
  [
    'if a:\n  f()\nelif b:\n  g()\nelse:\n  h()',
    {
      branches: ['a | f() | elif b:\n  g()\nelse:\n  h()', 'b | g() | h()'],
      calls: ['f()', 'g()', 'h()'],
    },
  ],
  ['if a: f()', { branches: ['a | f()'] }],
  ['while a(): f()\nelse: g()', { branches: ['a() | f() | g()'], calls: ['a()', 'f()', 'g()'] }],
  [
    'match a():\n  case B(c=1) if d():\n    e()\n  case "f(x)":\n    pass',
    { calls: ['a()', 'd()', 'e()'], branches: [] },
  ],
];

const COMMENTS: readonly Row[] = [
  [
    '#!/usr/bin/env python\n# runbook: a.md\n## two\nf(  # in\n  1)\n#',
    {
      comments: ['/usr/bin/env python', ' runbook: a.md', ' two', ' in', ''],
    },
  ],
  ['def f():\n  """doc # not f(1)"""\n  # yes g(1)\n  return 1', { comments: [' yes g(1)'], calls: [] }],
];

describe('Python facts', () => {
  describe('imports', () => testRows('python', IMPORTS));
  describe('strings', () => testRows('python', STRINGS));
  describe('expressions', () => testRows('python', EXPRESSIONS));
  describe('bindings', () => testRows('python', BINDINGS));
  describe('functions', () => testRows('python', FUNCTIONS));
  describe('classes', () => testRows('python', CLASSES));
  describe('branches', () => testRows('python', BRANCHES));
  describe('comments', () => testRows('python', COMMENTS));
});
