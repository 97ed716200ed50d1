/** What servers' flags were at a time that has passed: the answers of now, with what their log says happened since undone. */
import type { Config } from '../../core/config.ts';
import { type DefinitionAt, definitionAt } from '../../core/flags/verdicts/flagsAt.ts';
import { failureText, type HttpClient, RequestFailed } from '../http/http.ts';
import { createServiceClient } from './client.ts';
import { type ConfiguredSource, configuredSources } from './configured.ts';
import { tokenVariable } from './environmentTokens.ts';
import { serverName } from './mapping.ts';
import type { TokenFor } from './source.ts';

export interface ServedAt {
  readonly definitions: readonly DefinitionAt[];
  /** Servers that could not say, a sentence each. */
  readonly gaps: readonly string[];
}

/** @param time milliseconds since 1970. */
export async function servedAt(config: Config, time: number, http: HttpClient, tokenFor: TokenFor): Promise<ServedAt> {
  const { sources, notices } = await configuredSources(config);
  const each = await Promise.all(sources.map(source => sourceAt(source, time, http, tokenFor)));
  return {
    definitions: each.flatMap(({ definitions }) => definitions),
    gaps: [...notices.map(({ message }) => message), ...each.flatMap(({ gaps }) => gaps)],
  };
}

async function sourceAt(
  { service, target, origin }: ConfiguredSource,
  time: number,
  http: HttpClient,
  tokenFor: TokenFor,
): Promise<ServedAt> {
  const gap = (text: string): ServedAt => ({ definitions: [], gaps: [text] });
  const { audit } = service;
  if (audit?.rewind === undefined) {
    return gap(`${service.title} at ${origin} keeps no log from which its flags of then could be told.`);
  }
  try {
    const token = await tokenFor(origin, service.kind);
    if (token === null && service.token !== 'optional') {
      throw new RequestFailed({ kind: 'no-token', variable: tokenVariable(service.kind) }, '');
    }
    const client = createServiceClient({ http, service, target, token, known: null });
    const answers = await service.fetch(client, target);
    const log = await audit.fetch(client, target, { key: null, since: Math.max(0, time) });
    const then = audit.rewind(answers, log, time);
    const { flags, problem } = service.map(then.answers, { ...target, now: time });
    if (flags === null) throw new RequestFailed({ kind: 'shape', what: problem ?? 'unknown' }, '');
    const server = { kind: 'server', server: serverName(target) } as const;
    return {
      definitions: flags.map(flag => definitionAt(flag, server, then.unknown.get(flag.key) ?? null)),
      gaps: [],
    };
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    return gap(failureText(error.failure, service.title, origin));
  }
}
