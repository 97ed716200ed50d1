/** The program of a thread that decodes flag files; `flagFileReader.ts` is the other side. */
import { parentPort } from 'node:worker_threads';
import { decodeFlagFile, versionsDecoder } from '../flag-systems/registry.ts';
import type { FlagFileAnswer, FlagFileQuestion } from './flagFileReader.ts';

parentPort?.on('message', ({ id, as, path, text, config, now }: FlagFileQuestion) => {
  const read = as === null ? decodeFlagFile(path, text, config, now) : versionsDecoder(as, config, now)(text, path);
  parentPort!.postMessage({ id, read } satisfies FlagFileAnswer);
});
