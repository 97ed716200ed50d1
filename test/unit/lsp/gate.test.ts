import * as assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import {
  createMessageConnection,
  NotificationType,
  NullLogger,
  RequestType,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { createGate } from '../../../server/src/lsp/gate.ts';

/** A server that answers nothing before it is opened, and a client of it. */
function connected() {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const gate = createGate();
  const server = createMessageConnection(
    new StreamMessageReader(up),
    new StreamMessageWriter(down),
    NullLogger,
    gate.options,
  );
  const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  server.listen();
  client.listen();
  const dispose = () => {
    for (const each of [server, client]) each.dispose();
  };
  return { gate, server, client, dispose };
}

describe('the gate in front of a server that is still loading', () => {
  it('keeps requests and notifications, and lets them pass in their order', async () => {
    const { gate, server, client, dispose } = connected();
    let open = (): void => {};
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    server.onRequest('first', () => {
      gate.closeUntil(opened);
      return 'told';
    });
    assert.equal(await client.sendRequest('first'), 'told');
    const heard: string[] = [];
    const answers = [client.sendRequest('ask', 1), client.sendNotification('say', 2), client.sendRequest('ask', 3)];
    // Answers to the server's own questions pass: loading may wait for them.
    client.onRequest('question', () => 'answer');
    assert.equal(await server.sendRequest('question'), 'answer');
    assert.equal(heard.length, 0);
    server.onRequest(new RequestType<number, number, void>('ask'), value => {
      heard.push(`ask ${value}`);
      return value;
    });
    server.onNotification(new NotificationType<number>('say'), value => {
      heard.push(`say ${value}`);
    });
    open();
    assert.deepEqual(await Promise.all(answers), [1, undefined, 3]);
    assert.deepEqual(heard, ['ask 1', 'say 2', 'ask 3']);
    assert.equal(await client.sendRequest('ask', 4), 4);
    dispose();
  });
});
