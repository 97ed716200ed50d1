/**
 * Dates keys that are ordinary words (`demo`, `banner`), which other code is full of: such a word counts in its homes alone, the
 * files in which it stands as a flag today, and in the files that it came from. It came from a file that lost it in the commit in
 * which a home got it: so renames of a list, and flags that moved from one list to another, are followed.
 */
import { hashOfPath, none, type RawLog } from './rawLog.ts';

/** Which contents hold a word, one bit for each content. */
export interface Holdings {
  readonly add: (content: number) => void;
  readonly has: (content: number) => boolean;
}

/** Holdings among `contents` contents, empty. */
export function createHoldings(contents: number): Holdings {
  const bits = new Uint8Array((contents + 7) >> 3);
  return {
    add: content => {
      bits[content >> 3]! |= 1 << (content & 7);
    },
    has: content => content !== none && (bits[content >> 3]! & (1 << (content & 7))) !== 0,
  };
}

/** A change that brought a word to a home: the commit and the content that holds it since. */
export interface Arrival {
  readonly commit: number;
  readonly content: number;
}

/** All arrivals of a word in its homes, and in the files that it came from, in no order. */
export function arrivalsAt(log: RawLog, homes: readonly string[], holds: Holdings): readonly Arrival[] {
  const { commits, losses, gains } = movesOf(log, holds);
  const paths = new Set(homes.map(hashOfPath));
  // A file that comes in may have got the word in a commit that was looked at before.
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const commit of commits) {
      if (!gains.get(commit)!.some(({ path }) => paths.has(path))) continue;
      const origins = (losses.get(commit) ?? []).filter(path => !paths.has(path));
      for (const path of origins) paths.add(path);
      isGrowing ||= origins.length > 0;
    }
  }
  return commits.flatMap(commit =>
    gains.get(commit)!.flatMap(({ path, content }) => (paths.has(path) ? { commit, content } : [])),
  );
}

/** The changes after which a file holds the word and held it not before, and those after which it holds it no more, by commit. */
function movesOf(log: RawLog, holds: Holdings) {
  const gains = new Map<number, { readonly path: number; readonly content: number }[]>();
  const losses = new Map<number, number[]>();
  const { size, commit, path, before, after } = log.changes;
  for (let row = 0; row < size; row++) {
    const isHeld = holds.has(after[row]!);
    if (isHeld === holds.has(before[row]!)) continue;
    if (isHeld) addTo(gains, commit[row]!, { path: path[row]!, content: after[row]! });
    else addTo(losses, commit[row]!, path[row]!);
  }
  return { commits: [...gains.keys()], gains, losses };
}

function addTo<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
