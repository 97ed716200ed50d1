import assert from 'node:assert/strict';
import { createKeyMatcher, type DatedKey, type Spelling } from '../../../server/src/core/history/keyMatcher.ts';

function found(text: string, ...spellings: readonly Spelling[]): boolean {
  const matcher = createKeyMatcher([{ key: 'key', spellings }]);
  const bytes = new TextEncoder().encode(text);
  let hits = 0;
  matcher.scan(bytes, 0, bytes.length, { beginsContent: true, endsContent: true }, () => hits++);
  return hits > 0;
}

describe('finding a key as a whole token', () => {
  for (const [text, key, expected] of [
    ["check('user')", 'user', true],
    ['user', 'user', true],
    ['username', 'user', false],
    ['superuser', 'user', false],
    ['user-id', 'user', false],
    ['my_user', 'user', false],
    ['flags.user.on', 'user', true],
    ['a/user/b', 'user', true],
    ['x = user;', 'user', true],
    ['new-pay', 'new-pay', true],
    ['brand-new-pay', 'new-pay', false],
    ['new-pay.v2', 'new-pay.v2', true],
    ['new-payxv2', 'new-pay.v2', false],
    ['schlüssel-ü', 'schlüssel-ü', true],
    ['', 'user', false],
  ] as const) {
    it(`${expected ? 'finds' : 'does not find'} ${key} in ${JSON.stringify(text)}`, () =>
      assert.equal(found(text, { text: key, form: 'bare' }), expected));
  }

  for (const [text, expected] of [
    ['"Pay"', true],
    ["'Pay'", true],
    ['`Pay`', true],
    ['{\\"Pay\\": 1}', true],
    ['Pay', false],
    ['"Pay now"', false],
    ['"the Pay"', false],
    ['\'Pay"', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${text} for quoted`, () =>
      assert.equal(found(text, { text: 'Pay', form: 'quoted' }), expected));
  }

  for (const [text, expected] of [
    ['  pay: true', true],
    ['pay?: boolean', true],
    ['pay = true', true],
    ['pay :', true],
    ['pay == 1', false],
    ['pay => 1', false],
    ['pay::new()', false],
    ['if (pay) {', false],
    ['prepay: 1', false],
    ['pay', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${JSON.stringify(text)} for an entry`, () =>
      assert.equal(found(text, { text: 'pay', form: 'entry' }), expected));
  }

  for (const [text, expected] of [
    ['- name: Pay', true],
    ['- name: Pay\r\n', true],
    ['  - Pay # soon\n', true],
    ['[Pay, Other]', true],
    ['{ name: Pay}', true],
    ['Pay', false],
    ['- name: Pay now\n', false],
    ['type Pay []Pay\n', false],
    ['x.Pay\n', false],
    ['name: the Pay\n', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${JSON.stringify(text)} for a value`, () =>
      assert.equal(found(text, { text: 'Pay', form: 'value' }), expected));
  }
});

describe('finding many keys at once', () => {
  /** Numbers that only look random, so that every run is the same. */
  function numbers(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }

  it('finds what looking for one after the other finds, in pieces of any size', () => {
    const random = numbers(7);
    const letters = 'ab-.c';
    const word = (length: number): string =>
      Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
    for (let round = 0; round < 60; round++) {
      const keys: DatedKey[] = Array.from({ length: 12 }, () => {
        const text = word(1 + Math.floor(random() * 9));
        return { key: text, spellings: [{ text, form: 'bare' }] };
      });
      const text = Array.from({ length: 40 }, () => word(Math.floor(random() * 12))).join(' ');
      const expected = new Set(
        keys.flatMap(({ key }, index) => {
          const escaped = key.replaceAll('.', '\\.');
          return new RegExp(`(?<![A-Za-z0-9_-])${escaped}(?![A-Za-z0-9_-])`).test(text) ? [index] : [];
        }),
      );
      const bytes = new TextEncoder().encode(text);
      for (const piece of [bytes.length, 50, 31]) {
        assert.deepEqual(inPieces(keys, bytes, piece), expected, `round ${round}, pieces of ${piece}`);
      }
    }
  });

  it('finds values of YAML wherever a piece ends', () => {
    const keys: DatedKey[] = ['Pay', 'Refund2'].map(key => ({ key, spellings: [{ text: key, form: 'value' }] }));
    const bytes = new TextEncoder().encode(`${'# Pay and Refund2\n'.repeat(4)}- name: Pay\n- name: Refund2\n- x: y\n`);
    for (let piece = 20; piece <= bytes.length; piece++) {
      assert.deepEqual([...inPieces(keys, bytes, piece)].sort(), [0, 1], `pieces of ${piece}`);
    }
  });

  /** Shows the bytes piece by piece, each with the overlap that the matcher asks for. */
  function inPieces(keys: readonly DatedKey[], bytes: Uint8Array, piece: number): ReadonlySet<number> {
    const matcher = createKeyMatcher(keys);
    const seen = new Set<number>();
    for (let end = Math.min(piece, bytes.length), start = 0; ; end = Math.min(end + piece, bytes.length)) {
      const edges = { beginsContent: start === 0, endsContent: end === bytes.length };
      matcher.scan(bytes, start, end, edges, key => seen.add(key));
      if (end === bytes.length) return seen;
      start = Math.max(0, end - matcher.overlap);
    }
  }

  it('has nothing to find without keys', () => {
    const matcher = createKeyMatcher([{ key: '', spellings: [{ text: '', form: 'bare' }] }]);
    matcher.scan(new Uint8Array(9), 0, 9, { beginsContent: true, endsContent: true }, () => assert.fail());
  });
});
