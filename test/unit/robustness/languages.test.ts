/**
 * Source text as it never should be: cut, typed into at random, nested without end. Facts are always made and well formed, and
 * they depend on the text alone, never on the edits behind it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TextEdit } from '../../../server/src/core/languages/chunks.ts';
import { parseText, releaseText, reparseText } from '../../../server/src/core/languages/extract.ts';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { spansOf } from '../../../server/src/core/languages/layout.ts';
import { factsWith, LANGUAGES, loadGrammars } from '../../support/facts.ts';
import { assertWellFormed } from '../languages/wellFormed.ts';

const FIXTURES: readonly (readonly [LanguageId, string])[] = [
  ['typescript', './fixtures/shop.ts.txt'],
  ['tsx', './fixtures/shop.tsx.txt'],
  ['javascript', './fixtures/shop.js.txt'],
  ['python', '../languages/python/shop.py'],
  ['go', '../languages/go/shop.go'],
];

const PIECES = [
  ...['', 'x', ' ', '\n', '\r\n', '\r', '\t', 'é', '😀', '𝔸', '\ud83d', '\ude00', '\ufeff', '\0'],
  ...["'", '"', '`', '"""', '(', ')', '{', '}', '[', ']', '<', '>', '//', '/*', '*/', '#', '${', ',', ';', '=', ':'],
  ...['    ', 'func f() {\n', 'def f():\n', "f('k')", 'class A {', 'import '],
];

/** Texts that nest further than any stack reaches. Only some of them are parsed; none may end the parser. */
const ENDLESS = [
  '{a:',
  '({a:[',
  '[',
  '(',
  'f(',
  '`${',
  'if(a){',
  'a=>',
  '()=>{',
  '<a>',
  'A<',
  'a<b<',
  '-',
  'a?b:',
  '@a(',
  'not ',
];

describe('source text in every state', function () {
  this.timeout(180_000);
  let grammars: Grammars;

  before(async () => {
    grammars = await loadGrammars('typescript', 'tsx', 'javascript', 'python', 'go');
  });
  after(() => assert.equal(grammars.failure(), null));

  for (const [language, path] of FIXTURES) {
    const text = readFileSync(new URL(path, import.meta.url), 'utf8');
    const check = (broken: string, what: string): void => {
      try {
        assertWellFormed(factsWith(grammars, language, broken), broken);
      } catch (error) {
        throw new Error(`${language} ${what}: ${JSON.stringify(broken.slice(-60))}`, { cause: error });
      }
    };

    it(`${language}: the fixture itself is not broken`, () => {
      const facts = factsWith(grammars, language, text);
      assertWellFormed(facts, text);
      assert.equal(facts.broken, false);
    });

    it(`${language}: cut, with a character missing, with one doubled`, () => {
      const step = Math.ceil(text.length / 200);
      for (let at = 0; at <= text.length; at += step) {
        check(text.slice(0, at), `cut at ${at}`);
        check(text.slice(0, at) + text.slice(at + 1), `without ${at}`);
        check(text.slice(0, at + 1) + text.slice(at), `twice ${at}`);
      }
    });

    it(`${language}: CRLF, lone CR, a byte order mark, one line`, () => {
      check(text.replaceAll('\n', '\r\n'), 'CRLF');
      check(text.replaceAll('\n', '\r'), 'CR');
      check(`\ufeff${text}`, 'BOM');
      check(text.replaceAll('\n', ' '), 'one line');
      check(text.replaceAll('e', '\ud800'), 'halves of characters');
    });

    for (const seed of [1, 2]) {
      it(`${language}: edited at random, facts are those of a fresh look (seed ${seed})`, () => {
        const random = randomNumbers(seed);
        let parsed = parseText(grammars, LANGUAGES[language], text);
        for (let count = 0; count < 100; count++) {
          assert.ok(parsed !== null);
          const edits = randomEdits(parsed.text, text, spansOf(parsed.layout), random);
          const expected = edits.reduce(
            (at, edit) => at.slice(0, edit.start) + edit.inserted + at.slice(edit.oldEnd),
            parsed.text,
          );
          parsed = reparseText(grammars, parsed, edits);
          assert.ok(parsed !== null);
          assert.equal(parsed.text, expected);
          assert.deepEqual(parsed.facts, factsWith(grammars, language, expected), JSON.stringify(edits));
          assertWellFormed(parsed.facts, expected);
        }
        if (parsed !== null) releaseText(parsed);
      });
    }

    it(`${language}: nested without end`, () => {
      for (const piece of ENDLESS) {
        const parsed = parseText(grammars, LANGUAGES[language], `${text}\n${piece.repeat(6_000)}`);
        if (parsed !== null) releaseText(parsed);
      }
      check(text, 'and afterwards');
    });
  }

  it('a text that is too deep for a moment is read again when it is not', () => {
    let parsed = parseText(grammars, LANGUAGES.typescript, 'const a = 1;\n');
    assert.ok(parsed !== null);
    parsed = reparseText(grammars, parsed, [{ start: 0, oldEnd: 0, inserted: '{a:'.repeat(4_000) }]);
    assert.equal(parsed, null);
  });

  it('a runtime that breaks down all the same is not asked again', () => {
    // In a process of its own: the runtime is the same for all tests of this one.
    const program = fileURLToPath(new URL('./trap.ts', import.meta.url));
    const said = execFileSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8' });
    assert.equal(said.trim(), 'true true true');
  });
});

/** One edit, or a few at once: at the borders of chunks, anywhere, of much, of everything. */
function randomEdits(
  text: string,
  original: string,
  chunks: readonly { start: number; end: number }[],
  random: (limit: number) => number,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let length = text.length;
  for (let left = random(5) === 0 ? 3 : 1; left > 0; left--) {
    const chunk = chunks[random(chunks.length)];
    const kind = random(20);
    let start = random(length + 1);
    let oldEnd = start + random(6);
    let inserted = PIECES[random(PIECES.length)]!;
    if (kind < 8 && chunk !== undefined && edits.length === 0) {
      start = Math.max(0, (random(2) === 0 ? chunk.start : chunk.end) + random(3) - 1);
      oldEnd = start + random(3);
    } else if (kind === 8) [start, oldEnd, inserted] = [0, length, original.slice(random(original.length))];
    else if (kind === 9) [start, oldEnd, inserted] = [0, length, original];
    else if (kind === 10) {
      oldEnd = start + random(200);
      inserted = original.slice(random(original.length)).slice(0, random(300));
    }
    start = Math.min(start, length);
    oldEnd = Math.min(oldEnd, length);
    edits.push({ start, oldEnd, inserted });
    length += inserted.length - (oldEnd - start);
  }
  return edits;
}

/** The same numbers on every run: below a limit, from a linear congruential generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}
