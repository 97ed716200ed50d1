/** Where the user's caches are, and for which build of the program what is in them holds. */
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import type { CodeFolder } from './compiledCode.ts';
import type { ScanStateOptions } from './scanState.ts';

/** Put in by the build: a digest of the sources and the grammars. Nothing that rebuilds itself all the time has one. */
declare const FLAGBOOK_EDITION: string | undefined;

/** What is remembered holds for this edition; null where nothing is remembered. */
export function editionOfProgram(): string | null {
  return typeof FLAGBOOK_EDITION === 'string' ? FLAGBOOK_EDITION : null;
}

/** Where the state of the last scan is kept; null where nothing is. */
export function scanStateOptions(): ScanStateOptions | null {
  const edition = editionOfProgram();
  return edition === null ? null : { directory: cacheDirectory(process.env, process.platform), edition };
}

/**
 * Where compiled programs are kept (`compiledCode.ts`); null where none are: in builds that rebuild themselves, where the system does not
 * tell whose a folder is, and where somebody told Node to do without.
 */
export function codeFolder(workspaces: readonly string[]): CodeFolder | null {
  const { env, platform, getuid } = process;
  if (editionOfProgram() === null || getuid === undefined || env.NODE_DISABLE_COMPILE_CACHE) return null;
  return { directory: cacheDirectory(env, platform), workspaces };
}

/** Where the platform wants caches: `FLAGBOOK_CACHE` and `XDG_CACHE_HOME` go first. */
export function cacheDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.FLAGBOOK_CACHE) return env.FLAGBOOK_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'flagbook');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'flagbook', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'flagbook');
  return join(homedir(), '.cache', 'flagbook');
}

/** Never inside the repository, whose contents would then have a say in what is remembered of it. */
export function isOutside(root: string, directory: string): boolean {
  const path = relative(root, directory);
  return isAbsolute(directory) && path !== '' && (path.startsWith('..') || isAbsolute(path));
}
