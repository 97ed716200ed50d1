/** Swift's grammar, mended: what a text says depends on no text before. */
import assert from 'node:assert/strict';
import { mendScannerMemory } from '../../../../server/src/core/languages/swift/scannerMemory.ts';
import { loadGrammars } from '../../../support/facts.ts';
import { readWasm } from '../../../support/wasm.ts';

describe("Swift's grammar", () => {
  it('reads raw strings, again and again', async () => {
    const grammars = await loadGrammars('swift');
    const texts = [
      'let a = #"pay"#\n',
      'let a = "pay"\n',
      'let a = ##"one "# \\##(b) two"##\n',
      'let a = #"""\n pay\n """#\n',
    ];
    for (const text of [...texts, 'let a = #"pay\n', ...texts.toReversed()]) {
      const tree = grammars.parse('swift', text, null);
      assert.equal(tree?.rootNode.hasError, text.endsWith('"pay\n') && text.includes('#'), text);
      tree.delete();
    }
  });

  it('is mended in one byte, once', async () => {
    const wasm = await readWasm('tree-sitter-swift');
    const mended = mendScannerMemory(wasm);
    const changed = [...wasm.keys()].filter(at => wasm[at] !== mended[at]);
    assert.equal(changed.length, 1);
    assert.equal(mendScannerMemory(mended), mended);
  });
});
