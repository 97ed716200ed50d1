import assert from 'node:assert/strict';
import { naturalOrder } from '../../server/src/core/naturalOrder.ts';

describe('the natural order of names', () => {
  const sorted: readonly (readonly string[])[] = [
    ['flag-1', 'flag-2', 'flag-10', 'flag-100'],
    ['PM-9-a', 'PM-10-a', 'pm-9-a'],
    ['a', 'a1', 'a1b', 'a2', 'a10', 'ab'],
    ['v1.2.9', 'v1.2.10', 'v1.10.0'],
    ['x01', 'x1', 'x02', 'x2'],
    ['', '0', '00', '1', '10', 'é'],
    ['id-99999999999999999999', 'id-100000000000000000000'],
  ];
  for (const names of sorted) {
    it(names.join(' < '), () => {
      assert.deepEqual([...names].sort(naturalOrder), names);
      assert.deepEqual([...names].reverse().sort(naturalOrder), names);
    });
  }

  it('tells any two names apart, the same way from both sides', () => {
    const names = ['', '0', '00', '1', '01', 'a', 'a0', 'a00', 'a1', 'a01', 'a1a', 'a01a', 'a10', 'b'];
    for (const one of names)
      for (const other of names) {
        assert.equal(naturalOrder(one, other) === 0, one === other, `${one} ${other}`);
        assert.equal(Math.sign(naturalOrder(one, other)), -Math.sign(naturalOrder(other, one)) + 0, `${one} ${other}`);
      }
  });
});
