/**
 * Anything that speaks OFREP, OpenFeature's remote evaluation protocol, 0.3 (checked against its OpenAPI description; no real server was
 * asked). There is one question: `POST /ofrep/v1/evaluate/flags`, all flags for one user, of whom nothing is known here but the key
 * `flagbook`. So what it can say is little, and no more is said:
 *
 * - key, value, `variant`: what that user gets; `reason` STATIC: everyone gets it; DISABLED: nobody does; SPLIT: users are divided, nobody
 *   says how; any other reason: what one user gets says nothing about the rest, and the state is unknown;
 * - owner, type, tags, dates, links: `metadata`, by the names people use;
 * - whether anything changed: the answer's `ETag`, and its `eventStreams` (server-sent events), as far as they are on the same origin.
 *
 * No environments (the first of the configuration, else `production`), no dates, no log. Token: sent as `Bearer` and in `X-API-Key`, the
 * two ways that the protocol knows; both are optional.
 */
import * as z from 'zod';
import { valueText } from '../../core/flags/rollout/describe.ts';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import type { EnvironmentState, Flag, JsonValue } from '../../core/model.ts';
import { anyJson, commonType } from '../flag-systems/decoder.ts';
import { metadataFields } from '../flag-systems/metadata.ts';
import { fitting, instant, oddNotices, servedFlag, timeOf, unreadable } from './mapping.ts';
import { fieldOf, listIn } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading } from './service.ts';

export const ofrepService: FlagService = {
  kind: 'ofrep',
  title: 'OFREP',
  defaultUrl: null,
  projectWord: null,
  token: 'optional',
  permission: 'a key that may evaluate flags, where the server wants one',
  period: 60,
  headers: token => ({ authorization: `Bearer ${token}`, 'x-api-key': token }),
  fetch: async client => ({
    evaluations: await client.ask('/ofrep/v1/evaluate/flags', { context: { targetingKey: 'flagbook' } }),
  }),
  streams: ({ url }, { evaluations }) =>
    fitting(streamSchema, listIn(evaluations, 'eventStreams')).items.flatMap(stream => {
      const address = addressOf(stream, url);
      return address === null ? [] : [{ url: address, format: 'events', isChange: isRefetch }];
    }),
  map,
};

const streamSchema = z.object({
  type: z.literal('sse'),
  url: z.string().nullish(),
  endpoint: z.object({ origin: z.string().nullish(), requestUri: z.string().startsWith('/') }).nullish(),
});

function addressOf({ url, endpoint }: z.output<typeof streamSchema>, configured: string): string | null {
  try {
    if (endpoint) return new URL(endpoint.requestUri, endpoint.origin ?? configured).href;
    return url ? new URL(url).href : null;
  } catch {
    return null;
  }
}

/** The one kind of event there is; others, to come, are none of ours. */
function isRefetch(_event: string, data: string): boolean {
  try {
    return fieldOf(JSON.parse(data), 'type') === 'refetchEvaluation';
  } catch {
    return false;
  }
}

const evaluationSchema = z.object({
  key: z.string(),
  value: anyJson.optional(),
  variant: z.string().nullish(),
  reason: z.string().nullish(),
  errorCode: z.string().nullish(),
  metadata: z.record(z.string(), anyJson).nullish().catch(null),
});

type Evaluation = z.output<typeof evaluationSchema>;

function map(answers: Answers, context: MapContext): Reading {
  const list = listIn(answers.evaluations, 'flags');
  const { items, odd } = fitting(evaluationSchema, list);
  if (list === null || (items.length === 0 && odd > 0)) return unreadable('no list of evaluations');
  return { flags: items.map(each => flagOf(each, context)), problem: null, notices: oddNotices('OFREP', 'flags', odd) };
}

function flagOf(evaluation: Evaluation, context: MapContext): Flag {
  const { value, metadata } = evaluation;
  const fields = metadataFields(metadata ?? {});
  const name = nameOf(evaluation);
  return {
    ...servedFlag(evaluation.key, 'ofrep', context),
    ...fields,
    created: timeOf(fields.created, context),
    kind: value === undefined ? null : commonType([value]),
    variations: value === undefined ? [] : [{ name, value, span: null }],
    environments: [stateOf(evaluation, name, context)],
  };
}

function stateOf(evaluation: Evaluation, name: string, context: MapContext): EnvironmentState {
  const environment = context.environments[0] ?? 'production';
  const asOf = instant(context.now);
  const { value, reason, errorCode } = evaluation;
  const served: JsonValue | undefined = value;
  const state = (words: string, divides = false) =>
    deriveState({
      environment,
      variations: [],
      offVariation: null,
      enabled: true,
      whenDisabled: { kind: 'fallback' },
      outcome: { kind: 'custom', words, divides },
      asOf,
    });
  if (errorCode) return state(`can not be evaluated (${errorCode.slice(0, 40)})`);
  if (reason === 'SPLIT') return state('users are divided, the server does not say how', true);
  const isPlain = reason === 'STATIC' || reason === 'DISABLED';
  if (!isPlain) return state(`${name} for a user of whom nothing is known; the rest may get other values`);
  return deriveState({
    environment,
    variations: served === undefined ? [] : [{ name, value: served, span: null }],
    offVariation: null,
    enabled: reason === 'STATIC',
    whenDisabled: { kind: 'fallback' },
    outcome: served === undefined ? { kind: 'fallback' } : { kind: 'variation', name },
    asOf,
  });
}

function nameOf({ value, variant }: Evaluation): string {
  if (variant) return variant;
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : valueText(value);
}
