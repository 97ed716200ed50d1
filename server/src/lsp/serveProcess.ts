/** The language server in a Node process: over stdio or Node's IPC, with files and git on disk. Importing it starts nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createGate } from './gate.ts';
import { serve } from './server.ts';

/** Starts serving. `wasmDirectory` holds the grammars. */
export function serveProcess(wasmDirectory: string): void {
  const gate = createGate();
  serve({
    connection: createConnection(ProposedFeatures.all, gate.options),
    gate,
    readWasm: name => readFile(join(wasmDirectory, `${name}.wasm`)),
    loadSurroundings: async () => (await import('./surroundingsOnDisk.ts')).surroundingsOnDisk(wasmDirectory),
  });
}
