// Shares that don't add up, or lie outside of the whole, in every format that has shares.
import assert from 'node:assert/strict';
import { defaultConfig } from '../../../server/src/core/config.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

interface Case {
  readonly path: string;
  /** A file with this text where a share stands. */
  readonly file: (share: string) => string;
  readonly right: readonly string[];
  /** What stands there, and what is said of it. */
  readonly wrong: Readonly<Record<string, RegExp>>;
}

const OUTSIDE = { '101': /not between 0 and 100/, '-1': /not between 0 and 100/ };
const json = (value: unknown) => (share: string) => JSON.stringify(value).replaceAll('"SHARE"', share);

const CASES: Readonly<Record<string, Case>> = {
  'Flipt distributions': {
    path: 'features.yaml',
    file: share => `
flags:
  - key: a
    enabled: true
    variants: [{ key: x }, { key: y }]
    rules: [{ segment: s, distributions: [{ variant: x, rollout: 60 }, { variant: y, rollout: ${share} }] }]
`,
    right: ['40', '40.0'],
    wrong: { '30': /add up to 90, not 100; whoever is left/, '-40': /The share -40 of "a" is not between/ },
  },
  'Flipt thresholds': {
    path: 'features.yaml',
    file: share => `
flags:
  - key: a
    type: BOOLEAN_FLAG_TYPE
    enabled: false
    rollouts: [{ threshold: { percentage: ${share}, value: true } }]
`,
    right: ['0', '33.3', '100'],
    wrong: OUTSIDE,
  },
  'GO Feature Flag': {
    path: 'flags.yaml',
    file: share => `
a:
  variations: { x: true, y: false }
  defaultRule: { percentage: { x: 70, y: ${share} } }
`,
    right: ['30'],
    wrong: { '20': /add up to 90, not 100; they count as parts of their sum/, '1e9': /not between 0 and 100/ },
  },
  GrowthBook: {
    path: 'payload.json',
    file: json({
      features: { a: { defaultValue: 1, rules: [{ variations: [1, 2, 3], weights: [0.33, 0.33, 'SHARE'] }] } },
    }),
    right: ['0.34', '0.335'],
    wrong: { '0.5': /add up to 1.16, not 1; GrowthBook then divides/, '34': /not between 0 and 1/ },
  },
  'GrowthBook coverage': {
    path: 'payload.json',
    file: json({ features: { a: { defaultValue: 1, rules: [{ force: 2, coverage: 'SHARE' }] } } }),
    right: ['0', '0.25', '1'],
    wrong: { '25': /not between 0 and 1/ },
  },
  Flagsmith: {
    path: 'environment.json',
    file: json({
      api_key: 'x',
      project: { segments: [] },
      feature_states: [
        {
          feature: { name: 'a' },
          enabled: true,
          feature_state_value: 'x',
          multivariate_feature_state_values: [
            { percentage_allocation: 60, multivariate_feature_option: { value: 'y' } },
            { percentage_allocation: 'SHARE', multivariate_feature_option: { value: 'z' } },
          ],
        },
      ],
    }),
    right: ['0', '40', '10'],
    wrong: { '50': /add up to 110, more than 100/ },
  },
  Statsig: {
    path: 'statsig.json',
    file: json({
      feature_gates: [
        {
          name: 'a',
          salt: 'x',
          enabled: true,
          rules: [{ passPercentage: 'SHARE', conditions: [], returnValue: true }],
        },
      ],
    }),
    right: ['0', '0.5', '100'],
    wrong: OUTSIDE,
  },
  Optimizely: {
    path: 'datafile.json',
    file: json({
      projectId: '1',
      rollouts: [
        {
          id: 'r',
          experiments: [
            {
              id: 'e',
              variations: [{ id: 'v', key: 'on' }],
              trafficAllocation: [{ entityId: 'v', endOfRange: 'SHARE' }],
            },
          ],
        },
      ],
      featureFlags: [{ id: '1', key: 'a', rolloutId: 'r', experimentIds: [] }],
    }),
    right: ['0', '2500', '10000'],
    wrong: { '25000': /not between 0 and 10000/ },
  },
  Flipper: {
    path: 'flipper.json',
    file: json({ version: 1, features: { a: { boolean: null, percentage_of_actors: 'SHARE' } } }),
    right: ['null', '"25"', '25'],
    wrong: { ...OUTSIDE, '"250"': /The share 250 of "a"/ },
  },
  '.NET': {
    path: 'appsettings.json',
    file: json({
      FeatureManagement: {
        a: { EnabledFor: [{ Name: 'Percentage', Parameters: { Value: 'SHARE' } }] },
        b: { EnabledFor: [{ Name: 'Budget', Parameters: { Value: 5000 } }] },
      },
    }),
    right: ['0', '50', '100'],
    wrong: OUTSIDE,
  },
  Unleash: {
    path: 'unleash.json',
    file: json({
      version: 1,
      features: [
        {
          name: 'a',
          type: 'release',
          enabled: true,
          strategies: [{ name: 'flexibleRollout', parameters: { rollout: 'SHARE' } }],
        },
      ],
    }),
    right: ['"25"', '100'],
    wrong: { '"125"': /The share 125 of "a" is not between 0 and 100/ },
  },
};

describe('shares in flag files', () => {
  for (const [name, { path, file, right, wrong }] of Object.entries(CASES)) {
    it(name, () => {
      for (const share of right) assert.deepEqual(said(path, file(share)), [], share);
      for (const [share, words] of Object.entries(wrong)) {
        const [message, ...more] = said(path, file(share));
        assert.match(message ?? 'nothing', words, share);
        assert.deepEqual(more, []);
      }
    });
  }
});

function said(path: string, text: string): readonly string[] {
  const file = decodeFlagFile(path, text, defaultConfig(), NOW);
  assert.ok(file !== null && file.flags.length > 0);
  return file.problems.filter(({ code }) => code === 'flag-file/weights').map(({ message }) => message);
}
