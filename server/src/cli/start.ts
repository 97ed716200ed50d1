/**
 * The command line's beginning: a scan of a repository that was scanned before, when nothing that matters has changed, is told at once.
 * A scan of everything that nothing is remembered of has a program of its own. For everything else the whole program is loaded, which takes
 * longer than either.
 */
import { join } from 'node:path';
import { optimiseLess } from '../sources/workers/heap.ts';
import { type Output, processOutput } from './output.ts';
import { loadBeside } from './programs.ts';
import { type BegunScan, beginScan, type PlainScan, plainScanOf, scanQuickly } from './quickScan.ts';

void start();

async function start(): Promise<void> {
  const args = process.argv.slice(2);
  const plain = plainScanOf(args);
  const begun = plain === null ? null : await beginScan(plain, join(__dirname, '..', 'wasm')).catch(() => null);
  // Not before threads are up: Node reads what it has compiled of itself under V8's own flags alone. The server stays.
  if (!args.includes('lsp')) optimiseLess();
  const isAnswered = plain !== null && begun !== null && (await scan(plain, begun).catch(() => false));
  if (!isAnswered) loadProgram().runProgram(begun);
}

/** Resolves to whether the scan was answered. */
async function scan(plain: PlainScan, begun: BegunScan): Promise<boolean> {
  if (begun.isCold) return loadWholeScan().scanWhole(plain, begun, processOutput());
  return plain.cache && scanQuickly(plain, begun, processOutput());
}

function loadWholeScan() {
  return loadBeside('wholeScan.js') as {
    readonly scanWhole: (plain: PlainScan, begun: BegunScan, output: Output) => Promise<boolean>;
  };
}

function loadProgram() {
  return loadBeside('program.js') as {
    readonly runProgram: (begun: BegunScan | null) => void;
  };
}
