/**
 * DevCycle, by its Management API (written after the schemas of the vendor's command line; checked against a description of ours alone;
 * no real server was asked). Code asks for variables, so each variable of a feature is a flag here. Where every field comes from:
 *
 * - environments, and which are production (`type`): `GET /v1/projects/{project}/environments`; names of audiences: `GET …/audiences`;
 * - features, 100 a page: `GET /v2/projects/{project}/features`: `variables` (key, type), `variations` (what each gives to each variable),
 *   `name`, `description`, `type`, `tags`, `createdAt`, `_createdBy` (shown as the owner), `updatedAt` (changed), `latestUpdate` (the newest entry of
 *   its log: when, who, and the changes, of which only their number is described), `status` (lifecycle, archived), `staleness`;
 * - state in each environment: `configurations`: `status`, `targets` in order with `audience`, `rollout` and `distribution`; a completed
 *   feature gives everyone its `staticVariation`. Where a server lists none, the state is unknown.
 *
 * - names of people, who are ids in features: `GET /v1/organizations/current/members`; where that is not allowed, ids are not shown;
 * - the page: `/o/{organisation}/p/{project}/features/{feature}`, whose organisation `GET /v1/projects/{project}` tells.
 *
 * Features know no prerequisites. Evaluations are counted by feature and hour (`…/results/total-evaluations`), one question for each
 * feature, which is not asked; older entries of the log likewise (`…/features/{feature}/audit`). Neither ETags nor a stream for this token.
 * Token: a Management API token as `Bearer`, of at most a day; least permission: a member who may view.
 */
import * as z from 'zod';
import { deriveState, type Outcome, type Rule } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag, JsonValue, ValueType, Variation } from '../../core/model.ts';
import { anyJson, flagTypeOf, unreadableState } from '../flag-systems/decoder.ts';
import { devcycleActions } from './devcycleActions.ts';
import { audienceCondition, audienceSchema, rolloutSchema, rolloutShare } from './devcycleTargets.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf } from './paging.ts';
import type {
  Answers,
  AuditEntry,
  FlagService,
  MapContext,
  Query,
  Reading,
  ServiceClient,
  ServiceTarget,
} from './service.ts';

export const devcycleService: FlagService = {
  kind: 'devcycle',
  title: 'DevCycle',
  defaultUrl: 'https://api.devcycle.com',
  projectWord: 'project (its key)',
  permission: 'a Management API token of a member who may view the project; it lives for a day',
  period: 60,
  headers: token => ({ authorization: `Bearer ${token}` }),
  fetch,
  map,
  actions: devcycleActions,
};

const PAGE = 100;

async function fetch(client: ServiceClient, { project }: ServiceTarget): Promise<Answers> {
  const name = encodeURIComponent(project ?? '');
  const environments = await listOf(client, `/v1/projects/${name}/environments`);
  const features = await listOf(client, `/v2/projects/${name}/features`, { includeLatestUpdate: true });
  const audiences = await client.optional('names of audiences', listOf(client, `/v1/projects/${name}/audiences`));
  const members = await client.optional('names of people', listOf(client, '/v1/organizations/current/members'));
  const place = await client.optional('pages of features', client.get(`/v1/projects/${name}`));
  return { environments, features, audiences, members, project: place };
}

/** Lists stand alone, without a count: a page that is not full is the last. */
function listOf(client: ServiceClient, path: string, more: Query = {}): Promise<readonly unknown[]> {
  return allItems(
    (_count, page) => client.get(path, { page, perPage: PAGE, ...more }),
    answer => ({ items: Array.isArray(answer) ? answer : null, more: Array.isArray(answer) && answer.length >= PAGE }),
  );
}

const environmentSchema = z.object({ _id: z.string(), key: z.string(), type: z.string().nullish() });

const configurationSchema = z.object({
  _environment: z.string(),
  status: z.string(),
  updatedAt: z.string().nullish(),
  targets: z.array(
    z.object({
      name: z.string().nullish(),
      audience: audienceSchema,
      rollout: rolloutSchema.nullish(),
      distribution: z.array(z.object({ percentage: z.number().min(0).max(1), _variation: z.string() })),
    }),
  ),
});

const featureSchema = z.object({
  key: z.string(),
  name: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
  status: z.string().nullish().catch(null),
  staticVariation: z.string().nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  createdAt: z.string().nullish().catch(null),
  updatedAt: z.string().nullish().catch(null),
  _createdBy: z.string().nullish().catch(null),
  latestUpdate: z
    .object({ date: z.string(), a0_user: z.string().nullish(), changes: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
  staleness: z.object({ stale: z.boolean() }).nullish().catch(null),
  variations: z
    .array(z.object({ _id: z.string(), key: z.string(), variables: z.record(z.string(), anyJson).nullish() }))
    .catch([]),
  variables: z.array(z.object({ key: z.string(), type: z.string().nullish() })).catch([]),
  configurations: z.array(z.unknown()).nullish().catch(null),
});

type Feature = z.output<typeof featureSchema>;
type Configuration = z.output<typeof configurationSchema>;
type Environment = z.output<typeof environmentSchema>;

const KINDS: Readonly<Record<string, ValueType>> = {
  Boolean: 'boolean',
  String: 'string',
  Number: 'number',
  JSON: 'object',
};

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(featureSchema, answers.features);
  if (!Array.isArray(answers.features) || (items.length === 0 && odd > 0)) return unreadable('no list of features');
  const all = fitting(environmentSchema, answers.environments).items;
  const environments =
    context.environments.length === 0
      ? all
      : context.environments.flatMap(name => all.find(each => each.key === name) ?? []);
  const named = fitting(z.object({ _id: z.string(), name: z.string() }), answers.audiences).items;
  const audiences = new Map(named.map(each => [each._id, each.name]));
  const people = peopleOf(answers.members);
  const organisation = fieldOf(answers.project, '_organization');
  const app = typeof organisation === 'string' ? organisation : null;
  return {
    flags: items.flatMap(feature => {
      const configurations = fitting(configurationSchema, feature.configurations).items;
      return feature.variables.map(variable =>
        flagOf(feature, variable, { configurations, environments, audiences, people, app, context }),
      );
    }),
    problem: null,
    notices: oddNotices('DevCycle', 'features', odd),
  };
}

interface Around {
  readonly configurations: readonly Configuration[];
  readonly environments: readonly Environment[];
  readonly audiences: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  /** The organisation's id, which its pages have in their addresses. */
  readonly app: string | null;
  readonly context: MapContext;
}

function flagOf(feature: Feature, variable: Feature['variables'][number], around: Around): Flag {
  const { context, environments, people, app } = around;
  const changed = momentOf(feature.updatedAt, 'devcycle', context);
  const variations = feature.variations.flatMap(({ key, variables }): readonly Variation[] => {
    const value: JsonValue | undefined = variables?.[variable.key];
    return value === undefined ? [] : [{ name: key, value, span: null }];
  });
  const flag: Flag = {
    ...servedFlag(variable.key, 'devcycle', context),
    name: feature.name || null,
    description: feature.description || null,
    kind: KINDS[variable.type ?? ''] ?? null,
    type: flagTypeOf(feature.type),
    owner: people.get(feature._createdBy ?? '') ?? null,
    tags: feature.tags,
    variations,
    environments: environments.map(environment => stateOf(feature, variations, environment, around)),
    created: timeOf(feature.createdAt, context),
    ...(changed === null ? {} : { changed }),
    ...(feature.status ? { lifecycle: { stage: feature.status, since: null } } : {}),
    ...(feature.staleness?.stale === true ? { markedStale: true as const } : {}),
    archived: feature.status === 'archived',
    url: app === null ? null : pageOf(feature.key, app, context),
  };
  const entry = newestEntry(feature, variable.key, people, context);
  return withLastChanges([flag], entry, context)[0]!;
}

/** What was changed is not described but for its number. */
function newestEntry(
  { latestUpdate }: Feature,
  key: string,
  people: Around['people'],
  context: MapContext,
): readonly AuditEntry[] {
  const time = timeOf(latestUpdate?.date, context);
  if (!latestUpdate || time === null) return [];
  const count = latestUpdate.changes.length;
  const what = count === 0 ? 'saved' : count === 1 ? 'saved 1 change' : `saved ${count} changes`;
  return [{ time, who: people.get(latestUpdate.a0_user ?? '') ?? null, what, key, environment: null }];
}

function peopleOf(members: unknown): ReadonlyMap<string, string> {
  const schema = z.object({ user_id: z.string(), name: z.string().nullish(), email: z.string().nullish() });
  return new Map(
    fitting(schema, members).items.flatMap(({ user_id, name, email }) => {
      const shown = name || email;
      return shown ? [[user_id, shown] as const] : [];
    }),
  );
}

function pageOf(feature: string, organisation: string, { url, project }: MapContext): string | null {
  if (new URL(url).hostname !== 'api.devcycle.com') return null;
  const [o, p, f] = [organisation, project ?? '', feature].map(encodeURIComponent);
  return `https://app.devcycle.com/o/${o}/p/${p}/features/${f}`;
}

function stateOf(
  feature: Feature,
  variations: readonly Variation[],
  { _id, key, type }: Environment,
  { configurations, audiences, context }: Around,
): EnvironmentState {
  const asOf = instant(context.now);
  const production = type === 'production';
  const configuration = configurations.find(each => each._environment === _id);
  if (configuration === undefined) return { ...unreadableState(key), asOf, production };
  const nameOf = new Map(feature.variations.map(each => [each._id, each.key]));
  const serve = (variation: string): Outcome => ({ kind: 'variation', name: nameOf.get(variation) ?? variation });
  const isStatic = feature.status === 'complete' && !!feature.staticVariation;
  const state = deriveState({
    environment: key,
    variations,
    offVariation: null,
    enabled: configuration.status === 'active',
    whenDisabled: { kind: 'fallback' },
    outcome: isStatic ? serve(feature.staticVariation!) : targetsOutcome(configuration, serve, audiences, context.now),
    asOf,
  });
  return { ...state, production };
}

/** The first target whose audience a user is in counts; whom its rollout leaves out gets the code's fallback. */
function targetsOutcome(
  { targets }: Configuration,
  serve: (variation: string) => Outcome,
  audiences: ReadonlyMap<string, string>,
  now: number,
): Outcome {
  const rules = targets.map((target, at): Rule => {
    const share = rolloutShare(target.rollout ?? null, now);
    const name = target.name || target.audience.name || undefined;
    const condition = audienceCondition(target.audience.filters, audiences);
    // A project may let those whom a rollout leaves out go on to the next target; it does not say so here.
    const isOpen = share < 1 && at < targets.length - 1;
    const parts = target.distribution.map(each => ({
      outcome: serve(each._variation),
      weight: each.percentage * share,
    }));
    const left = 1 - parts.reduce((sum, part) => sum + part.weight, 0);
    const outcome: Outcome = isOpen
      ? { kind: 'custom', words: 'a part of them, as its rollout grows', divides: true }
      : {
          kind: 'split',
          by: 'user id',
          parts: left > 1e-9 ? [...parts, { outcome: { kind: 'fallback' }, weight: left }] : parts,
        };
    return { condition, outcome, ...(name === undefined ? {} : { name }) };
  });
  return { kind: 'rules', rules, otherwise: { kind: 'fallback' } };
}
