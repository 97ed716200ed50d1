/** What each construct of PHP says, construct by construct. */
import { type Row, testRows } from '../table.ts';

const code = (source: string): string => `<?php\n${source}\n`;

const IMPORTS: readonly Row[] = [
  [
    code(
      'use A\\B;\nuse A\\C as D;\nuse \\E;\nuse F\\{G, H\\I as J, function k};\nuse function L\\m;\nuse const N\\O;',
    ),
    {
      imports: [
        'B = B from A',
        'D = C from A',
        'E = E from ',
        'G = G from F',
        'J = I from F\\H',
        'k = k from F',
        'm = m from L',
        'O = O from N',
      ],
    },
  ],
];

const TYPES: readonly Row[] = [
  [
    code('final class A extends B implements \\C\\D, E { use F, G; }\ninterface H extends I {}\ntrait J {}'),
    { types: ['class A(B, \\C\\D, E, F, G)', 'interface H(I)', 'class J()'] },
  ],
  [
    code("class A { const K = 'k', L = self::K . 'l'; private ?B $b = null; public C|null $c; static $d = 1; }"),
    {
      bindings: [
        "A.K = 'k' @ constant",
        'A.L = `<self.K>l` @ constant',
        'A.b: B = null @ field',
        'A.c: C @ field',
        'A.d = 1 @ field',
      ],
    },
  ],
  [
    code('class A { function __construct(private B $b, int $n = 1) { $this->c = $n; self::$d = 2; } }'),
    {
      bindings: ['A.b: B = $b @ field', 'A.c = $n @ field', 'A.d = 2 @ field'],
      functions: ['A.__construct($b@0: B, $n@1 = 1) ->'],
    },
  ],
  [
    code("enum F: string { case Nav = 'new-nav'; case Old = 'old'; const D = self::Nav; }\nenum U { case One; }"),
    {
      types: ['enum F()', 'enum U()'],
      bindings: [
        "F.Nav = 'new-nav' @ enum-member",
        "F.Old = 'old' @ enum-member",
        'F.D = self.Nav @ constant',
        "U.One = 'One' @ enum-member",
      ],
    },
  ],
  [
    code('$x = new class($y) extends P { public $z = 1; };'),
    { types: ['class (P)'], bindings: ['$x = ? @ variable', '.z = 1 @ field'] },
  ],
  [code("#[A('k', n: 1), B]\nfunction f(#[C] $x) {}"), { decorators: ["A('k', n=1)", 'B()', 'C()'] }],
];

const FUNCTIONS: readonly Row[] = [
  [
    code('function f(A $a, ?B $b = null, C|D ...$c): E { if ($a) { return 1; } return $b ?? 2; }'),
    { functions: ['f($a@0: A, $b@1: B = null, $c@2: (C | D)) -> 1 | $b | 2'] },
  ],
  [
    code('$f = fn ($x) => g($x);\n$h = function () use ($f, &$y) { return $f; };'),
    {
      functions: ['$f($x@0) -> g($x)', '$h() -> $f'],
      bindings: ['$f = fn @ variable', '$h = fn @ variable'],
    },
  ],
  [
    code('function f($k) { $k = (string) $k; $j = $k; }'),
    { bindings: ['$j = $k @ variable'], scopes: ['$j in function f($k) { $k = (string) $k; $j = $k; }'] },
  ],
];

const CALLS: readonly Row[] = [
  [
    code("Feature::active('k');\n$c->isEnabled('k', default: false);\n$c?->d()->e(...$x);\nf('k');\n\\g\\h(1);"),
    {
      calls: [
        "Feature.active('k')",
        "$c.isEnabled('k', default=false)",
        '$c.d().e(...$x)',
        '$c.d()',
        "f('k')",
        '\\g\\h(1)',
      ],
      names: ['active', 'isEnabled', 'e', 'd', 'f', '\\g\\h'],
    },
  ],
  [code("new A('k');\nnew \\B\\C;\nf(...);\n$this->g(...);"), { calls: ["new A('k')", 'new \\B\\C()'], members: [] }],
  [
    code(
      "$a = app(A::class);\n$b = $c->get(B::class);\n$d = sprintf('%s-%d!%05d', $e, 1, $f);\n$g = implode('.', ['a', $h]);\ndefine('K', 'v');",
    ),
    {
      bindings: [
        '$a = A @ variable',
        '$b = B @ variable',
        '$d = `<$e>-<1>!<?>` @ variable',
        '$g = `a.<$h>` @ variable',
        "K = 'v' @ constant",
      ],
    },
  ],
  [
    code("// f('a')\n# f('b')\n/** f('c') */\n$x = \"f('d')\";"),
    { calls: [], comments: [" f('a')", " f('b')", " f('c') "] },
  ],
  ["<p>f('a')</p><?= g('b') ?><?php if (h('c')): ?>x<?php endif ?>", { calls: ["g('b')", "h('c')"] }],
];

const VALUES: readonly Row[] = [
  [
    code("$a = \"x-$b-{$c->d}\";\n$e = 'it\\'s' . \"\\u{41}\\n\";\n$f = <<<'N'\n  raw\n  N;\n$g = <<<T\n t-$h\n T;"),
    {
      bindings: [
        '$a = `x-<$b>-<$c.d>` @ variable',
        "$e = 'it'sA\n' @ variable",
        "$f = 'raw' @ variable",
        '$g = ` t-<$h>` @ variable',
      ],
    },
  ],
  [
    code(
      "$a = ['k' => 1, K => 2, ...$b];\n$c = [1, 'x'];\n$d = $e['k'] ?? $f ?: 3;\n$g = $h ? -1 : 1.5;\n$i = Flag::Nav->value;",
    ),
    {
      bindings: [
        '$a = {k: 1} @ variable',
        "$c = [1, 'x'] @ variable",
        "$d = (($e['k'] | $f) | 3) @ variable",
        '$g = (-1 | 1.5) @ variable',
        '$i = Flag.Nav.value @ variable',
      ],
    },
  ],
  [
    code(
      "[$a, 'k' => $b, [$c]] = $d;\nlist($e) = $f;\n$g .= 'x';\n$h ??= 1;\nstatic $i = 2;\nforeach (['p', 'q'] as $k => $v) {}",
    ),
    {
      bindings: [
        '$a = $d[0] @ variable',
        "$b = $d['k'] @ variable",
        '$c = $d[1][0] @ variable',
        '$e = $f[0] @ variable',
        '$g = ? @ variable',
        '$h = 1 @ variable',
        '$i = 2 @ variable',
        '$k @ variable',
        "$v = ('p' | 'q') @ variable",
      ],
    },
  ],
  [
    code('$a = match ($b) { 1, 2 => $c, default => D::E };'),
    { bindings: ['$a = ($c | D.E) @ variable'], members: ['D.E'] },
  ],
  [
    code('class A extends B { function f() { return [parent::g(), static::H, self::class]; } }'),
    {
      functions: ['A.f() -> [B.g(), self.H, self.class]'],
    },
  ],
];

const BRANCHES: readonly Row[] = [
  [
    code('if ($a) { b(); } elseif ($c) { d(); } else { e(); }'),
    {
      branches: ['$a | { b(); } | elseif ($c) { d(); } else { e(); }', '$c | { d(); } | { e(); }'],
    },
  ],
  [code('while ($a) { b(); }\n$c ? 1 : 2;\n$d && e();'), { branches: ['$a | { b(); }', '$c | 1 | 2', '$d | e()'] }],
];

describe('PHP facts', () => {
  describe('imports', () => testRows('php', IMPORTS));
  describe('types and their members', () => testRows('php', TYPES));
  describe('functions', () => testRows('php', FUNCTIONS));
  describe('calls', () => testRows('php', CALLS));
  describe('values', () => testRows('php', VALUES));
  describe('branches', () => testRows('php', BRANCHES));
});
