import assert from 'node:assert/strict';
import { launchdarklyFileDecoder } from '../../../server/src/sources/flag-systems/launchdarklyFile.ts';

const BOOLEAN = { on: true, variations: [true, false], offVariation: 1, fallthrough: { variation: 0 } };
const LAYOUTS = { on: true, variations: ['grid', 'list'], offVariation: 1, fallthrough: { variation: 1 } };
const clause = (attribute: string, op: string, values: readonly unknown[], more = {}) => ({
  attribute,
  op,
  values,
  ...more,
});
const rollout = (...weights: readonly number[]) => ({
  rollout: { variations: weights.map((weight, variation) => ({ variation, weight })) },
});

interface Case {
  readonly flag: Readonly<Record<string, unknown>>;
  readonly says: string;
  readonly problems?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  on: { flag: BOOLEAN, says: 'on 100: on for everyone' },
  off: { flag: { ...BOOLEAN, on: false }, says: 'off 0: off for everyone' },
  'off, serving true': { flag: { ...BOOLEAN, on: false, offVariation: 0 }, says: 'off 0: off: everyone gets on' },
  'off without an off variation': {
    flag: { ...BOOLEAN, on: false, offVariation: null },
    says: "off 0: off: the code's fallback is served",
  },
  'on, serving false': { flag: { ...BOOLEAN, fallthrough: { variation: 1 } }, says: 'off 0: off for everyone' },
  'a rollout': { flag: { ...BOOLEAN, fallthrough: rollout(20_000, 80_000) }, says: 'partial 20: 20% by user' },
  'a rollout by another attribute': {
    flag: {
      ...BOOLEAN,
      fallthrough: {
        rollout: {
          bucketBy: 'companyId',
          variations: [
            { variation: 0, weight: 500 },
            { variation: 1, weight: 99_500 },
          ],
        },
      },
    },
    says: 'partial 0.5: 0.5% by company id',
  },
  'weights in per cent': {
    flag: { ...BOOLEAN, fallthrough: rollout(25, 75) },
    says: 'partial 0.025: 0.03% by user',
    problems: ['flag-file/weights'],
  },
  'single users': {
    flag: { ...BOOLEAN, fallthrough: { variation: 1 }, targets: [{ variation: 0, values: ['ann', 'bob'] }] },
    says: 'targeted null: on for 2 users; else off',
  },
  'nobody listed': {
    flag: { ...BOOLEAN, fallthrough: { variation: 1 }, targets: [{ variation: 0, values: [] }] },
    says: 'off 0: off for everyone',
  },
  'a segment and a country': {
    flag: {
      ...BOOLEAN,
      fallthrough: rollout(25_000, 75_000),
      rules: [
        { clauses: [clause('', 'segmentMatch', ['staff'])], variation: 0 },
        { clauses: [clause('country', 'in', ['SE', 'NO'])], variation: 0 },
      ],
    },
    says: 'partial 25: 25% by user; 100% for segment staff; 100% if country is SE or NO',
  },
  'all clauses of a rule': {
    flag: {
      ...BOOLEAN,
      fallthrough: { variation: 1 },
      rules: [
        {
          clauses: [clause('email', 'endsWith', ['@a.example']), clause('plan', 'in', ['free'], { negate: true })],
          variation: 0,
        },
      ],
    },
    says: 'targeted null: on if email ends with @a.example and plan is not free; else off',
  },
  'another kind of context': {
    flag: {
      ...BOOLEAN,
      fallthrough: { variation: 1 },
      rules: [{ clauses: [clause('key', 'in', ['acme'], { contextKind: 'organization' })], variation: 0 }],
    },
    says: 'targeted null: on if organization key is acme; else off',
  },
  'an operator nobody knows': {
    flag: {
      ...BOOLEAN,
      fallthrough: { variation: 1 },
      rules: [{ clauses: [clause('x', 'isPrime', [7])], variation: 0 }],
    },
    says: 'targeted null: on if a custom rule applies; else off',
  },
  'a prerequisite': {
    flag: { ...BOOLEAN, prerequisites: [{ key: 'other', variation: 0 }] },
    says: 'targeted null: on if other allows it; else off',
  },
  'a prerequisite that is not there': {
    flag: { ...BOOLEAN, prerequisites: [{ key: 'gone', variation: 0 }] },
    says: 'targeted null: on if gone allows it; else off',
    problems: ['flag-file/unknown-prerequisite'],
  },
  'a variation that is not there': {
    flag: { ...BOOLEAN, fallthrough: { variation: 2 } },
    says: "off 0: nothing is served but the code's fallback",
    problems: ['flag-file/unknown-variation'],
  },
  'one string for everyone': { flag: { ...LAYOUTS, fallthrough: { variation: 0 } }, says: 'on 100: grid for everyone' },
  'the off string for everyone': { flag: LAYOUTS, says: 'off 0: list for everyone' },
  'an experiment': {
    flag: { ...LAYOUTS, fallthrough: { rollout: { kind: 'experiment', ...rollout(50_000, 50_000).rollout } } },
    says: 'partial 50: grid 50%, list 50% by user',
  },
};

describe('LaunchDarkly file data', () => {
  for (const [name, { flag, says, problems }] of Object.entries(CASES)) {
    it(name, () => {
      const file = decode({ flags: { flag, other: BOOLEAN } });
      const state = file.flags[0]!.environments[0]!;
      assert.equal(`${state.state} ${state.percentage}: ${state.summary}`, says);
      assert.deepEqual(
        file.problems.map(problem => problem.code),
        problems ?? [],
      );
    });
  }

  it('reads values without rules', () => {
    const { flags } = decode({ flagValues: { banner: 'blue', launched: true, dark: false, limit: 5 } });
    assert.deepEqual(
      flags.map(flag => [flag.key, flag.kind, flag.environments[0]!.state, flag.environments[0]!.serves]),
      [
        ['banner', 'string', 'on', 'blue'],
        ['launched', 'boolean', 'on', true],
        ['dark', 'boolean', 'off', false],
        ['limit', 'number', 'on', 5],
      ],
    );
  });

  it('reports a key in both parts, as the SDK does', () => {
    const file = decode({ flags: { a: BOOLEAN }, flagValues: { a: false } });
    assert.equal(file.flags.length, 1);
    assert.deepEqual(
      file.problems.map(problem => problem.code),
      ['flag-file/duplicate'],
    );
  });

  it('knows kind, off value, experiment and prerequisites', () => {
    const [flag] = decode({ flags: { flag: CASES['an experiment']!.flag } }).flags;
    assert.equal(flag!.kind, 'string');
    assert.equal(flag!.type, 'experiment');
    assert.equal(flag!.offValue, 'list');
    assert.deepEqual(
      flag!.variations.map(variation => variation.name),
      ['grid', 'list'],
    );
  });
});

function decode(value: unknown) {
  const context = { environment: 'production', now: Date.parse('2026-06-01T12:00:00Z') };
  return launchdarklyFileDecoder.decode('flags/ld.json', JSON.stringify(value, null, 2), context);
}
