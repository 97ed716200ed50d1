// Worker threads as the product starts them, from the sources: bundled once a process, with grammars beside them. A text may hold a
// word that ends the worker or keeps it busy for good, which no real text is known to do.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { readWasm } from './wasm.ts';

/** Words that make a worker of `buildWorkers` break down at a file. */
export const ENDS_A_WORKER = 'ends-a-worker';
export const HOLDS_A_WORKER = 'holds-a-worker';

const ENTRY = `
import { parentPort, workerData } from 'node:worker_threads';
import { createParse, serveBatches } from './server/src/sources/workers/serveBatches.ts';

const parse = createParse(workerData);
serveBatches(parentPort, workerData, (language, text) => {
  if (text.includes('${ENDS_A_WORKER}')) process.exit(7);
  while (text.includes('${HOLDS_A_WORKER}'));
  return parse(language, text);
});
`;

export interface BuiltWorkers {
  readonly script: string;
  readonly wasmDirectory: string;
}

/** Builds the program of a worker with these grammars. */
export async function buildWorkers(...grammars: readonly string[]): Promise<BuiltWorkers> {
  const folder = makeTemporaryFolder('workers');
  const wasmDirectory = join(folder, 'wasm');
  mkdirSync(wasmDirectory);
  for (const name of ['web-tree-sitter', ...grammars]) {
    writeFileSync(join(wasmDirectory, `${name}.wasm`), await readWasm(name));
  }
  const root = join(import.meta.dirname, '..', '..');
  const script = join(folder, 'worker.cjs');
  await esbuild.build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    // As the build has it: jsonc-parser's `main` asks for files that no bundler follows.
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    outfile: script,
    absWorkingDir: root,
    alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
    logLevel: 'silent',
  });
  return { script, wasmDirectory };
}
