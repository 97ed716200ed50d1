/** GO Feature Flag's relay as far as Flagbook uses it: what it answers, and a description of ours. */
import type { Answer, JsonObject } from './description.ts';
import type { Service } from './emulator.ts';
import {
  anything,
  boolean,
  integer,
  list,
  mapOf,
  number,
  object,
  ownDescription,
  text,
  time,
} from './ownDescription.ts';
import { publishedDescription } from './published.ts';

const progress = object({ variation: text, percentage: number, date: time });
const rule = object(
  {},
  {
    name: text,
    query: text,
    variation: text,
    percentage: mapOf(number),
    progressiveRollout: object({ initial: progress, end: progress }),
    disable: boolean,
  },
);
const flag = object(
  { variations: mapOf(anything), defaultRule: rule },
  { targeting: list(rule), disable: boolean, trackEvents: boolean, version: text, metadata: mapOf(anything) },
);

const ours = ownDescription('GO Feature Flag relay', {
  'POST /v1/flag/configuration': {
    body: object({}, { flags: list(text) }),
    answers: { 200: object({}, { flags: mapOf(flag) }) },
  },
  'GET /v1/flag/change': { answers: { 200: object({ hash: integer, flags: mapOf(integer) }) } },
});

// The document takes a type of Go's own library for the flags: they are held to the JSON Schema of the files instead.
const relay = publishedDescription('go-feature-flag-relay.yaml', { '/definitions/flag.Flag': {} });
export const goFeatureFlagDescriptions = relay === null ? [ours] : [ours, relay];

export function goFeatureFlag(flags: JsonObject): Service {
  return ({ path }): Answer | null => {
    if (path === '/v1/flag/configuration') return { status: 200, body: { flags } };
    return path === '/v1/flag/change' ? { status: 200, body: { hash: 4711, flags: {} } } : null;
  };
}
