// Large flag files that a thread decodes before the host is given them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { decodeConfig } from '../../../server/src/core/config.ts';
import type { FlagFile } from '../../../server/src/core/model.ts';
import { decodeFlagFile, versionsDecoder } from '../../../server/src/sources/flag-systems/registry.ts';
import { createDecodedAhead } from '../../../server/src/sources/project/decodedAhead.ts';
import { createFlagFileReader } from '../../../server/src/sources/workers/flagFileReader.ts';
import { NOW } from '../../support/world.ts';

const { config } = decodeConfig('', 'flagbook.json');
const PATH = 'flags/large.flagd.json';
const wasm = join(import.meta.dirname, '..', '..', '..', 'dist', 'wasm');

describe('flag files that are decoded ahead', () => {
  it('are what decoding them here gives, in a thread for large ones alone', async () => {
    const { read } = createFlagFileReader(wasm);
    const asked: string[] = [];
    const flagFiles = createDecodedAhead(
      (path, ...rest) => {
        asked.push(path);
        return read(path, ...rest);
      },
      () => NOW,
    );
    const text = flagd(300);
    assert.equal(await flagFiles.prepare(PATH, text, config, 'disk'), 'newest');
    assert.deepEqual(flagFiles.decode(PATH, text, config, NOW), decodeFlagFile(PATH, text, config, NOW));
    assert.deepEqual(asked, [PATH]);
    assert.equal(flagFiles.prepare('small.flagd.json', flagd(1), config, 'disk'), undefined);
    const other = JSON.stringify({ name: 'x'.repeat(100_000) });
    assert.equal(flagFiles.prepare('other.json', other, config, 'disk'), undefined, 'no flag file');
    assert.equal(flagFiles.prepare(PATH, text, config, 'document'), undefined, 'what was decoded last');
    assert.deepEqual(asked, [PATH]);
  });

  it('are taken once, for the same text and configuration, and are decoded here otherwise', async () => {
    const flagFiles = createDecodedAhead(
      async () => SENTINEL,
      () => NOW,
    );
    const text = flagd(300);
    await flagFiles.prepare(PATH, text, config, 'disk');
    assert.equal(flagFiles.decode(PATH, text, config, NOW), SENTINEL);
    assert.notEqual(flagFiles.decode(PATH, text, config, NOW), SENTINEL);
    await flagFiles.prepare(PATH, `${text}\n`, config, 'disk');
    assert.notEqual(flagFiles.decode(PATH, text, config, NOW), SENTINEL);
    await flagFiles.prepare(PATH, `${text} `, config, 'disk');
    assert.notEqual(flagFiles.decode(PATH, `${text} `, { ...config }, NOW), SENTINEL);
  });

  it('say whether the file went on meanwhile, which documents are nothing to', async () => {
    const waiting: (() => void)[] = [];
    const flagFiles = createDecodedAhead(
      () => new Promise(resolve => waiting.push(() => resolve(SENTINEL))),
      () => NOW,
    );
    const [first, second, open] = [
      flagFiles.prepare(PATH, flagd(300), config, 'disk'),
      flagFiles.prepare(PATH, flagd(301), config, 'disk'),
      flagFiles.prepare(PATH, flagd(300), config, 'document'),
    ];
    for (const answer of waiting) answer();
    assert.deepEqual(await Promise.all([first, second, open]), ['outdated', 'newest', 'newest']);
    const third = flagFiles.prepare(PATH, flagd(302), config, 'disk');
    assert.equal(flagFiles.prepare(PATH, flagd(1), config, 'disk'), undefined, 'a small one is used at once');
    waiting.at(-1)!();
    assert.equal(await third, 'outdated');
  });

  it('are decoded here where no thread can be had, and nothing is said of it', async () => {
    const flagFiles = createDecodedAhead(createFlagFileReader('/nowhere/wasm').read, () => NOW);
    const text = flagd(300);
    assert.equal(await flagFiles.prepare(PATH, text, config, 'disk'), 'newest');
    assert.equal(flagFiles.decode(PATH, text, config, NOW)?.flags.length, 300);
    assert.equal(createDecodedAhead(undefined, () => NOW).prepare(PATH, text, config, 'disk'), undefined);
  });

  it('are read in older versions as the versions decoder reads them, whatever their name was', async () => {
    const { readVersion } = createFlagFileReader(wasm);
    const file = decodeFlagFile('flags/staging.flagd.json', flagd(3), config, NOW)!;
    const here = versionsDecoder(file, config, NOW);
    for (const [text, pathThen] of [
      [flagd(2), file.path],
      [flagd(2).replace(/^\{/, '{ nonsense'), file.path],
      ['flags:\n  a:\n    state: ENABLED\n    variants: {on: true}\n    defaultVariant: on\n', 'flags/a.yaml'],
      ['', file.path],
    ] as const) {
      assert.deepEqual(await readVersion(file, text, pathThen, config, NOW), here(text, pathThen), pathThen);
    }
  });
});

const SENTINEL = { path: 'elsewhere' } as FlagFile;

function flagd(count: number): string {
  const flag = {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    metadata: { x: 'y'.repeat(90) },
  };
  return JSON.stringify({ flags: Object.fromEntries(Array.from({ length: count }, (_, at) => [`flag-${at}`, flag])) });
}
