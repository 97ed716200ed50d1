/**
 * What flag servers are asked through: one interface, and what can go wrong as values with advice. It knows no service and no
 * Node; how bytes travel is `nodeHttp.ts`' business, when to ask again that of `pace.ts`.
 */

/** One request. A token travels in `headers`, and nowhere else. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** An answer that came whole, whatever its status. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Milliseconds since 1970, on our clock. */
  readonly receivedAt: number;
}

export interface HttpClient {
  /** Resolves to any answer that came whole; rejects with `RequestFailed` alone. Redirects are never followed. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /**
   * A stream: `onEvent` is told each event's name and data until the stream ends, which resolves, or breaks, which rejects with
   * `RequestFailed`. One that says nothing for `SILENCE` counts as broken, one that has said more than `MAX_ANSWER_BYTES` as ended. With
   * `lines`, each line of JSON counts as an event called `line`, without data; else the stream is one of server-sent events.
   */
  listen(request: HttpRequest, onEvent: (name: string, data: string) => void, format?: StreamFormat): Promise<void>;
  /** The value of an answer's text, however large, without keeping others waiting; rejects where it is no JSON. */
  decodeJson(text: string): Promise<unknown>;
}

/** The same, with a client that is made when something is asked. */
export function httpWhenNeeded(make: () => Promise<HttpClient>): HttpClient {
  let made: Promise<HttpClient> | null = null;
  const client = (): Promise<HttpClient> => {
    made ??= make();
    return made;
  };
  return {
    send: async request => (await client()).send(request),
    listen: async (request, onEvent, format) => (await client()).listen(request, onEvent, format),
    decodeJson: async text => (await client()).decodeJson(text),
  };
}

export type StreamFormat = 'events' | 'lines';

/**
 * A larger answer is stopped: no flag system has that much to say, and something else is answering. What is
 * smaller and still large is decoded by a thread (`largeJson.ts`).
 */
export const MAX_ANSWER_BYTES = 20 * 1000 * 1000;

/** Milliseconds without a byte after which a request is given up, and after which one is given up in any case. */
export const IDLE_LIMIT = 15_000;
export const TIME_LIMIT = 60_000;
/** As `IDLE_LIMIT`, for streams: services send a sign of life every half minute or so. */
export const SILENCE = 120_000;

/** Why a request has no usable answer. `retryAt`: milliseconds since 1970, when the service says we may ask again. */
export type Failure =
  /** Nobody answers there: a name that does not resolve, a refused or broken connection. `detail` is the system's code. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'certificate'; readonly detail: string }
  | { readonly kind: 'timeout'; readonly seconds: number }
  | { readonly kind: 'too-large' }
  /** `to` is an origin: the rest of the address may hold secrets. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** A page for people instead of data: a login, a proxy's error, the wrong address. */
  | { readonly kind: 'html' }
  | { readonly kind: 'not-json' }
  /** JSON of another shape than the service's; `what` says which part, in words. */
  | { readonly kind: 'shape'; readonly what: string }
  /** `variable`: the environment's, which would hold it. */
  | { readonly kind: 'no-token'; readonly variable: string }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'rate-limited'; readonly retryAt: number | null }
  | { readonly kind: 'server-error'; readonly status: number; readonly retryAt: number | null }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'stopped' };

/** The one error that requests end with. Its message never quotes a header, a token, a query or an answer. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  /** The path that was asked, without its query. */
  readonly path: string;

  constructor(failure: Failure, path: string) {
    super(`${failure.kind} at ${path}`);
    this.name = 'RequestFailed';
    this.failure = failure;
    this.path = path;
  }
}

/** What happened and what to do, in one sentence or two. `title` names the service, `origin` its address. */
export function failureText(failure: Failure, title: string, origin: string): string {
  switch (failure.kind) {
    case 'unreachable':
      return `${title} at ${origin} can't be reached (${failure.detail}). Check the address, the network and the proxy.`;
    case 'certificate':
      return `${title} at ${origin} shows a certificate that is not trusted (${failure.detail}). Add your company's certificate to the system, or name it in NODE_EXTRA_CA_CERTS.`;
    case 'timeout':
      return `${title} at ${origin} did not answer within ${failure.seconds} seconds.`;
    case 'too-large':
      return `${title} at ${origin} sent more than ${MAX_ANSWER_BYTES / 1_000_000} MB, which was not read. Is that the service's address?`;
    case 'redirect':
      return `${title} at ${origin} redirects to ${failure.to}, which is not followed, since the token is not for there. If that is the service, write its address into flagbook.json.`;
    case 'html':
      return `${title} at ${origin} answers with a web page instead of data: a login, a proxy, or not the service's address.`;
    case 'not-json':
      return `${title} at ${origin} answers with something that is not JSON. Is that the service's address?`;
    case 'shape':
      return `${title} at ${origin} answers with something else than its documentation says (${failure.what}). Is that the service's address, and its version one that Flagbook knows?`;
    case 'no-token':
      return `${title} at ${origin} has no token yet. Sign in from the editor; the command line and other editors read ${failure.variable}.`;
    case 'unauthorized':
      return `${title} at ${origin} does not accept the token. Sign in again with a valid one.`;
    case 'forbidden':
      return `${title} at ${origin} does not let this token read the flags. Use one with the permission that the manual names.`;
    case 'not-found':
      return `${title} at ${origin} knows no such project or environment. Check "url", "project" and "environments" in flagbook.json.`;
    case 'rate-limited':
      return `${title} at ${origin} is asked too often and wants a pause. Flagbook waits and asks again by itself.`;
    case 'server-error':
      return `${title} at ${origin} has a problem of its own (status ${failure.status}). Flagbook asks again by itself.`;
    case 'refused':
      if (failure.status === 407) {
        return `The proxy on the way to ${title} at ${origin} wants a name and a password. They belong into its address: the setting http.proxy, or HTTPS_PROXY.`;
      }
      return `${title} at ${origin} refuses the question (status ${failure.status}). Is its version one that Flagbook knows?`;
    case 'stopped':
      return `${title} at ${origin} was not asked to the end.`;
  }
}
