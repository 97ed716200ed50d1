/**
 * Unleash, by its admin API (`/api/admin`; tested against real 7.4 and 8.2 servers, see test/servers). Where every field comes from:
 *
 * - which flags there are, `type`, `description`, `createdAt`, `stale`, `tags`, `lifecycle`, the last evaluation in each environment
 *   (`lastSeenAt`): `GET /search/features`, 100 a page (101 gives 50), 15 questions a minute;
 * - archived flags: the same with `archived=IS:true`;
 * - strategies, variants, segments and dependencies: `POST /features-batch/export`, one question an environment; it changes nothing;
 * - the environments there are, and which of them are production: `GET /environments`;
 * - owner: a tag of the type `team` or `owner`, since the open-source server knows none.
 *
 * Token: raw in `Authorization`. Least permission: a personal access token of a user with the role Viewer.
 */
import * as z from 'zod';
import { deriveState } from '../../core/flags/rollout.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { flagTypeOf, OFF, ON_OFF } from '../flag-systems/decoder.ts';
import {
  dependencySchema,
  distinctVariants,
  variantsOf,
  withDependencies,
  withVariants,
} from '../flag-systems/unleashFlags.ts';
import { type Strategy, strategiesOutcome, strategySchema, variantSchema } from '../flag-systems/unleashStrategies.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';
import { unleashActions } from './unleashActions.ts';

export const unleashService: FlagService = {
  kind: 'unleash',
  title: 'Unleash',
  defaultUrl: null,
  projectWord: null,
  permission: 'a personal access token of a user with the role Viewer',
  period: 15,
  headers: token => ({ authorization: token }),
  probe,
  fetch,
  map,
  actions: unleashActions,
};

/** The number of the newest event. */
async function probe(client: ServiceClient): Promise<string | null> {
  const answer = await client.optional('changes as they happen', client.get('/api/admin/search/events', { limit: 1 }));
  const events = fitting(z.object({ id: z.number() }), (answer as { events?: unknown } | null)?.events).items;
  return events[0] === undefined ? null : String(events[0].id);
}

/** One more, and the server gives 50. */
const PAGE = 100;

/** A server of more flags than this is read up to here. */
const MOST_FLAGS = 20_000;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const environments = await client.get('/api/admin/environments');
  const features = await pages(client, target, {});
  const archived = await pages(client, target, { archived: 'IS:true' });
  const names = fitting(environmentSchema, (environments as { environments?: unknown } | null)?.environments).items;
  const exports: Record<string, unknown> = {};
  for (const { name } of names.filter(each => isWanted(each.name, target))) {
    const question = { environment: name, features: featureNames(features), downloadFile: false };
    exports[name] = await client.optional(`rules of ${name}`, client.ask('/api/admin/features-batch/export', question));
  }
  return { environments, features, archived, exports };
}

async function pages(
  client: ServiceClient,
  target: ServiceTarget,
  more: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  while (all.length < MOST_FLAGS) {
    const project = target.project === null ? {} : { project: `IS:${target.project}` };
    const query = { limit: PAGE, offset: all.length, sortBy: 'name', ...project, ...more };
    const answer = await client.get('/api/admin/search/features', query);
    const page = (answer as { features?: unknown } | null)?.features;
    const total = Number((answer as { total?: unknown } | null)?.total);
    // What has no list is reported by `map`, which sees the same answer.
    if (!Array.isArray(page)) return [answer];
    all.push(...page);
    if (page.length === 0 || all.length >= total || !(total > 0)) break;
  }
  return all;
}

function isWanted(environment: string, { environments }: ServiceTarget): boolean {
  return environments.length === 0 || environments.includes(environment);
}

function featureNames(features: readonly unknown[]): readonly string[] {
  return fitting(z.object({ name: z.string() }), features).items.map(each => each.name);
}

const environmentSchema = z.object({ name: z.string(), type: z.string().nullish(), sortOrder: z.number().nullish() });

const featureSchema = z.object({
  name: z.string(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  project: z.string().nullish(),
  createdAt: z.string().nullish(),
  archivedAt: z.string().nullish(),
  stale: z.boolean().nullish(),
  tags: z.array(z.object({ type: z.string(), value: z.string() })).nullish(),
  lifecycle: z.object({ stage: z.string(), enteredStageAt: z.string().nullish() }).nullish(),
  environments: z
    .array(
      z.object({
        name: z.string(),
        enabled: z.boolean(),
        type: z.string().nullish(),
        lastSeenAt: z.string().nullish(),
      }),
    )
    .nullish(),
});

const exportSchema = z.object({
  featureStrategies: z.array(z.unknown()).default([]),
  featureEnvironments: z.array(z.unknown()).default([]),
  segments: z.array(z.unknown()).default([]),
  dependencies: z.array(z.unknown()).default([]),
});
const exportedEnvironmentSchema = z.object({
  featureName: z.string(),
  enabled: z.boolean(),
  variants: z.array(variantSchema).nullish(),
});
const segmentSchema = z.object({ id: z.number(), name: z.string().optional() });
const dependenciesSchema = z.object({ feature: z.string(), dependencies: z.array(dependencySchema) });

type Feature = z.output<typeof featureSchema>;

/** What one environment's export says, by flag. */
interface Rules {
  readonly strategies: ReadonlyMap<string, readonly Strategy[]>;
  readonly environments: ReadonlyMap<string, z.output<typeof exportedEnvironmentSchema>>;
  readonly segments: ReadonlyMap<number, string>;
  readonly dependencies: ReadonlyMap<string, readonly z.output<typeof dependencySchema>[]>;
}

function map(answers: Answers, context: MapContext): Reading {
  const live = fitting(featureSchema, answers.features);
  if (!Array.isArray(answers.features) || (live.items.length === 0 && live.odd > 0)) {
    return unreadable('no list of features');
  }
  const gone = fitting(featureSchema, answers.archived);
  const rules = new Map<string, Rules>();
  for (const [name, exported] of Object.entries(answers.exports ?? {})) {
    const decoded = exportSchema.safeParse(exported);
    if (decoded.success) rules.set(name, rulesOf(decoded.data));
  }
  return {
    flags: [
      ...live.items.map(feature => flagOf(feature, rules, context)),
      ...gone.items.map(feature => ({ ...flagOf(feature, rules, context), archived: true })),
    ],
    problem: null,
    notices: oddNotices('Unleash', 'flags', live.odd + gone.odd),
  };
}

function rulesOf(exported: z.output<typeof exportSchema>): Rules {
  const strategies = new Map<string, Strategy[]>();
  for (const strategy of fitting(strategySchema, exported.featureStrategies).items) {
    const own = strategies.get(strategy.featureName ?? '') ?? [];
    strategies.set(strategy.featureName ?? '', [...own, strategy]);
  }
  const environments = fitting(exportedEnvironmentSchema, exported.featureEnvironments).items;
  const segments = fitting(segmentSchema, exported.segments).items;
  const dependencies = fitting(dependenciesSchema, exported.dependencies).items;
  return {
    strategies,
    environments: new Map(environments.map(each => [each.featureName, each])),
    segments: new Map(segments.map(each => [each.id, each.name ?? `#${each.id}`])),
    dependencies: new Map(dependencies.map(each => [each.feature, each.dependencies])),
  };
}

function flagOf(feature: Feature, rules: ReadonlyMap<string, Rules>, context: MapContext): Flag {
  const all = (feature.environments ?? []).filter(({ name }) => isWanted(name, context));
  const wanted =
    context.environments.length === 0 ? all : all.toSorted((a, b) => rankOf(a.name, context) - rankOf(b.name, context));
  const variants = wanted.flatMap(({ name }) => {
    const at = rules.get(name);
    return variantsOf(at?.strategies.get(feature.name) ?? [], at?.environments.get(feature.name)?.variants ?? []);
  });
  const seen = wanted.flatMap(each => timeOf(each.lastSeenAt, context) ?? []).sort();
  const evaluated = momentOf(seen.at(-1), 'unleash', context);
  const prerequisites = [...rules.values()].flatMap(each => each.dependencies.get(feature.name) ?? []);
  return {
    ...servedFlag(feature.name, 'unleash', context),
    description: feature.description || null,
    kind: variants.length === 0 ? 'boolean' : null,
    type: flagTypeOf(feature.type),
    owner: (feature.tags ?? []).find(tag => OWNER_TAG.test(tag.type))?.value ?? null,
    tags: (feature.tags ?? []).map(tag => (tag.type === 'simple' ? tag.value : `${tag.type}:${tag.value}`)),
    variations: variants.length === 0 ? ON_OFF : distinctVariants(variants),
    offValue: variants.length === 0 ? false : undefined,
    environments: wanted.map(environment => stateOf(feature, environment, rules.get(environment.name), context)),
    prerequisites: [...new Set(prerequisites.map(each => each.feature))],
    created: timeOf(feature.createdAt, context),
    ...(evaluated === null ? {} : { evaluated }),
    ...(feature.lifecycle ? { lifecycle: lifecycleOf(feature.lifecycle, context) } : {}),
    ...(feature.stale ? { markedStale: true as const } : {}),
    archived: feature.archivedAt != null,
    url: pageOf(feature, context),
  };
}

/** The open-source server knows no owners: teams tag. */
const OWNER_TAG = /^(?:team|owner)$/i;

function lifecycleOf(lifecycle: NonNullable<Feature['lifecycle']>, context: MapContext) {
  return { stage: lifecycle.stage, since: timeOf(lifecycle.enteredStageAt, context) };
}

function rankOf(environment: string, { environments }: MapContext): number {
  return environments.indexOf(environment);
}

function pageOf({ project, name }: Feature, { url }: MapContext): string {
  return `${url}/projects/${encodeURIComponent(project ?? 'default')}/features/${encodeURIComponent(name)}`;
}

function stateOf(
  feature: Feature,
  environment: NonNullable<Feature['environments']>[number],
  rules: Rules | undefined,
  context: MapContext,
): EnvironmentState {
  const asOf = instant(context.now);
  const evaluated = timeOf(environment.lastSeenAt, context);
  const more = {
    production: environment.type === 'production',
    ...(evaluated === null ? {} : { evaluated }),
  };
  if (rules === undefined && environment.enabled) {
    const summary = 'on, for whom this token may not read';
    return {
      environment: environment.name,
      state: 'unknown',
      percentage: null,
      serves: undefined,
      summary,
      asOf,
      ...more,
    };
  }
  const strategies = rules?.strategies.get(feature.name) ?? [];
  const own = strategiesOutcome(strategies, rules?.segments ?? new Map(), feature.name);
  const state = deriveState({
    environment: environment.name,
    variations: ON_OFF,
    offVariation: 'off',
    enabled: rules?.environments.get(feature.name)?.enabled ?? environment.enabled,
    whenDisabled: OFF,
    outcome: withDependencies(own, rules?.dependencies.get(feature.name) ?? []),
    asOf,
  });
  return { ...withVariants(state, strategies, rules?.environments.get(feature.name)?.variants ?? []), ...more };
}
