/** LaunchDarkly's REST API as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, Description, Exchange, Json, JsonObject } from './description.ts';
import { page, pathValues, type Service } from './emulator.ts';
import {
  anything,
  boolean,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  ownDescription,
  text,
  time,
} from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const link = object({ href: text, type: text });
const rollout = object(
  { variations: list(object({ variation: integer, weight: integer })) },
  {
    bucketBy: text,
    contextKind: text,
    experimentAllocation: object({ defaultVariation: integer, canReshuffle: boolean }),
  },
);
const target = object({ values: list(text), variation: integer }, { contextKind: text });
const flag = object(
  {
    key: text,
    name: text,
    kind: oneOf('boolean', 'multivariate'),
    _version: integer,
    creationDate: integer,
    variations: list(object({ value: anything }, { _id: text, name: text, description: text })),
    temporary: boolean,
    tags: list(text),
    _links: mapOf(link),
    experiments: object({ baselineIdx: integer, items: list(anything) }),
    customProperties: mapOf(object({ name: text, value: list(text) })),
    archived: boolean,
  },
  {
    description: text,
    maintainerId: text,
    _maintainer: object(
      { _links: mapOf(link), _id: text, role: text, email: text },
      { firstName: text, lastName: text },
    ),
    maintainerTeamKey: text,
    _maintainerTeam: object({ key: text, name: text }),
    archivedDate: integer,
    deprecated: boolean,
    deprecatedDate: integer,
    defaults: object({ onVariation: integer, offVariation: integer }),
    environments: mapOf(
      object(
        {
          on: boolean,
          archived: boolean,
          salt: text,
          sel: text,
          lastModified: integer,
          version: integer,
          _site: link,
          _environmentName: text,
          trackEvents: boolean,
          trackEventsFallthrough: boolean,
        },
        {
          targets: list(target),
          contextTargets: list(target),
          rules: list(
            object(
              {
                clauses: list(
                  object(
                    { attribute: text, op: text, values: list(anything), negate: boolean },
                    { contextKind: text, _id: text },
                  ),
                ),
                trackEvents: boolean,
              },
              { _id: text, variation: integer, rollout, description: text, disabled: boolean },
            ),
          ),
          fallthrough: object({}, { variation: integer, rollout }),
          offVariation: integer,
          prerequisites: list(object({ key: text, variation: integer })),
        },
      ),
    ),
  },
);
const version = { 'LD-API-Version': '20240415' };
const paging = { limit: integer, offset: integer };

const ours = ownDescription('LaunchDarkly', {
  'GET /api/v2/projects/{project}/environments': {
    query: paging,
    headers: version,
    answers: {
      200: object({
        totalCount: integer,
        items: list(
          object({
            _links: mapOf(link),
            _id: text,
            key: text,
            name: text,
            apiKey: text,
            mobileKey: text,
            color: text,
            defaultTtl: integer,
            secureMode: boolean,
            defaultTrackEvents: boolean,
            requireComments: boolean,
            confirmChanges: boolean,
            tags: list(text),
            critical: boolean,
          }),
        ),
      }),
    },
  },
  'GET /api/v2/flags/{project}': {
    query: { ...paging, 'env!': text, 'summary!': oneOf('0'), filter: text },
    headers: version,
    answers: { 200: object({ items: list(flag), _links: mapOf(link), totalCount: integer }) },
  },
  'POST /api/v2/flags/{project}': {
    headers: version,
    body: object(
      { key: text, name: text },
      {
        description: text,
        temporary: boolean,
        variations: list(object({ value: anything })),
        defaults: object({ onVariation: integer, offVariation: integer }),
      },
    ),
    answers: { 201: flag },
  },
  'GET /api/v2/flags/{project}/{flag}': { query: { env: text }, headers: version, answers: { 200: flag } },
  'PATCH /api/v2/flags/{project}/{flag}': {
    headers: version,
    body: object({ patch: list(object({ op: oneOf('replace'), path: text, value: anything })) }, { comment: text }),
    answers: { 200: flag },
  },
  'GET /api/v2/flag-statuses/{project}/{environment}': {
    headers: version,
    answers: {
      200: object({
        _links: mapOf(link),
        items: list(
          object(
            { name: oneOf('new', 'active', 'inactive', 'launched'), _links: mapOf(link) },
            { lastRequested: time, default: anything },
          ),
        ),
      }),
    },
  },
  'GET /api/v2/auditlog': {
    query: { spec: text, limit: { type: 'integer', minimum: 1, maximum: 20 }, before: integer, after: integer },
    headers: version,
    answers: {
      200: object({
        _links: mapOf(link),
        items: list(
          object(
            {
              _links: mapOf(link),
              _id: text,
              _accountId: text,
              date: integer,
              accesses: list(object({ action: text, resource: text })),
              kind: text,
              name: text,
              description: text,
              shortDescription: text,
            },
            {
              comment: text,
              titleVerb: text,
              member: object({ _id: text, email: text, firstName: text, lastName: text }),
              token: object({ _id: text, name: text }),
              target: object({ name: text, resources: list(text) }),
            },
          ),
        ),
      }),
    },
  },
});

const published = publishedDescription('launchdarkly.json');
export const launchdarklyDescriptions: readonly Description[] = published === null ? [ours] : [ours, published];

type Mutable = { [key: string]: Json };

/** What a flag has in one environment beside what every one has. */
export function environmentOf(key: string, flagKey: string, more: JsonObject): Json {
  return {
    on: true,
    archived: false,
    salt: 'a1',
    sel: 'b2',
    lastModified: Date.UTC(2026, 1, 18, 9),
    version: 7,
    targets: [],
    contextTargets: [],
    rules: [],
    fallthrough: { variation: 0 },
    offVariation: 1,
    prerequisites: [],
    _site: { href: `/shop/${key}/features/${flagKey}`, type: 'text/html' },
    _environmentName: key,
    trackEvents: false,
    trackEventsFallthrough: false,
    ...more,
  };
}

/** A boolean flag with what every flag has. */
export function flagOf(key: string, environments: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    key,
    name: '',
    kind: 'boolean',
    _version: 1,
    creationDate: Date.UTC(2025, 5, 3, 12),
    variations: [
      { _id: 'v0', value: true },
      { _id: 'v1', value: false },
    ],
    temporary: true,
    tags: [],
    _links: { self: { href: `/api/v2/flags/shop/${key}`, type: 'application/json' } },
    experiments: { baselineIdx: 0, items: [] },
    customProperties: {},
    archived: false,
    defaults: { onVariation: 0, offVariation: 1 },
    environments,
    ...more,
  };
}

export function environmentItem(key: string, critical: boolean): Json {
  return {
    _links: {},
    _id: `id-${key}`,
    key,
    name: key,
    apiKey: 'sdk-hidden',
    mobileKey: 'mob-hidden',
    color: '00ff00',
    defaultTtl: 0,
    secureMode: false,
    defaultTrackEvents: false,
    requireComments: false,
    confirmChanges: critical,
    tags: [],
    critical,
  };
}

export interface LaunchdarklyState {
  readonly environments: readonly Json[];
  readonly flags: JsonObject[];
  /** By environment. */
  readonly statuses: Readonly<Record<string, readonly Json[]>>;
  readonly audit: readonly JsonObject[];
}

/** A project named `shop`. */
export function launchdarkly(state: LaunchdarklyState): Service {
  return request => flagAnswers(request, state) ?? otherAnswers(request, state);
}

function flagAnswers(request: Exchange, state: LaunchdarklyState): Answer | null {
  if (request.path === '/api/v2/flags/shop' && request.method === 'GET') {
    const wanted = request.query.get('filter') === 'state:archived';
    const names = new Set(request.query.getAll('env'));
    const all = state.flags
      .filter(each => each.archived === wanted)
      .map(each => ({
        ...each,
        environments: Object.fromEntries(
          Object.entries(each.environments as JsonObject).filter(([name]) => names.has(name)),
        ),
      }));
    return { status: 200, body: { items: page(all, request, 20), _links: {}, totalCount: all.length } };
  }
  if (request.path === '/api/v2/flags/shop') {
    const flag = flagOf(String((request.body as JsonObject).key), {}, request.body as JsonObject);
    state.flags.push(flag);
    return { status: 201, body: flag };
  }
  const found = pathValues('/api/v2/flags/shop/{flag}', request.path);
  const flag = state.flags.find(each => each.key === found?.flag);
  if (flag === undefined) return null;
  if (request.method === 'PATCH')
    for (const each of (request.body as { patch: JsonObject[] }).patch) apply(flag as Mutable, each);
  return { status: 200, body: flag };
}

function otherAnswers(request: Exchange, state: LaunchdarklyState): Answer | null {
  if (request.path === '/api/v2/projects/shop/environments') {
    const { environments } = state;
    return { status: 200, body: { items: page(environments, request, 20), totalCount: environments.length } };
  }
  const statuses = pathValues('/api/v2/flag-statuses/shop/{environment}', request.path);
  if (statuses !== null)
    return { status: 200, body: { _links: {}, items: state.statuses[statuses.environment!] ?? [] } };
  if (request.path !== '/api/v2/auditlog') return null;
  const before = Number(request.query.get('before') ?? Number.POSITIVE_INFINITY);
  const after = Number(request.query.get('after') ?? 0);
  const entries = state.audit.filter(each => Number(each.date) < before && Number(each.date) > after);
  return { status: 200, body: { _links: {}, items: page(entries, request, 10) } };
}

/** One `replace` of a JSON patch. */
function apply(flag: Mutable, { path, value }: JsonObject): void {
  const steps = String(path).slice(1).split('/');
  const last = steps.pop()!;
  const holder = steps.reduce<Mutable>((at, step) => at[step] as Mutable, flag);
  holder[last] = value!;
}
