// GrowthBook: no real one runs here. Its emulator is held to a description of ours, and to the vendor's where that is at hand.
import assert from 'node:assert/strict';
import { growthbookService } from '../../../server/src/sources/flag-servers/growthbook.ts';
import { contextOf } from '../../services/asking.ts';
import type { JsonObject } from '../../services/description.ts';
import { featureOf, growthbook, growthbookDescriptions, revisionOf } from '../../services/growthbook.ts';
import { describeEmulated } from './emulated.ts';

const rule = { id: 'r1', description: '', enabled: true, type: 'force', value: 'true' };
const definition = (value: unknown) => JSON.stringify(value);

const features: readonly JsonObject[] = [
  featureOf(
    'new-checkout',
    {
      production: {
        enabled: true,
        defaultValue: 'false',
        rules: [rule],
        definition: definition({
          defaultValue: false,
          rules: [
            { condition: { country: { $in: ['SE', 'NO'] } }, force: true },
            { force: true, coverage: 0.25, hashAttribute: 'id' },
          ],
        }),
      },
      staging: { enabled: true, defaultValue: 'true', rules: [] },
      development: { enabled: false, defaultValue: 'false', rules: [] },
    },
    {
      description: 'The checkout of one page',
      owner: 'ada@example.com',
      tags: ['payments'],
      revision: {
        version: 3,
        comment: 'After the load test',
        date: '2026-02-10T08:00:00.000Z',
        createdBy: 'Ada',
        publishedBy: 'Bo',
      },
    },
  ),
  featureOf(
    'button-color',
    {
      production: {
        enabled: true,
        defaultValue: 'red',
        rules: [rule],
        definition: definition({
          defaultValue: 'red',
          rules: [
            {
              key: 'colors',
              variations: ['red', 'blue'],
              weights: [0.5, 0.5],
              coverage: 1,
              hashAttribute: 'id',
              parentConditions: [{ id: 'new-checkout', condition: { value: true } }],
            },
          ],
        }),
      },
      staging: { enabled: true, defaultValue: 'red', rules: [rule] },
    },
    { valueType: 'string', defaultValue: 'red', prerequisites: ['base'] },
  ),
  featureOf('gone', {}, { archived: true }),
];
const many = Array.from({ length: 120 }, (_, at) => featureOf(`flag-${at}`, {}));
const environments = ['production', 'staging', 'development'];
const ruleOfAll = { ...rule, allEnvironments: true };
const bo = { type: 'dashboard', id: 'u2', name: 'Bo Lund', email: 'bo@example.com' };
const revisions: readonly JsonObject[] = [
  revisionOf('new-checkout', 3, {
    comment: 'After the load test',
    publishedBy: bo,
    rules: [ruleOfAll],
    defaultValue: 'false',
    environmentsEnabled: { production: true, staging: true },
  }),
  revisionOf('button-color', 3, { createdBy: { type: 'api_key', id: 'k' } }),
  revisionOf('new-checkout', 2, {
    publishedBy: bo,
    date: '2026-01-01T08:00:00.000Z',
    defaultValue: 'true',
    environmentsEnabled: { production: false, staging: true },
  }),
];
const archiving = (archived: boolean) => ({ archived });

describeEmulated(
  {
    service: growthbookService,
    target: { project: null, environments: [] },
    url: 'https://api.growthbook.io/api',
    start: () => growthbook(features, environments, revisions),
    startMany: () => growthbook([...features, ...many], environments, revisions),
    descriptions: growthbookDescriptions,
    keys: features.map(each => String(each.id)),
    requests: [
      'GET /v1/environments',
      'GET /v1/features?limit=100&offset=0',
      'GET /v1/features?limit=100&offset=100',
      'GET /v2/feature-revisions?limit=100&offset=0&status=published&archived=true',
    ],
  },
  ({ flag, states, asking }) => {
    it('has a state in every environment, from what SDKs get', () => {
      assert.deepEqual(states('new-checkout'), [
        ['production', 'partial', 25, '25% by id; 100% if country is SE or NO'],
        ['staging', 'on', 100, 'on for everyone'],
        ['development', 'off', 0, "off: the code's fallback is served"],
      ]);
    });

    it('does not guess what rules do whose definition is not shown', () => {
      assert.deepEqual(states('button-color')[1], ['staging', 'unknown', null, 'state can not be read']);
    });

    it('knows the owner, the dates, who published it and why', () => {
      const { owner, tags, created, changed, url, description, kind } = flag('new-checkout');
      assert.deepEqual(
        [owner, tags, created, url, description, kind],
        [
          'ada@example.com',
          ['payments'],
          '2025-11-03T08:00:00Z',
          'https://app.growthbook.io/features/new-checkout',
          'The checkout of one page',
          'boolean',
        ],
      );
      assert.deepEqual(changed, {
        time: '2026-02-10T08:00:00Z',
        source: 'growthbook',
        asOf: '2026-03-02T10:12:00Z',
        by: 'Bo',
        what: 'turned on in production, default value true → false, rules 0 → 1: After the load test',
      });
    });

    it('reads servers that have no revisions yet, and says what they lack', async () => {
      const here = { project: null, environments: [], url: 'https://api.growthbook.io/api' };
      const answers = { environments: { environments: [] }, features: [features[0]], revisions: null };
      const [only] = growthbookService.map(answers, contextOf(here)).flags!;
      assert.deepEqual([only!.changed?.by, only!.changed?.what], ['Bo', 'After the load test']);
    });

    it('tells who published what', () =>
      asking(async (client, here) => {
        const audit = growthbookService.audit!;
        const log = await audit.fetch(client, here, { key: 'new-checkout', since: 0 });
        assert.equal(log.complete, true);
        assert.deepEqual(
          audit.entries(log, contextOf(here)).map(each => [each.time, each.who, each.key, each.what]),
          [
            [
              '2026-02-10T08:00:00Z',
              'Bo Lund',
              'new-checkout',
              'turned on in production, default value true → false, rules 0 → 1: After the load test',
            ],
            ['2026-01-01T08:00:00Z', 'Bo Lund', 'new-checkout', 'published revision 2'],
          ],
        );
        assert.equal(flag('button-color').changed?.by, 'an API key');
      }));

    it('knows experiments, prerequisites and what is archived', () => {
      const { type, prerequisites, kind } = flag('button-color');
      assert.deepEqual([type, prerequisites, kind], ['experiment', ['base', 'new-checkout'], 'string']);
      assert.equal(flag('gone').archived, true);
    });
  },
  [
    {
      action: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'off' },
      undo: { kind: 'turn', key: 'new-checkout', environment: 'production', to: 'on' },
      sends: [
        'POST /v1/features/new-checkout/toggle',
        { reason: 'From the editor (Flagbook)', environments: { production: false } },
      ],
    },
    {
      action: { kind: 'archive', key: 'new-checkout' },
      undo: { kind: 'revive', key: 'new-checkout' },
      sends: ['POST /v1/features/new-checkout', archiving(true)],
    },
    {
      action: { kind: 'revive', key: 'gone' },
      undo: { kind: 'archive', key: 'gone' },
      sends: ['POST /v1/features/gone', archiving(false)],
    },
    {
      action: { kind: 'create', key: 'brand-new', type: null, description: 'From code' },
      undo: { kind: 'archive', key: 'brand-new' },
      sends: [
        'POST /v1/features',
        { id: 'brand-new', description: 'From code', valueType: 'boolean', defaultValue: 'false' },
      ],
    },
    { action: { kind: 'percentage', key: 'new-checkout', environment: 'production', percentage: 50 } },
  ],
);
