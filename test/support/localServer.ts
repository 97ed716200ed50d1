// A small HTTP server on this machine, answering as a test tells it to: services' emulators, and servers that are down, slow or lying.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a client asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The decoded body; undefined without one. */
  readonly body: unknown;
}

export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is text or bytes. */
  readonly body?: unknown;
}

/** Null: the handler answers on the response itself, or never. */
export type Handler = (asked: Asked, response: ServerResponse) => Answered | null;

export interface LocalServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export async function startLocalServer(handler: Handler, port = 0): Promise<LocalServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    // The clock is the test's to tell.
    response.sendDate = false;
    void read(request).then(each => {
      asked.push(each);
      const answer = handler(each, response);
      if (answer !== null) send(response, answer);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answered): void {
  const isPlain = typeof body === 'string' || Buffer.isBuffer(body);
  const text = body === undefined ? '' : isPlain ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}
