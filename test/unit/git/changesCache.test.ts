// Changes of flags kept between runs: what is remembered is what reading would find, and nothing else is believed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flag } from '../../../server/src/core/model.ts';
import { openChanges } from '../../../server/src/sources/git/changesCache.ts';
import type { FileChanges } from '../../../server/src/sources/git/fileChanges.ts';
import { readFlagFileChanges } from '../../../server/src/sources/git/flagFileHistory.ts';
import { readChangesOfMany } from '../../../server/src/sources/git/flagFilesHistory.ts';
import { describeRepository } from '../../../server/src/sources/git/repository.ts';
import { environmentOf, flagOf } from '../../support/snapshot.ts';
import { createRepository, openRepository, removeTemporaryDirectories, temporaryDirectory } from './repositories.ts';

interface Run {
  readonly changes: FileChanges['changes'];
  /** Versions that were decoded. */
  readonly decoded: number;
}

/** Reads the changes of `flags.json` with what is remembered in `directory`, as a run of the program does. */
async function run(root: string, directory: string, more: { edition?: string; name?: string; clock?: boolean } = {}) {
  const repository = await describeRepository(root);
  assert.ok(repository.kind === 'ok');
  const memory = await openChanges(directory, more.edition ?? 'one', repository);
  const read = async (many: 'one by one' | 'together'): Promise<Run> => {
    let decoded = 0;
    const file = {
      path: 'flags.json',
      flags: [flagOf('pay')],
      decode(text: string): readonly Flag[] {
        decoded++;
        const { pay } = JSON.parse(text) as { pay: number };
        return [
          flagOf('pay', { environments: [environmentOf({ state: 'partial', percentage: pay, summary: `${pay}%` })] }),
        ];
      },
      decoder: { name: more.name ?? 'json', readsClock: () => more.clock === true },
    };
    if (many === 'together') {
      const { changes } = await readChangesOfMany(repository, [file], undefined, memory);
      return { changes, decoded };
    }
    const result = await readFlagFileChanges(repository, file.path, file, { memory });
    assert.ok(result.kind === 'ok');
    return { changes: result.changes, decoded };
  };
  const first = await read('one by one');
  await memory?.save();
  const together = await read('together');
  assert.deepEqual(together.changes, first.changes);
  return first;
}

function history(...percentages: readonly number[]) {
  const repository = createRepository();
  const directory = join(temporaryDirectory(), 'cache');
  const commit = (percentage: number) => {
    repository.write('flags.json', `{"pay": ${percentage}}`);
    repository.commit('2024-01-01', `To ${percentage}`);
  };
  for (const percentage of percentages) commit(percentage);
  return { repository, directory, commit };
}

function words({ changes }: Run): readonly string[] {
  return [...changes.values()].flat().map(({ what }) => what);
}

describe('changes of flags between runs', () => {
  afterEach(removeTemporaryDirectories);

  it('are not read again while no commit touches the file', async () => {
    const { repository, directory } = history(5, 25, 100);
    const first = await run(repository.root, directory);
    repository.write('other.txt', 'x');
    repository.commit('2024-01-02');
    const second = await run(repository.root, directory);
    assert.ok(first.decoded > 0);
    assert.equal(second.decoded, 0);
    assert.deepEqual(second.changes, first.changes);
    assert.deepEqual(words(second), ['25% → 100%', '5% → 25%', 'added at 5%']);
  });

  it('follow a commit, and a head that goes back', async () => {
    const { repository, directory, commit } = history(5, 25);
    await run(repository.root, directory);
    commit(50);
    assert.deepEqual(words(await run(repository.root, directory)), ['25% → 50%', '5% → 25%', 'added at 5%']);
    repository.git('reset', '--quiet', '--hard', 'HEAD~2');
    assert.deepEqual(words(await run(repository.root, directory)), ['added at 5%']);
  });

  it('are read again by another edition and another way of decoding, and where they depend on the day', async () => {
    const { repository, directory } = history(5, 25);
    assert.ok((await run(repository.root, directory)).decoded > 0);
    assert.ok((await run(repository.root, directory, { edition: 'two' })).decoded > 0);
    assert.ok((await run(repository.root, directory, { edition: 'two', name: 'other' })).decoded > 0);
    for (let day = 0; day < 2; day++)
      assert.ok((await run(repository.root, directory, { name: 'clock', clock: true })).decoded > 0);
  });

  it('are read again where the file is broken, cut, foreign or empty', async () => {
    const { repository, directory } = history(5, 25);
    const first = await run(repository.root, directory);
    const [name, ...others] = readdirSync(directory);
    assert.deepEqual(others, []);
    const path = join(directory, name!);
    const kept = readFileSync(path, 'utf8');
    for (const text of [
      '',
      '{',
      kept.slice(0, -9),
      '[]',
      kept.replace('"what":"', '"what":5,"x":"'),
      kept.replace('"version":1', '"version":0'),
    ]) {
      writeFileSync(path, text);
      const again = await run(repository.root, directory);
      assert.ok(again.decoded > 0, text);
      assert.deepEqual(again.changes, first.changes);
    }
  });

  it('are not kept of a history that is cut off', async () => {
    const { repository, directory } = history(5, 25, 50);
    const shallow = join(temporaryDirectory(), 'clone');
    repository.git('clone', '--quiet', '--no-local', '--depth=2', `file://${repository.root}`, shallow);
    for (let round = 0; round < 2; round++) assert.ok((await run(openRepository(shallow).root, directory)).decoded > 0);
  });
});
