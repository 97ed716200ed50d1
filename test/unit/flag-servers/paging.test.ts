import assert from 'node:assert/strict';
import { allItems, countedPage, MOST_ITEMS } from '../../../server/src/sources/flag-servers/paging.ts';

describe('asking page by page', () => {
  const shape = { list: 'items', total: 'total', size: 2 };
  const ask = async (pages: readonly unknown[]) => {
    const asked: number[] = [];
    const items = await allItems(
      async (count, page) => {
        asked.push(count);
        return pages[page - 1] ?? { items: [] };
      },
      (answer, count) => countedPage(answer, shape, count),
    );
    return { items, asked };
  };

  it('goes on to the number that the list tells', async () => {
    const pages = [
      { items: [1, 2], total: 3 },
      { items: [3], total: 3 },
    ];
    assert.deepEqual(await ask(pages), { items: [1, 2, 3], asked: [0, 2] });
  });

  it('takes a page that is not full for the last, where no number is told', async () => {
    assert.deepEqual(await ask([{ items: [1, 2] }, { items: [3] }]), { items: [1, 2, 3], asked: [0, 2] });
  });

  it('ends at an empty page, whatever is promised', async () => {
    assert.deepEqual(
      await ask([
        { items: [1, 2], total: 9 },
        { items: [], total: 9 },
      ]),
      { items: [1, 2], asked: [0, 2] },
    );
  });

  it('hands on an answer that has no list', async () => {
    assert.deepEqual((await ask([{ message: 'Welcome' }])).items, [{ message: 'Welcome' }]);
  });

  it('does not read for ever from a server that gives the same page again and again', async () => {
    let asked = 0;
    const thousand = Array.from({ length: 1000 }, (_, at) => at);
    const items = await allItems(
      async () => {
        asked++;
        return thousand;
      },
      answer => ({ items: answer as readonly number[], more: true }),
    );
    assert.deepEqual([items.length, asked], [MOST_ITEMS, MOST_ITEMS / 1000]);
  });
});
