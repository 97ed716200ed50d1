// The built language server, a client that keeps tokens, and a flag server: signing in, acting, and where a token never goes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplyWorkspaceEditParams, CodeAction, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { seal } from '../../client/src/sealing.ts';
import type { InitializationOptions, TokenParams, ViewNode } from '../../server/src/lsp/protocol.ts';
import type {
  FlagActionOffer,
  FlagActionsResult,
  FlagServersResult,
  PerformActionResult,
  TrySignInResult,
} from '../../server/src/lsp/protocolOfActions.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { type LocalServer, startLocalServer } from '../support/localServer.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { createUnleash, READER, type UnleashEmulator, WRITER } from '../support/unleashEmulator.ts';

const SOURCE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: 'http://localhost', appName: 'shop' });
export const checkout = unleash.isEnabled('new-checkout');
export const banner = unleash.isEnabled('summer-banner');
`;

describe('flag servers over the protocol', () => {
  let unleash: UnleashEmulator;
  let server: LocalServer;
  let elsewhere: LocalServer;
  const running: Editor[] = [];
  before(async () => {
    unleash = createUnleash(['new-checkout', 'old-search']);
    server = await startLocalServer(unleash.handler);
    elsewhere = await startLocalServer(() => ({ status: 401, body: {} }));
  });
  afterEach(async () => {
    for (const editor of running.splice(0)) await editor.shutdown();
  });
  after(async () => {
    await server.close();
    await elsewhere.close();
  });

  /** An editor whose secret storage holds a token for the server's origin. */
  const start = async (
    token: string | null,
    {
      url = server.url,
      flagd,
      initialization = {},
    }: { url?: string; flagd?: string; initialization?: Partial<InitializationOptions> } = {},
  ) => {
    const root = makeTemporaryFolder('flag-actions');
    const cache = makeTemporaryFolder('flag-actions-cache');
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'src', 'shop.ts'), SOURCE);
    writeFileSync(join(root, 'flagbook.json'), JSON.stringify({ flagSystems: [{ kind: 'unleash', url }] }));
    if (flagd !== undefined) writeFileSync(join(root, 'shop.flagd.json'), flagd);
    const editor = await startEditor({
      folders: [root],
      initialization: { tokens: 'client', commandLinks: true, ...initialization },
      env: { FLAGBOOK_CACHE: cache },
    });
    running.push(editor);
    let said = '';
    editor.process.stdout!.on('data', chunk => {
      said += String(chunk);
    });
    editor.process.stderr!.on('data', chunk => {
      said += String(chunk);
    });
    const askedFor: string[] = [];
    editor.connection.onRequest('flagbook/token', ({ origin, system, publicKey }: TokenParams) => {
      askedFor.push(`${system} ${origin}`);
      return token !== null && origin === server.url ? seal(token, publicKey) : null;
    });
    const uri = uriOfPath(join(root, 'src', 'shop.ts'));
    editor.open(uri, 'typescript', SOURCE);
    await editor.settled();
    return { editor, root, cache, uri, said: () => said, askedFor };
  };
  const live = async (editor: Editor) => {
    for (;;) {
      const { servers } = await editor.request<FlagServersResult>('flagbook/flagServers');
      if (servers.every(each => each.health.startsWith('live'))) return;
      await once(editor.process.stdout!, 'data');
    }
  };
  const offersOf = async (editor: Editor, key: string, uri: string): Promise<readonly FlagActionOffer[]> =>
    (await editor.request<FlagActionsResult>('flagbook/flagActions', { key, uri })).offers;
  const take = (
    editor: Editor,
    key: string,
    uri: string,
    { id, folder }: FlagActionOffer,
    percentage: number | null = null,
  ) => editor.request<PerformActionResult>('flagbook/performAction', { key, uri, id, folder, percentage });

  it('shows every environment in a table, with links to what can be done', async () => {
    const { editor, uri } = await start(READER);
    await live(editor);
    const hover = (await editor.hover(uri, "'new-checkout'"))!;
    assert.match(hover, /\| \*\*development\*\* \| 25% by .* \| \d{4}/);
    assert.match(hover, /\| \*\*production\*\* \| off/);
    assert.ok(hover.indexOf('production') < hover.indexOf('development'), 'real users first');
    assert.match(hover, /\[Change…\]\(command:flagbook\.changeFlag\?%5B%22new-checkout%22/);
    assert.ok(hover.split('\n').filter(line => line.trim() !== '' && !line.startsWith('| :--')).length <= 12);
  });

  it('turns a flag on, names the environment in capitals, and takes it back', async () => {
    const { editor, uri } = await start(WRITER);
    await live(editor);
    const offers = await offersOf(editor, 'new-checkout', uri);
    assert.deepEqual(
      offers.map(offer => offer.title),
      [
        'Turn off in development',
        'Set percentage in development…',
        'Turn on in PRODUCTION',
        'Set percentage in PRODUCTION…',
      ],
    );
    const offer = offers[2]!;
    assert.equal(offer.question, 'Turn on new-checkout in PRODUCTION of Unleash?');
    const done = await take(editor, 'new-checkout', uri, offer);
    assert.equal(done.kind === 'done' && done.message, 'Unleash: new-checkout turned on in PRODUCTION.');
    assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, true);
    const back = await editor.request<PerformActionResult>('flagbook/undoAction', {
      undo: done.kind === 'done' ? done.undo : null,
    });
    assert.equal(back.kind, 'done');
    assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, false);
  });

  it('sets a percentage, and refuses what is none', async () => {
    const { editor, uri } = await start(WRITER);
    await live(editor);
    const offer = (await offersOf(editor, 'new-checkout', uri))[1]!;
    assert.equal((await take(editor, 'new-checkout', uri, offer, 140)).kind, 'failed');
    const part = await take(editor, 'new-checkout', uri, offer, 12.5);
    assert.ok(part.kind === 'failed' && part.reason.includes('whole numbers'));
    assert.equal((await take(editor, 'new-checkout', uri, offer, 60)).kind, 'done');
    assert.equal(unleash.flags.get('new-checkout')!.environments.development.percentage, 60);
    unleash.flags.get('new-checkout')!.environments.development.percentage = 25;
  });

  it('marks stale or archives only what nobody checks', async () => {
    const { editor, uri } = await start(WRITER);
    await live(editor);
    const titles = async (key: string) => (await offersOf(editor, key, uri)).map(offer => offer.title);
    assert.ok(!(await titles('new-checkout')).includes('Archive'));
    assert.ok((await titles('old-search')).includes('Mark as stale'));
    const archive = (await offersOf(editor, 'old-search', uri)).find(offer => offer.kind === 'archive')!;
    assert.equal((await take(editor, 'old-search', uri, archive)).kind, 'done');
    assert.equal(unleash.flags.get('old-search')!.archived, true);
    unleash.flags.get('old-search')!.archived = false;
  });

  it('creates an unknown flag by a quick fix', async () => {
    const { editor, uri } = await start(WRITER);
    await live(editor);
    const fixes = await editor.actions(uri, "'summer-banner'");
    const fix = fixes.find((action: CodeAction) => action.command?.command === 'flagbook.createFlag')!;
    assert.equal(fix.title, 'Create summer-banner in Unleash');
    const [offer] = await offersOf(editor, 'summer-banner', uri);
    assert.equal(offer!.question, 'Create the flag summer-banner in Unleash? It is off in every environment at first.');
    assert.equal((await take(editor, 'summer-banner', uri, offer!)).kind, 'done');
    assert.ok(unleash.flags.has('summer-banner'));
    unleash.flags.delete('summer-banner');
  });

  it('names the permission that a token lacks, and no token', async () => {
    const { editor, uri, said } = await start(READER);
    await live(editor);
    const offer = (await offersOf(editor, 'new-checkout', uri))[2]!;
    const failed = await take(editor, 'new-checkout', uri, offer);
    assert.match(failed.kind === 'failed' ? failed.reason : '', /does not let this token do that\. It needs .*Editor/);
    assert.ok(!said().includes(READER));
  });

  it('tries a token before it is stored, and says what is wrong with it', async () => {
    const { editor } = await start(READER);
    const params = { system: 'unleash', url: server.url, project: null };
    const good = await editor.request<TrySignInResult>('flagbook/trySignIn', params);
    assert.deepEqual(good, { kind: 'ok', flags: 2, gaps: [] });
    const other = await start('user:wrong');
    const bad = await other.editor.request<TrySignInResult>('flagbook/trySignIn', params);
    assert.ok(bad.kind === 'failed' && bad.denied && /does not accept this token. It needs .*Viewer/.test(bad.reason));
    assert.ok(!JSON.stringify(bad).includes('user:wrong'));
  });

  it('sends no token to another origin that flagbook.json names, and says so calmly', async () => {
    const { editor, askedFor, said } = await start(READER, { url: elsewhere.url });
    const status = await editor.status(({ notices }) => notices.some(({ code }) => code === 'server/no-token'));
    assert.match(status.notices.find(({ code }) => code === 'server/no-token')!.message, /has no token yet\. Sign in/);
    assert.deepEqual([...new Set(askedFor)], [`unleash ${elsewhere.url}`]);
    assert.deepEqual(elsewhere.asked, []);
    assert.ok(!said().includes(READER));
  });

  it('asks nobody from a restricted workspace, whatever is requested', async () => {
    const before = server.asked.length;
    const { editor, askedFor, uri } = await start(WRITER, { initialization: { trusted: false } });
    const params = { system: 'unleash', url: server.url, project: null };
    assert.equal((await editor.request<TrySignInResult>('flagbook/trySignIn', params)).kind, 'failed');
    assert.deepEqual((await editor.request<FlagServersResult>('flagbook/flagServers')).folders, []);
    assert.deepEqual(await offersOf(editor, 'new-checkout', uri), []);
    assert.deepEqual(askedFor, []);
    assert.equal(server.asked.length, before);
  });

  it('leaves a token in no message, no file and no list of processes', async () => {
    const { editor, cache, root, said } = await start(READER);
    await live(editor);
    for (const path of [...filesBelow(cache), ...filesBelow(root)]) {
      assert.ok(!readFileSync(path, 'latin1').includes(READER), path);
    }
    assert.ok(filesBelow(cache).length > 0, 'the last good state is kept');
    assert.ok(!said().includes(READER));
    for (const name of ['cmdline', 'environ']) {
      const path = `/proc/${editor.process.pid}/${name}`;
      if (existsSync(path)) assert.ok(!readFileSync(path, 'latin1').includes(READER));
    }
  });

  it('lists its servers among the rows of the Flags view, for signing in', async () => {
    const { editor } = await start(READER);
    await live(editor);
    const { nodes } = await editor.view('flagbook/flagsView');
    const sources = nodes.find(node => node.label === 'Sources')!;
    const [row] = sources.children as readonly ViewNode[];
    assert.deepEqual(row!.server, { system: 'unleash', origin: server.url });
    assert.match(row!.description!, /^live · 2 flags · .*UTC · 127/);
  });

  it('keeps the servers of two folders apart', async () => {
    const other = createUnleash(['new-checkout']);
    const second = await startLocalServer(other.handler);
    try {
      const roots = [server.url, second.url].map(url => {
        const root = makeTemporaryFolder('flag-actions-root');
        writeFileSync(join(root, 'shop.ts'), SOURCE);
        writeFileSync(join(root, 'flagbook.json'), JSON.stringify({ flagSystems: [{ kind: 'unleash', url }] }));
        return root;
      });
      const cache = makeTemporaryFolder('flag-actions-cache');
      const initialization = { tokens: 'client' } as const;
      const editor = await startEditor({ folders: roots, initialization, env: { FLAGBOOK_CACHE: cache } });
      running.push(editor);
      // Each origin has a token of its own.
      editor.connection.onRequest('flagbook/token', ({ origin, publicKey }: TokenParams) =>
        seal(origin === second.url ? WRITER : READER, publicKey),
      );
      await editor.settled();
      await live(editor);
      const uri = uriOfPath(join(roots[1]!, 'shop.ts'));
      editor.open(uri, 'typescript', SOURCE);
      const offers = await offersOf(editor, 'new-checkout', uri);
      assert.ok(offers.every(offer => offer.where === `Unleash at ${second.url}`));
      const offer = offers.find(each => each.title === 'Turn on in PRODUCTION')!;
      assert.equal((await take(editor, 'new-checkout', uri, offer)).kind, 'done');
      assert.equal(other.flags.get('new-checkout')!.environments.production.enabled, true);
      assert.equal(unleash.flags.get('new-checkout')!.environments.production.enabled, false);
      assert.ok(second.asked.every(({ headers }) => headers.authorization === WRITER));
    } finally {
      await second.close();
    }
  });

  it('changes a flag file by an edit of the workspace, the few characters alone', async () => {
    const text =
      '{\n  // kept\n  "flags": { "new-checkout": { "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "on" } }\n}\n';
    const { editor, root, uri } = await start(READER, { flagd: text });
    const file = uriOfPath(join(root, 'shop.flagd.json'));
    const applied: ApplyWorkspaceEditParams[] = [];
    editor.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      applied.push(params);
      return { applied: true };
    });
    const offers = await offersOf(editor, 'new-checkout', uri);
    const offer = offers.find(each => each.where === 'shop.flagd.json')!;
    assert.deepEqual([offer.title, offer.question], ['Turn off in PRODUCTION', null]);
    const done = await take(editor, 'new-checkout', uri, offer);
    assert.equal(done.kind === 'done' && done.file, file);
    const [change] = applied[0]!.edit.documentChanges as TextDocumentEdit[];
    assert.equal(change!.edits.length, 1);
    const [{ range, newText }] = change!.edits as [TextDocumentEdit['edits'][0] & { newText: string }];
    const line = text.split('\n')[range.start.line]!;
    assert.equal(line.slice(range.start.character, range.end.character), 'ENABLED');
    assert.equal(newText, 'DISABLED');
  });

  it('writes a server into flagbook.json and keeps its comments', async () => {
    const { editor, root } = await start(READER);
    const applied: ApplyWorkspaceEditParams[] = [];
    editor.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      applied.push(params);
      return { applied: true };
    });
    const folder = uriOfPath(root);
    const params = { folder, system: 'unleash', url: elsewhere.url, project: null };
    assert.equal(await editor.request('flagbook/addFlagServer', params), `${folder}/flagbook.json`);
    const [change] = applied[0]!.edit.documentChanges as TextDocumentEdit[];
    assert.match(JSON.stringify(change!.edits), new RegExp(elsewhere.url));
    const same = { ...params, url: server.url };
    await editor.request('flagbook/addFlagServer', same);
    assert.equal(applied.length, 1, 'what is there already is not written twice');
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}
