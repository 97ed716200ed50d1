import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import type { FlagFile } from '../../../server/src/core/model.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';

/** Shapes that public repositories hold, in files of ours. */
describe('flag files as they stand in public repositories', () => {
  it('Unleash 4: strategies by `strategyName`, one environment `:global:`, variants of the flag', () => {
    const file = read('exports/unleash.json', {
      version: 2,
      features: [
        { name: 'half', type: 'release', variants: [] },
        { name: 'colors', variants: [variant('red', 500), variant('blue', 500)] },
      ],
      featureStrategies: [
        { ...strategy('half', 'gradualRolloutRandom'), parameters: { percentage: '29' } },
        strategy('colors', 'default'),
      ],
      featureEnvironments: [environment('half'), environment('colors')],
    });
    assert.deepEqual(said(file), [
      'half in production: 29% by chance',
      'colors in production: on for everyone; variants red 50%, blue 50%',
    ]);
    assert.deepEqual(file.problems, []);
  });

  it('claims nothing of a flag of whose strategies something can’t be read', () => {
    const broken = { ...strategy('a', 'default'), constraints: [{ contextName: 'country', values: ['SE'] }] };
    const file = read('exports/unleash.json', {
      features: [{ name: 'a' }, { name: 'b' }],
      featureStrategies: [broken, strategy('b', 'default')],
      featureEnvironments: [environment('a'), environment('b')],
    });
    assert.deepEqual(said(file), ['a in production: state can not be read', 'b in production: on for everyone']);
    assert.equal(file.problems.length, 1);
  });

  it('claims nothing of a flag of whose rules something was left out, and keeps what only tells people of it', () => {
    const flag = (extra: object) => ({ variations: [true, false], on: true, fallthrough: { variation: 0 }, ...extra });
    const file = read('ld.json', {
      flags: {
        'by-country': flag({ rules: [{ clauses: 'country is SE', variation: 1 }], offVariation: 1 }),
        described: flag({ description: 7, offVariation: 1 }),
      },
    });
    assert.deepEqual(said(file), [
      'by-country in production: state can not be read',
      'described in production: on for everyone',
    ]);
  });

  it('Flagsmith: an override that can’t be read may be any flag’s', () => {
    const feature = { name: 'f', id: 1, type: 'STANDARD' };
    const environment = (identity_features: unknown) => ({
      name: 'Production',
      api_key: 'x',
      project: { segments: [] },
      feature_states: [{ feature, enabled: true, feature_state_value: null, multivariate_feature_state_values: [] }],
      identity_overrides: [{ identifier: 'ann', identity_features }],
    });
    assert.deepEqual(said(read('environment.json', environment([{ feature, enabled: false }]))), [
      'f in production: off for 1 user; else on',
    ]);
    assert.deepEqual(said(read('environment.json', environment('everything'))), [
      'f in production: state can not be read',
    ]);
  });

  it('Flipt: a segment without constraints takes in everyone', () => {
    const file = read('features.json', {
      flags: [
        {
          key: 'ramp',
          enabled: true,
          variants: [{ key: 'enabled' }, { key: 'disabled' }],
          rules: [
            { segment: 'staff', distributions: [{ variant: 'enabled', rollout: 100 }] },
            {
              segment: 'all-users',
              distributions: [
                { variant: 'enabled', rollout: 20 },
                { variant: 'disabled', rollout: 80 },
              ],
            },
            { segment: 'partners', distributions: [{ variant: 'enabled', rollout: 100 }] },
          ],
        },
        {
          key: 'both',
          type: 'BOOLEAN_FLAG_TYPE',
          enabled: false,
          rollouts: [{ segment: { keys: ['all-users', 'staff'], operator: 'AND_SEGMENT_OPERATOR', value: true } }],
        },
      ],
      segments: [
        { key: 'staff', match_type: 'ALL_MATCH_TYPE', constraints: [{ property: 'team', operator: 'present' }] },
        { key: 'all-users', match_type: 'ANY_MATCH_TYPE' },
      ],
    });
    assert.deepEqual(said(file), [
      'ramp in production: enabled 20%, disabled 80% by entity id; enabled for segment staff',
      'both in production: on for segment staff; else off',
    ]);
    const dead = (file.rules ?? []).filter(({ shadow }) => shadow !== null).map(({ title }) => title);
    assert.deepEqual(dead, ['Rule 3 of 3']);
  });
});

describe('experiments in flag files', () => {
  it('Statsig: groups divide users by buckets of one salt', () => {
    const bucket = (operator: string, targetValue: unknown, salt = 'exp') => ({
      type: 'user_bucket',
      operator,
      targetValue,
      additionalValues: { salt },
    });
    const group = (groupName: string, condition: object, returnValue: object, passPercentage = 100) => ({
      groupName,
      passPercentage,
      conditions: [condition],
      returnValue,
      isExperimentGroup: true,
    });
    const config = (name: string, rules: readonly object[]) => ({
      name,
      salt: name,
      enabled: true,
      defaultValue: { size: 0 },
      rules,
    });
    const layer = { ...group('layer', bucket('none', [0, 1, 2], 'layer'), {}), isExperimentGroup: false };
    const file = read('specs.json', {
      feature_gates: [],
      dynamic_configs: [
        config('halves', [
          group('Control', bucket('lt', 500), { size: 1 }),
          group('Test', bucket('lt', 1000), { size: 2 }),
        ]),
        config('tenth', [group('Test', bucket('gte', 900), { size: 2 })]),
        config('later', [
          group('Test', bucket('lt', 500), { size: 2 }, 0),
          group('Rest', bucket('gte', 500), { size: 3 }),
        ]),
        config('layered', [layer, group('Test', bucket('lt', 1000), { size: 2 })]),
        config('odd', [group('Test', bucket('resembles', 3), { size: 2 })]),
      ],
    });
    assert.deepEqual(said(file), [
      'halves in production: Control 50%, Test 50% by user id',
      'tenth in production: Test 10%, variation 0 90% by user id',
      'later in production: variation 0 50%, Rest 50% by user id',
      'layered in production: variation 1 99.7%, Test 0.3% by user id',
      'odd in production: Test if a custom rule applies; else variation 0',
    ]);
    assert.deepEqual([...new Set(file.flags.map(({ type }) => type))], ['experiment']);
    assert.deepEqual(file.flags[0]!.environments[0]!.shares, [
      { name: 'Control', percentage: 50 },
      { name: 'Test', percentage: 50 },
    ]);
  });

  it('Optimizely: audiences whose tree is a text', () => {
    const variation = { id: '1', key: 'on', featureEnabled: true, variables: [] };
    const trafficAllocation = [{ entityId: '1', endOfRange: 10000 }];
    const rule = (audienceConditions: string) => ({
      id: '5',
      key: 'r',
      status: 'Running',
      audienceIds: ['0'],
      audienceConditions,
      variations: [variation],
      trafficAllocation,
    });
    const texts = ['["or", "7", "8"]', '["and", "7", ["not", "8"]]', '7', '['.repeat(400)];
    const file = read('datafile.json', {
      version: '4',
      projectId: '1',
      featureFlags: texts.map((_, at) => ({
        id: `${at}`,
        key: `f${at}`,
        rolloutId: `${at}`,
        experimentIds: [],
        variables: [],
      })),
      rollouts: texts.map((text, at) => ({ id: `${at}`, experiments: [rule(text)] })),
      experiments: [],
      audiences: [
        { id: '7', name: 'Staff', conditions: '[]' },
        { id: '8', name: 'Bots', conditions: '[]' },
      ],
    });
    assert.deepEqual(said(file).slice(0, 3), [
      'f0 in production: on for segments Staff or Bots; else off',
      'f1 in production: on if in Staff and not Bots; else off',
      'f2 in production: on for segment Staff; else off',
    ]);
  });
});

describe('YAML of flags', () => {
  const yaml = (path: string, text: string): FlagFile => {
    const file = decodeFlagFile(path, text, defaultConfig(), 0);
    assert.ok(file !== null, `${path} is no flag file`);
    return file;
  };

  it('flagd: what flags have in common may stand in an anchor that they merge', () => {
    const file = yaml(
      'flags.yaml',
      `
common: &common
  state: ENABLED
  variants: { on: true, off: false }
flags:
  a:
    <<: *common
    defaultVariant: "on"
  b: &b
    <<: *common
    defaultVariant: "off"
  c: *b
`,
    );
    assert.deepEqual(
      [file.system, ...said(file)],
      [
        'flagd',
        'a in production: on for everyone',
        'b in production: off for everyone',
        'c in production: off for everyone',
      ],
    );
  });

  it('Flipt: rules of each document serve the variants of its own flag', () => {
    const flag = (variant: string) => `
flags:
  - key: pay
    enabled: true
    variants: [{ key: ${variant} }]
    rules: [{ segment: staff, distributions: [{ variant: ${variant}, rollout: 100 }] }]
`;
    const file = yaml('features.yaml', `namespace: a${flag('red')}---\nnamespace: b${flag('blue')}`);
    assert.deepEqual(
      file.rules?.map(({ gets }) => gets),
      ['red 100%, by entity id', 'blue 100%, by entity id'],
    );
  });
});

describe('Optimizely’s holdouts', () => {
  const everyone = { audienceIds: [], variations: [{ id: '1', key: 'on', featureEnabled: true }] };
  const rule = { id: '5', key: 'r', ...everyone, trafficAllocation: [{ entityId: '1', endOfRange: 10000 }] };
  const holdout = (more: object) => ({
    id: '9',
    key: 'h',
    status: 'Running',
    audienceIds: [],
    variations: [{ id: '2', key: 'off', featureEnabled: false }],
    trafficAllocation: [{ entityId: '2', endOfRange: 500 }],
    ...more,
  });
  const cases: readonly (readonly [string, object, string])[] = [
    ['keep their share out', holdout({}), '95% by user id'],
    ['that name another flag do nothing', holdout({ includedFlags: ['7'] }), 'on for everyone'],
    ['that leave the flag alone do nothing', holdout({ excludedFlags: ['3'] }), 'on for everyone'],
    ['that don’t run do nothing', holdout({ status: 'Draft' }), 'on for everyone'],
    ['that can’t be read leave nothing to claim', holdout({ trafficAllocation: 'some' }), 'state can not be read'],
  ];
  for (const [name, each, summary] of cases) {
    it(name, () => {
      const file = read('datafile.json', {
        projectId: '1',
        featureFlags: [{ id: '3', key: 'f', rolloutId: '4', experimentIds: [], variables: [] }],
        rollouts: [{ id: '4', experiments: [rule] }],
        holdouts: [each],
      });
      assert.deepEqual(said(file), [`f in production: ${summary}`]);
    });
  }
});

describe('shapes of flag files', () => {
  it('ConfigCat: settings that a program overrides have no preferences beside them', () => {
    const file = read('overrides.json', { f: { a: { t: 0, v: { b: true } }, b: { t: 2, v: { i: 5 } } } });
    assert.deepEqual(
      [file.system, ...said(file)],
      ['configcat', 'a in production: on for everyone', 'b in production: 5 for everyone'],
    );
  });

  it('GrowthBook: features alone, as SDKs are given them', () => {
    const rules = [{ force: true, coverage: 0.1, hashAttribute: 'id' }];
    const file = read('features.json', { plain: { defaultValue: false }, ramp: { defaultValue: false, rules } });
    assert.deepEqual(
      [file.system, ...said(file)],
      ['growthbook', 'plain in production: off for everyone', 'ramp in production: 10% by id'],
    );
    assert.deepEqual(
      file.rules?.map(({ gets }) => gets),
      ['on 10%, what comes next 90%, by id'],
    );
  });

  it('are not those of forms with default values and rules', () => {
    const form = { email: { defaultValue: '', rules: [{ required: true }] } };
    assert.equal(decodeFlagFile('form.json', JSON.stringify(form), defaultConfig(), 0), null);
  });

  it('are not those of a request that holds one flag of GO Feature Flag', () => {
    const flag = { variations: { on: true, off: false }, defaultRule: { variation: 'off' } };
    const request = { flagKey: 'a', flag, evalContext: { targetingKey: 'x' }, flagContext: {} };
    assert.equal(decodeFlagFile('input.json', JSON.stringify(request), defaultConfig(), 0), null);
  });
});

function read(path: string, content: object): FlagFile {
  const file = decodeFlagFile(path, JSON.stringify(content), defaultConfig(), Date.parse('2026-06-01T12:00:00Z'));
  assert.ok(file !== null, `${path} is no flag file`);
  return file;
}

function said({ flags }: FlagFile): readonly string[] {
  return flags.flatMap(({ key, environments }) =>
    environments.map(({ environment, summary }) => `${key} in ${environment}: ${summary}`),
  );
}

function strategy(featureName: string, strategyName: string): object {
  return { featureName, strategyName, environment: ':global:', parameters: {}, constraints: [] };
}

function environment(featureName: string): object {
  return { featureName, environment: ':global:', enabled: true };
}

function variant(name: string, weight: number): object {
  return { name, weight, weightType: 'variable', stickiness: 'default' };
}
