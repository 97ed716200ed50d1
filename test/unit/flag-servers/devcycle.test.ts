// DevCycle: no real one runs here. Its emulator is held to a description of ours, written after the vendor's own.
import assert from 'node:assert/strict';
import { devcycleService } from '../../../server/src/sources/flag-servers/devcycle.ts';
import { rolloutShare } from '../../../server/src/sources/flag-servers/devcycleTargets.ts';
import {
  configurationOf,
  devcycle,
  devcycleDescriptions,
  featureOf,
  SDK_KEY,
  targetOf,
} from '../../services/devcycle.ts';
import { describeEmulated } from './emulated.ts';

const everyone = { type: 'all' };
const features = [
  featureOf(
    'checkout',
    'new-checkout',
    [
      configurationOf('production', 'active', [
        targetOf({ type: 'audienceMatch', comparator: '=', _audiences: ['a1'] }, { on: 1 }),
        targetOf({ type: 'user', subType: 'country', comparator: '=', values: ['SE'] }, { off: 1 }, { name: 'Sweden' }),
        targetOf(everyone, { on: 0.25, off: 0.75 }),
      ]),
      configurationOf('development', 'inactive', []),
    ],
    {
      description: 'One page',
      tags: ['payments'],
      staleness: { stale: true, disabled: false, reason: 'unused' },
      _createdBy: 'auth0|ada',
      latestUpdate: { date: '2026-02-10T08:00:00.000Z', a0_user: 'auth0|ada', changes: [{}, {}] },
    },
  ),
  featureOf('ramp', 'ramp', [
    configurationOf('production', 'active', [
      targetOf(
        everyone,
        { on: 1 },
        {
          rollout: {
            type: 'gradual',
            startPercentage: 0,
            startDate: '2026-02-20T10:12:00.000Z',
            stages: [{ type: 'linear', percentage: 1, date: '2026-03-12T10:12:00.000Z' }],
          },
        },
      ),
    ]),
  ]),
  featureOf(
    'done',
    'done',
    [configurationOf('production', 'active', []), configurationOf('development', 'active', [])],
    {
      status: 'complete',
      staticVariation: 'id-on',
    },
  ),
  featureOf('gone', 'gone', [], { status: 'archived', type: 'ops' }),
];
const many = Array.from({ length: 100 }, (_, at) => featureOf(`feature-${at}`, `flag-${at}`, []));

describeEmulated(
  {
    service: devcycleService,
    target: { project: 'shop', environments: ['production', 'development'] },
    url: 'https://api.devcycle.com',
    start: () => devcycle(features),
    startMany: () => devcycle([...features, ...many]),
    descriptions: devcycleDescriptions,
    keys: ['new-checkout', 'ramp', 'done', 'gone'],
    requests: [
      'GET /v1/projects/shop/environments?page=1&perPage=100',
      'GET /v2/projects/shop/features?page=1&perPage=100&includeLatestUpdate=true',
      'GET /v2/projects/shop/features?page=2&perPage=100&includeLatestUpdate=true',
      'GET /v1/projects/shop/audiences?page=1&perPage=100',
      'GET /v1/organizations/current/members?page=1&perPage=100',
      'GET /v1/projects/shop',
    ],
  },
  ({ flag, flags, states }) => {
    it('makes a flag of each variable, with a state in every environment', () => {
      assert.deepEqual(states('new-checkout'), [
        ['production', 'partial', null, '25% by user id; 100% for segment Staff; 0% if country is SE'],
        ['development', 'off', 0, "off: the code's fallback is served"],
      ]);
      assert.deepEqual(
        states('ramp').map(each => each.slice(0, 3)),
        [
          ['production', 'partial', 50],
          ['development', 'unknown', null],
        ],
      );
      assert.deepEqual(
        states('done').map(each => each.slice(1)),
        [
          ['on', 100, 'on for everyone'],
          ['on', 100, 'on for everyone'],
        ],
      );
      assert.deepEqual(
        flag('done').environments.map(each => each.production),
        [true, false],
      );
    });

    it('knows dates, type, tags, lifecycle and staleness', () => {
      const { name, description, type, tags, created, changed, lifecycle, markedStale, kind } = flag('new-checkout');
      assert.deepEqual(
        [name, description, type, tags, created, changed?.time, lifecycle?.stage, markedStale, kind],
        [
          'checkout',
          'One page',
          'release',
          ['payments'],
          '2025-11-03T08:00:00Z',
          '2026-02-10T08:00:00Z',
          'active',
          true,
          'boolean',
        ],
      );
      assert.deepEqual([flag('gone').archived, flag('gone').type], [true, 'operational']);
    });

    it('knows who made it, who changed it last, and its page', () => {
      const { owner, changed, url } = flag('new-checkout');
      assert.deepEqual(
        [owner, changed?.time, changed?.by, changed?.what, url],
        [
          'Ada Berg',
          '2026-02-10T08:00:00Z',
          'Ada Berg',
          'saved 2 changes',
          'https://app.devcycle.com/o/org_1/p/shop/features/checkout',
        ],
      );
    });

    it('lets go of the SDK keys that environments are told with', () => {
      assert.ok(!JSON.stringify(flags()).includes(SDK_KEY));
    });

    it('shows no ids where names are none, and no older entry as the last', () => {
      const gone = featureOf('x', 'x', [], {
        _createdBy: 'auth0|nameless',
        latestUpdate: { date: '2026-02-09T08:00:00.000Z', a0_user: 'auth0|ada', changes: [] },
      });
      const { flags } = devcycleService.map(
        { environments: [], features: [gone], audiences: [], members: [{ user_id: 'auth0|nameless' }], project: null },
        { project: 'shop', environments: [], url: 'https://api.devcycle.com', now: Date.UTC(2026, 2, 2) },
      );
      assert.deepEqual(
        [flags![0]!.owner, flags![0]!.changed?.time, flags![0]!.changed?.by, flags![0]!.url],
        [null, '2026-02-10T08:00:00Z', undefined, null],
      );
    });

    it('knows how far a rollout has come', () => {
      const stages = [
        { type: 'discrete', percentage: 0.5, date: '2026-01-02T00:00:00Z' },
        { type: 'linear', percentage: 1, date: '2026-01-04T00:00:00Z' },
      ];
      const at = (day: string, type = 'stepped') =>
        rolloutShare({ type, startPercentage: 0.1, startDate: '2026-01-01T00:00:00Z', stages }, Date.parse(day));
      assert.deepEqual(
        [
          at('2025-12-31'),
          at('2026-01-01'),
          at('2026-01-02'),
          at('2026-01-03'),
          at('2026-01-05'),
          at('2026-01-01', 'schedule'),
        ],
        [0, 0.1, 0.5, 0.75, 1, 1],
      );
      assert.equal(rolloutShare(null, 0), 1);
    });
  },
  [
    {
      action: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'on' },
      sends: [
        'PATCH /v1/projects/shop/features/checkout/configurations?environment=production',
        { status: 'inactive' },
      ],
    },
    {
      action: { kind: 'archive', key: 'new-checkout' },
      undo: { kind: 'revive', key: 'new-checkout' },
      sends: ['PATCH /v2/projects/shop/features/checkout/status', { status: 'archived' }],
    },
    {
      action: { kind: 'revive', key: 'gone' },
      undo: { kind: 'archive', key: 'gone' },
      sends: ['PATCH /v2/projects/shop/features/gone/status', { status: 'active' }],
    },
    { action: { kind: 'archive', key: 'nobody-has-it' } },
    {
      action: { kind: 'create', key: 'brand-new', type: null, description: 'From code' },
      undo: { kind: 'archive', key: 'brand-new' },
      sends: [
        'POST /v2/projects/shop/features',
        {
          key: 'brand-new',
          name: 'brand-new',
          description: 'From code',
          variables: [{ key: 'brand-new', type: 'Boolean' }],
          variations: [
            { key: 'on', name: 'On', variables: { 'brand-new': true } },
            { key: 'off', name: 'Off', variables: { 'brand-new': false } },
          ],
          controlVariation: 'off',
        },
      ],
    },
  ],
);
