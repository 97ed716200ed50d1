// LaunchDarkly: no real one runs here. Its emulator is held to a description of ours, and to the vendor's where that is at hand.
import assert from 'node:assert/strict';
import { launchdarklyService } from '../../../server/src/sources/flag-servers/launchdarkly.ts';
import type { FlagAction } from '../../../server/src/sources/flag-servers/service.ts';
import { askedOf, clientOf, contextOf } from '../../services/asking.ts';
import type { JsonObject } from '../../services/description.ts';
import { emulate, startEmulator } from '../../services/emulator.ts';
import {
  environmentItem,
  environmentOf,
  flagOf,
  type LaunchdarklyState,
  launchdarkly,
  launchdarklyDescriptions,
} from '../../services/launchdarkly.ts';
import { describeService } from './contract.ts';

const audit: readonly JsonObject[] = Array.from({ length: 45 }, (_, at) => ({
  _links: {},
  _id: `entry-${at}`,
  _accountId: 'account',
  date: Date.UTC(2026, 1, 20) - at * 3_600_000,
  accesses: [{ action: 'updateOn', resource: 'proj/shop:env/production:flag/new-checkout' }],
  kind: 'flag',
  name: 'New checkout',
  description: '',
  shortDescription: '',
  titleVerb: 'turned on the flag',
  comment: 'After the load test',
  member: { _id: 'm1', email: 'ada@example.com', firstName: 'Ada', lastName: 'Berg' },
  target: { name: 'New checkout', resources: ['proj/shop:env/production:flag/new-checkout;payments'] },
}));

function shop(): LaunchdarklyState {
  const everywhere = (key: string, more: JsonObject) =>
    Object.fromEntries(['production', 'staging'].map(name => [name, environmentOf(name, key, more)]));
  return {
    environments: [environmentItem('staging', false), environmentItem('production', true)],
    flags: [
      flagOf(
        'new-checkout',
        {
          production: environmentOf('production', 'new-checkout', {
            fallthrough: {
              rollout: {
                variations: [
                  { variation: 0, weight: 25_000 },
                  { variation: 1, weight: 75_000 },
                ],
                contextKind: 'user',
              },
            },
            rules: [
              {
                _id: 'r1',
                variation: 0,
                clauses: [{ attribute: '', op: 'segmentMatch', values: ['staff'], negate: false, contextKind: 'user' }],
                trackEvents: false,
              },
              {
                _id: 'r2',
                variation: 1,
                disabled: true,
                clauses: [{ attribute: 'country', op: 'in', values: ['SE'], negate: false, contextKind: 'user' }],
                trackEvents: false,
              },
            ],
          }),
          staging: environmentOf('staging', 'new-checkout', { lastModified: Date.UTC(2026, 1, 1) }),
        },
        {
          name: 'New checkout',
          description: 'The checkout of one page',
          tags: ['payments'],
          _maintainerTeam: { key: 'team-payments', name: 'Team Payments' },
        },
      ),
      flagOf(
        'button-color',
        everywhere('button-color', {
          fallthrough: {
            rollout: {
              variations: [
                { variation: 0, weight: 50_000 },
                { variation: 1, weight: 50_000 },
              ],
              experimentAllocation: { defaultVariation: 0, canReshuffle: true },
            },
          },
          prerequisites: [{ key: 'new-checkout', variation: 0 }],
        }),
        {
          kind: 'multivariate',
          temporary: false,
          deprecated: true,
          variations: [{ value: 'red', name: 'Red' }, { value: 'blue' }],
          _maintainer: { _links: {}, _id: 'm1', role: 'writer', email: 'ada@example.com', firstName: 'Ada' },
        },
      ),
      flagOf('broken', everywhere('broken', { fallthrough: { variation: 7 } })),
      flagOf('gone', everywhere('gone', { on: false }), { archived: true, archivedDate: Date.UTC(2026, 0, 1) }),
    ],
    statuses: {
      production: [
        {
          name: 'active',
          lastRequested: '2026-03-01T08:30:00.5Z',
          default: false,
          _links: { parent: { href: '/api/v2/flags/shop/new-checkout', type: 'application/json' } },
        },
      ],
      staging: [
        {
          name: 'launched',
          lastRequested: '2026-02-01T08:30:00Z',
          _links: { parent: { href: '/api/v2/flags/shop/new-checkout', type: 'application/json' } },
        },
      ],
    },
    audit,
  };
}

const target = { project: 'shop', environments: ['production', 'staging'] };
const emulated = emulate(launchdarkly(shop()), launchdarklyDescriptions);
const answers: Record<string, unknown> = {};

describe('LaunchDarkly', () => {
  before(async () => Object.assign(answers, await askedOf(launchdarklyService, emulated, target)));

  describeService({
    service: launchdarklyService,
    answers,
    target,
    emulator: emulated.handler,
    keys: ['new-checkout', 'button-color', 'broken', 'gone'],
  });

  describe("LaunchDarkly's flags", () => {
    const context = contextOf({ ...target, url: 'https://app.launchdarkly.com' });
    const flags = () => launchdarklyService.map(answers, context).flags ?? [];
    const flagNamed = (key: string) => flags().find(flag => flag.key === key)!;

    it('have a state in every environment, in the order asked for', () => {
      assert.deepEqual(
        flagNamed('new-checkout').environments.map(each => [
          each.environment,
          each.production,
          each.state,
          each.percentage,
          each.summary,
          each.evaluated,
        ]),
        [
          ['production', true, 'partial', 25, '25% by user; 100% for segment staff', '2026-03-01T08:30:00.500Z'],
          ['staging', false, 'on', 100, 'on for everyone', '2026-02-01T08:30:00Z'],
        ],
      );
    });

    it('say who owns them, since when, and where they are', () => {
      const { name, description, owner, tags, created, changed, evaluated, lifecycle, fallback, url, kind, offValue } =
        flagNamed('new-checkout');
      assert.deepEqual(
        { name, description, owner, tags, created, changed, evaluated, lifecycle, fallback, url, kind, offValue },
        {
          name: 'New checkout',
          description: 'The checkout of one page',
          owner: 'Team Payments',
          tags: ['payments'],
          created: '2025-06-03T12:00:00Z',
          changed: {
            time: '2026-02-20T00:00:00Z',
            source: 'launchdarkly',
            asOf: '2026-03-02T10:12:00Z',
            by: 'Ada Berg',
            what: 'turned on: After the load test',
          },
          evaluated: { time: '2026-03-01T08:30:00.500Z', source: 'launchdarkly', asOf: '2026-03-02T10:12:00Z' },
          lifecycle: { stage: 'active', since: null },
          fallback: false,
          url: 'https://app.launchdarkly.com/shop/production/features/new-checkout',
          kind: 'boolean',
          offValue: false,
        },
      );
    });

    it('know experiments, prerequisites, permanence and deprecation', () => {
      const { type, prerequisites, lifetime, markedStale, variations, owner, kind } = flagNamed('button-color');
      assert.deepEqual(
        [type, prerequisites, lifetime, markedStale, variations.map(each => each.name), owner, kind],
        ['experiment', ['new-checkout'], 'none', true, ['Red', 'blue'], 'Ada', 'string'],
      );
    });

    it('have no state where the definition makes no sense', () => {
      assert.deepEqual(
        flagNamed('broken').environments.map(each => [each.state, each.percentage]),
        [
          ['unknown', null],
          ['unknown', null],
        ],
      );
    });

    it('are told apart when archived', () => {
      assert.deepEqual(
        flags()
          .filter(flag => flag.archived)
          .map(flag => flag.key),
        ['gone'],
      );
    });
  });

  describe("LaunchDarkly's requests", () => {
    it('page to the end and ask for nothing twice', async () => {
      const many = shop();
      for (let at = 0; at < 203; at++) many.flags.push(flagOf(`flag-${at}`, {}));
      const wide = emulate(launchdarkly(many), launchdarklyDescriptions);
      const asked = await askedOf(launchdarklyService, wide, { ...target, environments: [] });
      assert.equal((asked.flags as unknown[]).length, 206);
      assert.deepEqual(wide.requests, [
        'GET /api/v2/projects/shop/environments?limit=100&offset=0',
        'GET /api/v2/flags/shop?env=staging&env=production&summary=0&limit=100&offset=0',
        'GET /api/v2/flags/shop?env=staging&env=production&summary=0&limit=100&offset=100',
        'GET /api/v2/flags/shop?env=staging&env=production&summary=0&limit=100&offset=200',
        'GET /api/v2/flags/shop?env=staging&env=production&summary=0&limit=100&offset=0&filter=state%3Aarchived',
        'GET /api/v2/flag-statuses/shop/staging',
        'GET /api/v2/flag-statuses/shop/production',
        'GET /api/v2/auditlog?spec=proj%2Fshop%3Aenv%2F*%3Aflag%2F*&limit=20',
      ]);
      assert.deepEqual(wide.faults, []);
    });

    it('keep to the descriptions', () => assert.deepEqual(emulated.faults, []));
  });

  describe("LaunchDarkly's log", () => {
    it('is read back to a time, and says who did what where', async () => {
      const emulator = await startEmulator(launchdarkly(shop()), launchdarklyDescriptions);
      try {
        const here = { ...target, url: emulator.url };
        const client = clientOf(launchdarklyService, here);
        const log = await launchdarklyService.audit!.fetch(client, here, {
          key: 'new-checkout',
          since: Date.UTC(2026, 0, 1),
        });
        assert.equal(log.complete, true);
        const entries = launchdarklyService.audit!.entries(log, contextOf(here));
        assert.equal(entries.length, 45);
        assert.deepEqual(entries[0], {
          time: '2026-02-20T00:00:00Z',
          who: 'Ada Berg',
          what: 'turned on: After the load test',
          key: 'new-checkout',
          environment: 'production',
        });
        assert.equal(await launchdarklyService.probe!(client, here), 'entry-0');
        assert.deepEqual(emulator.faults, []);
      } finally {
        await emulator.close();
      }
    });
  });

  describe("LaunchDarkly's actions", () => {
    const cases: readonly [FlagAction, FlagAction | null, (flag: JsonObject) => unknown, unknown][] = [
      [
        { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'off' },
        { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'on' },
        flag => (flag.environments as { production: JsonObject }).production.on,
        false,
      ],
      [
        { kind: 'percentage', key: 'new-checkout', environment: 'production', percentage: 50 },
        { kind: 'percentage', key: 'new-checkout', environment: 'production', percentage: 25 },
        flag => (flag.environments as { production: JsonObject }).production.fallthrough,
        {
          rollout: {
            variations: [
              { variation: 0, weight: 50_000 },
              { variation: 1, weight: 50_000 },
            ],
            contextKind: 'user',
          },
        },
      ],
      [
        { kind: 'mark-stale', key: 'new-checkout' },
        { kind: 'unmark-stale', key: 'new-checkout' },
        flag => flag.deprecated,
        true,
      ],
      [{ kind: 'archive', key: 'new-checkout' }, { kind: 'revive', key: 'new-checkout' }, flag => flag.archived, true],
      [
        { kind: 'create', key: 'brand-new', type: 'release', description: 'From code' },
        { kind: 'archive', key: 'brand-new' },
        flag => [flag.description, flag.temporary, flag.variations],
        ['From code', true, [{ value: true }, { value: false }]],
      ],
    ];
    for (const [action, undo, read, expected] of cases) {
      it(`${action.kind}, as the description asks, with what undoes it`, async () => {
        const state = shop();
        const emulator = await startEmulator(launchdarkly(state), launchdarklyDescriptions);
        const here = { ...target, url: emulator.url };
        try {
          const client = clientOf(launchdarklyService, here);
          const done = await launchdarklyService.actions!.perform(client, here, action);
          assert.deepEqual(done.undo, undo);
          assert.deepEqual(read(state.flags.find(flag => flag.key === action.key)!), expected);
          assert.deepEqual(emulator.faults, []);
        } finally {
          await emulator.close();
        }
      });
    }

    it('set no percentage where more than two variations share the users', async () => {
      const state = shop();
      state.flags.push(
        flagOf(
          'three',
          { production: environmentOf('production', 'three', {}) },
          {
            kind: 'multivariate',
            variations: [{ value: 1 }, { value: 2 }, { value: 3 }],
          },
        ),
      );
      const emulator = await startEmulator(launchdarkly(state), launchdarklyDescriptions);
      const here = { ...target, url: emulator.url };
      const action = { kind: 'percentage', key: 'three', environment: 'production', percentage: 50 } as const;
      try {
        await assert.rejects(launchdarklyService.actions!.perform(clientOf(launchdarklyService, here), here, action));
        assert.deepEqual(
          emulator.requests.filter(each => !each.startsWith('GET')),
          [],
        );
      } finally {
        await emulator.close();
      }
    });
  });
});
