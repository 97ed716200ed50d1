import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flagbook } from './support/program.ts';
import { PAY_TS, smallRepository } from './support/samples.ts';

interface Document {
  readonly traces: readonly {
    readonly threads: readonly {
      readonly errors: readonly {
        readonly message: string | null;
        readonly frames: readonly { readonly function: string; readonly line: number; readonly printed?: unknown }[];
      }[];
    }[];
  }[];
}

describe('flagbook trace', () => {
  const MAPPING = 'com.shop.Pay -> a.b:\n    1:9:void pay():11:19 -> c\n';
  const OBFUSCATED = 'java.lang.Error: of ann@shop.example\n\tat a.b.c(SourceFile:3)\n';

  it('retraces obfuscated frames with a mapping that is named', async () => {
    const repository = smallRepository();
    repository.write('out/names.txt', MAPPING);
    const cwd = repository.root;
    const args = ['trace', '--format', 'json'];
    const run = await flagbook([...args, '--mapping', 'out/names.txt'], { cwd, input: OBFUSCATED });
    assert.equal(run.status, 0, run.stderr);
    const [frame] = (JSON.parse(run.stdout) as Document).traces[0]!.threads[0]!.errors[0]!.frames;
    assert.deepEqual([frame!.function, frame!.line], ['com.shop.Pay.pay', 13]);
    assert.deepEqual(frame!.printed, { function: 'a.b.c', file: 'SourceFile', line: 3 });

    const missing = await flagbook([...args, '--mapping', 'no.txt'], { cwd, input: OBFUSCATED });
    assert.deepEqual(
      [missing.status, missing.stderr.trim()],
      [2, 'flagbook: --mapping no.txt: there is no such file.'],
    );
    const other = await flagbook([...args, '--mapping', 'src/pay.ts'], { cwd, input: OBFUSCATED });
    assert.equal(other.status, 2);
    assert.match(other.stderr, /^flagbook: --mapping src\/pay\.ts: it holds no class/);
  });

  it('finds a mapping in the repository by itself', async () => {
    const repository = smallRepository();
    repository.write('release/mapping.txt', MAPPING);
    repository.commit('2025-03-01', 'mapping');
    const run = await flagbook(['trace', '--format', 'json'], { cwd: repository.root, input: OBFUSCATED });
    assert.equal(run.status, 0, run.stderr);
    const [frame] = (JSON.parse(run.stdout) as Document).traces[0]!.threads[0]!.errors[0]!.frames;
    assert.equal(frame!.function, 'com.shop.Pay.pay');
  });

  it('masks with --redact', async () => {
    const { root: cwd } = smallRepository();
    for (const format of ['text', 'json', 'jsonl', 'markdown']) {
      const run = await flagbook(['trace', '--redact', '--format', format], { cwd, input: OBFUSCATED });
      assert.equal(run.status, 0, run.stderr);
      assert.doesNotMatch(run.stdout, /ann@/);
      assert.match(run.stdout, /a\.b\.c/);
    }
  });

  it('reads a log of many megabytes from a pipe', async function () {
    this.timeout(60_000);
    const noise = '2026-01-02T03:04:05Z INFO GET /health 200\n'.repeat(300_000);
    const { root: cwd } = smallRepository();
    const run = await flagbook(['trace', '--format', 'json'], { cwd, input: `${noise}${OBFUSCATED}${noise}` });
    assert.equal(run.status, 0, run.stderr);
    assert.equal((JSON.parse(run.stdout) as Document).traces.length, 1);
  });
});

describe('flagbook trace in a repository that was never read', () => {
  /** Large enough that nobody should wait for it. */
  function largeRepository() {
    const repository = smallRepository();
    for (let index = 0; index < 520; index++)
      repository.write(`lib/part${index}.ts`, `export const part = ${index};\n`);
    repository.write('lib/wrap.ts', PAY_TS.replace('src/pay', 'lib/wrap'));
    repository.commit('2025-03-01', 'much');
    return repository;
  }
  const TRACE = 'Error: no\n    at pay (/app/src/pay.ts:7:9)\n';

  it('tells at once what the files of the trace say, and then what the rest adds', async () => {
    const { root: cwd } = largeRepository();
    const first = await flagbook(['trace', '--no-cache'], { cwd, input: TRACE });
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /src\/pay\.ts:7\n[\s\S]*flags: fast-pay on[\s\S]*Which commit ran is unknown/);
    assert.match(first.stdout, /\n\nAfter everything was read there is nothing to add\.\n$/);
    assert.equal(first.stdout.match(/look here first/g)?.length, 1);
  });

  it('does not wait for a flag server that takes its time, nor say what states are before it answered', async () => {
    const server = createServer((_request, response) => {
      setTimeout(() => response.writeHead(500).end(), 1500);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const repository = smallRepository();
    repository.write('flagbook.json', JSON.stringify({ flagSystems: [{ kind: 'unleash', url }] }));
    repository.commit('2025-04-01', 'configure');
    const env = { FLAGBOOK_UNLEASH_TOKEN: 'token', FLAGBOOK_UNLEASH_URL: url };
    const run = await flagbook(['trace', '--no-cache'], { cwd: repository.root, input: TRACE, env });
    server.closeAllConnections();
    server.close();
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /Unleash/);
    const [before, after] = run.stdout.split('After everything was read there is more');
    assert.match(before ?? '', /flags: fast-pay \(reached only when off\)\n[\s\S]*Which commit ran/);
    assert.match(after ?? '', /flags: fast-pay on \(reached only when off\)\n/);
  });

  it('leaves it at that with --quick, and says so in every format', async () => {
    const { root: cwd } = largeRepository();
    const quick = await flagbook(['trace', '--no-cache', '--quick'], { cwd, input: TRACE });
    assert.match(quick.stdout, /fast-pay on[\s\S]*Only the files of these frames/);
    assert.doesNotMatch(quick.stdout, /After everything was read/);
    const readings = [];
    for (const more of [['--quick'], []]) {
      const run = await flagbook(['trace', '--no-cache', '--format', 'json', ...more], { cwd, input: TRACE });
      readings.push((JSON.parse(run.stdout) as { readonly reading: string }).reading);
    }
    assert.deepEqual(readings, ['focused', 'whole']);
  });

  it('refuses a broken configuration and an unknown commit before it prints anything', async () => {
    const repository = largeRepository();
    const commit = await flagbook(['trace', '--no-cache', '--commit', 'nope'], { cwd: repository.root, input: TRACE });
    assert.deepEqual([commit.status, commit.stdout], [2, '']);
    repository.write('flagbook.json', '{ "runbooks": 3 }');
    repository.commit('2025-04-01', 'configure');
    const broken = await flagbook(['trace', '--no-cache'], { cwd: repository.root, input: TRACE });
    assert.deepEqual([broken.status, broken.stdout], [2, '']);
  });
});
