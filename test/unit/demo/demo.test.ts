// The demo shop: built the same everywhere, and as its own expected answers say. Needs git and Node only.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEMO = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'demo');
/** Changes with every change of the history on purpose; expected.json carries it too. */
const HEAD = 'cb2b128c4835d808774c362c6dbd67ee70df2802';
const DAY = 86_400_000;

interface Moment {
  readonly commit: string;
  readonly time: string;
  readonly days: number;
}

interface Expected {
  readonly head: string;
  readonly now: string;
  readonly checks: readonly {
    path: string;
    line: number;
    method: string;
    key: string | null;
    keyPrefix: string | null;
  }[];
  readonly mentions: readonly { path: string; line: number; key: string }[];
  readonly flags: readonly {
    key: string;
    type: string;
    expires: string | null;
    environments: readonly { path: string; line: number; state: string; stateChanged: Moment }[];
    introduced: Moment;
    checks: number;
    prefixChecks: number;
    verdict: { kind: string; stale: boolean };
  }[];
  readonly runbooks: readonly { path: string; covers: readonly string[] }[];
  readonly lookalikes: readonly { path: string; line: number }[];
  readonly links: readonly { path: string; line: number; to: string; ok: boolean }[];
  readonly incidents: readonly { id: string; path: string; guardFinds?: readonly string[] }[];
  readonly traces: readonly { file: string; deployed: string; frames: readonly { path: string; printed: number }[] }[];
}

const expected: Expected = JSON.parse(readFileSync(join(DEMO, 'expected.json'), 'utf8'));

describe('the demo shop', () => {
  let folder: string;
  let shop: string;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: shop, encoding: 'utf8' }).trim();
  const lines = (path: string) => readFileSync(join(shop, path), 'utf8').split('\n');

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'flagbook-demo-'));
    shop = join(folder, 'shop');
    build(shop);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has the commit hashes that it always has', () => {
    assert.equal(git('rev-parse', 'HEAD'), HEAD);
    assert.equal(expected.head, HEAD);
  });

  it('has them whatever git is told by the machine', () => {
    const config = join(folder, 'gitconfig');
    writeFileSync(
      config,
      '[user]\n\tname = Somebody Else\n[core]\n\tautocrlf = true\n[commit]\n\tgpgsign = true\n[init]\n\tdefaultBranch = trunk\n\tdefaultObjectFormat = sha256\n[i18n]\n\tcommitEncoding = latin1\n',
    );
    const elsewhere = join(folder, 'elsewhere');
    const env = {
      GIT_CONFIG_GLOBAL: config,
      GIT_DEFAULT_HASH: 'sha256',
      GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z',
      GIT_DIR: folder,
      TZ: 'Asia/Tokyo',
    };
    assert.equal(build(elsewhere, env), HEAD);
    assert.equal(readFileSync(join(elsewhere, 'README.md'), 'utf8').includes('\r'), false);
  });

  it('is a clean checkout of one branch, with a merge and a tag', () => {
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(git('branch', '--format=%(refname:short)'), 'main');
    assert.equal(git('tag'), 'v2026.09.1');
    assert.equal(git('rev-list', '--merges', '--count', 'HEAD'), '1');
    assert.ok(lines('.editorconfig').length > 0);
    assert.ok(git('ls-files').split('\n').length < 120);
  });

  it('has a history of two years by six people, in order', () => {
    const log = git('log', '--first-parent', '--format=%at %ae %ai').split('\n');
    const times = log.map(line => Number(line.split(' ')[0])).reverse();
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok(times.at(-1)! - times[0]! > (2 * 365 * DAY) / 1000);
    assert.equal(new Set(log.map(line => line.split(' ')[1])).size, 6);
    assert.ok(new Set(log.map(line => line.split(' ').at(-1))).size >= 5, 'they live in several time zones');
  });

  it('costs nothing the second time, and keeps what its reader changed', () => {
    const readme = join(shop, 'README.md');
    const before = readFileSync(readme, 'utf8');
    appendFileSync(readme, 'mine\n');
    build(shop);
    assert.equal(readFileSync(readme, 'utf8'), `${before}mine\n`);
    build(shop, {}, '--force');
    assert.equal(readFileSync(readme, 'utf8'), before);
  });

  it('never touches a folder that it did not make', () => {
    const mine = join(folder, 'mine');
    mkdirSync(mine);
    writeFileSync(join(mine, 'thesis.md'), 'four years of work\n');
    const run = spawnSync(process.execPath, [join(DEMO, 'build.mjs'), '--out', mine, '--force'], { encoding: 'utf8' });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /not empty and was not made by this script/);
    assert.equal(readFileSync(join(mine, 'thesis.md'), 'utf8'), 'four years of work\n');
  });

  it('still gives the expected answers that are written down', () => {
    const run = spawnSync(process.execPath, [join(DEMO, 'expected.mjs'), shop, '--check'], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
  });

  it('has a check where each is expected, and its key or the name of its constant on it', () => {
    for (const check of expected.checks) {
      const text = lines(check.path).slice(check.line - 1, check.line + 1);
      const place = `${check.path}:${check.line}`;
      assert.ok(text[0]!.includes(`${check.method}(`), `${place}: ${text[0]}`);
      if (check.keyPrefix !== null) assert.ok(text[0]!.includes(check.keyPrefix), `${place}: ${text[0]}`);
      if (check.key === null) continue;
      const constants = expected.mentions
        .filter(mention => mention.key === check.key)
        .flatMap(mention => /(\w+)\s*[:=]/.exec(lines(mention.path)[mention.line - 1]!)?.[1] ?? []);
      const names = [`'${check.key}'`, `"${check.key}"`, `('${check.key.replace(/^beta-/, '')}')`, ...constants];
      assert.ok(
        names.some(name => text.join('\n').includes(name)),
        `${place}: none of ${names.join(', ')}`,
      );
    }
  });

  it('has a flag for every key that it checks, but for the one that is missing on purpose', () => {
    const defined = new Set(expected.flags.filter(flag => flag.environments.length > 0).map(flag => flag.key));
    const missing = expected.checks.flatMap(check =>
      check.key !== null && !defined.has(check.key) ? [check.key] : [],
    );
    assert.deepEqual(missing, ['gift-wrap']);
  });

  it('expects something of every flag that its files define', () => {
    const { flags } = JSON.parse(readFileSync(join(shop, 'flags/shop.flagd.json'), 'utf8'));
    const staging = JSON.parse(readFileSync(join(shop, 'flags/shop.staging.flagd.json'), 'utf8')).flags;
    const launchdarkly = JSON.parse(readFileSync(join(shop, 'flags/launchdarkly.json'), 'utf8'));
    const unleash: { name: string }[] = JSON.parse(
      readFileSync(join(shop, 'flags/unleash.bootstrap.json'), 'utf8'),
    ).features;
    assert.deepEqual(Object.keys(staging), Object.keys(flags));
    const keys = [flags, launchdarkly.flags, launchdarkly.flagValues].flatMap(Object.keys);
    assert.deepEqual(
      expected.flags.filter(flag => flag.environments.length > 0).map(flag => flag.key),
      [...keys, ...unleash.map(flag => flag.name)].sort(),
    );
  });

  it('calls stale only what the rules call stale', () => {
    const lifetimes: Record<string, number> = { release: 40, experiment: 40, operational: 7 };
    for (const flag of expected.flags) {
      const settled = new Set(flag.environments.map(environment => environment.state));
      const everywhere = settled.size === 1 && (settled.has('on') || settled.has('off'));
      const days = Math.min(...flag.environments.map(environment => environment.stateChanged.days));
      const tooOld = everywhere && days > (lifetimes[flag.type] ?? Number.POSITIVE_INFINITY);
      const expired = flag.expires !== null && Date.parse(flag.expires) < Date.parse(expected.now);
      const unused = flag.checks + flag.prefixChecks === 0;
      assert.equal(flag.verdict.stale, tooOld || expired || unused, flag.key);
    }
  });

  it('has the runbooks, incidents and code that lead somewhere, and not those that do not', () => {
    for (const { path, covers } of expected.runbooks) {
      assert.ok(existsSync(join(shop, path)), path);
      for (const covered of covers) assert.ok(existsSync(join(shop, covered.split('#')[0]!)), covered);
    }
    const ids = new Set(expected.incidents.map(incident => incident.id));
    for (const link of expected.links) {
      const [path, heading] = link.to.split('#');
      if (link.to.startsWith('INC-')) assert.equal(ids.has(link.to), link.ok, link.to);
      else if (path!.includes('/')) {
        const text = existsSync(join(shop, path!)) ? lines(path!).join('\n').toLowerCase().replaceAll(' ', '-') : null;
        const leads = text !== null && (heading === undefined || text.includes(`#-${heading}`));
        assert.equal(leads, link.ok, link.to);
      }
    }
    for (const { id, path } of expected.incidents) assert.ok(lines(path).join('\n').includes(id), path);
  });

  it('has in its tour only lines of which something is expected', () => {
    const known = [...expected.checks, ...expected.lookalikes, ...expected.links].map(
      ({ path, line }) => `${path}:${line}`,
    );
    known.push(...expected.incidents.flatMap(incident => incident.guardFinds ?? []));
    const tour = readFileSync(join(DEMO, 'README.md'), 'utf8');
    const named = [...tour.matchAll(/`([\w/.-]+\/[\w.-]+:\d+)`/g)].map(match => match[1]!);
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter(place => !known.includes(place)),
      [],
    );
  });

  it('prints in its traces the lines that were deployed', () => {
    for (const trace of expected.traces) {
      const printed = lines(trace.file).join('\n');
      for (const frame of trace.frames) {
        const name = frame.path.split('/').at(-1)!;
        const python = printed.includes(`${name}", line ${frame.printed},`);
        assert.ok(python || printed.includes(`${name}:${frame.printed}`), `${trace.file}: ${name}:${frame.printed}`);
      }
    }
  });
});

function build(out: string, env: Record<string, string> = {}, ...options: string[]): string {
  return execFileSync(process.execPath, [join(DEMO, 'build.mjs'), '--out', out, ...options], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  }).trim();
}
