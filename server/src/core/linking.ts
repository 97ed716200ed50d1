/**
 * The link of what a host holds, from one change to the next: nothing when no facts changed, one file where one was edited, else
 * everything. How either is done is the business of `flags/linking/checks.ts` and `flags/linking/relink.ts`.
 */
import type { Entry } from './entries.ts';
import { linkAll, linkInParts } from './flags/linking/checks.ts';
import { moveBetween, moveOfFacts } from './flags/linking/factsAlike.ts';
import { createFileIndexes } from './flags/linking/fileIndex.ts';
import type { Linked, LinkInput, LinkMemory, LinkResult } from './flags/linking/linkMemory.ts';
import { createPlacedLinks } from './flags/linking/placedLinks.ts';
import { relinkFile, relinkKeys } from './flags/linking/relink.ts';
import { FLAG_SDKS } from './flags/sdks/registry.ts';
import type { FileFacts } from './languages/facts.ts';
import type { Pause } from './languages/grammars.ts';
import type { Layout } from './languages/layout.ts';
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
  /**
   * Links what changed so that `result` has it at hand. `pause` is called again and again and lets others run when it is time; when
   * they change something, it begins again, up to a bound: then `result` links it.
   */
  prepareResult(held: () => Held, pause: Pause): Promise<void>;
  /** What is kept of the last link, for whoever links a few files again in another run; null where something changed since. */
  memory(): LinkMemory | null;
  /** Prepares what linking looks up in one file, while others are read; in one with very many calls linking does it itself, in parts. */
  prepare(path: string, facts: FileFacts): void;
}

/** Looking up so many takes some ten milliseconds. */
const MANY_CALLS = 2000;

/** Somebody who types all the time is answered in one piece rather than never. */
const MOST_ATTEMPTS = 3;

export function createLinking(): Linking {
  const indexFile = createFileIndexes(FLAG_SDKS);
  const placeLinks = createPlacedLinks();
  let linked: Linked | null = null;
  /** The result of that, as others are told. */
  let placed: LinkResult | null = null;
  let isCurrent = false;
  /** How often something changed. */
  let changes = 0;
  let preparing: Promise<void> | null = null;
  /** What was known of the files that changed since the last link; null where more than files changed. */
  let before: Map<string, Entry | undefined> | null = new Map();
  let knownKeys: ReadonlySet<string> = new Set();

  /** After an edit of one file, what follows from it alone. */
  const relink = (input: LinkInput, entries: readonly Entry[]): Linked | null => {
    // Files without facts change what is linked by the keys that they define, and by nothing else.
    if (linked !== null && before !== null && [...before.keys()].every(path => !input.files.has(path)))
      return relinkKeys(linked, input);
    const [only, ...others] = before ?? [];
    const now = only === undefined ? undefined : entries.find(entry => entry.path === only[0]);
    if (linked === null || only?.[1] === undefined || now === undefined || others.length > 0) return null;
    const inText = moveBetween(only[1].text, now.text);
    const move = moveOfFacts(inText, only[1].anchored?.layout ?? null, now.anchored?.layout ?? null);
    return relinkFile(linked, input, now.path, move);
  };
  const inputOf = ({ entries, served, modules, patterns, isExcluded }: Held) => {
    const files = new Map<string, FileFacts>();
    const layouts = new Map<string, Layout>();
    for (const { path, facts, anchored } of entries) {
      if (facts !== null) files.set(path, anchored?.facts ?? facts);
      if (anchored !== null) layouts.set(path, anchored.layout);
    }
    const keys = new Set(served.map(flag => flag.key));
    for (const { flagFile } of entries) for (const { key } of flagFile?.flags ?? []) keys.add(key);
    // The same set while it holds the same, so that whoever depends on it can tell.
    if (keys.size !== knownKeys.size || ![...keys].every(key => knownKeys.has(key))) knownKeys = keys;
    const input = { files, modules, sdks: FLAG_SDKS, patterns, knownKeys, indexFile, isExcluded };
    return { input, layouts };
  };
  const take = (next: Linked, layouts: ReadonlyMap<string, Layout>): LinkResult => {
    linked = next;
    isCurrent = true;
    before = new Map();
    placed = placeLinks(next.result, layouts);
    return placed;
  };
  const prepareInParts = async (held: () => Held, pause: Pause): Promise<void> => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS && !(placed !== null && isCurrent); attempt++) {
      const all = held();
      const { input, layouts } = inputOf(all);
      const again = relink(input, all.entries);
      if (again !== null) {
        take(again, layouts);
        return;
      }
      // What was linked before helps no more, and is large.
      linked = null;
      const begun = changes;
      const parts = linkInParts(input);
      // Also when somebody asked for the result meanwhile.
      while (changes === begun && !isCurrent) {
        const part = parts.next();
        if (part.done === true) {
          take(part.value, layouts);
          return;
        }
        await pause();
      }
    }
  };
  return {
    fileChanged(path, known) {
      isCurrent = false;
      changes++;
      if (before?.has(path) === false) before.set(path, known);
    },
    changed() {
      isCurrent = false;
      changes++;
      before = null;
    },
    result(held) {
      if (placed !== null && isCurrent) return placed;
      const all = held();
      const { input, layouts } = inputOf(all);
      const again = relink(input, all.entries);
      if (again === null) linked = null;
      return take(again ?? linkAll(input), layouts);
    },
    async prepareResult(held, pause) {
      if (placed !== null && isCurrent) return;
      // All who ask meanwhile wait for the same.
      preparing ??= prepareInParts(held, pause).finally(() => {
        preparing = null;
      });
      await preparing;
    },
    memory: () => (isCurrent && linked !== null ? linked.memory : null),
    prepare(path, facts) {
      if (facts.calls.length > MANY_CALLS) return;
      const index = indexFile(facts);
      index.questions(path);
      index.prepare();
    },
  };
}
