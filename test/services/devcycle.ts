/** DevCycle's Management API as far as Flagbook uses it: what it answers, and a description of ours, after the vendor's command line. */
import type { Answer, Json, JsonObject } from './description.ts';
import { pathValues, type Service } from './emulator.ts';
import {
  anything,
  boolean,
  integer,
  list,
  mapOf,
  number,
  object,
  oneOf,
  ownDescription,
  text,
  time,
} from './ownDescription.ts';

const filters = object({
  operator: oneOf('and', 'or'),
  filters: list(
    object(
      { type: text },
      {
        subType: text,
        comparator: text,
        dataKey: text,
        dataKeyType: text,
        values: list(anything),
        _audiences: list(text),
      },
    ),
  ),
});
const rollout = object(
  { type: oneOf('schedule', 'gradual', 'stepped'), startDate: time },
  {
    startPercentage: number,
    stages: list(object({ percentage: number, type: oneOf('linear', 'discrete'), date: time })),
  },
);
const configuration = object({
  _feature: text,
  _environment: text,
  status: oneOf('active', 'inactive'),
  updatedAt: time,
  targets: list(
    object(
      {
        _id: text,
        audience: object({ filters }, { name: text }),
        distribution: list(object({ percentage: number, _variation: text })),
      },
      { name: text, rollout },
    ),
  ),
  readonly: boolean,
  hasStaticConfig: boolean,
});
const feature = object(
  {
    _id: text,
    _project: text,
    source: text,
    name: text,
    key: text,
    createdAt: time,
    updatedAt: time,
    controlVariation: text,
    tags: list(text),
    readonly: boolean,
  },
  {
    status: oneOf('active', 'complete', 'archived'),
    type: oneOf('release', 'experiment', 'permission', 'ops'),
    description: text,
    staticVariation: text,
    variations: list(object({ _id: text, key: text, name: text, variables: mapOf(anything) })),
    variables: list(
      object({
        _id: text,
        _project: text,
        key: text,
        type: oneOf('String', 'Boolean', 'Number', 'JSON'),
        status: text,
        source: text,
        createdAt: time,
        updatedAt: time,
      }),
    ),
    configurations: list(configuration),
    staleness: object({ stale: boolean, disabled: boolean }, { reason: text }),
    _createdBy: text,
    latestUpdate: object({ date: time, a0_user: text, changes: list(object({}, { any: anything })) }),
  },
);
const sdkKey = object({ key: text, createdAt: time, compromised: boolean });
const paging = { page: integer, perPage: { type: 'integer', minimum: 1, maximum: 1000 } } as const;

export const devcycleDescriptions = [
  ownDescription('DevCycle', {
    'GET /v1/projects/{project}/environments': {
      query: paging,
      answers: {
        200: list(
          object({
            _id: text,
            _project: text,
            key: text,
            name: text,
            type: oneOf('development', 'staging', 'production', 'disaster_recovery'),
            _createdBy: text,
            sdkKeys: object({ mobile: list(sdkKey), client: list(sdkKey), server: list(sdkKey) }),
            createdAt: time,
            updatedAt: time,
            readonly: boolean,
          }),
        ),
      },
    },
    'GET /v1/projects/{project}/audiences': {
      query: paging,
      answers: {
        200: list(
          object({
            _id: text,
            _project: text,
            name: text,
            filters,
            createdAt: time,
            updatedAt: time,
            readonly: boolean,
          }),
        ),
      },
    },
    'GET /v1/organizations/current/members': {
      query: paging,
      answers: { 200: list(object({}, { user_id: text, name: text, email: text, picture: text })) },
    },
    'GET /v1/projects/{project}': {
      answers: {
        200: object({
          _id: text,
          _organization: text,
          _createdBy: text,
          key: text,
          name: text,
          settings: object({}),
          createdAt: time,
          updatedAt: time,
          hasJiraIntegration: boolean,
          hasReceivedCodeUsages: boolean,
          hasUserConfigFetch: boolean,
          jiraBaseUrl: text,
          readonly: boolean,
        }),
      },
    },
    'GET /v2/projects/{project}/features': {
      query: { ...paging, includeLatestUpdate: oneOf('true') },
      answers: { 200: list(feature) },
    },
    'POST /v2/projects/{project}/features': {
      body: object({
        key: text,
        name: text,
        description: text,
        variables: list(object({ key: text, type: oneOf('Boolean') })),
        variations: list(object({ key: text, name: text, variables: mapOf(anything) })),
        controlVariation: text,
      }),
      answers: { 201: feature },
    },
    'PATCH /v2/projects/{project}/features/{feature}/status': {
      body: object({ status: oneOf('active', 'complete', 'archived') }),
      answers: { 200: feature },
    },
    'PATCH /v1/projects/{project}/features/{feature}/configurations': {
      query: { 'environment!': text },
      body: object({ status: oneOf('active', 'inactive') }),
      answers: { 200: configuration },
    },
  }),
];

/** What environments are told with, and nobody but the service's own programs should see. */
export const SDK_KEY = 'dvc_server_key-of-the-test';
const STAMP = { createdAt: '2025-11-03T08:00:00.000Z', updatedAt: '2026-02-10T08:00:00.000Z' };

export function configurationOf(environment: string, status: string, targets: readonly Json[]): JsonObject {
  return {
    _feature: 'f',
    _environment: `id-${environment}`,
    status,
    updatedAt: STAMP.updatedAt,
    targets,
    readonly: false,
    hasStaticConfig: false,
  };
}

export function targetOf(
  filter: JsonObject,
  shares: Readonly<Record<string, number>>,
  more: JsonObject = {},
): JsonObject {
  const distribution = Object.entries(shares).map(([name, percentage]) => ({ percentage, _variation: `id-${name}` }));
  return { _id: 't', audience: { filters: { operator: 'and', filters: [filter] } }, distribution, ...more };
}

/** A feature with one boolean variable, on and off. */
export function featureOf(
  key: string,
  variable: string,
  configurations: readonly Json[],
  more: JsonObject = {},
): JsonObject {
  return {
    _id: `id-${key}`,
    _project: 'p',
    source: 'dashboard',
    name: key,
    key,
    ...STAMP,
    status: 'active',
    type: 'release',
    controlVariation: 'off',
    tags: [],
    readonly: false,
    variations: ['on', 'off'].map(name => ({
      _id: `id-${name}`,
      key: name,
      name,
      variables: { [variable]: name === 'on' },
    })),
    variables: [
      { _id: 'v', _project: 'p', key: variable, type: 'Boolean', status: 'active', source: 'dashboard', ...STAMP },
    ],
    configurations,
    ...more,
  };
}

export function devcycle(features: readonly JsonObject[]): Service {
  return (request): Answer | null => {
    const { method, path, query } = request;
    const paged = (all: readonly Json[]): Answer => {
      const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('perPage') ?? 100)];
      return { status: 200, body: all.slice((page - 1) * size, page * size) };
    };
    if (path === '/v1/projects/shop/environments') {
      const named = ['development', 'production'].map(key => ({
        _id: `id-${key}`,
        _project: 'p',
        key,
        name: key,
        type: key,
        _createdBy: 'auth0|ada',
        sdkKeys: { mobile: [], client: [], server: [{ key: SDK_KEY, createdAt: STAMP.createdAt, compromised: false }] },
        ...STAMP,
        readonly: false,
      }));
      return paged(named);
    }
    if (path === '/v1/projects/shop/audiences') {
      return paged([
        {
          _id: 'a1',
          _project: 'p',
          name: 'Staff',
          filters: { operator: 'and', filters: [{ type: 'all' }] },
          ...STAMP,
          readonly: false,
        },
      ]);
    }
    if (path === '/v1/organizations/current/members') {
      return paged([
        { user_id: 'auth0|ada', name: 'Ada Berg', email: 'ada@example.com' },
        { user_id: 'auth0|nameless' },
      ]);
    }
    if (path === '/v1/projects/shop') {
      const project = {
        _id: 'p',
        _organization: 'org_1',
        _createdBy: 'auth0|ada',
        key: 'shop',
        name: 'Shop',
        settings: {},
        ...STAMP,
        hasJiraIntegration: false,
        hasReceivedCodeUsages: false,
        hasUserConfigFetch: true,
        jiraBaseUrl: '',
        readonly: false,
      };
      return { status: 200, body: project };
    }
    const isWhole = query.get('includeLatestUpdate') === 'true';
    const told = isWhole ? features : features.map(({ latestUpdate: _, ...feature }) => feature);
    if (path === '/v2/projects/shop/features')
      return method === 'GET' ? paged(told) : { status: 201, body: features[0]! };
    if (pathValues('/v2/projects/shop/features/{feature}/status', path) !== null)
      return { status: 200, body: features[0]! };
    return pathValues('/v1/projects/shop/features/{feature}/configurations', path) === null
      ? null
      : { status: 200, body: configurationOf('production', 'active', []) };
  };
}
