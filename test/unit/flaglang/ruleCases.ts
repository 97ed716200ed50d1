// A file of each format that has rules one by one, and what is said of them.

interface Case {
  readonly path: string;
  readonly text: string;
  /** `title: who → gets`, with what makes it never apply. */
  readonly rules: readonly string[];
}

export const CASES: Readonly<Record<string, Case>> = {
  'GO Feature Flag': {
    path: 'flags.yaml',
    text: `
new-checkout:
  variations: { a: true, b: false }
  targeting:
    - name: beta
      query: country eq "SE" and plan eq "pro"
      percentage: { a: 30, b: 70 }
    - query: plan eq "pro" and age gt 18 and country eq "SE"
      variation: a
    - query: plan eq "pro" or country eq "SE"
      variation: a
    - query: country eq "SE" and plan eq "pro"
      disable: true
      variation: b
  defaultRule: { variation: b }
`,
    rules: [
      'Rule 1 of 4: if country is SE and plan is pro → a 30%, b 70%, by targeting key',
      'Rule 2 of 4: if plan is pro and age > 18 and country is SE → a; never: rule 1 of 4 above takes all of them already (if country is SE and plan is pro)',
      'Rule 3 of 4: if plan eq "pro" or country eq "SE" → a',
      'Rule 4 of 4: nobody → b',
      'Everyone else: everyone → b',
    ],
  },
  Flipt: {
    path: 'features.yaml',
    text: `
flags:
  - key: banner
    type: VARIANT_FLAG_TYPE
    enabled: true
    variants: [{ key: red }, { key: blue }]
    rules:
      - segment: { keys: [staff, beta], operator: OR_SEGMENT_OPERATOR }
        distributions: [{ variant: red, rollout: 60 }]
      - segment: staff
        distributions: [{ variant: blue, rollout: 100 }]
      - segment: { keys: [beta, trade], operator: AND_SEGMENT_OPERATOR }
        distributions: [{ variant: blue, rollout: 100 }]
      - segment: trade
        distributions: [{ variant: blue, rollout: 100 }]
  - key: switch
    type: BOOLEAN_FLAG_TYPE
    enabled: false
    rollouts:
      - threshold: { percentage: 25, value: true }
      - segment: { key: staff, value: true }
      - threshold: { percentage: 100, value: true }
      - segment: { key: beta, value: true }
segments:
  - key: staff
    name: Staff
    match_type: ALL_MATCH_TYPE
    constraints: [{ type: STRING_COMPARISON_TYPE, property: team, operator: eq, value: staff }]
`,
    rules: [
      "Rule 1 of 4: for segments Staff or beta → red 60%, the code's fallback 40%, by entity id",
      'Rule 2 of 4: for segment Staff → blue 100%, by entity id; never: rule 1 of 4 above takes all of them already (for segments Staff or beta)',
      'Rule 3 of 4: for segments beta and trade → blue 100%, by entity id; never: rule 1 of 4 above takes all of them already (for segments Staff or beta)',
      'Rule 4 of 4: for segment trade → blue 100%, by entity id',
      'Rule 1 of 4: everyone → on 25%, what comes next 75%, by entity id',
      'Rule 2 of 4: for segment Staff → on',
      'Rule 3 of 4: everyone → on 100%, by entity id',
      'Rule 4 of 4: for segment beta → on; never: rule 3 of 4 above is for everyone',
    ],
  },
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
  Flipper: {
    path: 'flipper.json',
    text: JSON.stringify({
      version: 1,
      features: {
        banner: {
          boolean: null,
          groups: ['staff'],
          actors: ['User;1', 'User;2'],
          expression: { Any: [{ Equal: [{ Property: ['plan'] }, 'pro'] }, { GreaterThan: [{ Property: 'age' }, 18] }] },
          percentage_of_actors: '25',
          percentage_of_time: null,
        },
        search: { boolean: 'true', groups: ['staff'], actors: [], percentage_of_actors: null },
      },
    }),
    rules: [
      'Gate 1 of 4: if plan is pro or age > 18 → on',
      'Gate 2 of 4: for segment staff → on',
      'Gate 3 of 4: for 2 actors → on',
      'Gate 4 of 4: everyone → on 25%, what other gates say 75%, by actor',
      'Gate 1 of 2: everyone → on',
      'Gate 2 of 2: for segment staff → on; never: gate 1 of 2 above is for everyone',
    ],
  },
  '.NET': {
    path: 'appsettings.json',
    text: JSON.stringify({
      FeatureManagement: {
        Banner: {
          EnabledFor: [
            { Name: 'TimeWindow', Parameters: { Start: '2026-05-01T00:00:00Z', End: '2026-07-01T00:00:00Z' } },
            {
              Name: 'Targeting',
              Parameters: {
                Audience: {
                  Users: ['ann'],
                  Groups: [{ Name: 'staff', RolloutPercentage: 50 }],
                  DefaultRolloutPercentage: 10,
                },
              },
            },
            { Name: 'AlwaysOn' },
            { Name: 'Browser', Parameters: {} },
          ],
        },
        Search: {
          RequirementType: 'All',
          EnabledFor: [{ Name: 'AlwaysOn' }, { Name: 'Percentage', Parameters: { Value: 5 } }],
        },
      },
    }),
    rules: [
      'Filter 1 of 4: everyone from 1 May 2026 until 1 Jul 2026 → on',
      'Filter 2 of 4: everyone → on for 1 user; on 55%, what other filters say 45%, by user id for segment staff; else on 10%, what other filters say 90%, by user id',
      'Filter 3 of 4: everyone → on',
      'Filter 4 of 4: if Browser allows it → on; never: filter 3 of 4 above is for everyone',
      'Filter 1 of 2: everyone → on, if the other filters agree',
      'Filter 2 of 2: everyone → on 5%, off 95%, by chance',
    ],
  },
  '.NET with variants': {
    path: 'appsettings.json',
    text: JSON.stringify({
      feature_management: {
        feature_flags: [
          {
            id: 'Banner',
            enabled: true,
            conditions: { client_filters: [{ name: 'Microsoft.Percentage', parameters: { Value: 50 } }] },
            variants: [{ name: 'Red' }, { name: 'Blue' }],
            allocation: {
              user: [{ variant: 'Red', users: ['ann', 'bob'] }],
              group: [
                { variant: 'Blue', groups: ['staff', 'beta'] },
                { variant: 'Red', groups: ['beta'] },
              ],
              percentile: [{ variant: 'Red', from: 0, to: 25 }],
              default_when_enabled: 'Blue',
            },
          },
        ],
      },
    }),
    rules: [
      'Filter 1 of 1: everyone → on 50%, what other filters say 50%, by chance',
      'Allocation 1 of 4: for 2 users → variant Red',
      'Allocation 2 of 4: for segments staff or beta → variant Blue',
      'Allocation 3 of 4: for segment beta → variant Red; never: allocation 2 of 4 above takes all of them already (for segments staff or beta)',
      'Allocation 4 of 4: everyone → variant Red 25%, what comes next 75%, by user id',
      'Everyone else: everyone → variant Blue',
    ],
  },
  Split: {
    path: 'split.yaml',
    text: `
- banner: { treatment: "on", keys: ann }
- banner: { treatment: "off", keys: [ann, bob] }
- banner: { treatment: "blue" }
- search: { treatment: "control" }
`,
    rules: [
      'Entry 1 of 2: for 2 users → off',
      'Entry 2 of 2: for 1 user → on; never: entry 1 of 2 below takes all of them already (for 2 users)',
      'Everyone else: everyone → blue',
      "Everyone: everyone → the code's fallback",
    ],
  },
};

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
