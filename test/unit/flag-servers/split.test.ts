// Split (Harness FME): no real one runs here, and its vendor publishes no description. Its emulator is held to one of ours.
import assert from 'node:assert/strict';
import { splitService } from '../../../server/src/sources/flag-servers/split.ts';
import { clientOf, contextOf } from '../../services/asking.ts';
import { startEmulator } from '../../services/emulator.ts';
import { definitionOf, split, splitDescriptions, splitOf } from '../../services/split.ts';
import { describeEmulated } from './emulated.ts';

const all = (treatment: string) => [{ treatment, size: 100 }];
const when = (...matchers: readonly { readonly type: string }[]) => ({ combiner: 'AND', matchers });
const splits = [
  splitOf('new-checkout', {
    description: 'One page',
    tags: [{ name: 'payments' }],
    rolloutStatus: { id: 's', name: 'Ramping' },
    rolloutStatusTimestamp: Date.UTC(2026, 0, 5),
    owners: [
      { id: 'id-Bo Lund', type: 'user' },
      { id: 'g1', type: 'group' },
      { id: 'nobody', type: 'user' },
    ],
  }),
  splitOf('killed'),
  splitOf('odd'),
  splitOf('nowhere'),
];
const definitions = {
  Production: [
    definitionOf(
      'new-checkout',
      [
        { treatment: 'on', size: 50 },
        { treatment: 'off', size: 50 },
      ],
      {
        trafficAllocation: 50,
        treatments: [{ name: 'on', keys: ['ada', 'bo'], segments: ['staff'] }, { name: 'off' }],
        rules: [
          {
            buckets: all('off'),
            condition: when(
              { type: 'IN_LIST_STRING', attribute: 'country', strings: ['SE', 'NO'] } as never,
              { type: 'IN_SPLIT', depends: { splitName: 'base', treatment: 'on' } } as never,
            ),
          },
        ],
        lastTrafficReceivedAt: Date.UTC(2026, 2, 1, 8),
      },
    ),
    definitionOf('killed', all('on'), { killed: true }),
    definitionOf(
      'odd',
      [
        { treatment: 'on', size: 30 },
        { treatment: 'off', size: 70 },
      ],
      {
        rules: [{ buckets: all('on'), condition: when({ type: 'SOUNDS_LIKE' }) }],
      },
    ),
  ],
  Staging: [definitionOf('new-checkout', all('on'), { lastUpdateTime: Date.UTC(2026, 1, 20, 8) })],
};

describeEmulated(
  {
    service: splitService,
    target: { project: 'ws1', environments: [] },
    url: 'https://api.split.io',
    start: () => split(splits, definitions),
    startMany: () => split([...splits, ...Array.from({ length: 50 }, (_, at) => splitOf(`flag-${at}`))], definitions),
    descriptions: splitDescriptions,
    keys: ['new-checkout', 'killed', 'odd', 'nowhere'],
    requests: [
      'GET /internal/api/v2/environments/ws/ws1',
      'GET /internal/api/v2/splits/ws/ws1?limit=50&offset=0',
      'GET /internal/api/v2/splits/ws/ws1?limit=50&offset=50',
      'GET /internal/api/v2/splits/ws/ws1/environments/id-Production?limit=50&offset=0',
      'GET /internal/api/v2/splits/ws/ws1/environments/id-Staging?limit=50&offset=0',
      'GET /internal/api/v2/users?limit=200&status=ACTIVE',
      'GET /internal/api/v2/users?limit=200&status=ACTIVE&after=1',
      'GET /internal/api/v2/groups?limit=200&offset=0',
    ],
  },
  ({ flag, states }) => {
    it('names owners, and reads the rest with a key that may not see them', async () => {
      assert.equal(flag('new-checkout').owner, 'Bo Lund, Payments');
      assert.equal(flag('killed').owner, null);
      const emulator = await startEmulator(split(splits, definitions, null), splitDescriptions);
      const here = { project: 'ws1', environments: [], url: emulator.url };
      const client = clientOf(splitService, here);
      const { flags } = splitService.map(await splitService.fetch(client, here), contextOf(here));
      await emulator.close();
      assert.deepEqual([...client.gaps], ['names of owners']);
      assert.deepEqual([flags!.length, flags![0]!.owner], [splits.length, 'Payments']);
    });

    it('has a state where a flag is configured, traffic that is not let in included', () => {
      assert.deepEqual(flag('new-checkout').environments[0]!.clauses, [
        'on 25%, off 75% by user',
        'on for 2 users',
        'on for segment staff',
        'off if country is SE or NO and base is on',
      ]);
      assert.deepEqual(
        states('new-checkout').map(each => each.slice(0, 3)),
        [
          ['Production', 'partial', null],
          ['Staging', 'on', 100],
        ],
      );
      assert.deepEqual(states('killed'), [['Production', 'off', 0, 'off for everyone']]);
      assert.deepEqual(states('odd'), [
        ['Production', 'partial', 30, 'on 30%, off 70% by user; on if a custom rule applies'],
      ]);
      assert.deepEqual(states('nowhere'), []);
    });

    it('knows dates, traffic, lifecycle and what a flag depends on', () => {
      const { description, tags, created, changed, evaluated, lifecycle, prerequisites, environments } =
        flag('new-checkout');
      assert.deepEqual(
        [
          description,
          tags,
          created,
          changed?.time,
          evaluated?.time,
          lifecycle,
          prerequisites,
          environments[0]!.production,
        ],
        [
          'One page',
          ['payments'],
          '2025-11-03T08:00:00Z',
          '2026-02-20T08:00:00Z',
          '2026-03-01T08:00:00Z',
          { stage: 'Ramping', since: '2026-01-05T00:00:00Z' },
          ['base'],
          true,
        ],
      );
    });
  },
  [
    {
      action: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'on' },
      sends: ['PUT /internal/api/v2/splits/ws/ws1/new-checkout/environments/id-Production/kill', undefined],
    },
    {
      action: { kind: 'turn', key: 'killed', environment: 'Production', to: 'on' },
      undo: { kind: 'turn', key: 'killed', environment: 'Production', to: 'off' },
      sends: ['PUT /internal/api/v2/splits/ws/ws1/killed/environments/id-Production/restore', undefined],
    },
    { action: { kind: 'turn', key: 'killed', environment: 'nowhere', to: 'on' } },
    { action: { kind: 'archive', key: 'killed' } },
  ],
);
