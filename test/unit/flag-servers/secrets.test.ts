// Whom a token is sent to, and where it must not turn up; what is kept on the disk.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeConfig } from '../../../server/src/core/config.ts';
import { createServiceClient } from '../../../server/src/sources/flag-servers/client.ts';
import { configuredSources } from '../../../server/src/sources/flag-servers/configured.ts';
import { tokensOfEnvironment } from '../../../server/src/sources/flag-servers/environmentTokens.ts';
import { flagServiceKinds, serviceOf } from '../../../server/src/sources/flag-servers/registry.ts';
import { createStateMemory, MAX_STATE_BYTES } from '../../../server/src/sources/flag-servers/stateFile.ts';
import { RequestFailed } from '../../../server/src/sources/http/http.ts';
import { startLocalServer } from '../../support/localServer.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { sourceAt, TOKEN, testService } from './support.ts';

describe('a token of the environment', () => {
  const env = { FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_GO_FEATURE_FLAG_TOKEN: 'other' };

  it('goes to an origin that the user has named, and to no other', async () => {
    const named = { ...env, FLAGBOOK_UNLEASH_URL: 'https://flags.example.test/some/path https://b.test' };
    const { tokenFor, withheld } = tokensOfEnvironment(named, 'of the repository');
    assert.equal(await tokenFor('https://flags.example.test', 'unleash'), TOKEN);
    assert.equal(await tokenFor('https://b.test', 'unleash'), TOKEN);
    assert.deepEqual(withheld(), []);
    for (const foreign of ['https://evil.test', 'http://flags.example.test', 'https://flags.example.test:8443']) {
      assert.equal(await tokenFor(foreign, 'unleash'), null, foreign);
    }
    assert.equal(withheld().length, 3);
    assert.match(withheld()[0]!, /FLAGBOOK_UNLEASH_TOKEN was not sent to https:\/\/evil\.test.*FLAGBOOK_UNLEASH_URL=/);
    assert.ok(!withheld().join().includes(TOKEN));
  });

  it("does not go where only the repository's file points to", async () => {
    const { tokenFor } = tokensOfEnvironment(env, 'of the repository');
    assert.equal(await tokenFor('https://evil.test', 'unleash'), null);
    for (const alike of ['http://localhost.evil.test', 'http://127.0.0.1.evil.test', 'http://localhost@evil.test']) {
      assert.equal(await tokenFor(alike, 'unleash'), null, alike);
    }
  });

  it('goes to this machine, and where a file points to that the user gave', async () => {
    const { tokenFor } = tokensOfEnvironment(env, 'of the repository');
    assert.equal(await tokenFor('http://127.0.0.1:4242', 'unleash'), TOKEN);
    assert.equal(await tokenFor('http://[::1]:4242', 'unleash'), TOKEN);
    assert.equal(await tokensOfEnvironment(env, 'of the user').tokenFor('https://own.test', 'unleash'), TOKEN);
  });

  it("is another system's own business", async () => {
    const { tokenFor } = tokensOfEnvironment(env, 'of the user');
    assert.equal(await tokenFor('https://own.test', 'flipt'), null);
    assert.equal(await tokenFor('https://own.test', 'go-feature-flag'), 'other');
  });
});

describe('a client', () => {
  const clientAt = (url: string) => {
    const target = { url, project: null, environments: [] };
    const http = {
      send: async () => assert.fail('nobody is asked'),
      listen: async () => assert.fail('nobody is asked'),
      decodeJson: async () => assert.fail('nothing is answered'),
    };
    return createServiceClient({ http, service: testService, target, token: TOKEN, known: null });
  };

  it('does not leave the configured origin, whatever a path looks like', async () => {
    for (const path of ['@evil.test/x', '.evil.test/x', ':99/x']) {
      await assert.rejects(
        clientAt('https://flags.example.test').get(path),
        error => error instanceof RequestFailed,
        path,
      );
    }
  });
});

describe('what a source keeps on the disk', () => {
  it('holds no token, is for its user alone, and is there at the next start', async () => {
    const server = await startLocalServer(() => ({ body: [{ key: 'checkout', on: true }] }));
    const folder = makeTemporaryFolder('served');
    const memory = createStateMemory(folder, 'edition 1', () => Date.now());
    const first = sourceAt(server.url, { memory, now: Date.now });
    await first.source.ask();
    await settled(folder);
    first.source.dispose();
    await server.close();
    const [file] = readdirSync(folder);
    const path = join(folder, file!);
    assert.ok(!readFileSync(path, 'utf8').includes(TOKEN));
    assert.equal(statSync(path).mode & 0o077, 0);
    const second = sourceAt(server.url, { memory, now: Date.now });
    await second.source.restore();
    const { flags, source } = second.source.served();
    assert.deepEqual(
      flags.map(flag => flag.key),
      ['checkout'],
    );
    assert.ok('offValue' in flags[0]!);
    assert.equal(source.state, 'kept');
    await second.source.ask();
    assert.equal(second.source.served().flags.length, 1, 'and stays while the server is down');
    second.source.dispose();
  });

  it('counts as nothing when it is cut, spoilt, old, from the future or of another edition', async () => {
    const folder = makeTemporaryFolder('served');
    const now = Date.parse('2026-03-01T00:00:00Z');
    const state = { asOf: now, revision: 1, flags: [], notices: [] };
    const memory = createStateMemory(folder, 'edition 1', () => now);
    await memory.write('id', state);
    assert.deepEqual(await memory.read('id'), { ...state, revision: 0 });
    assert.equal(await memory.read('other'), null);
    assert.equal(await createStateMemory(folder, 'edition 2', () => now).read('id'), null);
    assert.equal(await createStateMemory(folder, 'edition 1', () => now + 40 * 86_400_000).read('id'), null);
    assert.equal(await createStateMemory(folder, 'edition 1', () => now - 1).read('id'), null);
    const path = join(folder, readdirSync(folder)[0]!);
    const whole = readFileSync(path, 'utf8');
    for (const wrong of [whole.slice(0, -1), whole.replace('[]', '[1]'), '', 'x', '{}\n{}', `${whole} `]) {
      writeFileSync(path, wrong);
      assert.equal(await memory.read('id'), null, wrong.slice(0, 20));
    }
    await memory.write('id', state);
    await memory.forget('id');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is bounded', async () => {
    const folder = makeTemporaryFolder('served');
    const memory = createStateMemory(folder, 'edition 1', Date.now);
    const notices = [{ code: 'x', severity: 'note' as const, message: 'x'.repeat(MAX_STATE_BYTES) }];
    await memory.write('id', { asOf: Date.now(), revision: 1, flags: [], notices });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('can not be written where it can not, which costs nothing else', async () => {
    const server = await startLocalServer(() => ({ body: [] }));
    const folder = join(makeTemporaryFolder('served'), 'file');
    writeFileSync(folder, '');
    const tested = sourceAt(server.url, { memory: createStateMemory(join(folder, 'x'), 'e', Date.now) });
    await tested.source.ask();
    assert.equal(tested.source.served().source.state, 'live');
    tested.source.dispose();
    await server.close();
    mkdirSync(`${folder}-unused`);
  });
});

describe('servers of the configuration', () => {
  const configured = async (flagSystems: unknown) => {
    const { config, problems } = decodeConfig(JSON.stringify({ flagSystems }), 'flagbook.json');
    return { ...(await configuredSources(config)), problems };
  };

  it('are those with an address; two entries that mean the same are one', async () => {
    const url = 'https://flags.example.test/unleash/';
    const { sources, notices } = await configured([
      { kind: 'unleash', url, project: 'shop', environments: ['production'] },
      { kind: 'unleash', url: url.slice(0, -1), project: 'shop', environments: ['production'], period: 60 },
      { kind: 'unleash', url, project: 'pay' },
      { kind: 'flagd', files: ['flags/*.json'] },
    ]);
    assert.deepEqual(notices, []);
    assert.deepEqual(
      sources.map(({ origin, target, period }) => ({ origin, period, ...target })),
      [
        {
          origin: 'https://flags.example.test',
          period: 15,
          url: 'https://flags.example.test/unleash',
          project: 'shop',
          environments: ['production'],
        },
        {
          origin: 'https://flags.example.test',
          period: 15,
          url: 'https://flags.example.test/unleash',
          project: 'pay',
          environments: [],
        },
      ],
    );
  });

  it('hold no secrets and speak HTTP', async () => {
    for (const url of [
      'https://user:secret@flags.test',
      'https://token@flags.test',
      'file:///etc/passwd',
      'ftp://x.test',
    ]) {
      const { sources, problems } = await configured([{ kind: 'unleash', url }]);
      assert.deepEqual(sources, [], url);
      assert.equal(problems.length, 1, url);
      assert.ok(!problems[0]!.message.includes('secret'));
    }
  });

  it('are of a service by the name that it has itself', async () => {
    for (const kind of flagServiceKinds) assert.equal((await serviceOf(kind))?.kind, kind);
    assert.equal(await serviceOf('toString'), undefined);
  });

  it('are of a service that there is', async () => {
    const { sources, notices } = await configured([{ kind: 'unlaesh', url: 'https://flags.test' }]);
    assert.deepEqual(sources, []);
    assert.match(notices[0]!.message, /no flag service is called "unlaesh".*unleash/);
  });
});

/** Resolves when the file has been written: it is on its way when the answer is there. */
async function settled(folder: string): Promise<void> {
  while (!readdirSync(folder).some(name => name.endsWith('.json'))) await new Promise(resolve => setImmediate(resolve));
}
