// Large answers are decoded in a thread and come in pieces: the same value, while everyone else is served.
import assert from 'node:assert/strict';
import * as z from 'zod';

import { fitting } from '../../../server/src/sources/flag-servers/mapping.ts';
import { allItems, MOST_ITEMS } from '../../../server/src/sources/flag-servers/paging.ts';
import { decodeJson, LARGE } from '../../../server/src/sources/http/largeJson.ts';

describe('JSON of an answer', () => {
  const filler = 'ä"\\\n'.repeat(LARGE / 4);
  for (const [name, value] of [
    ['small', { a: [1, null, true, 'x'], b: {} }],
    ['a long list', Array.from({ length: 60_000 }, (_, at) => ({ at, name: `flag-${at}`, on: at % 2 === 0 }))],
    [
      'lists in lists',
      { flags: Array.from({ length: 40 }, () => Array.from({ length: 3000 }, (_, at) => [at])), more: {} },
    ],
    ['many keys', Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`key-${at}`, at]))],
    ['one long text', { text: filler, after: [] }],
    ['nothing but a text', filler],
    ['deeply nested', JSON.parse(`${'['.repeat(400)}${JSON.stringify(filler)}${']'.repeat(400)}`) as unknown],
  ] as const) {
    it(`is what it says: ${name}`, async () => {
      assert.deepEqual(await decodeJson(JSON.stringify(value)), value);
    });
  }

  it('keeps names that objects have of themselves', async () => {
    const text = `{"__proto__":{"polluted":true},"list":${JSON.stringify(Array(LARGE).fill('xx'))}}`;
    const value = (await decodeJson(text)) as Record<string, unknown>;
    assert.deepEqual(Object.keys(value), ['__proto__', 'list']);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('is none where it is none, large or small', async () => {
    for (const text of ['', '{', `[${'1,'.repeat(LARGE)}`, `${'['.repeat(LARGE + 1)}`]) {
      await assert.rejects(decodeJson(text));
    }
  });

  it('leaves others their turns while it comes', async () => {
    const text = JSON.stringify(Array.from({ length: 200_000 }, (_, at) => ({ message: `Welcome ${at}` })));
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const list = (await decodeJson(text).finally(() => {
      isDone = true;
    })) as unknown[];
    assert.equal(list.length, 200_000);
    // One for each piece, however busy the machine is.
    assert.ok(turns > 20, `${turns} turns`);
  });
});

describe('a list that is no list of flags', () => {
  it('is not read to its end', () => {
    let read = 0;
    const schema = z.object({ key: z.string() }).or(z.custom<never>(() => read++ < 0));
    const { items, odd } = fitting(
      schema,
      Array.from({ length: 300_000 }, () => ({})),
    );
    assert.deepEqual([items.length, odd], [0, 300_000]);
    assert.ok(read <= 1000, `${read}`);
  });

  it('is bounded, in one page or in many', async () => {
    const page = Array.from({ length: 300_000 }, () => 1);
    const all = await allItems(
      async () => page,
      () => ({ items: page, more: true }),
    );
    assert.equal(all.length, MOST_ITEMS);
  });
});
