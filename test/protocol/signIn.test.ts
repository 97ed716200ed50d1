// Trying a token, as the sign-in does: each service says which permission it lacks, and nothing is taken for granted.
import assert from 'node:assert/strict';
import { tokenVariable } from '../../server/src/sources/flag-servers/environmentTokens.ts';
import { flagServiceKinds, serviceOf } from '../../server/src/sources/flag-servers/registry.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { type LocalServer, startLocalServer } from '../support/localServer.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const TOKEN = 'secret-token-of-the-test';

interface Tried {
  readonly kind: 'ok' | 'failed';
  readonly reason?: string;
  readonly denied?: boolean;
}

describe('trying a token', function () {
  this.timeout(60_000);
  let editor: Editor;
  let server: LocalServer;
  let status: number;

  before(async () => {
    server = await startLocalServer(() => ({ status, body: { message: `no ${TOKEN}` } }));
    const env = Object.fromEntries(flagServiceKinds.map(kind => [tokenVariable(kind), TOKEN]));
    editor = await startEditor({ folders: [makeTemporaryFolder('sign-in')], env });
    await editor.settled();
  });

  after(async () => {
    await editor.shutdown();
    await server.close();
  });

  for (const system of flagServiceKinds) {
    it(`of ${system} that is not accepted, or lacks a permission, names that permission`, async () => {
      const { permission } = (await serviceOf(system))!;
      for (const [answered, words] of [
        [401, /does not accept this token/],
        [403, /does not let this token read flags/],
      ] as const) {
        status = answered;
        const tried = await editor.request<Tried>('flagbook/trySignIn', { system, url: server.url, project: 'shop' });
        assert.equal(tried.kind, 'failed');
        assert.equal(tried.denied, true);
        assert.match(tried.reason!, words);
        assert.ok(tried.reason!.endsWith(`It needs ${permission}.`), tried.reason);
        assert.ok(!tried.reason!.includes(TOKEN));
      }
    });
  }
});
