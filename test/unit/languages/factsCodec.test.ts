import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FileFacts, LanguageId } from '../../../server/src/core/languages/facts.ts';
import { decodeFacts, encodeFacts } from '../../../server/src/core/languages/factsCodec.ts';
import { shapeOfFacts } from '../../../server/src/core/languages/factsShape.ts';
import { factsOf } from '../../support/facts.ts';

const FIXTURES: readonly (readonly [LanguageId, string])[] = [
  ['typescript', '../robustness/fixtures/shop.ts.txt'],
  ['tsx', '../robustness/fixtures/shop.tsx.txt'],
  ['python', './python/shop.py'],
  ['go', './go/shop.go'],
  ['java', './java/Shop.java'],
  ['csharp', './csharp/Shop.cs'],
  ['ruby', './ruby/shop.rb'],
  ['php', './php/shop.php'],
];

describe('facts as bytes', () => {
  for (const [language, path] of FIXTURES) {
    it(`${language}: are the same when they are read, down to which objects are one`, async () => {
      const facts = await factsOf(language, readFileSync(new URL(path, import.meta.url), 'utf8'));
      const read = decodeFacts(encodeFacts(facts));
      assert.deepEqual(read, facts);
      assert.deepEqual(identities(read), identities(facts));
      // Whoever compares a text that was just parsed with one that was read finds no difference.
      assert.deepEqual(encodeFacts(read), encodeFacts(facts));
      assert.deepEqual(shapeOfFacts(read), shapeOfFacts(facts));
    });
  }

  it('keeps odd numbers, texts and missing values', () => {
    const odd = {
      numbers: [0, -0, -1, 1.5, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.NaN, Number.POSITIVE_INFINITY],
      texts: ['', '\ud800', '😀', '\0'],
      spans: [
        { start: 5, end: 5 },
        { start: 0, end: 9 },
        { start: 9, end: 0 },
        { end: 1, start: 0 },
        { start: 'a', end: 1 },
      ],
      missing: undefined,
    };
    assert.deepEqual(decodeFacts(encodeFacts(odd as unknown as FileFacts)), odd);
  });

  it('tells apart objects whose keys are as many and as long', () => {
    const some = [{ ab: 1, cd: 2 }, { ab: 1, ce: 2 }, { cd: 2, ab: 1 }, { ab: 3, cd: 4 }, {}, { ab: 1, ce: 5 }];
    const facts = { some } as unknown as FileFacts;
    assert.equal(JSON.stringify(decodeFacts(encodeFacts(facts))), JSON.stringify(facts));
  });

  it('throws on bytes that are cut, at any place', async () => {
    const bytes = encodeFacts(await factsOf('typescript', "import { a } from 'b';\na.c('k', { d: 1 });\n"));
    for (let length = 0; length < bytes.length; length++) assert.throws(() => decodeFacts(bytes.subarray(0, length)));
  });
});

/** The places at which every object stands, by the order in which it is first met. */
function identities(root: unknown): readonly number[] {
  const numbers = new Map<unknown, number>();
  const met: number[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    // Nobody tells empty lists apart.
    if (Array.isArray(value) && value.length === 0) return;
    // The scope that is the whole file is one object for all files.
    if ('end' in value && value.end === Number.MAX_SAFE_INTEGER) return;
    const known = numbers.get(value);
    met.push(known ?? numbers.size);
    if (known !== undefined) return;
    numbers.set(value, numbers.size);
    for (const part of Object.values(value)) visit(part);
  };
  visit(root);
  return met;
}
