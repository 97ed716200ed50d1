/** The command line where repositories are not as one would wish: no git, no commits, half a history, odd files. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRepository,
  openRepository,
  removeTemporaryDirectories,
  temporaryDirectory,
} from '../unit/git/repositories.ts';
import { flagbook, records } from './support/program.ts';
import { FLAGS_JSON, NOW, PAY_TS, smallRepository } from './support/samples.ts';

interface Flag {
  readonly key: string;
  readonly ages: { readonly introduced: { readonly days: number } | null; readonly reason?: string };
  readonly verdict: { readonly kind: string; readonly stale: boolean };
}

async function flagsIn(cwd: string): Promise<ReadonlyMap<string, Flag>> {
  const run = await flagbook(['flags', '--format', 'json', '--now', NOW], { cwd });
  assert.equal(run.status, 0, run.stderr);
  const { flags } = JSON.parse(run.stdout) as { flags: Flag[] };
  return new Map(flags.map(flag => [flag.key, flag]));
}

async function checksIn(cwd: string, ...args: string[]): Promise<readonly string[]> {
  const run = await flagbook(['scan', '--format', 'jsonl', '--role', 'check', ...args], { cwd });
  assert.equal(run.status, 0, run.stderr);
  return records<{ path: string; line: number; key: string }>(run.stdout).map(
    ({ path, line, key }) => `${path}:${line} ${key}`,
  );
}

after(removeTemporaryDirectories);

describe('flagbook in odd repositories', function () {
  // Each test starts processes, and the machine may have other work.
  this.timeout(90_000);

  it('tells ages by git', async () => {
    const flags = await flagsIn(smallRepository().root);
    assert.equal(flags.get('fast-pay')!.ages.introduced?.days, 150);
    assert.deepEqual([...flags.keys()], ['fast-pay', 'slow-pay']);
  });

  it('works without git, and says why there are no ages', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', 'pay.ts'), PAY_TS);
    writeFileSync(join(root, 'demo.flagd.json'), FLAGS_JSON);
    assert.deepEqual(await checksIn(root), ['src/pay.ts:6 fast-pay']);
    const { ages, verdict } = (await flagsIn(root)).get('fast-pay')!;
    assert.equal(ages.introduced, null);
    assert.match(ages.reason!, /no git repository/);
    assert.equal(verdict.stale, false);
  });

  it('works where git is not installed', async () => {
    const { root } = smallRepository();
    const run = await flagbook(['flags', '--now', NOW], { cwd: root, env: { PATH: '/nonexistent' } });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /fast-pay/);
    assert.match(run.stdout, /git is not on the PATH/);
  });

  it('says on a branch without commits that ages begin with the first', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY_TS);
    repository.write('demo.flagd.json', FLAGS_JSON);
    assert.deepEqual(await checksIn(repository.root), ['src/pay.ts:6 fast-pay']);
    const { ages } = (await flagsIn(repository.root)).get('fast-pay')!;
    assert.equal(ages.introduced, null);
    assert.match(ages.reason!, /no commits yet/);
    const review = await flagbook(['review'], { cwd: repository.root });
    assert.equal(review.status, 2);
    assert.match(review.stderr, /^flagbook: review: .*no commits yet.*\n$/);
  });

  it('gives no wrong age in a shallow clone', async () => {
    const { root } = smallRepository();
    const shallow = join(temporaryDirectory(), 'shallow');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${root}`, shallow]);
    const { ages } = (await flagsIn(shallow)).get('slow-pay')!;
    assert.equal(ages.introduced, null);
    assert.match(ages.reason!, /shallow clone.*git fetch --unshallow/);
    const text = await flagbook(['flags', '--now', NOW], { cwd: shallow });
    assert.match(text.stdout.replace(/\s+/g, ' '), /shallow clone.*git fetch --unshallow/);
    const line = await flagbook(['explain', 'src/pay.ts:6', '--now', NOW], { cwd: shallow });
    assert.match(line.stdout.replace(/\s+/g, ' '), /Line last changed: older than this shallow clone/);
  });

  it('leaves out what is binary, huge or a link, and says so', async () => {
    const repository = smallRepository();
    repository.write('src/blob.ts', new Uint8Array([0, 1, 2, 0]));
    repository.write('src/huge.ts', `${PAY_TS}\n// ${'x'.repeat(1024 * 1024)}\n`);
    symlinkSync('pay.ts', join(repository.root, 'src', 'again.ts'));
    symlinkSync('..', join(repository.root, 'src', 'round'));
    symlinkSync('/etc', join(repository.root, 'src', 'etc'));
    const run = await flagbook(['scan', '--format', 'jsonl', '--role', 'check'], { cwd: repository.root });
    assert.deepEqual(
      records<{ path: string }>(run.stdout).map(check => check.path),
      ['src/pay.ts'],
    );
    assert.match(run.stderr, /1 check of 1 flag in 1 file\./);
    assert.match(run.stderr, /1 larger than 1 MB/);
    assert.match(run.stderr, /1 binary/);
    assert.match(run.stderr, /1 symbolic link/);
  });

  it('does not run in circles without git either', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', 'pay.ts'), PAY_TS);
    symlinkSync('..', join(root, 'src', 'round'));
    assert.deepEqual(await checksIn(root), ['src/pay.ts:6 fast-pay']);
  });

  it('reads paths with blanks, quotes and other scripts', async () => {
    const repository = createRepository();
    repository.write('src/Zürich "odd" \u65e5.ts', PAY_TS);
    repository.commit('2025-01-01');
    assert.deepEqual(await checksIn(repository.root), ['src/Zürich "odd" \u65e5.ts:6 fast-pay']);
  });

  it('counts paths from the root of the repository wherever it is started', async () => {
    const repository = smallRepository();
    repository.write('lib/pay.ts', PAY_TS);
    const sub = join(repository.root, 'src');
    assert.deepEqual(await checksIn(sub), ['lib/pay.ts:6 fast-pay', 'src/pay.ts:6 fast-pay']);
    assert.deepEqual(await checksIn(sub, '.'), ['src/pay.ts:6 fast-pay']);
    assert.deepEqual(await checksIn(sub, '../lib', 'pay.ts'), ['lib/pay.ts:6 fast-pay', 'src/pay.ts:6 fast-pay']);
    assert.deepEqual(await checksIn('/', repository.root), ['lib/pay.ts:6 fast-pay', 'src/pay.ts:6 fast-pay']);
    assert.deepEqual(await checksIn('/', '--cwd', sub, 'pay.ts'), ['src/pay.ts:6 fast-pay']);
  });

  it('sees files that are not committed and none that are ignored', async () => {
    const repository = smallRepository();
    repository.write('.gitignore', 'out/\n');
    repository.write('out/pay.ts', PAY_TS);
    repository.write('new.ts', PAY_TS);
    assert.deepEqual(await checksIn(repository.root), ['new.ts:6 fast-pay', 'src/pay.ts:6 fast-pay']);
    const ignored = await flagbook(['scan', 'out'], { cwd: repository.root });
    assert.equal(ignored.status, 2);
    assert.match(ignored.stderr, /^flagbook: out: git ignores it/);
  });

  it('stops at a configuration that can not be used, and names the line', async () => {
    const repository = smallRepository();
    repository.write('flagbook.json', '{\n  // wrong\n  "runbooks": 3\n}\n');
    const run = await flagbook(['scan'], { cwd: repository.root });
    assert.deepEqual([run.status, run.stdout], [2, '']);
    assert.match(run.stderr, /^flagbook: flagbook\.json:3:15: runbooks: .*\n$/);
    repository.write('other.json', '{ "checks": [{ "pattern": "gate($KEY)", "languages": ["typescript"] }] }');
    repository.write('src/gate.ts', "export const on = gate('odd-one');\n");
    assert.deepEqual(await checksIn(repository.root, '--config', 'other.json'), [
      'src/gate.ts:1 odd-one',
      'src/pay.ts:6 fast-pay',
    ]);
    repository.write('flagbook.json', '{ "runbooks": [');
    const broken = await flagbook(['flags'], { cwd: repository.root });
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^flagbook: flagbook\.json:1:16: .*\n$/);
  });

  it('is not led astray by a repository inside another', async () => {
    const outer = smallRepository();
    mkdirSync(join(outer.root, 'inner'));
    const inner = openRepository(join(outer.root, 'inner'));
    inner.git('init', '--quiet');
    inner.write('a.ts', PAY_TS);
    assert.deepEqual(await checksIn(inner.root), ['a.ts:6 fast-pay']);
    assert.deepEqual(await checksIn(outer.root, 'inner'), ['a.ts:6 fast-pay']);
  });
});
