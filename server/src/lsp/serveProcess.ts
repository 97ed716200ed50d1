/** The language server in a Node process: over stdio or Node's IPC, with files and git on disk. Importing it starts nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { unoptimised } from '../sources/workers/unoptimised.ts';
import { createGate } from './gate.ts';
import { serve } from './server.ts';
import { loadSessionProgram } from './sessionProgram.ts';

/** Starts serving. `wasmDirectory` holds the grammars, `session` is the program that is loaded behind the first answer. */
export function serveProcess(wasmDirectory: string, session: string): void {
  const gate = createGate();
  serve({
    connection: createConnection(ProposedFeatures.all, gate.options),
    gate,
    readWasm: name => readFile(join(wasmDirectory, `${name}.wasm`)),
    unoptimised,
    loadSession: async params => {
      const { openSession, surroundingsOnDisk } = await loadSessionProgram(session, params);
      return { openSession, surroundings: surroundingsOnDisk(wasmDirectory) };
    },
  });
}
