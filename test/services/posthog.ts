/** PostHog's private API as far as Flagbook uses it: what it answers, and a description of ours, after its generated schemas. */
import type { Answer, JsonObject } from './description.ts';
import { page, pathValues, type Service } from './emulator.ts';
import {
  anything,
  boolean,
  integer,
  list,
  mapOf,
  number,
  object,
  oneOf,
  orNull,
  ownDescription,
  text,
  time,
} from './ownDescription.ts';

const person = object({ id: integer, uuid: text, email: text }, { first_name: text, last_name: text });
const filters = object(
  {
    groups: list(
      object(
        { properties: list(object({ key: text }, { type: text, operator: text, value: anything, cohort_name: text })) },
        { rollout_percentage: orNull({ type: 'number', minimum: 0, maximum: 100 }), variant: orNull(text) },
      ),
    ),
  },
  {
    multivariate: orNull(object({ variants: list(object({ key: text, rollout_percentage: number }, { name: text })) })),
    payloads: mapOf(anything),
  },
);
const flag = object(
  {
    id: integer,
    key: text,
    created_by: person,
    updated_at: orNull(time),
    last_modified_by: person,
    experiment_set: list(integer),
    status: text,
  },
  {
    name: text,
    filters,
    deleted: boolean,
    active: boolean,
    created_at: time,
    version: integer,
    tags: list(text),
    last_called_at: orNull(time),
  },
);
const paged = { count: integer, next: orNull(text), previous: orNull(text) };

export const posthogDescriptions = [
  ownDescription('PostHog', {
    'GET /api/projects/{project}/feature_flags/': {
      query: { limit: { type: 'integer', maximum: 100 }, offset: integer, search: text, deleted: oneOf('true') },
      answers: { 200: object({ ...paged, results: list(flag) }) },
    },
    'POST /api/projects/{project}/feature_flags/': {
      body: object({ key: text, filters }, { name: text, active: boolean }),
      answers: { 201: flag },
    },
    'PATCH /api/projects/{project}/feature_flags/{id}/': {
      body: object({}, { active: boolean, deleted: boolean, filters, version: integer }),
      answers: { 200: flag },
    },
    'GET /api/projects/{project}/feature_flags/activity/': {
      query: { limit: integer, page: integer },
      answers: {
        200: object({
          total_count: integer,
          next: orNull(text),
          previous: orNull(text),
          results: list(
            object({
              activity: text,
              scope: oneOf('FeatureFlag'),
              item_id: text,
              created_at: time,
              user: orNull(object({ first_name: text, email: text })),
              detail: object({
                name: text,
                changes: orNull(
                  list(object({ type: text, action: text, field: text, before: anything, after: anything })),
                ),
              }),
            }),
          ),
        }),
      },
    },
  }),
];

const ADA = {
  id: 1,
  uuid: '7e57d004-2b97-4e7a-b45f-5387367791cd',
  email: 'ada@example.com',
  first_name: 'Ada',
  last_name: 'Berg',
};

/** A flag with what every flag has. */
export function flagOf(id: number, key: string, groups: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    id,
    key,
    name: '',
    active: true,
    deleted: false,
    filters: { groups },
    created_by: ADA,
    created_at: '2025-11-03T08:00:00.123Z',
    updated_at: '2026-02-10T08:00:00Z',
    last_modified_by: ADA,
    experiment_set: [],
    status: 'ACTIVE',
    version: 4,
    tags: [],
    ...more,
  };
}

/** A project with the number 7. */
export function posthog(flags: readonly JsonObject[], activity: readonly JsonObject[]): Service {
  return (request): Answer | null => {
    const { method, path, query } = request;
    if (path === '/api/projects/7/feature_flags/activity/') {
      return { status: 200, body: { total_count: activity.length, next: null, previous: null, results: activity } };
    }
    if (path === '/api/projects/7/feature_flags/') {
      if (method === 'POST') return { status: 201, body: flagOf(99, String((request.body as JsonObject).key), []) };
      const wanted = query.get('deleted') === 'true';
      const found = flags.filter(
        each => each.deleted === wanted && String(each.key).includes(query.get('search') ?? ''),
      );
      const results = page(found, request, 10);
      const more = Number(query.get('offset') ?? 0) + results.length < found.length;
      return {
        status: 200,
        body: { count: found.length, next: more ? 'http://localhost/next' : null, previous: null, results },
      };
    }
    const id = pathValues('/api/projects/7/feature_flags/{id}/', path)?.id;
    const known = flags.find(each => String(each.id) === id);
    return known === undefined ? null : { status: 200, body: known };
  };
}
