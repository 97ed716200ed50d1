// When a worker looks for what is dead in its memory.
import assert from 'node:assert/strict';
import { createRest } from '../../../server/src/sources/workers/heap.ts';

const MEGABYTE = 1024 * 1024;

/** How often what is dead is looked for while files are worked on, of which each leaves a megabyte behind. */
function collectionsWhile(living: number, files: number): number {
  let dead = 0;
  let collections = 0;
  const rest = createRest(
    () => {
      dead = 0;
      collections++;
    },
    () => (living + dead) * MEGABYTE,
  );
  for (let file = 0; file < files; file++) {
    dead++;
    rest();
  }
  return collections;
}

describe('the heap of a worker', () => {
  it('is looked through when much has gathered', () => {
    assert.equal(collectionsWhile(6, 100), 4);
  });

  it('is not looked through after each file where much of it lives', () => {
    const collections = collectionsWhile(200, 100);
    assert.ok(collections > 2 && collections < 10, `${collections} times`);
  });
});
