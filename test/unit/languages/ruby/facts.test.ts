/** What each construct of Ruby and ERB says, construct by construct. */
import assert from 'node:assert/strict';
import { blankTemplate } from '../../../../server/src/core/languages/erb/index.ts';
import { blankHaml } from '../../../../server/src/core/languages/haml/index.ts';
import { type Row, testRows } from '../table.ts';

const NEEDS: readonly Row[] = [
  ["require 'open_feature/sdk'", { imports: ['* = * from open_feature/sdk'] }],
  [
    "require_relative 'flags'\nrequire_relative '../a'\nload name",
    { imports: ['* = * from ./flags', '* = * from ../a'] },
  ],
  ["gem 'flipper', '~> 1.0', require: false", { imports: ['* = * from flipper'], calls: ['gem()'] }],
];

const TYPES: readonly Row[] = [
  [
    'module A::B\n class C < D::E\n include F, G::H\n extend I\n end\nend',
    { types: ['class A::B()', 'class C(D.E, F, G.H, I)'], members: ['D.E', 'G.H'] },
  ],
  ['class C < Struct.new(:a); end', { types: ["class C(new Struct('a'))"] }],
  [
    'class C\n KEY = :k\n @@count = 1\n def f; @x = 2; @y ||= g; self.z = 3; end\nend\nTOP = "t"',
    {
      bindings: [
        "C.KEY = 'k' @ constant",
        'C.@@count = 1 @ field',
        'C.@x = 2 @ field',
        'C.@y = g @ field',
        'C.z = 3 @ field',
        "TOP = 't' @ constant",
      ],
    },
  ],
  [
    'class C\n attr_reader :client\n attr_accessor :a, "b"\n mattr_accessor :m\nend',
    {
      functions: ['C.client() -> self.@client', 'C.a() -> self.@a', 'C.b() -> self.@b', 'C.m() -> self.@@m'],
    },
  ],
  [
    'class C\n delegate :a, :b?, to: :client\n def_delegators :@gate, :c\n def_delegator "gate", :d, :e\n alias_method :f, :a\n alias g b\nend',
    {
      bindings: [
        'C.a = self.client.a @ field',
        'C.b? = self.client.b? @ field',
        'C.c = self.@gate.c @ field',
        'C.e = self.gate.d @ field',
        'C.f = self.a @ field',
        'C.g = self.b @ field',
      ],
    },
  ],
  ['class C\n delegate :a, to: :b, prefix: true\nend', { bindings: [] }],
];

const METHODS: readonly Row[] = [
  [
    'def f(a, b = 1, *c, d:, e: :x, **g, &h)\n  a\nend',
    { functions: ["f(a@0, b@1 = 1, c@2, d@keyword, e@keyword = 'x', g@keyword) -> a"] },
  ],
  [
    'class C\n def self.a = b(1)\n class << self\n def c(x); x; end\n end\n private def d; end\nend',
    { functions: ['C.a() -> b(1)', 'C.c(x@0) -> x', 'C.d() ->'] },
  ],
  ['def f\n return 1 if a\n if b then 2 elsif c then 3 else 4 end\nend', { functions: ['f() -> 1 | 2 | 3 | 4'] }],
  ['def f\n case x when 1 then :a else :b end\nend', { functions: ["f() -> 'a' | 'b'"] }],
  ['def f\n @c ||= g || h\nrescue E => e\n 1\nend', { functions: ['f() -> g | h'] }],
  [
    'a.each { |x, y = 2| x }\nb do |z| return z end\nl = ->(k) { k }',
    { functions: ['(none)(x@0, y@1 = 2) -> x', '(none)(z@0) -> ?', 'l(k@0) -> k'] },
  ],
  [
    'class C\n define_method(:on?) { |k| k }\nend\nlet(:client) { build }',
    { functions: ['C.on?(k@0) -> k', 'client() -> build'] },
  ],
  ['def f(k)\n k = k.to_sym\n j = k\nend', { bindings: ['j = k @ variable'] }],
];

const CALLS: readonly Row[] = [
  [
    'Flipper.enabled?(:k, user)\nFlipper.enabled? "k"\nFlipper[:k].enabled?\n$r.active?(:k)\non? :k\nnone',
    {
      calls: [
        "Flipper.enabled?('k', user)",
        "Flipper.enabled?('k')",
        "Flipper['k'].enabled?()",
        "$r.active?('k')",
        "on?('k')",
      ],
      names: ['enabled?', 'enabled?', 'enabled?', 'active?', 'on?'],
      members: [],
    },
  ],
  [
    'c.fetch(flag_key: "k", :default_value => 1, "x" => 2, y:)\nf(*a, **b, &c)\nf(...)',
    { calls: ["c.fetch(flag_key='k', default_value=1, x=2, y=y)", 'f(...a, ...b)', 'f(...?)'] },
  ],
  [
    'A::B.new(1).c\nA.new\nself.class::KEY\na&.b&.c(1)',
    {
      calls: ['new A.B(1)', 'new A()', 'a.b.c(1)'],
      members: ['new A.B(1).c', 'self.KEY'],
    },
  ],
  [
    'x = F.fetch(:k)\ny = :k.to_s.freeze\nz = f.(1)',
    {
      bindings: ["x = F['k'] @ variable", "y = 'k' @ variable", 'z = f(1) @ variable'],
      calls: ["F.fetch('k')", 'f(1)'],
    },
  ],
  [
    '# Flipper.enabled?(:comment)\ns = "Flipper.enabled?(:text)"\n=begin\nf(1)\n=end',
    {
      calls: [],
      comments: [' Flipper.enabled?(:comment)', 'f(1)\n=end'],
    },
  ],
];

const VALUES: readonly Row[] = [
  [
    'a = "x#{y}z"\nb = "p" + q + "r"\nc = \'a\\\'b\'\nd = "\\u0041\\n" "b"\ne = %w[a b]\nf = %i[c d]\ng = :"s-#{t}"',
    {
      bindings: [
        'a = `x<y>z` @ variable',
        'b = `p<q>r` @ variable',
        "c = 'a'b' @ variable",
        "d = 'A\nb' @ variable",
        "e = ['a', 'b'] @ variable",
        "f = ['c', 'd'] @ variable",
        'g = `s-<t>` @ variable',
      ],
    },
  ],
  [
    'a = format("%s-%05d", x, y)\nb = "%{k}!" % { k: z }\nc = [p, "q"].join("_")',
    { bindings: ['a = `<x>-<?>` @ variable', 'b = `<z>!` @ variable', 'c = `<p>_q` @ variable'] },
  ],
  [
    'a = { b: 1, "c" => 2, :d => 3, **e, f => 4 }\ng = h[:i]\nj = k || l\nm = n ? 1 : -2.5',
    {
      bindings: [
        'a = {b: 1, c: 2, d: 3} @ variable',
        "g = h['i'] @ variable",
        'j = (k | l) @ variable',
        'm = (1 | -2.5) @ variable',
      ],
    },
  ],
  [
    'a, (b, *c) = d\ne = f = 1\ng += 1\n$h = 2\nRails.configuration.flags = 3\nx.y = 4',
    {
      bindings: [
        'a = d[0] @ variable',
        'b @ variable',
        'c @ variable',
        'e = 1 @ variable',
        'f = 1 @ variable',
        'g = ? @ variable',
        '$h = 2 @ variable',
        'Rails.configuration.flags = 3 @ variable',
      ],
    },
  ],
  [
    'case v\nin { a:, b: Integer => c } then 1\nin [d, *e] then 2\nend\nfor i in [1, 2] do end',
    {
      bindings: ['a @ variable', 'c @ variable', 'd @ variable', 'e @ variable', 'i = (1 | 2) @ variable'],
    },
  ],
];

const BRANCHES: readonly Row[] = [
  ['if a\n b\nelsif c\n d\nelse\n e\nend', { branches: ['a | \n b | elsif c\n d\nelse\n e', 'c | \n d | else\n e'] }],
  ['b unless a\nc while d\nx ? y : z\np && q', { branches: ['a | b', 'd | c', 'x | y | z', 'p | q'] }],
];

const TEMPLATES: readonly Row[] = [
  [
    '<% if on?(:k) %>\n<b class="<%= f 1 %>"></b>\n<% end -%>',
    { calls: ["on?('k')", 'f(1)'], branches: ['on?(:k) | %>\n<b class="<%= f 1 %'] },
  ],
  ['<%# note: f(1) %>\n<p>g(2)</p><%% h(3) %>', { comments: [' note: f(1)'], calls: [] }],
  ['<%= render "x" do |y| %>é😀<%== y.z(4) %><% end %>', { calls: ["render('x')", 'y.z(4)'] }],
];

const HAML: readonly Row[] = [
  [
    "- if on?(:a) && f\n  .nav{ class: g('x'), data: { y: h(1) } }= link_to on?(:b), z do |w|\n    = w.v(2)\n- else\n  %p.q#r-s i(3)",
    { calls: ["on?('a')", "g('x')", 'h(1)', "link_to(on?('b'), z)", "on?('b')", 'w.v(2)'] },
  ],
  [
    'Text #{f(1)} and #{g("}")} \\#{h(2)}\n#id{ a: b(3),\n  c: d(4) } e(5)\n%i(j=k)= l 6\n!= m(7)\n== n #{o(8)}',
    { calls: ['f(1)', "g('}')", 'b(3)', 'd(4)', 'l(6)', 'm(7)', 'o(8)'] },
  ],
  [
    '-# note: f(1)\n   g(2)\n:javascript\n  h(3); #{i(4)}\n:ruby\n  j(5)\n%p',
    { comments: [' note: f(1)'], calls: ['i(4)', 'j(5)'] },
  ],
  [
    '= render "x", a: f(1),\n  b: g(2)\n- x = h |\n  + i(3) |\n- case j(4)\n- when k(5)\n',
    { calls: ["render('x', a=f(1), b=g(2))", 'f(1)', 'g(2)', 'i(3)', 'j(4)'] },
  ],
];

describe('Ruby facts', () => {
  describe('needed files', () => testRows('ruby', NEEDS));
  describe('types and their members', () => testRows('ruby', TYPES));
  describe('methods and blocks', () => testRows('ruby', METHODS));
  describe('calls', () => testRows('ruby', CALLS));
  describe('values', () => testRows('ruby', VALUES));
  describe('branches', () => testRows('ruby', BRANCHES));
});

describe('ERB facts', () => {
  testRows('erb', TEMPLATES);

  it('blanks what is no Ruby, and nothing else', () => {
    const template = '<p>\r\n<%- a -%> <%# b %><% c %>\n<%# d %>\n<%% e %>\n<%= f';
    const expected = '   \r\n    a ;              c ; \n  # d   \n        \n    f';
    assert.equal(blankTemplate(template), expected);
  });
});

describe('Haml facts', () => {
  testRows('haml', HAML);

  it('blanks what is no Ruby, and nothing else', () => {
    const template = '!!!\r\n%p.a{b: 1}= c\n  d #{e} é😀\n- if f\n  / g';
    assert.equal(blankHaml(template), '   \r\n   !{b: 1}; c\n    ; e;    \n;    f\n     ');
  });
});
