// Statsig: no real one runs here. Its emulator is held to a description of ours, and to the vendor's where that is at hand.
import assert from 'node:assert/strict';
import { statsigService } from '../../../server/src/sources/flag-servers/statsig.ts';
import { contextOf } from '../../services/asking.ts';
import { dynamicConfigOf, experimentOf, gateOf, statsig, statsigDescriptions } from '../../services/statsig.ts';
import { describeEmulated } from './emulated.ts';

const everyone = { type: 'public' };
const gates = [
  gateOf(
    'new_checkout',
    [
      {
        id: 'r1',
        name: 'Staff',
        passPercentage: 100,
        conditions: [{ type: 'passes_segment', targetValue: ['staff'] }],
      },
      {
        id: 'r2',
        name: 'Test',
        passPercentage: 100,
        conditions: [{ type: 'environment_tier', operator: 'any', targetValue: ['staging'] }],
      },
      {
        id: 'r3',
        name: 'Nordic',
        passPercentage: 50,
        conditions: [
          { type: 'country', operator: 'any', targetValue: ['SE'] },
          { type: 'passes_gate', targetValue: ['base'] },
        ],
      },
      { id: 'r4', name: 'Everyone', passPercentage: 10, conditions: [everyone], environments: ['production'] },
    ],
    { description: 'One page', tags: ['payments'], owner: { ownerName: 'Team Payments' } },
  ),
  gateOf(
    'slow',
    [{ id: 's1', name: 'Everyone', passPercentage: 25, conditions: [everyone], environments: ['production'] }],
    {
      type: 'STALE',
      typeReason: 'STALE_ALL_TRUE',
      team: 'Search',
    },
  ),
  gateOf('forever', [{ id: 'f1', name: 'Everyone', passPercentage: 100, conditions: [everyone], environments: null }], {
    type: 'PERMANENT',
    status: 'Launched',
  }),
  gateOf('stopped', [], { isEnabled: false, status: 'Disabled' }),
  gateOf('gone', [], { status: 'Archived' }),
  gateOf('model', [], { type: 'TEMPLATE', isTemplate: true }),
];
const many = Array.from({ length: 100 }, (_, at) => gateOf(`gate-${at}`, []));
const log = [
  {
    id: 'a2',
    name: 'new_checkout',
    changeLog: 'Updated rollout',
    actionType: 'gate_update_rules',
    date: 'Tue Feb 10 2026',
    time: '08:00:00 GMT+0000 (Coordinated Universal Time)',
    updatedBy: 'Ada Berg',
    updatedByUserID: 'u1',
    modifierEmail: 'ada@example.com',
    changes: {},
    tags: [],
  },
];

const configs = [
  dynamicConfigOf(
    'limits',
    [
      {
        id: 'c1',
        name: 'Big',
        passPercentage: 100,
        conditions: [{ type: 'passes_gate', targetValue: ['base'] }],
        returnValue: { most: 100 },
      },
      {
        id: 'c2',
        name: 'Everyone',
        passPercentage: 50,
        conditions: [everyone],
        returnValue: { most: 20 },
        environments: ['production'],
      },
    ],
    { defaultValue: { most: 10 }, owner: { ownerName: 'Ada Berg' } },
  ),
  dynamicConfigOf('stopped_config', [], { defaultValue: { a: 1 }, isEnabled: false, status: 'Disabled' }),
  dynamicConfigOf(
    'variants',
    [
      {
        name: 'All',
        passPercentage: 100,
        conditions: [everyone],
        variants: [
          { name: 'A', passPercentage: 30, returnValue: { v: 'a' } },
          { name: 'B', passPercentage: 70, returnValue: { v: 'b' } },
        ],
      },
    ],
    { defaultValue: {}, status: 'Archived' },
  ),
];
const experiments = [
  experimentOf('colors', 'active', { allocation: 40, targetingGateID: 'base' }),
  experimentOf('shipped', 'decision_made', { launchedGroupID: 'g2', decisionTime: Date.UTC(2026, 1, 20) }),
  experimentOf('planned', 'setup', { startTime: null }),
  experimentOf('ended', 'assignment_stopped'),
  experimentOf('old_one', 'archived'),
];

describeEmulated(
  {
    service: statsigService,
    target: { project: null, environments: [] },
    url: 'https://statsigapi.net',
    start: () => statsig(gates, log, { configs, experiments }),
    startMany: () => statsig([...gates, ...many], log, { configs, experiments }),
    descriptions: statsigDescriptions,
    keys: [...gates, ...configs, ...experiments].map(each => String(each.id)).filter(id => id !== 'model'),
    requests: [
      'GET /console/v1/environments',
      'GET /console/v1/project',
      'GET /console/v1/gates?limit=100&page=1',
      'GET /console/v1/gates?limit=100&page=2',
      'GET /console/v1/dynamic_configs?limit=100&page=1',
      'GET /console/v1/experiments?limit=100&page=1',
      'GET /console/v1/audit_logs?limit=100&page=1',
    ],
  },
  ({ flag, states, asking }) => {
    it('has a state in every environment, from the rules that are for it', () => {
      assert.deepEqual(states('new_checkout'), [
        ['production', 'partial', 10, '10% by user id; 100% for segment staff; +1 more'],
        ['staging', 'on', 100, 'on for everyone'],
      ]);
      assert.deepEqual(states('slow'), [
        ['production', 'partial', 25, '25% by user id'],
        ['staging', 'off', 0, 'off for everyone'],
      ]);
      assert.deepEqual(
        states('forever').map(each => each[1]),
        ['on', 'on'],
      );
      assert.deepEqual(
        states('stopped').map(each => each[1]),
        ['off', 'off'],
      );
      assert.deepEqual(
        flag('slow').environments.map(each => each.production),
        [true, false],
      );
    });

    it('knows owner, dates, who changed it, prerequisites, lifecycle and the page', () => {
      const { owner, created, changed, prerequisites, lifecycle, url, description } = flag('new_checkout');
      assert.deepEqual(
        [owner, created, prerequisites, lifecycle, url, description],
        [
          'Team Payments',
          '2025-11-03T08:00:00Z',
          ['base'],
          { stage: 'In Progress', since: null },
          'https://console.statsig.com/p123/gates/new_checkout',
          'One page',
        ],
      );
      assert.deepEqual(changed, {
        time: '2026-02-10T08:00:00Z',
        source: 'statsig',
        asOf: '2026-03-02T10:12:00Z',
        by: 'Ada Berg',
        what: 'Updated rollout',
      });
      assert.deepEqual(
        [flag('slow').markedStale, flag('slow').owner, flag('forever').lifetime, flag('gone').archived],
        [true, 'Search', 'none', true],
      );
    });

    it('reads dynamic configs by what their rules return', () => {
      assert.deepEqual(states('limits'), [
        ['production', 'partial', null, 'Everyone 50%, default 50% by user id; Big if base is on'],
        ['staging', 'targeted', null, 'Big if base is on; else default'],
      ]);
      assert.deepEqual(states('stopped_config'), [
        ['production', 'off', 0, 'off: everyone gets default'],
        ['staging', 'off', 0, 'off: everyone gets default'],
      ]);
      assert.deepEqual(states('variants'), [
        ['production', 'partial', null, 'A 30%, B 70% by user id'],
        ['staging', 'partial', null, 'A 30%, B 70% by user id'],
      ]);
      const { kind, prerequisites, owner, url, changed, variations } = flag('limits');
      assert.deepEqual(
        [kind, prerequisites, owner, url, changed?.by, variations.map(each => each.value)],
        [
          'object',
          ['base'],
          'Ada Berg',
          'https://console.statsig.com/p123/dynamic_configs/limits',
          'Ada Berg',
          [{ most: 10 }, { most: 100 }, { most: 20 }],
        ],
      );
      assert.equal(flag('variants').archived, true);
    });

    it('reads experiments by their status, groups and allocation', () => {
      assert.deepEqual(states('colors'), [
        [
          'production',
          'targeted',
          null,
          "Control 20%, Test 20%, the code's fallback 60% by user id if base is on; +1 more",
        ],
        [
          'staging',
          'targeted',
          null,
          "Control 20%, Test 20%, the code's fallback 60% by user id if base is on; +1 more",
        ],
      ]);
      assert.deepEqual(states('shipped'), [
        ['production', 'on', 100, 'Test for everyone'],
        ['staging', 'on', 100, 'Test for everyone'],
      ]);
      assert.deepEqual(states('planned'), [
        ['production', 'off', 0, "off: the code's fallback is served"],
        ['staging', 'unknown', null, 'not started, may be on for tests'],
      ]);
      assert.deepEqual(states('ended'), [
        ['production', 'partial', null, 'stopped, those who had a group may keep it'],
        ['staging', 'partial', null, 'stopped, those who had a group may keep it'],
      ]);
      assert.deepEqual(states('old_one'), [
        ['production', 'off', 0, "off: the code's fallback is served"],
        ['staging', 'off', 0, "off: the code's fallback is served"],
      ]);
      const { type, lifecycle, prerequisites, url } = flag('colors');
      assert.deepEqual(
        [type, lifecycle, prerequisites, url],
        [
          'experiment',
          { stage: 'active', since: '2026-02-01T00:00:00Z' },
          ['base'],
          'https://console.statsig.com/p123/experiments/colors',
        ],
      );
      assert.deepEqual(flag('shipped').lifecycle, { stage: 'decision_made', since: '2026-02-20T00:00:00Z' });
      assert.equal(flag('old_one').archived, true);
    });

    it('tells who did what', () =>
      asking(async (client, here) => {
        const question = { key: null, since: 0 };
        const entries = statsigService.audit!.entries(
          await statsigService.audit!.fetch(client, here, question),
          contextOf(here),
        );
        assert.deepEqual(entries, [
          {
            time: '2026-02-10T08:00:00Z',
            who: 'Ada Berg',
            what: 'Updated rollout',
            key: 'new_checkout',
            environment: null,
          },
        ]);
        assert.equal(flag('limits').changed?.what, undefined, 'of another name');
        assert.equal(await statsigService.probe!(client, here), 'a2');
      }));
  },
  [
    {
      action: { kind: 'percentage', key: 'slow', environment: 'production', percentage: 50 },
      undo: { kind: 'percentage', key: 'slow', environment: 'production', percentage: 25 },
      sends: ['PATCH /console/v1/gates/slow/rules/s1', { passPercentage: 50 }],
    },
    { action: { kind: 'percentage', key: 'forever', environment: 'production', percentage: 50 } },
    { action: { kind: 'turn', key: 'slow', environment: 'production', to: 'off' } },
    {
      action: { kind: 'archive', key: 'slow' },
      undo: { kind: 'revive', key: 'slow' },
      sends: ['PUT /console/v1/gates/slow/archive', {}],
    },
    {
      action: { kind: 'revive', key: 'gone' },
      undo: { kind: 'archive', key: 'gone' },
      sends: ['PUT /console/v1/gates/gone/unarchive', {}],
    },
    {
      action: { kind: 'create', key: 'brand-new', type: 'release', description: 'From code' },
      undo: { kind: 'archive', key: 'brand-new' },
      sends: [
        'POST /console/v1/gates',
        { name: 'brand-new', description: 'From code', type: 'TEMPORARY', isEnabled: true },
      ],
    },
  ],
);
