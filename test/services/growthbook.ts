/** GrowthBook's REST API as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, Json, JsonObject } from './description.ts';
import { page, pathValues, type Service } from './emulator.ts';
import { boolean, integer, list, mapOf, object, oneOf, orNull, ownDescription, text, time } from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const feature = object(
  {
    id: text,
    dateCreated: time,
    dateUpdated: time,
    archived: boolean,
    description: text,
    owner: text,
    project: text,
    valueType: oneOf('boolean', 'string', 'number', 'json'),
    defaultValue: text,
    tags: list(text),
    environments: mapOf(
      object(
        {
          enabled: boolean,
          defaultValue: text,
          rules: list(
            object(
              { id: text, description: text, enabled: boolean, type: oneOf('force'), value: text },
              { condition: text },
            ),
          ),
        },
        { definition: text },
      ),
    ),
    revision: object({ version: integer, comment: text, date: time, createdBy: text, publishedBy: text }),
  },
  { ownerEmail: text, prerequisites: list(text) },
);
const whole = { feature };
const user = object({ type: oneOf('dashboard', 'api_key', 'system') }, { id: text, name: text, email: text });
const forced = object(
  { id: text, description: text, enabled: boolean, type: oneOf('force'), value: text, allEnvironments: boolean },
  { condition: text, environments: list(text) },
);
const revision = object(
  {
    id: text,
    featureId: text,
    baseVersion: integer,
    version: integer,
    comment: text,
    date: time,
    status: text,
    rules: list(forced),
  },
  {
    createdBy: user,
    publishedBy: user,
    defaultValue: text,
    environmentsEnabled: mapOf(boolean),
    prerequisites: list(object({ id: text })),
  },
);

const ours = ownDescription('GrowthBook', {
  'GET /v1/environments': {
    answers: {
      200: object({
        environments: list(
          object({ id: text, description: text, toggleOnList: boolean, defaultState: boolean, projects: list(text) }),
        ),
      }),
    },
  },
  'GET /v1/features': {
    query: { limit: { type: 'integer', maximum: 100 }, offset: integer, projectId: text },
    answers: {
      200: object({
        features: list(feature),
        limit: integer,
        offset: integer,
        count: integer,
        total: integer,
        hasMore: boolean,
        nextOffset: orNull(integer),
      }),
    },
  },
  'GET /v2/feature-revisions': {
    query: {
      limit: { type: 'integer', maximum: 100 },
      offset: integer,
      status: oneOf('published'),
      archived: oneOf('true'),
      featureId: text,
    },
    answers: {
      200: object({
        revisions: list(revision),
        limit: integer,
        offset: integer,
        count: integer,
        total: integer,
        hasMore: boolean,
        nextOffset: orNull(integer),
      }),
    },
  },
  'POST /v1/features': {
    body: object({ id: text, valueType: text, defaultValue: text }, { description: text, project: text }),
    answers: { 200: object(whole) },
  },
  'POST /v1/features/{id}': { body: object({ archived: boolean }), answers: { 200: object(whole) } },
  'POST /v1/features/{id}/toggle': {
    body: object({ reason: text, environments: mapOf(boolean) }),
    answers: { 200: object(whole) },
  },
});

const published = publishedDescription('growthbook.yaml');
export const growthbookDescriptions = published === null ? [ours] : [ours, published];

/** A feature with what every feature has. */
export function featureOf(id: string, environments: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    id,
    dateCreated: '2025-11-03T08:00:00.000Z',
    dateUpdated: '2026-02-10T08:00:00.000Z',
    archived: false,
    description: '',
    owner: '',
    project: '',
    valueType: 'boolean',
    defaultValue: 'false',
    tags: [],
    environments,
    revision: { version: 3, comment: '', date: '2026-02-10T08:00:00.000Z', createdBy: '', publishedBy: '' },
    ...more,
  };
}

/** A published revision with what each has. */
export function revisionOf(featureId: string, version: number, more: JsonObject = {}): JsonObject {
  return {
    id: `frev_${version}_${featureId}`,
    featureId,
    baseVersion: version - 1,
    version,
    comment: '',
    date: '2026-02-10T08:00:00.000Z',
    status: 'published',
    rules: [],
    ...more,
  };
}

/** Without revisions: a server that is older than they are. */
export function growthbook(
  features: readonly JsonObject[],
  environments: readonly string[],
  revisions: readonly JsonObject[] | null = null,
): Service {
  return (request): Answer | null => {
    const { method, path } = request;
    const listed = (name: string, all: readonly Json[]): Answer => {
      const items = page(all, request, 10);
      const offset = Number(request.query.get('offset') ?? 0);
      const more = offset + items.length < all.length;
      const limit = Number(request.query.get('limit') ?? 10);
      const counts = { limit, offset, count: items.length, total: all.length, hasMore: more };
      return { status: 200, body: { [name]: items, ...counts, nextOffset: more ? offset + items.length : null } };
    };
    if (path === '/v2/feature-revisions' && revisions !== null) {
      const wanted = request.query.get('featureId');
      return listed(
        'revisions',
        revisions.filter(each => wanted === null || each.featureId === wanted),
      );
    }
    if (path === '/v1/environments') {
      const items = environments.map(
        (id): Json => ({ id, description: '', toggleOnList: true, defaultState: true, projects: [] }),
      );
      return { status: 200, body: { environments: items } };
    }
    if (method === 'GET' && path === '/v1/features') return listed('features', features);
    if (method === 'POST' && path === '/v1/features') {
      return { status: 200, body: { feature: featureOf(String((request.body as JsonObject).id), {}) } };
    }
    const id = pathValues('/v1/features/{id}', path)?.id ?? pathValues('/v1/features/{id}/toggle', path)?.id;
    const known = features.find(each => each.id === id);
    return known === undefined ? null : { status: 200, body: { feature: known } };
  };
}
