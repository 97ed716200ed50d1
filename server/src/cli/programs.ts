/** The other programs of the command line, which stand beside the one that is started and are loaded when they are needed. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeFolder } from '../sources/facts-cache/cacheDirectory.ts';
import { loadProgram } from '../sources/facts-cache/compiledCode.ts';
import { nearestWorkTree } from '../sources/git/fileLists.ts';

/** What the program of this name exports. What is compiled of it by the end of the process is kept for the next one. */
export function loadBeside(name: string): unknown {
  const { exports, keep } = loadProgram(join(__dirname, name), codeFolder(workTrees()));
  process.once('exit', keep);
  return exports;
}

/** Of the folder in which the process was started, and of the one that it is told to work in. */
function workTrees(): readonly string[] {
  const { cwd } = parseArgs({ options: { cwd: { type: 'string' } }, strict: false }).values;
  const folders = [process.cwd(), ...(typeof cwd === 'string' ? [cwd] : [])];
  return folders.flatMap(folder => nearestWorkTree(folder) ?? []);
}
