/** A first scan of a whole repository has a program of its own: it says what the whole program says, whatever the configuration is. */
import assert from 'node:assert/strict';
import { createRepository, removeTemporaryDirectories } from '../unit/git/repositories.ts';
import { flagbook, type Run } from './support/program.ts';
import { FLAGS_JSON, PAY_TS } from './support/samples.ts';

/** Enough of them that workers start before git has said anything. */
const MANY = 1500;

after(removeTemporaryDirectories);

describe('the first flagbook scan of a repository', function () {
  this.timeout(90_000);

  /** The same from a plain scan, and from one that only the whole program knows, as it names a path. */
  async function bothScans(cwd: string, ...args: string[]): Promise<readonly [Run, Run]> {
    const plain = await flagbook(['scan', '--no-cache', ...args], { cwd });
    return [plain, await flagbook(['scan', '--no-cache', ...args, '.'], { cwd })];
  }

  it('says what the whole program says', async () => {
    const { root, write } = small();
    write('docs/runbooks/pay.md', '---\nflags: [fast-pay]\n---\n# Pay\n');
    for (const format of ['text', 'json', 'jsonl']) {
      const [plain, whole] = await bothScans(root, '--format', format);
      assert.deepEqual(plain, whole);
      assert.match(plain.stdout, /fast-pay/);
    }
  });

  it('takes the configuration', async () => {
    const { root, write } = small();
    write('src/own.ts', "import { toggles } from './toggles';\ntoggles.isOn('own-flag');\n");
    write('flagbook.json', JSON.stringify({ checks: [{ pattern: 'toggles.isOn($KEY)' }] }));
    const [plain, whole] = await bothScans(root);
    assert.deepEqual(plain, whole);
    assert.match(plain.stdout, /own-flag/);
  });

  it('says what is wrong with the configuration as the whole program does', async () => {
    const broken = [
      '{',
      '{ "checks": [{ "pattern": "isOn(" }] }',
      '{ "flagSystems": [{ "kind": "unleash", "url": "https://flags.example.com" }] }',
      '{ "flagSystems": [{ "kind": "unleash", "url": "nowhere" }] }',
    ];
    for (const text of broken) {
      const { root, write } = small();
      write('flagbook.json', text);
      const [plain, whole] = await bothScans(root);
      assert.deepEqual(plain, whole, text);
    }
  });

  it('remembers what the next scan needs', async () => {
    const { root, write } = small();
    const first = await flagbook(['scan'], { cwd: root });
    assert.deepEqual(await flagbook(['scan'], { cwd: root }), first);
    write('src/more.ts', PAY_TS.replaceAll('fast-pay', 'next-pay'));
    const next = await flagbook(['scan'], { cwd: root });
    assert.match(next.stdout, /next-pay/);
    const [plain] = await bothScans(root);
    assert.deepEqual(next, plain);
  });

  it('shares many files with workers, from a folder below as well', async () => {
    const { root, write, commit } = small();
    for (let at = 0; at < MANY; at++) {
      const path = `src/a-folder-with-a-rather-long-name/another-one/file-number-${at}.ts`;
      write(path, at % 50 === 0 ? PAY_TS.replaceAll('fast-pay', `pay-${at}`) : 'export const nothing = 1;\n');
    }
    commit('2025-01-01');
    const [plain, whole] = await bothScans(root);
    assert.deepEqual(plain, whole);
    assert.match(plain.stdout, /pay-1450/);
    const below = await flagbook(['scan', '--no-cache'], { cwd: `${root}/src` });
    assert.deepEqual(below, plain);
  });

  function small() {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY_TS);
    repository.write('demo.flagd.json', FLAGS_JSON);
    return repository;
  }
});
