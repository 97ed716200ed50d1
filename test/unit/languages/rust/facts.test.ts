/** What each construct of Rust says, construct by construct. */
import { type Row, testRows } from '../table.ts';

/** Statements in a function without parameters. */
const inFunction = (body: string): string => `fn f() {\n${body}\n}\n`;

const ROWS: readonly Row[] = [
  [
    'use open_feature::{Client as C, provider::*};\nuse crate::flags::keys::PAY;\nuse super::a;\nuse b; // why\n',
    {
      imports: [
        'C = Client from open_feature',
        '* = * from open_feature.provider',
        'PAY = PAY from crate.flags.keys',
        'a = a from super',
      ],
    },
  ],
  [
    'pub const A: &str = "a\\n\\u{e9}";\nstatic B: Client = Client::new();\nmod m { pub const C: &str = concat!("x-", "y"); }\n',
    { bindings: ["A = 'a\né' @ constant", 'B: Client = Client.new() @ constant', "C = 'x-y' @ constant"] },
  ],
  [
    'enum F { A, B(u32) }\nimpl F { const K: &str = "k"; fn key(&self) -> &str { match self { F::A => "a", Self::B(_) => "b" } } }\n',
    {
      bindings: ['F.A = new F() @ enum-member', 'F.B = new F() @ enum-member', "F.K = 'k' @ constant"],
      functions: ["F.key() -> {A: 'a', B: 'b'}[this]"],
      types: ['enum F()', 'extension F(F)'],
    },
  ],
  [
    inFunction('assert!(!a.b(&c, D::E), "x"); m::on!(f(1)?.g(h + 1)); quote!(no()); cfg!(feature = "k");'),
    { calls: ['a.b(c, D.E)', 'f(1).g(?)', 'f(1)'] },
  ],
  [
    'trait T: U { fn on(&self, key: &str) -> bool; }\nstruct S<X> { a: Arc<dyn T>, b: Option<X> }\nimpl<X> T for S<X> { fn on(&self, key: &str) -> bool { self.a.on(key) } }\ntype A = S<u8>;\n',
    {
      types: ['interface T(U)', 'struct S()', 'extension S(S, T)', 'alias A(S)'],
      functions: ['T.on(key@0) ->', 'S.on(key@0) -> this.a.on(key)'],
      bindings: ['S.a: T @ field', 'S.b: X @ field'],
    },
  ],
  [
    inFunction('let a = format!("p-{}-{b}", c);\nlet d = "x".to_string() + e;\nlet g = r#"raw "q""#;\nlet h = -1_0u8;'),
    {
      bindings: [
        'a = `p-<c>-<b>` @ variable',
        'd = `x<e>` @ variable',
        'g = \'raw "q"\' @ variable',
        'h = -10 @ variable',
      ],
    },
  ],
  [
    inFunction('a.b("k", &c).await?;\nD::new(1);\ne::f::<G>(2);\nlet s = S { key: "k", ..t() };\nlet h = Some(i());'),
    {
      calls: ["a.b('k', c)", 'D.new(1)', 'e.f(2)', "new S(key='k')", 't()', 'Some(i())', 'i()'],
      bindings: ["s = new S(key='k') @ variable", 'h = i() @ variable'],
    },
  ],
  [
    inFunction('if a() && b { c() } else if let Some(d) = e { g(d) } else { h() }\nfor k in ["a", "b"] { i(k) }'),
    {
      bindings: ['d = e @ variable', "k = ('a' | 'b') @ variable"],
      branches: [
        'a() && b | { c() } | if let Some(d) = e { g(d) } else { h() }',
        'a() | b',
        'let Some(d) = e | { g(d) } | { h() }',
      ],
    },
  ],
  [
    'fn f(a: &mut A, (b, c): (B, C), k: impl Into<D>) -> E { let x = |y: &str| g(y); return h(); }\n',
    { functions: ['f(a@0: A, b@1, k@2: Into) -> h()', '(none)(y@0) -> g(y)'] },
  ],
  [inFunction('let a = "f(1) // no"; // g(2)\n/* h(3) */ log!("i(4)");'), { calls: [], comments: [' g(2)', ' h(3) '] }],
];

describe('facts of Rust', () => testRows('rust', ROWS));
