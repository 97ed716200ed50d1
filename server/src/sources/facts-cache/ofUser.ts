/** The memory of the user who runs the program: where it is, and for which build of the program it holds. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FileAccess } from '../files/access.ts';
import { createStateMemory, type StateMemory } from '../flag-servers/stateFile.ts';
import type { LastReading } from './lastReading.ts';
import type { IndexMemory } from './memory.ts';
import { openMemory, openReading } from './memoryOnDisk.ts';

/** Put in by the build: a digest of the sources and the grammars. Nothing that rebuilds itself all the time has one. */
declare const FLAGBOOK_EDITION: string | undefined;

/** The memory of the repository at `root`; null where there is none. Nothing in the repository has a say in where it is. */
export async function openMemoryOfUser(root: string, access: FileAccess): Promise<IndexMemory | null> {
  if (typeof FLAGBOOK_EDITION !== 'string') return null;
  const directory = cacheDirectory(process.env, process.platform);
  return openMemory(root, access, { directory, edition: FLAGBOOK_EDITION, now: Date.now });
}

/** The last whole reading of the repository at `root`; null where none is kept. */
export async function openReadingOfUser(root: string): Promise<LastReading | null> {
  if (typeof FLAGBOOK_EDITION !== 'string') return null;
  return openReading(root, { directory: cacheDirectory(process.env, process.platform), edition: FLAGBOOK_EDITION });
}

/** The memory of what flag servers said last; null where nothing is kept. */
export function serverMemoryOfUser(): StateMemory | null {
  if (typeof FLAGBOOK_EDITION !== 'string') return null;
  return createStateMemory(cacheDirectory(process.env, process.platform), FLAGBOOK_EDITION, Date.now);
}

/** Where the platform wants caches: `FLAGBOOK_CACHE` and `XDG_CACHE_HOME` go first. */
export function cacheDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.FLAGBOOK_CACHE) return env.FLAGBOOK_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'flagbook');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'flagbook', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'flagbook');
  return join(homedir(), '.cache', 'flagbook');
}
