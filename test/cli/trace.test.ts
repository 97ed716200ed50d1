import assert from 'node:assert/strict';
import { flagbook } from './support/program.ts';
import { smallRepository } from './support/samples.ts';

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
