import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';

/** One call and one member access of a library that nothing else tells of, in each language that has such. */
const FILES: Readonly<Record<string, string>> = {
  '/a.ts': 'export const f = () => F.flag("one") || C.toggles.two;\n',
  '/a.tsx': 'export const F1 = () => <p>{F.flag("one") || C.toggles.two}</p>;\n',
  '/a.js': 'export const f = () => F.flag("one") || C.toggles.two;\n',
  '/a.py': 'def f():\n    return F.flag("one") or C.toggles.two\n',
  '/a.go': 'package a\n\nfunc f() bool { return F.flag("one") || C.toggles.two }\n',
  '/A.java': 'package a;\nclass A { boolean f() { return F.flag("one") || C.toggles.two; } }\n',
  '/A.cs': 'class A { bool f() { return F.flag("one") || C.toggles.two; } }\n',
  '/a.kt': 'fun f(): Boolean = F.flag("one") || C.toggles.two\n',
  '/a.swift': 'func f() -> Bool { return F.flag("one") || C.toggles.two }\n',
  '/a.rs': 'fn f() -> bool { F.flag("one") || C.toggles.two }\n',
  '/a.vue': '<template><p v-if="F.flag(\'one\')">{{ C.toggles.two }}</p></template>\n',
  '/a.svelte': '{#if F.flag("one")}{C.toggles.two}{/if}\n',
  '/a.twig': '{% if F.flag("one") or C.toggles.two %}{% endif %}\n',
  '/a.jinja2': '{% if F.flag("one") or C.toggles.two %}{% endif %}\n',
  '/a.razor': '<p>@(F.flag("one") || C.toggles.two)</p>\n',
  '/a.rb': 'def f\n  F.flag("one")\nend\n',
};

describe('patterns of the configuration', () => {
  const config = JSON.stringify({ checks: [{ pattern: 'F.flag($KEY)' }, { pattern: 'C.toggles.$KEY' }] });
  for (const [path, text] of Object.entries(FILES)) {
    it(`are found in ${path}`, async () => {
      const { snapshot } = await worldOf(`//- /flagbook.json\n${config}\n//- ${path}\n${text}`);
      const found = [...snapshot.checks.values()].flat().filter(check => check.system === 'custom');
      const wanted = path.endsWith('.rb') ? ['one'] : ['one', 'two'];
      assert.deepEqual(found.map(check => check.key).sort(), wanted);
      assert.ok(found.every(check => check.confidence === 'certain'));
    });
  }

  it('are found in /a.php, in its own signs', async () => {
    const php = '{"checks": [{"pattern": "F::flag($KEY)"}, {"pattern": "$features->isOn($KEY)"}]}';
    const { snapshot } = await worldOf(
      `//- /flagbook.json\n${php}\n//- /a.php\n<?php\nfunction f($features) { return F::flag("one") || $features->isOn("two"); }\n`,
    );
    assert.deepEqual([...snapshot.checks.keys()].sort(), ['one', 'two']);
  });

  it('resolve their keys through objects that hold one', async () => {
    const kotlin = [
      'sealed class Key {',
      '  abstract val keyName: String',
      '  data object Pay : Key() {',
      '    override val keyName: String = "new-pay"',
      '  }',
      '}',
      'fun f() = manager.isOn(Key.Pay)',
    ].join('\n');
    const pattern = '{"checks": [{"pattern": "manager.isOn($KEY)"}]}';
    const { snapshot } = await worldOf(`//- /flagbook.json\n${pattern}\n//- /a.kt\n${kotlin}\n`);
    assert.deepEqual([...snapshot.checks.keys()], ['new-pay']);
  });

  it('count in no file that is excluded, and neither does anything else', async () => {
    const exclude = '{"checks": [{"pattern": "F.flag($KEY)"}], "exclude": ["src/evaluator/**"]}';
    const code =
      "import { flag } from 'flags/next';\nexport const f = flag({ key: 'made' });\nF.flag('asked');\nf();\n";
    const { snapshot } = await worldOf(
      `//- /flagbook.json\n${exclude}\n//- /src/evaluator/a.ts\n${code}//- /src/b.ts\nF.flag('kept');\n`,
    );
    assert.deepEqual([...snapshot.checks.keys()], ['kept']);
  });
});
