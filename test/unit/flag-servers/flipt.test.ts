// Flipt: no real one runs here. Its emulators are held to descriptions of ours, and to the vendor's where those are at hand.
import assert from 'node:assert/strict';
import { fliptService } from '../../../server/src/sources/flag-servers/flipt.ts';
import { askedOf, contextOf } from '../../services/asking.ts';
import type { JsonObject } from '../../services/description.ts';
import { emulate } from '../../services/emulator.ts';
import { flipt, flipt1, flipt1Descriptions, fliptDescriptions } from '../../services/flipt.ts';
import { describeEmulated } from './emulated.ts';

const named = (key: string, more: JsonObject): JsonObject => ({
  '@type': 'flipt.core.Flag',
  key,
  name: key,
  type: 'BOOLEAN_FLAG_TYPE',
  ...more,
});
const threshold = (percentage: number) => ({ type: 'THRESHOLD_ROLLOUT_TYPE', threshold: { percentage, value: true } });
const production = [
  named('new-checkout', {
    description: 'One page',
    metadata: { owner: 'team-payments' },
    rollouts: [{ type: 'SEGMENT_ROLLOUT_TYPE', segment: { segments: ['staff'], value: true } }, threshold(25)],
  }),
  named('simple', { rollouts: [threshold(10)] }),
  named('colors', {
    type: 'VARIANT_FLAG_TYPE',
    enabled: true,
    variants: [{ key: 'red' }, { key: 'blue' }],
    rules: [{ segments: ['staff'], distributions: [{ variant: 'blue', rollout: 100 }] }],
    defaultVariant: 'red',
  }),
];
const staging = [named('new-checkout', { enabled: true })];
const constraints = [{ type: 'STRING_COMPARISON_TYPE', property: 'team', operator: 'eq', value: 'staff' }];
const segments = [
  { '@type': 'flipt.core.Segment', key: 'staff', name: 'Staff', matchType: 'ALL_MATCH_TYPE', constraints },
];
const path = '/api/v2/environments/production/namespaces/default/resources';

describeEmulated(
  {
    service: fliptService,
    target: { project: null, environments: [] },
    url: 'https://flipt.example.com',
    start: () => flipt({ production, staging }, segments),
    descriptions: fliptDescriptions,
    keys: ['new-checkout', 'simple', 'colors'],
    requests: [
      'GET /api/v2/environments',
      'GET /api/v2/environments/production/namespaces/default/resources/flipt.core.Flag',
      'GET /api/v2/environments/production/namespaces/default/resources/flipt.core.Segment',
      'GET /api/v2/environments/staging/namespaces/default/resources/flipt.core.Flag',
      'GET /api/v2/environments/staging/namespaces/default/resources/flipt.core.Segment',
    ],
  },
  ({ flag, states }) => {
    it('has a state where a flag is, and none where it is not', () => {
      assert.deepEqual(states('new-checkout'), [
        ['production', 'partial', 25, '25% by entity id; 100% for segment Staff'],
        ['staging', 'on', 100, 'on for everyone'],
      ]);
      assert.deepEqual(states('colors'), [['production', 'targeted', null, 'blue for segment Staff; else red']]);
    });

    it('knows owner, words and page', () => {
      const { owner, description, url } = flag('new-checkout');
      assert.deepEqual(
        [owner, description, url],
        ['team-payments', 'One page', 'https://flipt.example.com/#/namespaces/default/flags/new-checkout'],
      );
    });

    it('reads version 1 by its snapshot', async () => {
      const times = { createdAt: '2025-11-03T08:00:00Z', updatedAt: '2026-02-10T08:00:00Z' };
      const staff = { key: 'staff', name: 'Staff', matchType: 'ALL_SEGMENT_MATCH_TYPE', constraints };
      const old = emulate(
        flipt1([
          {
            key: 'new-checkout',
            name: 'New checkout',
            type: 'BOOLEAN_FLAG_TYPE',
            ...times,
            rollouts: [
              { type: 'THRESHOLD_ROLLOUT_TYPE', rank: 2, threshold: { percentage: 25, value: true } },
              { type: 'SEGMENT_ROLLOUT_TYPE', rank: 1, segment: { segments: [staff], value: true } },
            ],
          },
          {
            key: 'colors',
            name: 'Colors',
            type: 'VARIANT_FLAG_TYPE',
            enabled: true,
            ...times,
            rules: [
              {
                id: 'r1',
                rank: 1,
                segmentOperator: 'OR_SEGMENT_OPERATOR',
                segments: [staff],
                distributions: [{ ruleId: 'r1', variantKey: 'blue', rollout: 100 }],
              },
            ],
          },
        ]),
        flipt1Descriptions,
      );
      const target = { project: null, environments: [] };
      const answers = await askedOf(fliptService, old, target);
      assert.deepEqual(old.requests, [
        'GET /api/v2/environments',
        'GET /internal/v1/evaluation/snapshot/namespace/default',
      ]);
      assert.deepEqual(old.faults, []);
      const flags = fliptService.map(answers, contextOf({ ...target, url: 'https://flipt.example.com' })).flags ?? [];
      assert.deepEqual(
        flags.map(each => [
          each.key,
          each.environments[0]!.environment,
          each.environments[0]!.summary,
          each.created,
          each.changed?.time,
        ]),
        [
          ['new-checkout', 'default', '25% by entity id; 100% for segment Staff', times.createdAt, times.updatedAt],
          ['colors', 'default', "blue for segment Staff; else the code's fallback", times.createdAt, times.updatedAt],
        ],
      );
    });
  },
  [
    {
      action: { kind: 'turn', key: 'colors', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'colors', environment: 'production', to: 'on' },
      sends: [`PUT ${path}`, { key: 'colors', payload: { ...production[2], enabled: false }, revision: 'r1' }],
    },
    { action: { kind: 'turn', key: 'simple', environment: 'production', to: 'off' } },
    {
      action: { kind: 'percentage', key: 'simple', environment: 'production', percentage: 50 },
      undo: { kind: 'percentage', key: 'simple', environment: 'production', percentage: 10 },
      sends: [
        `PUT ${path}`,
        { key: 'simple', payload: { ...production[1], rollouts: [threshold(50)] }, revision: 'r1' },
      ],
    },
    { action: { kind: 'percentage', key: 'new-checkout', environment: 'production', percentage: 50 } },
    { action: { kind: 'archive', key: 'simple' } },
  ],
);
