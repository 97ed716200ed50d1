/** Split's Admin API as far as Flagbook uses it: what it answers, and a description of ours, after the vendor's documentation. */
import type { Answer, Json, JsonObject } from './description.ts';
import { page, pathValues, type Service } from './emulator.ts';
import { boolean, integer, list, number, object, oneOf, orNull, ownDescription, text } from './ownDescription.ts';

const named = object({ id: text, name: text });
const buckets = list(object({ treatment: text, size: { type: 'integer', minimum: 0, maximum: 100 } }));
const matcher = object(
  { type: text },
  {
    negate: boolean,
    attribute: text,
    string: text,
    strings: list(text),
    bool: boolean,
    number,
    date: integer,
    between: object({ from: number, to: number }),
    depends: object({ splitName: text, treatment: text }),
  },
);
const definition = object(
  {
    name: text,
    environment: named,
    trafficType: named,
    killed: boolean,
    treatments: list(object({ name: text }, { keys: list(text), segments: list(text), configurations: text })),
    defaultTreatment: text,
    trafficAllocation: integer,
    defaultRule: buckets,
    creationTime: integer,
    lastUpdateTime: integer,
  },
  {
    rules: list(object({ buckets, condition: object({ combiner: oneOf('AND'), matchers: list(matcher) }) })),
    lastTrafficReceivedAt: integer,
  },
);
const paged = (items: Json) => object({ objects: list(items), offset: integer, limit: integer, totalCount: integer });
const paging = { limit: { type: 'integer', maximum: 50 }, offset: integer } as const;
const root = '/internal/api/v2';

export const splitDescriptions = [
  ownDescription('Split', {
    [`GET ${root}/environments/ws/{workspace}`]: {
      answers: { 200: list(object({ id: text, name: text, production: boolean })) },
    },
    [`GET ${root}/splits/ws/{workspace}`]: {
      query: paging,
      answers: {
        200: paged(
          object(
            { id: text, name: text, trafficType: named, creationTime: integer },
            {
              description: text,
              rolloutStatus: named,
              rolloutStatusTimestamp: integer,
              tags: list(object({ name: text })),
              owners: list(object({ id: text, type: text })),
            },
          ),
        ),
      },
    },
    [`GET ${root}/splits/ws/{workspace}/environments/{environment}`]: {
      query: paging,
      answers: { 200: paged(definition) },
    },
    [`GET ${root}/users`]: {
      query: { limit: { type: 'integer', maximum: 200 }, status: oneOf('ACTIVE'), after: text },
      answers: {
        200: object({
          data: list(object({ id: text, type: text, name: text, email: text, status: text })),
          nextMarker: orNull(text),
          previousMarker: orNull(text),
          limit: integer,
          count: integer,
        }),
      },
    },
    [`GET ${root}/groups`]: {
      query: { limit: { type: 'integer', maximum: 200 }, offset: integer },
      answers: { 200: paged(object({ id: text, type: text, name: text, description: text })) },
    },
    [`PUT ${root}/splits/ws/{workspace}/{split}/environments/{environment}/kill`]: { answers: { 200: definition } },
    [`PUT ${root}/splits/ws/{workspace}/{split}/environments/{environment}/restore`]: { answers: { 200: definition } },
  }),
];

export function splitOf(name: string, more: JsonObject = {}): JsonObject {
  return {
    id: `id-${name}`,
    name,
    trafficType: { id: 't', name: 'user' },
    creationTime: Date.UTC(2025, 10, 3, 8),
    ...more,
  };
}

export function definitionOf(name: string, defaultRule: readonly Json[], more: JsonObject = {}): JsonObject {
  return {
    name,
    environment: { id: 'e', name: 'Production' },
    trafficType: { id: 't', name: 'user' },
    killed: false,
    treatments: [{ name: 'on' }, { name: 'off' }],
    defaultTreatment: 'off',
    trafficAllocation: 100,
    rules: [],
    defaultRule,
    creationTime: Date.UTC(2025, 10, 3, 8),
    lastUpdateTime: Date.UTC(2026, 1, 10, 8),
    ...more,
  };
}

/** A workspace with the id `ws1`; definitions by environment. Two users, one a page, and a group; null for a key that may not see them. */
export function split(
  splits: readonly JsonObject[],
  definitions: Readonly<Record<string, readonly JsonObject[]>>,
  people: readonly string[] | null = ['Ada Berg', 'Bo Lund'],
): Service {
  return (request): Answer | null => {
    const { method, path, query } = request;
    const paged = (items: readonly Json[]): Answer => {
      const [limit, offset] = [Number(query.get('limit') ?? 20), Number(query.get('offset') ?? 0)];
      return { status: 200, body: { objects: page(items, request, 20), offset, limit, totalCount: items.length } };
    };
    if (path === `${root}/environments/ws/ws1`) {
      return {
        status: 200,
        body: Object.keys(definitions).map(name => ({ id: `id-${name}`, name, production: name === 'Production' })),
      };
    }
    if (path === `${root}/users`) {
      if (people === null) return { status: 403, body: {} };
      const at = Number(query.get('after') ?? 0);
      const name = people[at]!;
      const user = { id: `id-${name}`, type: 'user', name, email: 'x@example.com', status: 'ACTIVE' };
      const nextMarker = at + 1 < people.length ? String(at + 1) : null;
      return { status: 200, body: { data: [user], nextMarker, previousMarker: null, limit: 200, count: 1 } };
    }
    if (path === `${root}/groups`) return paged([{ id: 'g1', type: 'group', name: 'Payments', description: '' }]);
    if (path === `${root}/splits/ws/ws1`) return paged(splits);
    const environment = pathValues(`${root}/splits/ws/ws1/environments/{environment}`, path)?.environment;
    if (environment !== undefined) return paged(definitions[environment.slice('id-'.length)] ?? []);
    return method === 'PUT' ? { status: 200, body: Object.values(definitions)[0]![0]! } : null;
  };
}
