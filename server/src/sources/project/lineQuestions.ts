/**
 * What git is asked about the lines that frames stand on: who changed them last, and which of their files changed lately. It may be
 * asked several times while places become surer; no line is asked about twice.
 */
import type { CommitMoment } from '../../core/model.ts';
import { placeKey } from '../../core/traces/alongTheWay.ts';
import type { FrameSpot } from '../../core/traces/analyse.ts';
import type { Project } from './project.ts';

export interface LineQuestions {
  ask(spots: readonly FrameSpot[]): void;
  /** The last changes of the lines asked about so far, by `placeKey` without a column. Never rejects. */
  changes(): Promise<ReadonlyMap<string, CommitMoment>>;
  /** When their files were last committed, for those that were lately; milliseconds since 1970. Never rejects. */
  committed(): Promise<ReadonlyMap<string, number>>;
}

/** Files whose lines' last changes are asked for: git takes a moment for each. */
const MOST_BLAMED = 20;
/** Files that are looked for among the latest commits. */
const MOST_DATED = 200;

/** `lately` is when files count as changed lately from, milliseconds since 1970; null where nobody needs to know. */
export function createLineQuestions({ past, host }: Project, lately: number | null): LineQuestions {
  const lines = new Map<string, Set<number>>();
  const dated = new Set<string>();
  const changes: Promise<ReadonlyMap<string, CommitMoment>>[] = [];
  const committed: Promise<ReadonlyMap<string, number>>[] = [];

  return {
    ask(spots) {
      if (past === null) return;
      const paths = new Set(spots.map(({ path }) => path));
      const undated = lately === null ? [] : [...paths].filter(path => !dated.has(path));
      const asked = undated.slice(0, MOST_DATED - dated.size);
      for (const path of asked) dated.add(path);
      if (asked.length > 0 && lately !== null) committed.push(past.committedSince(asked, lately));
      const added = new Map<string, number[]>();
      for (const { path, line } of spots) {
        const known = lines.get(path);
        if (known?.has(line) || (known === undefined && lines.size >= MOST_BLAMED)) continue;
        lines.set(path, (known ?? new Set<number>()).add(line));
        added.set(path, [...(added.get(path) ?? []), line]);
      }
      const files = [...added].map(([path, lines]) => ({ path, lines, unsaved: host.documentText(path) }));
      if (files.length > 0) changes.push(past.lastChanges(files).then(byPlace));
    },
    changes: async () => new Map((await Promise.all(changes)).flatMap(found => [...found])),
    committed: async () => new Map((await Promise.all(committed)).flatMap(found => [...found])),
  };
}

function byPlace(found: ReadonlyMap<string, ReadonlyMap<number, CommitMoment>>): ReadonlyMap<string, CommitMoment> {
  const changes = new Map<string, CommitMoment>();
  for (const [path, lines] of found)
    for (const [line, moment] of lines) changes.set(placeKey(path, line, null), moment);
  return changes;
}
