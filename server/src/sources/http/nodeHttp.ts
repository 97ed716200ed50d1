/**
 * HTTP on Node's own client: proxies from the environment, certificates of the system and of `NODE_EXTRA_CA_CERTS`, time and size
 * limits on every answer. A redirect is followed to the same origin alone, since what the request carries is for nobody else.
 */
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import * as tls from 'node:tls';
import { createGunzip } from 'node:zlib';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { createEventReader, createLineReader } from './eventStream.ts';
import {
  type Failure,
  type HttpAnswer,
  type HttpClient,
  type HttpRequest,
  IDLE_LIMIT,
  MAX_ANSWER_BYTES,
  RequestFailed,
  SILENCE,
  TIME_LIMIT,
} from './http.ts';
import { decodeJson } from './largeJson.ts';

export interface NodeHttpOptions {
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  /** False where the editor's `http.proxyStrictSSL` is: certificates are not checked. Default: they are. */
  readonly strictCertificates?: boolean;
  /** False where the editor's `http.systemCertificates` is: the system's certificates don't count. Default: they do. */
  readonly systemCertificates?: boolean;
  /** Limits for tests; milliseconds. */
  readonly idleLimit?: number;
  readonly timeLimit?: number;
  readonly silence?: number;
}

/** Certificates are read when the first question is asked: most repositories have no server. */
export function createNodeHttp(options: NodeHttpOptions): HttpClient {
  const idleLimit = options.idleLimit ?? IDLE_LIMIT;
  const timeLimit = options.timeLimit ?? TIME_LIMIT;
  const silence = options.silence ?? SILENCE;
  let certificates: string[] | undefined | null = null;
  const ca = (): string[] | undefined => {
    if (certificates === null) certificates = trustedCertificates(options.systemCertificates !== false);
    return certificates;
  };
  const open: Open = (request, url, silence) =>
    openOn(request, url, silence, ca(), options.strictCertificates !== false);

  return {
    decodeJson,
    async send(request) {
      const deadline = AbortSignal.timeout(timeLimit);
      const limits = { ...request, signal: request.signal ? AbortSignal.any([request.signal, deadline]) : deadline };
      let url = new URL(request.url);
      const { pathname } = url;
      try {
        for (let hop = 0; ; hop++) {
          const response = await open(limits, url, idleLimit);
          const next = redirectOf(response, url);
          if (next === null) return await answerOf(response, options.now, limits.signal);
          response.destroy();
          const isFollowed = next.origin === url.origin && request.method === 'GET' && hop < MOST_REDIRECTS;
          if (!isFollowed) throw new Failed({ kind: 'redirect', to: next.origin });
          url = next;
        }
      } catch (error) {
        const seconds = Math.round((deadline.aborted ? timeLimit : idleLimit) / 1000);
        throw new RequestFailed(failureOf(error, request.signal?.aborted === true, seconds), pathname);
      }
    },
    async listen(request, onEvent, format = 'events') {
      const url = new URL(request.url);
      let response: IncomingMessage | null = null;
      try {
        // Packed streams hold events back until a block is full.
        const headers = { ...request.headers, 'accept-encoding': 'identity' };
        response = await open({ ...request, headers }, url, silence);
        const next = redirectOf(response, url);
        if (next !== null) throw new Failed({ kind: 'redirect', to: next.origin });
        if (response.statusCode !== 200) throw new Failed({ kind: 'refused', status: response.statusCode ?? 0 });
        const type = response.headers['content-type'] ?? '';
        if (!STREAM_TYPES[format].test(type)) throw new Failed({ kind: 'html' });
        const read = format === 'events' ? createEventReader(onEvent) : createLineReader(onEvent);
        let size = 0;
        for await (const chunk of response.setEncoding('utf8')) {
          size += (chunk as string).length;
          if (!read(chunk as string) || size > MAX_ANSWER_BYTES) throw new Failed({ kind: 'too-large' });
        }
      } catch (error) {
        const seconds = Math.round(silence / 1000);
        throw new RequestFailed(failureOf(error, request.signal?.aborted === true, seconds), url.pathname);
      } finally {
        response?.destroy();
      }
    },
  };
}

const STREAM_TYPES = { events: /^text\/event-stream\b/i, lines: /^application\/(?:json|x-ndjson)\b/i } as const;

/** Redirects within one origin: a missing slash, a moved path. */
const MOST_REDIRECTS = 3;

type Open = (request: HttpRequest, url: URL, silence: number) => Promise<IncomingMessage>;

/** A failure on its way to `RequestFailed`, which knows the path. */
class Failed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function openOn(
  { method, headers, body, signal }: HttpRequest,
  url: URL,
  silence: number,
  ca: string[] | undefined,
  strict: boolean,
): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  if (!isTls && url.protocol !== 'http:') return Promise.reject(new Failed({ kind: 'unreachable', detail: 'no http' }));
  const trust = { rejectUnauthorized: strict, ...(ca === undefined ? {} : { ca }) };
  const proxy = getProxyForUrl(url.href);
  const agent = proxy === '' ? undefined : isTls ? new HttpsProxyAgent(proxy, trust) : new HttpProxyAgent(proxy, trust);
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const options = {
    method,
    // What a service calls itself is its own business; what we accept is ours.
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'flagbook',
      ...(payload === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(payload.length) }),
      ...headers,
    },
    ...(agent === undefined ? {} : { agent }),
    ...(signal === undefined ? {} : { signal }),
    ...trust,
  };
  const send = (how: RequestOptions): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const request: ClientRequest = (isTls ? requestHttps : requestHttp)(url, how, resolve);
      request.setTimeout(silence, () =>
        request.destroy(new Failed({ kind: 'timeout', seconds: Math.round(silence / 1000) })),
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        // A connection that was kept open may have been closed by the other side meanwhile.
        const isWorn = request.reusedSocket && method === 'GET' && error.code === 'ECONNRESET' && !signal?.aborted;
        if (isWorn) send({ ...options, agent: false }).then(resolve, reject);
        else reject(error);
      });
      request.end(payload);
    });
  return send(options);
}

async function answerOf(response: IncomingMessage, now: () => number, signal: AbortSignal): Promise<HttpAnswer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if (Number(headers['content-length'] ?? 0) > MAX_ANSWER_BYTES) {
    response.destroy();
    throw new Failed({ kind: 'too-large' });
  }
  const isPacked = /^(?:x-)?gzip$/i.test(headers['content-encoding'] ?? '');
  const unpack = isPacked ? createGunzip() : null;
  if (unpack !== null) response.on('error', error => unpack.destroy(error)).pipe(unpack);
  const body: Readable = unpack ?? response;
  const stop = () => body.destroy(new Failed({ kind: 'stopped' }));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += (chunk as Buffer).length;
      // Counted as unpacked: a small answer may unfold into a large one.
      if (size > MAX_ANSWER_BYTES) throw new Failed({ kind: 'too-large' });
      chunks.push(chunk as Buffer);
    }
    return {
      status: response.statusCode ?? 0,
      headers,
      text: Buffer.concat(chunks).toString('utf8'),
      receivedAt: now(),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    response.destroy();
  }
}

function redirectOf(response: IncomingMessage, from: URL): URL | null {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (status < 301 || status > 308 || status === 304 || location === undefined) return null;
  try {
    return new URL(location, from);
  } catch {
    throw new Failed({ kind: 'redirect', to: 'an address that is none' });
  }
}

/** Errors of Node carry addresses, headers or whole certificates: only their code goes on. */
function failureOf(error: unknown, isStopped: boolean, seconds: number): Failure {
  if (isStopped) return { kind: 'stopped' };
  if (error instanceof Failed) return error.failure.kind === 'stopped' ? { kind: 'timeout', seconds } : error.failure;
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'AbortError' || name === 'TimeoutError') return { kind: 'timeout', seconds };
  const detail = typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : 'broken connection';
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(detail)) return { kind: 'certificate', detail };
  return { kind: 'unreachable', detail };
}

/** Node's own list, `NODE_EXTRA_CA_CERTS` and the system's; undefined where Node's default is all there is to be had. */
function trustedCertificates(withSystem: boolean): string[] | undefined {
  // Since Node 22.15; before, `NODE_EXTRA_CA_CERTS` is part of the default all the same.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'default' | 'system') => string[] };
  if (!withSystem || getCACertificates === undefined) return undefined;
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
