/**
 * The client that services are asked through: it adds the token, keeps to the configured origin, asks conditionally, and turns
 * every answer that is not usable into a `RequestFailed`.
 */
import { type Failure, type HttpAnswer, type HttpClient, RequestFailed } from '../http/http.ts';
import { clockSkewOf, retryAtOf } from '../http/pace.ts';
import type { ActingClient, FlagService, Query, ServiceTarget } from './service.ts';

export interface ClientOptions {
  readonly http: HttpClient;
  readonly service: FlagService;
  readonly target: ServiceTarget;
  /** Null for services that answer without one. */
  readonly token: string | null;
  readonly signal?: AbortSignal;
  /** What earlier rounds were answered; null asks everything anew. */
  readonly known: AnswerCache | null;
  /** This round goes on where the last one had to pause: what was answered then is not asked again. */
  readonly resumes?: boolean;
}

/** A client for one round of questions, and what the round learned beside the answers. */
export interface RoundClient extends ActingClient {
  /** What the token may not read, or this version does not have. */
  readonly gaps: ReadonlySet<string>;
  /** Whether any answer differed from the last round's. Without a cache every answer does. */
  isChanged(): boolean;
  /** How far the service's clock is ahead of ours, in milliseconds, as the last answer says; null when unknown. */
  skew(): number | null;
}

/** Answers with their ETags, by address; holds what the last round asked for. */
export interface AnswerCache {
  read(url: string): CachedAnswer | undefined;
  keep(url: string, answer: CachedAnswer): void;
  /** What this round, or the one that it resumes, was answered. */
  fresh(url: string): CachedAnswer | undefined;
  /** Forgets what the round that ends now did not ask for, and what can't be asked for conditionally. */
  sweep(): void;
}

interface CachedAnswer {
  /** Null for an answer without one. */
  readonly etag: string | null;
  /** What `getOnce` was told; not settled when it has just changed: a log may be ahead of what it tells of. */
  readonly stamp?: string;
  readonly isSettled?: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export function createAnswerCache(): AnswerCache {
  let answers = new Map<string, CachedAnswer>();
  let used = new Map<string, CachedAnswer>();
  let fresh = new Map<string, CachedAnswer>();
  return {
    read(url) {
      const known = answers.get(url);
      if (known !== undefined) used.set(url, known);
      return known;
    },
    keep(url, answer) {
      answers.set(url, answer);
      used.set(url, answer);
      fresh.set(url, answer);
    },
    fresh: url => fresh.get(url),
    sweep() {
      answers = new Map([...used].filter(([, { etag, stamp }]) => etag !== null || stamp !== undefined));
      used = new Map();
      fresh = new Map();
    },
  };
}

export function createServiceClient(options: ClientOptions): RoundClient {
  const { http, service, target, known } = options;
  const gaps = new Set<string>();
  let isChanged = false;
  let skew: number | null = null;

  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    query: Query,
    body: unknown,
    stamp?: string,
    reads = method === 'GET',
  ): Promise<{ readonly body: unknown; readonly headers: Readonly<Record<string, string>> }> => {
    const url = addressOf(target, path, query);
    // What is read by POST is told apart by what it asks.
    const name = body === undefined ? url : `${url} ${JSON.stringify(body)}`;
    const cached = reads ? known?.read(name) : undefined;
    if (cached !== undefined && stamp !== undefined && cached.stamp === stamp && cached.isSettled) return cached;
    const stamped = stamp === undefined ? {} : { stamp, isSettled: cached === undefined || cached.stamp === stamp };
    const resumed = reads && options.resumes === true ? known?.fresh(name) : undefined;
    if (resumed !== undefined) {
      isChanged = true;
      return resumed;
    }
    const answer = await http.send({
      method,
      url,
      headers: {
        ...(options.token === null ? {} : service.headers(options.token)),
        ...(cached === undefined || cached.etag === null ? {} : { 'if-none-match': cached.etag }),
      },
      ...(body === undefined ? {} : { body }),
      signal: options.signal,
    });
    skew = clockSkewOf(answer.headers, answer.receivedAt) ?? skew;
    if (answer.status === 304 && cached !== undefined) {
      known?.keep(name, { ...cached, ...stamped });
      return cached;
    }
    isChanged = true;
    const failure = failureOf(answer);
    if (failure !== null) throw new RequestFailed(failure, path);
    const decoded = await decode(answer, path, http);
    const etag = answer.headers.etag ?? null;
    if (reads) known?.keep(name, { etag, headers: answer.headers, body: decoded, ...stamped });
    return { body: decoded, headers: answer.headers };
  };

  return {
    gaps,
    isChanged: () => isChanged,
    skew: () => skew,
    get: async (path, query = {}) => (await send('GET', path, query, undefined)).body,
    getOnce: async (path, stamp, query = {}) => (await send('GET', path, query, undefined, stamp)).body,
    getWhole: (path, query = {}) => send('GET', path, query, undefined),
    ask: async (path, body) => (await send('POST', path, {}, body, undefined, true)).body,
    send: async (method, path, body) => (await send(method, path, {}, body)).body,
    async optional(what, question) {
      try {
        return await question;
      } catch (error) {
        if (!isGap(error)) throw error;
        gaps.add(what);
        return null;
      }
    },
  };
}

/** Statuses that say that a token may not or a version can't: what is optional is left out then. */
function isGap(error: unknown): boolean {
  if (!(error instanceof RequestFailed)) return false;
  const { failure } = error;
  if (failure.kind === 'refused') return failure.status === 405 || failure.status === 410;
  if (failure.kind === 'server-error') return failure.status === 501;
  return failure.kind === 'unauthorized' || failure.kind === 'forbidden' || failure.kind === 'not-found';
}

/** The address of a path; throws when it would leave the configured one, as `//elsewhere` would. */
function addressOf(target: ServiceTarget, path: string, query: Query): string {
  const url = new URL(`${target.url}${path}`);
  if (!path.startsWith('/') || url.origin !== new URL(target.url).origin) {
    throw new RequestFailed({ kind: 'redirect', to: url.origin }, path);
  }
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const each of value as readonly string[]) url.searchParams.append(name, each);
    else if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

function failureOf(answer: HttpAnswer): Failure | null {
  const { status, headers, receivedAt } = answer;
  if (status >= 200 && status < 300) return null;
  const retryAt = retryAtOf(headers, receivedAt);
  // GitHub-like services say 403 when they mean 429.
  if (status === 429 || (status === 403 && headers['retry-after'] !== undefined))
    return { kind: 'rate-limited', retryAt };
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 403) return { kind: 'forbidden' };
  if (status === 404) return { kind: 'not-found' };
  return status >= 500 ? { kind: 'server-error', status, retryAt } : { kind: 'refused', status };
}

async function decode(answer: HttpAnswer, path: string, http: HttpClient): Promise<unknown> {
  if (answer.status === 204 || answer.text === '') return null;
  try {
    return await http.decodeJson(answer.text);
  } catch {
    const isPage =
      /^text\/html\b/i.test(answer.headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(answer.text);
    throw new RequestFailed({ kind: isPage ? 'html' : 'not-json' }, path);
  }
}
