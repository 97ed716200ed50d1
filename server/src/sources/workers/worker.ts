/**
 * The program of a worker thread that looks at files: loads what does so with what an earlier thread had compiled of it, and leaves the
 * same for the next one. Threads are ended without a word, so that this is done while it works.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { codeFolder } from '../facts-cache/cacheDirectory.ts';
import { loadProgram } from '../facts-cache/compiledCode.ts';
import { allowCollecting, optimiseLess } from './heap.ts';
import { IS_UP, type WorkerStart } from './messages.ts';

/** Milliseconds after which a thread has called most of what it needs. A thread that has less to do than that is not worth it. */
const HAS_WORKED = 700;

/** What it needs of Node beside what this file does. */
const NEEDED = ['node:child_process', 'node:fs/promises'];

if (parentPort !== null) {
  const start = workerData as WorkerStart;
  // What Node has compiled of itself is of use under V8's own flags alone, which end here.
  const load = createRequire(__filename);
  for (const name of NEEDED) load(name);
  parentPort.postMessage(IS_UP);
  if (start.optimises === 'less') optimiseLess();
  else allowCollecting();
  const { exports, keep } = loadProgram(join(__dirname, 'files.js'), codeFolder([start.root]));
  (exports as typeof import('./serveBatches.ts')).serveBatches(parentPort, start);
  setTimeout(keep, HAS_WORKED).unref();
}
