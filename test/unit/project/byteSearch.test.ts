/** Looking through bytes finds what looking through the text would: nothing is left unread that a regular expression would take. */
import assert from 'node:assert/strict';
import { createByteFinder, createByteSearch, NAME, STEM, WORD } from '../../../server/src/core/byteSearch.ts';
import { bytesOfSketch, createSketch, createSketchTest } from '../../../server/src/core/byteSketch.ts';
import { LISTING_TEXT } from '../../../server/src/core/flags/guessed/typedToggles.ts';
import { interestTest, sdkInterest, sdkWords } from '../../../server/src/core/flags/linking/prefilter.ts';
import { HOMEGROWN_TEXT } from '../../../server/src/core/flags/names/homegrownText.ts';
import { FLAG_SDKS } from '../../../server/src/core/flags/sdks/registry.ts';
import {
  answersTo,
  createLookAgain,
  type FileQuestion,
  lookAt,
  lookAtText,
} from '../../../server/src/sources/project/fileQuestions.ts';
import { randomNumbers } from './changingFiles.ts';

/** No words that count in one language alone. */
const NONE = {};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Whether a word stands somewhere as no part of a longer name of ASCII. */
function standsAlone(text: string, word: string): boolean {
  const isName = (character: string | undefined) => character !== undefined && /\w/.test(character);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!(isName(text[at - 1]) && isName(word[0])) && !(isName(text[end]) && isName(word.at(-1)))) return true;
  }
  return false;
}

/** Whether a text may check flags of an SDK, or of a library that is asked as they are; its bytes must say the same. */
function interestOfSdks(): (path: string, text: string) => boolean {
  const answers = answersTo({ kind: 'interest', ...sdkInterest(FLAG_SDKS) });
  return (path, text) => {
    const ofText = answers.ofText(path, text);
    assert.deepEqual(
      answers.ofBytes(path, encode(text), () => text),
      ofText,
    );
    return ofText !== null;
  };
}

describe('looking through bytes', () => {
  it('finds a word wherever it stands, and none that is cut or in another case', () => {
    for (const word of [
      'flag',
      'isOn(',
      'getBooleanValue',
      '@eppo',
      'größe',
      ' Split.',
      'Rox',
      'ab',
      'x',
      '漢',
      '漢字',
    ]) {
      const search = createByteSearch({ words: [word] });
      for (let before = 0; before < 9; before++) {
        for (let after = 0; after < 4; after++) {
          const whole = encode(`${'-'.repeat(before)}${word}${'-'.repeat(after)}`);
          assert.equal(search(whole), WORD, `${word} at ${before}`);
          const found = new Set<string>();
          createByteFinder(['absent', word])(whole, found);
          assert.deepEqual([...found], [word]);
          const cut = encode(word).subarray(1);
          assert.equal(search(Uint8Array.of(...encode('-'.repeat(before)), ...cut)), 0, `cut ${word}`);
        }
      }
    }
    assert.equal(createByteSearch({ words: ['isEnabled'] })(encode('if (isenabled || IsEnabled) {')), 0);
  });

  it('finds stems in any case, and names beside words', () => {
    const search = createByteSearch({ words: ['waffle'], names: ['ask'], stems: ['toggle', 'def on'] });
    const kindsOf = (text: string) => search(encode(text), WORD);
    for (const text of ['toggle', 'TOGGLE', '  myToggles', 'toGGle', 'DEF ON', 'x def on?(']) {
      assert.equal(kindsOf(text), STEM, text);
    }
    assert.equal(kindsOf('toggle ask'), STEM | NAME);
    assert.equal(kindsOf('ask; waffle toggle'), NAME | WORD, 'a word ends the search');
    assert.equal(kindsOf('toggle waffle'), STEM | WORD);
    for (const text of ['togg\0le', 'def\0on', 'defon', 'Waffle', 'Ask', '']) assert.equal(kindsOf(text), 0, text);
  });

  it('finds in random texts what they hold', () => {
    const random = randomNumbers(3);
    const letters = 'abAB(_.é';
    const piece = (length: number) => Array.from({ length }, () => letters[random(letters.length)]!).join('');
    for (let round = 0; round < 3000; round++) {
      const words = Array.from({ length: 1 + random(5) }, () => piece(1 + random(7)));
      const names = Array.from({ length: random(5) }, () => piece(1 + random(7)));
      const stems = Array.from({ length: random(3) }, () => `${piece(4).toLowerCase().replaceAll('é', 'b')}`);
      const text = piece(random(60));
      const expected =
        (words.some(word => text.includes(word)) ? WORD : 0) |
        (names.some(name => text.includes(name)) ? NAME : 0) |
        (stems.some(stem => text.toLowerCase().includes(stem)) ? STEM : 0);
      const what = JSON.stringify([words, names, stems, text]);
      assert.equal(createByteSearch({ words, names, stems })(encode(text), 0), expected, what);
      const found = new Set<string>();
      createByteFinder(words)(encode(text), found);
      assert.deepEqual(found, new Set(words.filter(word => text.includes(word))), what);
      const alone = new Set<string>();
      createByteFinder(words, 'whole')(encode(text), alone);
      assert.deepEqual(alone, new Set(words.filter(word => standsAlone(text, word))), what);
    }
  });

  it('finds a whole name behind others that hold it', () => {
    for (const [text, isFound] of [
      ['purchase(), hashes, x.has("k")', true],
      ['purchase(), hashes, _has, has_, has2', false],
      ['has', true],
      ['$has->has', true],
      ['ähasé', true],
    ] as const) {
      const found = new Set<string>();
      createByteFinder(['has'], 'whole')(encode(text), found);
      assert.equal(found.has('has'), isFound, text);
    }
  });

  it('never says of a sketch that a word is missing which is there, and mostly says so of one that is', () => {
    const sketch = createSketch();
    const search = createByteSearch({ words: ['no such word'] });
    const random = randomNumbers(11);
    const letters = 'abcdefghijklmnop ';
    const piece = (length: number) => Array.from({ length }, () => letters[random(letters.length)]!).join('');
    let wrong = 0;
    for (let round = 0; round < 2000; round++) {
      const text = piece(random(3000));
      const start = random(text.length + 1);
      const held = text.slice(start, start + 1 + random(12));
      search(encode(text), WORD, sketch);
      assert.ok(sketch.isWhole);
      const bytes = bytesOfSketch(sketch);
      assert.ok(held === '' || createSketchTest(['getBooleanValue', held])(bytes), JSON.stringify([held, text]));
      if (createSketchTest(['getBooleanValue', piece(9)])(bytes)) wrong++;
      assert.ok(bytes.length <= Math.max(64, text.length / 3));
    }
    assert.ok(wrong < 150, String(wrong));
    search(encode(`no such word and ${'more '.repeat(99)}`), WORD, sketch);
    assert.ok(!sketch.isWhole);
  });

  it('reads a file again for a name only if the first look found one of the names', () => {
    const texts: Record<string, string> = {
      'asks.ts': 'askThis()',
      'cites.cs': 'IsReleased',
      'plain.ts': 'nothing()',
      'released.ts': 'x.isReleased',
      'wide.ts': 'w',
    };
    const read: string[] = [];
    const lookAgain = createLookAgain(path => {
      read.push(path);
      const bytes = path === 'wide.ts' ? Buffer.from('\ufeffaskThis()', 'utf16le') : encode(texts[path]!);
      return { kind: 'bytes', bytes };
    }, 100_000);
    const names = ['askThis', 'isReleased'];
    const look = (question: FileQuestion) => {
      read.length = 0;
      const answers = answersTo(question);
      const found = Object.keys(texts).filter(path => lookAgain(path, answers).kind === 'found');
      return { read: [...read], found };
    };
    const all = Object.keys(texts);
    assert.deepEqual(look({ kind: 'interest', words: ['waffle'], names, packages: [], only: NONE }), {
      read: all,
      found: [],
    });
    assert.deepEqual(look({ kind: 'wishes', words: ['askThis', 'IsReleased'], types: [], names: ['askThis'] }), {
      read: ['asks.ts', 'cites.cs', 'wide.ts'],
      found: ['asks.ts', 'cites.cs', 'wide.ts'],
    });
    const wished = ['askThis', 'isReleased'];
    assert.deepEqual(look({ kind: 'wishes', words: wished, types: [], names: wished }), {
      read: ['asks.ts', 'released.ts', 'wide.ts'],
      found: ['asks.ts', 'released.ts', 'wide.ts'],
    });
  });

  it('takes plain names of packages in files of their language alone, and in those of no language', () => {
    const isInteresting = interestOfSdks();
    for (const path of ['a.rb', 'a.erb', 'a.html', 'Gemfile'])
      assert.ok(isInteresting(path, 'the rollout of it'), path);
    for (const path of ['a.go', 'a.tsx', 'a.py', 'a.java', 'a.vue', 'a.php'])
      assert.ok(!isInteresting(path, 'the rollout of it'), path);
    assert.ok(isInteresting('a.py', 'import waffle'));
    assert.ok(!isInteresting('a.ts', 'the waffle'));
    assert.ok(isInteresting('a.py', 'from sentry import features'));
    assert.ok(!isInteresting('a.py', 'import sentry_sdk'));
  });

  it('takes plain questions of a constant, and of anything in texts that speak of flags', () => {
    const isInteresting = interestOfSdks();
    const field = 'FeatureManager manager;';
    for (const call of [
      'manager.isEnabled("a")',
      'manager.IsEnabled (Names.A)',
      'manager.getVariant<int>(\n  "a")',
      'x.isEnabledFor(a)',
    ])
      assert.ok(isInteresting('a.cs', `${field} ${call}`), call);
    // What is asked for looks like a constant.
    for (const [path, text] of [
      ['a.scala', 'backUrl = homePage(isEnabled(NewHub))'],
      ['a.swift', 'if provider.isEnabled(.newNav) {'],
      ['a.kt', 'isActive("a")'],
    ] as const)
      assert.ok(isInteresting(path, text), text);
    for (const text of [
      `${field} window.isActive()`,
      `${field} window.isActive`,
      'window.isActive(tab)',
      'void isActive() const; // variation',
    ])
      assert.ok(!isInteresting('a.cpp', text), text);
    assert.ok(!isInteresting('a.go', `${field} manager.isEnabled("a")`));
    assert.ok(isInteresting('a.cpp', 'isFeatureEnabled()'));
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
      { kind: 'interest', words: ['isReleased'], names: ['ask'], packages: ['isReleased'], only: NONE },
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
