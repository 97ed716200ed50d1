/** What git's list is compared by: whoever finds it the same may spare the list. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { digestOfIndex, findIndexedTree, listedBy, listUntracked } from '../../../server/src/sources/git/fileLists.ts';
import { createRepository, removeTemporaryDirectories } from './repositories.ts';

describe('what lists of files are compared by', () => {
  afterEach(removeTemporaryDirectories);

  it('changes with every tracked and every untracked file', async () => {
    const repository = createRepository();
    repository.write('.gitignore', 'ignored*\n');
    repository.write('deep/a.ts', 'a');
    repository.commit('2024-01-01');
    repository.write('own.ts', 'own');
    const first = await told(join(repository.root, 'deep'));
    assert.deepEqual(first!.untracked, ['own.ts']);
    repository.write('deep/a.ts', 'b');
    repository.write('ignored.ts', '');
    assert.deepEqual(await told(repository.root), first);
    repository.write('more.ts', '');
    const second = await told(repository.root);
    assert.deepEqual(second!.untracked, ['more.ts', 'own.ts']);
    assert.equal(second!.index, first!.index);
    repository.git('add', 'more.ts');
    const third = await told(repository.root);
    assert.deepEqual(third!.untracked, ['own.ts']);
    assert.notEqual(third!.index, first!.index);
  });

  it('is nothing where the index changed while it was listed, has no digest, or is none', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'a');
    repository.commit('2024-01-01');
    const tree = await findIndexedTree(repository.root);
    assert.ok(tree.kind === 'ok');
    const { listInSteps } = createDiskAccess(repository.root, { git: true });
    const before = digestOfIndex(tree.index);
    const listing = listInSteps!();
    await listing.all;
    repository.write('b.ts', 'b');
    repository.git('add', 'b.ts');
    assert.equal(await listedBy(listing, before, tree.index), null);
    assert.equal(await listedBy({ ...listing, isGits: Promise.resolve(false) }, before, tree.index), null);
    repository.git('-c', 'index.skipHash=true', 'rm', '--quiet', '--cached', 'b.ts');
    // Gits before 2.40 write a digest all the same.
    if (digestOfIndex(tree.index) !== null) rmSync(tree.index);
    assert.equal(digestOfIndex(tree.index), null);
  });

  async function told(directory: string) {
    const tree = await findIndexedTree(directory);
    assert.ok(tree.kind === 'ok');
    const { listInSteps } = createDiskAccess(tree.root, { git: true });
    const by = await listedBy(listInSteps!(), digestOfIndex(tree.index), tree.index);
    assert.deepEqual(await listUntracked(tree.root), by?.untracked);
    return by;
  }
});
