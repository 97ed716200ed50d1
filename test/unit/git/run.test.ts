import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { computeHistory } from '../../../server/src/sources/git/ages.ts';
import { diff } from '../../../server/src/sources/git/diff.ts';
import { readFlagFileChanges } from '../../../server/src/sources/git/flagFileHistory.ts';
import { describeRepository, listFiles, readBlob } from '../../../server/src/sources/git/repository.ts';
import { readGit, readGitText, runGit } from '../../../server/src/sources/git/run.ts';
import { flagOf } from '../../support/snapshot.ts';
import {
  createRepository,
  removeTemporaryDirectories,
  type TestRepository,
  temporaryDirectory,
} from './repositories.ts';

describe('running git', () => {
  afterEach(removeTemporaryDirectories);

  it('says what is wrong in words, and never throws', async () => {
    const nowhere = await readGitText({ directory: temporaryDirectory(), args: ['rev-parse', 'HEAD'] });
    assert.equal(nowhere.kind === 'failed' && nowhere.code, 'not-a-repository');
    const gone = await readGitText({ directory: '/does/not/exist', args: ['rev-parse', 'HEAD'] });
    assert.equal(gone.kind === 'failed' && gone.code, 'not-a-repository');
    const empty = createRepository();
    const unborn = await readGitText({ directory: empty.root, args: ['log'] });
    assert.equal(unborn.kind === 'failed' && unborn.code, 'unborn-branch');
    const unknown = await readGitText({ directory: empty.root, args: ['rev-parse', '--verify', 'nope'] });
    assert.equal(unknown.kind === 'failed' && unknown.code, 'unknown-revision');
    const nonsense = await readGitText({ directory: empty.root, args: ['frobnicate'] });
    assert.match(nonsense.kind === 'failed' ? nonsense.reason : '', /git failed: .*frobnicate/);
  });

  it('says that git is missing', async () => {
    const path = process.env.PATH;
    process.env.PATH = temporaryDirectory();
    try {
      const result = await runGit({ directory: '/', args: ['version'] });
      assert.equal(result.kind === 'failed' && result.code, 'git-missing');
      const input = await runGit({ directory: '/', args: ['cat-file', '--batch'], input: ['x'.repeat(1e6)] });
      assert.equal(input.kind === 'failed' && input.code, 'git-missing');
    } finally {
      process.env.PATH = path;
    }
  });

  it('names a repository that belongs to somebody else, and the way to trust it', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const repository = createRepository();
    repository.commit('2024-01-01');
    chownSync(join(repository.root, '.git'), 4242, 4242);
    chownSync(repository.root, 4242, 4242);
    const description = await describeRepository(repository.root);
    assert.equal(description.kind === 'failed' && description.code, 'dubious-ownership');
    assert.match(description.kind === 'failed' ? description.reason : '', /git config --global --add safe\.directory/);
    const history = await computeHistory(repository.root, [{ key: 'a', spellings: [{ text: 'a', form: 'bare' }] }]);
    assert.equal(history.kind, 'unavailable');
  });

  it('lets others run while somebody takes long over much output', async () => {
    const repository = createRepository();
    repository.write('large.txt', 'x'.repeat(3_000_000));
    repository.commit('2024-01-01');
    let turns = 0;
    const count = (): void => {
      turns++;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const at: number[] = [];
    await runGit({
      directory: repository.root,
      args: ['cat-file', 'blob', 'HEAD:large.txt'],
      onOutput: () => {
        at.push(turns);
        const until = performance.now() + 6;
        while (performance.now() < until);
      },
    });
    clearImmediate(counting);
    assert.ok(at.length > 10);
    assert.equal(new Set(at).size, at.length, 'no two pieces in one turn');
  });

  it('stops at once when asked to', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'x');
    repository.commit('2024-01-01');
    const controller = new AbortController();
    // Without input and without its end, `cat-file --batch` would wait for ever.
    const endless = function* (): Generator<string> {
      for (;;) yield 'HEAD:a.ts\n';
    };
    const running = runGit({
      directory: repository.root,
      args: ['cat-file', '--batch'],
      input: endless(),
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    const result = await running;
    assert.equal(result.kind === 'failed' && result.code, 'aborted');
    const before = await runGit({ directory: repository.root, args: ['log'], signal: controller.signal });
    assert.equal(before.kind === 'failed' && before.code, 'aborted');
  });

  it('refuses to fill the memory', async () => {
    const repository = createRepository();
    repository.write('big.json', 'x'.repeat(100_000));
    repository.commit('2024-01-01');
    const result = await readGit({ directory: repository.root, args: ['cat-file', 'blob', 'HEAD:big.json'] }, 50_000);
    assert.equal(result.kind === 'failed' && result.code, 'too-large');
  });

  it('waits for the one who reads', async () => {
    const repository = createRepository();
    repository.write('big.json', 'x'.repeat(3_000_000));
    repository.commit('2024-01-01');
    let busy = false;
    let size = 0;
    const result = await runGit({
      directory: repository.root,
      args: ['cat-file', 'blob', 'HEAD:big.json'],
      onOutput: async chunk => {
        assert.equal(busy, false);
        busy = true;
        await new Promise(resolve => setImmediate(resolve));
        size += chunk.length;
        busy = false;
      },
    });
    assert.deepEqual([result.kind, size], ['ok', 3_000_000]);
  });

  it('gives a reader that is slower than git every piece, one after the other', async () => {
    const repository = createRepository();
    repository.write('big.json', 'x'.repeat(300_000));
    repository.commit('2024-01-01');
    let busy = false;
    let size = 0;
    const result = await runGit({
      directory: repository.root,
      args: ['cat-file', 'blob', 'HEAD:big.json'],
      onOutput: async chunk => {
        assert.equal(busy, false);
        busy = true;
        // Long enough for git to have ended before the last piece is read.
        await new Promise(resolve => setTimeout(resolve, 50));
        size += chunk.length;
        busy = false;
      },
    });
    assert.deepEqual([result.kind, size], ['ok', 300_000]);
  });

  it('survives a reader that fails, and a name that no program can be given', async () => {
    const repository = createRepository();
    repository.write('big.json', 'x'.repeat(3_000_000));
    repository.commit('2024-01-01');
    const call = { directory: repository.root, args: ['cat-file', 'blob', 'HEAD:big.json'] };
    const failing = (): void => {
      throw new Error('the reader failed');
    };
    assert.equal((await runGit({ ...call, onOutput: failing })).kind, 'failed');
    assert.equal((await runGit({ ...call, onOutput: async () => failing() })).kind, 'failed');
    assert.equal((await runGit({ ...call, args: ['show', 'a\0b'] })).kind, 'failed');
  });

  it('is not misled by variables that name another repository', async () => {
    const repository = createRepository();
    const head = repository.commit('2024-01-01');
    process.env.GIT_DIR = '/nowhere';
    process.env.GIT_WORK_TREE = '/nowhere';
    try {
      const description = await describeRepository(repository.root);
      assert.equal(description.kind === 'ok' && description.head, head);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_WORK_TREE;
    }
  });
});

describe('a hostile repository', () => {
  afterEach(removeTemporaryDirectories);

  it('runs nothing of its own, whatever is asked of it', async () => {
    const repository = createRepository();
    const markers = temporaryDirectory();
    repository.write('src/pay.ts', "check('new-pay')\n");
    repository.write('pic.png', 'not really\n');
    repository.write('pic.gif', 'neither\n');
    repository.commit('2024-01-01');
    const base = sign(repository);
    arm(repository, markers);
    repository.write('src/pay.ts', "check('new-pay')\ncheck('other')\n");
    repository.write('pic.png', 'changed\n');
    repository.write('pic.gif', 'changed\n');

    // The same questions, asked carelessly, do run them: otherwise this test would prove nothing.
    careless(repository, base);
    const armed = names.filter(name => existsSync(join(markers, name)));
    for (const name of ['fsmonitor', 'textconv', 'diff-external', 'clean', 'included', 'show-signature', 'remote']) {
      assert.ok(armed.includes(name), `${name} is not armed`);
    }
    const clean = temporaryDirectory();
    arm(repository, clean);

    const description = await describeRepository(repository.root);
    assert.equal(description.kind === 'ok' && description.head, base);
    const files = await listFiles(repository.root).all;
    assert.deepEqual(files.kind === 'ok' && files.paths, ['.gitattributes', 'pic.gif', 'pic.png', 'src/pay.ts']);
    const blob = await readBlob(repository.root, base, 'src/pay.ts');
    assert.equal(blob.kind === 'ok' && blob.bytes?.toString(), "check('new-pay')\n");
    const changes = await diff(repository.root, base, null);
    assert.ok(changes.kind === 'ok' && changes.files.some(file => file.newPath === 'src/pay.ts'));
    const history = await computeHistory(repository.root, [
      { key: 'new-pay', spellings: [{ text: 'new-pay', form: 'quoted' }] },
    ]);
    assert.equal(history.kind === 'known' && history.introduced.get('new-pay')?.kind, 'known');
    assert.ok(description.kind === 'ok');
    const file = { flags: [flagOf('f')], decode: () => [flagOf('f')] };
    assert.equal((await readFlagFileChanges(description, 'src/pay.ts', file)).kind, 'ok');
    const missing = await readGitText({ directory: repository.root, args: ['cat-file', '-p', '1'.repeat(40)] });
    assert.equal(missing.kind, 'failed');

    assert.deepEqual(
      names.filter(name => existsSync(join(clean, name))),
      [],
    );
  });
});

const names = [
  'fsmonitor',
  'hook',
  'pager',
  'diff-external',
  'textconv',
  'driver',
  'clean',
  'included',
  'smudge',
  'process',
  'ssh',
  'remote',
  'alias',
  'show-signature',
  'editor',
  'askpass',
  'helper',
];

/** Configures every way to make git run a program that a repository has; each leaves its own marker. */
function arm(repository: TestRepository, markers: string): void {
  const script = (name: string): string => {
    const path = `.git/evil/${name}.sh`;
    repository.write(
      path,
      `#!/bin/sh\ntouch '${join(markers, name)}'\n${name === 'remote' ? 'exit 1' : 'cat 2>/dev/null'}\n`,
    );
    chmodSync(join(repository.root, path), 0o755);
    return join(repository.root, path).replaceAll(' ', '\\ ');
  };
  const config: readonly (readonly [string, string])[] = [
    ['core.fsmonitor', script('fsmonitor')],
    ['core.pager', script('pager')],
    ['pager.log', script('pager')],
    ['pager.diff', script('pager')],
    ['core.editor', script('editor')],
    ['core.askPass', script('askpass')],
    ['core.sshCommand', script('ssh')],
    ['core.gitProxy', script('ssh')],
    ['credential.helper', `!${script('helper')}`],
    ['diff.external', script('diff-external')],
    ['diff.evil.textconv', script('textconv')],
    ['diff.evil2.command', script('driver')],
    ['filter.evil.clean', script('clean')],
    ['filter.evil.smudge', script('smudge')],
    ['filter.evil.required', 'true'],
    ['filter.with=equals.process', script('process')],
    ['filter.with=equals.required', 'true'],
    ['include.path', 'evil/included.config'],
    ['alias.log', `!${script('alias')}`],
    ['alias.ls-files', `!${script('alias')}`],
    ['log.showSignature', 'true'],
    // The only one that git runs without a shell.
    ['gpg.program', script('show-signature').replaceAll('\\ ', ' ')],
    ['remote.origin.url', `ext::${script('remote').replaceAll('\\ ', '% ')} %S`],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
    ['extensions.partialClone', 'origin'],
    ['protocol.ext.allow', 'always'],
    ['protocol.allow', 'always'],
  ];
  for (const [name, value] of config) repository.git('config', name, value);
  repository.git('config', 'core.repositoryFormatVersion', '1');
  const attributes = '*.ts filter=evil diff=evil\n*.png filter=with=equals diff=evil2\n*.gif filter=included\n';
  repository.write(
    '.git/evil/included.config',
    `[filter "included"]\n  clean = "touch '${join(markers, 'included')}'; cat"\n`,
  );
  repository.write('.gitattributes', attributes);
  repository.write('.git/info/attributes', attributes);
  for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction', 'post-checkout']) {
    repository.write(`.git/hooks/${hook}`, `#!/bin/sh\ntouch '${join(markers, 'hook')}'\n`);
    chmodSync(join(repository.root, `.git/hooks/${hook}`), 0o755);
  }
}

/** Gives the head commit a signature, which `log.showSignature` would have checked by a program. */
function sign(repository: TestRepository): string {
  const signature = 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----';
  const commit = repository.git('cat-file', 'commit', 'HEAD').replace('\n\n', `\n${signature}\n\n`);
  repository.write('.git/signed', `${commit}\n`);
  const signed = repository.git('hash-object', '-t', 'commit', '-w', '.git/signed');
  repository.git('update-ref', 'refs/heads/main', signed);
  return signed;
}

function careless(repository: TestRepository, commit: string): void {
  const attempts = [
    ['status'],
    ['diff', commit, '--', 'src'],
    ['diff', '--no-ext-diff', commit, '--', 'src'],
    ['diff', commit, '--', 'pic.gif'],
    ['-c', 'alias.log=', 'log', '-1', commit],
    ['cat-file', '-p', '1'.repeat(40)],
  ];
  for (const args of attempts) {
    try {
      repository.git(...args);
    } catch {
      // What a script left behind is all that counts.
    }
  }
}
