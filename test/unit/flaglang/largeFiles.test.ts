// Large flag files while one types: places move with the text at once, and what they say follows when the typing pauses.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { completions } from '../../../server/src/core/features/completion.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { createFlagFileReader } from '../../../server/src/sources/workers/flagFileReader.ts';
import { NOW, worldOf } from '../../support/world.ts';

const PATH = 'flags/large.flagd.json';
const COUNT = 500;

describe('large flag files', () => {
  it('keep every place on its text while one types, and are read again when asked', async () => {
    const host = await opened();
    const random = generator(7);
    for (let round = 0; round < 40; round++) {
      const text = host.documentText(PATH)!;
      const at = text.indexOf('"description": "') + 16 + Math.floor(random() * 400);
      const start = text.indexOf(' ', (at * 97) % (text.length - 2000));
      const inserted = ['x', '\n', '  ', '\r\n'][round % 4]!;
      host.editDocument(PATH, [{ start, oldEnd: start, inserted }]);
      assertPlaced(host);
    }
    assert.equal(host.behind().length, 1);
    assert.equal(host.catchUp(), true);
    assert.equal(host.catchUp(), false);
    assertPlaced(host);
    assert.equal(host.snapshot(0).flags.size, COUNT);
  });

  it('complete at once, and tell what is wrong when they have been read again', async () => {
    const host = await opened();
    const text = host.documentText(PATH)!;
    const at = text.indexOf('"defaultVariant": "off"', text.indexOf('"flag-250"')) + '"defaultVariant": "'.length;
    host.editDocument(PATH, [{ start: at, oldEnd: at + 3, inserted: 'o' }]);
    assert.deepEqual(
      completions(host.snapshot(0), PATH, at + 1).map(({ key }) => key),
      ['on', 'off'],
    );
    const found = () => diagnostics(host.snapshot(0), PATH).filter(({ code }) => code !== 'unused-flag');
    assert.deepEqual(found(), []);
    host.catchUp();
    assert.deepEqual(
      found().map(({ code }) => code),
      ['unknown-variation'],
    );
  });

  it('leave the code linked as it is when their keys change, where it names keys as they are', async () => {
    const host = await opened();
    const checks = () => host.snapshot(0).files.get('src/a.ts')!.checks;
    const before = checks();
    assert.equal(before.length, 1);
    const insert = (at: number, inserted: string) => host.editDocument(PATH, [{ start: at, oldEnd: at, inserted }]);
    insert(host.documentText(PATH)!.indexOf('some text') + 1, 'x');
    host.catchUp();
    assert.equal(checks(), before, 'the very same list');
    insert(host.documentText(PATH)!.indexOf('flag-7"'), 'new-');
    host.catchUp();
    assert.equal(checks(), before, 'the very same list');
    assert.ok(host.snapshot(0).flags.has('new-flag-7'));
  });

  it('link the code again where it spells keys in its own way', async () => {
    const { host } = await worldOf(`
//- /src/a.tsx
import { useFlags } from 'launchdarkly-react-client-sdk';
export const A = () => { const { flag7, newFlag7 } = useFlags(); return flag7 && newFlag7; };
`);
    host.openDocument(PATH, textOf(COUNT));
    const keys = () =>
      host
        .snapshot(0)
        .files.get('src/a.tsx')!
        .checks.map(({ key }) => key);
    assert.deepEqual(keys(), ['flag-7', 'newFlag7']);
    const at = host.documentText(PATH)!.indexOf('flag-7"');
    host.editDocument(PATH, [{ start: at, oldEnd: at, inserted: 'new-' }]);
    host.catchUp();
    assert.deepEqual(keys(), ['flag7', 'new-flag-7']);
  });

  it('say what was saved, whether or not it was read again before they are closed', async () => {
    const host = await opened();
    const type = (inserted: string) => {
      const at = host.documentText(PATH)!.indexOf('flag-7"');
      host.editDocument(PATH, [{ start: at, oldEnd: at, inserted }]);
    };
    const keys = () => [...host.snapshot(0).flags.keys()].filter(key => key.endsWith('flag-7'));
    const save = () => host.setText(PATH, host.documentText(PATH)!);
    type('a-');
    save();
    assert.deepEqual(keys(), ['flag-7']);
    host.catchUp();
    assert.deepEqual(keys(), ['a-flag-7']);
    type('b-');
    save();
    type('c-');
    host.closeDocument(PATH);
    assert.deepEqual(keys(), ['a-b-flag-7']);
    host.openDocument(PATH, textOf(COUNT));
    type('d-');
    save();
    host.catchUp();
    host.closeDocument(PATH);
    assert.deepEqual(keys(), ['d-flag-7']);
  });

  it('are taken from whoever decoded them elsewhere, unless the text went on', async () => {
    const host = await opened();
    const at = host.documentText(PATH)!.indexOf('flag-7"');
    host.editDocument(PATH, [{ start: at, oldEnd: at, inserted: 'new-' }]);
    const [{ path, text } = { path: '', text: '' }, ...others] = host.behind();
    assert.deepEqual([path, text, others], [PATH, host.documentText(PATH), []]);
    const reader = createFlagFileReader(join(import.meta.dirname, '..', '..', '..', 'dist', 'wasm'));
    const file = await reader.read(path, text, host.config(), NOW);
    host.editDocument(PATH, [{ start: at, oldEnd: at, inserted: 'x' }]);
    assert.equal(host.takeFlagFile(path, text, file!), false);
    host.editDocument(PATH, [{ start: at, oldEnd: at + 1, inserted: '' }]);
    assert.equal(host.takeFlagFile(path, text, file!), true);
    assert.deepEqual(host.behind(), []);
    assert.ok(host.snapshot(0).flags.has('new-flag-7'));
    assert.deepEqual(host.snapshot(0).files.get(PATH)!.flagFile, decodeFlagFile(path, text, host.config(), NOW));
    await assert.rejects(createFlagFileReader('/nowhere/wasm').read(path, text, host.config(), NOW));
  });
});

function textOf(count: number): string {
  const flag = {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    metadata: { description: 'some text '.repeat(20) },
    targeting: {
      if: [
        { in: [{ var: 'country' }, ['SE', 'NO']] },
        {
          fractional: [
            ['on', 25],
            ['off', 75],
          ],
        },
        'off',
      ],
    },
  };
  const flags = Object.fromEntries(Array.from({ length: count }, (_, at) => [`flag-${at}`, flag]));
  return JSON.stringify({ flags }, null, 1);
}

async function opened(): Promise<Host> {
  const { host } = await worldOf(`
//- /src/a.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const a = await OpenFeature.getClient().getBooleanValue('flag-1', false);
`);
  host.openDocument(PATH, textOf(COUNT));
  return host;
}

function assertPlaced(host: Host): void {
  const { text, flagFile } = host.snapshot(0).files.get(PATH)!;
  const places = flagFile!.places!;
  assert.ok(places.length > COUNT * 5);
  for (const { span, id } of places) assert.equal(text.slice(span.start, span.end), id);
}

/** A small generator of numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
