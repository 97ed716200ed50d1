/**
 * The link of what a host holds, from one change to the next: nothing when no facts changed, one file where one was edited, else
 * everything. How either is done is the business of `flags/checks.ts` and `flags/relink.ts`.
 */
import type { Entry } from './entries.ts';
import { linkAll } from './flags/checks.ts';
import { moveBetween } from './flags/factsAlike.ts';
import { createFileIndexes } from './flags/fileIndex.ts';
import type { Linked, LinkInput, LinkResult } from './flags/linkMemory.ts';
import { relinkFile } from './flags/relink.ts';
import { FLAG_SDKS } from './flags/sdks/registry.ts';
import type { FileFacts } from './languages/facts.ts';
import type { Flag } from './model.ts';

/** What a host links: its files in the order of their paths, the flags that are defined, and what follows from the configuration. */
export interface Held extends Pick<LinkInput, 'modules' | 'patterns' | 'isExcluded'> {
  readonly entries: readonly Entry[];
  readonly served: readonly Flag[];
}

export interface Linking {
  /** A file's facts, or the keys that it defines, are others than those of `before`. */
  fileChanged(path: string, before: Entry | undefined): void;
  /** More than files changed. */
  changed(): void;
  /** What is found now; `held` is asked only when something changed. */
  result(held: () => Held): LinkResult;
  /** Prepares what linking looks up in one file: linking looks at every file at once and can't pause. */
  prepare(path: string, facts: FileFacts): void;
}

export function createLinking(): Linking {
  const indexFile = createFileIndexes(FLAG_SDKS);
  let linked: Linked | null = null;
  let isCurrent = false;
  /** What was known of the files that changed since the last link; null where more than files changed. */
  let before: Map<string, Entry | undefined> | null = new Map();
  let knownKeys: ReadonlySet<string> = new Set();

  /** After an edit of one file, what follows from it alone. */
  const relink = (input: LinkInput, entries: readonly Entry[]): Linked | null => {
    const [only, ...others] = before ?? [];
    const now = only === undefined ? undefined : entries.find(entry => entry.path === only[0]);
    if (linked === null || only?.[1] === undefined || now === undefined || others.length > 0) return null;
    return relinkFile(linked, input, now.path, moveBetween(only[1].text, now.text));
  };
  return {
    fileChanged(path, known) {
      isCurrent = false;
      if (before?.has(path) === false) before.set(path, known);
    },
    changed() {
      isCurrent = false;
      before = null;
    },
    result(held) {
      if (linked !== null && isCurrent) return linked.result;
      const { entries, served, modules, patterns, isExcluded } = held();
      const files = new Map<string, FileFacts>();
      for (const entry of entries) if (entry.facts !== null) files.set(entry.path, entry.facts);
      const keys = new Set(served.map(flag => flag.key));
      for (const { flagFile } of entries) for (const { key } of flagFile?.flags ?? []) keys.add(key);
      // The same set while it holds the same, so that whoever depends on it can tell.
      if (keys.size !== knownKeys.size || ![...keys].every(key => knownKeys.has(key))) knownKeys = keys;
      const input = { files, modules, sdks: FLAG_SDKS, patterns, knownKeys, indexFile, isExcluded };
      linked = relink(input, entries) ?? linkAll(input);
      isCurrent = true;
      before = new Map();
      return linked.result;
    },
    prepare(path, facts) {
      const index = indexFile(facts);
      index.questions(path);
      index.prepare();
    },
  };
}
