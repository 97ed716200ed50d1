/** Trees read where they lie say what the library's cursor says of them, in every grammar, in whole and in broken code. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { TreeSource } from '../../../server/src/core/languages/language.ts';
import { sourceOf } from '../../../server/src/core/languages/memoryCursor.ts';
import { focusedOn } from '../../../server/src/core/languages/parts.ts';
import { loadGrammars } from '../../support/facts.ts';
import { randomNumbers } from '../project/changingFiles.ts';

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

/** Every node that the cursor comes by, in words, and the same on the way back from inside of some of them. */
function walked(source: TreeSource): readonly string[] {
  const cursor = source.walk();
  const lines: string[] = [];
  const note = (level: number): void => {
    const { nodeType, nodeIsNamed, startIndex, endIndex, currentFieldName } = cursor;
    lines.push(`${level} ${nodeType} ${nodeIsNamed} ${startIndex}-${endIndex} ${currentFieldName ?? ''}`);
  };
  let level = 0;
  note(level);
  for (;;) {
    if (cursor.gotoFirstChild()) level++;
    else {
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          cursor.delete();
          return lines;
        }
        level--;
        if (lines.length % 7 === 0) note(level);
      }
    }
    note(level);
  }
}

describe('trees in memory', () => {
  for (const [language, path] of FIXTURES) {
    it(`are read as by the library: ${language}`, async () => {
      const grammars = await loadGrammars(language);
      const file = await readFile(new URL(path, import.meta.url), 'utf8');
      const whole = language === 'tsx' ? `${ELEMENTS}${file}` : file;
      const random = randomNumbers(whole.length);
      const broken = (text: string): string => {
        const at = random(text.length);
        const piece = ['', '(', '}', '"', 'if ', '\n@', '/*', 'é 漢 🎈', '`', ': '][random(10)]!;
        return text.slice(0, at) + piece + text.slice(at + random(12));
      };
      let nodes = 0;
      for (let round = 0; round < 12; round++) {
        const text = round === 0 ? whole : broken(broken(whole.slice(0, 6000)));
        const tree = grammars.parse(language, text, null);
        if (tree === null) continue;
        const root = tree.rootNode;
        assert.notEqual(sourceOf(root), root, 'the grammar is not known to lie where it is looked for');
        const known = walked(root);
        assert.deepEqual(walked(sourceOf(root)), known);
        nodes += known.length;
        for (const child of root.namedChildren) {
          if (child === null) continue;
          assert.deepEqual(walked(sourceOf(child)), walked(child));
          const spans = [{ start: child.startIndex + 200, end: child.startIndex + 400 }];
          assert.deepEqual(walked(focusedOn(sourceOf(child), spans)), walked(focusedOn(child, spans)));
        }
        tree.delete();
      }
      assert.ok(nodes > 3000, String(nodes));
    });
  }
});
