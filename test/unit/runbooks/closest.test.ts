import assert from 'node:assert/strict';
import { closest, editDistance } from '../../../server/src/core/runbooks/closest.ts';

describe('did you mean', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['', '', 0],
    ['', 'abc', 3],
    ['base', 'bsae', 1],
    ['base', 'base', 0],
    ['redd', 'red', 1],
    ['ab', 'ba', 1],
    ['abc', 'cab', 2],
    ['checkout', 'chekcuot', 2],
  ];
  for (const [a, b, distance] of cases) {
    it(`${a} is ${distance} from ${b}`, () =>
      assert.deepEqual([editDistance(a, b), editDistance(b, a)], [distance, distance]));
  }

  it('means the name with two letters swapped, and nothing where a third would have to change', () => {
    const near = (name: string) => closest(name, ['base', 'other'], each => each);
    assert.deepEqual([near('bsae'), near('BSAE'), near('besa'), near('abcdef')], ['base', 'base', null, null]);
  });
});
