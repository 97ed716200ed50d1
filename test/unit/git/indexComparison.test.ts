// Git says which files are not as its index has them: none of those that changed may be missing, whatever a repository is configured to.
import assert from 'node:assert/strict';
import { renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareToIndex, differingFrom, watchedFiles } from '../../../server/src/sources/git/indexComparison.ts';
import { createRepository, removeTemporaryDirectories } from './repositories.ts';

describe('a comparison with the index of git', () => {
  after(removeTemporaryDirectories);

  it('names files that were changed, touched, replaced or taken away, and no others', async () => {
    const { root, write, commit, git } = createRepository();
    for (const name of ['same', 'longer', 'alike', 'touched', 'gone', 'linked', 'moved', 'é 旗'])
      write(`src/${name}.ts`, 'one');
    write('folder/inside.ts', 'one');
    write('way/inside.ts', 'one');
    commit('2024-01-01');
    // An index of the same second is one that git compares the contents of.
    for (const name of ['same', 'alike', 'touched']) utimesSync(join(root, `src/${name}.ts`), 1, 1);
    git('update-index', '--refresh');
    assert.deepEqual(await differing(root), []);
    write('src/longer.ts', 'three');
    write('src/alike.ts', 'two');
    utimesSync(join(root, 'src/touched.ts'), 2, 2);
    rmSync(join(root, 'src/gone.ts'));
    rmSync(join(root, 'src/linked.ts'));
    symlinkSync('same.ts', join(root, 'src/linked.ts'));
    renameSync(join(root, 'src/moved.ts'), join(root, 'src/new.ts'));
    write('src/é 旗.ts', 'two');
    rmSync(join(root, 'folder'), { recursive: true });
    writeFileSync(join(root, 'folder'), 'a file');
    renameSync(join(root, 'way'), join(root, 'elsewhere'));
    symlinkSync('elsewhere', join(root, 'way'));
    const changed = ['longer', 'alike', 'touched', 'gone', 'linked', 'moved', 'é 旗'].map(name => `src/${name}.ts`);
    assert.deepEqual(await differing(root), [...changed, 'folder/inside.ts', 'way/inside.ts'].sort());
  });

  it('does so whatever the repository says of times, links, line ends and paths', async () => {
    const { root, write, commit, git } = createRepository();
    write('.gitattributes', '* text=auto\n');
    write('lines.ts', 'one\ntwo\n');
    write('times.ts', 'one');
    commit('2024-01-01');
    utimesSync(join(root, 'times.ts'), 1, 1);
    git('update-index', '--refresh');
    for (const [name, value] of [
      ['core.trustctime', 'false'],
      ['core.checkStat', 'minimal'],
      ['core.fsmonitor', 'true'],
      ['core.autocrlf', 'true'],
      ['diff.relative', 'true'],
      ['diff.ignoreSubmodules', 'none'],
    ] as const)
      git('config', name, value);
    // Another file, as long and as old.
    write('other.ts', 'two');
    utimesSync(join(root, 'other.ts'), 1, 1);
    renameSync(join(root, 'other.ts'), join(root, 'times.ts'));
    write('lines.ts', 'one\r\ntwo\r\n');
    assert.deepEqual(await differing(root), ['lines.ts', 'times.ts']);
  });

  it('is none of an index that has become another one', async () => {
    const { root, write, commit, git } = createRepository();
    write('a.ts', 'one');
    commit('2024-01-01');
    const comparison = compareToIndex(root)!;
    write('b.ts', 'two');
    git('add', 'b.ts');
    assert.equal(await differingFrom(comparison), null);
    assert.deepEqual(await differing(root), []);
  });

  it('is none where there is no index, or none of its own', async () => {
    const { root, write, commit, git } = createRepository();
    assert.equal(compareToIndex(root), null);
    write('a.ts', 'one');
    commit('2024-01-01');
    git('worktree', 'add', '--quiet', join(root, 'tree'));
    assert.equal(compareToIndex(join(root, 'tree')), null);
    assert.equal(compareToIndex(join(root, 'nowhere')), null);
  });

  it('watches no file that git was told to overlook', async () => {
    const { root, write, commit, git } = createRepository();
    for (const name of ['a', 'b', 'c', 'é']) write(`${name}.ts`, name);
    commit('2024-01-01');
    git('update-index', '--assume-unchanged', 'b.ts');
    git('update-index', '--skip-worktree', 'c.ts');
    write('b.ts', 'other');
    write('c.ts', 'other');
    assert.deepEqual([...(await watchedFiles(root))!].sort(), ['a.ts', 'é.ts']);
    assert.deepEqual(await differing(root), []);
  });

  it('does not look into submodules, and tells of files in them nothing', async () => {
    const inner = createRepository();
    inner.write('inner.ts', 'one');
    inner.commit('2024-01-01');
    const { root, write, commit, git } = createRepository();
    write('outer.ts', 'one');
    git('submodule', '--quiet', 'add', inner.root, 'sub');
    commit('2024-01-01');
    writeFileSync(join(root, 'sub', 'inner.ts'), 'other');
    assert.deepEqual(await differing(root), []);
    assert.equal((await watchedFiles(root))?.has('sub/inner.ts'), false);
  });
});

async function differing(root: string): Promise<readonly string[]> {
  return [...(await differingFrom(compareToIndex(root)!))!].sort();
}
