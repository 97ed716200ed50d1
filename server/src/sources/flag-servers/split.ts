/**
 * Split, now Harness FME, by its Admin API, version 2 (written after the vendor's documentation and its own client; checked against a
 * description of ours alone; no real server was asked). Where every field comes from:
 *
 * - environments, and which are production: `GET /internal/api/v2/environments/ws/{workspace}`;
 * - flags, 50 a page: `GET /internal/api/v2/splits/ws/{workspace}`: `name` (the key), `description`, `tags`, `creationTime`, `rolloutStatus`
 *   (lifecycle, since `rolloutStatusTimestamp`), `owners`, ids of people and groups whose names are told by `GET …/users` and `…/groups`, which
 *   a key that may only view flags may not read;
 * - state in each environment: `GET …/environments/{environment}`: `treatments` with the keys and segments that they are given to, `rules`,
 *   `defaultRule`, `trafficAllocation` (the rest gets `defaultTreatment`), `killed`; `lastUpdateTime` (changed), `lastTrafficReceivedAt`
 *   (last evaluated). A flag that is not there is not configured in that environment, and code gets `control`;
 *
 * There is no log to be read: it goes to webhooks alone, so that who changed a flag and what is not known; change requests (`…/changeRequests`)
 * carry no moment at which they were applied. Archived flags are not told from others, the address of a flag's page holds an id that this
 * does not tell, and there are neither ETags nor a stream for this key. `project` is the workspace's id.
 * Token: an Admin API key as `Bearer`; least permission: API_FEATURE_FLAG_VIEWER.
 */
import * as z from 'zod';
import { deriveState, type Outcome, type Rule } from '../../core/flags/rollout/rollout.ts';
import { listedCondition, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, Flag, Variation } from '../../core/model.ts';
import { unreadableState } from '../flag-systems/decoder.ts';
import { impossible, opposite } from './acting.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, countedPage, fieldOf, listIn } from './paging.ts';
import type {
  ActingClient,
  ActionDone,
  Answers,
  FlagAction,
  FlagService,
  MapContext,
  Reading,
  ServiceClient,
  ServiceTarget,
} from './service.ts';
import { matcherSchema, ruleCondition, splitsOf } from './splitMatchers.ts';

export const splitService: FlagService = {
  kind: 'split',
  title: 'Split',
  defaultUrl: 'https://api.split.io',
  projectWord: 'workspace (its id)',
  permission: 'an Admin API key with the role API_FEATURE_FLAG_VIEWER, for names of owners API_ADMIN',
  period: 120,
  headers: token => ({ authorization: `Bearer ${token}` }),
  fetch,
  map,
  actions: {
    kinds: ['turn'],
    permission: 'an Admin API key with the role API_FEATURE_FLAG_EDITOR',
    perform,
  },
};

const PAGE = 50;
const ROOT = '/internal/api/v2';

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const workspace = encodeURIComponent(target.project ?? '');
  const environments = await client.get(`${ROOT}/environments/ws/${workspace}`);
  const splits = await listOf(client, `${ROOT}/splits/ws/${workspace}`);
  const definitions: Record<string, unknown> = {};
  for (const { id, name } of environmentsOf(environments, target)) {
    const path = `${ROOT}/splits/ws/${workspace}/environments/${encodeURIComponent(id)}`;
    definitions[id] = await client.optional(`definitions in ${name}`, listOf(client, path));
  }
  const users = await client.optional('names of owners', usersOf(client));
  const groups = await client.optional('names of owners', listOf(client, `${ROOT}/groups`, 200));
  return { environments, splits, definitions, users, groups };
}

function listOf(client: ServiceClient, path: string, size = PAGE): Promise<readonly unknown[]> {
  return allItems(
    offset => client.get(path, { limit: size, offset }),
    (answer, count) => countedPage(answer, { list: 'objects', total: 'totalCount', size }, count),
  );
}

/** Users stand after a marker, which the page before names. */
async function usersOf(client: ServiceClient): Promise<readonly unknown[]> {
  let after: string | null = null;
  const seen = new Set<string>();
  return allItems(
    () => client.get(`${ROOT}/users`, { limit: 200, status: 'ACTIVE', after }),
    answer => {
      const marker = fieldOf(answer, 'nextMarker');
      after = typeof marker === 'string' && !seen.has(marker) ? marker : null;
      if (after !== null) seen.add(after);
      return { items: listIn(answer, 'data'), more: after !== null };
    },
  );
}

const environmentSchema = z.object({ id: z.string(), name: z.string(), production: z.boolean().catch(false) });
type Environment = z.output<typeof environmentSchema>;

function environmentsOf(answer: unknown, { environments }: ServiceTarget): readonly Environment[] {
  const all = fitting(environmentSchema, answer).items;
  if (environments.length === 0) return all;
  return environments.flatMap(name => all.find(each => each.name.toLowerCase() === name.toLowerCase()) ?? []);
}

const splitSchema = z.object({
  name: z.string(),
  description: z.string().nullish().catch(null),
  creationTime: z.number().nullish().catch(null),
  trafficType: z.object({ name: z.string() }).nullish().catch(null),
  rolloutStatus: z.object({ name: z.string() }).nullish().catch(null),
  rolloutStatusTimestamp: z.number().nullish().catch(null),
  tags: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
  owners: z
    .array(z.object({ id: z.string() }))
    .nullish()
    .catch(null),
});

const bucketsSchema = z.array(z.object({ treatment: z.string(), size: z.number().min(0).max(100) }));

const definitionSchema = z.object({
  name: z.string(),
  killed: z.boolean().default(false),
  treatments: z.array(
    z.object({ name: z.string(), keys: z.array(z.string()).nullish(), segments: z.array(z.string()).nullish() }),
  ),
  defaultTreatment: z.string(),
  trafficAllocation: z.number().min(0).max(100).default(100),
  rules: z
    .array(
      z.object({
        buckets: bucketsSchema,
        condition: z.object({ combiner: z.string().nullish(), matchers: z.array(matcherSchema) }),
      }),
    )
    .nullish(),
  defaultRule: bucketsSchema,
  lastUpdateTime: z.number().nullish().catch(null),
  lastTrafficReceivedAt: z.number().nullish().catch(null),
});

type Split = z.output<typeof splitSchema>;
type Definition = z.output<typeof definitionSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(splitSchema, answers.splits);
  if (!Array.isArray(answers.splits) || (items.length === 0 && odd > 0)) return unreadable('no list of flags');
  const read = environmentsOf(answers.environments, context).map((environment): ReadEnvironment => {
    const list = fieldOf(answers.definitions, environment.id);
    const named = fitting(z.object({ name: z.string() }), list).items.map(each => each.name);
    const definitions = new Map(fitting(definitionSchema, list).items.map(each => [each.name, each]));
    return { environment, definitions, named: new Set(named), isKnown: Array.isArray(list) };
  });
  const named = z.object({ id: z.string(), name: z.string() });
  const owners = [...fitting(named, answers.users).items, ...fitting(named, answers.groups).items];
  const names = new Map(owners.map(each => [each.id, each.name]));
  return {
    flags: items.map(split => flagOf(split, read, names, context)),
    problem: null,
    notices: oddNotices('Split', 'flags', odd),
  };
}

interface ReadEnvironment {
  readonly environment: Environment;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** All that are configured there, readable or not. */
  readonly named: ReadonlySet<string>;
  readonly isKnown: boolean;
}

function flagOf(
  split: Split,
  read: readonly ReadEnvironment[],
  people: ReadonlyMap<string, string>,
  context: MapContext,
): Flag {
  const definitions = read.flatMap(each => each.definitions.get(split.name) ?? []);
  const names = [...new Set(definitions.flatMap(each => each.treatments.map(treatment => treatment.name)))];
  const newest = (field: 'lastUpdateTime' | 'lastTrafficReceivedAt') =>
    momentOf(definitions.flatMap(each => each[field] ?? []).toSorted((a, b) => b - a)[0], 'split', context);
  const changed = newest('lastUpdateTime');
  const evaluated = newest('lastTrafficReceivedAt');
  const stage = split.rolloutStatus?.name;
  const matchers = definitions.flatMap(each => (each.rules ?? []).flatMap(rule => rule.condition.matchers));
  return {
    ...servedFlag(split.name, 'split', context),
    description: split.description || null,
    kind: 'string',
    owner: (split.owners ?? []).flatMap(each => people.get(each.id) ?? []).join(', ') || null,
    tags: (split.tags ?? []).map(tag => tag.name),
    variations: names.map((name): Variation => ({ name, value: name, span: null })),
    environments: read
      .filter(each => !each.isKnown || each.named.has(split.name))
      .map(each => stateOf(split, each, context)),
    prerequisites: splitsOf(matchers),
    created: timeOf(split.creationTime, context),
    ...(changed === null ? {} : { changed }),
    ...(evaluated === null ? {} : { evaluated }),
    ...(stage ? { lifecycle: { stage, since: timeOf(split.rolloutStatusTimestamp, context) } } : {}),
  };
}

function stateOf(split: Split, { environment, definitions }: ReadEnvironment, context: MapContext): EnvironmentState {
  const asOf = instant(context.now);
  const definition = definitions.get(split.name);
  const evaluated = timeOf(definition?.lastTrafficReceivedAt, context);
  const more = { production: environment.production, ...(evaluated === null ? {} : { evaluated }) };
  if (definition === undefined) return { ...unreadableState(environment.name), asOf, ...more };
  const state = deriveState({
    environment: environment.name,
    variations: definition.treatments.map(({ name }) => ({ name, value: name, span: null })),
    offVariation: null,
    enabled: true,
    whenDisabled: { kind: 'fallback' },
    // Killed is no state of its own: everyone gets the default treatment, whatever that is.
    outcome: definition.killed
      ? { kind: 'variation', name: definition.defaultTreatment }
      : outcomeOf(definition, split),
    asOf,
  });
  return { ...state, ...more };
}

/** Those who are named get their treatment; of the rest, the traffic that is let in meets the rules in order. */
function outcomeOf(definition: Definition, split: Split): Outcome {
  const by = split.trafficType?.name ?? 'key';
  const serve = (name: string): Outcome => ({ kind: 'variation', name });
  const divided = (buckets: z.output<typeof bucketsSchema>): Outcome => {
    const share = definition.trafficAllocation / 100;
    const parts = buckets.map(({ treatment, size }) => ({ outcome: serve(treatment), weight: size * share }));
    const left = 100 - parts.reduce((sum, part) => sum + part.weight, 0);
    return {
      kind: 'split',
      by,
      parts: left > 1e-9 ? [...parts, { outcome: serve(definition.defaultTreatment), weight: left }] : parts,
    };
  };
  const named = definition.treatments.flatMap(({ name, keys, segments }): readonly Rule[] => [
    ...(keys?.length ? [{ condition: listedCondition(keys.length, by), outcome: serve(name) }] : []),
    ...(segments?.length ? [{ condition: segmentCondition(segments), outcome: serve(name) }] : []),
  ]);
  const rules = (definition.rules ?? []).map(({ condition, buckets }): Rule => {
    return { condition: ruleCondition(condition.matchers), outcome: divided(buckets) };
  });
  const all = [...named, ...rules];
  const otherwise = divided(definition.defaultRule);
  return all.length === 0 ? otherwise : { kind: 'rules', rules: all, otherwise };
}

/** Split's own switch: a killed flag gives everyone its default treatment. Only that is turned. */
async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  if (action.kind !== 'turn') throw impossible(action, 'Split has no such action');
  const workspace = encodeURIComponent(target.project ?? '');
  const environments = await client.get(`${ROOT}/environments/ws/${workspace}`);
  const [environment] = environmentsOf(environments, { ...target, environments: [action.environment] });
  if (environment === undefined) throw impossible(action, 'no such environment');
  const path = `${ROOT}/splits/ws/${workspace}/${encodeURIComponent(action.key)}/environments/${encodeURIComponent(environment.id)}`;
  await client.send('PUT', `${path}/${action.to === 'off' ? 'kill' : 'restore'}`);
  return { undo: opposite(action) };
}
