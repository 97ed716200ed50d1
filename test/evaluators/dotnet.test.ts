/**
 * Microsoft's feature management for JavaScript reads the `feature_management` schema that the library for .NET reads too. .NET
 * itself can't be had from npm or Debian: the older `FeatureManagement` section is held against the same features written anew.
 */
import type { JsonValue } from '../../server/src/core/model.ts';
import { dotnetDecoder } from '../../server/src/sources/flag-systems/dotnet.ts';
import type { Random } from '../support/random.ts';
import { SEGMENTS, type Served, users } from './claims.ts';
import { requireEvaluator } from './evaluators.ts';
import { itSaysWhatIsServed } from './systems.ts';

interface Package {
  readonly ConfigurationObjectFeatureFlagProvider: new (configuration: object) => object;
  readonly FeatureManager: new (
    provider: object,
    options: object,
  ) => {
    isEnabled(key: string, context: object): Promise<boolean>;
    getVariant(key: string, context: object): Promise<{ readonly configuration: JsonValue } | undefined>;
  };
}

interface Feature {
  readonly id: string;
  readonly enabled: boolean;
  readonly filters: readonly { readonly name: string; readonly parameters: object }[];
  readonly requirement: 'Any' | 'All';
}

const everyonesGroups = users.map(user => Object.keys(SEGMENTS).filter(name => SEGMENTS[name]!(user)));

/** Code may ask whether such a flag is on, or for its variant: here for the variant. */
const asVariants: typeof dotnetDecoder = {
  ...dotnetDecoder,
  decode: (...args) => {
    const file = dotnetDecoder.decode(...args);
    return { ...file, flags: file.flags.map(flag => ({ ...flag, kind: 'string' })) };
  },
};

describe('.NET feature management', () => {
  for (const schema of ['feature_management', 'FeatureManagement'] as const) {
    describe(`in the schema ${schema}`, () => {
      let drawn: readonly Feature[] = [];
      itSaysWhatIsServed({
        decoder: dotnetDecoder,
        path: 'appsettings.json',
        seeds: 5,
        generate: random => {
          drawn = Array.from({ length: 5 }, (_, i) => feature(random, i));
          return schema === 'feature_management' ? microsoftFile(drawn) : dotnetFile(drawn);
        },
        serve: async () => {
          const { ConfigurationObjectFeatureFlagProvider, FeatureManager } = requireEvaluator<Package>(
            '@microsoft/feature-management',
          );
          // The library for JavaScript has no filter of this name; the one for .NET draws lots each time.
          const percentage = {
            name: 'Microsoft.Percentage',
            evaluate: ({ parameters }: { parameters: { Value: number } }) => Math.random() * 100 < parameters.Value,
          };
          const always = { name: 'AlwaysOn', evaluate: () => true };
          const manager = new FeatureManager(new ConfigurationObjectFeatureFlagProvider(microsoftFile(drawn)), {
            customFilters: [percentage, always],
          });
          return key =>
            Promise.all(
              users.map(
                (user, i): Promise<Served> => manager.isEnabled(key, { userId: user.id, groups: everyonesGroups[i] }),
              ),
            );
        },
      });
    });
  }

  describe('with variants', () => {
    let features: object = {};
    itSaysWhatIsServed({
      decoder: asVariants,
      path: 'appsettings.json',
      seeds: 5,
      generate: random => {
        const feature_flags = Array.from({ length: 5 }, (_, i) => variantFeature(random, i));
        features = { feature_management: { feature_flags } };
        return features;
      },
      serve: async () => {
        const { ConfigurationObjectFeatureFlagProvider, FeatureManager } = requireEvaluator<Package>(
          '@microsoft/feature-management',
        );
        const manager = new FeatureManager(new ConfigurationObjectFeatureFlagProvider(features), {});
        return key =>
          Promise.all(
            users.map(async (user, i): Promise<Served> => {
              const variant = await manager.getVariant(key, { userId: user.id, groups: everyonesGroups[i] });
              return variant?.configuration;
            }),
          );
      },
    });
  });
});

function variantFeature(random: Random, i: number): object {
  const names = ['Red', 'Blue', 'Off'];
  const cut = random.between(0, 10) * 10;
  const percentile = random.pick([
    [],
    [
      { variant: 'Red', from: 0, to: cut },
      { variant: 'Blue', from: cut, to: 100 },
    ],
    [{ variant: 'Blue', from: 20, to: 20 + cut / 2 }],
  ]);
  const allocation = {
    ...(random.chance(0.7) ? { default_when_enabled: random.pick(names) } : {}),
    ...(random.chance(0.5) ? { default_when_disabled: 'Off' } : {}),
    ...(random.chance(0.3) ? { user: [{ variant: random.pick(names), users: ['user-1', 'user-2'] }] } : {}),
    ...(random.chance(0.4)
      ? { group: [{ variant: random.pick(names), groups: [random.pick(['staff', 'nordic'])] }] }
      : {}),
    percentile,
  };
  const filters = random.chance(0.3) ? [filter(random)].filter(each => each.name === 'Microsoft.Targeting') : [];
  return {
    id: `f${i}`,
    enabled: random.chance(0.85),
    conditions: { client_filters: filters },
    variants: names.map(name => ({ name, configuration_value: name.toLowerCase() })),
    allocation,
  };
}

function microsoftFile(features: readonly Feature[]): object {
  return {
    feature_management: {
      feature_flags: features.map(({ id, enabled, filters, requirement }) => ({
        id,
        enabled,
        conditions: { requirement_type: requirement, client_filters: filters },
      })),
    },
  };
}

/** A feature that is not enabled has no filters there: nothing turns it on. */
function dotnetFile(features: readonly Feature[]): object {
  const entries = features.map(({ id, enabled, filters, requirement }) => {
    if (!enabled) return [id, { EnabledFor: [] }];
    if (filters.length === 0) return [id, true];
    const EnabledFor = filters.map(({ name, parameters }) => ({ Name: name, Parameters: parameters }));
    return [id, { RequirementType: requirement, EnabledFor }];
  });
  return { FeatureManagement: Object.fromEntries(entries) };
}

function feature(random: Random, i: number): Feature {
  const filters = Array.from({ length: random.between(0, 3) }, () => filter(random));
  return { id: `f${i}`, enabled: random.chance(0.85), filters, requirement: random.pick(['Any', 'Any', 'All']) };
}

function filter(random: Random): Feature['filters'][number] {
  const kind = random.between(0, 5);
  if (kind === 0) return { name: 'AlwaysOn', parameters: {} };
  if (kind === 1) return { name: 'Microsoft.Percentage', parameters: { Value: random.between(0, 10) * 10 } };
  if (kind === 2) {
    const window = random.pick([
      { Start: '2020-01-01T00:00:00Z' },
      { End: '2020-01-01T00:00:00Z' },
      { Start: '2020-01-01T00:00:00Z', End: '2021-01-01T00:00:00Z' },
      { Start: 'Wed, 01 May 2019 13:59:59 GMT' },
    ]);
    return { name: 'Microsoft.TimeWindow', parameters: window };
  }
  const groups = random.some(Object.keys(SEGMENTS)).map(Name => ({ Name, RolloutPercentage: share(random) }));
  const exclusion = random.chance(0.25)
    ? { Exclusion: { Users: ['user-3'], Groups: random.pick([[], ['nordic']]) } }
    : {};
  const Audience = {
    Users: random.some(['user-1', 'user-2']),
    Groups: groups,
    DefaultRolloutPercentage: share(random),
    ...exclusion,
  };
  return { name: 'Microsoft.Targeting', parameters: { Audience } };
}

function share(random: Random): number {
  return random.pick([0, 0, 10, 50, 80, 100]);
}
