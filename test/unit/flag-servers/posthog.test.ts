// PostHog: no real one runs here, and its description is in no file that is published. Its emulator is held to a description of ours.
import assert from 'node:assert/strict';
import { posthogService } from '../../../server/src/sources/flag-servers/posthog.ts';
import { contextOf } from '../../services/asking.ts';
import type { JsonObject } from '../../services/description.ts';
import { flagOf, posthog, posthogDescriptions } from '../../services/posthog.ts';
import { describeEmulated } from './emulated.ts';

const everyone = { properties: [], rollout_percentage: 25 };
const flags = [
  flagOf(
    1,
    'new-checkout',
    [
      {
        properties: [
          { key: 'country', type: 'person', operator: 'exact', value: ['SE', 'NO'] },
          { key: '2', type: 'flag', operator: 'flag_evaluates_to', value: true },
        ],
        rollout_percentage: 100,
      },
      everyone,
    ],
    { name: 'One page', tags: ['payments'], last_called_at: '2026-03-01T08:30:00Z' },
  ),
  flagOf(2, 'base', [{ properties: [], rollout_percentage: null }]),
  flagOf(3, 'colors', [], {
    status: 'STALE',
    experiment_set: [12],
    filters: {
      groups: [
        { properties: [{ key: 'id', type: 'cohort', operator: 'in', value: 5, cohort_name: 'Staff' }], variant: 'red' },
        { properties: [], rollout_percentage: 50 },
      ],
      multivariate: {
        variants: [
          { key: 'red', rollout_percentage: 40 },
          { key: 'blue', rollout_percentage: 60 },
        ],
      },
    },
  }),
  flagOf(4, 'stopped', [everyone], { active: false }),
  flagOf(5, 'simple', [everyone]),
  flagOf(6, 'gone', [everyone], { deleted: true }),
];
const many = Array.from({ length: 100 }, (_, at) => flagOf(1000 + at, `flag-${at}`, []));
const entry = (
  at: string,
  id: number,
  name: string,
  activity: string,
  changes: readonly JsonObject[] | null,
): JsonObject => ({
  activity,
  scope: 'FeatureFlag',
  item_id: String(id),
  created_at: at,
  user: { first_name: 'Ada', email: 'ada@example.com' },
  detail: { name, changes },
});
const change = (field: string, before: unknown, after: unknown) =>
  ({ type: 'FeatureFlag', action: 'changed', field, before, after }) as JsonObject;
const activity = [
  entry('2026-02-20T08:00:00Z', 9, 'removed', 'updated', [change('deleted', false, true)]),
  entry('2026-02-15T08:00:00Z', 5, 'simple', 'updated', [
    change('filters', { groups: [{ properties: [], rollout_percentage: 10 }] }, { groups: [everyone] }),
  ]),
  entry('2026-02-12T08:00:00Z', 5, 'simple', 'updated', [change('active', false, true)]),
  entry('2026-02-11T08:00:00Z', 2, 'base', 'created', null),
];

describeEmulated(
  {
    service: posthogService,
    target: { project: '7', environments: [] },
    url: 'https://eu.posthog.com',
    start: () => posthog(flags, activity),
    startMany: () => posthog([...flags, ...many], activity),
    descriptions: posthogDescriptions,
    keys: flags.filter(each => each.deleted !== true).map(each => String(each.key)),
    requests: [
      'GET /api/projects/7/feature_flags/?limit=100&offset=0',
      'GET /api/projects/7/feature_flags/?limit=100&offset=100',
      'GET /api/projects/7/feature_flags/activity/?limit=100&page=1',
    ],
  },
  ({ flag, states, asking }) => {
    it('reads groups in order, each dividing the users alike', () => {
      assert.deepEqual(states('new-checkout'), [
        ['production', 'partial', 25, '25% by user id; 100% if country is SE or NO and base is on'],
      ]);
      assert.deepEqual(states('base')[0]!.slice(1, 3), ['on', 100]);
      assert.deepEqual(states('stopped')[0]!.slice(1), ['off', 0, 'off for everyone']);
      assert.deepEqual(states('colors')[0]!.slice(1), [
        'partial',
        50,
        'red 20%, blue 30%, off 50% by user id; red for segment Staff',
      ]);
    });

    it('knows who made and changed it, when it was last called, and what it depends on', () => {
      const { owner, created, changed, evaluated, tags, url, prerequisites, description } = flag('new-checkout');
      assert.deepEqual(
        [owner, created, changed?.time, changed?.by, evaluated?.time, tags, url, prerequisites, description],
        [
          'Ada Berg',
          '2025-11-03T08:00:00.123Z',
          '2026-02-10T08:00:00Z',
          'Ada Berg',
          '2026-03-01T08:30:00Z',
          ['payments'],
          'https://eu.posthog.com/project/7/feature_flags/1',
          ['base'],
          'One page',
        ],
      );
      const { changed: last } = flag('simple');
      assert.deepEqual([last?.time, last?.by, last?.what], ['2026-02-15T08:00:00Z', 'Ada', 'rollout 10% → 25%']);
      const colors = flag('colors');
      assert.deepEqual([colors.type, colors.markedStale, colors.lifecycle?.stage], ['experiment', true, 'STALE']);
    });

    it('tells who did what, and what was before', () =>
      asking(async (client, here) => {
        const audit = posthogService.audit!;
        const log = await audit.fetch(client, here, { key: null, since: 0 });
        assert.deepEqual(
          audit.entries(log, contextOf(here)).map(each => [each.key, each.who, each.what]),
          [
            ['removed', 'Ada', 'archived'],
            ['simple', 'Ada', 'rollout 10% → 25%'],
            ['simple', 'Ada', 'turned on'],
            ['base', 'Ada', 'created'],
          ],
        );
        const answers = await posthogService.fetch(client, here);
        const states = (time: string) => {
          const was = audit.rewind!(answers, log, Date.parse(time));
          const flags = posthogService.map(was.answers, contextOf(here)).flags ?? [];
          const of = (key: string) => flags.find(each => each.key === key)?.environments[0];
          return [of('simple')?.state, of('simple')?.percentage, of('base')?.state, [...was.unknown.keys()]];
        };
        assert.deepEqual(states('2026-02-21T00:00:00Z'), ['partial', 25, 'on', []]);
        assert.deepEqual(states('2026-02-14T00:00:00Z'), ['partial', 10, 'on', ['removed']]);
        assert.deepEqual(states('2026-02-11T12:00:00Z'), ['off', 0, 'on', ['removed']]);
        assert.deepEqual(states('2026-02-01T00:00:00Z'), ['off', 0, undefined, ['removed']]);
        assert.equal(await posthogService.probe!(client, here), '2026-02-20T08:00:00Z');
      }));
  },
  [
    {
      action: { kind: 'turn', key: 'simple', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'simple', environment: 'production', to: 'on' },
      sends: ['PATCH /api/projects/7/feature_flags/5/', { active: false }],
    },
    {
      action: { kind: 'percentage', key: 'simple', environment: 'production', percentage: 50 },
      undo: { kind: 'percentage', key: 'simple', environment: 'production', percentage: 25 },
      sends: [
        'PATCH /api/projects/7/feature_flags/5/',
        { filters: { groups: [{ properties: [], rollout_percentage: 50 }] }, version: 4 },
      ],
    },
    { action: { kind: 'percentage', key: 'new-checkout', environment: 'production', percentage: 50 } },
    { action: { kind: 'mark-stale', key: 'simple' } },
    {
      action: { kind: 'archive', key: 'simple' },
      undo: { kind: 'revive', key: 'simple' },
      sends: ['PATCH /api/projects/7/feature_flags/5/', { deleted: true }],
    },
    {
      action: { kind: 'revive', key: 'gone' },
      undo: { kind: 'archive', key: 'gone' },
      sends: ['PATCH /api/projects/7/feature_flags/6/', { deleted: false }],
    },
    {
      action: { kind: 'create', key: 'brand-new', type: null, description: 'From code' },
      undo: { kind: 'archive', key: 'brand-new' },
      sends: [
        'POST /api/projects/7/feature_flags/',
        {
          key: 'brand-new',
          name: 'From code',
          active: false,
          filters: { groups: [{ properties: [], rollout_percentage: 100 }] },
        },
      ],
    },
  ],
);
