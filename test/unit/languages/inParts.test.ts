/** Long texts are parsed in slices between which others run, and come out as if they had been parsed at once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { parseText, parseTextInParts, releaseText } from '../../../server/src/core/languages/extract.ts';
import { createGrammars, type Grammars } from '../../../server/src/core/languages/grammars.ts';
import { factsWith, LANGUAGES } from '../../support/facts.ts';
import { readWasm } from '../../support/wasm.ts';

const FIXTURES = [
  ['typescript', '../robustness/fixtures/shop.ts.txt'],
  ['python', './python/shop.py'],
  ['go', './go/shop.go'],
] as const;

describe('a long text that is parsed in parts', () => {
  let grammars: Grammars;
  before(async () => {
    // A clock that runs so fast that every look at it ends a slice.
    let now = 0;
    const clock = (): number => {
      now += 5;
      return now;
    };
    grammars = await createGrammars(readWasm, clock);
    await grammars.load(FIXTURES.map(([language]) => LANGUAGES[language]));
  });

  for (const [language, path] of FIXTURES) {
    it(`says the same in ${language}, whatever is parsed in between`, async () => {
      const fixture = readFileSync(new URL(path, import.meta.url), 'utf8').replace(/^#!.*\n/, '');
      const text = `${fixture}\n`.repeat(Math.ceil(40_000 / fixture.length));
      let pauses = 0;
      const parsed = await parseTextInParts(grammars, LANGUAGES[language], text, async () => {
        pauses++;
        await turn();
        if (pauses < 5) assert.equal(factsWith(grammars, language, fixture).broken, false);
      });
      assert.ok(parsed !== null);
      const whole = parseText(grammars, LANGUAGES[language], text);
      assert.ok(whole !== null);
      assert.deepEqual(parsed.facts, whole.facts);
      assert.ok(pauses > parsed.layout.chunks.length, 'The parser itself never paused.');
      releaseText(parsed);
      releaseText(whole);
    });
  }
});
