/**
 * Files that need not be looked at to know that they are unchanged: when the last scan looked at them they were as git's index has them,
 * and git says that they are so now. Which of them were, one byte a file: 1 for those. How git is asked stands in `git/indexComparison.ts`.
 */
import { type ScanState, STAMP_FIELDS } from '../facts-cache/scanState.ts';

/** Those that still are. The paths of the state are sorted. */
export function withoutDiffering({ paths, asIndexed }: ScanState, differing: ReadonlySet<string>): Uint8Array {
  const same = asIndexed.slice();
  for (const path of differing) {
    const index = placeInSorted(paths, path);
    if (index !== null) same[index] = 0;
  }
  return same;
}

/**
 * Which files are as the index has them, after a scan that began at `began` (milliseconds since 1970) with that index and looked at all files:
 * what git was told to watch, where it sees no difference. Git counts seconds: what changed shortly before the scan may have changed
 * once more since.
 */
export function asIndexedNow(
  { paths, stamps }: ScanState,
  watched: ReadonlySet<string>,
  differing: ReadonlySet<string>,
  began: number,
): Uint8Array {
  return Uint8Array.from(paths, (path, index) => {
    const [modified, changed] = [stamps[STAMP_FIELDS * index + 1]!, stamps[STAMP_FIELDS * index + 2]!];
    // No number compares with what is not one.
    const isSettled = Math.max(modified, changed) < began - SETTLED;
    return isSettled && watched.has(path) && !differing.has(path) ? 1 : 0;
  });
}

/** Milliseconds. */
const SETTLED = 3000;

function placeInSorted(paths: readonly string[], path: string): number | null {
  let [low, high] = [0, paths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paths[middle]! < path) low = middle + 1;
    else high = middle;
  }
  return paths[low] === path ? low : null;
}
