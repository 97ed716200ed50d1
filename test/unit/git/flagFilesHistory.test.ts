import assert from 'node:assert/strict';
import { type Flag, flagIdentity } from '../../../server/src/core/model.ts';
import { readChangesOfMany } from '../../../server/src/sources/git/flagFilesHistory.ts';
import { describeRepository } from '../../../server/src/sources/git/repository.ts';
import { environmentOf, flagOf } from '../../support/snapshot.ts';
import { createRepository, removeTemporaryDirectories } from './repositories.ts';

/** A file of one flag: `pay: on`. */
function decode(text: string): readonly Flag[] | null {
  const match = /^(\w+): (on|off)\n$/.exec(text);
  if (match === null) return null;
  const state = match[2] as 'on' | 'off';
  return [flagOf(match[1]!, { environments: [environmentOf({ state, serves: state === 'on', byDefault: true })] })];
}

async function changesOf(root: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const repository = await describeRepository(root);
  assert.ok(repository.kind === 'ok');
  const toFollow = Object.entries(files).map(([path, key]) => ({ path, flags: [flagOf(key)], decode }));
  const { changes } = await readChangesOfMany(repository, toFollow);
  return Object.values(files).flatMap(key =>
    (changes.get(flagIdentity(flagOf(key))) ?? []).map(
      ({ moment, what }) => `${moment.time.slice(0, 10)} ${moment.author} ${key}: ${what}`,
    ),
  );
}

describe('the histories of many flag files', () => {
  afterEach(removeTemporaryDirectories);

  it('are told apart, through moves among their folders and broken versions', async () => {
    const repository = createRepository();
    repository.write('flags/new/pay.yml', 'pay: off\n');
    repository.write('flags/new/search.yml', 'search: off\n');
    repository.write('flags/old/README.md', 'nothing\n');
    repository.commit('2024-01-01');
    repository.write('flags/new/pay.yml', 'pay:');
    repository.commit('2024-01-02', 'Break', 'Bob');
    repository.write('flags/new/pay.yml', 'pay: on\n');
    repository.commit('2024-01-03', 'On', 'Zoë');
    repository.git('mv', 'flags/new/pay.yml', 'flags/old/pay.yml');
    repository.commit('2024-01-04', 'Move', 'Bob');
    repository.write('flags/old/pay.yml', 'pay: off\n');
    repository.commit('2024-01-05', 'Off', 'Ann');
    assert.deepEqual(
      await changesOf(repository.root, { 'flags/old/pay.yml': 'pay', 'flags/new/search.yml': 'search' }),
      [
        '2024-01-05 Ann pay: on → off',
        '2024-01-03 Zoë pay: off → on',
        '2024-01-01 Ann pay: added off',
        '2024-01-01 Ann search: added off',
      ],
    );
  });

  it('are read of code too, and of a file at the root', async () => {
    const repository = createRepository();
    repository.write('pay.yml', 'pay: off\n');
    repository.write('src/search.py', 'search: off\n');
    repository.commit('2024-01-01');
    repository.write('src/search.py', 'search: on\n');
    repository.commit('2024-01-02', 'On', 'Bob');
    assert.deepEqual(await changesOf(repository.root, { 'pay.yml': 'pay', 'src/search.py': 'search' }), [
      '2024-01-01 Ann pay: added off',
      '2024-01-02 Bob search: off → on',
      '2024-01-01 Ann search: added off',
    ]);
  });

  it('are read of hundreds of files', async () => {
    const repository = createRepository();
    const files: Record<string, string> = {};
    for (let i = 0; i < 500; i++) {
      files[`flags/f${i}.yml`] = `f${i}`;
      repository.write(`flags/f${i}.yml`, `f${i}: off\n`);
    }
    repository.commit('2024-01-01');
    for (let i = 0; i < 500; i += 2) repository.write(`flags/f${i}.yml`, `f${i}: on\n`);
    repository.commit('2024-01-02');
    const told = await changesOf(repository.root, files);
    assert.equal(told.filter(line => line.endsWith('off → on')).length, 250);
    assert.equal(told.filter(line => line.endsWith('added off')).length, 500);
  });
});
