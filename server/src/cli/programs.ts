/** The other programs of the command line, which stand beside the one that is started and are loaded when they are needed. */
import { join } from 'node:path';
import { codeFolder } from '../sources/facts-cache/cacheDirectory.ts';
import { loadProgram } from '../sources/facts-cache/compiledCode.ts';

/** What the program of this name exports. What is compiled of it by the end of the process is kept for the next one. */
export function loadBeside(name: string): unknown {
  const { exports, keep } = loadProgram(join(__dirname, name), codeFolder([]));
  process.once('exit', keep);
  return exports;
}
