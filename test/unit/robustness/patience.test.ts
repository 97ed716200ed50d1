/** Texts that would keep a parser busy for minutes. */
import assert from 'node:assert/strict';
import { createGrammars } from '../../../server/src/core/languages/grammars.ts';
import { LANGUAGES } from '../../support/facts.ts';
import { readWasm } from '../../support/wasm.ts';

describe('a parser that takes too long', () => {
  it('gives up on the text, and goes on with the next', async () => {
    let time = 0;
    let step = 0;
    const grammars = await createGrammars(readWasm, () => {
      time += step;
      return time;
    });
    await grammars.load([LANGUAGES.typescript]);
    const text = 'const a = 1;\n'.repeat(5_000);
    assert.notEqual(grammars.parse('typescript', text, null), null);
    step = 1_000;
    assert.equal(grammars.parse('typescript', text, null), null);
    step = 0;
    const next = grammars.parse('typescript', 'a;b', null);
    assert.equal(next?.rootNode.namedChildCount, 2, 'nothing is left of the text before');
    assert.equal(grammars.failure(), null);
  });
});
