/** `flagbook review` on real histories: what it compares, what it says, and how it ends. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { removeTemporaryDirectories, type TestRepository } from '../unit/git/repositories.ts';
import { flagbook } from './support/program.ts';
import { FLAGS_JSON, NOW, PAY_TS, smallRepository } from './support/samples.ts';

interface Review {
  readonly version: number;
  readonly base: string;
  readonly head: string;
  readonly findings: readonly {
    rule: string;
    severity: string;
    path: string;
    line: number;
    side: string;
    key: string;
  }[];
  readonly summary: { readonly added: number; readonly removed: number; readonly flags: readonly string[] };
}

async function review(repository: TestRepository, ...args: string[]): Promise<Review & { readonly status: number }> {
  const run = await flagbook(['review', '--format', 'json', '--now', NOW, ...args], { cwd: repository.root });
  assert.notEqual(run.status, 2, run.stderr);
  return { ...(JSON.parse(run.stdout) as Review), status: run.status! };
}

const told = ({ findings }: Review) =>
  findings.map(({ rule, severity, path, line, side, key }) => `${rule} ${severity} ${path}:${line} ${side} ${key}`);

after(removeTemporaryDirectories);

describe('flagbook review', function () {
  // Each test starts processes, and the machine may have other work.
  this.timeout(90_000);

  it('has nothing to say of no change', async () => {
    const repository = smallRepository();
    const found = await review(repository);
    assert.deepEqual([found.status, found.findings, found.head], [0, [], 'working tree']);
    assert.equal(found.base, repository.git('rev-parse', 'main'));
  });

  it('compares a branch and what is not committed with where it left the default branch', async () => {
    const repository = smallRepository();
    const base = repository.git('rev-parse', 'main');
    repository.git('checkout', '--quiet', '-b', 'work');
    repository.write('src/more.ts', PAY_TS.replace('fast-pay', 'no-such-flag'));
    repository.commit('2025-05-01');
    repository.write('src/loose.ts', PAY_TS);
    repository.git('checkout', '--quiet', 'main');
    repository.write('src/other.ts', PAY_TS.replace('fast-pay', 'not-mine'));
    repository.git('add', 'src/other.ts');
    repository.git('commit', '--quiet', '-m', 'main goes on');
    repository.git('checkout', '--quiet', 'work');
    const found = await review(repository);
    assert.equal(found.base, base);
    assert.deepEqual(told(found), [
      'stale-flag warning src/loose.ts:6 new fast-pay',
      'unknown-flag error src/more.ts:6 new no-such-flag',
    ]);
    assert.deepEqual(found.summary, { added: 2, removed: 0, flags: ['fast-pay', 'no-such-flag'] });
    assert.equal(found.status, 1);
    const since = await review(repository, 'main...work', '--fail-on', 'never');
    assert.deepEqual([since.base, since.status, told(since)], [base, 0, told(found).slice(1)]);
    const between = await review(repository, 'main..work');
    assert.deepEqual(between.summary.flags, ['no-such-flag', 'not-mine']);
  });

  it('reads both sides of two commits that are not checked out', async () => {
    const repository = smallRepository();
    repository.write('src/pay.ts', PAY_TS.replace('fast-pay', 'slow-pay'));
    repository.commit('2025-03-01');
    repository.remove('src/pay.ts');
    repository.remove('flags/demo.flagd.json');
    repository.commit('2025-04-01');
    const found = await review(repository, 'HEAD~2..HEAD~1', '--fail-on', 'never');
    assert.deepEqual(found.summary, { added: 1, removed: 1, flags: ['fast-pay', 'slow-pay'] });
    assert.equal(found.head, repository.git('rev-parse', 'HEAD~1'));
  });

  it('follows a constant in another file to the check that it feeds', async () => {
    const repository = smallRepository();
    repository.write('src/keys.ts', "export const KEY = 'fast-pay';\n");
    repository.write('src/pay.ts', `import { KEY } from './keys.ts';\n${PAY_TS.replace("'fast-pay'", 'KEY')}`);
    repository.commit('2025-03-01');
    repository.write('src/keys.ts', "export const KEY = 'slow-pay';\n");
    const found = await review(repository, 'HEAD', '--fail-on', 'never');
    assert.deepEqual(found.summary, { added: 1, removed: 1, flags: ['fast-pay', 'slow-pay'] });
  });

  it('sees a definition go while code still checks it', async () => {
    const repository = smallRepository();
    repository.write('flags/demo.flagd.json', FLAGS_JSON.replace(/"fast-pay": \{[^}]*\}[^}]*\},/, ''));
    const found = await review(repository);
    assert.deepEqual(
      found.findings.map(({ rule, severity, side, key }) => `${rule} ${severity} ${side} ${key}`),
      ['undeclared-flag error old fast-pay'],
    );
    assert.equal(found.status, 1);
  });

  it('ends with status 1 from the severity that is asked for', async () => {
    const repository = smallRepository();
    repository.write('src/loose.ts', PAY_TS);
    assert.equal((await review(repository)).status, 0);
    assert.equal((await review(repository, '--fail-on', 'warning')).status, 1);
    assert.equal((await review(repository, '--fail-on', 'never')).status, 0);
  });

  it('prints a comment, annotations and SARIF', async () => {
    const repository = smallRepository();
    repository.write('src/a:b, c.ts', PAY_TS);
    const print = async (format: string) =>
      (await flagbook(['review', '--format', format, '--now', NOW], { cwd: repository.root })).stdout;
    assert.match(await print('text'), /^1 warning in 1 changed file\.\n/);
    assert.match(await print('markdown'), /^\*\*Flagbook:\*\* 1 warning in 1 changed file\./);
    assert.match(
      await print('github'),
      /^::warning file=src\/a%3Ab%2C c\.ts,line=6,title=flagbook stale-flag::[^\n]+\n$/,
    );
    const sarif = JSON.parse(await print('sarif')) as {
      version: string;
      runs: { results: { ruleId: string; level: string; locations: unknown[] }[] }[];
    };
    assert.equal(sarif.version, '2.1.0');
    assert.deepEqual(
      sarif.runs[0]!.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      ['stale-flag warning'],
    );
  });

  it('works from a folder below the root', async () => {
    const repository = smallRepository();
    repository.write('src/loose.ts', PAY_TS);
    const run = await flagbook(['review', '--format', 'json', '--now', NOW], { cwd: join(repository.root, 'flags') });
    assert.deepEqual(told(JSON.parse(run.stdout) as Review), ['stale-flag warning src/loose.ts:6 new fast-pay']);
  });
});
