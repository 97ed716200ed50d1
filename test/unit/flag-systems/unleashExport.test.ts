import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { unleashExportDecoder } from '../../../server/src/sources/flag-systems/unleashExport.ts';

const rollout = (percentage: number, more = {}) => ({
  name: 'flexibleRollout',
  parameters: { rollout: String(percentage), stickiness: 'userId', groupId: 'g', ...more },
});
const constraint = (contextName: string, operator: string, values: readonly string[], more = {}) => ({
  name: 'default',
  constraints: [{ contextName, operator, values, ...more }],
});

const CASES: Readonly<
  Record<string, { readonly strategies: readonly unknown[]; readonly says: string; readonly enabled?: boolean }>
> = {
  'not enabled': { strategies: [{ name: 'default' }], enabled: false, says: 'off 0: off for everyone' },
  'no strategies': { strategies: [], says: 'on 100: on for everyone' },
  'the default strategy': { strategies: [{ name: 'default' }], says: 'on 100: on for everyone' },
  'only a disabled strategy': { strategies: [{ name: 'default', disabled: true }], says: 'off 0: off for everyone' },
  'a rollout': { strategies: [rollout(30)], says: 'partial 30: 30% by user id' },
  'a rollout at 100': { strategies: [rollout(100)], says: 'on 100: on for everyone' },
  'a rollout at 0': { strategies: [rollout(0)], says: 'off 0: off for everyone' },
  'by chance': { strategies: [rollout(30, { stickiness: 'random' })], says: 'partial 30: 30% by chance' },
  'two rollouts of one group': { strategies: [rollout(10), rollout(40)], says: 'partial 40: 40% by user id' },
  'two rollouts of separate groups': {
    strategies: [rollout(10), rollout(40, { groupId: 'h' })],
    says: 'partial 46: 46% by user id',
  },
  'a rollout, and everyone of a segment': {
    strategies: [rollout(25), { name: 'default', segments: [4] }],
    says: 'partial 25: 25% by user id; 100% for segment staff',
  },
  'a smaller rollout for some adds nothing': {
    strategies: [rollout(50), { ...rollout(20), segments: [4] }],
    says: 'partial 50: 50% by user id',
  },
  'listed users': {
    strategies: [{ name: 'userWithId', parameters: { userIds: 'a, b,c' } }],
    says: 'targeted null: on for 3 users; else off',
  },
  'nobody listed': {
    strategies: [{ name: 'userWithId', parameters: { userIds: '' } }],
    says: 'off 0: off for everyone',
  },
  'a constraint': {
    strategies: [constraint('country', 'IN', ['SE', 'NO'])],
    says: 'targeted null: on if country is SE or NO; else off',
  },
  'an inverted constraint': {
    strategies: [constraint('email', 'STR_ENDS_WITH', ['@x.example'], { inverted: true })],
    says: 'targeted null: on if email does not end with @x.example; else off',
  },
  'not in': {
    strategies: [constraint('country', 'NOT_IN', ['SE'])],
    says: 'targeted null: on if country is not SE; else off',
  },
  'a date': {
    strategies: [constraint('currentTime', 'DATE_AFTER', [], { value: '2026-09-01T00:00:00Z' })],
    says: 'targeted null: on if time is after 2026-09-01; else off',
  },
  'an operator nobody knows': {
    strategies: [constraint('x', 'IS_PRIME', ['7'])],
    says: 'targeted null: on if a custom rule applies; else off',
  },
  'a strategy of one’s own': { strategies: [{ name: 'moonPhase' }], says: 'unknown null: custom strategy moonPhase' },
  'two rollouts for some': {
    strategies: [
      { ...rollout(20), segments: [4] },
      { ...rollout(40), segments: [5] },
    ],
    says: 'targeted null: 40% by user id for segment #5; 20% by user id for segment staff; else off',
  },
};

describe('Unleash exports and bootstrap files', () => {
  for (const [name, { strategies, says, enabled }] of Object.entries(CASES)) {
    it(name, () => {
      const file = decode({
        features: [{ name: 'f', enabled: enabled ?? true, strategies }],
        segments: [{ id: 4, name: 'staff' }],
      });
      const state = file.flags[0]!.environments[0]!;
      assert.equal(`${state.state} ${state.percentage}: ${state.summary}`, says);
      assert.deepEqual(file.problems, []);
    });
  }

  it('reads an export: strategies, environments, tags and dependencies beside the features', () => {
    const file = decode({
      features: [
        {
          name: 'f',
          type: 'kill-switch',
          description: 'Stops it.',
          createdAt: '2025-01-02T03:04:05.000Z',
          archived: false,
        },
      ],
      featureStrategies: [
        { featureName: 'f', name: 'flexibleRollout', parameters: { rollout: '10', stickiness: 'default' } },
      ],
      featureEnvironments: [{ name: 'f', featureName: 'f', environment: 'development', enabled: true }],
      featureTags: [{ featureName: 'f', tagType: 'simple', tagValue: 'payments' }],
      dependencies: [{ feature: 'f', dependencies: [{ feature: 'parent', enabled: true }] }],
      tagTypes: [],
    });
    const [flag] = file.flags;
    assert.deepEqual(file.problems, []);
    assert.equal(flag!.type, 'kill-switch');
    assert.equal(flag!.description, 'Stops it.');
    assert.equal(flag!.created, '2025-01-02T03:04:05Z');
    assert.deepEqual(flag!.tags, ['payments']);
    assert.deepEqual(flag!.prerequisites, ['parent']);
    assert.equal(flag!.environments[0]!.environment, 'development');
    assert.equal(flag!.environments[0]!.summary, '10% by user id if parent is on; else off');
    assert.equal(flag!.environments[0]!.atMost, 10);
  });

  it('shows every environment a feature names', () => {
    const environments = [
      { name: 'production', enabled: false, strategies: [] },
      { name: 'development', enabled: true, strategies: [{ name: 'default' }] },
    ];
    const [flag] = decode({ features: [{ name: 'f', environments, strategies: [] }] }).flags;
    assert.deepEqual(
      flag!.environments.map(state => [state.environment, state.state]),
      [
        ['production', 'off'],
        ['development', 'on'],
      ],
    );
  });

  it('says that variants are served, and claims no single value', () => {
    const variants = [
      { name: 'a', weight: 500, payload: { type: 'string', value: 'A' } },
      { name: 'b', weight: 500 },
    ];
    const [flag] = decode({
      features: [{ name: 'f', enabled: true, strategies: [{ name: 'default' }], variants }],
    }).flags;
    assert.equal(flag!.kind, null);
    assert.equal(flag!.environments[0]!.serves, undefined);
    assert.equal(flag!.environments[0]!.summary, 'on for everyone; variants a 50%, b 50%');
    assert.deepEqual(
      flag!.variations.map(variation => variation.value),
      ['A', 'b'],
    );
  });
});

describe('a large export of Unleash', () => {
  it('is told although its strategies stand far behind its features', () => {
    const names = Array.from({ length: 500 }, (_, at) => `flag-${at}`);
    const description = 'what the flag is for, in words '.repeat(10);
    const value = {
      features: names.map(name => ({ name, description, type: 'release' })),
      featureEnvironments: names.map(featureName => ({ featureName, environment: 'production', enabled: true })),
      featureStrategies: names.map(featureName => ({ featureName, environment: 'production', ...rollout(25) })),
    };
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const file = decodeFlagFile('flags/export.json', text, defaultConfig(), 0);
      assert.deepEqual([file?.system, file?.flags.length], ['unleash', 500]);
    }
  });
});

function decode(value: unknown) {
  const context = { environment: 'production', now: Date.parse('2026-06-01T12:00:00Z') };
  return unleashExportDecoder.decode('unleash.json', JSON.stringify(value), context);
}
