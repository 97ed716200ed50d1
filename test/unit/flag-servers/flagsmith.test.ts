// Flagsmith: no real one runs here. Its emulator is held to a description of ours, and to the vendor's where that is at hand.
import assert from 'node:assert/strict';
import { flagsmithService } from '../../../server/src/sources/flag-servers/flagsmith.ts';
import { contextOf } from '../../services/asking.ts';
import type { JsonObject } from '../../services/description.ts';
import { type FlagsmithState, featureState, flagsmith, flagsmithDescriptions } from '../../services/flagsmith.ts';
import { describeEmulated } from './emulated.ts';

const many = Array.from({ length: 100 }, (_, at): JsonObject => ({ id: 1000 + at, name: `flag-${at}` }));
const documentOf = (name: string, states: readonly JsonObject[], segments: readonly JsonObject[] = []): JsonObject => ({
  api_key: 'key',
  name,
  feature_states: states,
  identity_overrides: [],
  project: { segments },
});
const person = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Berg' };
const entry = (log: string): JsonObject => ({
  id: 31,
  created_date: '2026-02-10T08:00:00Z',
  log,
  author: person,
  environment: { name: 'Production', project: 7 },
  project: { name: 'Shop', organisation: 1 },
  related_object_type: 'FEATURE_STATE',
});

const state: FlagsmithState = {
  features: [
    {
      id: 1,
      name: 'new_checkout',
      description: 'One page',
      created_date: '2025-11-03T08:00:00Z',
      last_modified_in_any_environment: '2026-02-10T08:00:00.123456Z',
      is_archived: false,
      lifecycle_stage: 'live',
      tags: [5],
      owners: [person],
      group_owners: [],
    },
    {
      id: 2,
      name: 'button_color',
      lifecycle_stage: 'to_remove',
      tags: [6],
      owners: [3],
      group_owners: [{ name: 'Team Web' }],
    },
    { id: 3, name: 'gone', is_archived: true },
  ],
  tags: [
    { id: 5, label: 'payments', type: 'NONE', is_permanent: false },
    { id: 6, label: 'keep', type: 'NONE', is_permanent: true },
  ],
  documents: {
    'prod-key': documentOf(
      'Production',
      [
        featureState(1, 'new_checkout', false),
        featureState(2, 'button_color', true, {
          feature_state_value: 'red',
          multivariate_feature_state_values: [
            {
              id: 1,
              mv_fs_value_uuid: null,
              percentage_allocation: 30,
              multivariate_feature_option: { value: 'blue' },
            },
          ],
        }),
        featureState(3, 'gone', false),
      ],
      [
        {
          id: 3,
          name: 'staff',
          rules: [
            {
              type: 'ALL',
              rules: [
                { type: 'ANY', rules: [], conditions: [{ operator: 'EQUAL', value: 'true', property_: 'staff' }] },
              ],
              conditions: [],
            },
          ],
          feature_states: [featureState(1, 'new_checkout', true, { feature_segment: { priority: 1 } })],
        },
      ],
    ),
    'stage-key': documentOf('Staging', [featureState(1, 'new_checkout', true), featureState(3, 'gone', false)]),
  },
  audit: [
    entry("Flag state / Remote config value updated for feature 'new_checkout' and segment 'staff'"),
    entry('Flag state / Remote Config value updated for feature: new_checkout'),
    entry('Segment updated: staff'),
  ],
};

describeEmulated(
  {
    service: flagsmithService,
    target: { project: '7', environments: [] },
    url: 'https://api.flagsmith.com',
    start: () => flagsmith(state),
    startMany: () => flagsmith({ ...state, features: [...state.features, ...many] }),
    descriptions: flagsmithDescriptions,
    keys: state.features.map(each => String(each.name)),
    requests: [
      'GET /api/v1/environments/?project=7&page=1',
      'GET /api/v1/projects/7/features/?environment=11&page_size=100&page=1',
      'GET /api/v1/projects/7/features/?environment=11&page_size=100&page=2',
      'GET /api/v1/projects/7/tags/?page=1',
      'GET /api/v1/environments/prod-key/document/',
      'GET /api/v1/environments/stage-key/document/',
      'GET /api/v1/projects/7/audit/?page=1&page_size=100',
    ],
  },
  ({ flag, states, asking }) => {
    it('has a state in every environment, from what SDKs evaluate', () => {
      assert.deepEqual(states('new_checkout'), [
        ['Production', 'targeted', null, 'on for segment staff; else off'],
        ['Staging', 'on', 100, 'on for everyone'],
      ]);
      assert.deepEqual(states('button_color'), [
        ['Production', 'on', 100, 'on for everyone; values "blue" 30%'],
        ['Staging', 'unknown', null, 'state can not be read'],
      ]);
    });

    it('knows owners, dates, tags, lifecycle and the page', () => {
      const { owner, created, changed, tags, lifecycle, url, description, kind } = flag('new_checkout');
      const what = "Flag state / Remote config value updated and segment 'staff'";
      assert.deepEqual([changed?.by, changed?.what], ['Ada Berg', what]);
      assert.deepEqual(
        [owner, created, changed?.time, tags, lifecycle, url, description, kind],
        [
          'Ada Berg',
          '2025-11-03T08:00:00Z',
          '2026-02-10T08:00:00.123Z',
          ['payments'],
          { stage: 'live', since: null },
          'https://app.flagsmith.com/project/7/environment/prod-key/features?feature=1',
          'One page',
          'boolean',
        ],
      );
      const other = flag('button_color');
      assert.deepEqual(
        [other.owner, other.lifetime, other.markedStale, flag('gone').archived],
        ['Team Web', 'none', true, true],
      );
    });

    it('tells who did what, as far as a feature is named', () =>
      asking(async (client, here) => {
        const log = await flagsmithService.audit!.fetch(client, here, { key: null, since: 0 });
        const who = { time: '2026-02-10T08:00:00Z', who: 'Ada Berg', key: 'new_checkout', environment: 'Production' };
        assert.deepEqual(flagsmithService.audit!.entries(log, contextOf(here)), [
          { ...who, what: "Flag state / Remote config value updated and segment 'staff'" },
          { ...who, what: 'Flag state / Remote Config value updated' },
        ]);
        assert.equal(await flagsmithService.probe!(client, here), '31');
      }));
  },
  [
    {
      action: { kind: 'turn', key: 'new_checkout', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'new_checkout', environment: 'production', to: 'on' },
      sends: ['PATCH /api/v1/environments/prod-key/featurestates/501/', { feature: 1, enabled: false }],
    },
    {
      action: { kind: 'archive', key: 'new_checkout' },
      undo: { kind: 'revive', key: 'new_checkout' },
      sends: ['PATCH /api/v1/projects/7/features/1/', { is_archived: true }],
    },
    {
      action: { kind: 'revive', key: 'gone' },
      undo: { kind: 'archive', key: 'gone' },
      sends: ['PATCH /api/v1/projects/7/features/3/', { is_archived: false }],
    },
    {
      action: { kind: 'create', key: 'brand_new', type: null, description: 'From code' },
      undo: { kind: 'archive', key: 'brand_new' },
      sends: [
        'POST /api/v1/projects/7/features/',
        { name: 'brand_new', description: 'From code', default_enabled: false },
      ],
    },
    { action: { kind: 'archive', key: 'new_check' } },
    { action: { kind: 'percentage', key: 'new_checkout', environment: 'production', percentage: 50 } },
  ],
);
