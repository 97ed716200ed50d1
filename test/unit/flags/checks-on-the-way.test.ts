// Which checks lead to a line, and which way, in every language. The line that is asked about calls `here`.
import assert from 'node:assert/strict';
import { checksOnTheWay } from '../../../server/src/core/flags/verdicts/checksOnTheWay.ts';
import { languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { allGrammars, worldOf } from '../../support/world.ts';

const CONFIG = `//- /flagbook.json
{ "checks": [{ "pattern": "flag($KEY)", "languages": ["typescript", "python", "php", "ruby"] }] }
`;

/** How an SDK of these languages is asked, in place of `flag(`. */
const ASKED: Readonly<Record<string, string>> = {
  'a.go': 'unleash.IsEnabled(',
  'A.java': 'unleash.isEnabled(',
  'a.kt': 'unleash.isEnabled(',
  'A.cs': 'unleash.IsEnabled(',
};

/** `a on, b off, c`: the checks on the way to the call of `here`, with the branch that leads there. */
async function way(path: string, source: string): Promise<string> {
  const asked = ASKED[path];
  const code = asked === undefined ? source : source.replaceAll('flag(', asked);
  const { snapshot } = await worldOf(`${CONFIG}//- /${path}\n${code}`);
  const file = snapshot.files.get(path)!;
  assert.ok(file.checks.length > 0, `no checks in ${path}:\n${code}`);
  const grammars = await allGrammars();
  const tree = grammars.parse(languageOfPath(path)!.id, file.text, null)!;
  const at = file.text.indexOf('here');
  const before = file.text.slice(0, at).split('\n');
  const found = checksOnTheWay(tree.rootNode, file, before.length, before.at(-1)!.length + 1);
  tree.delete();
  return found.map(({ check, branch }) => (branch === null ? check.key! : `${check.key} ${branch}`)).join(', ');
}

function table(
  title: string,
  path: string,
  frame: (code: string) => string,
  rows: Readonly<Record<string, string>>,
): void {
  describe(title, () => {
    for (const [code, expected] of Object.entries(rows))
      it(`${code.replace(/\s*\n\s*/g, ' ')} → ${expected || 'nothing'}`, async () => {
        assert.equal(await way(path, frame(code)), expected);
      });
  });
}

describe('checks on the way', () => {
  const braces: Readonly<Record<string, string>> = {
    'if (flag("a")) { here(); }': 'a on',
    'if (!flag("a")) { here(); }': 'a off',
    'if (flag("a")) { x(); } else { here(); }': 'a off',
    'if (flag("a")) { x(); } else if (flag("b")) { here(); } else { x(); }': 'a off, b on',
    'if (flag("a")) { x(); } else if (flag("b")) { x(); } else { here(); }': 'a off, b off',
    'if (flag("a")) { x(); }\nhere();': 'a',
    'if (!flag("a")) { return; }\nhere();': 'a on',
    'if (flag("a")) { return; }\nhere();': 'a off',
    'if (flag("a")) { x(); return; } else { x(); }\nhere();': 'a off',
    'if (flag("a")) { x(); } else { return; }\nhere();': 'a on',
    'if (flag("a")) { return; } else if (flag("b")) { return; }\nhere();': 'a off, b off',
    'if (x()) { if (flag("a")) { return; } }\nhere();': '',
    'if (flag("a") && flag("b")) { here(); }': 'a on, b on',
    'if (flag("a") || flag("b")) { here(); }': 'a',
    'if (flag("a") || flag("b")) { x(); } else { here(); }': 'a off, b off',
    'if (!(flag("a") || flag("b"))) { here(); }': 'a off, b off',
    'if (!(flag("a") && flag("b"))) { here(); }': 'a',
    'if (x(flag("a"))) { here(); }': 'a',
    'while (flag("a")) { here(); }': 'a on',
    'while (x()) { if (!flag("a")) { continue; }\n here(); }': 'a on',
    'while (x()) { if (!flag("a")) { continue; } }\nhere();': '',
    'while (x()) { flag("a"); }\nhere();': '',
    'flag("a");\nhere();': 'a',
    'here();\nflag("a");': '',
    'if (flag("a")) { if (x()) { return; } else { throw e; } }\nhere();': 'a off',
  };
  const bound = (declare: string) => ({
    [`${declare} = flag("a");\nif (on) { here(); }`.trim()]: 'a on',
    [`${declare} = flag("a");\nif (!on) { return; }\nhere();`]: 'a on',
    [`${declare} = !flag("a");\nif (on) { here(); }`]: 'a off',
    [`${declare} = flag("a") && x();\nif (on) { here(); }`]: 'a on',
  });
  const without = (rows: Readonly<Record<string, string>>, pattern: RegExp) =>
    Object.fromEntries(Object.entries(rows).filter(([code]) => !pattern.test(code)));

  table('in TypeScript', 'a.ts', code => `function f() {\n${code}\n}`, {
    ...braces,
    ...bound('const on'),
    'const y = flag("a") ? here() : x();': 'a on',
    'const y = flag("a") ? x() : here();': 'a off',
    'flag("a") && here();': 'a on',
    'flag("a") || here();': 'a off',
    'if (flag("a") === true) { here(); }': 'a on',
    'if (flag("a") === false) { here(); }': 'a off',
    'if (flag("a") !== true) return;\nhere();': 'a on',
    'if (await flag("a")) here();': 'a on',
    'let on = flag("a");\non = x();\nif (on) { here(); }': 'a',
    'switch (flag("a")) { case true: here(); break; default: x(); }': 'a on',
    'switch (flag("a")) { case "red": here(); break; default: x(); }': 'a',
    'switch (true) { case flag("a"): here(); }': 'a on',
    'try { flag("a"); } catch { here(); }': '',
    'x(() => { if (!flag("a")) return;\n x(); });\nhere();': '',
    'if (!flag("a")) return;\nx(() => { here(); });': 'a on',
    'for (const y of x()) { if (flag("a")) break;\n here(); }': 'a off',
  });
  table('in TSX', 'a.tsx', code => `function F() {\nconst on = flag("a");\n${code}\n}`, {
    'return <p>{on && <b>{here()}</b>}</p>;': 'a on',
    'return <p>{on ? <i/> : <b>{here()}</b>}</p>;': 'a off',
    'if (!on) return null;\nreturn <p>{here()}</p>;': 'a on',
  });
  table(
    'in Java',
    'A.java',
    code => `import io.getunleash.Unleash;\nclass A { Unleash unleash; Object f() {\n${code}\n} }`,
    {
      ...without(braces, /^while \(flag/),
      ...bound('boolean on'),
      'var y = flag("a") ? here() : x();': 'a on',
      'if (flag("a") == false) { here(); }': 'a off',
      'if (flag("a")) throw new X();\nhere();': 'a off',
      'for (var y : x()) { if (flag("a")) continue;\n here(); }': 'a off',
      'try { x(); } catch (X e) { if (flag("a")) { here(); } }': 'a on',
    },
  );
  table(
    'in Kotlin',
    'a.kt',
    code =>
      `import io.getunleash.Unleash\nfun f(unleash: Unleash) {\n${code.replaceAll('; ', '\n').replaceAll(';', '')}\n}`,
    {
      ...without(braces, /throw e/),
      ...bound('val on'),
      'val y = if (flag("a")) here() else x()': 'a on',
      'val y = if (flag("a")) x() else here()': 'a off',
      'if (flag("a") == false) { here() }': 'a off',
      'if (!flag("a")) throw X()\nhere()': 'a on',
      'when {\n flag("a") -> here()\n else -> x()\n}': 'a on',
      'when (flag("a")) {\n true -> here()\n else -> x()\n}': 'a on',
      'list.forEach { if (!flag("a")) return@forEach\n here() }': 'a on',
      'for (y in x()) { if (flag("a")) continue\n here() }': 'a off',
      'try { x() } catch (e: X) { if (flag("a")) { here() } }': 'a on',
    },
  );
  table('in C#', 'A.cs', code => `using Unleash;\nclass A { IUnleash unleash; object F() {\n${code}\n} }`, {
    ...braces,
    ...bound('var on'),
    'var y = flag("a") ? here() : x();': 'a on',
    'if (flag("a") == false) { here(); }': 'a off',
    'if (flag("a") is false) { here(); }': 'a off',
    'if (!flag("a")) throw new X();\nhere();': 'a on',
    'foreach (var y in x()) { if (flag("a")) continue;\n here(); }': 'a off',
  });
  table('in PHP', 'a.php', code => `<?php\nfunction f() {\n${code}\n}`, {
    ...without(braces, /throw e/),
    ...Object.fromEntries(
      Object.entries(bound('$on')).map(([code, expected]) => [
        code.replace(/\bon\b/g, 'on').replace(/\((!?)on\)/, '($1$on)'),
        expected,
      ]),
    ),
    '$y = flag("a") ? here() : x();': 'a on',
    'if (flag("a") === false) { here(); }': 'a off',
    'if (!flag("a")) { throw new X(); }\nhere();': 'a on',
    'if (!flag("a")) { exit; }\nhere();': 'a on',
    'flag("a") or die();\nhere();': 'a on',
    'if (flag("a")): here(); endif;': 'a on',
  });
  table(
    'in Go',
    'a.go',
    code => `package a\nimport unleash "github.com/Unleash/unleash-client-go/v4"\nfunc f() {\n${code}\n}`,
    {
      ...Object.fromEntries(
        Object.entries(without(braces, /throw e|^while/)).map(([code, expected]) => [
          code.replace(/while/g, 'for'),
          expected,
        ]),
      ),
      'if on := flag("a"); on { here() }': 'a on',
      'on := flag("a")\nif !on { return }\nhere()': 'a on',
      'on, err := flag("a")\nif err != nil { return }\nif on { here() }': 'a on',
      'if !flag("a") { panic("x") }\nhere()': 'a on',
      'switch { case flag("a"): here() }': 'a on',
      'for x() { if !flag("a") { continue }\n here() }': 'a on',
      'if flag("a") == false { here() }': 'a off',
      'go func() { if !flag("a") { return }; x() }()\nhere()': '',
    },
  );
  table('in Python', 'a.py', code => `def f():\n${code.replace(/^/gm, '    ')}\n`, {
    'if flag("a"):\n    here()': 'a on',
    'if not flag("a"):\n    here()': 'a off',
    'if flag("a"):\n    x()\nelse:\n    here()': 'a off',
    'if flag("a"):\n    x()\nelif flag("b"):\n    here()\nelse:\n    x()': 'a off, b on',
    'if flag("a"):\n    x()\nelif flag("b"):\n    x()\nelse:\n    here()': 'a off, b off',
    'if flag("a"):\n    x()\nhere()': 'a',
    'if not flag("a"):\n    return\nhere()': 'a on',
    'if flag("a"):\n    return\nelif flag("b"):\n    return\nhere()': 'a off, b off',
    'if not flag("a"): raise X()\nhere()': 'a on',
    'if flag("a") and flag("b"):\n    here()': 'a on, b on',
    'if flag("a") or flag("b"):\n    here()': 'a',
    'y = here() if flag("a") else x()': 'a on',
    'y = x() if flag("a") else here()': 'a off',
    'flag("a") and here()': 'a on',
    'on = flag("a")\nif on:\n    here()': 'a on',
    'on = not flag("a")\nif on:\n    here()': 'a off',
    'if (on := flag("a")):\n    here()': 'a on',
    'if flag("a") is True:\n    here()': 'a on',
    'if flag("a") is not True:\n    return\nhere()': 'a on',
    'assert flag("a")\nhere()': 'a on',
    'for y in x():\n    if not flag("a"):\n        continue\n    here()': 'a on',
    'for y in x():\n    if not flag("a"):\n        continue\nhere()': '',
    'try:\n    x()\nexcept X:\n    if flag("a"):\n        here()': 'a on',
    'match flag("a"):\n    case True:\n        here()': 'a on',
    'with x():\n    if not flag("a"):\n        return\n    here()': 'a on',
  });
  table('in Ruby', 'a.rb', code => `def f\n${code}\nend\n`, {
    'if flag("a")\n here\nend': 'a on',
    'unless flag("a")\n here\nend': 'a off',
    'unless flag("a")\n x\nelse\n here\nend': 'a on',
    'if flag("a")\n x\nelsif flag("b")\n here\nelse\n x\nend': 'a off, b on',
    'if flag("a")\n x\nelsif flag("b")\n x\nelse\n here\nend': 'a off, b off',
    'if flag("a")\n x\nend\nhere': 'a',
    'return unless flag("a")\nhere': 'a on',
    'return if flag("a")\nhere': 'a off',
    'raise "x" unless flag("a")\nhere': 'a on',
    'unless flag("a")\n return\nend\nhere': 'a on',
    'here if flag("a")': 'a on',
    'here unless flag("a")': 'a off',
    'flag("a") && here': 'a on',
    'flag("a") or return\nhere': 'a on',
    'x(flag("a") ? here : x)': 'a on',
    'on = flag("a")\nreturn unless on\nhere': 'a on',
    'on = !flag("a")\nif on\n here\nend': 'a off',
    'if flag("a") && flag("b")\n here\nend': 'a on, b on',
    'list.each do |y|\n next unless flag("a")\n here\nend': 'a on',
    'list.each do |y|\n next unless flag("a")\nend\nhere': '',
    'case\nwhen flag("a") then here\nend': 'a on',
    'case flag("a")\nwhen true\n here\nend': 'a on',
    'begin\n x\nrescue X\n here if flag("a")\nend': 'a on',
    'if not flag("a")\n here\nend': 'a off',
  });
  table('in ERB', 'a.html.erb', code => code, {
    '<% if flag("a") %>\n<%= here %>\n<% end %>': 'a on',
    '<% unless flag("a") %>\n<b><%= here %></b>\n<% end %>': 'a off',
    '<% if flag("a") %>\n<b>\n<% else %>\n<%= here %>\n<% end %>': 'a off',
  });
});
