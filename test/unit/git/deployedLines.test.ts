// From a deployed commit to the working tree and unsaved text, in real repositories.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drift } from '../../../server/src/core/traces/drift.ts';
import { findVersions } from '../../../server/src/core/traces/versions.ts';
import { pastOnDisk } from '../../../server/src/sources/git/pastOnDisk.ts';
import { createRepository, removeTemporaryDirectories, type TestRepository } from './repositories.ts';

const PAY = `import { psp } from './psp';

export function charge(order) {
  const total = sum(order.items);
  return psp.charge(order.card, total);
}

export function refund(order, reason) {
  log.info('refunding', order.id, reason);
  return psp.refund(order.payment, order.total);
}
`;

const since = async (repository: TestRepository, commit: string, folder = '', unsaved: Record<string, string> = {}) => {
  const root = join(repository.root, folder);
  const readNow = async (path: string): Promise<string | null> => {
    const file = join(root, path);
    return unsaved[path] ?? (existsSync(file) ? readFileSync(file, 'utf8') : null);
  };
  const lines = await pastOnDisk(root).linesSince(commit, { readNow, symbolsOf: () => null });
  if (lines.kind === 'failed') throw new Error(lines.reason);
  return lines;
};

const said = (drift: Drift, path: string, line: number): string => {
  const place = drift.place(path, { line });
  return place === null ? 'unknown' : `${place.path}:${place.line} ${place.match}`;
};

describe('lines since a commit', () => {
  after(removeTemporaryDirectories);

  it('are followed through commits, uncommitted changes and unsaved text', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY);
    const commit = repository.commit('2024-01-01');
    repository.write('src/pay.ts', `// One.\n${PAY}`);
    repository.commit('2024-02-01');
    repository.write('src/pay.ts', `// One.\n// Two.\n${PAY}`);
    const saved = await since(repository, commit);
    assert.equal(said(await saved.read(['src/pay.ts']), 'src/pay.ts', 5), 'src/pay.ts:7 shifted');
    const unsaved = await since(repository, commit, '', { 'src/pay.ts': `// One.\n// Two.\n// Three.\n${PAY}` });
    assert.equal(said(await unsaved.read(['src/pay.ts']), 'src/pay.ts', 5), 'src/pay.ts:8 shifted');
  });

  it('are followed through renames that git can only see step by step', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY);
    const commit = repository.commit('2024-01-01');
    repository.git('mv', 'src/pay.ts', 'src/payments.ts');
    repository.commit('2024-02-01');
    repository.git('mv', 'src/payments.ts', 'src/billing.ts');
    repository.write('src/billing.ts', `${PAY}${'// More.\nexport const other = 1;\n'.repeat(6)}`);
    repository.commit('2024-03-01');
    repository.write(
      'src/billing.ts',
      PAY.slice(PAY.indexOf('export')) + '\nexport const next = [1, 2, 3];\n'.repeat(30),
    );
    repository.commit('2024-04-01');
    const lines = await since(repository, commit);
    assert.equal(said(await lines.read(['src/pay.ts']), 'src/pay.ts', 5), 'src/billing.ts:3 moved');
  });

  it('are told from lines that read the same, commit by commit', async () => {
    const repository = createRepository();
    const step = (name: string) => `function ${name}() {\n  begin();\n  run('${name}');\n  end();\n}\n`;
    repository.write('src/steps.ts', step('first'));
    const commit = repository.commit('2024-01-01');
    repository.write('src/steps.ts', step('zero') + step('first'));
    repository.commit('2024-02-01');
    repository.write('src/steps.ts', step('zero') + step('first').replace("run('first')", "run('one', 1)"));
    repository.commit('2024-03-01');
    repository.write('src/steps.ts', step('zero') + step('one').replace("run('one')", "run('one', 1)"));
    repository.commit('2024-04-01');
    const drift = await (await since(repository, commit)).read(['src/steps.ts']);
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(line => said(drift, 'src/steps.ts', line)),
      ['6 edited', '7 shifted', '8 edited', '9 shifted', '10 shifted'].map(said => `src/steps.ts:${said}`),
    );
  });

  it('are followed from a commit of another branch', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY);
    repository.commit('2024-01-01');
    repository.git('checkout', '-q', '-b', 'release');
    repository.write('src/pay.ts', PAY.replace('log.info', 'log.warn'));
    const commit = repository.commit('2024-01-15');
    repository.git('checkout', '-q', '-');
    repository.write('src/pay.ts', `// One.\n${PAY}`);
    repository.commit('2024-02-01');
    repository.write('src/pay.ts', `// One.\n// Two.\n${PAY}`);
    repository.commit('2024-03-01');
    const drift = await (await since(repository, commit)).read(['src/pay.ts']);
    assert.equal(said(drift, 'src/pay.ts', 5), 'src/pay.ts:7 shifted');
    assert.equal(said(drift, 'src/pay.ts', 9), 'src/pay.ts:11 edited');
  });

  it('are found in another file, also in one that git does not track yet', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY);
    repository.write('src/copy.ts', PAY);
    const commit = repository.commit('2024-01-01');
    const at = PAY.indexOf('export function refund');
    repository.write('src/pay.ts', PAY.slice(0, at));
    repository.write('src/refunds.ts', `// Refunds.\n${PAY.slice(at)}`);
    const lines = await since(repository, commit);
    const place = { path: 'src/pay.ts', line: 10 };
    assert.match(said(await lines.read(['src/pay.ts']), place.path, place.line), /gone$/);
    assert.equal(said(await lines.lookElsewhere([place]), place.path, place.line), 'src/refunds.ts:4 moved');
  });

  it('are those of the folder that is open', async () => {
    const repository = createRepository();
    repository.write('api/src/pay.ts', PAY);
    repository.write('web/a.ts', 'a\n');
    const commit = repository.commit('2024-01-01');
    repository.git('mv', 'api/src/pay.ts', 'api/src/payments.ts');
    repository.write('web/a.ts', 'b\n');
    repository.commit('2024-02-01');
    const lines = await since(repository, commit, 'api');
    const drift = await lines.read(['src/pay.ts']);
    assert.equal(said(drift, 'src/pay.ts', 5), 'src/payments.ts:5 moved');
    assert.deepEqual([...drift.deployedPaths(new Set(['src/payments.ts']))], ['src/pay.ts']);
  });
});

describe('the commit that ran', () => {
  after(removeTemporaryDirectories);

  it('is found by tags, annotated ones too, and by short names of commits', async () => {
    const repository = createRepository();
    repository.write('a.ts', 'a\n');
    const first = repository.commit('2024-01-01');
    repository.git('tag', 'shop@1.4.2');
    repository.write('a.ts', 'b\n');
    const second = repository.commit('2024-02-01');
    repository.git('tag', '--annotate', '--message', 'Release', 'v1.5.0');
    const find = (text: string, given: string | null = null) =>
      pastOnDisk(repository.root).findDeployed(findVersions(text), given, new Set(['shop']));
    const commitOf = async (text: string) => {
      const deployed = await find(text);
      return deployed.kind === 'known' ? deployed.commit : deployed.kind;
    };
    assert.equal(await commitOf('release=shop@1.4.2'), first);
    assert.equal(await commitOf('release=1.5.0'), second);
    assert.equal(await commitOf(`GIT_SHA=${first.slice(0, 7)}0`), 'unknown');
    assert.equal(await commitOf(`GIT_SHA=${second}`), second);
    assert.equal(await commitOf('release=1.5.0 and release=shop@1.4.2'), 'ambiguous');
    assert.equal(await commitOf('nothing'), 'unknown');
    const given = await find('release=1.5.0', 'shop@1.4.2');
    assert.equal(given.kind === 'known' && given.commit, first);
    const wrong = await find('release=1.5.0', 'v9');
    assert.match(wrong.kind === 'unknown' ? wrong.reason : '', /git knows no commit "v9"/);
  });
});
