// Two projects of one Unleash, one for each sub-folder, over the protocol: hints, the quick fix, and actions stay with their project.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seal } from '../../client/src/sealing.ts';
import type { TokenParams, ViewNode } from '../../server/src/lsp/protocol.ts';
import type { FlagActionsResult, FlagServersResult } from '../../server/src/lsp/protocolOfActions.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { type LocalServer, startLocalServer } from '../support/localServer.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { createUnleash, WRITER } from '../support/unleashEmulator.ts';

const CODE = `import { initialize } from 'unleash-client';
const unleash = initialize({ url: '', appName: '' });
export const f = () => [unleash.isEnabled('checkout'), unleash.isEnabled('shop-only')];
`;

describe('a server for each sub-folder, over the protocol', function () {
  this.timeout(30_000);
  const servers: LocalServer[] = [];
  let editor: Editor;
  let root: string;
  before(async () => {
    const shop = createUnleash(['checkout', 'shop-only']);
    const admin = createUnleash(['checkout']);
    admin.flags.get('checkout')!.environments.production.enabled = true;
    for (const { handler } of [shop, admin]) servers.push(await startLocalServer(handler));
    root = makeTemporaryFolder('projects');
    const system = (at: number, folder: string) => ({
      kind: 'unleash',
      url: servers[at]!.url,
      paths: [`${folder}/**`],
      environments: ['production'],
    });
    const files = {
      'flagbook.json': JSON.stringify({ flagSystems: [system(0, 'shop'), system(1, 'admin')] }),
      'shop/a.ts': CODE,
      'admin/a.ts': CODE,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    editor = await startEditor({
      folders: [root],
      initialization: { tokens: 'client', commandLinks: true },
      env: { FLAGBOOK_CACHE: makeTemporaryFolder('projects-cache') },
    });
    editor.connection.onRequest('flagbook/token', ({ publicKey }: TokenParams) => seal(WRITER, publicKey));
    for (const folder of ['shop', 'admin']) editor.open(uriOf(folder), 'typescript', CODE);
    await editor.settled();
    for (;;) {
      const known = (await editor.request<FlagServersResult>('flagbook/flagServers')).servers;
      if (known.length === 2 && known.every(each => each.health.startsWith('live'))) break;
      await once(editor.process.stdout!, 'data');
    }
  });
  after(async () => {
    await editor?.shutdown();
    for (const server of servers) await server.close();
  });
  const uriOf = (folder: string) => uriOfPath(join(root, folder, 'a.ts'));

  it('hints the states of the own server, and calls unknown what only the other has', async () => {
    const labels = async (folder: string) => (await editor.hints(uriOf(folder))).map(hint => String(hint.label));
    assert.deepEqual(await labels('shop'), ['off', 'off']);
    assert.deepEqual(await labels('admin'), ['25%', 'unknown flag']);
  });

  it('offers to change and to create in the own server only', async () => {
    const wheres = async (folder: string, key: string) => {
      const params = { key, uri: uriOf(folder) };
      const { offers } = await editor.request<FlagActionsResult>('flagbook/flagActions', params);
      return [...new Set(offers.map(offer => offer.where))];
    };
    assert.deepEqual(await wheres('shop', 'checkout'), [`Unleash at ${servers[0]!.url}`]);
    assert.deepEqual(await wheres('admin', 'checkout'), [`Unleash at ${servers[1]!.url}`]);
    assert.deepEqual(await wheres('admin', 'shop-only'), [`Unleash at ${servers[1]!.url}`]);
    const fixes = (await editor.actions(uriOf('admin'), "'shop-only'")).map(each => each.title);
    assert.ok(fixes.includes('Create shop-only in Unleash'), fixes.join());
    assert.ok(!(await editor.actions(uriOf('shop'), "'shop-only'")).some(each => each.title.startsWith('Create ')));
  });

  it('lists the flag of each in the Flags view, and says whom each server is for', async () => {
    const { nodes } = await editor.view('flagbook/flagsView');
    const all = (list: readonly ViewNode[]): readonly ViewNode[] => list.flatMap(node => [node, ...all(node.children)]);
    const rows = all(nodes).filter(node => node.label === 'checkout');
    assert.deepEqual(rows.map(row => row.description).sort(), ['25% · admin', 'off · shop']);
    const sources = all(nodes).filter(node => node.label === 'Unleash');
    assert.ok(sources.every(({ description }) => / · for (?:shop|admin)$/.test(description ?? '')));
  });
});
