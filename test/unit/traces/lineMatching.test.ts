import assert from 'node:assert/strict';
import { matchLines, textLines } from '../../../server/src/core/traces/lineMatching.ts';
import { createRandom } from '../../bench/random.ts';

const matched = (then: string, now: string): string =>
  [...matchLines([...then], [...now])].map(to => (to < 0 ? '-' : String(to))).join(' ');

describe('equal lines of two texts', () => {
  it('are found around what was inserted, removed and replaced', () => {
    assert.equal(matched('abc', 'abc'), '0 1 2');
    assert.equal(matched('abc', 'xabyc'), '1 2 4');
    assert.equal(matched('abcd', 'ad'), '0 - - 1');
    assert.equal(matched('abc', 'axc'), '0 - 2');
    assert.equal(matched('', 'abc'), '');
    assert.equal(matched('abc', ''), '- - -');
  });

  it('are found by the shortest edit where no line stands once', () => {
    assert.equal(
      matched('xabab}', 'yababab}')
        .split(' ')
        .filter(to => to !== '-').length,
      5,
    );
    assert.equal(
      matched('aabbaa', 'bbaabb')
        .split(' ')
        .filter(to => to !== '-').length,
      4,
    );
  });

  it('are always equal and in order', () => {
    const random = createRandom(7);
    for (let round = 0; round < 400; round++) {
      const text = (letters: string) => Array.from({ length: random.below(14) }, () => random.pick([...letters]));
      const [then, now] = [text('aabbc'), text('aabbc')];
      const matching = matchLines(then, now);
      let last = -1;
      matching.forEach((to, from) => {
        if (to < 0) return;
        assert.equal(then[from], now[to]);
        assert.ok(to > last, `${then.join('')} ${now.join('')}`);
        last = to;
      });
    }
  });

  it('takes CRLF for LF, and ends at the last line', () => {
    assert.deepEqual(textLines('a\r\nb\n'), ['a', 'b']);
    assert.deepEqual(textLines('a\n\nb'), ['a', '', 'b']);
    assert.deepEqual(textLines(''), []);
  });

  it('takes no quadratic time for long texts that have nothing or everything in common', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index}`);
    const others = lines.map(line => `${line}!`);
    const same = lines.map((_, index) => (index % 2 === 0 ? 'a' : 'b'));
    const started = performance.now();
    assert.equal(
      matchLines(lines, others).every(to => to < 0),
      true,
    );
    matchLines(lines, [...lines].reverse());
    matchLines(same, [...same.slice(1), 'c', ...same]);
    assert.ok(performance.now() - started < 3000);
  });
});
