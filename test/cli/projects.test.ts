// The command line in a monorepo of two projects: each place and each table tells the flags of the project.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monorepo, writeMonorepo } from '../support/monorepo.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { flagbook } from './support/program.ts';

describe('flagbook in a monorepo of two projects', function () {
  this.timeout(30_000);
  let root: string;
  before(() => {
    root = makeTemporaryFolder('monorepo');
    writeMonorepo(root);
  });
  const run = (...args: string[]) => flagbook([...args, '--cwd', root, '--no-cache', '--now', '2026-06-01']);
  const json = async <T>(...args: string[]) => JSON.parse((await run(...args, '--format', 'json')).stdout) as T;

  interface Flags {
    readonly flags: readonly {
      readonly key: string;
      readonly paths?: readonly string[];
      readonly environments: readonly { readonly state: string }[];
      readonly checks: number;
    }[];
  }
  const said = ({ flags }: Flags) =>
    flags.map(({ key, paths, environments, checks }) =>
      [key, paths?.join() ?? 'everywhere', environments.map(({ state }) => state).join() || '-', checks].join(' '),
    );

  it('lists a key once for each project', async () => {
    assert.deepEqual(said(await json<Flags>('flags')), [
      'banner everywhere on 2',
      'checkout apps/admin/** off 2',
      'checkout apps/shop/** on 2',
      'discount apps/shop/** on 1',
      'discount apps/admin/** - 1',
    ]);
    const table = (await run('flags')).stdout;
    assert.match(table, /checkout \(apps\/shop\) +on /);
    assert.match(table, /checkout \(apps\/admin\) +off /);
    const story = (await run('flags', 'checkout')).stdout;
    assert.match(story, /^checkout {2}in apps\/admin$[\s\S]*^checkout {2}in apps\/shop$/m);
  });

  it('explains a line by the flags that answer there', async () => {
    for (const [place, expected] of [
      ['apps/shop/pay.ts:3', ['checkout apps/shop/** on 2']],
      ['apps/admin/users.ts:3', ['checkout apps/admin/** off 2']],
    ] as const) {
      assert.deepEqual(said(await json<Flags>('explain', place)), expected);
    }
    assert.match((await run('explain', 'apps/admin/users.ts:3')).stdout, /production: off for everyone/);
  });

  it('tells the frames of a trace the states of their own project', async () => {
    const trace = (path: string) =>
      `Error: no\n    at checkout (/app/${path}:3:32)\n    at main (/app/node_modules/x/index.js:1:1)\n`;
    for (const [path, state] of [
      ['apps/shop/pay.ts', 'on'],
      ['apps/admin/users.ts', 'off'],
    ] as const) {
      const file = join(makeTemporaryFolder('trace'), 'trace.txt');
      writeFileSync(file, trace(path));
      const { stdout } = await run('trace', file, '--format', 'json');
      assert.match(stdout, new RegExp(`"key": ?"checkout",\\s*"state": ?"${state}"`), path);
    }
  });

  it('finds nothing wrong with the flag files, and refuses paths that lead outside', async () => {
    const { stdout } = await run('flags', 'check');
    assert.doesNotMatch(stdout, /unknown|duplicate/);
    writeFileSync(join(root, 'flagbook.json'), monorepo['flagbook.json'].replace('apps/shop/**', '../shop/**'));
    const broken = await run('flags');
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /paths are relative to flagbook\.json/);
  });
});
