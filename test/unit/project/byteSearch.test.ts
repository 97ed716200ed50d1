/** Looking through bytes finds what looking through the text would: nothing is left unread that a regular expression would take. */
import assert from 'node:assert/strict';
import { createByteSearch } from '../../../server/src/core/byteSearch.ts';
import { createSketcher, createSketchTest } from '../../../server/src/core/byteSketch.ts';
import { HOMEGROWN_TEXT } from '../../../server/src/core/flags/homegrownText.ts';
import { interestTest, sdkWords } from '../../../server/src/core/flags/prefilter.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import { LISTING_TEXT } from '../../../server/src/core/flags/typedToggles.ts';
import { answersTo, type FileQuestion, lookAt, lookAtText } from '../../../server/src/sources/project/fileQuestions.ts';
import { randomNumbers } from './changingFiles.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('looking through bytes', () => {
  it('finds a word wherever it stands, and none that is cut or in another case', () => {
    for (const word of ['flag', 'isOn(', 'getBooleanValue', '@eppo', 'größe', ' Split.', 'ab', 'x', '漢字']) {
      const search = createByteSearch([word]);
      for (let before = 0; before < 9; before++) {
        for (let after = 0; after < 4; after++) {
          const whole = encode(`${'-'.repeat(before)}${word}${'-'.repeat(after)}`);
          assert.equal(search(whole), 'word', `${word} at ${before}`);
          const cut = encode(word).subarray(1);
          assert.equal(search(Uint8Array.of(...encode('-'.repeat(before)), ...cut)), null, `cut ${word}`);
        }
      }
    }
    assert.equal(createByteSearch(['isEnabled'])(encode('if (isenabled || IsEnabled) {')), null);
  });

  it('finds stems in any case, and says of words beside them that they are words', () => {
    const search = createByteSearch(['waffle'], ['toggle', 'def on']);
    for (const text of ['toggle', 'TOGGLE', '  myToggles', 'toGGle', 'DEF ON', 'x def on?(']) {
      assert.equal(search(encode(text)), 'stem', text);
    }
    assert.equal(search(encode('toggle waffle')), 'word');
    assert.equal(search(encode('waffle toggle')), 'word');
    for (const text of ['togg\0le', 'def\0on', 'defon', 'Waffle', '']) assert.equal(search(encode(text)), null, text);
  });

  it('finds in random texts what they hold', () => {
    const random = randomNumbers(3);
    const letters = 'abAB(_.é';
    const piece = (length: number) => Array.from({ length }, () => letters[random(letters.length)]!).join('');
    for (let round = 0; round < 3000; round++) {
      const words = Array.from({ length: 1 + random(5) }, () => piece(1 + random(7)));
      const text = piece(random(60));
      const expected = words.some(word => text.includes(word)) ? 'word' : null;
      assert.equal(createByteSearch(words)(encode(text)), expected, JSON.stringify([words, text]));
    }
  });

  it('never says of a sketch that a word is missing which is there, and mostly says so of one that is', () => {
    const sketchOf = createSketcher();
    const random = randomNumbers(11);
    const letters = 'abcdefghijklmnop ';
    const piece = (length: number) => Array.from({ length }, () => letters[random(letters.length)]!).join('');
    let wrong = 0;
    for (let round = 0; round < 2000; round++) {
      const text = piece(random(3000));
      const start = random(text.length + 1);
      const held = text.slice(start, start + 1 + random(12));
      const sketch = sketchOf(encode(text)).slice();
      assert.ok(held === '' || createSketchTest(['getBooleanValue', held])(sketch), JSON.stringify([held, text]));
      if (createSketchTest(['getBooleanValue', piece(9)])(sketch)) wrong++;
      assert.ok(sketch.length <= Math.max(64, text.length / 3));
    }
    assert.ok(wrong < 150, String(wrong));
  });

  it('takes what the regular expressions take', () => {
    const test = interestTest(sdkWords(FLAG_SDKS));
    const random = randomNumbers(5);
    const parts =
      'interface type Flags Toggle : { feature flag toggle experiment Feature FLAG s _ is has are use get check read evaluate enabled Enabled active on variant . ? ( ) :: -> function def self. key , space value isEnabled waffle'.split(
        ' ',
      );
    let taken = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + random(7) }, () => parts[random(parts.length)]!.replace('space', ' ')).join(
        '',
      );
      const expected = test.ofText(text);
      if (expected) taken++;
      assert.equal(
        test.ofBytes(encode(text), () => text),
        expected,
        JSON.stringify(text),
      );
      if (HOMEGROWN_TEXT.test(text) || LISTING_TEXT.test(text)) assert.ok(expected);
    }
    assert.ok(taken > 1000 && taken < 19_000, String(taken));
  });

  it('answers the same for bytes in every encoding as for their text', () => {
    const questions: readonly FileQuestion[] = [
      { kind: 'interest', words: ['isReleased'], names: ['ask'], packages: ['isReleased'] },
      { kind: 'wishes', words: ['isReleased', 'on'], types: ['Gate'] },
      { kind: 'wanted' },
    ];
    const texts = [
      'isReleased()',
      'class Gate {}',
      'x = Gate',
      'on',
      'on; isReleased',
      'ö feature_enabled',
      'nothing',
      '',
    ];
    for (const question of questions) {
      const answers = answersTo(question);
      for (const path of ['a.ts', 'a.cs']) {
        for (const text of texts) {
          const expected = lookAtText(path, text, answers);
          const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
          for (const bytes of [encode(text), encode(`\ufeff${text}`), wide, Buffer.from(wide).swap16()]) {
            assert.deepEqual(
              lookAt(path, { kind: 'bytes', bytes }, answers),
              expected,
              `${question.kind} ${path} ${text}`,
            );
          }
        }
      }
    }
    const binary = lookAt('a.ts', { kind: 'bytes', bytes: encode('\0isReleased') }, answersTo(questions[0]!));
    assert.deepEqual(binary, { kind: 'skipped', reason: 'binary' });
  });
});
