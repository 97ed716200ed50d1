// The client's tokens: who gets one, and who does not. The other end is the language server's own.
import assert from 'node:assert/strict';
import type { Connection } from 'vscode-languageserver';
import { createSecrets } from '../../../client/src/secrets.ts';
import { clientTokens } from '../../../server/src/lsp/clientTokens.ts';
import type { TokenParams, TokenResult } from '../../../server/src/lsp/protocol.ts';

const TOKEN = 'user:0123456789abcdef';
const HERE = { system: 'unleash', origin: 'https://flags.example.com' };

describe("the editor's tokens", () => {
  it('go to the origin that was confirmed, and to no other', async () => {
    const { secrets, ask } = start();
    await secrets.store(HERE, TOKEN);
    assert.equal(await ask(HERE.origin, 'unleash'), TOKEN);
    for (const origin of ['https://flags.example.org', 'http://flags.example.com', 'https://flags.example.com:8443']) {
      assert.equal(await ask(origin, 'unleash'), null, origin);
    }
    assert.equal(await ask(HERE.origin, 'launchdarkly'), null, 'another system');
  });

  it('go nowhere from a restricted workspace', async () => {
    const { secrets, ask, trust } = start();
    await secrets.store(HERE, TOKEN);
    trust(false);
    assert.equal(await ask(HERE.origin, 'unleash'), null);
    assert.equal(await secrets.trying(HERE, TOKEN, () => ask(HERE.origin, 'unleash')), null, 'nor on trial');
  });

  it('are lent while they are tried, and not kept', async () => {
    const { secrets, ask, stored } = start();
    const lent = await secrets.trying(HERE, TOKEN, async () => [
      await ask(HERE.origin, 'unleash'),
      await ask('https://elsewhere.example.com', 'unleash'),
    ]);
    assert.deepEqual(lent, [TOKEN, null]);
    assert.equal(await ask(HERE.origin, 'unleash'), null);
    await assert.rejects(secrets.trying(HERE, TOKEN, () => Promise.reject(new Error('no answer'))));
    assert.equal(await ask(HERE.origin, 'unleash'), null);
    assert.equal(stored.size, 0);
  });

  it('stand in the secret storage alone: not in the state, not in a message', async () => {
    const { secrets, ask, state, messages } = start();
    await secrets.store(HERE, TOKEN);
    await ask(HERE.origin, 'unleash');
    assert.deepEqual(secrets.owners(), [HERE]);
    for (const text of [JSON.stringify([...state]), JSON.stringify(messages)]) {
      assert.ok(!text.includes(TOKEN) && !text.includes(Buffer.from(TOKEN).toString('base64')));
    }
    assert.equal(messages.length, 2, 'a question and its answer');
  });

  it('are gone when the user has signed out', async () => {
    const { secrets, ask, stored } = start();
    await secrets.store(HERE, TOKEN);
    await secrets.forget(HERE);
    assert.equal(await ask(HERE.origin, 'unleash'), null);
    assert.deepEqual([secrets.owners(), stored.size], [[], 0]);
  });
});

/** An editor's storages in memory, and the language server's way of asking. */
function start() {
  const stored = new Map<string, string>();
  const state = new Map<string, unknown>();
  const messages: unknown[] = [];
  let isTrusted = true;
  let answer: (params: TokenParams) => Promise<TokenResult> = async () => null;
  const context = {
    secrets: {
      get: async (key: string) => stored.get(key),
      store: async (key: string, value: string) => void stored.set(key, value),
      delete: async (key: string) => void stored.delete(key),
      onDidChange: () => ({ dispose: () => {} }),
    },
    globalState: {
      get: (key: string, otherwise: unknown) => state.get(key) ?? otherwise,
      update: async (key: string, value: unknown) => void state.set(key, value),
    },
  };
  const client = {
    isRunning: () => false,
    sendNotification: async () => {},
    onRequest: (_method: string, handler: typeof answer) => {
      answer = handler;
      return { dispose: () => {} };
    },
  };
  const secrets = createSecrets(context as never, client as never, () => isTrusted);
  const connection = {
    sendRequest: async (_method: string, params: TokenParams) => {
      const result = await answer(params);
      messages.push(params, result);
      return result;
    },
  };
  return {
    secrets,
    ask: clientTokens(connection as unknown as Connection),
    trust: (value: boolean) => {
      isTrusted = value;
    },
    stored,
    state,
    messages,
  };
}
