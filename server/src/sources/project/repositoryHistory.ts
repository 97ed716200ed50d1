/** The history of a repository on disk, from git: when each key was introduced, and how flag files changed. */
import { keysToDate } from '../../core/history/keysToDate.ts';
import type { Host } from '../../core/host.ts';
import type { History } from '../../core/model.ts';
import { computeHistory } from '../git/ages.ts';
import type { ReadHistory } from './project.ts';

export interface HistoryReading {
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly onProgress?: (done: number, total: number) => void;
  /** A directory to remember ages in; nothing is remembered without it. */
  readonly cacheDirectory?: string;
}

/** Reads the history of the repository at `root`, an absolute path. */
export function historyOnDisk(root: string, reading: HistoryReading): ReadHistory {
  return async (host: Host, signal: AbortSignal | undefined): Promise<History> => {
    const keys = keysToDate(host.snapshot(reading.now()));
    const { onProgress, cacheDirectory } = reading;
    return computeHistory(root, keys, { signal, onProgress, cacheDirectory });
  };
}
