/**
 * Unleash, by its admin API (`/api/admin`; tested against real 7.4 and 8.2 servers, see test/servers). Where every field comes from:
 *
 * - which flags there are, `type`, `description`, `createdAt`, `stale`, `tags`, `lifecycle`, the last evaluation in each environment
 *   (`lastSeenAt`): `GET /search/features`, 100 a page (101 gives 50), 15 questions a minute in 8.2;
 * - archived flags: the same with `archived=IS:true`;
 * - strategies, variants, segments and dependencies: `GET /projects/{project}/features/{name}`, asked again only when the log has an
 *   event of that flag. The export has them all at once, but every export is an event in the log that people read;
 * - names of segments: `GET /segments`; the environments, and which are production: `GET /environments`;
 * - who changed it last, when and how: `GET /search/events` (unleashAudit.ts);
 * - owner: a tag of the type `team` or `owner`, since the open-source server knows none.
 *
 * Token: raw in `Authorization`. Least permission: a personal access token of a user with the role Viewer.
 */
import * as z from 'zod';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag } from '../../core/model.ts';
import { flagTypeOf, OFF, ON_OFF } from '../flag-systems/decoder.ts';
import {
  dependencySchema,
  distinctVariants,
  variantsOf,
  withDependencies,
  withVariants,
} from '../flag-systems/unleashFlags.ts';
import { strategiesOutcome, strategySchema, variantSchema } from '../flag-systems/unleashStrategies.ts';
import { fitting, instant, inTurns, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import type { Answers, AuditEntry, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';
import { unleashActions } from './unleashActions.ts';
import { changesState, unleashAudit } from './unleashAudit.ts';

export const unleashService: FlagService = {
  kind: 'unleash',
  title: 'Unleash',
  defaultUrl: null,
  projectWord: null,
  permission: 'a personal access token of a user with the role Viewer',
  tokenPage: '/profile/personal-api-tokens',
  period: 15,
  headers: token => ({ authorization: token }),
  probe,
  fetch,
  map,
  audit: unleashAudit,
  actions: unleashActions,
};

/** The number of the newest event. */
async function probe(client: ServiceClient): Promise<string | null> {
  const events = await client.optional('changes as they happen', client.get(EVENTS, { limit: 1 }));
  const newest = fitting(numberedSchema, (events as { events?: unknown } | null)?.events).items[0];
  return newest === undefined ? null : String(newest.id);
}

const EVENTS = '/api/admin/search/events';
const numberedSchema = z.object({ id: z.number(), featureName: z.string().nullish() });

/** Events that are looked at for what has changed: a flag without one among them is as it was, or is read once more. */
const NEWEST_EVENTS = 500;

/** One more, and the server gives 50. */
const PAGE = 100;

/** A server of more flags than this is read up to here. */
const MOST_FLAGS = 20_000;

/** Details asked at a time. */
const AT_A_TIME = 4;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const log = await client.optional('who changed what', client.get(EVENTS, { limit: NEWEST_EVENTS }));
  const events = (log as { events?: unknown } | null)?.events ?? null;
  const environments = await client.get('/api/admin/environments');
  const segments = await client.optional('names of segments', client.get('/api/admin/segments'));
  const features = await pages(client, target, {});
  const archived = await pages(client, target, { archived: 'IS:true' });
  const newest = new Map(
    fitting(numberedSchema, events)
      .items.toReversed()
      .map(each => [each.featureName, each.id]),
  );
  const details: Record<string, unknown> = {};
  await inTurns(fitting(featureSchema, features).items.filter(hasRules), AT_A_TIME, async ({ name, project }) => {
    const path = `/api/admin/projects/${encodeURIComponent(project ?? 'default')}/features/${encodeURIComponent(name)}`;
    const stamp = `event ${newest.get(name) ?? 'before'}`;
    // A flag that was archived a moment ago is there no more.
    const question = events === null ? client.get(path) : client.getOnce(path, stamp);
    details[name] = await client.optional(`rules of ${name}`, question);
  });
  return { environments, features, archived, details, segments, events };
}

/** Flags that are off everywhere and have no strategy need no details. */
function hasRules({ environments, dependencyType }: Feature): boolean {
  return dependencyType != null || (environments ?? []).some(each => each.enabled || each.hasStrategies === true);
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

const featureSchema = z.object({
  name: z.string(),
  type: z.string().nullish(),
  description: z.string().nullish(),
  project: z.string().nullish(),
  createdAt: z.string().nullish(),
  archivedAt: z.string().nullish(),
  stale: z.boolean().nullish(),
  dependencyType: z.string().nullish(),
  tags: z.array(z.object({ type: z.string(), value: z.string() })).nullish(),
  lifecycle: z.object({ stage: z.string(), enteredStageAt: z.string().nullish() }).nullish(),
  environments: z
    .array(
      z.object({
        name: z.string(),
        enabled: z.boolean(),
        type: z.string().nullish(),
        hasStrategies: z.boolean().nullish(),
        lastSeenAt: z.string().nullish(),
      }),
    )
    .nullish(),
});

const detailSchema = z.object({
  environments: z.array(
    z.object({
      name: z.string(),
      strategies: z.array(z.unknown()).nullish(),
      variants: z.array(z.unknown()).nullish(),
    }),
  ),
  dependencies: z.array(dependencySchema).nullish(),
});
const segmentSchema = z.object({ id: z.number(), name: z.string() });

type Feature = z.output<typeof featureSchema>;
type Detail = z.output<typeof detailSchema>;

/** What is known of all flags beside their own entries. */
interface Project {
  readonly details: Readonly<Record<string, unknown>>;
  readonly segments: ReadonlyMap<number, string>;
  /** The newest change of what users get, by key. */
  readonly changes: ReadonlyMap<string, AuditEntry>;
}

function map(answers: Answers, context: MapContext): Reading {
  const live = fitting(featureSchema, answers.features);
  if (!Array.isArray(answers.features) || (live.items.length === 0 && live.odd > 0)) {
    return unreadable('no list of features');
  }
  const gone = fitting(featureSchema, answers.archived);
  const project = projectOf(answers, context);
  return {
    flags: [
      ...live.items.map(feature => flagOf(feature, project, context)),
      ...gone.items.map(feature => ({ ...flagOf(feature, project, context), archived: true })),
    ],
    problem: null,
    notices: oddNotices('Unleash', 'flags', live.odd + gone.odd),
  };
}

function projectOf(answers: Answers, context: MapContext): Project {
  const segments = fitting(segmentSchema, (answers.segments as { segments?: unknown } | null)?.segments).items;
  const events = Array.isArray(answers.events) ? answers.events : [];
  const stateful = events.filter(event => changesState(String((event as { type?: unknown } | null)?.type)));
  const changes = unleashAudit.entries({ entries: stateful, complete: true }, context);
  const { details } = answers;
  return {
    details: typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {},
    segments: new Map(segments.map(each => [each.id, each.name])),
    // Newest first: the last one to be set is the newest.
    changes: new Map(changes.toReversed().map(each => [each.key, each])),
  };
}

function flagOf(feature: Feature, project: Project, context: MapContext): Flag {
  const all = (feature.environments ?? []).filter(({ name }) => isWanted(name, context));
  const rank = (name: string) => context.environments.indexOf(name);
  const wanted = context.environments.length === 0 ? all : all.toSorted((a, b) => rank(a.name) - rank(b.name));
  const decoded = detailSchema.safeParse(
    Object.hasOwn(project.details, feature.name) ? project.details[feature.name] : null,
  );
  const detail = decoded.success ? decoded.data : null;
  const variants = wanted.flatMap(({ name }) => {
    const { strategies, shared } = rulesOf(detail, name);
    return variantsOf(strategies, shared);
  });
  const seen = wanted.flatMap(each => timeOf(each.lastSeenAt, context) ?? []).sort();
  const evaluated = momentOf(seen.at(-1), 'unleash', context);
  const changed = changeOf(project.changes.get(feature.name), context);
  return {
    ...servedFlag(feature.name, 'unleash', context),
    description: feature.description || null,
    kind: variants.length === 0 ? 'boolean' : null,
    type: flagTypeOf(feature.type),
    owner: (feature.tags ?? []).find(tag => OWNER_TAG.test(tag.type))?.value ?? null,
    tags: (feature.tags ?? []).map(tag => (tag.type === 'simple' ? tag.value : `${tag.type}:${tag.value}`)),
    variations: variants.length === 0 ? ON_OFF : distinctVariants(variants),
    offValue: variants.length === 0 ? false : undefined,
    environments: wanted.map(environment => stateOf(feature, environment, detail, project, context)),
    prerequisites: [...new Set((detail?.dependencies ?? []).map(each => each.feature))],
    created: timeOf(feature.createdAt, context),
    ...(changed === null ? {} : { changed }),
    ...(evaluated === null ? {} : { evaluated }),
    ...(feature.lifecycle ? { lifecycle: lifecycleOf(feature.lifecycle, context) } : {}),
    ...(feature.stale ? { markedStale: true as const } : {}),
    archived: feature.archivedAt != null,
    url: pageOf(feature, context),
  };
}

/** The open-source server knows no owners: teams tag. */
const OWNER_TAG = /^(?:team|owner)$/i;

function changeOf(entry: AuditEntry | undefined, context: MapContext): Flag['changed'] | null {
  const moment = entry === undefined ? null : momentOf(entry.time, 'unleash', context);
  if (entry === undefined || moment === null) return null;
  const where = entry.environment === null ? '' : ` in ${entry.environment}`;
  return { ...moment, what: `${entry.what}${where}`, ...(entry.who === null ? {} : { by: entry.who }) };
}

function lifecycleOf(lifecycle: NonNullable<Feature['lifecycle']>, context: MapContext) {
  return { stage: lifecycle.stage, since: timeOf(lifecycle.enteredStageAt, context) };
}

function pageOf({ project, name }: Feature, { url }: MapContext): string {
  return `${url}/projects/${encodeURIComponent(project ?? 'default')}/features/${encodeURIComponent(name)}`;
}

function rulesOf(detail: Detail | null, environment: string) {
  const found = detail?.environments.find(each => each.name === environment);
  return {
    strategies: fitting(strategySchema, found?.strategies ?? []).items,
    shared: fitting(variantSchema, found?.variants ?? []).items,
  };
}

function stateOf(
  feature: Feature,
  environment: NonNullable<Feature['environments']>[number],
  detail: Detail | null,
  { segments }: Project,
  context: MapContext,
): EnvironmentState {
  const asOf = instant(context.now);
  const evaluated = timeOf(environment.lastSeenAt, context);
  const more = {
    production: environment.type === 'production',
    ...(evaluated === null ? {} : { evaluated }),
  };
  if (detail === null && environment.enabled) {
    const summary = 'on, but for whom is not known';
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
  const { strategies, shared } = rulesOf(detail, environment.name);
  const own = strategiesOutcome(strategies, segments, feature.name);
  const state = deriveState({
    environment: environment.name,
    variations: ON_OFF,
    offVariation: 'off',
    enabled: environment.enabled,
    whenDisabled: OFF,
    outcome: withDependencies(own, detail?.dependencies ?? []),
    asOf,
  });
  return { ...withVariants(state, strategies, shared), ...more };
}
