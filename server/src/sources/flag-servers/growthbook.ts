/**
 * GrowthBook, by its REST API, version 1 (checked against the vendor's OpenAPI description; no real server was asked). Version 2 says
 * the same; old servers have version 1 alone. Where every field comes from:
 *
 * - environments: `GET /v1/environments`; which of them are production, GrowthBook does not say;
 * - features, 100 a page: `GET /v1/features`: `id`, `description`, `owner` (or `ownerEmail`), `tags`, `valueType`, `archived`, `dateCreated`,
 *   `prerequisites`; last changed: `dateUpdated`, by whom and why: `revision.publishedBy`, `revision.comment`, and what: the newest 100
 *   published revisions, `GET /v2/feature-revisions` (growthbookRevisions.ts), where a server has them;
 * - state in each environment: `enabled` and `definition`, what SDKs get: saved groups and experiments are filled in there. Where a
 *   server gives none, the value for everyone is known only if there are no rules;
 * - the page: `/features/{id}` of the app, known for the cloud alone, since self-hosted apps have another address than their API.
 *
 * GrowthBook keeps no last evaluation here and knows no stages; which features it takes for stale it tells of named ones alone
 * (`/v2/stale-features?ids=`), which is not asked. Its stream is for SDKs' client keys. 60 questions a minute. Token: a secret key as `Bearer`.
 * Least permission: a secret key with the role readonly; actions need one with the role admin or a personal token.
 */
import * as z from 'zod';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag, JsonValue, ValueType } from '../../core/model.ts';
import { unreadableState } from '../flag-systems/decoder.ts';
import {
  type Feature,
  featureOutcome,
  featureParents,
  featureSchema,
  isExperiment,
} from '../flag-systems/growthbookRules.ts';
import { collectVariations, type Variations } from '../flag-systems/variations.ts';
import { COMMENT, impossible, opposite } from './acting.ts';
import {
  growthbookAudit,
  NEWEST_REVISIONS,
  publishedRevisions,
  REVISIONS,
  revisionName,
} from './growthbookRevisions.ts';
import { fitting, instant, momentOf, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { allItems, fieldOf, listIn } from './paging.ts';
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

export const growthbookService: FlagService = {
  kind: 'growthbook',
  title: 'GrowthBook',
  defaultUrl: 'https://api.growthbook.io/api',
  projectWord: null,
  permission: 'a secret key with the role readonly',
  period: 60,
  headers: token => ({ authorization: `Bearer ${token}` }),
  fetch,
  map,
  audit: growthbookAudit,
  actions: {
    kinds: ['turn', 'archive', 'revive', 'create'],
    permission: 'a personal access token of a user who may publish features',
    perform,
  },
};

const PAGE = 100;

async function fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers> {
  const environments = await client.get('/v1/environments');
  const features = await allItems(
    offset => client.get('/v1/features', { limit: PAGE, offset, projectId: target.project }),
    answer => ({ items: listIn(answer, 'features'), more: fieldOf(answer, 'hasMore') === true }),
  );
  const revisions = await client.optional('what was changed', client.get(REVISIONS, NEWEST_REVISIONS));
  return { environments, features, revisions };
}

const environmentSchema = z.object({ id: z.string() });

const servedSchema = z.object({
  id: z.string(),
  description: z.string().nullish().catch(null),
  owner: z.string().nullish().catch(null),
  ownerEmail: z.string().nullish().catch(null),
  tags: z.array(z.string()).catch([]),
  archived: z.boolean().catch(false),
  dateCreated: z.string().nullish().catch(null),
  dateUpdated: z.string().nullish().catch(null),
  valueType: z.enum(['boolean', 'string', 'number', 'json']),
  defaultValue: z.string(),
  prerequisites: z.array(z.string()).catch([]),
  revision: z
    .object({
      version: z.number().nullish(),
      comment: z.string().nullish(),
      publishedBy: z.string().nullish(),
      date: z.string().nullish(),
    })
    .nullish()
    .catch(null),
  environments: z.record(z.string(), z.unknown()),
});

const stateSchema = z.object({
  enabled: z.boolean(),
  defaultValue: z.string().nullish(),
  rules: z.array(z.object({ enabled: z.boolean().nullish() })).catch([{ enabled: true }]),
  definition: z.string().nullish(),
});

type Served = z.output<typeof servedSchema>;

const KINDS: Readonly<Record<Served['valueType'], ValueType>> = {
  boolean: 'boolean',
  string: 'string',
  number: 'number',
  json: 'object',
};

function map(answers: Answers, context: MapContext): Reading {
  const { items, odd } = fitting(servedSchema, answers.features);
  if (!Array.isArray(answers.features) || (items.length === 0 && odd > 0)) return unreadable('no list of features');
  const names = fitting(environmentSchema, fieldOf(answers.environments, 'environments')).items.map(each => each.id);
  const revisions = publishedRevisions(listIn(answers.revisions, 'revisions'));
  return {
    flags: items.map(feature => flagOf(feature, names, revisions, context)),
    problem: null,
    notices: oddNotices('GrowthBook', 'features', odd),
  };
}

function flagOf(
  served: Served,
  names: readonly string[],
  revisions: ReturnType<typeof publishedRevisions>,
  context: MapContext,
): Flag {
  const all = names.length > 0 ? names : Object.keys(served.environments);
  const wanted = context.environments.length === 0 ? all : context.environments.filter(name => all.includes(name));
  const found = collectVariations();
  // A feature may live in some environments only.
  const read = wanted
    .filter(name => Object.hasOwn(served.environments, name))
    .map(name => readState(served, name, found));
  const definitions = read.flatMap(each => (each.kind === 'definition' ? [each.feature] : []));
  const changed = momentOf(served.dateUpdated, 'growthbook', context);
  const { publishedBy, comment, version } = served.revision ?? {};
  const told = revisions.get(revisionName(served.id, version ?? -1));
  const [by, what] = [publishedBy || told?.who, told?.what ?? comment];
  return {
    ...servedFlag(served.id, 'growthbook', context),
    description: served.description || null,
    kind: KINDS[served.valueType],
    type: definitions.some(isExperiment) ? 'experiment' : null,
    owner: served.owner || served.ownerEmail || null,
    tags: served.tags,
    variations: found.list(),
    environments: read.map(each => stateOf(each, found, context)),
    prerequisites: [...new Set([...served.prerequisites, ...definitions.flatMap(featureParents)])],
    created: timeOf(served.dateCreated, context),
    ...(changed === null
      ? {}
      : {
          changed: { ...changed, ...(by ? { by } : {}), ...(what ? { what } : {}) },
        }),
    archived: served.archived,
    url: pageOf(served.id, context),
  };
}

/** What is known of a feature in one environment, before its variations are. */
type ReadState =
  | { readonly name: string; readonly kind: 'off' | 'unknown' }
  | {
      readonly name: string;
      readonly kind: 'definition';
      readonly feature: Feature;
      readonly outcome: ReturnType<typeof featureOutcome>;
    };

function readState(served: Served, name: string, found: Variations): ReadState {
  const state = stateSchema.safeParse(served.environments[name]);
  if (!state.success) return { name, kind: 'unknown' };
  if (!state.data.enabled) return { name, kind: 'off' };
  const feature = definitionOf(served, state.data);
  if (feature === null) return { name, kind: 'unknown' };
  return { name, kind: 'definition', feature, outcome: featureOutcome(feature, served.id, found) };
}

function definitionOf(served: Served, state: z.output<typeof stateSchema>): Feature | null {
  if (state.definition) {
    const decoded = featureSchema.safeParse(jsonOf(state.definition));
    return decoded.success ? decoded.data : null;
  }
  // Rules name groups and experiments that only the definition resolves.
  if (state.rules.some(rule => rule.enabled !== false) || served.prerequisites.length > 0) return null;
  const text = state.defaultValue ?? served.defaultValue;
  const value = served.valueType === 'string' ? text : jsonOf(text);
  return value === undefined ? null : { defaultValue: value as JsonValue };
}

function stateOf(read: ReadState, found: Variations, context: MapContext): EnvironmentState {
  const asOf = instant(context.now);
  if (read.kind === 'unknown') return { ...unreadableState(read.name), asOf };
  return deriveState({
    environment: read.name,
    variations: found.list(),
    offVariation: null,
    enabled: read.kind === 'definition',
    whenDisabled: { kind: 'fallback' },
    outcome: read.kind === 'definition' ? read.outcome : { kind: 'fallback' },
    asOf,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pageOf(id: string, { url }: MapContext): string | null {
  return new URL(url).hostname === 'api.growthbook.io'
    ? `https://app.growthbook.io/features/${encodeURIComponent(id)}`
    : null;
}

async function perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone> {
  const path = `/v1/features/${encodeURIComponent(action.key)}`;
  switch (action.kind) {
    case 'turn': {
      const environments = { [action.environment]: action.to === 'on' };
      await client.send('POST', `${path}/toggle`, { reason: COMMENT, environments });
      break;
    }
    case 'archive':
    case 'revive':
      await client.send('POST', path, { archived: action.kind === 'archive' });
      break;
    case 'create':
      await client.send('POST', '/v1/features', {
        id: action.key,
        description: action.description,
        valueType: 'boolean',
        defaultValue: 'false',
        ...(target.project === null ? {} : { project: target.project }),
      });
      break;
    default:
      throw impossible(action, 'GrowthBook has no such action');
  }
  return { undo: opposite(action) };
}
