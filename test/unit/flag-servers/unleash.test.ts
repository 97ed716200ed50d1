// Unleash's answers and what they mean. The answers are those of a small project; real servers are asked in test/servers.
import assert from 'node:assert/strict';
import { createAnswerCache, createServiceClient } from '../../../server/src/sources/flag-servers/client.ts';
import { unleashService } from '../../../server/src/sources/flag-servers/unleash.ts';
import { createNodeHttp } from '../../../server/src/sources/http/nodeHttp.ts';
import { type Handler, startLocalServer } from '../../support/localServer.ts';
import { describeService } from './contract.ts';
import { archived, details, environments, events, features, segments } from './unleashProject.ts';

const answers = {
  environments: { version: 1, environments },
  features,
  archived,
  details,
  segments: { segments },
  events,
};

/** The admin API, as far as it is asked. */
const emulator: Handler = ({ path, query }) => {
  if (path === '/api/admin/environments') return { body: answers.environments };
  if (path === '/api/admin/segments') return { body: answers.segments };
  if (path === '/api/admin/search/events') return { body: { events, total: events.length } };
  if (path === '/api/admin/search/features') {
    return page(query.get('archived') === 'IS:true' ? archived : features, query);
  }
  const name = /^\/api\/admin\/projects\/default\/features\/([^/]+)$/.exec(path)?.[1];
  return name !== undefined && Object.hasOwn(details, name)
    ? { body: details[name] }
    : { status: 404, body: { message: 'no such path' } };
};

/** As the real one does. */
function page(all: readonly unknown[], query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 50);
  const offset = Number(query.get('offset') ?? 0);
  return { body: { features: all.slice(offset, offset + (limit > 100 ? 50 : limit)), total: all.length } };
}

describeService({
  service: unleashService,
  answers,
  target: { project: null, environments: [] },
  emulator,
  keys: ['checkout', 'button-color', 'old-search', 'gone'],
});

describe("Unleash's flags", () => {
  const context = {
    url: 'https://unleash.test',
    project: null,
    environments: [],
    now: Date.parse('2026-06-01T00:00:00Z'),
  };
  const flags = unleashService.map(answers, context).flags ?? [];
  const flagOf = (key: string) => flags.find(flag => flag.key === key)!;

  it('have a state in every environment, in words', () => {
    assert.deepEqual(
      flagOf('checkout').environments.map(each => [each.environment, each.state, each.percentage, each.summary]),
      [
        ['development', 'targeted', null, 'on if old-search is on; else off'],
        [
          'production',
          'targeted',
          null,
          '28.8% by user id for segment staff if old-search is on and country is…; +4 more',
        ],
      ],
    );
  });

  it('tell what Unleash knows of them', () => {
    const { type, description, created, evaluated, lifecycle, tags, owner, url, prerequisites } = flagOf('checkout');
    assert.deepEqual(
      { type, description, created, evaluated, lifecycle, tags, owner, url, prerequisites },
      {
        type: 'release',
        description: 'The new checkout',
        created: '2026-03-01T10:00:00Z',
        evaluated: { time: '2026-05-30T08:00:00Z', source: 'unleash', asOf: '2026-06-01T00:00:00Z' },
        lifecycle: { stage: 'live', since: '2026-04-01T00:00:00Z' },
        tags: ['team:payments', 'q4'],
        owner: 'payments',
        url: 'https://unleash.test/projects/default/features/checkout',
        prerequisites: ['old-search'],
      },
    );
  });

  it('say which are marked stale, which are archived and which environment is production', () => {
    assert.equal(flagOf('old-search').markedStale, true);
    assert.equal(flagOf('gone').archived, true);
    assert.deepEqual(
      flagOf('checkout').environments.map(each => each.production),
      [false, true],
    );
  });

  it('have variants where there are any', () => {
    const flag = flagOf('button-color');
    assert.deepEqual(
      flag.variations.map(({ name, value }) => [name, value]),
      [
        ['blue', 'blue'],
        ['red', '#f00'],
      ],
    );
    assert.match(flag.environments[1]!.summary, /variants blue 50%, red 50%$/);
  });

  it('stand in the environments that the configuration names, in its order', () => {
    const asked = { ...context, environments: ['production', 'development'] };
    const flag = unleashService.map(answers, asked).flags?.find(each => each.key === 'checkout');
    assert.deepEqual(
      flag?.environments.map(each => each.environment),
      ['production', 'development'],
    );
  });

  it('are on for nobody knows whom where the rules may not be read', () => {
    const flag = unleashService.map({ ...answers, details: {} }, context).flags?.find(each => each.key === 'checkout');
    assert.equal(flag?.environments[1]?.state, 'unknown');
  });

  it('say who changed what users get, and how, as the log has it', () => {
    assert.deepEqual(flagOf('checkout').changed, {
      time: '2026-05-12T00:00:00Z',
      source: 'unleash',
      asOf: '2026-06-01T00:00:00Z',
      by: 'kim',
      what: 'strategy added: 5% by user id for segment #7; else off in production',
    });
  });

  it('are read to the last page', async () => {
    const many = Array.from({ length: 250 }, (_, at) => ({ ...features[0]!, name: `flag-${at}`, environments: [] }));
    const server = await startLocalServer((asked, response) =>
      asked.path === '/api/admin/search/features' && asked.query.get('archived') === null
        ? page(many, asked.query)
        : emulator(asked, response),
    );
    const target = { ...context, url: server.url };
    const http = createNodeHttp({ now: Date.now });
    const client = createServiceClient({ http, service: unleashService, target, token: 'x', known: null });
    const fetched = await unleashService.fetch(client, target);
    assert.equal((fetched.features as unknown[]).length, 250);
    await server.close();
  });

  it('are asked for again one by one only where something happened to them', async () => {
    let log: readonly unknown[] = events;
    const server = await startLocalServer((asked, response) =>
      asked.path === '/api/admin/search/events' ? { body: { events: log } } : emulator(asked, response),
    );
    const target = { ...context, url: server.url };
    const known = createAnswerCache();
    const http = createNodeHttp({ now: Date.now });
    const round = async (): Promise<readonly string[]> => {
      const before = server.asked.length;
      await unleashService.fetch(
        createServiceClient({ http, service: unleashService, target, token: 'x', known }),
        target,
      );
      known.sweep();
      return server.asked.slice(before).flatMap(({ path }) => /default\/features\/(.*)$/.exec(path)?.[1] ?? []);
    };
    assert.deepEqual([...(await round())].sort(), ['button-color', 'checkout', 'old-search']);
    assert.deepEqual(await round(), []);
    log = [
      { id: 30, type: 'feature-environment-disabled', featureName: 'old-search', createdAt: '2026-05-30T00:00:00Z' },
      ...events,
    ];
    assert.deepEqual(await round(), ['old-search']);
    assert.deepEqual(await round(), ['old-search'], 'once more: the log may be ahead of the flags');
    assert.deepEqual(await round(), []);
    await server.close();
  });
});

describe("Unleash's flags as they were", () => {
  const context = {
    url: 'https://unleash.test',
    project: null,
    environments: [],
    now: Date.parse('2026-06-01T00:00:00Z'),
  };
  const log = { entries: events, complete: true };
  const at = (time: string, key: string, given = log) => {
    const { answers: then, unknown } = unleashService.audit!.rewind!(answers, given, Date.parse(time));
    const flag = unleashService.map(then, context).flags?.find(each => each.key === key);
    const state = flag?.environments.find(each => each.environment === 'production');
    return { summary: state?.summary, archived: flag?.archived, unknown: unknown.get(key) };
  };

  it('are found by undoing the log', () => {
    assert.equal(
      at('2026-05-25T00:00:00Z', 'checkout').summary,
      '28.8% by user id for segment staff if old-search is on and country is…; +4 more',
    );
    assert.equal(
      at('2026-05-11T00:00:00Z', 'checkout').summary,
      '25% by user id if old-search is on and country is NO or SE; +2 more',
    );
    assert.equal(at('2026-05-05T00:00:00Z', 'checkout').summary, '10% by user id if old-search is on; else off');
    assert.equal(at('2026-04-25T00:00:00Z', 'checkout').summary, 'off for everyone');
    assert.equal(at('2026-05-11T00:00:00Z', 'old-search').summary, 'on for everyone');
  });

  it('are not there before they were created', () => {
    assert.deepEqual(at('2026-02-01T00:00:00Z', 'checkout'), {
      summary: undefined,
      archived: undefined,
      unknown: undefined,
    });
  });

  it('are unknown where the log does not say, with the reason', () => {
    assert.match(at('2025-12-01T00:00:00Z', 'gone').unknown!, /archived since/);
    assert.equal(at('2025-12-01T00:00:00Z', 'gone').archived, false);
    assert.match(at('2026-05-25T00:00:00Z', 'checkout', { ...log, complete: false }).unknown!, /does not reach back/);
  });

  it('leave what is now as it is', () => {
    const before = JSON.stringify(answers);
    at('2026-04-25T00:00:00Z', 'checkout');
    assert.equal(JSON.stringify(answers), before);
  });

  it('come with who, what and when', () => {
    const [first, second] = unleashService.audit!.entries(log, context);
    assert.deepEqual(second, {
      time: '2026-05-10T00:00:00Z',
      who: 'kim',
      what: '10% by user id → 25% by user id if country is NO or SE; else off',
      key: 'checkout',
      environment: 'production',
    });
    assert.equal(first?.what, 'strategy added: 5% by user id for segment #7; else off');
  });
});
