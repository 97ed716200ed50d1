/** The language server as a browser's worker: files and grammars come through the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { ReadWasmRequest, type ReadWasmResult } from './protocol.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));

serve(connection, {
  readWasm: name => connection.sendRequest<ReadWasmResult>(ReadWasmRequest, { name }),
  projectOnDisk: null,
});
