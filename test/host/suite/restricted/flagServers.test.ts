// A repository that nobody trusts names a server of its own: it is not asked, and no token is asked for.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { settledFlagbook, until, uriOf } from '../../support/shop.ts';

describe('a flag server in a restricted workspace', function () {
  this.timeout(120_000);

  it('is not asked, and the status item says so', async () => {
    const api = await settledFlagbook();
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.end('{}');
    });
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = uriOf('flagbook.json');
    const before = await vscode.workspace.fs.readFile(file);
    try {
      const text = JSON.stringify({ flagSystems: [{ kind: 'unleash', url }] });
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      await api.restart();
      const notice = await until(
        'the server to be named',
        () => api.status().notices.find(({ code }) => code === 'server/unasked') ?? null,
      );
      assert.match(notice.message, /Unleash not asked: the workspace is restricted/);
      // A message and nothing more: no address to confirm, no input for a token. Nobody answers the message here.
      void vscode.commands.executeCommand('flagbook.signIn');
      assert.equal(asked, 0);
    } finally {
      await vscode.workspace.fs.writeFile(file, before);
      server.close();
      await vscode.commands.executeCommand('notifications.clearAll');
      await api.restart();
    }
  });
});
