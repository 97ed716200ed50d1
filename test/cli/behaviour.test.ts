/** How the program behaves as a program: arguments, streams, status, colour. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { createRepository, removeTemporaryDirectories, temporaryDirectory } from '../unit/git/repositories.ts';
import { environment, flagbook, PROGRAM, records } from './support/program.ts';
import { FLAGS_JSON, NOW, PAY_TS, smallRepository } from './support/samples.ts';

after(removeTemporaryDirectories);

describe('flagbook as a program', function () {
  // Each test starts processes, and the machine may have other work.
  this.timeout(90_000);

  const unusable: readonly (readonly [readonly string[], RegExp])[] = [
    [['scam'], /no command scam: did you mean scan\?/],
    [['scan', '--bad'], /unknown option '--bad'/],
    [['scan', 'nope'], /nope: there is no such file or directory/],
    [['scan', '--format', 'xml'], /'xml' is invalid.*text, json, jsonl/],
    [['flags', 'fast-pya'], /no flag fast-pya .*did you mean fast-pay\?/],
    [['flags', '--now', 'yesterday'], /--now "yesterday": write a time such as/],
    [['flags', '--now', '2026-03-02T10:12'], /--now "2026-03-02T10:12": write a time such as/],
    [['flags', '--cwd', '/nope'], /--cwd \/nope: there is no such directory/],
    [['flags', '--config', 'nope.json'], /nope\.json: there is no such file/],
    [['explain'], /missing required argument 'place'/],
    [['explain', 'src/pay.ts'], /name a line too, such as src\/pay\.ts:12/],
    [['explain', 'src/pay.ts:99'], /it has only 8 lines; there is no line 99/],
    [['explain', 'src/pay.ts:0'], /begin at 1/],
    [['explain', 'src:1'], /src: this is a directory/],
    [['trace', 'nope.txt'], /nope\.txt: there is no such file/],
    [['trace', 'src'], /src: this is a directory/],
    [['trace', '--commit', 'v9', 'src/pay.ts'], /--commit v9: git knows no commit "v9"/],
    [['review', 'v9'], /git knows no commit "v9"/],
    [['review', '--', '--output=x'], /git knows no commit "--output=x"/],
    [['incidents', 'show', 'nope.md'], /nope\.md: there is no such file/],
    [['lsp'], /flagbook lsp --stdio/],
  ];

  describe('arguments that can not be used end with status 2 and one line', () => {
    let root: string;
    before(() => {
      root = smallRepository().root;
    });
    for (const [args, message] of unusable) {
      it(args.join(' '), async () => {
        const run = await flagbook(args, { cwd: root });
        assert.equal(run.status, 2);
        assert.equal(run.stdout, '');
        assert.match(run.stderr, /^flagbook: [^\n]*\n$/);
        assert.match(run.stderr, message);
        assert.doesNotMatch(run.stderr, /\bat .*\.js:\d+|internal error/);
      });
    }
  });

  it('shows help without a command, with examples for each, and its version', async () => {
    const help = await flagbook([]);
    assert.equal(help.status, 0);
    for (const command of ['scan', 'flags', 'explain', 'trace', 'review', 'runbooks', 'incidents', 'lsp']) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
      const own = await flagbook([command, '--help']);
      assert.equal(own.status, 0);
      assert.match(own.stdout, /--cwd/);
      for (const line of own.stdout.split('\n')) assert.ok(line.length <= 130, line);
    }
    const { version } = JSON.parse(readFileSync(join(PROGRAM, '..', '..', '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.equal((await flagbook(['--version'])).stdout, `${version}\n`);
  });

  it('takes common options before and after the command', async () => {
    const { root } = smallRepository();
    const before = await flagbook(['--cwd', root, '--now', NOW, 'flags', '--format', 'json']);
    const behind = await flagbook([
      'flags',
      '--format',
      'json',
      '--now',
      NOW,
      '--cwd',
      root,
      '--offline',
      '--no-cache',
    ]);
    assert.equal(before.stdout, behind.stdout);
  });

  it('checks flag files, and fails on what it is told to', async () => {
    const repository = createRepository();
    repository.write('flags/demo.flagd.json', FLAGS_JSON.replace('"defaultVariant": "on"', '"defaultVariant": "no"'));
    repository.write('src/pay.ts', PAY_TS);
    repository.commit('2025-01-01', 'flags');
    const text = await flagbook(['flags', 'check'], { cwd: repository.root });
    assert.equal(text.status, 1);
    assert.match(text.stdout, /^flags\/demo\.flagd\.json\n {5}6 {2}error: .*"no".* \[unknown-variation\]$/m);
    assert.match(text.stdout, /note: No code in this repository checks “slow-pay”\. \[unused-flag\]/);
    const json = await flagbook(['flags', 'check', '--format', 'json', '--fail-on', 'never'], { cwd: repository.root });
    assert.equal(json.status, 0);
    const { version, findings } = JSON.parse(json.stdout);
    assert.equal(version, 1);
    assert.deepEqual(
      findings.map((finding: { rule: string; line: number; column: number; key: string }) => finding.rule),
      ['unknown-variation', 'unused-flag'],
    );
    assert.deepEqual([findings[0].line, findings[0].column, findings[0].key], [6, 26, 'fast-pay']);
    const story = await flagbook(['flags', 'slow-pay'], { cwd: repository.root });
    assert.match(story.stdout, /slow-pay/);
  });

  it('prints the same bytes every time', async () => {
    const args = ['flags', '--format', 'json', '--now', '2026-11-01T09:00:00Z'];
    const runs = await Promise.all([1, 2, 3].map(() => flagbook(args, { cwd: demoWorkspace() })));
    assert.equal(new Set(runs.map(run => run.stdout)).size, 1);
  });

  it('paints only where it may', async () => {
    const { root } = smallRepository();
    const isPainted = (text: string) => text.includes('\u001b[');
    const run = (env: NodeJS.ProcessEnv) => flagbook(['flags', '--now', NOW], { cwd: root, env });
    assert.ok(!isPainted((await run({})).stdout));
    assert.ok(isPainted((await run({ FORCE_COLOR: '1' })).stdout));
    assert.ok(!isPainted((await run({ FORCE_COLOR: '1', NO_COLOR: '1' })).stdout));
    assert.ok(!isPainted((await run({ FORCE_COLOR: '0' })).stdout));
  });

  it('never lets a name from a repository steer the terminal', async () => {
    const repository = createRepository();
    repository.write('src/pay.ts', PAY_TS.replace('fast-pay', '\\u001b[31mred\\u0007'));
    repository.write('demo.flagd.json', FLAGS_JSON.replace('fast-pay', '\\u001b[31mred\\u0007'));
    repository.commit('2025-01-01', 'subject \x1b[31m');
    for (const args of [['scan'], ['flags'], ['explain', 'src/pay.ts:6'], ['flags', '\x1b[31mred\x07']]) {
      const run = await flagbook([...args, '--now', NOW], { cwd: repository.root });
      assert.equal(run.status, 0, run.stderr);
      for (const control of ['\u0007', '\u001b']) assert.ok(!run.stdout.includes(control), args.join(' '));
    }
  });

  it('ends quietly when nobody reads on', async () => {
    const repository = createRepository();
    const lines = Array.from({ length: 20_000 }, (_, index) => `client.getBooleanValue('flag-${index}', false);`);
    repository.write('src/many.ts', `${PAY_TS}\n${lines.join('\n')}\n`);
    const child = spawn('sh', ['-c', `"${process.execPath}" "${PROGRAM}" scan --format jsonl | head -1`], {
      cwd: repository.root,
      env: environment(),
    });
    let stderr = '';
    child.stderr.on('data', piece => {
      stderr += piece;
    });
    let stdout = '';
    child.stdout.on('data', piece => {
      stdout += piece;
    });
    const status = await new Promise(resolve => child.once('close', resolve));
    assert.equal(status, 0);
    assert.equal(records<{ key: string }>(stdout)[0]!.key, 'fast-pay');
    assert.doesNotMatch(stderr, /EPIPE|Error| {4}at /);
  });

  it('says when its output can not be written', async () => {
    if (process.platform !== 'linux') return;
    const child = spawn('sh', ['-c', `"${process.execPath}" "${PROGRAM}" --version > /dev/full`], {
      env: environment(),
    });
    let stderr = '';
    child.stderr.on('data', piece => {
      stderr += piece;
    });
    assert.equal(await new Promise(resolve => child.once('close', resolve)), 2);
    assert.match(stderr, /^flagbook: the output can't be written \(ENOSPC\)\.\n$/);
  });

  it('writes every record whole, however many there are', async () => {
    const repository = createRepository();
    const lines = Array.from({ length: 5_000 }, (_, index) => `client.getBooleanValue('flag-${index}', false);`);
    repository.write('src/many.ts', `${PAY_TS}\n${lines.join('\n')}\n`);
    const run = await flagbook(['scan', '--format', 'jsonl'], { cwd: repository.root });
    assert.equal(records(run.stdout).length, 5_001);
    assert.equal(run.stdout.at(-1), '\n');
  });

  it('reads traces from a pipe, outside any repository', async () => {
    const input = 'TypeError: x is not a function\n    at pay (/app/src/pay.ts:6:3)\n';
    const cwd = temporaryDirectory();
    const run = await flagbook(['trace', '--format', 'json'], { cwd, input });
    assert.equal(run.status, 0);
    const document = JSON.parse(run.stdout) as { version: number; file: string; traces: { threads: unknown[] }[] };
    assert.deepEqual([document.version, document.file, document.traces.length], [1, '-', 1]);
    assert.match(run.stderr, /no git repository/);
    const nothing = await flagbook(['trace', '-'], { cwd, input: 'all is well\n' });
    assert.match(nothing.stdout, /No stack trace found/);
  });

  it('writes one document a line for several traces', async () => {
    const cwd = temporaryDirectory();
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(cwd, name), `Error: ${name}\n    at f (/x/y.js:1:2)\n`);
    for (const format of ['json', 'jsonl']) {
      const run = await flagbook(['trace', '--format', format, 'a.txt', 'b.txt'], { cwd });
      assert.deepEqual(
        records<{ file: string }>(run.stdout).map(document => document.file),
        ['a.txt', 'b.txt'],
      );
    }
  });

  it('serves an editor over stdio', async () => {
    const { root } = smallRepository();
    const child = spawn(process.execPath, [PROGRAM, 'lsp', '--stdio'], { cwd: root, env: environment() });
    const send = (message: object) => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    let answer = '';
    for await (const piece of child.stdout) {
      answer += piece;
      if (answer.includes('"serverInfo"')) break;
    }
    assert.match(answer, /"hoverProvider":true/);
    send({ id: 2, method: 'shutdown' });
    send({ method: 'exit' });
    const status = await new Promise(resolve => child.once('close', resolve));
    assert.equal(status, 0);
  });
});
