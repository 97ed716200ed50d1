/**
 * Keys that were removed and came back: along the branch itself (first parents), how many files held each key after every
 * commit, and when that fell to none and rose again. What counts is the key as a whole token in any form, so that a key is
 * only called gone where it stood nowhere. When it first appeared is the business of `introduced.ts`.
 */
import { mainlineOf, none, type RawLog } from './rawLog.ts';

/** A time without the key, by the commits that began and ended it; `returned` is null while it lasts. */
export interface KeyAbsence {
  readonly removed: string;
  readonly returned: string | null;
}

/** What is known of a key at the head of a history. */
export interface KeyPresence {
  /** Files that hold the key. */
  readonly files: number;
  /** Oldest first, the newest few. */
  readonly absences: readonly KeyAbsence[];
}

/** Which contents hold which keys. */
export interface Mentions {
  /** A recorder for one reader of contents, which tells each content's keys before the next content's. */
  readonly recorder: () => (content: number, key: number) => void;
  /** The pairs; a key that stands in too many contents to count is left out, and `tooMany` says so. */
  readonly finish: () => { readonly keysOf: KeysOfContent; readonly tooMany: (key: number) => boolean };
}

type KeysOfContent = (content: number) => Iterable<number>;

/** A word that stands in this many file versions was never gone. */
const MOST_CONTENTS = 100_000;

const MOST_ABSENCES = 20;

export function createMentions(keys: number): Mentions {
  const byContent = new Map<number, number[]>();
  const counts = new Uint32Array(keys);
  return {
    recorder: () => {
      const last = new Int32Array(keys).fill(-1);
      return (content, key) => {
        if (last[key] === content || counts[key]! >= MOST_CONTENTS) return;
        last[key] = content;
        counts[key]!++;
        const others = byContent.get(content);
        if (others === undefined) byContent.set(content, [key]);
        else others.push(key);
      };
    },
    finish: () => ({
      keysOf: content => byContent.get(content) ?? [],
      tooMany: key => counts[key]! >= MOST_CONTENTS,
    }),
  };
}

/**
 * The presence of each key at `head`. `before` holds what was known at the commit that `log` begins behind, in the order of
 * the keys; without it the log must reach back to the beginning.
 */
export function followPresence(
  log: RawLog,
  head: string,
  mentions: ReturnType<Mentions['finish']>,
  before: readonly KeyPresence[],
): readonly (KeyPresence | null)[] {
  const files = Int32Array.from(before, ({ files }) => files);
  const absences = before.map(({ absences }) => [...absences]);
  const wasThere = before.map(({ files, absences }) => files > 0 || absences.length > 0);
  for (const { commit, rows } of rowsAlong(log, head)) {
    const touched = new Set<number>();
    const add = (content: number, files_: number): void => {
      if (content === none) return;
      for (const key of mentions.keysOf(content)) {
        files[key]! += files_;
        touched.add(key);
      }
    };
    for (let row = rows.start; row < rows.end; row++) {
      add(log.changes.before[row]!, -1);
      add(log.changes.after[row]!, 1);
    }
    for (const key of touched) {
      const list = absences[key]!;
      const open = list.at(-1)?.returned === null;
      if (files[key]! > 0 && open) list.push({ removed: list.pop()!.removed, returned: log.commits.name(commit) });
      else if (files[key]! <= 0 && wasThere[key] && !open)
        list.push({ removed: log.commits.name(commit), returned: null });
      if (files[key]! > 0) wasThere[key] = true;
    }
  }
  return before.map((_, key) =>
    mentions.tooMany(key) ? null : { files: files[key]!, absences: absences[key]!.slice(-MOST_ABSENCES) },
  );
}

/** The commits of the branch, oldest first, with their rows of `log.changes`. */
function* rowsAlong(
  log: RawLog,
  head: string,
): Generator<{ readonly commit: number; readonly rows: { readonly start: number; readonly end: number } }> {
  const rowsOf = new Map<number, { start: number; end: number }>();
  for (let row = 0; row < log.changes.size; row++) {
    const commit = log.changes.commit[row]!;
    const rows = rowsOf.get(commit);
    if (rows === undefined) rowsOf.set(commit, { start: row, end: row + 1 });
    else rows.end = row + 1;
  }
  for (const commit of mainlineOf(log, head)) {
    const rows = rowsOf.get(commit);
    if (rows !== undefined) yield { commit, rows };
  }
}
