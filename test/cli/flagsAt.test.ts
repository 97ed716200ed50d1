// `flagbook flags --at`: what flags did at a time, by git and by a server's log; and the command line's manners with servers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SmallUnleash, startSmallUnleash } from '../support/smallUnleash.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { flagbook as run } from './support/program.ts';

const TOKEN = 'secret-token-of-the-test';
const flagd = (state: string, defaultVariant: string) =>
  JSON.stringify({ flags: { checkout: { state, variants: { on: true, off: false }, defaultVariant } } });

describe('flagbook flags --at', function () {
  this.timeout(30_000);
  let root: string;

  before(() => {
    root = makeTemporaryFolder('at');
    const git = (time: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Kim', '-c', 'user.email=kim@shop.test', ...args], {
        cwd: root,
        env: { ...process.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time },
        stdio: 'ignore',
      });
    const commit = (time: string, text: string) => {
      writeFileSync(join(root, 'shop.flagd.json'), text);
      git(time, 'add', '.');
      git(time, 'commit', '-m', 'Change');
    };
    git('2026-01-01T00:00:00Z', 'init', '-b', 'main');
    commit('2026-01-01T00:00:00Z', flagd('ENABLED', 'off'));
    commit('2026-02-01T00:00:00Z', flagd('ENABLED', 'on'));
    commit('2026-03-01T00:00:00Z', flagd('DISABLED', 'on'));
    writeFileSync(join(root, 'untracked.flagd.json'), flagd('ENABLED', 'on').replace('checkout', 'untracked'));
  });

  const at = async (time: string, ...more: string[]) => {
    const { stdout } = await run(['flags', '--cwd', root, '--at', time, '--format', 'json', ...more]);
    return JSON.parse(stdout) as {
      at: string;
      flags: { key: string; definitions: { commit: string; environments: { summary: string }[] }[] }[];
      gaps: string[];
    };
  };

  it('tells what the flag files said then', async () => {
    const summaries: string[] = [];
    for (const time of ['2026-01-15', '2026-02-15T10:12:00Z', '2026-03-15T10:12:00+02:00']) {
      const { flags, gaps } = await at(time);
      assert.deepEqual(gaps, []);
      assert.deepEqual(
        flags.map(flag => flag.key),
        ['checkout'],
      );
      summaries.push(flags[0]!.definitions[0]!.environments[0]!.summary);
    }
    assert.deepEqual(summaries, ['off for everyone', 'on for everyone', "off: the code's fallback is served"]);
  });

  it('says where it can not be known', async () => {
    const { flags, gaps } = await at('2025-12-31');
    assert.deepEqual(flags, []);
    assert.deepEqual(gaps, ['the flag files: git has no commit of that time or before']);
    const { stdout } = await run(['flags', 'checkout', '--cwd', root, '--at', '2025-12-31']);
    assert.match(stdout, /^checkout\n {2}not there/m);
    assert.match(stdout, /^Not known: the flag files/m);
  });

  it('knows nothing of times before there was git, to the second and in every zone', async () => {
    for (const time of ['0001-01-01', '1960-01-01', '1969-12-31T23:59:59Z', '1971-01-01', '2025-12-31T23:59:59.999Z']) {
      const { flags, gaps } = await at(time);
      assert.deepEqual([time, flags, gaps.length], [time, [], 1]);
    }
    const found = async (time: string) => (await at(time)).flags[0]?.definitions[0]?.environments[0]?.summary;
    assert.equal(await found('2026-01-01T00:00:00Z'), 'off for everyone');
    assert.equal(await found('2026-01-01T01:30:00+02:00'), undefined);
    assert.equal(await found('2026-02-01T01:59:59+02:00'), 'off for everyone');
    assert.equal(await found('2026-02-01 02:00+02:00'), 'on for everyone');
    const { stdout } = await run(['flags', '--cwd', root, '--at', '2026-01-31T23:59:59Z']);
    assert.match(stdout, /^As of 2026-01-31 23:59:59 UTC\n/);
  });

  it('says of a repository without a commit what is so', async () => {
    const empty = makeTemporaryFolder('at-empty');
    execFileSync('git', ['init', '-q', '-b', 'main'], { cwd: empty });
    writeFileSync(join(empty, 'shop.flagd.json'), flagd('ENABLED', 'on'));
    const { stdout, status } = await run(['flags', '--cwd', empty, '--at', '2026-01-15']);
    assert.equal(status, 0);
    assert.match(stdout, /Not known: the flag files: git has no commit of that time or before/);
  });

  it('knows no future and no nonsense', async () => {
    for (const [time, message] of [
      ['2999-01-01', /yet to come/],
      ['soon', /--at "soon": write a time/],
      ['', /--at "": write a time/],
      ['1767225600', /write a time/],
      ['2026-02-30', /write a time/],
      ['2026-02-30T10:12:00Z', /write a time/],
      ['2026-01-15T10:12', /such as .*\+01:00/],
      ['2026-01-15T10:12:00+0200', /such as .*\+01:00/],
    ] as const) {
      const { status, stderr } = await run(['flags', '--cwd', root, '--at', time]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
  });
});

describe('flag servers on the command line', function () {
  this.timeout(60_000);
  let unleash: SmallUnleash;
  let root: string;
  let cache: string;

  beforeEach(async () => {
    unleash = await startSmallUnleash({ checkout: 25 });
    root = makeTemporaryFolder('servers');
    cache = makeTemporaryFolder('cache');
    writeFileSync(
      join(root, 'flagbook.json'),
      JSON.stringify({ flagSystems: [{ kind: 'unleash', url: unleash.url, environments: ['production'] }] }),
    );
  });

  afterEach(() => unleash.close());

  const flags = (...more: string[]) =>
    run(['flags', '--cwd', root, ...more], { env: { FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_CACHE: cache } });
  const stateOf = (stdout: string) =>
    (JSON.parse(stdout) as { flags: { environments: { percentage: number; asOf: string }[] }[] }).flags[0]
      ?.environments[0];

  it('are asked, and their last answer is kept for when they are not there', async () => {
    assert.equal(stateOf((await flags('--format', 'json')).stdout)?.percentage, 25);
    const questions = unleash.asked.length;
    assert.equal(stateOf((await flags('--format', 'json', '--offline')).stdout)?.percentage, 25);
    assert.equal(unleash.asked.length, questions, '--offline asks nobody');
    unleash.answer(() => ({ status: 500, body: `internal: ${TOKEN}` }));
    const broken = await flags('--format', 'json');
    assert.equal(broken.status, 0);
    assert.equal(stateOf(broken.stdout)?.percentage, 25);
    assert.match(broken.stderr, /Unleash at .* has a problem of its own \(status 500\).*\(not answering; 1 flag from/);
    assert.ok(!(broken.stdout + broken.stderr).includes(TOKEN));
    for (const name of readdirSync(cache)) assert.ok(!readFileSync(join(cache, name), 'latin1').includes(TOKEN), name);
  });

  it('tell what they said at a time, from their log', async () => {
    const before = new Date(Date.now() - 60_000).toISOString();
    unleash.set('checkout', 60);
    const { stdout } = await flags('--at', before);
    assert.match(stdout, /production: 25% by user id/);
    assert.match((await flags('checkout')).stdout, /production: 60% by user id/);
  });

  it('get no token when only the repository points to them, and the user is told how to allow it', async () => {
    writeFileSync(
      join(root, 'flagbook.json'),
      JSON.stringify({ flagSystems: [{ kind: 'unleash', url: 'http://flags.example.test' }] }),
    );
    const { status, stderr } = await flags();
    assert.equal(status, 0);
    assert.match(
      stderr,
      /FLAGBOOK_UNLEASH_TOKEN was not sent to http:\/\/flags\.example\.test.*set FLAGBOOK_UNLEASH_URL=/,
    );
    assert.equal(stderr.trim().split('\n').length, 1, 'said once');
  });
});
