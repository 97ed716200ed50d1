/** Trees read where they lie say what the library's cursor says of them, in every grammar, in whole and in broken code. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { WalkedFile, Walks } from './memoryCursorWalks.ts';

const FIXTURES: readonly (readonly [LanguageId, string])[] = [
  ['typescript', '../../../server/src/core/languages/parts.ts'],
  ['tsx', '../../../server/src/core/languages/parts.ts'],
  ['javascript', '../../../esbuild.mjs'],
  ['python', './python/shop.py'],
  ['go', './go/shop.go'],
  ['java', './java/Shop.java'],
  ['csharp', './csharp/Shop.cs'],
  ['ruby', './ruby/shop.rb'],
  ['php', './php/shop.php'],
  ['kotlin', './kotlin/shop.kt'],
  ['swift', './swift/shop.swift'],
  ['rust', './rust/shop.rs'],
  ['cpp', './cpp/shop.cpp'],
  ['scala', './scala/shop.scala'],
];

const ELEMENTS = 'export const Page = () => <Shop on={f(1)} {...rest}>text {name}<br /> {/* c */}</Shop>;\n';

describe('trees in memory', () => {
  const all = new Map<LanguageId, Walks>();

  before(async () => {
    const files: readonly WalkedFile[] = FIXTURES.map(([language, path]) => {
      return { language, path, before: language === 'tsx' ? ELEMENTS : '' };
    });
    const program = fileURLToPath(new URL('./memoryCursorWalks.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', program, JSON.stringify(files)]);
    for (const line of stdout.trim().split('\n')) {
      const walks: Walks = JSON.parse(line);
      all.set(walks.language, walks);
    }
  });

  for (const [language] of FIXTURES) {
    it(`are read as by the library: ${language}`, () => {
      const walks = all.get(language);
      assert.ok(walks !== undefined, 'the program ended before it');
      assert.equal(walks.wrong, null);
      assert.ok(walks.nodes > 3000, String(walks.nodes));
    });
  }
});
