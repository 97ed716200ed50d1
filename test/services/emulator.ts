/**
 * One emulator for all flag services: it answers from fixtures and holds every request and every answer against descriptions of
 * the service's interface. A wrong request is answered 422, a wrong answer of our own 500, and both are remembered in `faults`,
 * which a test expects to be empty. What a service answers is said in a file of its own.
 */
import { type Handler, startLocalServer } from '../support/localServer.ts';
import type { Answer, Description, Exchange, Json } from './description.ts';

/** What a service answers; null for a path that it does not have. */
export type Service = (request: Exchange) => Answer | null;

export interface Emulated {
  /** For a local server. */
  readonly handler: Handler;
  /** Everything that broke a description so far. */
  readonly faults: readonly string[];
  /** All requests so far, in order, such as `GET /api/v2/flags/shop?limit=100`. */
  readonly requests: readonly string[];
  /** The bodies that came with them, in order; undefined for none. */
  readonly bodies: readonly (Json | undefined)[];
}

export interface Emulator extends Emulated {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A service that is held to its descriptions. */
export function emulate(service: Service, descriptions: readonly Description[]): Emulated {
  const faults: string[] = [];
  const requests: string[] = [];
  const bodies: (Json | undefined)[] = [];
  const answerTo = (request: Exchange): Answer => {
    const name = `${request.method} ${request.path}`;
    const wrong = descriptions.flatMap(each =>
      each.requestFaults(request).map(fault => `${each.name}: ${name}: ${fault}`),
    );
    faults.push(...wrong);
    if (wrong.length > 0) return { status: 422, body: { faults: wrong } };
    const answer = service(request);
    if (answer === null) return { status: 404, body: { message: 'not found' } };
    const bad = descriptions.flatMap(each =>
      each.answerFaults(request, answer).map(fault => `${each.name}: answer ${answer.status} to ${name}: ${fault}`),
    );
    faults.push(...bad);
    return bad.length > 0 ? { status: 500, body: { faults: bad } } : answer;
  };
  /** A fixture that throws is a fault too: a request that nobody answers would only time out. */
  const answered = (request: Exchange): Answer => {
    try {
      return answerTo(request);
    } catch (error) {
      faults.push(`${request.method} ${request.path}: ${String(error)}`);
      return { status: 500, body: {} };
    }
  };
  return {
    handler: asked => {
      const headers = Object.fromEntries(
        Object.entries(asked.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
      );
      const query = asked.query.toString();
      requests.push(`${asked.method} ${asked.path}${query === '' ? '' : `?${query}`}`);
      bodies.push(asked.body as Json | undefined);
      const { status, body, headers: more } = answered({ ...asked, headers, body: asked.body as Json | undefined });
      return { status, ...(body === undefined ? {} : { body }), ...(more === undefined ? {} : { headers: more }) };
    },
    faults,
    requests,
    bodies,
  };
}

/** Starts one on a free port. */
export async function startEmulator(service: Service, descriptions: readonly Description[]): Promise<Emulator> {
  const emulated = emulate(service, descriptions);
  const server = await startLocalServer(emulated.handler);
  return { ...emulated, url: server.url, close: () => server.close() };
}

/** The part of a list that `limit` and `offset` ask for. */
export function page<T>(items: readonly T[], request: Exchange, fallback: number): readonly T[] {
  const offset = Number(request.query.get('offset') ?? 0);
  return items.slice(offset, offset + Number(request.query.get('limit') ?? fallback));
}

/** The values of a path's holes, or null: `pathValues('/a/{x}', '/a/1')` is `{ x: '1' }`. */
export function pathValues(template: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [at, each] of wanted.entries()) {
    if (each.startsWith('{')) values[each.slice(1, -1)] = decodeURIComponent(given[at]!);
    else if (each !== given[at]) return null;
  }
  return values;
}
