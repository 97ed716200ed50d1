/** Code that is broken, deep or long: facts are always made, and always well formed. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseText, releaseText, reparseText } from '../../../server/src/core/languages/extract.ts';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { factsWith, LANGUAGES, loadGrammars } from '../../support/facts.ts';
import { linesOf } from './notation.ts';
import { assertWellFormed } from './wellFormed.ts';

/** The file, and how many characters apart it is cut: parsing C# takes a while. */
const FIXTURES: readonly (readonly [LanguageId, string, number])[] = [
  ['python', './python/shop.py', 1],
  ['go', './go/shop.go', 1],
  ['java', './java/Shop.java', 3],
  ['csharp', './csharp/Shop.cs', 17],
  ['ruby', './ruby/shop.rb', 3],
  ['erb', './ruby/shop.html.erb', 3],
  ['haml', './ruby/shop.html.haml', 3],
  ['php', './php/shop.php', 3],
  ['kotlin', './kotlin/shop.kt', 5],
  ['swift', './swift/shop.swift', 17],
  ['rust', './rust/shop.rs', 5],
  ['cpp', './cpp/shop.cpp', 17],
  ['scala', './scala/shop.scala', 17],
];

const DEPTH = 5_000;

const DEEP: readonly (readonly [LanguageId, string, string])[] = [
  ['python', 'calls', 'f('.repeat(DEPTH)],
  ['python', 'closed calls', `${'f('.repeat(2000)}${')'.repeat(2000)}`],
  ['python', 'brackets', '['.repeat(DEPTH)],
  ['python', 'parentheses', `x = ${'('.repeat(2000)}1${')'.repeat(2000)}`],
  ['python', 'sums', `x = ${'a + '.repeat(DEPTH)}a`],
  ['python', 'chained calls', `x = a${'.b()'.repeat(DEPTH)}`],
  ['python', 'members', `x = a${'.b'.repeat(DEPTH)}`],
  ['python', 'assignments', `${'a = '.repeat(2000)}1`],
  ['python', 'choices', `x = ${'a if b else '.repeat(2000)}c`],
  ['python', 'lambdas', `${'lambda: '.repeat(2000)}1`],
  ['python', 'functions', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}def f():\n`).join('')],
  ['go', 'calls', `var a = ${'f('.repeat(DEPTH)}`],
  ['go', 'closed calls', `var a = ${'f('.repeat(2000)}${')'.repeat(2000)}`],
  ['go', 'sums', `var a = ${'a + '.repeat(DEPTH)}a`],
  ['go', 'chained calls', `var a = a${'.b()'.repeat(DEPTH)}`],
  ['go', 'literals', `var a = T${'{a: T'.repeat(2000)}${'}'.repeat(2000)}`],
  ['go', 'types', `var a ${'[]'.repeat(DEPTH)}T`],
  ['go', 'else if', `func f() { ${'if a { b() } else '.repeat(2000)}{ } }`],
  ['go', 'blocks', `func f() ${'{'.repeat(DEPTH)}`],
  ['go', 'functions', `var a = ${'func() { return '.repeat(1000)}`],
  ['java', 'calls', inJava(`x = ${'f('.repeat(DEPTH)}`)],
  ['java', 'closed calls', inJava(`x = ${'f('.repeat(2000)}${')'.repeat(2000)};`)],
  ['java', 'sums', inJava(`x = ${'a + '.repeat(DEPTH)}a;`)],
  ['java', 'chained calls', inJava(`x = a${'.b()'.repeat(DEPTH)};`)],
  ['java', 'members', inJava(`x = a${'.b'.repeat(DEPTH)};`)],
  ['java', 'choices', inJava(`x = ${'a ? b : '.repeat(2000)}c;`)],
  ['java', 'lambdas', inJava(`x = ${'a -> '.repeat(2000)}1;`)],
  ['java', 'else if', inJava(`${'if (a) { b(); } else '.repeat(2000)}{ }`)],
  ['java', 'blocks', inJava('{'.repeat(DEPTH))],
  ['java', 'classes', 'class C { '.repeat(1000)],
  ['java', 'anonymous classes', inJava(`x = ${'new A() { Object b = '.repeat(500)}`)],
  ['csharp', 'calls', inCsharp(`x = ${'f('.repeat(1000)}`)],
  ['csharp', 'closed calls', inCsharp(`x = ${'f('.repeat(1000)}${')'.repeat(1000)};`)],
  ['csharp', 'sums', inCsharp(`x = ${'a + '.repeat(DEPTH)}a;`)],
  ['csharp', 'chained calls', inCsharp(`x = a${'.b()'.repeat(DEPTH)};`)],
  ['csharp', 'conditional accesses', inCsharp(`x = a${'?.b()'.repeat(1000)};`)],
  ['csharp', 'choices', inCsharp(`x = ${'a ? b : '.repeat(1000)}c;`)],
  ['csharp', 'lambdas', inCsharp(`x = ${'a => '.repeat(1000)}1;`)],
  ['csharp', 'else if', inCsharp(`${'if (a) { b(); } else '.repeat(1000)}{ }`)],
  ['csharp', 'interpolations', inCsharp(`x = ${'$"{'.repeat(500)}1${'}"'.repeat(500)};`)],
  ['ruby', 'calls', 'f('.repeat(1000)],
  ['ruby', 'closed calls', `${'f('.repeat(1000)}${')'.repeat(1000)}`],
  ['ruby', 'calls without parentheses', `${'f '.repeat(1000)}1`],
  ['ruby', 'sums', `x = ${'a + '.repeat(DEPTH)}a`],
  ['ruby', 'chained calls', `x = a${'.b()'.repeat(DEPTH)}`],
  ['ruby', 'members', `x = a${'.b'.repeat(DEPTH)}`],
  ['ruby', 'constants', `x = A${'::B'.repeat(DEPTH)}`],
  ['ruby', 'choices', `x = ${'a || '.repeat(DEPTH)}c`],
  ['ruby', 'ternaries', `x = ${'a ? b : '.repeat(1000)}c`],
  ['ruby', 'assignments', `${'a = '.repeat(1000)}1`],
  ['ruby', 'blocks', 'f { '.repeat(1000)],
  ['ruby', 'modules', `${'module M; '.repeat(1000)}${'end; '.repeat(1000)}`],
  ['ruby', 'elsif', `if a\n${'elsif b\n'.repeat(1000)}end`],
  ['erb', 'tags', '<% if a %>'.repeat(1000)],
  ['php', 'calls', inPhp(`$x = ${'f('.repeat(1000)}`)],
  ['php', 'closed calls', inPhp(`$x = ${'f('.repeat(1000)}${')'.repeat(1000)};`)],
  ['php', 'sums', inPhp(`$x = ${'$a . '.repeat(DEPTH)}$a;`)],
  ['php', 'chained calls', inPhp(`$x = $a${'->b()'.repeat(DEPTH)};`)],
  ['php', 'members', inPhp(`$x = $a${'->b'.repeat(DEPTH)};`)],
  ['php', 'choices', inPhp(`$x = ${'$a ?? '.repeat(1000)}$c;`)],
  ['php', 'closures', inPhp(`$x = ${'fn() => '.repeat(1000)}1;`)],
  ['php', 'arrays', inPhp(`$x = ${'['.repeat(1000)}`)],
  ['php', 'else if', inPhp(`${'if ($a) { b(); } else '.repeat(1000)}{ }`)],
  ['php', 'blocks', inPhp('{'.repeat(1000))],
  ['php', 'classes', inPhp(`${'new class { function f() { '.repeat(300)}`)],
  ['csharp', 'namespaces', 'namespace N { '.repeat(1000)],
  ['kotlin', 'calls', inKotlin(`x = ${'f('.repeat(1000)}`)],
  ['kotlin', 'closed calls', inKotlin(`x = ${'f('.repeat(1000)}${')'.repeat(1000)}`)],
  ['kotlin', 'sums', inKotlin(`x = ${'a + '.repeat(2000)}a`)],
  ['kotlin', 'chained calls', inKotlin(`x = a${'.b()'.repeat(2000)}`)],
  ['kotlin', 'choices', inKotlin(`x = ${'a ?: '.repeat(2000)}c`)],
  ['kotlin', 'lambdas', inKotlin('f { '.repeat(400))],
  ['kotlin', 'else if', inKotlin(`${'if (a) { b() } else '.repeat(500)}{ }`)],
  ['kotlin', 'classes', 'class C { '.repeat(400)],
  ['swift', 'calls', inSwift(`x = ${'f('.repeat(400)}`)],
  ['swift', 'sums', inSwift(`x = ${'a + '.repeat(1000)}a`)],
  ['swift', 'chained calls', inSwift(`x = a${'.b()'.repeat(1000)}`)],
  ['scala', 'calls', `def m() = { ${'f('.repeat(1000)}`],
  ['scala', 'chained calls', `def m() = { a${'.b()'.repeat(2000)} }`],
  ['scala', 'curried calls', `val x = f${'(a)'.repeat(2000)}`],
  ['scala', 'sums', `val x = ${'a + '.repeat(1000)}a`],
  ['scala', 'blocks', `def m() = ${'{'.repeat(450)}`],
  ['scala', 'objects', 'object a { '.repeat(400)],
  ['scala', 'lambdas', `val x = ${'a => '.repeat(400)}1`],
  ['cpp', 'calls', `void m() { ${'f('.repeat(1000)}`],
  ['cpp', 'chained calls', `void m() { a${'.b()'.repeat(2000)}; }`],
  ['cpp', 'sums', `int x = ${'a + '.repeat(2000)}a;`],
  ['cpp', 'blocks', `void m() ${'{'.repeat(450)}`],
  ['cpp', 'namespaces', 'namespace a { '.repeat(450)],
  ['cpp', 'templates', `void m() { ${'a<'.repeat(400)}`],
  ['cpp', 'conditions in brackets', `f(${'\n#if X\n'.repeat(1000)}`],
  ['rust', 'calls', `fn m() { ${'f('.repeat(1000)}`],
  ['rust', 'chained calls', `fn m() { a${'.b()'.repeat(2000)}`],
  ['rust', 'blocks', `fn m() ${'{'.repeat(450)}`],
  ['swift', 'closures', inSwift('f { '.repeat(300))],
  ['swift', 'else if', inSwift(`${'if a { b() } else '.repeat(300)}{ }`)],
];

const ODD: readonly (readonly [LanguageId, string])[] = [
  ['python', ''],
  ['python', '\uFEFFimport a\r\nf("k")\r\n'],
  ['python', '\0\0f(\0)'],
  ['python', 'f("\uD800")\nx = "\uDC00'],
  ['python', 'class :\n  def (self, =1): self. = 3\n'],
  ['python', 'import\nfrom . import\nfrom import x\nimport a.\n'],
  ['python', 'x: = \n= 3\n, = f()\nfor in x: pass\nwith as y: pass\n@\n'],
  ['python', 'print "old", x\nexec "code" in d\nraise E, "m"\n'],
  ['go', ''],
  ['go', '\uFEFFpackage a\r\nvar b = "\uD800"\r\n'],
  ['go', 'package\nimport\nimport (\nconst (\n= 1\n)\ntype struct {\n'],
  ['go', 'func (s *) M( {\n := f(\n s. = 3\n T{: 1}\n if { } else if\n'],
  ['go', 'var a = T{1: , b: {}, : c}\nvar = \nvar x, = f(),\n'],
  ['java', ''],
  ['java', '\uFEFFpackage a;\r\nclass B { String c = "\uD800"; }\r\n'],
  ['java', 'package\nimport\nimport static .*;\nclass {\n enum { (1), }\n record (\n interface'],
  ['java', 'class C extends { @ int ; void ( { this. = 3; x = ; new (; for (:) ; () -> ; switch { case } } }'],
  ['java', 'void m() { f("k"); }\nString a = """\n'],
  ['csharp', ''],
  ['csharp', '\uFEFFnamespace A;\r\nclass B { string c = "\uD800"; }\r\n'],
  ['csharp', 'using\nusing = ;\nnamespace\nclass {\n enum { = 1, }\n record (\n interface'],
  ['csharp', 'class C : { [ ] int ; void ( { this. = 3; x = ; new (; foreach ( in ) ; => ; a?. ; $"{" } }'],
  ['csharp', '#if\nclass A {\n#else\nclass B {\n#endif\n f(); }\n#region\n"""\n'],
  ['ruby', ''],
  ['ruby', '\uFEFFrequire "a"\r\nf("\uD800")\r\n__END__\nf(1)'],
  ['ruby', 'class\nmodule ::\ndef self.\n@ = 3\nA:: = 1\nf(:, a:, *, &)\n'],
  ['ruby', 'x = <<~A + <<-"B"\n#{f(1)}\nA\n  B\n"#{'],
  [
    'ruby',
    'delegate\ndelegate :a, to:\nattr_reader\nattr_reader *x\nalias\ninclude\nrequire\nlet(:x)\nalias_method :a\n',
  ],
  ['ruby', 'def f = \na, = \n, b = 1\ncase\nin {\nend\nfor in x\nx.() ? : 1\n%w['],
  ['erb', '<%'],
  ['erb', '<%=%><%#%><%%><%-%>'],
  ['erb', '<%# a\nb %><% # c %>\r\n<% f(1) -%'],
  ['haml', ''],
  ['haml', '%p{'],
  ['haml', '.a{ b: "#{'],
  ['haml', '- x = f(1,\r\n= do |y|\n:ruby\n  g(\n#{#{'],
  ['php', ''],
  ['php', '<?php'],
  ['php', '\uFEFF<?php namespace A;\r\n$b = "\uD800";\r\n?>x<?= '],
  ['php', '<?php namespace; use; use A\\{; use function; const; class { function ( { const = ; case = ; $; } enum {'],
  [
    'php',
    '<?php $ = 3; $this-> = 1; self::$ = 2; [, , ] = $a; list() = ; foreach ( as ) ; fn => ; match { } #[ ] new ;',
  ],
  ['php', '<?php $a = "{$b"; <<<X\n$c'],
  ['rust', ''],
  ['cpp', ''],
  ['scala', ''],
  [
    'scala',
    'package\nimport\nimport a.{\nclass (\nobject extends\nenum {\n case\n} def = val (, ) = s"$" s"${" match { case => } for { <- } new extends @',
  ],
  [
    'cpp',
    '#include\n#define\n#if\n#else\n#endif\nnamespace { using ; enum { ,= } class : { }; f(#if\n) A(,) ::; a::(b; "\n\'\n/* ',
  ],
  ['rust', 'use ::{; mod; impl for {} fn ( { let = ; match { => } ; self. = 3; format!("{"); x.await?'],
  ['swift', ''],
  ['swift', '\uFEFFimport A\r\nlet b = "\uD800"\r\n'],
  ['swift', 'import\nclass {\n enum { case = 1, }\n extension : \n func (\n let = \n protocol'],
  ['swift', 'func f() { self. = 3; a?. ; switch { case . : } ; for in ; x = ; "\\(" }'],
  ['kotlin', ''],
  ['kotlin', '\uFEFFpackage a\r\nval b = "\uD800"\r\n'],
  ['kotlin', 'package\nimport\nimport a.*.\nclass {\n enum { (1), }\n object : \n fun (\n val = \n interface'],
  ['kotlin', 'fun f() { this. = 3; a?. ; when { -> } ; for ( in ) ; x = ; "$" ; "$a.b" }'],
];

const INSERTIONS = ['', 'x', '"', '(', ')', '\n', '{', 'é😀', 'f("k")'];

/** Code that is being typed, and the calls that stand in it already. */
const TYPING: readonly (readonly [LanguageId, string, readonly string[]])[] = [
  ['python', 'def f():\n    if client.is_enabled("k"', ["client.is_enabled('k')"]],
  ['python', 'client.is_enabled("k", user,', ["client.is_enabled('k', user)"]],
  ['python', 'def f():\n    if client.is_enabled("k")\n    x = g()', ["client.is_enabled('k')"]],
  ['python', 'x = f(g(1), "a"\n\ndef h():\n    return i(2)\n', ['g(1)', 'i(2)']],
  ['go', 'package a\nfunc f() {\n\tif client.IsEnabled("k") ', ["client.IsEnabled('k')"]],
  [
    'go',
    'package a\nfunc f() {\n\tx := client.IsEnabled("k", \n}\nfunc g() { h("z") }',
    ["client.IsEnabled('k')", "h('z')"],
  ],
  ['go', 'package a\nfunc f() {\n\tx := client.IsEnabled("k", user, false', ["client.IsEnabled('k', user, false)"]],
  ['java', 'class C { void m() { if (client.isEnabled("k"', ["client.isEnabled('k')"]],
  ['java', 'class C { void m() { f(0); x = client.isEnabled("k", user, ', ['f(0)', "client.isEnabled('k', user)"]],
  ['csharp', 'class C { void M() { if (client.IsEnabled("k"', ["client.IsEnabled('k')"]],
  [
    'csharp',
    'class C { void M() { F(0); if (await client.GetAsync("k", user, ',
    ['F(0)', "client.GetAsync('k', user)"],
  ],
  ['csharp', 'class C { void M() { F([], new A[] { }, []); G("a"); } }', ['F([], [], [])', "G('a')"]],
  ['ruby', 'def f\n  if client.is_enabled?("k"', ["client.is_enabled?('k')"]],
  ['ruby', 'client.is_enabled?("k", user,', ["client.is_enabled?('k', user)"]],
  ['ruby', 'if @flags.client&.enabled?(:k, user', ["@flags.client.enabled?('k', user)"]],
  ['ruby', 'Flipper.enabled? :k, \ng(1)\n', ["Flipper.enabled?('k', g(1))", 'g(1)']],
  ['erb', '<p><% if Flipper.enabled?(:k', ["Flipper.enabled?('k')"]],
  ['php', '<?php function f() { if ($client->isEnabled("k"', ["$client.isEnabled('k')"]],
  ['php', '<?php Feature::active("k", ', ["Feature.active('k')"]],
  ['swift', 'class C { func m() { if client.isEnabled("k"', ["client.isEnabled('k')"]],
  ['cpp', 'void C::m() { if (client->IsEnabled("k"', ["client.IsEnabled('k')"]],
  ['cpp', 'void m() { f(0); auto x = base::List::IsEnabled("k", user, ', ['f(0)', "base.List.IsEnabled('k', user)"]],
  ['scala', 'class C { def m() = { if (client.isEnabled("k"', ["client.isEnabled('k')"]],
  ['scala', 'object C { f(0); val x = client.isEnabled("k", user, ', ['f(0)', "client.isEnabled('k', user)"]],
  ['kotlin', 'class C { fun m() { if (client.isEnabled("k"', ["client.isEnabled('k')"]],
  ['kotlin', 'fun m() { f(0); val x = client.isEnabled("k", user, ', ['f(0)', "client.isEnabled('k', user)"]],
  ['php', '<?php g(0); $x = $this->client?->isEnabled("k", $user', ['g(0)', "this.client.isEnabled('k', $user)"]],
];

function inJava(statement: string): string {
  return `class C { void m() { ${statement}`;
}

function inPhp(statement: string): string {
  return `<?php function f() { ${statement}`;
}

function inSwift(statement: string): string {
  return `func m() { ${statement}`;
}

function inKotlin(statement: string): string {
  return `fun m() { ${statement}`;
}

function inCsharp(statement: string): string {
  return `class C { void M() { ${statement}`;
}

describe('Facts of broken text', function () {
  this.timeout(60_000);
  let grammars: Grammars;

  before(async () => {
    grammars = await loadGrammars(
      'python',
      'go',
      'java',
      'csharp',
      'ruby',
      'erb',
      'haml',
      'php',
      'kotlin',
      'swift',
      'rust',
      'cpp',
      'scala',
    );
  });

  for (const [language, path, apart] of FIXTURES) {
    it(`${language}: the fixture itself is not broken`, async () => {
      const text = await readFixture(path);
      const facts = factsWith(grammars, language, text);
      assertWellFormed(facts, text);
      assert.equal(facts.broken, false);
    });

    it(`${language}: cut at every offset`, async () => {
      const text = await readFixture(path);
      for (let end = 0; end <= text.length; end += apart) check(language, text.slice(0, end));
    });

    it(`${language}: begun at every offset`, async () => {
      const text = await readFixture(path);
      for (let start = 0; start <= text.length; start += 3 * apart) check(language, text.slice(start));
    });

    it(`${language}: with a character missing`, async () => {
      const text = await readFixture(path);
      for (let at = 0; at < text.length; at += 3 * apart) check(language, text.slice(0, at) + text.slice(at + 1));
    });
  }

  for (const [language, path] of FIXTURES) {
    it(`${language}: edited again and again, facts are those of a fresh look`, async () => {
      let parsed = parseText(grammars, LANGUAGES[language], await readFixture(path));
      const random = randomNumbers(7);
      for (let count = 0; count < 80; count++) {
        assert(parsed !== null);
        const start = random(parsed.text.length);
        const oldEnd = Math.min(start + random(6), parsed.text.length);
        const inserted = INSERTIONS[random(INSERTIONS.length)]!;
        parsed = reparseText(grammars, parsed, [{ start, oldEnd, inserted }]);
        assert(parsed !== null);
        assert.deepEqual(parsed.facts, factsWith(grammars, language, parsed.text));
      }
      if (parsed !== null) releaseText(parsed);
    });
  }

  for (const [language, name, text] of DEEP) {
    it(`${language}: deep ${name}`, () => {
      JSON.stringify(factsWith(grammars, language, text));
      check(language, text);
    });
  }

  for (const [language, text] of ODD) {
    it(`${language}: ${JSON.stringify(text)}`, () => check(language, text));
  }

  for (const [language, text, expected] of TYPING) {
    it(`${language}: finds calls in ${JSON.stringify(text)}`, () => {
      const facts = factsWith(grammars, language, text);
      assertWellFormed(facts, text);
      assert.deepEqual(linesOf(facts, text).calls, expected);
    });
  }

  function check(language: LanguageId, text: string): void {
    assertWellFormed(factsWith(grammars, language, text), text);
  }
});

function readFixture(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), 'utf8');
}

/** The same numbers on every run: below a limit, from a linear congruential generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return limit === 0 ? 0 : state % limit;
  };
}
