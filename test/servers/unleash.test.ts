// Our reading of Unleash against real servers, 7.4 and 8.2, on a real PostgreSQL, with the least token there is.
import assert from 'node:assert/strict';
import { decodeConfig } from '../../server/src/core/config.ts';
import type { Flag } from '../../server/src/core/model.ts';
import type { AnswerCache } from '../../server/src/sources/flag-servers/client.ts';
import { createAnswerCache, createServiceClient } from '../../server/src/sources/flag-servers/client.ts';
import { servedAt } from '../../server/src/sources/flag-servers/servedAt.ts';
import { unleashService } from '../../server/src/sources/flag-servers/unleash.ts';
import { RequestFailed } from '../../server/src/sources/http/http.ts';
import { createNodeHttp } from '../../server/src/sources/http/nodeHttp.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startUnleash, type Unleash, VERSIONS, type Version } from './support/unleash.ts';
import { closeAll } from './support/within.ts';

const FEATURES = '/api/admin/projects/default/features';
const http = createNodeHttp({ now: Date.now });

describe('a real Unleash', () => {
  let postgres: Postgres;

  before(async function () {
    this.timeout(120_000);
    postgres = await startPostgres();
  });

  after(() => closeAll(...[postgres].filter(each => each)));

  for (const version of Object.keys(VERSIONS) as Version[]) {
    describe(version, function () {
      this.timeout(60_000);
      let unleash: Unleash;
      /** Answers of earlier rounds, as a running program has them. */
      let known: AnswerCache;

      before(async () => {
        unleash = await startUnleash(postgres, version, { SEARCH_FEATURES_RATE_LIMIT_PER_MINUTE: '1000' });
        known = createAnswerCache();
        await fill(unleash);
      });

      after(() => closeAll(...[unleash].filter(each => each)));

      const targetOf = (environments: readonly string[] = []) => ({ url: unleash.url, project: null, environments });
      const clientWith = (token: string, cache: AnswerCache | null = null) =>
        createServiceClient({ http, service: unleashService, target: targetOf(), token, known: cache });
      const read = async (token = unleash.viewer, environments: readonly string[] = []): Promise<readonly Flag[]> => {
        const target = targetOf(environments);
        const client = clientWith(token);
        const { flags, problem, notices } = unleashService.map(await unleashService.fetch(client, target), {
          ...target,
          now: Date.now(),
        });
        assert.equal(problem, null);
        assert.deepEqual(notices, []);
        assert.deepEqual([...client.gaps], [], 'a Viewer may read all of it');
        return flags!;
      };
      const flag = async (key: string): Promise<Flag> => (await read()).find(each => each.key === key)!;
      const stateOf = (of: Flag, environment: string) =>
        of.environments.find(each => each.environment === environment)!;

      it('tells strategies, variants, segments and prerequisites of every environment, in words', async () => {
        const checkout = await flag('checkout');
        assert.equal(stateOf(checkout, 'production').summary, '25% by user id if country is NO or SE; else off');
        assert.equal(stateOf(checkout, 'development').summary, 'on for everyone');
        assert.equal(stateOf(checkout, 'production').production, true);
        assert.equal(stateOf(checkout, 'development').production, false);
        assert.equal(checkout.type, 'release');
        assert.equal(checkout.description, 'The new checkout');
        assert.equal(checkout.owner, 'payments');
        assert.equal(checkout.url, `${unleash.url}/projects/default/features/checkout`);
        assert.ok(Date.now() - Date.parse(checkout.created!) < 600_000);
        assert.match(stateOf(await flag('color'), 'production').summary, /variants blue 50%, red 50%/);
        assert.equal(stateOf(await flag('beta'), 'production').summary, 'on for segment staff; else off');
        assert.deepEqual((await flag('child')).prerequisites, ['checkout']);
        assert.equal(stateOf(await flag('off'), 'production').state, 'off');
      });

      it('keeps to the environments that the configuration names, in its order', async () => {
        const flags = await read(unleash.viewer, ['production', 'development']);
        assert.deepEqual(
          flags[0]!.environments.map(each => each.environment),
          ['production', 'development'],
        );
        const one = await read(unleash.viewer, ['production']);
        assert.deepEqual(
          [...new Set(one.flatMap(each => each.environments.map(({ environment }) => environment)))],
          ['production'],
        );
      });

      it('says which flags are marked stale and which are archived', async () => {
        assert.equal((await flag('old')).markedStale, true);
        assert.equal((await flag('gone')).archived, true);
        assert.equal((await flag('checkout')).archived, false);
      });

      it('says where in its life a flag is', async () => {
        // The server enters stages a moment after the event.
        await eventually(async () => (await flag('checkout')).lifecycle !== undefined);
        const { lifecycle } = await flag('checkout');
        assert.match(lifecycle!.stage, /^(?:initial|pre-live)$/);
        assert.ok(lifecycle!.since !== null);
      });

      it('says who changed what, and when', async () => {
        const { changed } = await flag('checkout');
        assert.equal(changed?.by, 'admin');
        assert.equal(changed?.what, 'turned on in production');
        assert.ok(Date.now() - Date.parse(changed!.time) < 600_000);
        const log = await unleashService.audit!.fetch(clientWith(unleash.viewer), targetOf(), {
          key: 'checkout',
          since: 0,
        });
        assert.equal(log.complete, true);
        const words = unleashService.audit!.entries(log, { ...targetOf(), now: Date.now() }).map(entry => entry.what);
        assert.deepEqual(words.slice(-2), [
          'strategy added: 10% by user id if country is NO or SE; else off',
          'created',
        ]);
        assert.ok(
          words.includes(
            '10% by user id if country is NO or SE; else off → 25% by user id if country is NO or SE; else off',
          ),
        );
      });

      it('knows flags as they were', async () => {
        const target = targetOf();
        const client = clientWith(unleash.viewer);
        const before = Date.now();
        await unleash.call('POST', `${FEATURES}/checkout/environments/production/off`);
        await unleash.call('POST', FEATURES, { name: 'later', type: 'release' });
        const answers = await unleashService.fetch(client, target);
        const log = await unleashService.audit!.fetch(client, target, { key: null, since: before });
        const then = unleashService.audit!.rewind!(answers, log, before);
        const flags = unleashService.map(then.answers, { ...target, now: Date.now() }).flags!;
        const checkout = flags.find(each => each.key === 'checkout')!;
        assert.equal(stateOf(checkout, 'production').summary, '25% by user id if country is NO or SE; else off');
        assert.equal(stateOf(await flag('checkout'), 'production').state, 'off');
        assert.equal(
          flags.some(each => each.key === 'later'),
          false,
        );
        assert.equal(then.unknown.size, 0);
        await unleash.call('POST', `${FEATURES}/checkout/environments/production/on`);
      });

      it('knows what was archived, brought back, deleted and emptied since, and what was not there yet', async () => {
        const environment = (name: string) => `${FEATURES}/${name}/environments/production`;
        const beforeAll = await momentPassed();
        for (const name of ['ends', 'returns', 'vanishes', 'emptied']) {
          await unleash.call('POST', FEATURES, { name, type: 'release' });
          await unleash.call('POST', `${environment(name)}/strategies`, {
            name: 'flexibleRollout',
            parameters: { groupId: name, rollout: '30', stickiness: 'default' },
            constraints: [],
          });
          await unleash.call('POST', `${environment(name)}/on`);
        }
        const between = await momentPassed();
        for (const name of ['ends', 'returns', 'vanishes']) await unleash.call('DELETE', `${FEATURES}/${name}`);
        const project = FEATURES.replace('/features', '');
        await unleash.call('POST', `${project}/revive`, { features: ['returns'] });
        await unleash.call('DELETE', '/api/admin/archive/vanishes');
        const detail = (await unleash.call('GET', `${FEATURES}/emptied`)) as {
          environments: { name: string; strategies: { id: string }[] }[];
        };
        const { id } = detail.environments.find(each => each.name === 'production')!.strategies[0]!;
        await unleash.call('POST', `${environment('emptied')}/off`);
        await unleash.call('DELETE', `${environment('emptied')}/strategies/${id}`);
        const after = await momentPassed();

        const at = async (time: number) => {
          const http = createNodeHttp({ now: Date.now });
          const system = { kind: 'unleash', url: unleash.url };
          const { config } = decodeConfig(JSON.stringify({ flagSystems: [system] }), 'flagbook.json');
          const { definitions, gaps } = await servedAt(config, time, http, async () => unleash.viewer);
          assert.deepEqual(gaps, []);
          return new Map(definitions.map(each => [each.key, each]));
        };
        const keys = ['ends', 'returns', 'vanishes', 'emptied'];
        const told = (known: Awaited<ReturnType<typeof at>>) =>
          keys.map(key => {
            const found = known.get(key);
            const production = found?.environments.find(each => each.environment === 'production');
            return `${key}: ${found === undefined ? 'not there' : (found.unknown ?? production?.summary)}`;
          });
        assert.deepEqual(
          told(await at(beforeAll)),
          keys.map(key => `${key}: not there`),
        );
        assert.deepEqual(told(await at(between)), [
          'ends: it was archived since, and Unleash does not show the rules of archived flags',
          'returns: it was archived since, and Unleash does not show the rules of archived flags',
          'vanishes: it was deleted since, and Unleash knows nothing more of it',
          'emptied: 30% by user id',
        ]);
        const now = await at(after);
        assert.equal(now.get('ends')!.archived, true);
        assert.equal(now.get('returns')!.archived, false);
        assert.equal(now.has('vanishes'), false);
        assert.match(told(now)[3]!, /^emptied: off/);
        assert.equal((await at(Date.parse('0001-01-01'))).size, 0);
      });

      it('says when a flag was last evaluated', async function () {
        this.timeout(120_000);
        await unleash.evaluated('checkout', 7, 3);
        // The server writes this down once a minute.
        await eventually(async () => (await flag('checkout')).evaluated !== undefined, 100_000);
        const checkout = await flag('checkout');
        assert.ok(Date.now() - Date.parse(checkout.evaluated!.time) < 180_000);
        assert.ok(stateOf(checkout, 'development').evaluated !== undefined);
        assert.equal(stateOf(checkout, 'production').evaluated, undefined);
      });

      it('is read to the last page, although it gives 50 where 101 are asked for', async () => {
        const names = Array.from({ length: 130 }, (_, at) => `many-${String(at).padStart(3, '0')}`);
        for (const name of names) await unleash.call('POST', FEATURES, { name, type: 'operational' });
        const trap = (await clientWith(unleash.viewer).get('/api/admin/search/features', { limit: 101 })) as {
          features: readonly unknown[];
        };
        assert.equal(trap.features.length, 50, 'the trap is there');
        const keys = new Set((await read()).map(each => each.key));
        assert.deepEqual(
          names.filter(name => !keys.has(name)),
          [],
        );
      });

      it('is asked conditionally, changes nothing by being asked, and tells by one question that nothing changed', async () => {
        const target = targetOf();
        const round = async () => {
          const client = clientWith(unleash.viewer, known);
          const mark = await unleashService.probe!(client, target);
          await unleashService.fetch(client, target);
          known.sweep();
          return { mark, isChanged: client.isChanged() };
        };
        let first = await round();
        let second = await round();
        // A while after metrics came in, the server writes down by itself when flags were last evaluated.
        for (let more = 0; second.isChanged && more < 4; more++) [first, second] = [second, await round()];
        assert.equal(second.mark, first.mark, 'being read is no event');
        assert.equal(second.isChanged, false, 'every answer was 304 or not asked for');
        await unleash.call('POST', `${FEATURES}/beta/environments/development/on`);
        const third = await round();
        assert.notEqual(third.mark, second.mark);
        assert.equal(third.isChanged, true);
      });

      it('does not take a wrong token', async () => {
        await assert.rejects(unleashService.fetch(clientWith('wrong'), targetOf()), error => {
          assert.ok(error instanceof RequestFailed);
          return error.failure.kind === 'unauthorized';
        });
      });
    });
  }

  it('8.2 wants a pause after 15 questions a minute, in plain text, and says until when', async function () {
    this.timeout(120_000);
    const unleash = await startUnleash(postgres, '8.2');
    try {
      const target = { url: unleash.url, project: null, environments: [] };
      const client = createServiceClient({ http, service: unleashService, target, token: unleash.viewer, known: null });
      const asking = async () => {
        for (let at = 0; at < 20; at++) await client.get('/api/admin/search/features', { limit: 1 });
      };
      await assert.rejects(asking(), error => {
        assert.ok(error instanceof RequestFailed && error.failure.kind === 'rate-limited');
        const wait = error.failure.retryAt! - Date.now();
        return wait > 0 && wait <= 61_000;
      });
    } finally {
      await unleash.close();
    }
  });
});

/** A project with one flag of every sort. */
async function fill({ call }: Unleash): Promise<void> {
  const make = async (name: string, type: string, more: object = {}) => call('POST', FEATURES, { name, type, ...more });
  const strategy = (name: string, environment: string, body: object) =>
    call('POST', `${FEATURES}/${name}/environments/${environment}/strategies`, body) as Promise<{ id: string }>;
  const on = (name: string, environment: string) => call('POST', `${FEATURES}/${name}/environments/${environment}/on`);
  const rollout = (groupId: string, percentage: string, more: object = {}) => ({
    name: 'flexibleRollout',
    parameters: { groupId, rollout: percentage, stickiness: 'default' },
    constraints: [],
    ...more,
  });
  const country = {
    contextName: 'country',
    operator: 'IN',
    values: ['NO', 'SE'],
    inverted: false,
    caseInsensitive: false,
  };

  await make('checkout', 'release', { description: 'The new checkout' });
  const { id } = await strategy('checkout', 'production', rollout('checkout', '10', { constraints: [country] }));
  await call(
    'PUT',
    `${FEATURES}/checkout/environments/production/strategies/${id}`,
    rollout('checkout', '25', { constraints: [country] }),
  );
  await strategy('checkout', 'development', rollout('checkout', '100'));
  await on('checkout', 'development');
  await on('checkout', 'production');
  await call('POST', '/api/admin/tag-types', { name: 'team', description: 'Owning team', icon: '#' });
  await call('POST', '/api/admin/features/checkout/tags', { type: 'team', value: 'payments' });

  await make('color', 'experiment');
  const variants = ['blue', 'red'].map(name => ({ name, weight: 500, weightType: 'variable', stickiness: 'userId' }));
  await strategy('color', 'production', rollout('color', '100', { variants }));
  await on('color', 'production');

  const segment = (await call('POST', '/api/admin/segments', {
    name: 'staff',
    constraints: [{ contextName: 'email', operator: 'STR_ENDS_WITH', values: ['@shop.test'], inverted: false }],
  })) as { id: number };
  await make('beta', 'permission');
  await strategy('beta', 'production', rollout('beta', '100', { segments: [segment.id] }));
  await on('beta', 'production');

  await make('child', 'release');
  await strategy('child', 'production', rollout('child', '100'));
  await on('child', 'production');
  await call('POST', `${FEATURES}/child/dependencies`, { feature: 'checkout' });

  await make('off', 'kill-switch');
  await make('old', 'release');
  await call('POST', `${FEATURES.replace('/features', '')}/stale`, { features: ['old'], stale: true });
  await make('gone', 'release');
  await call('DELETE', `${FEATURES}/gone`);
}

/** Resolves when it is so; rejects when it is not after `limit` milliseconds. */
async function eventually(isSo: () => Promise<boolean>, limit = 20_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'it did not come in time');
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

/** Now, told when it is over: what happens next has a later time. */
async function momentPassed(): Promise<number> {
  const moment = Date.now();
  while (Date.now() === moment) await new Promise(resolve => setImmediate(resolve));
  return moment;
}
