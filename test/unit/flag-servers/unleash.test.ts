// Unleash's answers and what they mean. The answers are those of a small project; real servers are asked in test/servers.
import assert from 'node:assert/strict';
import { unleashService } from '../../../server/src/sources/flag-servers/unleash.ts';
import type { Handler } from '../../support/localServer.ts';
import { describeService } from './contract.ts';
import { archived, environments, exported, features } from './unleashProject.ts';

const answers = {
  environments: { version: 1, environments },
  features,
  archived,
  exports: { development: exported('development'), production: exported('production') },
};

/** The admin API, as far as it is asked. */
const emulator: Handler = ({ method, path, query, body }) => {
  if (path === '/api/admin/environments') return { body: answers.environments };
  if (path === '/api/admin/search/events') return { body: { events: [{ id: 7 }], total: 7 } };
  if (path === '/api/admin/search/features') {
    const all = query.get('archived') === 'IS:true' ? archived : features;
    const limit = Number(query.get('limit') ?? 50);
    const offset = Number(query.get('offset') ?? 0);
    // As the real one does.
    const size = limit > 100 ? 50 : limit;
    return { body: { features: all.slice(offset, offset + size), total: all.length } };
  }
  if (method === 'POST' && path === '/api/admin/features-batch/export') {
    return { body: exported((body as { environment: string }).environment) };
  }
  return { status: 404, body: { message: 'no such path' } };
};

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
        ['production', 'targeted', null, '25% by user id if old-search is on and country is NO or SE; +2 more'],
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
    const flag = unleashService.map({ ...answers, exports: {} }, context).flags?.find(each => each.key === 'checkout');
    assert.equal(flag?.environments[1]?.state, 'unknown');
  });
});
