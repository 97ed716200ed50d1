import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Flag, FlagChange } from '../../../server/src/core/model.ts';
import { flagIdentity } from '../../../server/src/core/model.ts';
import { readFlagFileChanges } from '../../../server/src/sources/git/flagFileHistory.ts';
import { describeRepository } from '../../../server/src/sources/git/repository.ts';
import { environmentOf, flagOf } from '../../support/snapshot.ts';
import { createRepository, openRepository, removeTemporaryDirectories, temporaryDirectory } from './repositories.ts';

/** A flag file of this test: JSON with percentages by key. Broken JSON is null. */
function decode(text: string): readonly Flag[] | null {
  try {
    const flags = JSON.parse(text) as Record<string, number>;
    return Object.entries(flags).map(([key, percentage]) =>
      flagOf(key, { environments: [environmentOf({ state: 'partial', percentage, summary: `${percentage}%` })] }),
    );
  } catch {
    return null;
  }
}

async function changesOf(root: string, path: string, key: string): Promise<readonly FlagChange[]> {
  const repository = await describeRepository(root);
  assert.ok(repository.kind === 'ok');
  const result = await readFlagFileChanges(repository, path, { flags: [flagOf(key)], decode });
  assert.ok(result.kind === 'ok', JSON.stringify(result));
  return result.changes.get(flagIdentity(flagOf(key))) ?? [];
}

function inWords(changes: readonly FlagChange[]): readonly string[] {
  return changes.map(({ moment, what }) => `${moment.time.slice(0, 10)} ${moment.author}: ${what}`);
}

describe('the history of a flag file', () => {
  afterEach(removeTemporaryDirectories);

  it('tells who changed this flag when, through renames, other flags and broken versions', async () => {
    const repository = createRepository();
    repository.write('flags.json', '{"pay": 5,\n "other": 1}');
    repository.commit('2024-01-01', 'Add', 'Ann');
    repository.write('flags.json', '{"pay": 5,\n "other": 2}');
    repository.commit('2024-01-02', 'Other', 'Bob');
    repository.git('mv', 'flags.json', 'fl ags "1".json');
    repository.commit('2024-01-03', 'Move', 'Bob');
    repository.write('fl ags "1".json', '{"pay": 25,\n "other": 2');
    repository.commit('2024-01-04', 'Break', 'Bob');
    repository.write('fl ags "1".json', '{"pay": 25,\n "other": 2}');
    repository.commit('2024-01-05', 'Mend', 'Zoë');
    repository.write('fl ags "1".json', '{"pay": 100,\n "other": 2}');
    repository.commit('2024-03-03', 'All', 'Ann');
    assert.deepEqual(inWords(await changesOf(repository.root, 'fl ags "1".json', 'pay')), [
      '2024-03-03 Ann: 25% → 100%',
      '2024-01-05 Zoë: 5% → 25%',
      '2024-01-01 Ann: added at 5%',
    ]);
  });

  it('does not take two branches for changes back and forth', async () => {
    const repository = createRepository();
    repository.write('flags.json', '{"pay": 5,\n\n\n\n\n\n "other": 1}');
    repository.commit('2024-01-01');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('flags.json', '{"pay": 25,\n\n\n\n\n\n "other": 1}');
    repository.commit('2024-01-02', 'Topic', 'Bob');
    repository.git('checkout', '--quiet', 'main');
    repository.write('flags.json', '{"pay": 5,\n\n\n\n\n\n "other": 7}');
    repository.commit('2024-01-03');
    repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'topic');
    repository.commit('2024-01-04');
    assert.deepEqual(inWords(await changesOf(repository.root, 'flags.json', 'pay')), [
      '2024-01-02 Bob: 5% → 25%',
      '2024-01-01 Ann: added at 5%',
    ]);
  });

  it('tells what a merge itself changed, and of what it brought together nothing twice', async () => {
    const repository = createRepository();
    repository.write('flags.json', '{"pay": 5, "other": 1}');
    repository.commit('2024-01-01', 'Add', 'Ann');
    for (const [branch, share, time] of [
      ['topic', 25, '2024-01-02'],
      ['second', 30, '2024-01-03'],
    ] as const) {
      repository.git('checkout', '--quiet', '-b', branch, 'main');
      repository.write('flags.json', `{"pay": ${share}, "other": 2}`);
      repository.commit(time, 'Topic', 'Bob');
    }
    repository.git('checkout', '--quiet', 'main');
    repository.write('flags.json', '{"pay": 10, "other": 1}');
    repository.commit('2024-01-04', 'Main', 'Ann');
    repository.git('merge', '--quiet', '--no-commit', '--strategy=ours', 'topic', 'second');
    repository.write('flags.json', '{"pay": 70, "other": 2}');
    repository.commit('2024-01-05', 'Merge', 'Zoë');
    const merged = await changesOf(repository.root, 'flags.json', 'pay');
    assert.deepEqual(inWords(merged), [
      '2024-01-05 Zoë: 10% → 70%',
      '2024-01-04 Ann: 5% → 10%',
      '2024-01-03 Bob: 5% → 30%',
      '2024-01-02 Bob: 5% → 25%',
      '2024-01-01 Ann: added at 5%',
    ]);
    assert.deepEqual(inWords(await changesOf(repository.root, 'flags.json', 'other')), [
      '2024-01-03 Bob: 1% → 2%',
      '2024-01-02 Bob: 1% → 2%',
      '2024-01-01 Ann: added at 1%',
    ]);
  });

  it('calls nothing added of which this partial clone lacks the versions before', async () => {
    const origin = createRepository();
    for (const [day, share] of [5, 25, 50].entries()) {
      origin.write('flags.json', `{"pay": ${share}}`);
      origin.commit(`2024-01-0${day + 1}`);
    }
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const root = join(temporaryDirectory(), 'partial');
    origin.git(
      '-c',
      'protocol.file.allow=always',
      'clone',
      '--quiet',
      '--filter=blob:none',
      `file://${origin.root}`,
      root,
    );
    const repository = await describeRepository(root);
    assert.ok(repository.kind === 'ok' && repository.partial);
    const read = await readFlagFileChanges(repository, 'flags.json', { flags: [flagOf('pay')], decode });
    assert.ok(read.kind === 'ok');
    assert.deepEqual(inWords([...read.changes.values()].flat()), []);
    assert.equal(read.readBackTo?.time.slice(0, 10), '2024-01-03');
  });

  it('follows a file whose notation was changed', async () => {
    const repository = createRepository();
    repository.write('conf/flags.json', '{"pay": 5}');
    repository.write('conf/other.json', '{"pay": 90}');
    repository.commit('2024-01-01', 'Add', 'Ann');
    repository.write('conf/flags.json', '{"pay": 25}');
    repository.commit('2024-01-02', 'Ramp', 'Bob');
    repository.git('rm', '--quiet', 'conf/flags.json', 'conf/other.json');
    repository.write('conf/flags.yaml', 'pay: 25\n# and much else that JSON has no room for\n');
    repository.commit('2024-01-03', 'YAML', 'Zoë');
    repository.write('conf/flags.yaml', 'pay: 50\n# and much else that JSON has no room for\n');
    repository.commit('2024-01-04', 'More', 'Ann');
    const described = await describeRepository(repository.root);
    assert.ok(described.kind === 'ok');
    const paths = new Set<string>();
    const read = await readFlagFileChanges(described, 'conf/flags.yaml', {
      flags: [flagOf('pay')],
      decode: (text, pathThen) => {
        paths.add(pathThen);
        return decode(pathThen.endsWith('.json') ? text : `{"pay": ${/\d+/.exec(text)?.[0]}}`);
      },
    });
    assert.ok(read.kind === 'ok');
    assert.deepEqual(inWords(read.changes.get(flagIdentity(flagOf('pay'))) ?? []), [
      '2024-01-04 Ann: 25% → 50%',
      '2024-01-02 Bob: 5% → 25%',
      '2024-01-01 Ann: added at 5%',
    ]);
    assert.deepEqual([...paths].sort(), ['conf/flags.json', 'conf/flags.yaml']);
  });

  it('has whole versions decoded elsewhere, and here what nobody else could', async () => {
    const repository = createRepository();
    repository.write('conf/flags.yaml', 'pay: 5\n');
    repository.commit('2024-01-01', 'Add', 'Ann');
    repository.write('conf/flags.yaml', 'pay: 25\n');
    repository.commit('2024-01-02', 'Ramp', 'Bob');
    repository.write('conf/flags.yaml', 'pay: 50\n');
    repository.commit('2024-01-03', 'More', 'Ann');
    const described = await describeRepository(repository.root);
    assert.ok(described.kind === 'ok');
    const here: string[] = [];
    const decodeYaml = (text: string) => decode(`{"pay": ${/\d+/.exec(text)?.[0]}}`);
    const read = await readFlagFileChanges(described, 'conf/flags.yaml', {
      flags: [flagOf('pay')],
      decode: text => {
        here.push(text);
        return decodeYaml(text);
      },
      decodeLarge: text => {
        if (text.includes('25')) return Promise.reject(new Error('no thread'));
        return text.includes('50') ? undefined : Promise.resolve(decodeYaml(text));
      },
    });
    assert.ok(read.kind === 'ok');
    assert.deepEqual(inWords(read.changes.get(flagIdentity(flagOf('pay'))) ?? []), [
      '2024-01-03 Ann: 25% → 50%',
      '2024-01-02 Bob: 5% → 25%',
      '2024-01-01 Ann: added at 5%',
    ]);
    assert.deepEqual(here.sort(), ['pay: 25\n', 'pay: 50\n']);
  });

  it('works through more versions than one batch', async () => {
    const repository = createRepository();
    for (let day = 0; day < 120; day++) {
      repository.write('flags.json', `{"pay": ${Math.floor(day / 60)}, "n": ${day}}`);
      repository.commit(`2024-01-01`);
    }
    const changes = await changesOf(repository.root, 'flags.json', 'pay');
    assert.deepEqual(
      changes.map(change => change.what),
      ['0% → 1%', 'added at 0%'],
    );
  });

  it('does not call the end of a shallow clone an addition', async () => {
    const origin = createRepository();
    for (const percentage of [5, 25, 50]) {
      origin.write('flags.json', `{"pay": ${percentage}}`);
      origin.commit('2024-01-01');
    }
    const directory = join(temporaryDirectory(), 'clone');
    origin.git('clone', '--quiet', '--no-local', '--depth=2', `file://${origin.root}`, directory);
    assert.deepEqual(
      (await changesOf(openRepository(directory).root, 'flags.json', 'pay')).map(change => change.what),
      ['25% → 50%'],
    );
  });

  it('knows nothing of a file that was never committed', async () => {
    const repository = createRepository();
    repository.commit('2024-01-01');
    repository.write('flags.json', '{"pay": 5}');
    assert.deepEqual(await changesOf(repository.root, 'flags.json', 'pay'), []);
  });
});
