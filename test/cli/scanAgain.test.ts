/**
 * A second scan by the built program, in a build that has nothing but what answers by what the first one left: what it says is what a whole
 * scan says, and where it can't answer it fails.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { createRepository, removeTemporaryDirectories } from '../unit/git/repositories.ts';
import { environment, flagbook, PROGRAM } from './support/program.ts';

describe('a second scan', () => {
  const folder = makeTemporaryFolder('cli-scan-again');
  const small = join(folder, 'dist', 'cli');

  before(() => {
    mkdirSync(small, { recursive: true });
    for (const name of ['flagbook.js', 'parse.js', 'relink.js'])
      cpSync(join(dirname(PROGRAM), name), join(small, name));
    symlinkSync(join(dirname(PROGRAM), '..', 'wasm'), join(folder, 'dist', 'wasm'));
  });
  after(removeTemporaryDirectories);

  it('is told by a part of the program, whatever few files say now, and whoever changed the index', async () => {
    const repository = createRepository();
    const { write } = repository;
    const client = `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport const on = (key: string) => client.getBooleanValue(key, false);\n`;
    const use = `import { on } from '../client';\nimport { PAY } from '../keys';\nif (on(PAY)) pay();\n`;
    write('client.ts', client);
    write('keys.ts', "export const PAY = 'pay';\nexport const SHIP = 'ship';\n");
    write('src/use.ts', use);
    repository.commit('2024-01-01');
    write('own.ts', 'export const nothing = 1;\n');
    const env = { FLAGBOOK_CACHE: join(folder, 'cache') };
    const whole = () => flagbook(['scan', '--format', 'jsonl', '--no-cache'], { cwd: repository.root, env });
    const again = (cwd = repository.root) =>
      spawnSync(process.execPath, [join(small, 'flagbook.js'), 'scan', '--format', 'jsonl'], {
        cwd,
        encoding: 'utf8',
        env: environment(env),
      });
    // Files that have only just been written are looked at again: that is no reason to begin anew.
    await flagbook(['scan', '--format', 'jsonl'], { cwd: repository.root, env });
    for (const [path, text] of [
      ['src/use.ts', use],
      ['src/use.ts', `\n${use}`],
      ['src/use.ts', `\n${use}if (on('more')) more();\n`],
      ['keys.ts', "export const SHIP = 'ship';\nexport const PAY = 'paying';\n"],
      ['src/use.ts', use.replaceAll('PAY', 'SHIP')],
      ['own.ts', 'export const nothing = 2;\n'],
    ] as const) {
      write(path, text);
      const { status, stdout } = again(join(repository.root, 'src'));
      assert.equal(status, 0, `${path}: ${text}`);
      assert.equal(stdout, (await whole()).stdout, `${path}: ${text}`);
      assert.notEqual(stdout, '');
    }
    repository.git('add', 'own.ts');
    assert.equal(again().status, 0);
    write('new.ts', use);
    assert.notEqual(again().status, 0);
  });
});
