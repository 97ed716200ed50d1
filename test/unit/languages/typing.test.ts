/**
 * Typing in long texts, where only the neighbourhood of a letter is parsed. Whatever a text goes through: as soon as it has no
 * error, its facts are those of a fresh look, and an error in one place takes nothing away in another.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ParsedText, parseText, releaseText, reparseText } from '../../../server/src/core/languages/extract.ts';
import type { LanguageId } from '../../../server/src/core/languages/facts.ts';
import type { Grammars } from '../../../server/src/core/languages/grammars.ts';
import { factsWith, LANGUAGES, loadGrammars } from '../../support/facts.ts';

const FIXTURES: readonly (readonly [LanguageId, string])[] = [
  ['typescript', '../robustness/fixtures/shop.ts.txt'],
  ['tsx', '../robustness/fixtures/shop.tsx.txt'],
  ['javascript', '../robustness/fixtures/shop.js.txt'],
  ['python', './python/shop.py'],
  ['go', './go/shop.go'],
  ['java', './java/Shop.java'],
];

const PIECES = [
  'x',
  'in ',
  'func ',
  ' ',
  '\n',
  '"',
  "'",
  '`',
  '(',
  ')',
  '{',
  '}',
  '/*',
  '*/',
  '//',
  '#',
  ';',
  ':',
  '=',
  '<',
];

const LINES = Array.from({ length: 2_000 }, (_, index) => `f${index % 7}(${index});`);

describe('typing in a long text', () => {
  let grammars: Grammars;
  before(async () => {
    grammars = await loadGrammars(...FIXTURES.map(([language]) => language));
  });

  for (const [language, path] of FIXTURES) {
    for (const edits of [1, 3]) {
      it(`${language}: ${edits} typed and taken back, facts are those of a fresh look`, () => {
        const text = longText(path);
        const original = factsWith(grammars, language, text);
        assert.equal(original.broken, false);
        const random = randomNumbers(edits);
        let parsed = parseText(grammars, LANGUAGES[language], text);
        for (let round = 0; round < 6; round++) {
          const undo: { start: number; oldEnd: number; inserted: string }[] = [];
          const place = random(text.length - 40);
          for (let count = 0; count < edits; count++) {
            assert.ok(parsed !== null);
            const start = place + random(20);
            const oldEnd = start + (random(3) === 0 ? random(3) : 0);
            const inserted = random(2) === 0 ? 'x' : PIECES[random(PIECES.length)]!;
            undo.push({ start, oldEnd: start + inserted.length, inserted: parsed.text.slice(start, oldEnd) });
            parsed = edited(grammars, parsed, { start, oldEnd, inserted });
          }
          for (const edit of undo.reverse()) {
            assert.ok(parsed !== null);
            parsed = edited(grammars, parsed, edit);
          }
          assert.equal(parsed?.text, text);
          assert.deepEqual(parsed.facts, original, JSON.stringify(undo));
        }
        if (parsed !== null) releaseText(parsed);
      });
    }
  }

  it('leaves an error where it was typed', () => {
    const before = `${LINES.join('\n')}\nfunction half() { return g(1); }\n${LINES.join('\n')}\n`;
    const start = before.indexOf('function') + 1;
    let parsed = parseText(grammars, LANGUAGES.javascript, before);
    assert.ok(parsed !== null);
    parsed = reparseText(grammars, parsed, [{ start, oldEnd: start, inserted: 'x' }]);
    assert.equal(parsed?.facts.broken, true);
    const calls = parsed.facts.calls.filter(call => call.callee.kind === 'name' && /^f\d$/.test(call.callee.name));
    assert.equal(calls.length, 2 * LINES.length);
    assert.equal(parsed.text.slice(calls.at(-1)!.span.start, calls.at(-1)!.span.end), 'f4(1999)');
    releaseText(parsed);
  });

  it('sees that a comment swallows what follows', () => {
    const lines = LINES.join('\n');
    const before = `${lines}\n/* note */\ng(1);\n/* end */\n${lines}\n`;
    const start = before.indexOf('*/') + 1;
    let parsed = parseText(grammars, LANGUAGES.javascript, before);
    assert.ok(parsed !== null);
    parsed = reparseText(grammars, parsed, [{ start, oldEnd: start, inserted: 'x' }]);
    assert.equal(
      parsed?.facts.calls.some(call => call.callee.kind === 'name' && call.callee.name === 'g'),
      false,
    );
    if (parsed !== null) releaseText(parsed);
  });
});

/** After one edit; where that leaves no error, the facts must be those of a fresh look. */
function edited(
  grammars: Grammars,
  parsed: ParsedText,
  edit: { start: number; oldEnd: number; inserted: string },
): ParsedText | null {
  const { id } = parsed.language;
  const next = reparseText(grammars, parsed, [edit]);
  assert.ok(next !== null);
  const fresh = factsWith(grammars, id, next.text);
  if (!fresh.broken) assert.deepEqual(next.facts, fresh, JSON.stringify(edit));
  return next;
}

/** The fixture so many times over that it counts as long. */
function longText(path: string): string {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8').replace(/^#!.*\n/, '');
  return `${text}\n`.repeat(Math.ceil(40_000 / text.length));
}

/** The same numbers on every run: below a limit, from a linear congruential generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
}
