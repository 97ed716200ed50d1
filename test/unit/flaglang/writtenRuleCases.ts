// Files of rules that people write and keep beside their code, and what is said of each rule.
import type { RuleCase } from './ruleCases.ts';

export const WRITTEN: Readonly<Record<string, RuleCase>> = {
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
