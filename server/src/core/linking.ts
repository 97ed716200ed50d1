/**
 * The link of what a host holds, from one change to the next: nothing when no facts changed, one file where one was edited, a few where a few
 * came, else everything. How that is done is the business of `flags/linking/checks.ts`, `flags/linking/relink.ts` and `flags/linking/grow.ts`.
 */
import type { Entry } from './entries.ts';
import { saysNothing } from './flags/linking/alone.ts';
import { linkAll, linkInParts } from './flags/linking/checks.ts';
import { moveBetween, moveOfFacts } from './flags/linking/factsAlike.ts';
import { createFileIndexes } from './flags/linking/fileIndex.ts';
import { growInParts } from './flags/linking/grow.ts';
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
  /** What flag servers define changed. */
  keysChanged(): void;
  /** More than that changed. */
  changed(): void;
  /** What is found now; `held` is asked only when something changed. */
  result(held: () => Held): LinkResult;
  /**
   * Links what changed so that `result` has it at hand. `pause` is called again and again and lets others run when it is time; when
   * they change more than one file, it begins again, up to a bound: then `result` links it.
   */
  prepareResult(held: () => Held, pause: Pause): Promise<void>;
  /**
   * Links what is held as it stands, whatever changes meanwhile; null when `goesOn` said in between that nobody waits for it any more, or
   * when `result` was asked for. What changed counts from there: where that is one file, `result` links it again by itself.
   */
  linkAsHeld(held: () => Held, pause: Pause, goesOn: () => boolean): Promise<Placed | null>;
  /** The last link, whatever changed since; null where it is gone. */
  last(): Placed | null;
  /** What is kept of the last link, for whoever links a few files again in another run; null where something changed since. */
  memory(): LinkMemory | null;
  /** Whether a file says nothing by itself, of which `mayRead` are those that it might lead to. */
  saysNothing(held: Surroundings, path: string, facts: FileFacts, mayRead: (path: string) => boolean): boolean;
  /** Prepares what linking looks up in one file, while others are read; in one with very many calls linking does it itself, in parts. */
  prepare(path: string, facts: FileFacts): void;
}

/** Of what a host holds, what a single file is linked with. */
export type Surroundings = Pick<Held, 'modules' | 'patterns' | 'isExcluded'>;

/** A link, at its places in the texts that were linked. */
export interface Placed extends Linked {
  readonly placed: LinkResult;
  /** Of the documents that were edited. */
  readonly layouts: ReadonlyMap<string, Layout>;
}

/** What changed since a link was begun. */
interface Changes {
  /** What was known before of the files that did. */
  readonly files: Map<string, Entry | undefined>;
  kind: 'nothing' | 'files or keys' | 'more';
}

/** Looking up so many takes some ten milliseconds. */
const MANY_CALLS = 2000;

/** Where a larger part of the files came, or asks something of those that did, linking everything takes hardly longer. */
const MOST_NEW = 0.4;

/** Somebody who types all the time is answered in one piece rather than never. */
const MOST_ATTEMPTS = 3;

export function createLinking(): Linking {
  const indexFile = createFileIndexes(FLAG_SDKS);
  const placeLinks = createPlacedLinks();
  let linked: Placed | null = null;
  let isCurrent = false;
  let preparing: Promise<void> | null = null;
  /** What changed since the last link, and since those were begun that are under way. */
  let before = noChanges();
  const begun = new Set<Changes>();
  let knownKeys: ReadonlySet<string> = new Set();

  const note = (change: (changes: Changes) => void): void => {
    isCurrent = false;
    for (const changes of [before, ...begun]) change(changes);
  };
  /** After an edit of one file, what follows from it alone. */
  const relink = (input: LinkInput, entries: readonly Entry[]): Linked | null => {
    if (linked === null || before.kind === 'more') return null;
    // Files without facts change what is linked by the keys that they define, and by nothing else.
    if ([...before.files.keys()].every(path => !input.files.has(path))) return relinkKeys(linked, input);
    const [only, ...others] = before.files;
    const now = only === undefined ? undefined : entries.find(entry => entry.path === only[0]);
    if (only?.[1] === undefined || now === undefined || others.length > 0) return null;
    const inText = moveBetween(only[1].text, now.text);
    const move = moveOfFacts(inText, only[1].layout, now.layout);
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
  const take = (next: Linked, layouts: ReadonlyMap<string, Layout>, since = noChanges()): Placed => {
    isCurrent = since.kind === 'nothing';
    before = since;
    linked = { ...next, placed: placeLinks(next.result, layouts), layouts };
    return linked;
  };
  /** The link where nothing changed since. */
  const current = (): Placed | null => (isCurrent ? linked : null);
  /** Links what came among what is linked already where that can be, else everything. */
  const linkWith = function* (input: LinkInput): Generator<undefined, Linked> {
    if (linked !== null && before.kind !== 'more' && [...before.files.values()].every(isNew)) {
      const grown = yield* growInParts(linked, input, input.files.size * MOST_NEW);
      if (grown !== null) return grown;
    }
    // What was linked before helps no more, and is large.
    linked = null;
    return yield* linkInParts(input);
  };
  const linkAsHeld = async (
    held: () => Held,
    pause: Pause,
    goesOn: (since: Changes) => boolean,
  ): Promise<Placed | null> => {
    const ready = current();
    if (ready !== null) return ready;
    const all = held();
    const { input, layouts } = inputOf(all);
    const again = relink(input, all.entries);
    if (again !== null) return take(again, layouts);
    const since = noChanges();
    begun.add(since);
    const parts = linkWith(input);
    try {
      // Until somebody asks for the result meanwhile, which links all of it.
      while (!isCurrent && goesOn(since)) {
        const part = parts.next();
        if (part.done === true) return take(part.value, layouts, since);
        await pause();
      }
      return null;
    } finally {
      begun.delete(since);
    }
  };
  const prepareInParts = async (held: () => Held, pause: Pause): Promise<void> => {
    // One file that somebody types in is linked again behind it.
    const isWorth = ({ kind, files }: Changes): boolean => kind !== 'more' && files.size <= 1;
    for (let attempt = 0; attempt < MOST_ATTEMPTS && current() === null; attempt++)
      await linkAsHeld(held, pause, isWorth);
  };
  return {
    fileChanged(path, known) {
      note(changes => {
        if (changes.kind === 'nothing') changes.kind = 'files or keys';
        if (!changes.files.has(path)) changes.files.set(path, known);
      });
    },
    keysChanged() {
      note(changes => {
        if (changes.kind === 'nothing') changes.kind = 'files or keys';
      });
    },
    changed() {
      note(changes => {
        changes.kind = 'more';
      });
    },
    result(held) {
      const ready = current();
      if (ready !== null) return ready.placed;
      const all = held();
      const { input, layouts } = inputOf(all);
      const again = relink(input, all.entries);
      if (again === null) linked = null;
      return take(again ?? linkAll(input), layouts).placed;
    },
    async prepareResult(held, pause) {
      if (current() !== null) return;
      // All who ask meanwhile wait for the same.
      preparing ??= prepareInParts(held, pause).finally(() => {
        preparing = null;
      });
      await preparing;
    },
    linkAsHeld,
    last: () => linked,
    memory: () => current()?.memory ?? null,
    saysNothing: (held, path, facts, mayRead) =>
      saysNothing({ ...held, sdks: FLAG_SDKS, indexFile }, path, facts, mayRead),
    prepare(path, facts) {
      if (facts.calls.length > MANY_CALLS) return;
      const index = indexFile(facts);
      index.questions(path);
      index.prepare();
    },
  };
}

/** Of a file that changed: whether nothing was known of it. */
function isNew(known: Entry | undefined): boolean {
  return known === undefined;
}

function noChanges(): Changes {
  return { files: new Map(), kind: 'nothing' };
}
