/**
 * The command line's beginning: a scan of a repository that was scanned before, when nothing that matters has changed, is told at once.
 * For everything else the program is loaded, which takes longer than such a scan.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { processOutput } from './output.ts';
import { type BegunScan, beginScan, plainScanOf, scanQuickly } from './quickScan.ts';

void start();

async function start(): Promise<void> {
  const plain = plainScanOf(process.argv.slice(2));
  const begun = plain === null ? null : await beginScan(plain).catch(() => null);
  const isAnswered =
    begun !== null && plain?.cache === true && (await scanQuickly(plain, begun, processOutput()).catch(() => false));
  if (!isAnswered) loadProgram().runProgram(begun);
}

function loadProgram() {
  return createRequire(__filename)(join(__dirname, 'program.js')) as {
    readonly runProgram: (begun: BegunScan | null) => void;
  };
}
