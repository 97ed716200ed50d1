/**
 * A relay proxy of GO Feature Flag (checked against its Swagger document and the JSON Schema of its flags; no real relay was asked).
 * Where every field comes from:
 *
 * - the flags as they stand in the relay's files: `POST /v1/flag/configuration`, which changes nothing; read as those files are:
 *   state, what is scheduled, progressive rollouts; owner, tags, dates and links from `metadata`;
 * - whether anything changed: `GET /v1/flag/change` (`hash`), and the stream `/stream/v1/sse/flag/change` of newer relays.
 *
 * A relay has no environments, log, last evaluations or pages. What it serves is shown under the first environment of the
 * configuration, else `production`. Token: an API key in `X-API-Key`, where the relay wants one. Older relays have no such question: they
 * are read by OFREP.
 */
import * as z from 'zod';
import { goFeatureFlagDecoder } from '../flag-systems/goFeatureFlag.ts';
import { instant, serverName, timeOf, unreadable } from './mapping.ts';
import { fieldOf } from './paging.ts';
import type { Answers, FlagService, MapContext, Reading } from './service.ts';

export const goFeatureFlagService: FlagService = {
  kind: goFeatureFlagDecoder.system,
  title: 'GO Feature Flag',
  defaultUrl: null,
  projectWord: null,
  token: 'optional',
  permission: 'an API key of the relay, where it wants one',
  period: 30,
  headers: token => ({ 'x-api-key': token }),
  probe: async client => {
    const change = await client.optional('changes as they happen', client.get('/v1/flag/change'));
    const hash = z.union([z.string(), z.number()]).safeParse(fieldOf(change, 'hash'));
    return hash.success ? String(hash.data) : null;
  },
  streams: ({ url }) => [
    { url: `${url}/stream/v1/sse/flag/change`, format: 'events', isChange: (_event, data) => data !== '' },
  ],
  fetch: async client => ({ configuration: await client.ask('/v1/flag/configuration', {}) }),
  map,
};

function map(answers: Answers, context: MapContext): Reading {
  const flags = fieldOf(answers.configuration, 'flags');
  const code = fieldOf(answers.configuration, 'errorCode');
  // Go leaves an empty map out.
  const isEmpty =
    flags === undefined &&
    Object.keys(Object(answers.configuration)).every(name => name === 'evaluationContextEnrichment');
  const isAnswer =
    typeof answers.configuration === 'object' &&
    answers.configuration !== null &&
    !Array.isArray(answers.configuration);
  if (isAnswer && isEmpty && code === undefined) return { flags: [], problem: null, notices: [] };
  if (typeof flags !== 'object' || flags === null || Array.isArray(flags)) return unreadable('no flags of a relay');
  const environment = context.environments[0] ?? 'production';
  const decoded = goFeatureFlagDecoder.decode('relay.json', JSON.stringify(flags), { environment, now: context.now });
  const asOf = instant(context.now);
  return {
    flags: decoded.flags.map(flag => ({
      ...flag,
      server: serverName(context),
      declaration: null,
      created: timeOf(flag.created, context),
      variations: flag.variations.map(each => ({ ...each, span: null })),
      environments: flag.environments.map(each => ({ ...each, asOf })),
    })),
    problem: null,
    notices: [],
  };
}
