/**
 * The program that a server on a disk loads once it has answered `initialize` (`sessionOnDisk.ts`), with what V8 compiled of it in an
 * earlier session. Loading it is the longest stretch of work of an opening, and nobody is answered meanwhile.
 */
import { fileURLToPath } from 'node:url';
import type { InitializeParams } from 'vscode-languageserver';
import { codeFolder } from '../sources/facts-cache/cacheDirectory.ts';
import { compileProgram } from '../sources/facts-cache/compiledCode.ts';
import { allowCollecting } from '../sources/workers/heap.ts';

/** Milliseconds after which most of what a session needs has been called. Later V8 begins to drop what is not called again. */
const HAS_WORKED = 20_000;

/** `path` is that of the bundle; nothing is kept in the client's folders. Rejects with what the program throws. */
export async function loadSessionProgram(
  path: string,
  params: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>,
): Promise<typeof import('./sessionOnDisk.ts')> {
  // Worker threads set this flag for the whole process, and what was compiled is of use under the same flags alone.
  allowCollecting();
  const program = compileProgram(path, codeFolder(foldersOf(params)));
  // Each half takes some tens of milliseconds.
  await new Promise(resolve => setTimeout(resolve, 0));
  const { exports, keep } = program.load();
  let isKept = false;
  const keepOnce = (): void => {
    if (!isKept) keep();
    isKept = true;
  };
  setTimeout(keepOnce, HAS_WORKED).unref();
  process.once('exit', keepOnce);
  return exports as typeof import('./sessionOnDisk.ts');
}

/** The client's folders on this disk. */
export function foldersOf({ workspaceFolders, rootUri }: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>) {
  const uris = [...(workspaceFolders ?? []).map(({ uri }) => uri), ...(rootUri ? [rootUri] : [])];
  return uris.flatMap(uri => pathOf(uri) ?? []);
}

function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    // Of another machine, or of none.
    return null;
  }
}
