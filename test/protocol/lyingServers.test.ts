// A flag server that lies in every way there is, asked by a real language server: editor requests are answered while it still does, from the
// last good state; it is named once; and it recovers by itself. Nothing here is timed: an answer that waited would never come.
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { type Handler, type LocalServer, startLocalServer } from '../support/localServer.ts';
import { type SmallUnleash, startSmallUnleash } from '../support/smallUnleash.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const TOKEN = 'secret-token-of-the-test';
const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const pay = () => unleash.isEnabled('checkout');
`;
const JSON_TYPE = { 'content-type': 'application/json' };

describe('a language server whose flag server', function () {
  this.timeout(60_000);
  let unleash: SmallUnleash;
  let elsewhere: LocalServer;
  let folder: string;
  let cache: string;
  let editor: Editor;
  let held: Set<ServerResponse>;

  before(async () => {
    unleash = await startSmallUnleash({ checkout: 25 });
    elsewhere = await startLocalServer(() => ({ body: { features: [] } }));
    folder = makeTemporaryFolder('lying');
    cache = makeTemporaryFolder('cache');
    const configuration = { flagSystems: [{ kind: 'unleash', url: unleash.url, period: 5 }] };
    writeFileSync(join(folder, 'flagbook.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'pay.ts'), CODE);
    // One run with the truth, so that there is a last good state.
    await start();
    while (!readdirSync(cache).some(name => name.endsWith('.json')))
      await new Promise(resolve => setTimeout(resolve, 5));
    await editor.shutdown();
  });

  beforeEach(() => {
    held = new Set();
  });

  afterEach(async () => {
    await editor.shutdown();
    unleash.answer(null);
    for (const response of held) response.destroy();
  });

  after(async () => {
    await unleash.close();
    await elsewhere.close();
  });

  const start = async (): Promise<void> => {
    editor = await startEditor({
      folders: [folder],
      env: { FLAGBOOK_UNLEASH_TOKEN: TOKEN, FLAGBOOK_CACHE: cache },
    });
  };
  /** Everything that a keystroke or a pointer may ask, several times at once; all of it from the last good state. */
  const editing = async (): Promise<void> => {
    await editor.settled();
    const uri = uriOfPath(join(folder, 'pay.ts'));
    editor.open(uri, 'typescript', CODE);
    for (let round = 0; round < 5; round++) {
      editor.replace(uri, 'export const pay', round % 2 === 0 ? 'export  const pay' : 'export const pay');
      editor.replace(uri, round % 2 === 0 ? 'export  const pay' : 'export const pay', 'export const pay');
      const [hover, hints] = await Promise.all([
        editor.hover(uri, 'checkout'),
        editor.hints(uri),
        editor.diagnostics(uri),
        editor.completions(uri, 'checkout'),
        editor.actions(uri, 'checkout'),
      ]);
      assert.match(hover!, /25% by user id/);
      assert.match(hover!, /as of \d{4}-/);
      assert.match(JSON.stringify(hints), /25%/);
    }
    editor.close(uri);
  };
  /** The editor is used while this answer is on its way and will not end; then it is let go. */
  const whileItLasts = async (begin: (response: ServerResponse) => void): Promise<void> => {
    const asked = new Promise<void>(resolve => {
      unleash.answer((_, response) => {
        held.add(response);
        begin(response);
        response.on('close', () => held.delete(response));
        resolve();
        return null;
      });
    });
    await start();
    await asked;
    await editing();
    assert.ok(held.size > 0, 'and it is still at it');
  };
  /** The editor is used before, while and after this answer comes. */
  const withAnswer = async (answer: Handler, failure: string, advice: RegExp): Promise<void> => {
    unleash.answer(answer);
    await start();
    await editing();
    const status = await editor.status(({ notices }) => notices.some(({ code }) => code === `server/${failure}`));
    const named = status.notices.filter(({ message }) => message.includes('Unleash'));
    assert.equal(named.length, 1, 'named once');
    assert.match(named[0]!.message, advice);
    await editing();
    unleash.answer(null);
    await recovered();
  };
  const recovered = () => editor.status(({ notices }) => !notices.some(({ code }) => code.startsWith('server/')));

  it('never answers', () => whileItLasts(() => {}));

  it('begins to answer and says no more', () =>
    whileItLasts(response => response.writeHead(200, JSON_TYPE).write('[')));

  it('sends a byte at a time', () =>
    whileItLasts(response => {
      response.writeHead(200, JSON_TYPE);
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    }));

  it('sends without end', () =>
    withAnswer(
      (_, response) => {
        response.writeHead(200, JSON_TYPE);
        const more = (): void => {
          while (response.write(' '.repeat(64 * 1024)));
        };
        response.on('drain', more);
        more();
        return null;
      },
      'too-large',
      /sent more than \d+ MB/,
    ));

  it('announces 50 MB', () =>
    withAnswer(
      (_, response) => {
        response.writeHead(200, { ...JSON_TYPE, 'content-length': '50000001' }).write('[');
        return null;
      },
      'too-large',
      /sent more than \d+ MB/,
    ));

  it('sends other JSON', () => withAnswer(() => ({ body: { message: 'Welcome' } }), 'shape', /something else than/));

  it('sends half of its JSON', () => withAnswer(() => ({ body: '{"features":[' }), 'not-json', /not JSON/));

  it('sends a login page', () =>
    withAnswer(
      () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' }),
      'html',
      /a web page instead of data/,
    ));

  it('redirects to another host', async () => {
    const location = `${elsewhere.url}/api/admin/search/features`;
    await withAnswer(() => ({ status: 302, headers: { location } }), 'redirect', /which is not followed/);
    assert.deepEqual(elsewhere.asked, [], 'nobody else was asked');
  });

  it('breaks off', () =>
    withAnswer(
      (_, response) => {
        response.destroy();
        return null;
      },
      'unreachable',
      /can't be reached/,
    ));

  it('has a clock that is an hour off', async () => {
    unleash.setClock(3_600_000);
    await start();
    await editing();
    const status = await editor.status(({ notices }) => notices.some(({ code }) => code === 'server/clock'));
    const named = status.notices.filter(({ code }) => code === 'server/clock');
    assert.equal(named.length, 1);
    assert.match(named[0]!.message, /60 minutes ahead of this one/);
    unleash.setClock(0);
    await recovered();
  });
});
