/**
 * The command line's beginning: a scan of a repository that was scanned before, when nothing that matters has changed, is told at once.
 * For everything else the program is loaded, which takes longer than such a scan.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { processOutput } from './output.ts';
import { plainScanOf, scanQuickly } from './quickScan.ts';

const plain = plainScanOf(process.argv.slice(2));
const answered = plain === null ? Promise.resolve(false) : scanQuickly(plain, processOutput()).catch(() => false);
void answered.then(isAnswered => {
  if (!isAnswered) createRequire(__filename)(join(__dirname, 'program.js'));
});
