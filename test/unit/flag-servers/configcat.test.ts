// ConfigCat: no real one runs here. Its emulator is held to a description of ours, and to a published one where that is at hand.
import assert from 'node:assert/strict';
import { configcatService } from '../../../server/src/sources/flag-servers/configcat.ts';
import {
  CONFIG,
  configcat,
  configcatDescriptions,
  entryOf,
  OLD_CONFIG,
  PRODUCT,
  PRODUCTION,
  STAFF,
  settingOf,
  TEST,
} from '../../services/configcat.ts';
import { describeEmulated } from './emulated.ts';

const on = { boolValue: true };
const off = { boolValue: false };
const plain = { lastVersionId: 'x', percentageEvaluationAttribute: null, targetingRules: [] };
const user = (attribute: string, comparator: string, values: readonly string[]) => ({
  userCondition: {
    comparisonAttribute: attribute,
    comparator,
    comparisonValue: { listValue: values.map(value => ({ value })) },
  },
});
const values = {
  [`${CONFIG} ${PRODUCTION}`]: [
    settingOf(1, 'new-checkout', 'boolean', {
      ...plain,
      defaultValue: off,
      targetingRules: [
        {
          conditions: [{ segmentCondition: { segmentId: STAFF, comparator: 'isIn' } }],
          percentageOptions: [],
          value: on,
        },
        {
          conditions: [
            user('Country', 'isOneOf', ['SE', 'NO']),
            {
              prerequisiteFlagCondition: {
                prerequisiteSettingId: 2,
                comparator: 'equals',
                prerequisiteComparisonValue: on,
              },
            },
          ],
          percentageOptions: [],
          value: on,
        },
        {
          conditions: [],
          percentageOptions: [
            { percentage: 25, value: on },
            { percentage: 75, value: off },
          ],
        },
      ],
    }),
    settingOf(2, 'base', 'boolean', { ...plain, defaultValue: on }),
    settingOf(3, 'odd', 'boolean', {
      ...plain,
      defaultValue: off,
      targetingRules: [{ conditions: [user('x', 'soundsLike', ['y'])], percentageOptions: [], value: on }],
    }),
  ],
  [`${CONFIG} ${TEST}`]: [
    settingOf(1, 'new-checkout', 'boolean', { ...plain, defaultValue: on, updatedAt: '2026-01-01T00:00:00Z' }),
  ],
  [`${OLD_CONFIG} ${PRODUCTION}`]: [
    settingOf(7, 'color', 'string', {
      value: 'red',
      rolloutRules: [
        {
          comparisonAttribute: 'Email',
          comparator: 'contains',
          comparisonValue: '@example.com',
          value: 'blue',
          segmentId: null,
        },
      ],
      rolloutPercentageItems: [
        { percentage: 20, value: 'blue' },
        { percentage: 80, value: 'red' },
      ],
    }),
  ],
};
const configs = [
  { configId: CONFIG, name: 'Main', order: 0, evaluationVersion: 'v2' },
  { configId: OLD_CONFIG, name: 'Old', order: 1, evaluationVersion: 'v1' },
];

const log = [
  entryOf('settingValueChanged', 'new-checkout', { why: 'Load test passed' }),
  entryOf('settingValueChanged', 'new-checkout', { auditLogDateTime: '2026-02-09T08:00:00Z', why: 'Older' }),
  entryOf('integrationAdded', 'base'),
  entryOf('settingValueChanged', 'new-checkout or base'),
  entryOf('settingTagAdded', 'Color (color)', { userName: null, where: 'Old' }),
];

describeEmulated(
  {
    service: configcatService,
    target: { project: PRODUCT, environments: ['Production', 'Test'] },
    url: 'https://api.configcat.com',
    start: () => configcat(configs, values, log),
    descriptions: configcatDescriptions,
    keys: ['new-checkout', 'base', 'odd', 'color'],
    requests: [
      `GET /v1/products/${PRODUCT}/configs`,
      `GET /v1/products/${PRODUCT}/environments`,
      `GET /v1/products/${PRODUCT}/segments`,
      `GET /v2/configs/${CONFIG}/environments/${PRODUCTION}/values`,
      `GET /v2/configs/${CONFIG}/environments/${TEST}/values`,
      `GET /v1/configs/${OLD_CONFIG}/environments/${PRODUCTION}/values`,
      `GET /v1/configs/${OLD_CONFIG}/environments/${TEST}/values`,
      `GET /v1/products/${PRODUCT}/auditlogs`,
    ],
  },
  ({ flag, states }) => {
    it('reads values of both versions as the file that SDKs download', () => {
      assert.deepEqual(states('new-checkout'), [
        ['Production', 'partial', 25, '25% by identifier; 100% for segment Staff; +1 more'],
        ['Test', 'on', 100, 'on for everyone'],
      ]);
      assert.deepEqual(states('color'), [
        ['Production', 'partial', null, 'blue 20%, red 80% by identifier; blue if email contains @example.com'],
        ['Test', 'unknown', null, 'state can not be read'],
      ]);
    });

    it('does not guess what a comparison means that it does not know', () => {
      assert.equal(states('odd')[0]![1], 'unknown');
    });

    it('knows people, dates, tags and prerequisites, and keeps configs apart', () => {
      const { owner, created, changed, tags, prerequisites, description, server } = flag('new-checkout');
      assert.deepEqual(
        [owner, created, changed?.time, changed?.by, tags, prerequisites, description, server],
        [
          'Ada Berg',
          '2025-11-03T08:00:00Z',
          '2026-02-10T08:00:00Z',
          'Bo Lund',
          ['payments'],
          ['base'],
          'One page',
          `https://api.configcat.com ${PRODUCT} Main`,
        ],
      );
    });

    it('knows what was changed last, where the log names one setting', () => {
      const of = (key: string) => [flag(key).changed?.time, flag(key).changed?.by, flag(key).changed?.what];
      assert.deepEqual(of('new-checkout'), [
        '2026-02-10T08:00:00Z',
        'Bo Lund',
        'changed its value in Production: Load test passed',
      ]);
      assert.deepEqual(of('color'), ['2026-02-10T08:00:00Z', 'bo@example.com', 'added a tag']);
      assert.deepEqual(of('base'), ['2026-02-10T08:00:00Z', 'Bo Lund', undefined], 'no guess');
    });

    it('signs in with name and password', () => {
      assert.deepEqual(configcatService.headers('user:påss'), { authorization: 'Basic dXNlcjpww6Vzcw==' });
    });
  },
  [
    {
      action: { kind: 'turn', key: 'base', environment: 'Production', to: 'off' },
      undo: { kind: 'turn', key: 'base', environment: 'Production', to: 'on' },
      sends: [
        `PATCH /v2/environments/${PRODUCTION}/settings/2/value`,
        [{ op: 'replace', path: '/defaultValue/boolValue', value: false }],
      ],
    },
    { action: { kind: 'turn', key: 'new-checkout', environment: 'Production', to: 'off' } },
    { action: { kind: 'create', key: 'brand-new', type: null, description: 'From code' } },
    {
      action: { kind: 'create', key: 'brand-new', type: null, description: 'From code' },
      undo: null,
      sends: [
        `POST /v1/configs/${CONFIG}/settings`,
        { key: 'brand-new', name: 'brand-new', hint: 'From code', settingType: 'boolean' },
      ],
      start: () => configcat(configs.slice(0, 1), values),
    },
  ],
);
