// Flag servers seen through the protocol: a change there shows here without a keystroke, a server that fails delays nobody, and a token
// goes where it belongs and nowhere else.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { type SmallUnleash, startSmallUnleash } from '../support/smallUnleash.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const TOKEN = 'secret-token-of-the-test';
const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const pay = () => unleash.isEnabled('checkout');
`;

describe('flag servers over the protocol', function () {
  this.timeout(60_000);
  let unleash: SmallUnleash;
  let editor: Editor;
  let cache: string;

  beforeEach(async () => {
    unleash = await startSmallUnleash({ checkout: 25 });
    cache = makeTemporaryFolder('cache');
  });

  afterEach(async () => {
    await editor.shutdown();
    await unleash.close();
  });

  const folderWith = (configuration: unknown): string => {
    const folder = makeTemporaryFolder('served');
    writeFileSync(join(folder, 'flagbook.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'pay.ts'), CODE);
    return folder;
  };
  const asking = (url: string) => ({ flagSystems: [{ kind: 'unleash', url, period: 5 }] });
  const start = async (
    folders: readonly string[],
    more: Parameters<typeof startEditor>[0]['initialization'] = {},
    env = {},
  ) => {
    editor = await startEditor({
      folders,
      initialization: more,
      env: { FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_CACHE: cache, ...env },
    });
    const said: unknown[] = [];
    editor.connection.onNotification('window/logMessage', params => {
      said.push(params);
    });
    return said;
  };
  const open = (folder: string): string => {
    const uri = uriOfPath(join(folder, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
    return uri;
  };
  /** Resolves when the hints are as wanted; asks only when the server says that they changed. */
  const hintsUntil = async (uri: string, wanted: RegExp): Promise<void> => {
    let tell: () => void = () => {};
    editor.connection.onRequest('workspace/inlayHint/refresh', () => {
      tell();
      return null;
    });
    for (;;) {
      const refreshed = new Promise<void>(resolve => {
        tell = resolve;
      });
      const labels = (await editor.hints(uri)).map(hint => JSON.stringify(hint.label));
      if (wanted.test(labels.join())) return;
      await refreshed;
    }
  };

  it('show a change within the period, with no keystroke', async () => {
    const folder = folderWith(asking(unleash.url));
    await start([folder]);
    const uri = open(folder);
    await hintsUntil(uri, /25%/);
    const changed = Date.now();
    unleash.set('checkout', 60);
    await hintsUntil(uri, /60%/);
    assert.ok(Date.now() - changed < 9000, `${Date.now() - changed} ms`);
    assert.match((await editor.hover(uri, 'checkout'))!, /60% by user id/);
  });

  it('that never answer delay nobody, are named once with advice, and recover', async () => {
    const folder = folderWith(asking(unleash.url));
    await start([folder]);
    const uri = open(folder);
    await hintsUntil(uri, /25%/);
    unleash.answer(() => ({ status: 503, body: '' }));
    const limited = await editor.status(status => status.notices.some(({ code }) => code === 'server/server-error'));
    const named = limited.notices.filter(({ message }) => message.includes('Unleash'));
    assert.equal(named.length, 1);
    assert.match(named[0]!.message, /status 503.*asks again by itself.*Shown is what it said/);
    unleash.answer(() => null);
    const asked = performance.now();
    await editor.hover(uri, 'checkout');
    await editor.hints(uri);
    assert.ok(performance.now() - asked < 2000);
    assert.match((await editor.hover(uri, 'checkout'))!, /25% by user id/);
    unleash.answer(null);
  });

  it('are there at the next start even if they do not answer', async () => {
    const folder = folderWith(asking(unleash.url));
    await start([folder]);
    await hintsUntil(open(folder), /25%/);
    await editor.shutdown();
    unleash.answer(() => null);
    await start([folder]);
    const uri = open(folder);
    await hintsUntil(uri, /25%/);
    assert.match((await editor.hover(uri, 'checkout'))!, /as of \d{4}-/);
  });

  it('are not asked by a restricted workspace, whatever its configuration says', async () => {
    const folder = folderWith(asking(unleash.url));
    await start([folder], { trusted: false });
    const status = await editor.status(({ notices }) => notices.some(({ code }) => code === 'server/unasked'));
    assert.match(status.notices.find(({ code }) => code === 'server/unasked')!.message, /Unleash not asked.*Trust/);
    const uri = open(folder);
    await editor.hover(uri, 'checkout');
    assert.deepEqual(unleash.asked, []);
  });

  it("get the client's token, sealed on its way, for the configured origin alone; it turns up nowhere", async () => {
    const folder = folderWith(asking(`${unleash.url}/`));
    const said = await start([folder], { tokens: 'client' }, { FLAGBOOK_UNLEASH_TOKEN: 'not this one' });
    const wanted: unknown[] = [];
    editor.connection.onRequest(
      'flagbook/token',
      async (params: { origin: string; system: string; publicKey: string }) => {
        wanted.push({ origin: params.origin, system: params.system });
        return seal(params.publicKey, TOKEN);
      },
    );
    editor.notify('flagbook/tokensChanged', {});
    const uri = open(folder);
    await hintsUntil(uri, /25%/);
    assert.deepEqual(wanted[0], { origin: unleash.url, system: 'unleash' });
    assert.ok(unleash.asked.some(({ headers }) => headers.authorization === TOKEN));
    assert.ok(
      unleash.asked.every(({ headers }) => headers.authorization === TOKEN),
      'and no other',
    );
    const status = await editor.status(() => true);
    const hover = await editor.hover(uri, 'checkout');
    const cached = readdirSync(cache).map(name => readFileSync(join(cache, name), 'latin1'));
    assert.ok(!JSON.stringify([said, status, hover, cached]).includes(TOKEN));
    assert.ok(!readFileSync(`/proc/${editor.process.pid}/cmdline`, 'utf8').includes(TOKEN));
  });

  it('get no token of the environment when only the repository points to them', async () => {
    const folder = folderWith(asking('http://flags.example.test'));
    await start([folder]);
    const status = await editor.status(({ notices }) => notices.some(({ code }) => code.startsWith('server/')));
    assert.equal(status.notices.find(({ code }) => code.startsWith('server/'))!.code, 'server/no-token');
  });

  it('belong to their folder, where each has its own', async () => {
    const other = await startSmallUnleash({ checkout: 80 });
    try {
      const [one, two] = [folderWith(asking(unleash.url)), folderWith(asking(other.url))];
      await start([one, two]);
      await hintsUntil(open(one), /25%/);
      await hintsUntil(open(two), /80%/);
      assert.doesNotMatch((await editor.hover(uriOfPath(join(two, 'pay.ts')), 'checkout'))!, /25%/);
    } finally {
      await other.close();
    }
  });

  it('are those of the configuration as it was saved, not as it is being typed', async () => {
    const folder = folderWith({});
    await start([folder]);
    await editor.settled();
    const uri = uriOfPath(join(folder, 'flagbook.json'));
    const text = JSON.stringify(asking(unleash.url));
    editor.open(uri, 'jsonc', text);
    const code = open(folder);
    await editor.hints(code);
    assert.deepEqual(unleash.asked, []);
    writeFileSync(join(folder, 'flagbook.json'), text);
    editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await hintsUntil(code, /25%/);
  });
});

/** As a client with a secret storage does. */
async function seal(publicKey: string, token: string) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const own = await webcrypto.subtle.generateKey(curve, false, ['deriveKey']);
  const theirs = await webcrypto.subtle.importKey('raw', Buffer.from(publicKey, 'base64'), curve, false, []);
  const cipher = { name: 'AES-GCM', length: 256 };
  const key = await webcrypto.subtle.deriveKey({ name: 'ECDH', public: theirs }, own.privateKey, cipher, false, [
    'encrypt',
  ]);
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, Buffer.from(token));
  const raw = await webcrypto.subtle.exportKey('raw', own.publicKey);
  const text = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64');
  return { publicKey: text(raw), iv: text(iv), sealed: text(sealed) };
}
