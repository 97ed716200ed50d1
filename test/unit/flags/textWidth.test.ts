import assert from 'node:assert/strict';
import { columnsOf, cutToColumns, padToColumns } from '../../../server/src/core/textWidth.ts';

describe('columns of a terminal', () => {
  const widths: readonly (readonly [string, number])[] = [
    ['', 0],
    ['new-checkout', 12],
    ['größe…', 6],
    ['新しい支払い', 12],
    ['한국어', 6],
    ['🚀', 2],
    ['👩‍👩‍👧', 2],
    ['☎️', 2],
    ['cafe\u0301', 4],
    ['ｆｕｌｌ', 8],
    ['𠮷', 2],
  ];
  for (const [text, width] of widths) {
    it(`${text} takes ${width}`, () => assert.equal(columnsOf(text), width));
  }

  it('cuts between characters, never inside one', () => {
    assert.equal(cutToColumns('新しい支払い', 6), '新し…');
    assert.equal(cutToColumns('ab👩‍👩‍👧cd', 4), 'ab…');
    assert.equal(cutToColumns('abcd', 4), 'abcd');
    assert.equal(cutToColumns('abcd', 1), '…');
    assert.equal(cutToColumns('abcd', 0), '');
  });

  it('pads by columns', () => assert.equal(padToColumns('新', 4), '新  '));
});
