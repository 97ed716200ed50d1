/**
 * Files that changed on disk. A few are read at once, and whoever asks waits for them to be linked. Many come when another branch is
 * checked out: they are read in slices, and until they are linked the repository counts as being read, so that requests are answered
 * from what is known still.
 */
import type { Host } from '../../core/hostInterface.ts';
import type { Grammars } from '../../core/languages/grammars.ts';
import { languagesOf } from '../../core/languages/registry.ts';
import type { FileAccess } from '../files/access.ts';
import { createPauses } from './pauses.ts';

export interface ChangedFilesOptions {
  readonly host: Host;
  readonly grammars: Grammars;
  readonly access: FileAccess;
  /** Gives the host the files that there are now. */
  readonly setPaths: (paths: readonly string[]) => void;
  /** Reads a file that is there. */
  readonly take: (path: string) => Promise<void>;
  /** Reads what is known under the configuration of now, where that changed. */
  readonly reconfigure: () => Promise<void>;
}

/** More files than a save or a formatter touches; linking them takes no longer than linking two. */
const MANY = 8;

/** Takes in what changed; resolves when it is read, and where it was much, linked. */
export function createChangedFiles(options: ChangedFilesOptions): (paths: readonly string[]) => Promise<void> {
  const { host, grammars, access } = options;
  let underWay = 0;
  /** It is from here that the repository is being read again. */
  let isReading = false;

  const takeAll = async (paths: readonly string[]): Promise<void> => {
    const known = host.paths();
    const isNew = paths.some(path => !known.has(path));
    // Git's list leaves out what is ignored; a new file counts only when it is on it.
    if (isNew || paths.some(path => known.has(path))) options.setPaths(await access.list());
    await grammars.load(languagesOf(paths));
    const pause = createPauses();
    for (const path of paths) {
      await pause();
      if (host.paths().has(path)) await options.take(path);
      else host.removeText(path);
    }
    await options.reconfigure();
  };
  /** Those that change meanwhile are linked by whoever reads them. */
  const linkAll = async (): Promise<void> => {
    await host.linkRead(createPauses());
    if (underWay > 0) return;
    isReading = false;
    if (host.completeness() === 'reading') host.setCompleteness('complete');
  };
  return async paths => {
    const relevant = paths.filter(path => host.kindOf(path) !== 'other');
    underWay++;
    if (relevant.length > MANY && host.completeness() === 'complete') {
      host.setCompleteness('reading');
      isReading = true;
    }
    try {
      await takeAll(relevant);
    } finally {
      underWay--;
      if (isReading && underWay === 0) await linkAll();
    }
  };
}
