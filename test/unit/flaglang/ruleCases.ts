// A file of each format that has rules one by one, and what is said of them.
import { WRITTEN } from './writtenRuleCases.ts';

export interface RuleCase {
  readonly path: string;
  readonly text: string;
  /** `title: who → gets`, with what makes it never apply. */
  readonly rules: readonly string[];
}

/** What servers export and serve. */
const EXPORTED: Readonly<Record<string, RuleCase>> = {
  GrowthBook: {
    path: 'payload.json',
    text: JSON.stringify({
      features: {
        banner: {
          defaultValue: false,
          rules: [
            { condition: { country: 'SE' }, force: true, coverage: 0.25, hashAttribute: 'id' },
            { condition: { country: 'SE' }, force: true },
            { condition: { country: 'SE', plan: 'pro' }, force: false },
            { force: true },
          ],
        },
      },
    }),
    rules: [
      'Rule 1 of 4: if country is SE → on 25%, what comes next 75%, by id',
      'Rule 2 of 4: if country is SE → on',
      'Rule 3 of 4: if country is SE and plan is pro → off; never: rule 2 of 4 above takes all of them already (if country is SE)',
      'Rule 4 of 4: everyone → on',
    ],
  },
  ConfigCat: {
    path: 'config_v6.json',
    text: JSON.stringify({
      p: { u: 'https://x.example', r: 0, s: 'salt' },
      f: {
        banner: {
          t: 0,
          v: { b: false },
          r: [
            {
              c: [{ u: { a: 'Country', c: 0, l: ['SE'] } }],
              p: [
                { p: 40, v: { b: true } },
                { p: 60, v: { b: false } },
              ],
            },
            {
              c: [{ u: { a: 'Country', c: 0, l: ['SE'] } }, { u: { a: 'Plan', c: 0, l: ['pro'] } }],
              s: { v: { b: true } },
            },
            { c: [{ u: { a: 'Plan', c: 0, l: ['pro'] } }], s: { v: { b: true } } },
          ],
        },
      },
    }),
    rules: [
      'Rule 1 of 3: if country is SE → on 40%, off 60%, by identifier',
      'Rule 2 of 3: if country is SE and plan is pro → on; never: rule 1 of 3 above takes all of them already (if country is SE)',
      'Rule 3 of 3: if plan is pro → on',
    ],
  },
  'Unleash export': {
    path: 'export.json',
    text: JSON.stringify({
      features: [{ name: 'banner', type: 'release' }],
      featureStrategies: [
        { featureName: 'banner', environment: 'production', name: 'default', sortOrder: 2 },
        {
          featureName: 'banner',
          environment: 'production',
          name: 'flexibleRollout',
          sortOrder: 1,
          parameters: { rollout: '100', stickiness: 'default' },
        },
        { featureName: 'banner', environment: 'development', name: 'default' },
      ],
      featureEnvironments: [
        { featureName: 'banner', environment: 'production', enabled: true },
        { featureName: 'banner', environment: 'development', enabled: true },
      ],
    }),
    rules: [
      'Strategy 1 of 2: everyone → on',
      'Strategy 2 of 2: everyone → on; never: strategy 1 of 2 below is for everyone',
      'Strategy 1 of 1: everyone → on',
    ],
  },
  Statsig: {
    path: 'statsig.json',
    text: JSON.stringify({
      has_updates: true,
      feature_gates: [
        {
          name: 'banner',
          salt: 'a',
          enabled: true,
          defaultValue: false,
          idType: 'userID',
          rules: [
            { conditions: ['1'], passPercentage: 25, returnValue: true },
            {
              conditions: [
                { type: 'user_field', field: 'plan', operator: 'any', targetValue: ['pro'] },
                { type: 'pass_gate', targetValue: 'other' },
              ],
              passPercentage: 100,
              returnValue: true,
            },
            { conditions: [{ type: 'pass_gate', targetValue: 'other' }], passPercentage: 100, returnValue: true },
            { conditions: [{ type: 'public' }], passPercentage: 10, returnValue: true },
            {
              conditions: [{ type: 'ip_based', field: 'country', operator: 'any', targetValue: ['SE'] }],
              returnValue: true,
            },
          ],
        },
        { name: 'other', salt: 'b', enabled: true, defaultValue: false, rules: [] },
      ],
      condition_map: { 1: { type: 'user_field', field: 'plan', operator: 'any', targetValue: ['pro', 'team'] } },
    }),
    rules: [
      'Rule 1 of 5: if plan is pro or team → on 25%, off 75%, by user id',
      'Rule 2 of 5: if plan is pro and other is on → on; never: rule 1 of 5 above takes all of them already (if plan is pro or team)',
      'Rule 3 of 5: if other is on → on',
      'Rule 4 of 5: everyone → on 10%, off 90%, by user id',
      'Rule 5 of 5: if country is SE → on; never: rule 4 of 5 above is for everyone',
      'Everyone else: everyone → off',
      'Everyone: everyone → off',
    ],
  },
  Optimizely: {
    path: 'datafile.json',
    text: JSON.stringify({
      projectId: '1',
      typedAudiences: [
        { id: '10', name: 'staff', conditions: [] },
        { id: '11', name: 'beta', conditions: [] },
      ],
      experiments: [experiment('e0', [], 5000, 'a'), experiment('e5', ['10'], 10_000, 'a')],
      rollouts: [
        {
          id: 'r1',
          experiments: [
            experiment('e1', ['10', '11'], 10_000, 'on'),
            experiment('e2', ['11'], 5000, 'on'),
            experiment('e3', [], 2500, 'on'),
          ],
        },
        { id: 'r2', experiments: [experiment('e6', [], 5000, 'on'), experiment('e7', ['10'], 10_000, '123')] },
      ],
      featureFlags: [
        { id: '1', key: 'banner', rolloutId: 'r1', experimentIds: ['e0', 'e5'], variables: [] },
        { id: '2', key: 'search', rolloutId: 'r2', experimentIds: [], variables: [] },
      ],
    }),
    rules: [
      'Experiment 1 of 2: everyone → on (variation a) 50%, what comes next 50%, by user id',
      'Experiment 2 of 2: for segment staff → on (variation a) 100%, by user id',
      'Rule 1 of 2: for segments staff or beta → on 100%, by user id',
      'Rule 2 of 2: for segment beta → on 50%, what everyone else gets 50%, by user id; never: rule 1 of 2 above takes all of them already (for segments staff or beta)',
      'Everyone else: everyone → on 25%, off 75%, by user id',
      'Rule 1 of 1: everyone → on 50%, what everyone else gets 50%, by user id',
      'Last rule: for segment staff → on 100%, by user id',
    ],
  },
  Flagsmith: {
    path: 'environment.json',
    text: JSON.stringify({
      api_key: 'x',
      project: {
        segments: [
          {
            id: 1,
            name: 'staff',
            rules: [
              {
                type: 'ALL',
                rules: [
                  {
                    type: 'ANY',
                    conditions: [
                      { operator: 'EQUAL', property_: 'plan', value: 'staff' },
                      { operator: 'IN', property_: 'country', value: 'SE,NO' },
                    ],
                  },
                ],
              },
            ],
            feature_states: [
              { feature: { name: 'banner' }, enabled: true, feature_segment: { priority: 1 } },
              { feature: { name: 'banner' }, enabled: false, feature_segment: { priority: 2 } },
            ],
          },
        ],
      },
      identity_overrides: [{ identifier: 'ann', identity_features: [{ feature: { name: 'banner' }, enabled: false }] }],
      feature_states: [
        {
          feature: { name: 'banner' },
          enabled: true,
          feature_state_value: 'red',
          multivariate_feature_state_values: [
            { percentage_allocation: 30, multivariate_feature_option: { value: 'blue' } },
          ],
        },
      ],
    }),
    rules: [
      'Override 1 of 3: for identity ann → off',
      'Override 2 of 3: for segment staff (plan is staff or country is SE or NO) → on',
      'Override 3 of 3: for segment staff (plan is staff or country is SE or NO) → off; never: override 2 of 3 above takes all of them already (for segment staff (plan is staff or country is SE or NO))',
      'Everyone else: everyone → on with "blue" 30%, on with "red" 70%, by identity',
    ],
  },
};

export const CASES: Readonly<Record<string, RuleCase>> = { ...EXPORTED, ...WRITTEN };

function experiment(id: string, audienceIds: readonly string[], endOfRange: number, key: string): object {
  return {
    id,
    key: id,
    status: 'Running',
    audienceIds,
    variations: [{ id: `${id}v`, key, featureEnabled: true }],
    trafficAllocation: [{ entityId: `${id}v`, endOfRange }],
    forcedVariations: {},
  };
}
