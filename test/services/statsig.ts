/** Statsig's Console API as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, Json, JsonObject } from './description.ts';
import type { Service } from './emulator.ts';
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
} from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const condition = object({ type: text }, { operator: text, targetValue: anything, field: text, customID: text });
const rule = object(
  { name: text, passPercentage: number, conditions: list(condition) },
  { id: text, environments: orNull(list(text)) },
);
const gate = object(
  {
    id: text,
    description: text,
    lastModifierID: orNull(text),
    lastModifiedTime: orNull(number),
    lastModifierEmail: orNull(text),
    lastModifierName: orNull(text),
    createdTime: number,
    creatorName: orNull(text),
    checksPerHour: orNull(number),
    status: oneOf('In Progress', 'Launched', 'Disabled', 'Archived'),
    type: oneOf('TEMPORARY', 'PERMANENT', 'STALE', 'TEMPLATE'),
    typeReason: text,
    isEnabled: boolean,
    rules: list(rule),
  },
  {
    name: text,
    idType: text,
    tags: list(text),
    team: orNull(text),
    owner: object({ ownerName: text }),
    isTemplate: boolean,
  },
);
const people = {
  id: text,
  description: text,
  lastModifierID: orNull(text),
  lastModifiedTime: orNull(number),
  lastModifierEmail: orNull(text),
  lastModifierName: orNull(text),
  createdTime: number,
  creatorName: orNull(text),
};
const common = { name: text, idType: text, tags: list(text), team: orNull(text), owner: object({ ownerName: text }) };
const dynamicConfig = object(
  {
    ...people,
    isEnabled: boolean,
    rules: list(
      object(
        { name: text, passPercentage: number, conditions: list(condition) },
        {
          id: text,
          environments: orNull(list(text)),
          returnValue: mapOf(anything),
          variants: list(object({ name: text, passPercentage: number, returnValue: mapOf(anything) })),
        },
      ),
    ),
  },
  {
    ...common,
    defaultValue: mapOf(anything),
    status: oneOf('Enabled', 'Disabled', 'Archived'),
    isTemplate: boolean,
  },
);
const experiment = object(
  {
    ...people,
    idType: text,
    tags: list(text),
    hypothesis: text,
    groups: list(
      object({ name: text, size: number, parameterValues: mapOf(anything) }, { id: text, disabled: boolean }),
    ),
    allocation: number,
    primaryMetrics: list(anything),
    secondaryMetrics: list(anything),
    targetingGateID: orNull(text),
    bonferroniCorrection: boolean,
    defaultConfidenceInterval: text,
    status: oneOf(
      'active',
      'setup',
      'decision_made',
      'abandoned',
      'archived',
      'experiment_stopped',
      'assignment_stopped',
    ),
    decisionReason: orNull(text),
    layerID: orNull(text),
    startTime: orNull(number),
    endTime: orNull(number),
    decisionTime: orNull(number),
    healthCheckStatus: oneOf('PASSED', 'WARNING', 'FAILED', 'WAITING'),
  },
  { ...common, launchedGroupID: orNull(text), inlineTargetingRulesJSON: orNull(text) },
);
const headers = { 'STATSIG-API-VERSION': '20240601' };
const paging = { limit: { type: 'integer', maximum: 100 }, page: integer } as const;
const paged = (data: Json) =>
  object({
    message: text,
    data: list(data),
    pagination: object(
      { itemsPerPage: integer, pageNumber: integer, nextPage: orNull(text), previousPage: orNull(text) },
      { totalItems: integer },
    ),
  });
const single = (data: Json) => object({ message: text, data });

const ours = ownDescription('Statsig', {
  'GET /console/v1/environments': {
    headers,
    answers: {
      200: single(
        object({
          environments: list(
            object({
              name: text,
              id: text,
              isProduction: boolean,
              requiresReview: boolean,
              requiresReleasePipeline: boolean,
            }),
          ),
        }),
      ),
    },
  },
  'GET /console/v1/project': { headers, answers: { 200: single(object({ id: text })) } },
  'GET /console/v1/gates': { headers, query: paging, answers: { 200: paged(gate) } },
  'GET /console/v1/dynamic_configs': { headers, query: paging, answers: { 200: paged(dynamicConfig) } },
  'GET /console/v1/experiments': { headers, query: paging, answers: { 200: paged(experiment) } },
  'POST /console/v1/gates': {
    headers,
    body: object({ name: text, description: text, type: oneOf('PERMANENT', 'TEMPORARY'), isEnabled: boolean }),
    answers: { 201: single(gate) },
  },
  'GET /console/v1/gates/{id}': { headers, answers: { 200: single(gate) } },
  'PUT /console/v1/gates/{id}/archive': { headers, body: object({}), answers: { 200: single(gate) } },
  'PUT /console/v1/gates/{id}/unarchive': { headers, body: object({}), answers: { 200: single(gate) } },
  'PATCH /console/v1/gates/{id}/rules/{rule}': {
    headers,
    body: object({ passPercentage: { type: 'number', minimum: 0, maximum: 100 } }),
    answers: { 200: single(anything) },
  },
  'GET /console/v1/audit_logs': {
    headers,
    query: paging,
    answers: {
      200: paged(
        object({
          id: text,
          name: text,
          changeLog: text,
          actionType: text,
          date: text,
          time: text,
          updatedBy: text,
          updatedByUserID: text,
          modifierEmail: text,
          changes: anything,
          tags: list(text),
        }),
      ),
    },
  },
});

// Its examples have texts where its schema says objects.
const published = publishedDescription('statsig.json', {
  '/components/schemas/AuditLogDto/properties/actionType': text,
  '/components/schemas/AuditLogDto/properties/modifierEmail': text,
});
export const statsigDescriptions = published === null ? [ours] : [ours, published];

/** A gate with what every gate has. */
export function gateOf(id: string, rules: readonly Json[], more: JsonObject = {}): JsonObject {
  return {
    id,
    name: id,
    idType: 'userID',
    description: '',
    lastModifierID: 'u1',
    lastModifiedTime: Date.UTC(2026, 1, 10, 8),
    lastModifierEmail: 'ada@example.com',
    lastModifierName: 'Ada Berg',
    createdTime: Date.UTC(2025, 10, 3, 8),
    creatorName: 'Ada Berg',
    checksPerHour: 120,
    status: 'In Progress',
    type: 'TEMPORARY',
    typeReason: 'NONE',
    tags: [],
    isEnabled: true,
    rules,
    ...more,
  };
}

const STAMPS = {
  description: '',
  idType: 'userID',
  lastModifierID: 'u1',
  lastModifiedTime: Date.UTC(2026, 1, 10, 8),
  lastModifierEmail: 'ada@example.com',
  lastModifierName: 'Ada Berg',
  createdTime: Date.UTC(2025, 10, 3, 8),
  creatorName: 'Ada Berg',
  tags: [],
};

/** A dynamic config with what each has. */
export function dynamicConfigOf(id: string, rules: readonly Json[], more: JsonObject = {}): JsonObject {
  return { ...STAMPS, id, name: id, isEnabled: true, status: 'Enabled', rules, ...more };
}

/** An experiment of two halves with what each has. */
export function experimentOf(id: string, status: string, more: JsonObject = {}): JsonObject {
  return {
    ...STAMPS,
    id,
    name: id,
    hypothesis: '',
    groups: [
      { name: 'Control', id: 'g1', size: 50, parameterValues: { color: 'red' } },
      { name: 'Test', id: 'g2', size: 50, parameterValues: { color: 'blue' } },
    ],
    allocation: 100,
    primaryMetrics: [],
    secondaryMetrics: [],
    targetingGateID: '',
    bonferroniCorrection: false,
    defaultConfidenceInterval: '95',
    status,
    decisionReason: null,
    layerID: null,
    startTime: Date.UTC(2026, 1, 1),
    endTime: null,
    decisionTime: null,
    healthCheckStatus: 'PASSED',
    inlineTargetingRulesJSON: '{}',
    ...more,
  };
}

export function statsig(
  gates: readonly JsonObject[],
  log: readonly JsonObject[],
  { configs = [], experiments = [] }: Readonly<Record<string, readonly JsonObject[]>> = {},
): Service {
  return (request): Answer | null => {
    const { method, path, query } = request;
    const pageOf = (all: readonly Json[], limit: number, page: number) => {
      const data = all.slice((page - 1) * limit, page * limit);
      const more = page * limit < all.length;
      const nextPage = more ? `statsigapi.net${path}?page=${page + 1}&limit=${limit}` : null;
      return {
        message: 'listed',
        data,
        pagination: { itemsPerPage: limit, pageNumber: page, nextPage, previousPage: null, totalItems: all.length },
      };
    };
    const limit = Number(query.get('limit') ?? 10);
    const page = Number(query.get('page') ?? 1);
    const one = (data: Json): Answer => ({ status: 200, body: { message: 'ok', data } });
    if (path === '/console/v1/project') return one({ id: 'p123' });
    if (path === '/console/v1/environments') {
      const environments = ['production', 'staging'].map(name => ({
        name,
        id: name,
        isProduction: name === 'production',
        requiresReview: false,
        requiresReleasePipeline: false,
      }));
      return one({ environments });
    }
    if (path === '/console/v1/audit_logs') return { status: 200, body: pageOf(log, limit, page) };
    if (path === '/console/v1/dynamic_configs') return { status: 200, body: pageOf(configs, limit, page) };
    if (path === '/console/v1/experiments') return { status: 200, body: pageOf(experiments, limit, page) };
    if (path === '/console/v1/gates' && method === 'GET') return { status: 200, body: pageOf(gates, limit, page) };
    if (path === '/console/v1/gates') return { status: 201, body: { message: 'ok', data: gateOf('brand-new', []) } };
    const known = gates.find(each => path.startsWith(`/console/v1/gates/${String(each.id)}`));
    if (known === undefined) return null;
    return one(known);
  };
}
