import { statsigDecoder } from '../../server/src/sources/flag-systems/statsig.ts';
import type { Random } from '../support/random.ts';
import { COUNTRIES, PLANS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Package {
  StatsigServer: new (
    key: string,
    options: unknown,
  ) => {
    initializeAsync(): Promise<unknown>;
    checkGate(user: unknown, name: string): boolean;
    shutdown(): void;
  };
}

describe('Statsig bootstrap values', () => {
  let close = () => {};
  itSaysWhatIsServed({
    decoder: statsigDecoder,
    path: 'statsig.json',
    seeds: 6,
    generate: random => ({
      feature_gates: [
        gate('segment:staff', random, [{ type: 'user_field', field: 'plan', operator: 'any', targetValue: ['staff'] }]),
        ...Array.from({ length: 6 }, (_, i) => gate(`f${i}`, random, null)),
      ],
      dynamic_configs: [],
      layer_configs: [],
      has_updates: true,
      time: 1,
    }),
    serve: async file => {
      const { StatsigServer } = requireEvaluator<Package>('statsig-node');
      const bootstrapValues = JSON.stringify(file);
      const server = new StatsigServer('secret-none', {
        bootstrapValues,
        disableDiagnostics: true,
        disableIdListsSync: true,
        disableRulesetsSync: true,
        loggingIntervalMs: 600_000,
        localMode: true,
        api: 'http://127.0.0.1:9',
        logger: { error() {}, warn() {}, info() {}, debug() {} },
      });
      await server.initializeAsync();
      close = () => server.shutdown();
      return key =>
        users.map((user): Served => {
          const custom = { plan: user.plan, country: user.country, age: user.age };
          return server.checkGate({ userID: user.id, custom }, key);
        });
    },
    close: () => close(),
  });
});

function gate(name: string, random: Random, only: readonly unknown[] | null): unknown {
  const rules = Array.from({ length: random.between(0, 3) }, (_, i) => ({
    name: `r${i}`,
    id: `r${i}`,
    salt: `${name}-${i}`,
    passPercentage: random.pick([0, 5, 25, 50, 90, 100, 100]),
    returnValue: true,
    idType: 'userID',
    conditions: random.chance(0.4)
      ? [condition({ type: 'public' })]
      : random.chance(0.4)
        ? [condition(bucket(name, random))]
        : [condition(targeting(random))],
  }));
  const fixed = [
    {
      name: 'only',
      id: 'only',
      salt: 's',
      passPercentage: 100,
      returnValue: true,
      idType: 'userID',
      conditions: only?.map(each => condition(each as object)),
    },
  ];
  return {
    name,
    type: 'feature_gate',
    entity: only === null ? 'feature_gate' : 'segment',
    salt: name,
    enabled: only !== null || random.chance(0.9),
    defaultValue: false,
    idType: 'userID',
    rules: only === null ? rules : fixed,
  };
}

function condition(more: object): object {
  return {
    targetValue: null,
    operator: null,
    field: null,
    additionalValues: {},
    isDeviceBased: false,
    idType: 'userID',
    ...more,
  };
}

/** As experiments divide their users: one salt for all groups. */
function bucket(salt: string, random: Random): object {
  const targetValue = random.pick([100, 250, 500, 1000]);
  const listed = Array.from({ length: targetValue / 2 }, (_, i) => i * 2);
  const [operator, value] = random.pick([
    ['lt', targetValue] as const,
    ['gte', targetValue] as const,
    ['any', listed] as const,
    ['none', listed] as const,
  ]);
  return { type: 'user_bucket', operator, targetValue: value, additionalValues: { salt } };
}

function targeting(random: Random): object {
  if (random.chance(0.3)) return { type: 'pass_gate', targetValue: 'segment:staff' };
  if (random.chance(0.3))
    return { type: 'user_field', field: 'age', operator: 'gte', targetValue: random.between(20, 70) };
  if (random.chance(0.5))
    return {
      type: 'user_field',
      field: 'plan',
      operator: random.pick(['any', 'none']),
      targetValue: [random.pick(PLANS)],
    };
  return { type: 'user_field', field: 'country', operator: 'any', targetValue: random.some(COUNTRIES, 1).slice(0, 3) };
}
