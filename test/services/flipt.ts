/** Flipt's interfaces as far as Flagbook uses them, of versions 2 and 1: what they answer, and descriptions of ours. */
import type { Answer, Description, Json, JsonObject } from './description.ts';
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
import { publishedDescription } from './published.ts';

const operator = oneOf('OR_SEGMENT_OPERATOR', 'AND_SEGMENT_OPERATOR');
const type = oneOf('VARIANT_FLAG_TYPE', 'BOOLEAN_FLAG_TYPE');
const rollout = object(
  { type: text },
  {
    description: text,
    segment: object({ segments: list(text) }, { value: boolean, segmentOperator: operator }),
    threshold: object({}, { percentage: number, value: boolean }),
  },
);
const flag = object(
  { '@type': oneOf('flipt.core.Flag'), key: text, type },
  {
    name: text,
    description: text,
    enabled: boolean,
    variants: list(object({ key: text }, { name: text, attachment: anything })),
    rules: list(
      object(
        { segments: list(text) },
        { segmentOperator: operator, distributions: list(object({ variant: text, rollout: number })) },
      ),
    ),
    rollouts: list(rollout),
    defaultVariant: text,
    metadata: mapOf(anything),
  },
);
const segment = object(
  { '@type': oneOf('flipt.core.Segment'), key: text, name: text, matchType: text },
  { constraints: list(anything) },
);
const resource = object({ namespaceKey: text, key: text, payload: { anyOf: [flag, segment] } });
const base = '/api/v2/environments/{environment}/namespaces/{namespace}/resources';
const evaluatedSegment = object({ key: text, name: text, matchType: text }, { constraints: list(anything) });

const ours = ownDescription('Flipt 2', {
  'GET /api/v2/environments': {
    answers: { 200: object({ environments: list(object({ key: text, name: text }, { default: boolean })) }) },
  },
  [`GET ${base}/{type}`]: { answers: { 200: object({ revision: text }, { resources: list(resource) }) } },
  [`GET ${base}/{type}/{key}`]: { answers: { 200: object({ resource, revision: text }) } },
  [`PUT ${base}`]: {
    body: object({ key: text, payload: flag, revision: text }),
    answers: { 200: object({ resource, revision: text }) },
  },
});

const oursOfVersion1 = ownDescription('Flipt 1', {
  // Asked for, to learn the version; an old server has nothing there.
  'GET /api/v2/environments': { answers: {} },
  'GET /internal/v1/evaluation/snapshot/namespace/{namespace}': {
    answers: {
      200: object(
        { namespace: object({ key: text }) },
        {
          digest: text,
          flags: list(
            object(
              { key: text, name: text, type, createdAt: time, updatedAt: time },
              {
                description: text,
                enabled: boolean,
                rules: list(
                  object(
                    { id: text, segments: list(evaluatedSegment), rank: integer, segmentOperator: operator },
                    { distributions: list(object({ ruleId: text, variantKey: text, rollout: number })) },
                  ),
                ),
                rollouts: list(
                  object(
                    { type: text, rank: integer },
                    {
                      segment: object({ segments: list(evaluatedSegment), value: boolean }),
                      threshold: object({ percentage: number, value: boolean }),
                    },
                  ),
                ),
                defaultVariant: object({ id: text, key: text }),
              },
            ),
          ),
        },
      ),
    },
  },
});

const published = publishedDescription('flipt-environments.yaml');
const publishedEvaluation = publishedDescription('flipt-evaluation.yaml');
export const fliptDescriptions = published === null ? [ours] : [ours, published];
export const flipt1Descriptions =
  publishedEvaluation === null ? [oursOfVersion1] : [oursOfVersion1, withoutVersion(publishedEvaluation)];

/** The question for the version stands in no description of version 1. */
function withoutVersion(description: Description): Description {
  return {
    ...description,
    requestFaults: request => (request.path === '/api/v2/environments' ? [] : description.requestFaults(request)),
  };
}

/** Version 2: flags by environment, in the namespace `default`. */
export function flipt(
  flags: Readonly<Record<string, readonly JsonObject[]>>,
  segments: readonly JsonObject[],
): Service {
  return (request): Answer | null => {
    const { method, path } = request;
    if (path === '/api/v2/environments') {
      return { status: 200, body: { environments: Object.keys(flags).map(key => ({ key, name: key })) } };
    }
    const wrap = (payload: JsonObject): Json => ({ namespaceKey: 'default', key: payload.key!, payload });
    const listed = pathValues(`${base}/{type}`, path);
    if (listed !== null) {
      const own = listed.type === 'flipt.core.Flag' ? flags[listed.environment!]! : segments;
      return { status: 200, body: { revision: 'r1', ...(own.length === 0 ? {} : { resources: own.map(wrap) }) } };
    }
    const single = pathValues(`${base}/{type}/{key}`, path);
    const known = flags[single?.environment ?? '']?.find(each => each.key === single?.key);
    if (known !== undefined) return { status: 200, body: { resource: wrap(known), revision: 'r1' } };
    if (method === 'PUT')
      return {
        status: 200,
        body: { resource: wrap((request.body as { payload: JsonObject }).payload), revision: 'r2' },
      };
    return null;
  };
}

/** Version 1: a snapshot, and nothing else. */
export function flipt1(flags: readonly JsonObject[]): Service {
  return ({ path }): Answer | null =>
    path === '/internal/v1/evaluation/snapshot/namespace/default'
      ? { status: 200, body: { namespace: { key: 'default' }, digest: 'd1', flags } }
      : null;
}
