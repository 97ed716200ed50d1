// What every flag service has to keep, whatever it is: called once in each service's test, with recorded answers and an emulator.
import assert from 'node:assert/strict';
import { createServiceClient } from '../../../server/src/sources/flag-servers/client.ts';
import type {
  Answers,
  FlagService,
  MapContext,
  ServiceTarget,
} from '../../../server/src/sources/flag-servers/service.ts';
import { RequestFailed } from '../../../server/src/sources/http/http.ts';
import { createNodeHttp } from '../../../server/src/sources/http/nodeHttp.ts';
import { type Handler, startLocalServer } from '../../support/localServer.ts';

export interface ServiceCase {
  readonly service: FlagService;
  /** What `fetch` resolved to: real where the service runs here, else as its API description says. */
  readonly answers: Answers;
  /** Without the address, which is the emulator's. */
  readonly target: Omit<ServiceTarget, 'url'>;
  /** Answers as the service would; the contract takes care of wrong tokens. */
  readonly emulator: Handler;
  /** Keys that must come out, archived ones included. */
  readonly keys: readonly string[];
}

const NOW = Date.parse('2030-01-01T00:00:00Z');
const TOKEN = 'secret-token-of-the-test';

export function describeService({ service, answers, target, emulator, keys }: ServiceCase): void {
  const context: MapContext = { ...target, url: 'https://flags.example.test/base', now: NOW };

  describe(`${service.kind}, as every flag service`, () => {
    it('makes flags of its answers that say where they come from and when', () => {
      const { flags, problem } = service.map(frozen(answers), context);
      assert.equal(problem, null);
      assert.ok(flags !== null);
      assert.deepEqual(flags.map(flag => flag.key).sort(), [...keys].sort());
      for (const flag of flags) {
        assert.equal(flag.system, service.kind);
        assert.ok(flag.server?.startsWith(context.url), flag.key);
        assert.equal(flag.declaration, null);
        for (const time of [flag.created, flag.expires, flag.changed?.time, flag.evaluated?.time]) assertTime(time);
        for (const environment of flag.environments) {
          assert.notEqual(environment.environment, '');
          assert.notEqual(environment.summary, '');
          assert.ok(environment.asOf !== null, `${flag.key} in ${environment.environment} says when`);
        }
      }
    });

    it('survives the disk: flags are plain data', () => {
      const { flags } = service.map(answers, context);
      assert.deepEqual(JSON.parse(JSON.stringify(flags)), JSON.parse(JSON.stringify(structuredClone(flags))));
    });

    it('says of no past moment that it lies in the future, whatever the service thinks the time is', () => {
      const early = { ...context, now: Date.parse('2001-01-01T00:00:00Z') };
      for (const flag of service.map(answers, early).flags ?? []) {
        for (const time of [flag.created, flag.changed?.time, flag.evaluated?.time]) {
          if (time != null) assert.ok(Date.parse(time) <= early.now, `${flag.key}: ${time}`);
        }
      }
    });

    it('never throws, whatever the answers are', () => {
      for (const wrong of [null, 7, 'text', [], {}, [null], [7], [[]], [{}], { flags: 7 }, '<html>']) {
        for (const name of Object.keys(answers)) service.map({ ...answers, [name]: wrong }, context);
        service.map(Object.fromEntries(Object.keys(answers).map(name => [name, wrong])), context);
      }
      service.map({}, context);
      for (const broken of variationsOf(answers)) service.map(broken as Answers, context);
    });

    it('says of answers that are not its own that it can not read them', () => {
      const nothing = Object.fromEntries(Object.keys(answers).map(name => [name, { message: 'Welcome' }]));
      const { flags, problem } = service.map(nothing, context);
      assert.equal(flags, null);
      assert.ok(problem !== null && problem !== '');
    });

    it('asks the configured origin alone, with its token in a header alone, for answers that it can read', async () => {
      const server = await startLocalServer((asked, response) => emulator(asked, response));
      try {
        const here = { ...target, url: server.url };
        const fetched = await service.fetch(clientOf(service, here, TOKEN), here);
        const { flags, problem } = service.map(fetched, { ...here, now: NOW });
        assert.equal(problem, null);
        assert.ok((flags ?? []).length > 0);
        assert.ok(server.asked.length > 0);
        for (const asked of server.asked) {
          // Some services want it encoded, as Basic does.
          for (const [name, value] of Object.entries(service.headers(TOKEN))) {
            assert.equal(asked.headers[name], value, asked.path);
            assert.ok(!`${asked.path}?${asked.query}`.includes(value), asked.path);
          }
          assert.ok(!`${asked.path}?${asked.query}`.includes(TOKEN), asked.path);
        }
        assert.ok(!JSON.stringify([fetched, flags]).includes(TOKEN));
        assert.deepEqual(
          Object.keys(fetched).sort(),
          Object.keys(answers).sort(),
          'the recorded answers have these names',
        );
      } finally {
        await server.close();
      }
    });

    for (const [status, kind] of [
      [401, 'unauthorized'],
      [429, 'rate-limited'],
      [500, 'server-error'],
    ] as const) {
      it(`says of a status ${status} what it is`, async () => {
        const server = await startLocalServer(() => ({ status, body: { message: 'no' } }));
        const here = { ...target, url: server.url };
        try {
          await assert.rejects(service.fetch(clientOf(service, here, TOKEN), here), error => {
            assert.ok(error instanceof RequestFailed);
            return error.failure.kind === kind;
          });
        } finally {
          await server.close();
        }
      });
    }
  });
}

function clientOf(service: FlagService, target: ServiceTarget, token: string) {
  return createServiceClient({ http: createNodeHttp({ now: Date.now }), service, target, token, known: null });
}

function assertTime(time: string | null | undefined): void {
  if (time != null) assert.match(time, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/);
}

/** Copies of the answers with one value at a time replaced by one of another kind, to a bound. */
function* variationsOf(answers: unknown): Generator<unknown> {
  const text = JSON.stringify(answers);
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (paths.length > 200) return;
    paths.push(path);
    if (Array.isArray(value)) for (const [at, item] of value.slice(0, 3).entries()) walk(item, [...path, at]);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    }
  };
  walk(answers, []);
  for (const path of paths.slice(1)) {
    for (const wrong of [null, 7, 'x', [], {}]) {
      const copy = JSON.parse(text) as Record<string | number, unknown>;
      let at = copy;
      for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
      at[path.at(-1)!] = wrong;
      yield copy;
    }
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}
