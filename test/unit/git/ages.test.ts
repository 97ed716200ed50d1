import assert from 'node:assert/strict';
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeHistory } from '../../../server/src/sources/git/ages.ts';
import { answer, bare } from './histories.ts';
import {
  createRepository,
  openRepository,
  removeTemporaryDirectories,
  type TestRepository,
  temporaryDirectory,
} from './repositories.ts';

async function ageOf(repository: TestRepository, key: string): Promise<string> {
  return answer(await computeHistory(repository.root, bare(key)), key);
}

describe('when a key was introduced', () => {
  afterEach(removeTemporaryDirectories);

  it('is the first commit that holds it, with its author and time', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'nothing yet\n');
    repository.commit('2023-01-01');
    repository.write('a.ts', "check('new-pay')\n");
    const commit = repository.commit('2023-03-02', 'Ask for the new payment: "step 1"', 'Zoë');
    repository.write('a.ts', "check('new-pay', true)\n");
    repository.commit('2023-05-05');
    const history = await computeHistory(repository.root, bare('new-pay', 'other'));
    assert.ok(history.kind === 'known');
    assert.deepEqual(history.introduced.get('new-pay'), {
      kind: 'known',
      moment: { time: '2023-03-02T12:00:00Z', commit, author: 'Zoë', subject: 'Ask for the new payment: "step 1"' },
      absences: [],
    });
    assert.equal(history.introduced.has('other'), false);
    assert.equal(history.limit, null);
  });

  it('survives moves, renames, reformatting and a constant of another name', async () => {
    const repository = createRepository();
    repository.write('old/a.ts', "export const A = 'new-pay';\n");
    const commit = repository.commit('2023-01-01');
    repository.git('mv', 'old/a.ts', 'b.ts');
    repository.commit('2023-02-01');
    repository.write('b.ts', "export const NEW_PAY =\r\n\t'new-pay'\r\n");
    repository.commit('2023-03-01');
    repository.remove('b.ts');
    repository.write('service/flags.go', 'const NewPay = "new-pay"\n');
    repository.commit('2023-04-01');
    assert.equal(await ageOf(repository, 'new-pay'), commit);
  });

  it('counts whole tokens only', async () => {
    const repository = createRepository();
    repository.write('a.ts', "check('username', 'user-id', 'my_user', 'superuser')\n");
    repository.commit('2023-01-01');
    repository.write('b.ts', 'flags.user.on\n');
    const commit = repository.commit('2023-02-01');
    assert.equal(await ageOf(repository, 'user'), commit);
  });

  it('counts a quoted key only where it is quoted', async () => {
    const repository = createRepository();
    repository.write('a.go', 'spec.Checkout(x) // "the Checkout"\n');
    repository.commit('2023-01-01');
    repository.write('b.go', 'const Flag = "Checkout"\n');
    const commit = repository.commit('2023-02-01');
    const keys = [{ key: 'Checkout', spellings: [{ text: 'Checkout', form: 'quoted' as const }] }];
    assert.equal(answer(await computeHistory(repository.root, keys), 'Checkout'), commit);
  });

  it('does not count prose, lock files, generated code, links and files that tools fill', async () => {
    const repository = createRepository();
    repository.write('README.md', 'new-pay\n');
    repository.write('CHANGELOG', 'new-pay\n');
    repository.write('package-lock.json', '"new-pay"\n');
    repository.write('node_modules/x/index.js', '"new-pay"\n');
    for (const path of [
      'dist/app.min.js',
      'api/packages.lock.json',
      'src/Form.Designer.cs',
      'src/Migrations/ShopContextModelSnapshot.cs',
      'keps/12-pay/kep.yaml',
      'api/v1/zz_generated.deepcopy.go',
      'proto/flags.pb.go',
      'config/crd/bases/shop.example.com_orders.yaml',
      'vendor/example.com/flags.go',
    ])
      repository.write(path, '"new-pay"\n');
    symlinkSync('new-pay', join(repository.root, 'link.ts'));
    repository.commit('2023-01-01');
    repository.write('flags.yaml', 'new-pay: true\n');
    const commit = repository.commit('2023-02-01');
    assert.equal(await ageOf(repository, 'new-pay'), commit);
  });

  it('is the first appearance of a key that went and came back', async () => {
    const repository = createRepository();
    repository.write('a.py', 'check("new-pay")\n');
    const commit = repository.commit('2023-01-01');
    repository.write('a.py', 'pass\n');
    repository.commit('2023-02-01');
    repository.write('a.py', 'check("new-pay")\n');
    repository.commit('2023-03-01');
    assert.equal(await ageOf(repository, 'new-pay'), commit);
  });

  it('is the commit on the branch, not the merge; and the merge for what only the merge wrote', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'start\n');
    repository.commit('2023-01-01');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write('b.ts', "'new-pay'\n");
    const commit = repository.commit('2023-02-01');
    repository.git('checkout', '--quiet', 'main');
    repository.write('a.ts', 'on main\n');
    repository.commit('2023-03-01');
    repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'topic');
    repository.write('c.ts', "'only-in-merge'\n");
    const merge = repository.commit('2023-04-01');
    assert.equal(repository.git('rev-list', '--merges', 'HEAD'), merge);
    assert.equal(await ageOf(repository, 'new-pay'), commit);
    assert.equal(await ageOf(repository, 'only-in-merge'), merge);
  });

  it('follows parents, not clocks that were wrong', async () => {
    const repository = createRepository();
    repository.write('a.ts', "'new-pay'\n");
    const commit = repository.commit('2023-06-01');
    repository.write('b.ts', "'new-pay' again\n");
    repository.commit('2023-01-01');
    assert.equal(await ageOf(repository, 'new-pay'), commit);
  });

  it('finds keys across the pieces in which git delivers a large file, and keys of one and two letters', async () => {
    const repository = createRepository();
    const line = `${'x'.repeat(61)}\n`;
    repository.write('big.json', `${line.repeat(1056)}"across-the-edge"${line.repeat(5000)}z "last-of-all"`);
    repository.write('c.ts', "'ab' + 'c'");
    const commit = repository.commit('2023-01-01');
    const keys = bare('across-the-edge', 'last-of-all', 'ab', 'c', 'absent-key', 'é-schlüssel');
    const history = await computeHistory(repository.root, keys);
    assert.deepEqual(
      keys.map(({ key }) => answer(history, key)),
      [commit, commit, commit, commit, 'absent', 'absent'],
    );
  });

  it('is absent for what is not committed yet', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'x\n');
    repository.commit('2023-01-01');
    repository.write('a.ts', "'new-pay'\n");
    assert.equal(await ageOf(repository, 'new-pay'), 'absent');
  });
});

describe('remembered ages', () => {
  afterEach(removeTemporaryDirectories);

  /** Dates with a memory, and tells how many file versions had to be read for it. */
  async function remembering(repository: TestRepository, cacheDirectory: string, ...keys: string[]) {
    let read = 0;
    const onProgress = (done: number): void => {
      read = Math.max(read, done);
    };
    const history = await computeHistory(repository.root, bare(...keys), { cacheDirectory, onProgress });
    return { read, answers: keys.map(key => answer(history, key)) };
  }

  it('cost nothing when the head has not moved, and only the new commits when it has', async () => {
    const repository = createRepository();
    const cache = join(temporaryDirectory(), 'not', 'there', 'yet');
    for (const name of ['a', 'b', 'c']) repository.write(`${name}.ts`, `'${name}'\n`);
    const first = repository.commit('2023-01-01');
    assert.deepEqual(await remembering(repository, cache, 'a', 'later'), { read: 3, answers: [first, 'absent'] });
    assert.deepEqual(await remembering(repository, cache, 'a', 'later'), { read: 0, answers: [first, 'absent'] });
    repository.write('d.ts', "'later' and 'a'\n");
    const second = repository.commit('2023-02-01');
    assert.deepEqual(await remembering(repository, cache, 'a', 'later'), { read: 1, answers: [first, second] });
    // A key nobody asked for before needs the whole history again.
    assert.deepEqual(await remembering(repository, cache, 'a', 'b'), { read: 4, answers: [first, first] });
  });

  it('are those of the head they were begun at, where it moves meanwhile', async () => {
    const repository = createRepository();
    const cacheDirectory = temporaryDirectory();
    repository.write('a.ts', "'gone' and 'kept'\n");
    const first = repository.commit('2023-01-01');
    let second: string | null = null;
    const move = (): void => {
      if (second !== null) return;
      repository.write('a.ts', "'kept' and 'later'\n");
      second = repository.commit('2023-02-01');
    };
    const keys = bare('gone', 'kept', 'later');
    const begun = await computeHistory(repository.root, keys, { cacheDirectory, onProgress: move });
    assert.deepEqual(
      ['gone', 'kept', 'later'].map(key => answer(begun, key)),
      [first, first, 'absent'],
    );
    const moved = await remembering(repository, cacheDirectory, 'gone', 'kept', 'later');
    assert.deepEqual(moved.answers, [first, first, second]);
    const whole = await computeHistory(repository.root, keys, {});
    const extended = await computeHistory(repository.root, keys, { cacheDirectory });
    assert.deepEqual(extended.kind === 'known' && extended.introduced, whole.kind === 'known' && whole.introduced);
  });

  it('give way to a branch that is merged later and is older', async () => {
    const repository = createRepository();
    const cache = temporaryDirectory();
    repository.write('a.ts', 'start\n');
    repository.commit('2023-01-01');
    repository.git('checkout', '--quiet', '-b', 'old-branch');
    repository.write('b.ts', "'new-pay'\n");
    const older = repository.commit('2023-02-01');
    repository.git('checkout', '--quiet', 'main');
    repository.write('c.ts', "'new-pay'\n");
    const younger = repository.commit('2023-03-01');
    assert.deepEqual((await remembering(repository, cache, 'new-pay')).answers, [younger]);
    repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'old-branch');
    repository.commit('2023-04-01');
    assert.deepEqual((await remembering(repository, cache, 'new-pay')).answers, [older]);
    assert.equal(await ageOf(repository, 'new-pay'), older);
  });

  it('are forgotten when history was rewritten, or the file is broken', async () => {
    const repository = createRepository();
    const cache = temporaryDirectory();
    repository.write('a.ts', "'new-pay'\n");
    const gone = repository.commit('2023-01-01');
    assert.deepEqual((await remembering(repository, cache, 'new-pay')).answers, [gone]);
    repository.git('checkout', '--quiet', '--orphan', 'again');
    const anew = repository.commit('2023-02-01');
    assert.deepEqual((await remembering(repository, cache, 'new-pay')).answers, [anew]);
    const [file] = readdirSync(cache);
    writeFileSync(join(cache, file!), '{"version": 1, "head"');
    assert.deepEqual(await remembering(repository, cache, 'new-pay'), { read: 1, answers: [anew] });
    assert.equal(readdirSync(cache).length, 1);
  });
});

describe('a history that is not whole', () => {
  afterEach(removeTemporaryDirectories);

  /** Three commits: the key `old` in the first, `middle` in the second, `young` in the third. */
  function threeCommits(): { readonly origin: TestRepository; readonly commits: readonly string[] } {
    const origin = createRepository();
    const commits = ['old', 'middle', 'young'].map((key, index) => {
      origin.write(`${key}.ts`, `'${key}'\n`);
      return origin.commit(`2023-0${index + 1}-01`);
    });
    origin.git('config', 'uploadpack.allowFilter', 'true');
    origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    return { origin, commits };
  }

  function clone(origin: TestRepository, ...options: string[]): TestRepository {
    const directory = join(temporaryDirectory(), 'clone');
    origin.git('clone', '--quiet', '--no-local', ...options, `file://${origin.root}`, directory);
    return openRepository(directory);
  }

  it('is named for a shallow clone: younger keys are dated, older ones are not', async () => {
    const { origin, commits } = threeCommits();
    const shallow = clone(origin, '--depth=2');
    const history = await computeHistory(shallow.root, bare('old', 'middle', 'young'));
    const unknown = 'unknown: it is older than this shallow clone: run `git fetch --unshallow`';
    assert.equal(answer(history, 'old'), unknown);
    // The second commit is where the clone ends: what stands there may be as old as the first.
    assert.equal(answer(history, 'middle'), unknown);
    assert.equal(answer(history, 'young'), commits[2]);
    assert.equal(
      history.kind === 'known' && history.limit,
      'shallow clone: ages reach back only to 2023-02-01; run `git fetch --unshallow`',
    );
  });

  it('is named for a partial clone, and nothing is fetched', async () => {
    const { origin } = threeCommits();
    const partial = clone(origin, '--filter=blob:none');
    partial.git('-c', 'protocol.file.allow=always', 'checkout', '--quiet', 'HEAD');
    const before = partial.git('count-objects', '-v');
    const history = await computeHistory(partial.root, bare('old', 'young', 'absent'));
    assert.equal(history.kind, 'known');
    assert.equal(partial.git('count-objects', '-v'), before);
  });

  it('never gives a wrong date for a partial clone whose older contents are missing', async () => {
    const origin = createRepository();
    origin.write('a.ts', "'old'\n");
    origin.commit('2023-01-01');
    origin.write('a.ts', "'old' and more\n");
    origin.commit('2023-02-01');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const partial = clone(origin, '--filter=blob:none');
    const history = await computeHistory(partial.root, bare('old', 'never'));
    // The clone has the second commit's file, which says that the key is at least as old, and no more.
    assert.match(
      answer(history, 'old'),
      /^unknown: it was there on 2023-02-01, if not before: older files that could hold it are missing from this partial clone/,
    );
    assert.match(
      answer(history, 'never'),
      /^unknown: older files that could hold it are missing from this partial clone/,
    );
    assert.match(history.kind === 'known' ? history.limit! : '', /^1 file version is missing/);
    const treeless = clone(origin, '--filter=tree:0');
    assert.match(answer(await computeHistory(treeless.root, bare('old')), 'old'), /missing from this clone/);
  });

  it('is named where contents are simply gone', async () => {
    const { origin, commits } = threeCommits();
    const lost = origin.git('rev-parse', `${commits[1]}:middle.ts`);
    rmSync(join(origin.root, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const history = await computeHistory(origin.root, bare('old', 'middle', 'young'));
    assert.equal(answer(history, 'old'), commits[0]);
    assert.match(answer(history, 'middle'), /^unknown/);
    assert.match(answer(history, 'young'), /^unknown/);
  });

  it('is named where a graft or a replacement cuts it', async () => {
    const { origin, commits } = threeCommits();
    origin.git('replace', '--graft', commits[1]!);
    const history = await computeHistory(origin.root, bare('old', 'middle', 'young'));
    assert.match(answer(history, 'old'), /^unknown: .* graft or replacement/);
    assert.match(answer(history, 'middle'), /^unknown/);
    assert.equal(answer(history, 'young'), commits[2]);
    assert.match(history.kind === 'known' ? history.limit! : '', /graft or replacement.*2023-02-01/);
  });

  it('is told apart from no history: no repository, no commits', async () => {
    const nowhere = await computeHistory(temporaryDirectory(), bare('old'));
    assert.match(nowhere.kind === 'unavailable' ? nowhere.reason : '', /is in no git repository/);
    const unborn = await computeHistory(createRepository().root, bare('old'));
    assert.match(unborn.kind === 'unavailable' ? unborn.reason : '', /no commits yet/);
  });

  it('works in a linked worktree, a submodule, a detached head and a SHA-256 repository', async () => {
    const { origin, commits } = threeCommits();
    const linked = join(temporaryDirectory(), 'linked');
    origin.git('worktree', 'add', '--quiet', '--detach', linked, commits[1]!);
    assert.equal(await ageOf(openRepository(linked), 'middle'), commits[1]);
    assert.equal(await ageOf(openRepository(linked), 'young'), 'absent');
    const outer = createRepository();
    outer.git('submodule', '--quiet', 'add', origin.root, 'inner');
    outer.commit('2024-01-01');
    assert.equal(await ageOf(openRepository(join(outer.root, 'inner')), 'old'), commits[0]);
    assert.equal(await ageOf(outer, 'old'), 'absent');
    const root = temporaryDirectory();
    const modern = openRepository(root);
    modern.git('init', '--quiet', '--object-format=sha256');
    modern.write('a.ts', "'new-pay'\n");
    assert.equal(
      await ageOf(modern, 'new-pay').catch(() => ''),
      'The current branch has no commits yet: ages begin with the first one.',
    );
    assert.equal(modern.commit('2023-01-01'), await ageOf(modern, 'new-pay'));
  });

  it('can be stopped, and tells how far it is', async () => {
    const { origin } = threeCommits();
    const seen: [number, number][] = [];
    await computeHistory(origin.root, bare('old'), { onProgress: (done, total) => seen.push([done, total]) });
    assert.deepEqual(seen.at(-1), [3, 3]);
    const stopped = await computeHistory(origin.root, bare('old'), { signal: AbortSignal.abort() });
    assert.equal(stopped.kind === 'unavailable' && stopped.reason, 'Stopped before git had finished.');
  });
});
