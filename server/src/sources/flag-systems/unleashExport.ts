/**
 * Unleash's export (`featureStrategies` and `featureEnvironments` beside `features`) and the files its SDKs are started with
 * (`features` that hold their `strategies`), JSON or YAML. After Unleash's OpenAPI description (`exportResultSchema`,
 * `clientFeaturesSchema`, `featureSchema`):
 *
 * - key: `name`; type: `type`; description, `archived`, created: `createdAt`, last evaluated:
 *   `lastSeenAt`; tags: `featureTags` or `tags`;
 * - state: `enabled` and `strategies` of each environment named in the file, else of the file's own environment;
 * - prerequisites: `dependencies`; variations: the variants, where there are any, else on and off.
 *
 * It names no owner; its expiry is creation plus the type's lifetime, which is the lifetimes' business here.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile } from '../../core/model.ts';
import {
  checkEntry,
  type DecodingContext,
  dateOf,
  type FlagFileDecoder,
  flagFile,
  flagTypeOf,
  OFF,
  ON_OFF,
  unreadableState,
} from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import { type FileShape, LOOKED_AT } from './shape.ts';
import { readTrees, type Tree } from './trees.ts';
import { dependencySchema, distinctVariants, variantsOf, withDependencies, withVariants } from './unleashFlags.ts';
import { type Strategy, strategiesOutcome, variantSchema, writtenStrategySchema } from './unleashStrategies.ts';

export const unleashExportDecoder: FlagFileDecoder = {
  system: 'unleash',
  recognises,
  decode,
};

const environmentSchema = z.object({
  name: z.string().optional(),
  environment: z.string().optional(),
  featureName: z.string().optional(),
  enabled: z.boolean().default(false),
  strategies: z.array(writtenStrategySchema).nullish(),
  variants: z.array(variantSchema).nullish(),
});

const featureSchema = z.object({
  name: z.string(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  enabled: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  createdAt: z.string().nullish(),
  lastSeenAt: z.string().nullish(),
  strategies: z.array(writtenStrategySchema).nullish(),
  variants: z.array(variantSchema).nullish(),
  environments: z.array(environmentSchema).nullish(),
  dependencies: z.array(dependencySchema).nullish(),
  tags: z.array(z.object({ value: z.string() })).nullish(),
});

const tagSchema = z.object({ featureName: z.string(), tagValue: z.string() });
const segmentSchema = z.object({ id: z.number(), name: z.string().optional() });
const dependenciesSchema = z.object({ feature: z.string(), dependencies: z.array(dependencySchema) });

type Feature = z.output<typeof featureSchema>;
type Environment = z.output<typeof environmentSchema>;

function recognises(shape: FileShape): boolean {
  return shape.has('features/x/name') && (shape.has('features/x/strategies') || holdsStrategies(shape));
}

/** The strategies of an export stand behind its features, which may be more than is looked at of a shape. */
function holdsStrategies({ has, text }: FileShape): boolean {
  return (
    has('featureStrategies') ||
    (text.length > LOOKED_AT && (text.includes('"featureStrategies"') || text.includes('\nfeatureStrategies:')))
  );
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const tree of readTrees(path, text, problems)) {
    const features = yamlValue(tree, 'features');
    if (features?.kind !== 'list') continue;
    const file = readFile(tree, path, context, problems);
    for (const item of features.items) {
      const flag = decodeFeature(item, file);
      if (flag === null) continue;
      const earlier = flags.get(flag.key);
      if (earlier?.declaration) {
        const message = `Flag "${flag.key}" stands twice in this file; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier.declaration.keySpan, message);
      }
      flags.set(flag.key, flag);
    }
  }
  return flagFile(problems, 'unleash', context.environment, [...flags.values()]);
}

/** What stands beside `features` and belongs to them by name. */
interface FileContext extends DecodingContext {
  readonly path: string;
  readonly problems: ProblemSink;
  readonly segments: ReadonlyMap<number, string>;
  readonly strategies: readonly Strategy[];
  /** Null when the file has no `featureStrategies`: then features hold their own. */
  readonly environments: readonly Environment[] | null;
  readonly tags: readonly z.output<typeof tagSchema>[];
  readonly dependencies: readonly z.output<typeof dependenciesSchema>[];
  /** Flags of whose strategies something can't be read. */
  readonly unread: ReadonlySet<string>;
}

function readFile(tree: Tree, path: string, context: DecodingContext, problems: ProblemSink): FileContext {
  const unread = new Set<string>();
  const read = <T>(field: string, schema: z.ZodType<T>): readonly T[] =>
    yamlItems(yamlValue(tree, field)).flatMap(item => {
      const before = problems.unread.length;
      const entry = checkEntry(schema, item, field, problems);
      if (entry === null || problems.unread.length > before) unread.add(yamlText(yamlValue(item, 'featureName')) ?? '');
      return entry ?? [];
    });
  const segments = read('segments', segmentSchema).map(each => [each.id, each.name ?? `#${each.id}`] as const);
  return {
    ...context,
    path,
    problems,
    segments: new Map(segments),
    strategies: read('featureStrategies', writtenStrategySchema),
    environments: yamlValue(tree, 'featureStrategies') === null ? null : read('featureEnvironments', environmentSchema),
    tags: read('featureTags', tagSchema),
    dependencies: read('dependencies', dependenciesSchema),
    unread,
  };
}

function decodeFeature(tree: Tree, file: FileContext): Flag | null {
  const nameTree = yamlValue(tree, 'name');
  const key = yamlText(nameTree);
  if (key === null || nameTree === null) {
    addProblem(file.problems, 'warning', 'shape', tree.span, 'A feature without a "name" is left out.');
    return null;
  }
  const bare = bareFlag(key, 'unleash', file.path, nameTree.span, tree.span);
  const feature = checkEntry(featureSchema, tree, `flag "${key}"`, file.problems);
  if (feature === null) return bare;
  const prerequisites = [
    ...(feature.dependencies ?? []),
    ...file.dependencies.filter(each => each.feature === key).flatMap(each => each.dependencies),
  ];
  const environments = environmentsOf(feature, key, file);
  const seen = dateOf(feature.lastSeenAt);
  const variants = environments.flatMap(each => variantsOf(each.strategies ?? [], each.variants ?? []));
  return {
    ...bare,
    description: feature.description ?? null,
    // `isEnabled` is all there is to ask of a flag without variants; with variants, code may ask for either.
    kind: variants.length === 0 ? 'boolean' : null,
    type: flagTypeOf(feature.type),
    tags: [
      ...(feature.tags ?? []).map(tag => tag.value),
      ...file.tags.filter(tag => tag.featureName === key).map(tag => tag.tagValue),
    ],
    variations: variants.length === 0 ? ON_OFF : distinctVariants(variants),
    offValue: variants.length === 0 ? false : undefined,
    environments: environments.map(environment =>
      file.unread.has(key)
        ? unreadableState(environmentName(environment, file))
        : decodeState(environment, key, prerequisites, file),
    ),
    prerequisites: prerequisites.map(each => each.feature),
    created: dateOf(feature.createdAt),
    ...(seen === null ? {} : { evaluated: { time: seen, source: 'unleash', asOf: null } }),
    archived: feature.archived ?? false,
  };
}

/** Where the file says what the flag does, one entry an environment. */
function environmentsOf(feature: Feature, key: string, file: FileContext): readonly Environment[] {
  if (feature.environments?.length) return feature.environments;
  const own = file.environments?.filter(each => each.featureName === key) ?? [];
  if (own.length > 0) {
    const mine = file.strategies.filter(strategy => strategy.featureName === key);
    return own.map(each => {
      const name = environmentName(each, file);
      const here = mine.filter(strategy => namedEnvironment(strategy.environment, file, name) === name);
      // Until Unleash 4.19 variants were the flag's, alike in every environment.
      return { ...each, strategies: each.strategies ?? here, variants: each.variants ?? feature.variants };
    });
  }
  return [
    {
      name: file.environment,
      enabled: feature.enabled ?? false,
      strategies: feature.strategies ?? file.strategies.filter(strategy => strategy.featureName === key),
      variants: feature.variants,
    },
  ];
}

/** In an export `environment` is the name and `name` the flag's; elsewhere `name` is the environment's. */
function environmentName({ environment, featureName, name }: Environment, file: FileContext): string {
  if (environment !== undefined) return namedEnvironment(environment, file, file.environment);
  return featureName === undefined ? (name ?? file.environment) : file.environment;
}

/** Before there were environments, exports called the only one `:global:`. */
function namedEnvironment(name: string | undefined, file: FileContext, otherwise: string): string {
  if (name === undefined) return otherwise;
  return name === ':global:' ? file.environment : name;
}

function decodeState(
  environment: Environment,
  key: string,
  prerequisites: readonly z.output<typeof dependencySchema>[],
  file: FileContext,
): EnvironmentState {
  const own = strategiesOutcome(environment.strategies ?? [], file.segments, key);
  const state = deriveState({
    environment: environmentName(environment, file),
    variations: ON_OFF,
    offVariation: 'off',
    enabled: environment.enabled,
    whenDisabled: OFF,
    outcome: withDependencies(own, prerequisites),
    asOf: null,
  });
  return withVariants(state, environment.strategies ?? [], environment.variants ?? []);
}
