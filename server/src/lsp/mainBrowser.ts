/** The language server as a browser's worker: files and grammars come through the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createGate } from './gate.ts';
import { ReadWasmRequest, type ReadWasmResult } from './protocol.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

const gate = createGate();
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self), gate.options);

serve({
  connection,
  gate,
  readWasm: name => connection.sendRequest<ReadWasmResult>(ReadWasmRequest, { name }),
  loadSession: async () => ({
    openSession: (await import('./opening.ts')).openSession,
    surroundings: { projectOnDisk: null },
  }),
});
