/**
 * PostHog, by its private API (written after the API's generated schemas and the server's evaluation; checked against a description
 * of ours alone; no real server was asked). Where every field comes from:
 *
 * - flags, 100 a page: `GET /api/projects/{project}/feature_flags/`: `key`, `name` (its description), `tags`, `created_at`, `created_by`
 *   (shown as the owner: PostHog has no other), `updated_at` with `last_modified_by` (changed), `last_called_at` (last evaluated), `status`
 *   (lifecycle; STALE counts as marked), `experiment_set` (then it is an experiment);
 * - state: `active`, `filters.groups` in order: whom one leaves out is asked by the next, all dividing users alike; `variant` and
 *   `multivariate.variants`; super groups and holdouts are said, not computed;
 * - prerequisites: properties of type `flag`; the page: `/project/{project}/feature_flags/{id}`;
 * - who changed what, with values before and after: `GET /api/projects/{project}/feature_flags/activity/` (posthogActivity.ts), whose newest
 *   100 entries also say what was changed last.
 *
 * A project is one environment, shown under the first name of the configuration, else `production`. 480 questions a minute and 4,800 an
 * hour. Token: a personal API key as `Bearer`. Least permission: feature_flag:read, for the log activity_log:read. Addresses:
 * us.posthog.com, eu.posthog.com, or one's own.
 */
import * as z from 'zod';
import { type CascadeStep, cascadeOutcome } from '../../core/flags/rollout/cascade.ts';
import { deriveState, type Outcome } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag, Variation } from '../../core/model.ts';
import { OFF, ON, ON_OFF, unreadableState } from '../flag-systems/decoder.ts';
import { withLastChanges } from './lastChanges.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
import { posthogActions } from './posthogActions.ts';
import { activityPath, posthogActivity } from './posthogActivity.ts';
import { groupCondition, propertySchema } from './posthogConditions.ts';
import type { Answers, FlagService, MapContext, Reading, ServiceClient, ServiceTarget } from './service.ts';

export const posthogService: FlagService = {
  kind: 'posthog',
  title: 'PostHog',
  defaultUrl: 'https://us.posthog.com',
  projectWord: 'project (its number)',
  permission: 'a personal API key with feature_flag:read, for the log also activity_log:read',
  period: 60,
  headers: token => ({ authorization: `Bearer ${token}` }),
  probe: async (client, target) => {
    const answer = await client.optional(
      'changes as they happen',
      client.get(activityPath(target), { limit: 1, page: 1 }),
    );
    const newest = fitting(z.object({ created_at: z.string() }), fieldOf(answer, 'results')).items[0];
    return newest?.created_at ?? null;
  },
  fetch,
  map,
  audit: posthogActivity,
  actions: posthogActions,
};

const PAGE = 100;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const path = `/api/projects/${encodeURIComponent(target.project ?? '')}/feature_flags/`;
  const flags = await allItems(
    offset => client.get(path, { limit: PAGE, offset }),
    answer => ({ items: listIn(answer, 'results'), more: typeof fieldOf(answer, 'next') === 'string' }),
  );
  const question = client.get(activityPath(target), { limit: PAGE, page: 1 });
  const newest = await client.optional('who changed what', question);
  return { flags, newest };
}

const share = z.number().min(0).max(100);

const filtersSchema = z.object({
  groups: z
    .array(
      z.object({
        properties: z.array(propertySchema).nullish(),
        rollout_percentage: share.nullish(),
        variant: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
  multivariate: z.object({ variants: z.array(z.object({ key: z.string(), rollout_percentage: share })) }).nullish(),
  super_groups: z.array(z.unknown()).nullish(),
  holdout_groups: z.array(z.unknown()).nullish(),
  holdout: z.unknown().optional(),
  aggregation_group_type_index: z.number().nullish(),
});

const person = z.object({
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  email: z.string().nullish(),
});

const flagSchema = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string().nullish().catch(null),
  active: z.boolean(),
  deleted: z.boolean().nullish().catch(null),
  filters: z.unknown().optional(),
  tags: z.array(z.string()).catch([]),
  created_at: z.string().nullish().catch(null),
  created_by: person.nullish().catch(null),
  updated_at: z.string().nullish().catch(null),
  last_modified_by: person.nullish().catch(null),
  last_called_at: z.string().nullish().catch(null),
  status: z.string().nullish().catch(null),
  experiment_set: z.array(z.unknown()).nullish().catch(null),
});

type Served = z.output<typeof flagSchema>;
type Filters = z.output<typeof filtersSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(flagSchema, answers.flags);
  if (!Array.isArray(answers.flags) || (items.length === 0 && odd > 0)) return unreadable('no list of flags');
  const keys = new Map(items.map(flag => [String(flag.id), flag.key]));
  const entries = listIn(answers.newest, 'results') ?? [];
  const changes = posthogActivity.entries({ entries, complete: false }, context);
  const flags = items.map(flag => flagOf(flag, keys, context));
  return {
    flags: withLastChanges(flags, changes, context),
    problem: null,
    notices: oddNotices('PostHog', 'flags', odd),
  };
}

function flagOf(served: Served, keys: ReadonlyMap<string, string>, context: MapContext): Flag {
  const filters = filtersSchema.safeParse(served.filters);
  const variations = variationsOf(filters.success ? filters.data : null);
  const changed = momentOf(served.updated_at, 'posthog', context);
  const by = nameOf(served.last_modified_by);
  const evaluated = momentOf(served.last_called_at, 'posthog', context);
  const properties = filters.success ? (filters.data.groups ?? []).flatMap(group => group.properties ?? []) : [];
  const parents = properties.flatMap(each => (each.type === 'flag' ? [keys.get(each.key) ?? each.key] : []));
  return {
    ...servedFlag(served.key, 'posthog', context),
    description: served.name || null,
    kind: variations === ON_OFF ? 'boolean' : null,
    type: (served.experiment_set ?? []).length > 0 ? 'experiment' : null,
    owner: nameOf(served.created_by),
    tags: served.tags,
    variations,
    offValue: false,
    environments: [stateOf(served, filters.success ? filters.data : null, variations, keys, context)],
    prerequisites: [...new Set(parents)],
    created: timeOf(served.created_at, context),
    ...(changed === null ? {} : { changed: { ...changed, ...(by === null ? {} : { by }) } }),
    ...(evaluated === null ? {} : { evaluated }),
    ...(served.status ? { lifecycle: { stage: served.status, since: null } } : {}),
    ...(served.status === 'STALE' ? { markedStale: true as const } : {}),
    archived: served.deleted === true,
    url: `${context.url}/project/${encodeURIComponent(context.project ?? '')}/feature_flags/${served.id}`,
  };
}

/** Variants are served by their names; who gets none gets false. */
function variationsOf(filters: Filters | null): readonly Variation[] {
  const variants = filters?.multivariate?.variants ?? [];
  if (variants.length === 0) return ON_OFF;
  const named = variants.map(({ key }): Variation => ({ name: key, value: key, span: null }));
  return [...named, { name: 'off', value: false, span: null }];
}

function stateOf(
  served: Served,
  filters: Filters | null,
  variations: readonly Variation[],
  keys: ReadonlyMap<string, string>,
  context: MapContext,
): EnvironmentState {
  const environment = context.environments[0] ?? 'production';
  const asOf = instant(context.now);
  const evaluated = timeOf(served.last_called_at, context);
  const more = evaluated === null ? {} : { evaluated };
  if (filters === null) return { ...unreadableState(environment), asOf, ...more };
  const state = deriveState({
    environment,
    variations,
    offVariation: 'off',
    enabled: served.active,
    whenDisabled: OFF,
    outcome: outcomeOf(filters, keys),
    asOf,
  });
  return { ...state, ...more };
}

function outcomeOf(filters: Filters, keys: ReadonlyMap<string, string>): Outcome {
  if ((filters.super_groups ?? []).length > 0) return { kind: 'custom', words: 'for whom enrolled, and by its groups' };
  if ((filters.holdout_groups ?? []).length > 0 || filters.holdout) {
    return { kind: 'custom', words: 'by its groups, but for a holdout', divides: true };
  }
  const variants = filters.multivariate?.variants ?? [];
  const isByGroup = typeof filters.aggregation_group_type_index === 'number';
  const by = isByGroup ? 'group' : 'user id';
  const on: Outcome =
    variants.length === 0
      ? ON
      : {
          kind: 'split',
          by,
          parts: variants.map(({ key, rollout_percentage }) => ({
            outcome: { kind: 'variation', name: key },
            weight: rollout_percentage,
          })),
        };
  const steps = (filters.groups ?? []).map((group): CascadeStep => {
    const named = variants.some(each => each.key === group.variant) ? group.variant : null;
    return {
      condition: groupCondition(group.properties ?? [], keys),
      ...(group.description ? { name: group.description } : {}),
      hash: 'rollout',
      by,
      parts: [
        {
          outcome: named ? { kind: 'variation', name: named } : on,
          ranges: [[0, (group.rollout_percentage ?? 100) / 100]],
        },
      ],
    };
  });
  return cascadeOutcome(steps, OFF);
}

function nameOf(who: z.output<typeof person> | null | undefined): string | null {
  const full = [who?.first_name, who?.last_name].filter(Boolean).join(' ');
  return full || who?.email || null;
}
