// Rules in words, and rules that never apply: in every format that has rules one by one, and for flagd against its own evaluator.
import assert from 'node:assert/strict';
import { FlagdCore } from '@openfeature/flagd-core';
import { defaultConfig } from '../../../server/src/core/config.ts';
import type { RulePlace } from '../../../server/src/core/flags/flagLanguage.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

interface Case {
  readonly path: string;
  readonly text: string;
  /** `title: who → gets`, with what makes it never apply. */
  readonly rules: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
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
segments: [{ key: staff, name: Staff, match_type: ALL_MATCH_TYPE }]
`,
    rules: [
      "Rule 1 of 4: for segments staff or beta → red 60%, the code's fallback 40%, by entity id",
      'Rule 2 of 4: for segment staff → blue 100%, by entity id; never: rule 1 of 4 above takes all of them already (for segments staff or beta)',
      'Rule 3 of 4: for segments beta and trade → blue 100%, by entity id; never: rule 1 of 4 above takes all of them already (for segments staff or beta)',
      'Rule 4 of 4: for segment trade → blue 100%, by entity id',
      'Rule 1 of 4: everyone → on 25%, what comes next 75%, by entity id',
      'Rule 2 of 4: for segment staff → on',
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
      'Strategy 2 of 2: everyone → on; never: strategy 1 of 2 above is for everyone',
      'Strategy 1 of 1: everyone → on',
    ],
  },
};

describe('rules in words', () => {
  for (const [name, { path, text, rules }] of Object.entries(CASES)) {
    it(name, () => assert.deepEqual(rulesOf(path, text).map(ruleText), rules));
  }

  it('never calls a rule of flagd dead that its evaluator ever asks', async function () {
    this.timeout(60_000);
    const random = generator(11);
    let dead = 0;
    for (let round = 0; round < 150; round++) {
      const branches = Array.from({ length: 4 }, () => conditionOf(random, 0));
      // Each branch gives a variant of its own, so that what is served tells which one was asked.
      const targeting = { if: [...branches.flatMap((condition, at) => [condition, `v${at}`]), 'rest'] };
      const names = [...branches.map((_, at) => `v${at}`), 'rest'];
      const flag = {
        state: 'ENABLED',
        variants: Object.fromEntries(names.map(each => [each, each])),
        defaultVariant: 'rest',
        targeting,
      };
      const text = JSON.stringify({ flags: { flag } });
      const rules = rulesOf('a.flagd.json', text).filter(({ title }) => title.startsWith('Rule'));
      const shadowed = rules.flatMap(({ shadow }, at) => (shadow === null ? [] : [`v${at}`]));
      dead += shadowed.length;
      if (shadowed.length === 0) continue;
      const core = new FlagdCore();
      core.setConfigurations(text);
      for (const context of CONTEXTS) {
        const { variant } = core.resolveStringEvaluation('flag', '', context);
        assert.ok(!shadowed.includes(variant ?? ''), `${variant} is served to ${JSON.stringify(context)} by ${text}`);
      }
    }
    assert.ok(dead > 50, `${dead} dead rules were held to the evaluator`);
  });
});

const COUNTRIES = ['SE', 'NO', 'DK', '1'];
const PLANS = ['pro', 'team', ''];
/** Every context that the conditions can tell apart. */
const CONTEXTS = [...COUNTRIES, undefined, 1].flatMap(country =>
  [...PLANS, undefined].flatMap(plan =>
    [5, 50].map(age => ({
      targetingKey: 'x',
      age,
      ...(country === undefined ? {} : { country }),
      ...(plan === undefined ? {} : { plan }),
    })),
  ),
);

function conditionOf(random: () => number, depth: number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const [name, values] = pick([
    ['country', COUNTRIES],
    ['plan', PLANS],
  ] as const);
  const some = values.filter(() => random() < 0.6);
  switch (Math.floor(random() * (depth > 1 ? 4 : 7))) {
    case 0:
      return { in: [{ var: name }, some] };
    case 1:
      return { '==': [{ var: name }, pick(values)] };
    case 2:
      return { '===': [{ var: name }, pick(values)] };
    case 3:
      return { '>': [{ var: 'age' }, pick([1, 18])] };
    case 4:
    case 5:
      return { and: [conditionOf(random, depth + 1), conditionOf(random, depth + 1)] };
    default:
      return pick<unknown>([
        { or: [conditionOf(random, depth + 1), conditionOf(random, depth + 1)] },
        { '!': [conditionOf(random, depth + 1)] },
        true,
      ]);
  }
}

function rulesOf(path: string, text: string): readonly RulePlace[] {
  return decodeFlagFile(path, text, defaultConfig(), NOW)?.rules ?? [];
}

function ruleText({ title, who, gets, shadow }: RulePlace): string {
  return `${title}: ${who} → ${gets}${shadow === null ? '' : `; never: ${shadow.words}`}`;
}

/** A small generator of numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
