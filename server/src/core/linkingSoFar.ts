/**
 * What is known of checks while files are still being read. Linking everything for each answer would take longer than reading does, so an
 * answer is put together of two links: the last one of everything that had been read by then, and one of the open documents
 * with what they import, which is small and follows every change. Less may be known so than in the end; what is told are checks of
 * the very texts that are there. What is left out because it may turn out otherwise stands in `isToldEarly`. Linking itself is
 * `linking.ts`.
 */
import type { Entry } from './entries.ts';
import type { LinkMemory, LinkResult } from './flags/linking/linkMemory.ts';
import { isFollowedByName } from './flags/linking/relinkFiles.ts';
import { nameWished } from './flags/resolve/pathWishes.ts';
import { familyOf } from './flags/resolve/programNames.ts';
import { soughtName } from './flags/resolve/soughtNames.ts';
import type { FileFacts } from './languages/facts.ts';
import type { Pause } from './languages/grammars.ts';
import type { Layout } from './languages/layout.ts';
import { createLinking, type Held, type Placed } from './linking.ts';
import type { Check, Flag } from './model.ts';

/** What the host holds. */
export interface HeldSoFar {
  readonly held: () => Held;
  readonly patterns: () => Held['patterns'];
  readonly entryOf: (path: string) => Entry | undefined;
  /** The paths of open documents. */
  readonly open: () => Iterable<string>;
}

export interface LinkingSoFar {
  /** As those of `Linking`. */
  fileChanged(path: string, before: Entry | undefined): void;
  keysChanged(): void;
  changed(): void;
  /** Everything was linked as it stood some time ago. */
  take(linked: Placed): void;
  /** Links the open documents with what they import, so that `result` has it at hand. */
  prepare(pause: Pause): Promise<void>;
  /** What is known by now; what it lacks (`missing`) is what open documents lack. */
  result(): LinkResult;
}

/** Files that open documents lead to; more take too long to link beneath a keystroke. */
const MOST_NEAR = 40;

/** Imports of imports: constants behind constants, a client behind a wrapper. */
const MOST_STEPS = 8;

export function createLinkingSoFar({ held, patterns, entryOf, open }: HeldSoFar): LinkingSoFar {
  const linking = createLinking();
  /** The open documents and what they import, as far as it is here. */
  const near = new Set<string>();
  let room = MOST_NEAR;
  let base: Base | null = null;
  /** Files were read since what the near ones lack was looked for last. */
  let hasMore = true;

  const heldNear = (): Held => {
    const all = held();
    return { ...all, entries: all.entries.filter(({ path, facts }) => facts === null || near.has(path)) };
  };
  const add = (paths: readonly string[]): void => {
    for (const path of paths) near.add(path);
    if (paths.length > 0) linking.changed();
  };
  const addOpen = (): void => add([...open()].filter(path => !near.has(path) && hasFacts(path)));
  /** Takes in what has been read of what the near files lack. */
  const addMissing = ({ missing, sought, undeclared }: LinkResult): 'more' | 'nothing' => {
    const declaring = undeclared.size > 0 && hasMore ? declaringIn(held().entries, undeclared) : [];
    hasMore = false;
    const named = [...sought].map(text => soughtName(text)!.path);
    const wanted = [...new Set([...missing, ...named, ...declaring])].filter(path => !near.has(path) && hasFacts(path));
    const here = wanted.slice(0, room);
    room -= here.length;
    add(here);
    return here.length > 0 ? 'more' : 'nothing';
  };
  const hasFacts = (path: string): boolean => entryOf(path)?.facts != null;

  return {
    fileChanged(path, before) {
      const isData = before?.facts == null && !hasFacts(path);
      hasMore = true;
      if (near.has(path)) linking.fileChanged(path, before);
      else if (isData) linking.keysChanged();
    },
    keysChanged: () => linking.keysChanged(),
    changed: () => linking.changed(),
    take(linked) {
      base = baseOf(linked);
    },
    async prepare(pause) {
      addOpen();
      for (let step = 0; step < MOST_STEPS; step++) {
        await linking.prepareResult(heldNear, pause);
        if (addMissing(linking.result(heldNear)) === 'nothing') return;
      }
    },
    result() {
      addOpen();
      const around = linking.result(heldNear);
      const knownKeys = linking.memory()?.input.knownKeys ?? NO_KEYS;
      if (base !== null && base.patterns !== patterns()) base = null;
      const known = base === null ? null : stillKnown(base, entryOf);
      const checks = new Map<string, readonly Check[]>();
      const listed = new Map<string, readonly Flag[]>();
      for (const [path, list] of known?.checks ?? []) checks.set(path, list);
      for (const [path, list] of known?.listed ?? []) listed.set(path, list);
      for (const path of near) {
        if (known?.paths.has(path) === true) continue;
        checks.set(
          path,
          (around.checks.get(path) ?? []).filter(check => isToldEarly(check, knownKeys)),
        );
        listed.set(path, around.listed.get(path) ?? []);
      }
      return { ...around, checks, listed };
    },
  };
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** The files that declare one of these types, which no path leads to. */
function declaringIn(entries: readonly Entry[], wished: ReadonlySet<string>): readonly string[] {
  const types = new Set([...wished].map(nameWished));
  return entries.flatMap(({ path, facts }) => (facts?.types.some(({ name }) => types.has(name)) ? [path] : []));
}

/** What is kept of a link of everything. */
interface Base {
  readonly patterns: Held['patterns'];
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly layouts: ReadonlyMap<string, Layout>;
  readonly shares: LinkMemory['shares'];
  readonly checks: LinkResult['checks'];
  readonly listed: LinkResult['listed'];
}

function baseOf({ memory: { input, shares }, placed, layouts }: Placed): Base {
  const isTold = (check: Check): boolean => isToldEarly(check, input.knownKeys);
  const checks = new Map([...placed.checks].map(([path, list]) => [path, list.filter(isTold)] as const));
  return { patterns: input.patterns, files: input.files, layouts, shares, checks, listed: placed.listed };
}

/** Of what was linked then, the files that say the same still, and so do those that they looked something up in. */
function stillKnown(base: Base, entryOf: HeldSoFar['entryOf']) {
  const { files, layouts, shares } = base;
  const isSame = (path: string, facts: FileFacts): boolean => {
    const now = entryOf(path);
    if (now === undefined) return false;
    return (now.anchored?.facts ?? now.facts) === facts && now.anchored?.layout === layouts.get(path);
  };
  const changed = new Set([...files].flatMap(([path, facts]) => (isSame(path, facts) ? [] : [path])));
  // What such a file says may mean something anywhere.
  const isEverywhere = [...changed].some(path => !isFollowedByName(base, path));
  const stands = (path: string): boolean =>
    !isEverywhere &&
    !changed.has(path) &&
    (changed.size === 0 || ![...(shares.get(path)?.reads.keys() ?? [])].some(at => changed.has(at)));
  const paths = new Set([...files.keys()].filter(stands));
  // What is declared somewhere follows from who uses it, which may be what changed.
  const isOwn = ({ keyPlace, role }: Check): boolean =>
    role !== 'declaration' && (keyPlace === null || !changed.has(keyPlace.path));
  const checks = [...base.checks].flatMap(([path, list]) =>
    paths.has(path) ? [[path, changed.size === 0 ? list : list.filter(isOwn)] as const] : [],
  );
  return { paths, checks, listed: [...base.listed].filter(([path]) => paths.has(path)) };
}

/**
 * Whether the whole repository will say the same of a check. One that a name alone speaks for stands or falls with how all of it uses such
 * names, as does one of a constant that any file may define; a key that isn't known yet may be written in a file that was not read; a
 * property may be the spelling of a key that a flag file defines; a class of PHP may say in its own file what its flag is called.
 */
function isToldEarly({ confidence, key, via, language }: Check, knownKeys: ReadonlySet<string>): boolean {
  if (key === null || key.includes('\\') || (via.includes('property') && !knownKeys.has(key))) return false;
  return confidence === 'certain' || (confidence === 'likely' && familyOf(language) === null);
}
