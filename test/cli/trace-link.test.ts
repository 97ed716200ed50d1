import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type DeepLink, readDeepLink } from '../../server/src/core/traces/deepLink.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { flagbook } from './support/program.ts';
import { smallRepository } from './support/samples.ts';

const TRACE = 'Error: of ann@shop.example\n    at pay (/app/src/pay.ts:8:9)\n';

/** What an editor makes of a printed link. */
async function linkIn(stdout: string): Promise<DeepLink> {
  const { protocol, host, pathname, search } = new URL(stdout.trim());
  assert.deepEqual([protocol, host], ['vscode:', 'flagbook.flagbook']);
  const read = await readDeepLink(pathname, decodeURIComponent(search.slice(1)));
  assert.equal(read.kind, 'ok');
  return (read as Extract<typeof read, { kind: 'ok' }>).link;
}

describe('flagbook trace --link', () => {
  it('prints a link with the path of a file of the repository, and nothing of this machine', async () => {
    const repository = smallRepository();
    repository.write('traces/a b.txt', TRACE);
    const run = await flagbook(['trace', '--link', '--commit', 'v1', 'a b.txt'], {
      cwd: join(repository.root, 'traces'),
    });
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(await linkIn(run.stdout), {
      content: { kind: 'file', path: 'traces/a b.txt' },
      deployed: 'v1',
      folder: null,
    });
  });

  it('prints a link with the trace itself when it comes from elsewhere, masked if so wanted', async () => {
    const cwd = smallRepository().root;
    const plain = await flagbook(['trace', '--link'], { cwd, input: TRACE });
    assert.deepEqual((await linkIn(plain.stdout)).content, { kind: 'text', text: TRACE });
    const masked = await flagbook(['trace', '--link', '--redact', '-'], { cwd, input: TRACE });
    assert.deepEqual((await linkIn(masked.stdout)).content, {
      kind: 'text',
      text: TRACE.replace('ann@shop.example', '<email>'),
    });
  });

  it('says in one line what can not be linked', async () => {
    const cwd = smallRepository().root;
    const long = Array.from(
      { length: 3000 },
      (_, i) => `    at f${i * 7919} (/app/${i * 104_729}.ts:${i + 1}:1)\n`,
    ).join('');
    for (const [args, input, said] of [
      [[], 'All is well.\n', /^flagbook: -: there is no stack trace in it\.\n$/],
      [[], `Error: x\n${long}`, /^flagbook: -: its trace does not fit into a link of 8000 characters; .*\n$/],
      [['nowhere.txt'], '', /^flagbook: nowhere\.txt: there is no such file\.\n$/],
      [['a', 'b'], '', /^flagbook: trace: a link opens one file; name one\.\n$/],
      [['--editor', 'a b'], TRACE, /^flagbook: --editor a b: .*\n$/],
    ] as const) {
      const run = await flagbook(['trace', '--link', ...args], { cwd, input });
      assert.deepEqual([run.status, run.stdout], [2, ''], run.stderr);
      assert.match(run.stderr, said);
    }
  });
});

describe('flagbook trace --open', () => {
  it('hands the link, with the folder of this machine, to the system as one argument', async function () {
    if (process.platform !== 'linux') this.skip();
    const repository = smallRepository();
    const bin = makeTemporaryFolder('opener');
    const opened = join(bin, 'opened');
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${opened}'\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
    const run = await flagbook(['trace', '--open', '--editor', 'vscode', '-'], {
      cwd: repository.root,
      input: TRACE,
      env,
    });
    assert.deepEqual([run.status, run.stderr], [0, '']);
    assert.equal(readFileSync(opened, 'utf8'), `1\n${run.stdout}`);
    assert.equal((await linkIn(run.stdout)).folder, repository.root);
  });

  it('prints the link where nothing opens it', async function () {
    if (process.platform !== 'linux') this.skip();
    const repository = smallRepository();
    const bin = makeTemporaryFolder('opener');
    const marker = join(bin, 'ran');
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\n: > '${marker}'\nexit 3\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}` };
    const run = await flagbook(['trace', '--open'], { cwd: repository.root, input: TRACE, env });
    assert.equal(run.status, 0);
    assert.match(run.stderr, /^flagbook: nothing here opens such links/);
    assert.match(run.stdout, /^vscode:\/\//);
    assert.ok(existsSync(marker));
  });
});
