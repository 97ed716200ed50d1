/**
 * Linking when files came that the last link lacked, as they do while a repository is read: the new files, and those that had looked something
 * up in them, are linked among what is known of the rest. It holds as long as the new files give the others nothing but what is looked up
 * by their paths: no wrappers, questions, lists or names of a whole program. The result is always that of linking everything.
 */
import { declaresFlagValues } from '../guessed/heldFlags.ts';
import { renamedExports } from '../questions/callIndex.ts';
import type { Wrapper } from '../questions/linkState.ts';
import { interfaceMethods } from '../questions/methodDeclarations.ts';
import { namesGiven } from '../questions/toggleNames.ts';
import type { AskedInVain } from '../resolve/askers.ts';
import { directoryOf } from '../resolve/modules.ts';
import { type Reads, WHOLE } from '../resolve/reads.ts';
import { soughtName } from '../resolve/soughtNames.ts';
import { renamedIn } from './checks.ts';
import { conclude } from './conclusions.ts';
import type { FileShare, Linked, LinkInput, LinkMemory, Survey } from './linkMemory.ts';
import { isFollowedByName, relinkInParts } from './relinkFiles.ts';

/**
 * The link of all that is here now, where `before` is that of some of it; null where everything has to be linked, or where more than `most`
 * files would have to be linked for what may turn out not to hold. Pauses after each file in each step.
 */
export function* growInParts(before: Linked, input: LinkInput, most: number): Generator<undefined, Linked | null> {
  const { memory } = before;
  const added = addedTo(memory.input, input);
  if (added === null || !added.every(path => isFollowedByName(input, path))) return null;
  const here = new Set(added);
  const unread = namesUnread(memory.input, added);
  const givenOn = whatGivesOn(memory.input, here);
  const concerned = [...memory.shares].flatMap(([path, { wishes, reads }]) =>
    lacks(wishes, here) || unread(path) || givenOn.has(path) || asksAll(reads, givenOn) ? [path] : [],
  );
  if (added.length + concerned.length > most) return null;
  if (givesToOthers(memory, concerned)) return null;
  // What was asked on behalf of no file was asked of all of them.
  const { survey: known } = memory;
  const isAskedAgain = lacks(known.wishes, here) || concerned.some(unread) || asksAll(known.reads, givenOn);
  if (isAskedAgain && memory.survey.changers.byName.size > 0) return null;
  const names = namesAsked(memory.survey);
  for (const path of added) {
    if (!givesNothing(memory.survey, names, input, path)) return null;
    yield;
  }
  const wider = withRoom(memory, input);
  const own = new Set([...added, ...concerned]);
  const paths = [...input.files.keys()].filter(path => own.has(path));
  const clientsOf = isAskedAgain ? [...input.files.keys()] : paths;
  const again = yield* relinkInParts(wider, wider.survey, input, paths, { clientsOf });
  if (again === null || again.renamed.size > 0) return null;
  const survey: Survey = {
    ...wider.survey,
    accessors: again.accessors,
    wishes: isAskedAgain ? again.wishes : bothWishes(wider.survey.wishes, again.wishes),
    reads: isAskedAgain ? again.reads : bothReads(wider.survey.reads, again.reads),
  };
  const next: LinkMemory = {
    ...wider,
    survey,
    shares: new Map([...wider.shares].map(([path, share]) => [path, again.shares.get(path) ?? share])),
    givers: new Set([...memory.givers, ...again.givers]),
    entangled: new Set([...memory.entangled, ...again.entangled]),
  };
  return { result: conclude(next, before.result, null), memory: next };
}

/** The files that are new; null where anything else is different. */
function addedTo(known: LinkInput, input: LinkInput): readonly string[] | null {
  const isSame =
    input.modules === known.modules &&
    input.patterns === known.patterns &&
    input.isExcluded === known.isExcluded &&
    input.sdks === known.sdks &&
    input.indexFile === known.indexFile &&
    input.knownKeys === known.knownKeys &&
    [...known.files].every(([path, facts]) => input.files.get(path) === facts);
  return isSame ? [...input.files.keys()].filter(path => !known.files.has(path)) : null;
}

/** Whether a file imports one of Go's packages of which these are the first files: where none is here, nobody follows what leads there. */
function namesUnread({ files, modules }: LinkInput, added: readonly string[]): (path: string) => boolean {
  const known = new Set([...files].flatMap(([path, { language }]) => (language === 'go' ? [directoryOf(path)] : [])));
  const first = new Set(added.filter(path => path.endsWith('.go') && !known.has(directoryOf(path))));
  return path => {
    const { language, imports } = files.get(path)!;
    if (first.size === 0 || language !== 'go') return false;
    return imports.some(({ from }) => modules.resolve(path, from, language).some(file => first.has(file)));
  };
}

/** The files that give on all that one of these modules gives. While it was not here, others were asked first (`resolve/exports.ts`). */
function whatGivesOn({ files, modules }: LinkInput, here: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [path, { language, exports }] of files)
    for (const { name, from } of exports)
      if (name === '*' && from !== null && modules.resolve(path, from, language).some(file => here.has(file)))
        found.add(path);
  return found;
}

/** Whether one of these files was asked for what it gives on of others. */
function asksAll(reads: Reads, paths: ReadonlySet<string>): boolean {
  for (const path of paths) if (reads.get(path)?.has(WHOLE.stars) === true) return true;
  return false;
}

/** Whether wrappers stand in one of these files: by what others stand for may follow from what was looked up. */
function givesToOthers({ survey, entangled }: LinkMemory, paths: readonly string[]): boolean {
  const holders = new Set(wrappersOf(survey).map(({ path }) => path));
  return paths.some(path => holders.has(path) || entangled.has(path));
}

function wrappersOf({ rounds, homegrownRounds, listRounds, foreignRounds }: Survey): readonly Wrapper[] {
  return [...rounds, ...homegrownRounds, ...listRounds, ...foreignRounds].flat();
}

/** The names by which functions are looked for in all files. */
interface NamesAsked {
  /** Of wrappers, and those under which modules give them on. */
  readonly wrappers: ReadonlySet<string>;
  /** Of methods that interfaces may declare. */
  readonly methods: ReadonlySet<string>;
}

function namesAsked(survey: Survey): NamesAsked {
  const own = wrappersOf(survey).flatMap(({ fn, aliases = [] }) => [fn.name, fn.owner, ...aliases]);
  const wrappers = new Set(own.filter(name => name !== null));
  for (const name of wrappers) for (const other of survey.renamed.get(name) ?? []) wrappers.add(other);
  return { wrappers, methods: new Set([...wrappers, ...survey.questions.names]) };
}

/** Whether a new file says nothing of what is known of the repository as a whole. */
function givesNothing(survey: Survey, names: NamesAsked, { files, indexFile }: LinkInput, path: string): boolean {
  const facts = files.get(path)!;
  const index = indexFile(facts);
  const { frame, lists, objectWords } = survey;
  return (
    objectWords === null &&
    frame.toggles.injected.length === 0 &&
    [...namesGiven(path, index, frame.toggles.names)].every(name => frame.toggles.names.has(name)) &&
    (survey.hasFlagValues || !declaresFlagValues(facts)) &&
    index.imported.every(surface => frame.used.has(surface)) &&
    index.questions(path).length === 0 &&
    index.listings(path).length === 0 &&
    !meets(new Set(index.aliases.keys()), names.wrappers) &&
    renamedExports(facts).every(
      ([name, local]) => name === 'default' || !(names.wrappers.has(local) || survey.names.has(local)),
    ) &&
    !meets(new Set(index.found(interfaceMethods).keys()), names.methods) &&
    (lists.types.size === 0 ||
      (facts.types.every(({ bases }) => bases.every(base => base.kind !== 'name' || !lists.words.has(base.name))) &&
        facts.bindings.every(
          ({ owner, type }) => owner === null || type?.kind !== 'name' || !lists.words.has(type.name),
        )))
  );
}

/** What is known with the new files in their places, of which nothing is found yet. */
function withRoom(memory: LinkMemory, input: LinkInput): LinkMemory {
  const nothing: FileShare = {
    checks: [],
    holders: new Set(),
    asked: new Set(),
    told: memory.survey.lists.isTold ? '[]' : '',
    names: new Set(),
    wishes: { missing: new Set(), sought: new Set(), undeclared: new Set() },
    reads: new Map(),
  };
  const paths = [...input.files.keys()];
  const shares = new Map(paths.map(path => [path, memory.shares.get(path) ?? nothing]));
  return { ...memory, input, survey: { ...memory.survey, renamed: renamedIn(input.files.values()) }, shares };
}

function bothWishes(some: AskedInVain, more: AskedInVain): AskedInVain {
  return {
    missing: new Set([...some.missing, ...more.missing]),
    sought: new Set([...some.sought, ...more.sought]),
    undeclared: new Set([...some.undeclared, ...more.undeclared]),
  };
}

function bothReads(some: Reads, more: Reads): Reads {
  const reads = new Map(some);
  for (const [path, names] of more) reads.set(path, new Set([...(reads.get(path) ?? []), ...names]));
  return reads;
}

/** Whether one of these files is among those that were asked in vain. */
function lacks({ missing, sought }: AskedInVain, here: ReadonlySet<string>): boolean {
  if (meets(missing, here)) return true;
  for (const text of sought) if (here.has(soughtName(text)!.path)) return true;
  return false;
}

function meets<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  const [fewer, more] = some.size < others.size ? [some, others] : [others, some];
  for (const item of fewer) if (more.has(item)) return true;
  return false;
}
