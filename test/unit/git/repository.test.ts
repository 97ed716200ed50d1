import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { diff } from '../../../server/src/sources/git/diff.ts';
import {
  describeRepository,
  listFiles,
  mergeBase,
  type Repository,
  readBlob,
  resolveRevision,
} from '../../../server/src/sources/git/repository.ts';
import { createRepository, openRepository, removeTemporaryDirectories, temporaryDirectory } from './repositories.ts';

async function described(directory: string): Promise<Repository> {
  const repository = await describeRepository(directory);
  assert.ok(repository.kind === 'ok');
  return repository;
}

describe('a repository', () => {
  afterEach(removeTemporaryDirectories);

  it('is described from any directory in it', async () => {
    const repository = createRepository();
    repository.write('deep/er/a.ts', 'x');
    const head = repository.commit('2024-01-01');
    assert.deepEqual(await described(join(repository.root, 'deep/er')), {
      kind: 'ok',
      root: repository.root,
      head,
      branch: 'main',
      defaultBranch: 'main',
      shallow: false,
      partial: false,
      worktree: 'main',
      boundary: new Set(),
      grafted: false,
    });
    repository.git('checkout', '--quiet', '--detach');
    assert.equal((await described(repository.root)).branch, null);
  });

  it('knows its default branch from its remote', async () => {
    const origin = createRepository();
    origin.git('checkout', '--quiet', '-b', 'develop');
    origin.commit('2024-01-01');
    const directory = join(temporaryDirectory(), 'clone');
    origin.git('clone', '--quiet', origin.root, directory);
    assert.equal((await described(directory)).defaultBranch, 'origin/develop');
  });

  it('tells an unborn branch, a linked worktree and a submodule', async () => {
    const inner = createRepository();
    const unborn = await described(inner.root);
    assert.deepEqual([unborn.head, unborn.branch, unborn.defaultBranch], [null, 'main', null]);
    inner.commit('2024-01-01');
    const outer = createRepository();
    outer.git('submodule', '--quiet', 'add', inner.root, 'inner');
    outer.commit('2024-01-02');
    assert.equal((await described(join(outer.root, 'inner'))).worktree, 'submodule');
    const linked = join(temporaryDirectory(), 'linked');
    outer.git('worktree', 'add', '--quiet', '--detach', linked);
    assert.equal((await described(linked)).worktree, 'linked');
  });

  it('lists what git tracks or would track, with all odd names', async () => {
    const repository = createRepository();
    const inner = createRepository();
    inner.write('own.ts', 'x');
    inner.commit('2024-01-01');
    repository.git('submodule', '--quiet', 'add', inner.root, 'inner');
    for (const path of ['a b.ts', 'quo"te.ts', 'tab\there.ts', 'line\nbreak.ts', 'ü/ß.ts', "-dash's.ts"]) {
      repository.write(path, 'x');
    }
    repository.write('.gitignore', 'ignored/\n*.log\n');
    repository.commit('2024-01-01');
    repository.write('ignored/a.ts', 'x');
    repository.write('new.ts', 'x');
    repository.write('x.log', 'x');
    mkdirSync(join(repository.root, 'nested'));
    const nested = openRepository(join(repository.root, 'nested'));
    nested.git('init', '--quiet');
    nested.write('theirs.ts', 'x');
    nested.commit('2024-01-01');
    const files = await listFiles(repository.root).all;
    assert.ok(files.kind === 'ok');
    assert.deepEqual(files.paths, [
      "-dash's.ts",
      '.gitignore',
      '.gitmodules',
      'a b.ts',
      'line\nbreak.ts',
      'new.ts',
      'quo"te.ts',
      'tab\there.ts',
      'ü/ß.ts',
    ]);
  });

  it('reads a file as it was, and says when it was not there', async () => {
    const repository = createRepository();
    repository.write('*.ts', 'first\r\n');
    repository.write('a.ts', 'other');
    const first = repository.commit('2024-01-01');
    repository.write('*.ts', 'second');
    repository.commit('2024-01-02');
    const then = await readBlob(repository.root, first, '*.ts');
    assert.equal(then.kind === 'ok' && then.bytes?.toString(), 'first\r\n');
    const never = await readBlob(repository.root, first, 'b.ts');
    assert.equal(never.kind === 'ok' && never.bytes, null);
  });

  it('resolves revisions, and takes no option for one', async () => {
    const repository = createRepository();
    const head = repository.commit('2024-01-01');
    repository.git('tag', '-a', '-m', 'x', 'v1');
    for (const name of ['HEAD', 'main', 'v1', head.slice(0, 8)]) {
      const revision = await resolveRevision(repository.root, name);
      assert.equal(revision.kind === 'ok' && revision.commit, head, name);
    }
    for (const name of ['--all', '-n1', '', 'nope', 'HEAD\n--all', `${head}:`]) {
      const revision = await resolveRevision(repository.root, name);
      assert.equal(revision.kind === 'failed' && revision.code, 'unknown-revision', name);
    }
  });

  it('finds where two histories part, and says when they never met', async () => {
    const repository = createRepository();
    const base = repository.commit('2024-01-01');
    repository.git('checkout', '--quiet', '-b', 'topic');
    const topic = repository.commit('2024-01-02');
    repository.git('checkout', '--quiet', 'main');
    const main = repository.commit('2024-01-03');
    const found = await mergeBase(repository.root, main, topic);
    assert.equal(found.kind === 'ok' && found.commit, base);
    repository.git('checkout', '--quiet', '--orphan', 'alone');
    const alone = repository.commit('2024-01-04');
    const none = await mergeBase(repository.root, main, alone);
    assert.equal(none.kind === 'ok' && none.commit, null);
  });
});

describe('a diff', () => {
  afterEach(removeTemporaryDirectories);

  it('names what was added, deleted, changed and renamed, with its lines', async () => {
    const repository = createRepository();
    repository.write('a.ts', '1\n2\n3\n');
    repository.write('gone.ts', 'x\n');
    repository.write('moved "x".ts', 'one\ntwo\nthree\nfour\nfive\n');
    repository.write('picture.png', Uint8Array.from([0, 1, 2, 0]));
    const base = repository.commit('2024-01-01');
    repository.write('a.ts', '1\r\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n3');
    repository.write('picture.png', Uint8Array.from([0, 1, 3, 0]));
    repository.remove('gone.ts');
    repository.git('mv', 'moved "x".ts', 'mövéd\tto.ts');
    repository.write('mövéd\tto.ts', 'one\ntwo\nTHREE\nfour\nfive\n');
    repository.write('z.ts', 'new\n');
    const head = repository.commit('2024-01-02');
    const files = await diff(repository.root, base, head);
    assert.ok(files.kind === 'ok');
    assert.deepEqual(files.files, [
      {
        kind: 'modified',
        oldPath: 'a.ts',
        newPath: 'a.ts',
        hunks: [{ oldStart: 1, oldLines: 3, newStart: 1, newLines: 5 }],
        binary: false,
      },
      {
        kind: 'deleted',
        oldPath: 'gone.ts',
        newPath: null,
        hunks: [{ oldStart: 1, oldLines: 1, newStart: 0, newLines: 0 }],
        binary: false,
      },
      {
        kind: 'renamed',
        oldPath: 'moved "x".ts',
        newPath: 'mövéd\tto.ts',
        hunks: [{ oldStart: 3, oldLines: 1, newStart: 3, newLines: 1 }],
        binary: false,
      },
      { kind: 'modified', oldPath: 'picture.png', newPath: 'picture.png', hunks: [], binary: true },
      {
        kind: 'added',
        oldPath: null,
        newPath: 'z.ts',
        hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1 }],
        binary: false,
      },
    ]);
  });

  it('compares with the files on the disk, untracked ones included', async () => {
    const repository = createRepository();
    repository.write('a.ts', '1\n2\n');
    repository.write('b.ts', 'same\n');
    repository.write('.gitignore', '*.log\n');
    const base = repository.commit('2024-01-01');
    repository.write('a.ts', '1\n2\n3\n');
    repository.git('add', 'a.ts');
    repository.write('a.ts', '1\n2\n3\n4\n');
    repository.write('new.ts', 'x\ny');
    repository.write('empty.ts', '');
    repository.write('x.log', 'x');
    const files = await diff(repository.root, base, null);
    assert.ok(files.kind === 'ok');
    const shown = files.files.map(file => [file.kind, file.newPath, file.hunks.map(hunk => hunk.newLines)]);
    assert.deepEqual(shown, [
      ['modified', 'a.ts', [2]],
      ['added', 'empty.ts', []],
      ['added', 'new.ts', [2]],
    ]);
  });

  it('keeps hunks with their files when a file becomes a link or changes its mode only', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'text\n');
    repository.write('b.sh', 'x\n');
    repository.write('c.ts', '1\n');
    const base = repository.commit('2024-01-01');
    repository.git('config', 'core.symlinks', 'true');
    const link = repository.git('hash-object', '-w', 'c.ts');
    repository.git('update-index', '--cacheinfo', `120000,${link},a.ts`);
    repository.git('update-index', '--chmod=+x', 'b.sh');
    repository.write('c.ts', '1\n2\n');
    repository.git('add', 'c.ts');
    repository.git('commit', '--quiet', '--message', 'x');
    const files = await diff(repository.root, base, repository.git('rev-parse', 'HEAD'));
    assert.ok(files.kind === 'ok');
    assert.deepEqual(
      files.files.map(file => [file.newPath, file.hunks.map(hunk => [hunk.newStart, hunk.newLines])]),
      [
        [
          'a.ts',
          [
            [0, 0],
            [1, 1],
          ],
        ],
        ['b.sh', []],
        ['c.ts', [[2, 1]]],
      ],
    );
  });
});
