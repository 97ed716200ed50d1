// Streams that say when to ask: followed while they live, never trusted with more than that, and never in the way of the period.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createListening } from '../../../server/src/sources/flag-servers/listening.ts';
import { ofrepService } from '../../../server/src/sources/flag-servers/ofrep.ts';
import type { FlagService, StreamQuestion } from '../../../server/src/sources/flag-servers/service.ts';
import { createEventReader, createLineReader, LONGEST_EVENT } from '../../../server/src/sources/http/eventStream.ts';
import { createNodeHttp } from '../../../server/src/sources/http/nodeHttp.ts';
import { type Handler, type LocalServer, startLocalServer } from '../../support/localServer.ts';
import { sourceAt, type TestSource, TOKEN, testService } from './support.ts';

const GOOD = [{ key: 'checkout', on: true }];
const EVENTS = { 'content-type': 'text/event-stream' };

describe('a stream of a flag server', () => {
  let server: LocalServer;
  let stream: (response: ServerResponse) => unknown;
  let streams: number;
  let tested: TestSource | null = null;

  /** Resolves when the server has been asked for something so many times. */
  const asked = async (path: string, times: number): Promise<void> => {
    while (count(path) < times) await new Promise(resolve => setImmediate(resolve));
  };
  const count = (path: string): number => server.asked.filter(each => each.path === path).length;

  beforeEach(async () => {
    streams = 0;
    stream = response => response.writeHead(200, EVENTS).write(': hello\n\n');
    const handler: Handler = ({ path }, response) => {
      if (path !== '/stream') return { body: GOOD };
      streams++;
      stream(response);
      return null;
    };
    server = await startLocalServer(handler);
  });

  afterEach(async () => {
    tested?.source.dispose();
    tested = null;
    await server.close();
  });

  const streaming = (more: Partial<StreamQuestion> = {}): FlagService => ({
    ...testService,
    streams: ({ url }) => [{ url: `${url}/stream`, format: 'events', isChange: event => event === 'change', ...more }],
  });
  const started = (service: FlagService, silence = 60_000): TestSource => {
    const http = createNodeHttp({ now: Date.now, silence });
    tested = sourceAt(server.url, { http }, service);
    tested.source.start();
    return tested;
  };
  /** Opens the stream of a started source; what is then written arrives as one piece. */
  const opened = async (service: FlagService): Promise<ServerResponse> => {
    const opening = new Promise<ServerResponse>(resolve => {
      stream = response => {
        response.writeHead(200, EVENTS).write(': hello\n\n');
        resolve(response);
      };
    });
    started(service);
    return opening;
  };

  it('makes the flags be asked for when it says that they changed, and not for other events', async () => {
    const response = await opened(streaming());
    response.write('event: other\ndata: 1\n\nevent: change\ndata: 1\n\n');
    await asked('/flags', 2);
    const [question] = server.asked.filter(({ path }) => path === '/stream');
    assert.equal(question!.headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(question!.headers.accept, 'text/event-stream');
    assert.equal(question!.headers['accept-encoding'], 'identity');
  });

  it('may be lines of JSON, of which each is a change', async () => {
    const opening = new Promise<ServerResponse>(resolve => {
      stream = response => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('\n');
        resolve(response);
      };
    });
    started(streaming({ format: 'lines', isChange: event => event === 'line' }));
    (await opening).write('{"result":{"digest":"1"');
    (await opening).write('}}\n');
    await asked('/flags', 2);
  });

  it('that says without end that something changed has it gathered', async () => {
    let told = 0;
    stream = async response => {
      response.writeHead(200, EVENTS);
      for (let event = 0; event < 200; event++) {
        await new Promise(resolve => response.write('event: change\ndata: 1\n\n', resolve));
        await new Promise(resolve => setImmediate(resolve));
      }
      response.end();
    };
    await new Promise<void>(resolve => {
      const listening = createListening({
        http: createNodeHttp({ now: Date.now }),
        origin: server.url,
        signal: new AbortController().signal,
        pause: 600_000,
        now: Date.now,
        onChange: () => told++,
        onEnd: () => {
          listening.dispose();
          resolve();
        },
      });
      listening.open([{ url: `${server.url}/stream`, format: 'events', isChange: () => true }], {});
    });
    assert.equal(told, 1);
  });

  it('that is cut is followed again after the next answer', async () => {
    stream = response => response.writeHead(200, EVENTS).end(': hello\n\n');
    const { source } = started(streaming());
    await asked('/stream', 1);
    while (streams < 2) await source.ask();
    assert.ok(source.served().source.state === 'live');
  });

  it('that nothing comes from any more counts as ended', async () => {
    const closed = new Promise<void>(resolve => {
      stream = response => {
        response.writeHead(200, EVENTS).write(': hello\n\n');
        response.on('close', resolve);
      };
    });
    const { source } = started(streaming(), 50);
    await closed;
    while (streams < 2) await source.ask();
  });

  it('that sends one event without end is left', async () => {
    const closed = new Promise<void>(resolve => {
      stream = response => {
        response.writeHead(200, EVENTS);
        const more = (): void => {
          while (response.write('x'.repeat(64 * 1024)));
        };
        response.on('drain', more).on('close', resolve);
        more();
      };
    });
    const { source } = started(streaming());
    await closed;
    assert.equal(source.served().source.state, 'live', 'its flags are asked for as ever');
    assert.equal(source.served().source.problem, null);
  });

  it('of garbage is nothing', async () => {
    const response = await opened(ofrepLike());
    response.write('data: {"type":\n\ndata: [1]\n\ndata: null\n\nevent: refetchEvaluation\n\ndata: {"type":"x"}\n\n');
    response.write(Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x0a]));
    response.write('data: {"type":"refetchEvaluation"}\n\n');
    await asked('/flags', 2);
    assert.equal(count('/flags'), 2);
  });

  it('that is refused is not asked for at every answer', async () => {
    for (const status of [401, 404, 302]) {
      streams = 0;
      stream = response => response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end();
      const { source } = started(streaming());
      await asked('/stream', 1);
      while (streams < 1) await source.ask();
      for (let round = 0; round < 5; round++) await source.ask();
      assert.equal(streams, 1, String(status));
      source.dispose();
    }
  });

  it('is not followed by one who asks once', async () => {
    tested = sourceAt(server.url, {}, streaming());
    await tested.source.ask();
    await tested.source.ask();
    assert.equal(streams, 0);
  });

  it('on another origin is never asked, since the token would go there', async () => {
    const other = await startLocalServer(() => ({}));
    const { source } = started(streaming({ url: `${other.url}/stream` }));
    for (let round = 0; round < 3; round++) await source.ask();
    assert.equal(other.asked.length, 0);
    await other.close();
  });

  it('replaces the period only while all streams live', async () => {
    const response = new Promise<ServerResponse>(resolve => {
      stream = given => {
        given.writeHead(200, EVENTS).write(': hello\n\n');
        resolve(given);
      };
    });
    const stop = new AbortController();
    const ended = new Promise<void>(resolve => {
      const listening = createListening({
        http: createNodeHttp({ now: Date.now }),
        origin: server.url,
        signal: stop.signal,
        pause: 1,
        now: Date.now,
        onChange: () => {},
        onEnd: () => {
          assert.equal(listening.isWhole(), false);
          resolve();
        },
      });
      const isChange = (): boolean => true;
      assert.equal(listening.isWhole(), false);
      listening.open([{ url: `${server.url}/stream`, format: 'events', isChange }], {});
      assert.equal(listening.isWhole(), true);
      const elsewhere = { url: 'http://elsewhere.test/stream', format: 'events', isChange } as const;
      listening.open([{ url: `${server.url}/stream`, format: 'events', isChange }, elsewhere], {});
      assert.equal(listening.isWhole(), false, 'another one is not followed');
    });
    (await response).end();
    await ended;
    stop.abort();
  });
});

describe('OFREP', () => {
  it('is asked conditionally, though by POST, and followed where it says that it can be', async () => {
    let full = 0;
    const server = await startLocalServer(({ path, headers, body }, response) => {
      if (path === '/events') {
        response.writeHead(200, EVENTS).write('data: {"type":"refetchEvaluation","etag":"2"}\n\n');
        return null;
      }
      assert.deepEqual(body, { context: { targetingKey: 'flagbook' } });
      if (headers['if-none-match'] === '"1"') return { status: 304 };
      full++;
      const eventStreams = [
        { type: 'sse', endpoint: { requestUri: '/events?channel=secret' } },
        { type: 'carrier-pigeon', url: 'coop://x' },
      ];
      const flags = [{ key: 'checkout', value: true, variant: 'on', reason: 'STATIC' }];
      return { headers: { etag: '"1"' }, body: { flags, eventStreams } };
    });
    const { source } = sourceAt(server.url, {}, ofrepService);
    source.start();
    while (server.asked.filter(({ path }) => path.endsWith('/flags')).length < 2) {
      await new Promise(resolve => setImmediate(resolve));
    }
    assert.equal(full, 1);
    assert.equal(server.asked.find(({ path }) => path === '/events')!.query.get('channel'), 'secret');
    await source.ask();
    assert.ok(!JSON.stringify(source.served()).includes('channel'), 'its address is nobody else’s business');
    source.dispose();
    await server.close();
  });
});

describe('what is read of a stream', () => {
  const read = (...pieces: string[]): string[] => {
    const events: string[] = [];
    const reader = createEventReader((name, data) => events.push(`${name}: ${data}`));
    for (const piece of pieces) reader(piece);
    return events;
  };

  it('is the same whatever the pieces and the ends of lines are', () => {
    const text = ': hello\n\nevent: put\r\ndata: {"a":\rdata: 1}\n\ndata:x\n\nevent: none\n\n';
    const expected = ['put: {"a":\n1}', 'message: x'];
    assert.deepEqual(read(text), expected);
    assert.deepEqual(read(...text), expected);
    const lines = (...pieces: string[]): number => {
      let ends = 0;
      const reader = createLineReader(() => ends++);
      for (const piece of pieces) reader(piece);
      return ends;
    };
    assert.equal(lines('{}\n\r\n{"a":\n1}\n{'), 3);
    assert.equal(lines(...'{}\n\n{"a":\n1}\n{'), 3);
  });

  it('is bounded, and each character is looked at once', () => {
    const events: string[] = [];
    const reader = createEventReader((_, data) => events.push(data));
    const piece = 'x'.repeat(1024);
    let pieces = 0;
    while (reader(piece)) pieces++;
    assert.ok(pieces * piece.length <= LONGEST_EVENT);
    assert.equal(events.length, 0);
    const many = createEventReader((_, data) => events.push(data));
    for (let round = 0; round < 3; round++) assert.ok(many(`: ${piece}\ndata: ${piece}\n\n`.repeat(1000)));
    assert.equal(events.length, 3000, 'many small ones are no long one');
  });
});

/** Reads events as OFREP does, where the test server answers flags of its own. */
function ofrepLike(): FlagService {
  const answers = { evaluations: { eventStreams: [{ type: 'sse', endpoint: { requestUri: '/stream' } }] } };
  return { ...testService, streams: target => ofrepService.streams!(target, answers) };
}
