/** The program of a thread that decodes flag files; `flagFileReader.ts` is the other side. */
import { parentPort } from 'node:worker_threads';
import { decodeFlagFile } from '../flag-systems/registry.ts';
import type { FlagFileAnswer, FlagFileQuestion } from './flagFileReader.ts';

parentPort?.on('message', ({ id, path, text, config, now }: FlagFileQuestion) => {
  const answer: FlagFileAnswer = { id, file: decodeFlagFile(path, text, config, now) };
  parentPort!.postMessage(answer);
});
