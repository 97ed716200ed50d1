// Where a token must not turn up: what a broken process says and saves, the list of processes, what is handed to git, the cache, the log.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { type SmallUnleash, startSmallUnleash } from '../support/smallUnleash.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'flagbook.js');
const TOKEN = 'secret-token-of-the-test';
const ENCODED = Buffer.from(TOKEN).toString('base64');
const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const pay = () => unleash.isEnabled('checkout');
`;

describe('a token of a flag server', function () {
  this.timeout(60_000);
  let unleash: SmallUnleash;
  let editor: Editor;
  let folder: string;
  let cache: string;

  beforeEach(async () => {
    unleash = await startSmallUnleash({ checkout: 25 });
    folder = makeTemporaryFolder('secrets');
    cache = makeTemporaryFolder('cache');
    writeFileSync(
      join(folder, 'flagbook.json'),
      JSON.stringify({ flagSystems: [{ kind: 'unleash', url: unleash.url }] }),
    );
    writeFileSync(join(folder, 'pay.ts'), CODE);
  });

  afterEach(() => unleash.close());

  /** A server that has used its token; everything that it has said so far, on all channels. */
  const started = async (env: NodeJS.ProcessEnv = {}): Promise<() => string> => {
    const said: string[] = [];
    editor = await startEditor({
      folders: [folder],
      env: { FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_CACHE: cache, ...env },
    });
    editor.process.stderr!.on('data', (data: Buffer) => said.push(data.toString('utf8')));
    for (const channel of ['window/logMessage', '$/logTrace', 'telemetry/event', 'window/showMessage']) {
      editor.connection.onNotification(channel, params => {
        said.push(JSON.stringify(params));
      });
    }
    editor.notify('$/setTrace', { value: 'verbose' });
    await editor.view('flagbook/flags').catch(() => {});
    while (!unleash.asked.some(({ headers }) => headers.authorization === TOKEN)) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await editor.settled();
    return () => said.join('\n');
  };
  const assertAbsent = (text: string, where: string): void => {
    for (const form of [TOKEN, ENCODED]) assert.ok(!text.includes(form), where);
  };

  for (const [way, thrown] of [
    ['an error that nobody catches', 'throw error;'],
    ['a promise that nobody waits for', 'Promise.reject(error);'],
    ['something thrown that is no error', 'throw error.message;'],
  ] as const) {
    it(`is not said by a process that breaks by ${way}, nor in a report about it`, async () => {
      // Breaks as a library would that quotes a request: with the token in its message.
      const breaking = join(folder, 'breaking.cjs');
      const reports = makeTemporaryFolder('reports');
      const go = join(reports, 'go');
      writeFileSync(
        breaking,
        `const { existsSync } = require('node:fs');
         if (require('node:worker_threads').isMainThread) setInterval(() => {
           if (!existsSync(${JSON.stringify(go)})) return;
           const error = new Error('bad request: authorization ${TOKEN}, Basic ${ENCODED}');
           process.report.writeReport(${JSON.stringify(join(reports, 'report.json'))});
           ${thrown}
         }, 20).unref();`,
      );
      const said = await started({ NODE_OPTIONS: `--require ${breaking}` });
      const exited = once(editor.process, 'close');
      writeFileSync(go, '');
      const [status] = (await exited) as [number];
      assert.equal(status, 1);
      assert.match(said(), /bad request: authorization \[token\], Basic \[token\]/);
      assertAbsent(said(), 'what it said');
      const report = readFileSync(join(reports, 'report.json'), 'utf8');
      assert.match(report, /"header"/);
      assertAbsent(report, 'the report');
    });
  }

  it('is in no command line, and in the environment of no program that is started', async () => {
    const bin = makeTemporaryFolder('bin');
    const log = join(bin, 'log');
    // A git that writes down what it was handed, and then says that there is no repository.
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n{ env; echo "$@"; } >> '${log}'\nexit 128\n`);
    chmodSync(join(bin, 'git'), 0o755);
    mkdirSync(join(folder, '.git'));
    await started({ PATH: `${bin}${delimiter}${process.env.PATH}` });
    assert.ok(existsSync(log), 'git was run');
    const handed = readFileSync(log, 'utf8');
    assert.match(handed, /^FLAGBOOK_CACHE=/m, 'the rest of the environment is there');
    assertAbsent(handed, 'what git was handed');
    assert.doesNotMatch(handed, /FLAGBOOK_UNLEASH_TOKEN/);
    const commands = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(commandLineOf);
    assert.ok(commands.some(command => command.includes('--stdio')));
    assertAbsent(commands.join('\n'), 'the list of processes');
    await editor.shutdown();
  });

  it('is handed to nobody by the command line either, nor said when that breaks', async () => {
    const bin = makeTemporaryFolder('bin');
    const log = join(bin, 'log');
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n{ env; echo "$@"; } >> '${log}'\nexit 128\n`);
    chmodSync(join(bin, 'git'), 0o755);
    mkdirSync(join(folder, '.git'));
    const breaking = join(folder, 'breaking.cjs');
    writeFileSync(breaking, `process.on('exit', () => { throw new Error('it was ${TOKEN} and ${ENCODED}'); });`);
    const env = { ...process.env, FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_CACHE: cache };
    const path = `${bin}${delimiter}${process.env.PATH}`;
    const run = async (more: NodeJS.ProcessEnv): Promise<string> => {
      const child = spawn(process.execPath, [CLI, 'flags', '--cwd', folder], { env: { ...env, ...more } });
      const said = await Promise.all([text(child.stdout), text(child.stderr)]);
      return said.join('\n');
    };
    assert.match(await run({ PATH: path }), /checkout/);
    assert.ok(unleash.asked.some(({ headers }) => headers.authorization === TOKEN));
    const handed = readFileSync(log, 'utf8');
    assert.match(handed, /^FLAGBOOK_CACHE=/m);
    assertAbsent(handed, 'what git was handed');
    const broken = await run({ NODE_OPTIONS: `--require ${breaking}` });
    assert.match(broken, /it was \[token\] and \[token\]/);
    assertAbsent(broken, 'what it said');
  });

  it('is not in the cache, the log or a trace of the messages', async () => {
    const said = await started();
    const uri = uriOfPath(join(folder, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
    await editor.hover(uri, 'checkout');
    unleash.answer(({ headers }) => ({
      status: 401,
      body: { message: `wrong token ${String(headers.authorization)}` },
    }));
    const status = await editor.status(() => true);
    await editor.shutdown();
    const kept = readdirSync(cache, { recursive: true, encoding: 'utf8' })
      .map(name => join(cache, name))
      .filter(path => statSync(path).isFile());
    assert.ok(kept.length > 0);
    for (const path of kept) assertAbsent(readFileSync(path, 'latin1'), path);
    assertAbsent(`${said()}${JSON.stringify(status)}`, 'what was said');
  });
});

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
