// Each program of the command line leaves what V8 compiled of it, and the next run takes it: were it refused, it would be written again.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type Batch,
  type BatchResult,
  IS_UP,
  PROGRESS_BYTES,
  type WorkerStart,
} from '../../server/src/sources/workers/messages.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { createRepository, removeTemporaryDirectories } from '../unit/git/repositories.ts';
import { flagbook, PROGRAM } from './support/program.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n`;
const CHECK = `if (await client.getBooleanValue('pay', false)) pay();\n`;

describe('compiled code of the command line', () => {
  after(removeTemporaryDirectories);

  it('is made by the first run of a program and taken by the second', async () => {
    const { root, write, cache, run, codeIn } = makeRepository();
    const expected: number[] = [];
    for (const args of [['scan', '--format', 'jsonl', '--no-cache'], ['flags']]) {
      const said = await run(args);
      assert.equal(said.status, 0);
      expected.push(expected.length + 1);
      const code = codeIn(cache);
      assert.equal(code.length, expected.length, args.join(' '));
      assert.deepEqual(await run(args), said);
      assert.deepEqual(codeIn(cache), code, args.join(' '));
    }
    await run(['scan', '--format', 'jsonl']);
    const known = codeIn(cache);
    for (const count of [1, 2, 3]) {
      write('use.ts', CLIENT + CHECK.repeat(count + 1));
      const { stdout } = await run(['scan', '--format', 'jsonl']);
      assert.equal(stdout.trim().split('\n').length, count + 1);
      // What parses, and what links again, are programs of their own.
      if (count === 1) assert.equal(codeIn(cache).length, known.length + 2);
      if (count === 1) known.splice(0, known.length, ...codeIn(cache));
      assert.deepEqual(codeIn(cache), known);
    }
    assert.ok(existsSync(join(root, 'use.ts')));
  });

  it('is not kept where the user says so, or others may write', async () => {
    const { cache, run, codeIn } = makeRepository();
    assert.equal((await run(['scan'], { NODE_DISABLE_COMPILE_CACHE: '1' })).status, 0);
    assert.deepEqual(codeIn(cache), []);
    chmodSync(cache, 0o777);
    assert.equal((await run(['scan'])).status, 0);
    assert.deepEqual(codeIn(cache), []);
  });

  it('is left by a worker while it works, and taken by the next one', async () => {
    const { root, cache, codeIn } = makeRepository();
    const first = startWorker(root, cache);
    await appears(cache, /^code-[0-9a-f]{24}\.bin$/);
    const code = codeIn(cache).filter(name => !name.includes('.tmp'));
    assert.equal(code.length, 1);
    const said = await answerOf(first);
    assert.deepEqual(said, ['use.ts']);
    const second = startWorker(root, cache);
    assert.deepEqual(await answerOf(second), said);
    assert.deepEqual(codeIn(cache), code);
  });

  it('is not kept in the repository', async () => {
    const { root, run, codeIn } = makeRepository();
    const inside = join(root, 'cache');
    assert.equal((await run(['scan'], { FLAGBOOK_CACHE: inside })).status, 0);
    assert.deepEqual(existsSync(inside) ? codeIn(inside) : [], []);
    const elsewhere = makeTemporaryFolder('cli-elsewhere');
    for (const args of [
      ['scan', '--cwd', root],
      ['flags', `--cwd=${root}`],
    ]) {
      const { status } = await flagbook(args, { cwd: elsewhere, env: { FLAGBOOK_CACHE: inside } });
      assert.equal(status, 0);
      assert.deepEqual(existsSync(inside) ? codeIn(inside) : [], [], args.join(' '));
    }
  });
});

function startWorker(root: string, cache: string): Worker {
  const dist = join(dirname(PROGRAM), '..');
  const progress = new SharedArrayBuffer(PROGRESS_BYTES);
  const workerData: WorkerStart = {
    root,
    wasmDirectory: join(dist, 'wasm'),
    known: null,
    keptBytes: 0,
    optimises: 'as usual',
    niceness: 0,
    progress,
  };
  return new Worker(join(dist, 'worker', 'worker.js'), { workerData, env: { FLAGBOOK_CACHE: cache }, execArgv: [] });
}

/** The files in which a worker finds something, which is ended then. */
async function answerOf(worker: Worker): Promise<readonly string[]> {
  const batch: Batch = { id: 1, questionId: 1, question: { kind: 'wanted' }, paths: ['use.ts'] };
  worker.postMessage(batch);
  let [result] = (await once(worker, 'message')) as [BatchResult | typeof IS_UP];
  if (result === IS_UP) [result] = (await once(worker, 'message')) as [BatchResult];
  const { files } = result as BatchResult;
  await worker.terminate();
  return files.flatMap(({ kind, index }) => (kind === 'found' ? batch.paths[index]! : []));
}

/** Waits until there is a file of such a name in a folder, for as long as a test may take. */
async function appears(folder: string, name: RegExp): Promise<void> {
  while (!readdirSync(folder).some(file => name.test(file))) await setTimeout(20);
}

function makeRepository() {
  const repository = createRepository();
  const { root, write } = repository;
  write('use.ts', CLIENT + CHECK);
  repository.commit('2024-01-01');
  const cache = makeTemporaryFolder('cli-code');
  return {
    root,
    write,
    cache,
    run: (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      flagbook(args, { cwd: root, env: { FLAGBOOK_CACHE: cache, ...env } }),
    /** The numbers of the files are others when they are written again. */
    codeIn: (directory: string) =>
      readdirSync(directory)
        .filter(name => name.startsWith('code-'))
        .map(name => `${name} ${statSync(join(directory, name)).ino}`),
  };
}
