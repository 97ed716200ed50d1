/** The history of a repository on disk, from git: when each key was introduced, and how the flags of its flag files changed. */
import type { Config } from '../../core/config.ts';
import { keysToDate } from '../../core/history/keysToDate.ts';
import type { Host } from '../../core/hostInterface.ts';
import type { FlagFile, History } from '../../core/model.ts';
import { isReadPartwise, mayReadClock, versionsDecoder } from '../flag-systems/registry.ts';
import { computeHistory } from '../git/ages.ts';
import { openChanges } from '../git/changesCache.ts';
import type { EditedFile } from '../git/fileChanges.ts';
import { readFlagFileChanges } from '../git/flagFileHistory.ts';
import { addChanges, type ChangesOfFiles, readChangesOfMany } from '../git/flagFilesHistory.ts';
import { describeRepository, prefixOf } from '../git/repository.ts';
import type { ReadFlagFileVersion } from '../workers/flagFileReader.ts';
import { isLarge } from './decodedAhead.ts';
import type { ReadHistory } from './project.ts';

export interface HistoryReading {
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly onProgress?: (done: number, total: number) => void;
  /** A directory to remember ages in; nothing is remembered without it. */
  readonly cacheDirectory?: string;
  /** What changes of flags are remembered for; they are not without it. */
  readonly edition?: string | null;
  /** Decodes older texts in a thread. */
  readonly readVersion?: ReadFlagFileVersion;
}

/** Reads the history of the project at `root`, an absolute path: a repository, or a folder of one. */
export function historyOnDisk(root: string, reading: HistoryReading): ReadHistory {
  return async (host, signal): Promise<History> => {
    const snapshot = host.snapshot(reading.now());
    const { onProgress, cacheDirectory } = reading;
    const history = await computeHistory(root, keysToDate(snapshot), { signal, onProgress, cacheDirectory });
    if (history.kind !== 'known') return history;
    const files = [...snapshot.files.values()].flatMap(file => file.flagFile ?? []);
    return { ...history, ...(await changesOf(root, files, host, reading, signal)) };
  };
}

/** The changes of all flag files. A file whose history can't be read has none: its ages are unknown, never wrong. */
async function changesOf(
  root: string,
  files: readonly FlagFile[],
  host: Pick<Host, 'config'>,
  reading: HistoryReading,
  signal: AbortSignal | undefined,
): Promise<ChangesOfFiles> {
  const repository = await describeRepository(root, signal);
  if (repository.kind === 'failed') return { changes: new Map(), readBackTo: new Map() };
  const prefix = await prefixOf(root, repository);
  const { cacheDirectory: directory, edition } = reading;
  const memory = directory && edition ? await openChanges(directory, edition, repository) : null;
  const configuration = JSON.stringify(host.config());
  const toFollow = files.filter(hasStates).map(file => ({
    isDefault: !hasRollouts(file),
    path: `${prefix}${file.path}`,
    flags: file.flags,
    ...decoderOf(file, host.config(), configuration, reading),
    partwise: isReadPartwise(file),
  }));
  const rollouts = toFollow.filter(({ isDefault }) => !isDefault);
  const single = rollouts.length <= MOST_SINGLE_FILES ? rollouts : [];
  const many = toFollow.filter(file => !single.includes(file));
  const all = await readChangesOfMany(repository, many, signal, memory);
  for (const file of single) {
    const read = await readFlagFileChanges(repository, file.path, file, { signal, memory });
    addChanges(all, file.flags, read.kind === 'ok' ? read : null);
  }
  await memory?.save();
  return all;
}

/** How older versions of a file are decoded, and how that is remembered. */
function decoderOf(
  file: FlagFile,
  config: Config,
  configuration: string,
  reading: HistoryReading,
): Pick<EditedFile, 'decode' | 'decodeLarge' | 'decoder'> {
  const { readVersion } = reading;
  const now = reading.now();
  const decode = versionsDecoder(file, config, now);
  let isClockRead = false;
  return {
    decode: (text, path) => {
      isClockRead ||= mayReadClock(text);
      return decode(text, path);
    },
    // Of a format that is read in parts, the parts that were seen are remembered here.
    decodeLarge:
      readVersion === undefined || isReadPartwise(file)
        ? undefined
        : (text, path) => {
            if (!isLarge(path, text)) return undefined;
            isClockRead ||= mayReadClock(text);
            return readVersion(file, text, path, config, now);
          },
    decoder: {
      name: [file.path, file.system, file.environment, configuration].join('\0'),
      readsClock: () => isClockRead,
    },
  };
}

/** So many files are each followed through all their renames, by a git of its own; more are followed together. */
const MOST_SINGLE_FILES = 20;

function hasStates({ flags }: FlagFile): boolean {
  return flags.some(flag => flag.environments.length > 0);
}

/** Whether a file says what is rolled out. Files of defaults are many, or change with every commit. */
function hasRollouts({ flags }: FlagFile): boolean {
  return flags.some(flag => flag.environments.some(state => state.byDefault !== true));
}
