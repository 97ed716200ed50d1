// Files as they were at a commit, from real repositories.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pastOnDisk } from '../../../server/src/sources/git/pastOnDisk.ts';
import { createRepository, removeTemporaryDirectories } from './repositories.ts';

describe('a file as it was at a commit', () => {
  after(removeTemporaryDirectories);

  it('is read by a tag, a branch and a short name, whatever stands there now', async () => {
    const repository = createRepository();
    repository.write('src/pay [1].ts', 'old\n');
    const commit = repository.commit('2024-01-01');
    repository.git('tag', 'v1.0.0');
    repository.remove('src/pay [1].ts');
    repository.commit('2024-02-01');
    const past = pastOnDisk(repository.root);
    for (const revision of ['v1.0.0', commit, commit.slice(0, 8), 'main~1'])
      assert.deepEqual(await past.fileAt('src/pay [1].ts', revision), { kind: 'text', text: 'old\n', commit });
    const gone = await past.fileAt('src/pay [1].ts', 'main');
    assert.equal(gone.kind === 'failed' && /There was no file src\/pay \[1\]\.ts at/.test(gone.reason), true);
  });

  it('is relative to the folder that is open, and never above it', async () => {
    const repository = createRepository();
    repository.write('api/a.ts', 'a\n');
    repository.write('secret.ts', 's\n');
    repository.commit('2024-01-01');
    const past = pastOnDisk(join(repository.root, 'api'));
    assert.equal((await past.fileAt('a.ts', 'HEAD')).kind, 'text');
    for (const path of ['../secret.ts', 'x/../../secret.ts', '/secret.ts', ''])
      assert.equal((await past.fileAt(path, 'HEAD')).kind, 'failed', path);
  });

  it('says what is wrong with a revision or a file that is no text', async () => {
    const repository = createRepository();
    repository.write('a.bin', new Uint8Array([1, 0, 2]));
    repository.write('large.txt', 'x'.repeat(1_100_000));
    repository.commit('2024-01-01');
    const past = pastOnDisk(repository.root);
    const reasonOf = async (path: string, revision: string) => {
      const file = await past.fileAt(path, revision);
      return file.kind === 'failed' ? file.reason : file.kind;
    };
    assert.match(await reasonOf('a.bin', 'HEAD'), /is a binary file/);
    assert.match(await reasonOf('large.txt', 'HEAD'), /larger than 1 MB/);
    assert.match(await reasonOf('a.bin', 'v9'), /git knows no commit "v9"/);
    assert.match(await reasonOf('a.bin', '--output=x'), /git knows no commit/);
  });
});
