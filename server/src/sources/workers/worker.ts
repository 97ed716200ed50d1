/** The program of a worker thread that looks at files. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerStart } from './messages.ts';
import { serveBatches } from './serveBatches.ts';

if (parentPort !== null) serveBatches(parentPort, workerData as WorkerStart);
