/** The built program against what a reader of the demo shop says of it (`test/demo/expected.json`). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { flagbook, records } from './support/program.ts';

interface ExpectedCheck {
  readonly path: string;
  readonly line: number;
  readonly method: string;
  readonly key: string | null;
  readonly keyPrefix: string | null;
  readonly system: string;
  readonly type: string;
  readonly fallback: unknown;
  readonly via: readonly string[];
  readonly test: boolean;
  readonly optional: boolean;
}

interface ExpectedFlag {
  readonly key: string;
  readonly kind: string | null;
  readonly type: string | null;
  readonly owner: string | null;
  readonly environments: readonly {
    readonly system: string;
    readonly environment: string;
    readonly state: string;
    readonly percentage: number | null;
    readonly serves: unknown;
    readonly path: string;
    readonly line: number;
    readonly stateChanged: { readonly commit: string; readonly days: number };
  }[];
  readonly introduced: { readonly commit: string; readonly time: string; readonly days: number };
  readonly checks: number;
  readonly testChecks: number;
  readonly prefixChecks: number;
  readonly verdict: { readonly kind: string; readonly stale: boolean; readonly alsoAcceptable: readonly string[] };
}

interface ExpectedTrace {
  readonly file: string;
  readonly language: string;
  readonly deployed: string;
  readonly error: string;
  readonly runbooks: readonly string[];
  readonly incidents: readonly string[];
  readonly flags: readonly string[];
  readonly frames: readonly { readonly path: string; readonly printed: number; readonly line: number }[];
  readonly cause: { readonly error: string; readonly frames: readonly { path: string; line: number }[] } | null;
}

interface Expected {
  readonly now: string;
  readonly checks: readonly ExpectedCheck[];
  readonly mentions: readonly { readonly path: string; readonly line: number; readonly key: string; role: string }[];
  readonly lookalikes: readonly { readonly path: string; readonly line: number }[];
  readonly flags: readonly ExpectedFlag[];
  readonly links: readonly { readonly path: string; readonly line: number; readonly ok: boolean; to: string }[];
  readonly incidents: readonly { readonly id: string; readonly path: string; readonly events: number }[];
  readonly traces: readonly ExpectedTrace[];
}

interface FoundCheck extends ExpectedCheck {
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly role: string;
}

interface Frame {
  readonly file: string | null;
  readonly line: number | null;
  readonly inApp: boolean;
  readonly resolved: { readonly path: string; readonly line: number; match: string } | null;
  readonly flags: readonly { readonly key: string }[];
}

interface FoundTrace {
  readonly traces: readonly {
    readonly language: string;
    readonly threads: readonly {
      readonly errors: readonly {
        readonly type: string;
        readonly relation: string;
        readonly frames: readonly Frame[];
      }[];
    }[];
  }[];
  readonly runbooks: readonly { readonly path: string }[];
  readonly incidents: readonly { readonly id: string }[];
}

const expected = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'demo', 'expected.json'), 'utf8')) as Expected;

async function ask(...args: string[]): Promise<string> {
  const run = await flagbook(['--now', expected.now, ...args], { cwd: demoWorkspace() });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

const place = (at: { readonly path: string; readonly line: number }) => `${at.path}:${at.line}`;
const sorted = (items: Iterable<string>) => [...items].sort();

describe('flagbook on the demo shop', function () {
  // Each test starts processes, and the machine may have other work.
  this.timeout(90_000);

  describe('scan', () => {
    let found: readonly FoundCheck[];
    before(async () => {
      found = records<FoundCheck>(await ask('scan', '--format', 'jsonl'));
    });

    it('finds every check with its key, its kind of call and its fallback, and nothing else', () => {
      const name = (check: ExpectedCheck) =>
        [place(check), check.method, check.key, check.keyPrefix, check.system, check.type, check.test].join(' ');
      const checks = found.filter(check => check.role === 'check');
      const demanded = expected.checks.filter(check => !check.optional);
      const allowed = new Set(expected.checks.map(place));
      assert.deepEqual(
        sorted(checks.filter(check => demanded.some(one => place(one) === place(check))).map(name)),
        sorted(demanded.map(name)),
      );
      assert.deepEqual(checks.filter(check => !allowed.has(place(check))).map(name), [], 'checks that are none');
      for (const one of demanded) {
        const check = checks.find(candidate => place(candidate) === place(one))!;
        assert.deepEqual(check.fallback, one.fallback, place(one));
        assert.deepEqual(sorted(check.via), sorted(one.via), place(one));
      }
    });

    it('leaves alone what only looks like a check', () => {
      const lookalikes = new Set(expected.lookalikes.map(place));
      assert.deepEqual(found.filter(check => lookalikes.has(place(check))).map(place), []);
    });

    it('names the declarations of keys that stand in constants', () => {
      const declared = found.filter(check => check.role === 'declaration').map(check => `${place(check)} ${check.key}`);
      const demanded = expected.mentions.filter(mention => mention.role === 'declaration');
      assert.ok(demanded.length > 5);
      for (const mention of demanded) assert.ok(declared.includes(`${place(mention)} ${mention.key}`), place(mention));
    });

    it('prints positions of the called name, from 1, ends exclusive', () => {
      for (const { path, line, column, endLine, endColumn, method, role } of found) {
        if (role !== 'check') continue;
        const lines = readFileSync(join(demoWorkspace(), path), 'utf8').split('\n');
        assert.equal(lines[line - 1]!.slice(column - 1, column - 1 + method.length), method, `${path}:${line}`);
        assert.equal(lines[endLine - 1]![endColumn - 2], ')', `${path}:${endLine}:${endColumn}`);
      }
    });
  });

  describe('flags', () => {
    let found: ReadonlyMap<string, FlagRecord>;
    interface FlagRecord {
      readonly key: string;
      readonly kind: string | null;
      readonly type: string | null;
      readonly owner: string | null;
      readonly environments: readonly {
        readonly system: string;
        readonly environment: string;
        readonly state: string;
        readonly percentage: number | null;
        readonly serves: unknown;
        readonly changed: { readonly commit: string; readonly days: number } | null;
      }[];
      readonly ages: { readonly introduced: { readonly commit: string; readonly days: number } | null };
      readonly verdict: { readonly kind: string; readonly stale: boolean };
      readonly declarations: readonly { readonly path: string; readonly line: number }[];
      readonly checks: number;
      readonly testChecks: number;
      readonly dynamicChecks: number;
    }
    before(async () => {
      const document = JSON.parse(await ask('flags', '--format', 'json')) as { version: 1; flags: FlagRecord[] };
      assert.equal(document.version, 1);
      found = new Map(document.flags.map(flag => [flag.key, flag]));
    });

    it('knows every flag and no other', () => {
      assert.deepEqual(sorted(found.keys()), sorted(expected.flags.map(flag => flag.key)));
    });

    it('knows what each does in each environment, and where it stands', () => {
      for (const flag of expected.flags) {
        const { environments, declarations, kind, type, owner } = found.get(flag.key)!;
        assert.deepEqual(
          environments.map(state => [state.system, state.environment, state.state, state.percentage, state.serves]),
          flag.environments.map(state => [
            state.system,
            state.environment,
            state.state,
            state.percentage,
            state.serves,
          ]),
          flag.key,
        );
        assert.deepEqual(sorted(declarations.map(place)), sorted(flag.environments.map(place)), flag.key);
        assert.deepEqual([kind, type ?? 'release', owner], [flag.kind, flag.type ?? 'release', flag.owner], flag.key);
      }
    });

    it('knows the commit that introduced each, and the one that last changed its state', () => {
      for (const flag of expected.flags) {
        const { ages, environments } = found.get(flag.key)!;
        assert.deepEqual(
          [ages.introduced?.commit, ages.introduced?.days],
          [flag.introduced.commit, flag.introduced.days],
          flag.key,
        );
        for (const [index, state] of flag.environments.entries()) {
          const { changed } = environments[index]!;
          assert.deepEqual(
            [changed?.commit, changed?.days],
            [state.stateChanged.commit, state.stateChanged.days],
            `${flag.key} in ${state.environment}`,
          );
        }
      }
    });

    it('judges each as a reader would', () => {
      for (const { key, verdict, checks, testChecks, prefixChecks } of expected.flags) {
        const flag = found.get(key)!;
        assert.ok(
          [verdict.kind, ...verdict.alsoAcceptable].includes(flag.verdict.kind),
          `${key}: ${flag.verdict.kind}`,
        );
        assert.equal(flag.verdict.stale, verdict.stale, key);
        assert.equal(flag.dynamicChecks, prefixChecks, key);
        assert.equal(flag.testChecks, testChecks, key);
        // A check through a dynamic wrapper is optional, so it may be counted on top.
        assert.ok(flag.checks >= checks && flag.checks <= checks + 1, `${key}: ${flag.checks} checks`);
      }
    });
  });

  describe('trace', () => {
    for (const trace of expected.traces) {
      it(`finds its way from ${trace.file}`, async () => {
        const deployed = trace.deployed === 'HEAD' ? [] : ['--deployed', trace.deployed];
        const [found] = records<FoundTrace>(await ask('trace', '--format', 'jsonl', ...deployed, trace.file));
        const errors = found!.traces.flatMap(one => one.threads.flatMap(thread => thread.errors));
        const [root] = errors;
        assert.equal(found!.traces[0]!.language, trace.language);
        assert.equal(root!.type, trace.error);
        assert.deepEqual(
          root!.frames.flatMap(({ resolved, line }) => (resolved ? [`${place(resolved)} printed ${line}`] : [])),
          trace.frames.map(frame => `${place(frame)} printed ${frame.printed}`),
        );
        const flags = new Set(root!.frames.flatMap(frame => frame.flags.map(flag => flag.key)));
        assert.deepEqual([...flags], trace.flags);
        assert.deepEqual(
          found!.runbooks.map(runbook => runbook.path),
          trace.runbooks,
        );
        assert.deepEqual(
          found!.incidents.map(incident => incident.id),
          trace.incidents,
        );
        if (trace.cause !== null) {
          const cause = errors.find(error => error.type === trace.cause!.error);
          assert.equal(cause?.relation, 'cause');
          const places = cause!.frames.flatMap(({ resolved }) => (resolved === null ? [] : [place(resolved)]));
          assert.deepEqual(places, trace.cause.frames.map(place));
        }
      });
    }
  });

  describe('runbooks and incidents', () => {
    it('finds the links that lead nowhere, and no others', async () => {
      const options = ['--format', 'json', '--fail-on', 'never'];
      const found = await Promise.all(
        ['runbooks', 'incidents'].map(async command => {
          const { findings } = JSON.parse(await ask(command, 'check', ...options)) as {
            findings: { rule: string; path: string; line: number }[];
          };
          return findings.filter(finding => !['outdated', 'record'].includes(finding.rule));
        }),
      );
      assert.deepEqual(sorted(found.flat().map(place)), sorted(expected.links.filter(link => !link.ok).map(place)));
    });

    it('shows every event of every timeline', async () => {
      const files = expected.incidents.map(incident => incident.path);
      const shown = records<{ incidents: { id: string; events: unknown[] }[] }>(
        await ask('incidents', 'show', '--format', 'jsonl', ...files),
      );
      assert.deepEqual(
        shown.flatMap(document => document.incidents.map(({ id, events }) => `${id} ${events.length}`)),
        expected.incidents.map(({ id, events }) => `${id} ${events}`),
      );
    });
  });
});
