/** Grammars whose lexer V8 would take longer to optimise than it is worth: which they are, and how they are loaded. */
import assert from 'node:assert/strict';
import { createGrammars } from '../../../server/src/core/languages/grammars.ts';
import { LANGUAGES, languageOfPath } from '../../../server/src/core/languages/registry.ts';
import { unoptimised } from '../../../server/src/sources/workers/unoptimised.ts';
import { readWasm } from '../../support/wasm.ts';

/** In bytes of code. */
const LARGE = 100_000;

/** The section of a module that holds its functions. */
const CODE = 10;

/** How long a module's functions are, in bytes. */
function functionSizes(wasm: Uint8Array): readonly number[] {
  let at = 8;
  const number = (): number => {
    for (let value = 0, place = 1; ; place *= 128) {
      const byte = wasm[at++]!;
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
  };
  const sizes: number[] = [];
  while (at < wasm.length) {
    const section = wasm[at++];
    const end = number() + at;
    for (let left = section === CODE ? number() : 0; left > 0; left--) {
      const size = number();
      sizes.push(size);
      at += size;
    }
    at = end;
  }
  return sizes;
}

describe('grammars with large lexers', () => {
  it('are those of which a function is large', async () => {
    for (const { grammar, hasLargeLexer = false } of LANGUAGES)
      assert.equal(Math.max(...functionSizes(await readWasm(grammar))) > LARGE, hasLargeLexer, grammar);
  });

  it('are compiled, and called first, so that they stay as they are', async () => {
    let within = 0;
    const grammars = await createGrammars(readWasm, undefined, act => {
      within++;
      return unoptimised(act);
    });
    await grammars.load([languageOfPath('a.go')!]);
    assert.equal(within, 0);
    await grammars.load([languageOfPath('a.swift')!, languageOfPath('a.kt')!]);
    assert.equal(within, 4);
    assert.deepEqual(grammars.missing(), []);
    const tree = grammars.parse('swift', 'let on = flags.isOn("k")\n', null);
    assert.equal(tree?.rootNode.hasError, false);
    tree?.delete();
  });
});
