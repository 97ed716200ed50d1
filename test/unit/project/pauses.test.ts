import assert from 'node:assert/strict';
import { createPauses } from '../../../server/src/sources/project/pauses.ts';

describe('pauses', () => {
  const workFor = (milliseconds: number): void => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };

  it('lets others run in the middle of long work', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('someone else'));
    const pause = createPauses();
    for (let step = 0; step < 4; step++) {
      workFor(10);
      await pause();
    }
    order.push('the work');
    assert.deepEqual(order, ['someone else', 'the work']);
  });

  it('costs short work nothing', () => {
    assert.equal(createPauses()(), undefined);
  });
});
