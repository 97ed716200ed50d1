// Each way of writing a key down, in each language that has it: which key a check with it asks for.
import assert from 'node:assert/strict';
import { worldOf } from '../../support/world.ts';
import { cppKeys } from './keyResolution/cpp.ts';
import { csharpKeys } from './keyResolution/csharp.ts';
import { goKeys } from './keyResolution/go.ts';
import { javaKeys } from './keyResolution/java.ts';
import { javascriptKeys } from './keyResolution/javascript.ts';
import { kotlinKeys } from './keyResolution/kotlin.ts';
import type { LanguageRows } from './keyResolution/languageRows.ts';
import { phpKeys } from './keyResolution/php.ts';
import { pythonKeys } from './keyResolution/python.ts';
import { rubyKeys } from './keyResolution/ruby.ts';
import { rustKeys } from './keyResolution/rust.ts';
import { scalaKeys } from './keyResolution/scala.ts';
import { swiftKeys } from './keyResolution/swift.ts';
import { typescriptKeys } from './keyResolution/typescript.ts';

const TABLE: readonly LanguageRows[] = [
  typescriptKeys,
  javascriptKeys,
  pythonKeys,
  goKeys,
  javaKeys,
  kotlinKeys,
  scalaKeys,
  csharpKeys,
  rubyKeys,
  phpKeys,
  swiftKeys,
  rustKeys,
  cppKeys,
];

describe('keys as they are written down', () => {
  for (const { language, path, ask, rows } of TABLE) {
    for (const [what, files, imports, expression, key] of rows) {
      it(`${language}: ${what}`, async () => {
        const all = { ...files, [path]: ask(imports, expression) };
        const source = Object.entries(all)
          .map(([name, text]) => `//- /${name}\n${text}\n`)
          .join('');
        const { snapshot } = await worldOf(source);
        const checks = (snapshot.files.get(path)?.checks ?? []).filter(check => check.role === 'check');
        assert.deepEqual(
          checks.map(check => [check.key, check.confidence]),
          [[key, 'certain']],
        );
      });
    }
  }
});
