/** Which flags others stand on: an archived one stands on nothing, and none on itself. Looked up once for a snapshot, when asked first. */
import type { Flag } from '../../model.ts';

type Flags = ReadonlyMap<string, readonly Flag[]>;

/** Keys that flags name as their prerequisites. */
export interface NeededFlags {
  /** The flags it is about: a view of other flags has to look anew. */
  readonly flags: Flags;
  has(key: string): boolean;
}

export function createNeededFlags(flags: Flags): NeededFlags {
  let keys: ReadonlySet<string> | null = null;
  return {
    flags,
    has(key) {
      keys ??= prerequisitesIn(flags);
      return keys.has(key);
    },
  };
}

function prerequisitesIn(flags: Flags): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const all of flags.values())
    for (const { archived, key, prerequisites } of all)
      if (!archived) for (const needed of prerequisites) if (needed !== key) keys.add(needed);
  return keys;
}
