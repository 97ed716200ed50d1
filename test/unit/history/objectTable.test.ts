import assert from 'node:assert/strict';
import { ObjectTable } from '../../../server/src/core/history/objectTable.ts';

describe('a table of object names', () => {
  it('numbers names in order, once each, and gives them back', () => {
    const table = new ObjectTable(40);
    const names = Array.from({ length: 9000 }, (_, i) => {
      // The first three hundred share their first bytes on purpose, so that they collide.
      const start = i < 300 ? 'abababab' : Math.imul(i, 0x9e3779b1).toString(16).replace('-', '').padStart(8, '0');
      return `${start}${i.toString(16).padStart(32, '0')}`;
    });
    for (const [index, name] of names.entries()) assert.equal(table.add(bytes(`xx${name}`), 2), index);
    for (const [index, name] of names.entries()) assert.equal(table.add(bytes(name), 0), index);
    assert.equal(table.size, 9000);
    assert.equal(table.name(8999), names[8999]);
    assert.equal(table.find(names[4321]!), 4321);
    assert.equal(table.find('f'.repeat(40)), -1);
    assert.equal(table.find('f'.repeat(64)), -1);
    assert.equal(table.size, 9000);
  });

  it('holds the longer names of SHA-256', () => {
    const table = new ObjectTable(64);
    const name = '0123456789abcdef'.repeat(4);
    assert.equal(table.name(table.add(bytes(name), 0)), name);
  });
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
