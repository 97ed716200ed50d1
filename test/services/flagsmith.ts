/** Flagsmith's admin API as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, Json, JsonObject } from './description.ts';
import { pathValues, type Service } from './emulator.ts';
import { boolean, integer, list, object, oneOf, orNull, ownDescription, text, time } from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const paged = (items: Json) =>
  object({ count: integer, next: orNull(text), previous: orNull(text), results: list(items) });
const person = object({ email: text, first_name: text, last_name: text });
const feature = object(
  { id: integer, name: text },
  {
    description: orNull(text),
    created_date: time,
    last_modified_in_any_environment: orNull(time),
    is_archived: boolean,
    lifecycle_stage: text,
    tags: list(integer),
    owners: list({ anyOf: [integer, person] }),
    group_owners: list({ anyOf: [integer, object({ name: text })] }),
  },
);
const value: Json = { anyOf: [text, integer, boolean, { type: 'null' }] };
const state = object({
  feature: object({ id: integer, name: text, type: oneOf('STANDARD', 'MULTIVARIATE') }),
  enabled: boolean,
  feature_state_value: value,
  featurestate_uuid: text,
  feature_segment: orNull(object({ priority: orNull(integer) })),
  multivariate_feature_state_values: list(
    object({
      id: orNull(integer),
      mv_fs_value_uuid: orNull(text),
      percentage_allocation: { type: 'number' },
      multivariate_feature_option: object({ value: text }),
    }),
  ),
});
const condition = object({ operator: text, value: text, property_: text });
const innerRule = object({ type: oneOf('ALL', 'ANY', 'NONE'), rules: list(object({})), conditions: list(condition) });
const document = object({
  api_key: text,
  name: text,
  feature_states: list(state),
  identity_overrides: list(object({ identifier: text, identity_features: list(state) })),
  project: object({
    segments: list(
      object(
        {
          id: integer,
          name: text,
          rules: list(
            object({ type: oneOf('ALL', 'ANY', 'NONE'), rules: list(innerRule), conditions: list(condition) }),
          ),
        },
        { feature_states: list(state) },
      ),
    ),
  }),
});

const ours = ownDescription('Flagsmith', {
  'GET /api/v1/environments/': {
    query: { project: integer, page: integer },
    answers: { 200: paged(object({ id: integer, name: text, api_key: text, project: integer })) },
  },
  'GET /api/v1/projects/{project}/features/': {
    query: { environment: integer, page: integer, page_size: { type: 'integer', maximum: 100 }, search: text },
    answers: { 200: paged(feature) },
  },
  'POST /api/v1/projects/{project}/features/': {
    body: object({ name: text, description: text, default_enabled: boolean }),
    answers: { 201: feature },
  },
  'PATCH /api/v1/projects/{project}/features/{id}/': {
    body: object({ is_archived: boolean }),
    answers: { 200: feature },
  },
  'GET /api/v1/projects/{project}/tags/': {
    query: { page: integer },
    answers: { 200: paged(object({ id: integer, label: text, type: text, is_permanent: boolean })) },
  },
  'GET /api/v1/environments/{key}/document/': { answers: { 200: document } },
  'GET /api/v1/environments/{key}/featurestates/': {
    query: { 'feature_name!': text },
    answers: {
      200: paged(
        object({
          id: integer,
          feature: integer,
          enabled: boolean,
          feature_segment: orNull(integer),
          identity: orNull(object({ id: integer, identifier: text })),
        }),
      ),
    },
  },
  'PATCH /api/v1/environments/{key}/featurestates/{id}/': {
    body: object({ feature: integer, enabled: boolean }),
    answers: { 200: object({ feature: integer, enabled: boolean }) },
  },
  'GET /api/v1/projects/{project}/audit/': {
    query: { page: integer, page_size: integer, search: text },
    answers: {
      200: paged(
        object(
          {
            id: integer,
            created_date: time,
            log: text,
            author: person,
            environment: object({ name: text, project: integer }),
            project: object({ name: text, organisation: integer }),
          },
          { related_object_type: text },
        ),
      ),
    },
  },
});

// The description has numbers of owners and an identity everywhere; both ways to say owners are read, and a state for everyone has none.
const withNames: Json = { type: 'array', items: {} };
const published = publishedDescription('flagsmith.yaml', {
  '/components/schemas/ListFeature/properties/owners': withNames,
  '/components/schemas/ListFeature/properties/group_owners': withNames,
  '/components/schemas/FeatureStateSerializerWithIdentity/properties/identity': {},
});
export const flagsmithDescriptions = published === null ? [ours] : [ours, published];

export const ENVIRONMENTS: readonly JsonObject[] = [
  { id: 11, name: 'Production', api_key: 'prod-key', project: 7 },
  { id: 12, name: 'Staging', api_key: 'stage-key', project: 7 },
];

export function featureState(id: number, name: string, enabled: boolean, more: JsonObject = {}): JsonObject {
  return {
    feature: { id, name, type: 'STANDARD' },
    enabled,
    feature_state_value: null,
    featurestate_uuid: `00000000-0000-4000-8000-00000000000${id % 10}`,
    feature_segment: null,
    multivariate_feature_state_values: [],
    ...more,
  };
}

export interface FlagsmithState {
  readonly features: readonly JsonObject[];
  /** By the environment's key. */
  readonly documents: Readonly<Record<string, JsonObject>>;
  readonly tags: readonly JsonObject[];
  readonly audit: readonly JsonObject[];
}

/** A project with the number 7. */
export function flagsmith(given: FlagsmithState): Service {
  return (request): Answer | null => {
    const { method, path, query, body } = request;
    const all = (items: readonly Json[]): Answer => {
      const size = Number(query.get('page_size') ?? 10);
      const page = Number(query.get('page') ?? 1);
      const results = items.slice((page - 1) * size, page * size);
      const next = page * size < items.length ? `http://localhost${path}?page=${page + 1}` : null;
      return { status: 200, body: { count: items.length, next, previous: null, results } };
    };
    if (path === '/api/v1/environments/') return all(ENVIRONMENTS);
    if (path === '/api/v1/projects/7/tags/') return all(given.tags);
    if (path === '/api/v1/projects/7/audit/') return all(given.audit);
    if (path === '/api/v1/projects/7/features/') {
      if (method === 'POST') return { status: 201, body: { id: 99, name: (body as JsonObject).name! } };
      return all(given.features.filter(each => String(each.name).includes(query.get('search') ?? '')));
    }
    if (pathValues('/api/v1/projects/7/features/{id}/', path) !== null)
      return { status: 200, body: { id: 1, name: 'any' } };
    const document = pathValues('/api/v1/environments/{key}/document/', path);
    if (document !== null) return { status: 200, body: given.documents[document.key!]! };
    if (pathValues('/api/v1/environments/{key}/featurestates/', path) !== null) {
      return all([
        { id: 500, feature: 1, enabled: true, feature_segment: 3, identity: null },
        { id: 501, feature: 1, enabled: true, feature_segment: null, identity: null },
      ]);
    }
    return pathValues('/api/v1/environments/{key}/featurestates/{id}/', path) === null
      ? null
      : { status: 200, body: body! };
  };
}
