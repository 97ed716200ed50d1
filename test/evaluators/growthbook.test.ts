import { growthbookDecoder } from '../../server/src/sources/flag-systems/growthbook.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, users } from './claims.ts';
import { importEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface GrowthBook {
  GrowthBookClient: new () => {
    initSync(options: { payload: unknown }): unknown;
    evalFeature(key: string, context: { attributes: unknown }): { value: unknown };
  };
}

describe('GrowthBook payloads', () => {
  const mode = process.env.NODE_ENV;
  // It tells of odd weights on every evaluation otherwise.
  before(() => {
    process.env.NODE_ENV = 'production';
  });
  after(() => {
    process.env.NODE_ENV = mode;
  });
  itSaysWhatIsServed({
    decoder: growthbookDecoder,
    path: 'growthbook.json',
    seeds: 40,
    generate: random => {
      const features: Record<string, unknown> = { parent: { defaultValue: true }, shy: feature(random, 'shy', 1) };
      for (let i = 0; i < 4; i++) features[`f${i}`] = feature(random, `f${i}`, random.between(0, 4));
      return { features };
    },
    serve: async file => {
      const { GrowthBookClient } = await importEvaluator<GrowthBook>('@growthbook/growthbook');
      const client = new GrowthBookClient();
      client.initSync({ payload: file });
      return key => users.map(user => (client.evalFeature(key, { attributes: user }).value ?? undefined) as never);
    },
  });
});

const VALUES: readonly (readonly (boolean | string | number)[])[] = [
  [true, false],
  ['red', 'blue', 'off'],
  [10, 20, 30],
];

function feature(random: Random, key: string, count: number): unknown {
  const values = random.chance(0.6) ? VALUES[0]! : random.pick(VALUES);
  const rules = Array.from({ length: count }, () => rule(random, key, values));
  return { defaultValue: random.chance(0.5) ? (values[0] === true ? false : values[0]) : random.pick(values), rules };
}

function rule(random: Random, key: string, values: readonly unknown[]): unknown {
  const base = {
    ...(random.chance(0.5) ? { condition: condition(random) } : {}),
    ...(random.chance(0.15)
      ? {
          parentConditions: [
            {
              id: random.pick(['parent', 'shy']),
              condition: { value: true },
              ...(random.chance(0.5) ? { gate: true } : {}),
            },
          ],
        }
      : {}),
    ...(random.chance(0.3) ? { seed: random.pick(['a', 'b', key]) } : {}),
    ...(random.chance(0.5) ? { hashVersion: 2 } : {}),
    ...(random.chance(0.3) ? { hashAttribute: 'email' } : {}),
  };
  const filters = random.chance(0.15)
    ? { filters: [{ seed: 'ns', ranges: [[0.2, 0.2 + random.between(1, 7) / 10]], hashVersion: 2, attribute: 'id' }] }
    : {};
  if (random.chance(0.65)) {
    return {
      ...base,
      ...filters,
      force: random.pick(values),
      ...(random.chance(0.6) ? { coverage: random.between(0, 20) / 20 } : {}),
    };
  }
  const weights = random.pick([undefined, [0.3, 0.7], [0.5, 0.2]]);
  return {
    ...base,
    ...filters,
    key: random.pick(['exp-1', 'exp-2']),
    variations: values.slice(0, 2),
    ...(weights === undefined ? {} : { weights }),
    ...(random.chance(0.5) ? { coverage: random.between(1, 10) / 10 } : {}),
    ...(random.chance(0.2) ? { namespace: ['n1', 0, 0.5] } : {}),
  };
}

function condition(random: Random): unknown {
  if (random.chance(0.5)) return { country: { $in: random.some(COUNTRIES, 1).slice(0, 2) } };
  return random.chance(0.7)
    ? { plan: random.pick(PLANS) }
    : { country: random.pick(COUNTRIES), plan: random.pick(PLANS) };
}
