import { optimizelyDecoder } from '../../server/src/sources/flag-systems/optimizely.ts';
import type { Random } from '../support/random.ts';
import { type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Package {
  createInstance(options: unknown): {
    createUserContext(id: string, attributes: unknown): { decide(key: string, options: unknown): { enabled: boolean } };
    close(): unknown;
  };
  createStaticProjectConfigManager(options: unknown): unknown;
  OptimizelyDecideOption: { DISABLE_DECISION_EVENT: string };
}

describe('Optimizely datafiles', () =>
  itSaysWhatIsServed({
    decoder: optimizelyDecoder,
    path: 'optimizely.json',
    seeds: 8,
    generate: datafile,
    serve: async file => {
      const { createInstance, createStaticProjectConfigManager, OptimizelyDecideOption } =
        requireEvaluator<Package>('@optimizely/optimizely-sdk');
      const client = createInstance({
        projectConfigManager: createStaticProjectConfigManager({ datafile: JSON.stringify(file) }),
      });
      const options = [OptimizelyDecideOption.DISABLE_DECISION_EVENT];
      return key =>
        users.map((user): Served => {
          const context = client.createUserContext(user.id, { plan: user.plan, country: user.country, age: user.age });
          return context.decide(key, options).enabled;
        });
    },
  }));

function datafile(random: Random): unknown {
  let id = 100;
  const next = () => String(id++);
  const audience = (random: Random) => random.pick<string[]>([[], ['1'], ['2'], ['1', '2']]);
  const experiment = (more: object, share: number) => {
    const on = { id: next(), key: 'on', featureEnabled: true };
    const off = { id: next(), key: 'off', featureEnabled: false };
    const half = random.pick([share, Math.floor(share / 2)]);
    return {
      id: next(),
      key: next(),
      status: 'Running',
      layerId: next(),
      audienceIds: audience(random),
      forcedVariations: {},
      variations: [on, off],
      trafficAllocation: [
        { entityId: on.id, endOfRange: half },
        { entityId: off.id, endOfRange: share },
      ],
      ...more,
    };
  };
  const share = () => random.pick([0, 1000, 2500, 5000, 9000, 10_000, 10_000]);
  const experiments: { id: string }[] = [];
  const rollouts: unknown[] = [];
  const featureFlags = Array.from({ length: 5 }, (_, i) => {
    const ids = Array.from({ length: random.between(0, 2) }, () => {
      const status = random.chance(0.8) ? 'Running' : 'Paused';
      const made = experiment({ status }, share());
      experiments.push(made);
      return made.id;
    });
    const rules = Array.from({ length: random.between(1, 3) }, () => experiment({}, share()));
    const everyone = experiment({ audienceIds: [] }, share());
    const rollout = { id: next(), experiments: [...rules.slice(1), everyone] };
    rollouts.push(rollout);
    return { id: next(), key: `f${i}`, rolloutId: rollout.id, experimentIds: ids, variables: [] };
  });
  const matches = (name: string, match: string, value: unknown) => [
    'and',
    ['or', ['or', { match, name, type: 'custom_attribute', value }]],
  ];
  return {
    version: '4',
    projectId: '1',
    accountId: '2',
    revision: '3',
    environmentKey: 'production',
    attributes: [
      { id: '1', key: 'plan' },
      { id: '2', key: 'country' },
      { id: '3', key: 'age' },
    ],
    audiences: [],
    typedAudiences: [
      { id: '1', name: 'staff', conditions: matches('plan', 'exact', 'staff') },
      { id: '2', name: 'seniors', conditions: matches('age', 'ge', 60) },
    ],
    events: [],
    groups: [],
    experiments,
    rollouts,
    featureFlags,
  };
}
