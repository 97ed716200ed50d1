/** The memory of the user who runs the program: where it is, and for which build of the program it holds. */
import type { FileAccess } from '../files/access.ts';
import { createStateMemory, type StateMemory } from '../flag-servers/stateFile.ts';
import { cacheDirectory, editionOfProgram } from './cacheDirectory.ts';
import type { LastReading } from './lastReading.ts';
import type { IndexMemory } from './memory.ts';
import { openMemory, openReading } from './memoryOnDisk.ts';

/** The memory of the repository at `root`; null where there is none. Nothing in the repository has a say in where it is. */
export async function openMemoryOfUser(root: string, access: FileAccess): Promise<IndexMemory | null> {
  const edition = editionOfProgram();
  if (edition === null) return null;
  const directory = cacheDirectory(process.env, process.platform);
  return openMemory(root, access, { directory, edition, now: Date.now });
}

/** The last whole reading of the repository at `root`; null where none is kept. */
export async function openReadingOfUser(root: string): Promise<LastReading | null> {
  const edition = editionOfProgram();
  if (edition === null) return null;
  return openReading(root, { directory: cacheDirectory(process.env, process.platform), edition });
}

/** The memory of what flag servers said last; null where nothing is kept. */
export function serverMemoryOfUser(): StateMemory | null {
  const edition = editionOfProgram();
  if (edition === null) return null;
  return createStateMemory(cacheDirectory(process.env, process.platform), edition, Date.now);
}
