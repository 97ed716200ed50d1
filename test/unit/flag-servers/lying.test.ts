// A server that is down, slow or lying: what is known stays, marked with its time; it is named once, with advice; it recovers by itself.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { sourceNotices } from '../../../server/src/core/flags/verdicts/flagSource.ts';
import type { ServiceClient } from '../../../server/src/sources/flag-servers/service.ts';
import { type Handler, type LocalServer, startLocalServer } from '../../support/localServer.ts';
import { sourceAt, type TestSource, TOKEN, testService } from './support.ts';

const GOOD = [{ key: 'checkout', on: true, created: '2026-02-01T00:00:00Z' }];

describe('a flag server that', () => {
  let server: LocalServer;
  let other: LocalServer;
  let handler: Handler;
  let tested: TestSource;

  beforeEach(async () => {
    handler = () => ({ body: GOOD });
    server = await startLocalServer((asked, response) => handler(asked, response));
    other = await startLocalServer(() => ({ body: [{ key: 'stolen', on: true }] }));
    tested = sourceAt(server.url);
    await tested.source.ask();
    assert.equal(tested.source.served().source.state, 'live');
  });

  afterEach(async () => {
    tested.source.dispose();
    await server.close();
    await other.close();
  });

  /** What is the same whatever is wrong. */
  const staysCalm = async (failure: string, advice: RegExp): Promise<void> => {
    tested.now += 120_000;
    await tested.source.ask();
    const { flags, source } = tested.source.served();
    assert.deepEqual(
      flags.map(flag => flag.key),
      ['checkout'],
    );
    assert.equal(source.state, 'kept');
    assert.equal(source.asOf, '2026-03-01T10:00:00Z');
    assert.equal(flags[0]!.environments[0]!.asOf, '2026-03-01T10:00:00Z');
    assert.equal(source.failure, failure);
    const notices = sourceNotices([source]);
    assert.equal(notices.length, 1, 'it is named once');
    assert.match(notices[0]!.message, advice);
    assert.match(notices[0]!.message, /Shown is what it said 2026-03-01 10:00 UTC\.$/);
    const { changes } = tested;
    await tested.source.ask();
    assert.equal(tested.changes, changes, 'what is no news is not told');
    assert.ok(!JSON.stringify([tested.source.served(), notices, tested.errors.map(String)]).includes(TOKEN));
    handler = () => ({ body: GOOD });
    tested.isImpatient = false;
    await tested.source.ask();
    assert.equal(tested.source.served().source.state, 'live', 'it recovers by itself');
    assert.deepEqual(sourceNotices([tested.source.served().source]), []);
  };

  it('answers with an error of its own', async () => {
    handler = () => ({ status: 503, body: 'no' });
    await staysCalm('server-error', /status 503.*asks again by itself/);
  });

  it('wants a pause', async () => {
    handler = () => ({ status: 429, headers: { 'retry-after': '17', 'content-type': 'text/html' }, body: 'Too many' });
    await staysCalm('rate-limited', /wants a pause/);
  });

  it('no longer takes the token', async () => {
    handler = () => ({ status: 401, body: { message: `token ${TOKEN} is invalid` } });
    await staysCalm('unauthorized', /Sign in again/);
  });

  it('never answers', async () => {
    handler = () => null;
    tested.isImpatient = true;
    await staysCalm('timeout', /did not answer within/);
  });

  it('sends its answer a byte at a time and never ends', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
      return null;
    };
    tested.isImpatient = true;
    await staysCalm('timeout', /did not answer within/);
  });

  it('breaks off in the middle', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('[{"key":');
      setImmediate(() => response.destroy());
      return null;
    };
    await staysCalm('unreachable', /can't be reached/);
  });

  it('sends a login page', async () => {
    handler = () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' });
    await staysCalm('html', /a web page instead of data/);
  });

  it('sends no JSON', async () => {
    handler = () => ({ body: '[{"key": "checkout", ' });
    await staysCalm('not-json', /not JSON/);
  });

  it('sends other JSON', async () => {
    handler = () => ({ body: { message: 'Welcome' } });
    await staysCalm('shape', /no list of flags/);
  });

  it('announces more than anybody has to say', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '60000000' });
      response.write('[');
      return null;
    };
    await staysCalm('too-large', /more than 20 MB/);
  });

  it('unfolds into more than anybody has to say', async () => {
    const packed = gzipSync(Buffer.alloc(60_000_000, 32));
    handler = () => ({ headers: { 'content-encoding': 'gzip' }, body: packed });
    tested.source.dispose();
    const slow = sourceAt(server.url, { http: tested.http(5000) });
    await slow.source.ask();
    assert.equal(slow.source.served().source.failure, 'too-large');
    slow.source.dispose();
  });

  it('redirects to another host', async () => {
    handler = () => ({ status: 302, headers: { location: `${other.url}/flags` } });
    await staysCalm('redirect', /redirects to http:\/\/127\.0\.0\.1:\d+, which is not followed/);
    assert.equal(other.asked.length, 0, 'nobody else was asked');
  });

  it('redirects within its own address', async () => {
    handler = ({ path }) => (path === '/flags' ? { status: 301, headers: { location: '/flags/' } } : { body: GOOD });
    await tested.source.ask();
    assert.equal(tested.source.served().source.state, 'live');
  });

  it('has a clock that is an hour off', async () => {
    const date = 'Sun, 01 Mar 2026 11:00:00 GMT';
    handler = () => ({ headers: { date }, body: [{ key: 'checkout', on: true, created: '2026-03-01T10:59:00Z' }] });
    await tested.source.ask();
    const { flags, source } = tested.source.served();
    assert.equal(source.state, 'live');
    assert.equal(flags[0]!.created, '2026-03-01T10:00:00Z', 'not in the future');
    assert.match(sourceNotices([source])[0]!.message, /60 minutes ahead of this one/);
  });

  it('is down', async () => {
    await server.close();
    const { port } = new URL(server.url);
    tested.now += 120_000;
    await tested.source.ask();
    assert.equal(tested.source.served().source.failure, 'unreachable');
    assert.match(tested.source.served().source.problem!, /ECONNREFUSED.*Check the address/);
    assert.equal(tested.source.served().flags.length, 1);
    server = await startLocalServer((asked, response) => handler(asked, response), Number(port));
    await tested.source.ask();
    assert.equal(tested.source.served().source.state, 'live');
  });

  it('is down from the start, is missing and says so', async () => {
    const never = sourceAt('http://127.0.0.1:9');
    assert.equal(never.source.served().source.state, 'asking');
    await never.source.ask();
    assert.equal(never.source.served().source.state, 'missing');
    assert.equal(never.source.served().source.asOf, null);
    never.source.dispose();
  });

  it('is asked for by many is asked once at a time', async () => {
    const before = server.asked.length;
    await Promise.all(Array.from({ length: 10 }, () => tested.source.ask()));
    assert.equal(server.asked.length, before + 1);
  });

  it('offers ETags is asked conditionally, and what has not changed is not read again', async () => {
    let full = 0;
    handler = ({ headers }) => {
      if (headers['if-none-match'] === '"1"') return { status: 304 };
      full++;
      return { headers: { etag: '"1"' }, body: GOOD };
    };
    await tested.source.ask();
    const { flags } = tested.source.served();
    tested.now += 30_000;
    await tested.source.ask();
    assert.equal(full, 1);
    assert.equal(tested.source.served().flags, flags, 'the very same flags');
    tested.now += 60_000;
    await tested.source.ask();
    assert.equal(full, 1);
    assert.equal(tested.source.served().source.asOf, '2026-03-01T10:01:30Z', 'seen again since');
  });

  it('no token is there for is not asked at all', async () => {
    const without = sourceAt(server.url, { tokenFor: async () => null });
    const before = server.asked.length;
    await without.source.ask();
    assert.equal(server.asked.length, before);
    assert.match(without.source.served().source.problem!, /has no token yet.*FLAGBOOK_TEST_TOKEN/);
    without.source.dispose();
  });

  it('wants a pause half way is asked on from there', async () => {
    let left = 2;
    const pages = {
      ...testService,
      fetch: async (client: ServiceClient) => {
        const flags: unknown[] = [];
        for (let page = 0; page < 5; page++) flags.push(...((await client.get('/flags', { page })) as unknown[]));
        return { flags };
      },
    };
    handler = ({ query }) =>
      left-- > 0
        ? { body: [{ key: `flag-${query.get('page')}`, on: true }] }
        : { status: 429, headers: { 'retry-after': '3' } };
    const paged = sourceAt(server.url, {}, pages);
    const before = server.asked.length;
    for (const already of [0, 0, 5]) {
      await paged.source.ask();
      assert.equal(paged.source.served().flags.length, already);
      left = 2;
    }
    assert.equal(server.asked.length - before, 5 + 2, 'five pages, and two refusals');
    paged.source.dispose();
  });

  it('says how long to wait is asked again then, and not before', async function () {
    this.timeout(10_000);
    const times: number[] = [];
    await new Promise<void>(resolve => {
      handler = () => {
        times.push(performance.now());
        if (times.length > 1) resolve();
        return times.length > 1 ? { body: GOOD } : { status: 429, headers: { 'retry-after': '1' } };
      };
      tested.source.start();
    });
    // The period is half a minute, and backing off would take half of that at least.
    const waited = times[1]! - times[0]!;
    assert.ok(waited >= 1000 && waited < 8000, `${waited} ms`);
  });
});
