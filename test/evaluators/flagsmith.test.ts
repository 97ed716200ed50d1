import { flagsmithDecoder } from '../../server/src/sources/flag-systems/flagsmith.ts';
import type { Random } from '../support/random.ts';
import { type Served, users } from './claims.ts';
import { importEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Package {
  Flagsmith: new (
    options: unknown,
  ) => {
    getIdentityFlags(id: string, traits: unknown): Promise<{ isFeatureEnabled(name: string): boolean }>;
  };
  buildEnvironmentModel?: (document: unknown) => unknown;
}
interface Models {
  buildEnvironmentModel(document: unknown): unknown;
}

const TRAITS = {
  staff: { property_: 'plan', operator: 'EQUAL', value: 'staff' },
  seniors: { property_: 'age', operator: 'GREATER_THAN_INCLUSIVE', value: '60' },
};

describe('Flagsmith environment documents', () =>
  itSaysWhatIsServed({
    decoder: flagsmithDecoder,
    path: 'flagsmith.json',
    seeds: 8,
    generate: random => environment(random),
    serve: async file => {
      const { Flagsmith } = await importEvaluator<Package>('flagsmith-nodejs');
      const here = new URL(
        './node_modules/flagsmith-nodejs/build/esm/flagsmith-engine/environments/util.js',
        import.meta.url,
      );
      const { buildEnvironmentModel } = (await import(here.href)) as Models;
      const model = buildEnvironmentModel(file);
      const client = new Flagsmith({ offlineMode: true, offlineHandler: { getEnvironment: () => model } });
      const answers: { isFeatureEnabled(name: string): boolean }[] = [];
      for (const user of users)
        answers.push(await client.getIdentityFlags(user.id, { plan: user.plan, age: user.age }));
      return key => answers.map(answer => answer.isFeatureEnabled(key) as Served);
    },
  }));

function environment(random: Random): unknown {
  const names = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5'];
  const state = (name: string, enabled: boolean, more = {}) => ({
    feature: { id: names.indexOf(name) + 1, name, type: 'STANDARD' },
    enabled,
    feature_state_value: null,
    multivariate_feature_state_values: [],
    featurestate_uuid: `00000000-0000-4000-8000-00000000000${names.indexOf(name)}`,
    django_id: names.indexOf(name) + 1,
    ...more,
  });
  const override = (priority: number) =>
    names
      .filter(() => random.chance(0.5))
      .map(name => state(name, random.chance(0.7), { feature_segment: { priority } }));
  const segment = (id: number, name: string, conditions: unknown[]) => ({
    id,
    name,
    rules: [{ type: 'ALL', conditions: [], rules: [{ type: 'ALL', conditions, rules: [] }] }],
    feature_states: override(random.between(1, 50)),
  });
  const split = (value: number) => ({ property_: '', operator: 'PERCENTAGE_SPLIT', value: String(value) });
  return {
    id: 1,
    name: 'Production',
    api_key: 'key',
    updated_at: '2026-03-02T10:12:00Z',
    feature_states: names.map(name => state(name, random.chance(0.5))),
    identity_overrides: random.chance(0.5)
      ? [
          {
            identifier: 'user-1',
            identity_uuid: 'u',
            identity_traits: [],
            environment_api_key: 'key',
            created_date: '2026-01-01T00:00:00Z',
            identity_features: [state('f0', random.chance(0.5))],
          },
        ]
      : [],
    project: {
      id: 1,
      name: 'Shop',
      hide_disabled_flags: false,
      organisation: {
        id: 1,
        name: 'Shop',
        feature_analytics: false,
        stop_serving_flags: false,
        persist_trait_data: true,
      },
      segments: [
        segment(1, 'staff', [TRAITS.staff]),
        segment(2, 'seniors', [TRAITS.seniors]),
        segment(3, 'a share', [split(random.between(1, 19) * 5)]),
        ...(random.chance(0.5) ? [segment(4, 'another share', [split(random.between(1, 19) * 5)])] : []),
      ],
    },
  };
}
