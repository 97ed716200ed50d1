/**
 * The program of a worker thread that looks at files. Who needs the facts of a few files only takes it for a library: it holds all
 * languages and little else.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerStart } from './messages.ts';
import { serveBatches } from './serveBatches.ts';
import { createShapes } from './shapes.ts';

export { createShapes };

if (parentPort !== null) serveBatches(parentPort, workerData as WorkerStart);
