/**
 * Linking one edited file again. Most keystrokes change no fact but where it stands: then checks only move. Others change what the file
 * itself asks, or what others find in it under some names: then it is linked with those who looked these names up, among what the last
 * link found out about the rest. Where that can't be told, null is returned and everything has to be linked. The result is always
 * that of linking everything.
 */
import type { FileFacts } from '../../languages/facts.ts';
import type { Check } from '../../model.ts';
import { declaresFlagValues } from '../guessed/heldFlags.ts';
import { standingOfFile } from '../lists/codeLists.ts';
import { renamedExports } from '../questions/callIndex.ts';
import { handingsText } from '../questions/handedToggles.ts';
import { injects } from '../questions/injectedToggles.ts';
import { memberReads } from '../questions/memberReads.ts';
import { namesGiven } from '../questions/toggleNames.ts';
import { camelCased } from './checks.ts';
import { conclude } from './conclusions.ts';
import { changedNames } from './faceChanges.ts';
import { alike, type Move, sameFace, sameFacts, withoutGaps } from './factsAlike.ts';
import type { FileShare, Linked, LinkInput, LinkMemory, Survey } from './linkMemory.ts';
import { isFollowedByName, relinkFiles } from './relinkFiles.ts';
import { keepTouched, movedCheck, pointingAt, renewalOf, renewSurvey } from './renewal.ts';

/**
 * The link after an edit of the file at `path`, which is the only one whose facts are others than those of `before`. `move` tells where
 * offsets of its text went.
 */
export function relinkFile(before: Linked, input: LinkInput, path: string, move: Move): Linked | null {
  const again = relinkMemory(before.memory, input, path, move);
  return again === null ? null : concluded(before, again.memory, path, again.paths);
}

/** What is kept of that link, and the files whose share of it may be another, for whoever draws the conclusions himself. */
export function relinkMemory(
  memory: LinkMemory,
  input: LinkInput,
  path: string,
  move: Move,
): { readonly memory: LinkMemory; readonly paths: readonly string[] } | null {
  const [old, fresh, share] = [memory.input.files.get(path), input.files.get(path), memory.shares.get(path)];
  if (!isSameSetting(memory.input, input) || old === undefined || fresh === undefined || share === undefined)
    return null;
  const isMoved = sameFacts(old, fresh, move);
  const reached = isMoved ? [] : readersReached(memory, input, path, old, fresh, move);
  if (reached === null) return null;
  const renewal = renewalOf(old, fresh);
  const isGiver = memory.givers.has(path);
  const survey = isGiver ? renewSurvey(memory.survey, path, renewal) : memory.survey;
  keepTouched(memory.touched, old, renewal);
  const known = withoutGaps(move);
  const own: FileShare = { ...share, checks: share.checks.map(check => movedCheck(check, path, known)) };
  const shares = new Map<string, FileShare>();
  for (const [at, other] of memory.shares) {
    const moved = at === path ? own : pointingAt(other, path, known);
    shares.set(at, isGiver ? { ...moved, asked: renewal.ofSet(moved.asked) } : moved);
  }
  const moved: LinkMemory = { ...memory, input, survey, shares };
  return isMoved ? { memory: moved, paths: [path] } : linkedAgain(moved, [path, ...reached]);
}

function isSameSetting(known: LinkInput, input: LinkInput): boolean {
  return input.knownKeys === known.knownKeys && isSameBut(known, input);
}

/** The link when flag systems define other keys: where no property of an object is read as one, checks are what they were. */
export function relinkKeys(before: Linked, input: LinkInput): Linked | null {
  const { memory } = before;
  const { frame, lists } = memory.survey;
  const reads = frame.toggles.surfaces.length > 0 || frame.toggles.injected.length > 0 || lists.types.size > 0;
  if (
    reads ||
    !isSameBut(memory.input, input) ||
    ![...input.files].every(([path, facts]) => memory.input.files.get(path) === facts)
  )
    return null;
  const next: LinkMemory = {
    ...memory,
    input,
    survey: { ...memory.survey, frame: { ...frame, camelCased: camelCased(input) } },
  };
  return { result: conclude(next, before.result, null), memory: next };
}

/** Whether everything but the defined keys is as before. */
function isSameBut(known: LinkInput, input: LinkInput): boolean {
  return (
    input.modules === known.modules &&
    input.patterns === known.patterns &&
    input.isExcluded === known.isExcluded &&
    input.sdks === known.sdks &&
    input.indexFile === known.indexFile &&
    input.files.size === known.files.size
  );
}

/** The files that looked up something that changed; null where what changed means something to all of them. */
function readersReached(
  memory: LinkMemory,
  input: LinkInput,
  path: string,
  old: FileFacts,
  fresh: FileFacts,
  move: Move,
): readonly string[] | null {
  if (!isFollowedByName(input, path))
    return !memory.givers.has(path) && sameFace(old, fresh, move, memory.touched) ? [] : null;
  const changed = changedNames(old, fresh, move, memory.touched);
  if (changed === null || !surveysAlike(memory.survey, input, path, old, fresh, move)) return null;
  if (changed.size === 0) return [];
  if (intersects(memory.survey.reads.get(path), changed)) return null;
  const reached = [...memory.shares].flatMap(([at, { reads }]) => (intersects(reads.get(path), changed) ? [at] : []));
  return reached.some(at => givesToComponents(memory.survey, input, input.files.get(at)!)) ? null : reached;
}

/** Whether a file may give flags to components: which, is told by a look at all files. */
function givesToComponents({ frame }: Survey, { indexFile }: LinkInput, facts: FileFacts): boolean {
  return injects(indexFile(facts), frame.used) || (frame.toggles.surfaces.length > 0 && handingsText(facts) !== '');
}

/** Whether a file says what it did about the repository as a whole: which SDKs are used, which types list flags, what is given to components. */
function surveysAlike(
  { frame, lists, names }: Survey,
  { indexFile }: LinkInput,
  path: string,
  old: FileFacts,
  fresh: FileFacts,
  move: Move,
): boolean {
  const [before, after] = [indexFile(old), indexFile(fresh)];
  const members = ({ bindings }: FileFacts) => bindings.filter(({ owner }) => owner !== null);
  const says = (index: typeof before) =>
    index.listings(path).map(({ type, ...rest }) => ({ ...rest, name: type.name }));
  return (
    sameItems(new Set(before.imported), new Set(after.imported)) &&
    !renamesWrapper(names, old, fresh) &&
    declaresFlagValues(old) === declaresFlagValues(fresh) &&
    JSON.stringify([...before.aliases]) === JSON.stringify([...after.aliases]) &&
    (frame.toggles.surfaces.length === 0 ||
      (handingsText(old) === handingsText(fresh) &&
        sameItems(namesGiven(path, before, frame.toggles.names), namesGiven(path, after, frame.toggles.names)))) &&
    !injects(before, frame.used) &&
    !injects(after, frame.used) &&
    JSON.stringify(says(before)) === JSON.stringify(says(after)) &&
    (lists.types.size === 0 || (alike(old.types, fresh.types, move) && alike(members(old), members(fresh), move)))
  );
}

/** Whether what changed of the names that a file's modules give on may be a wrapper's. */
function renamesWrapper(wrappers: ReadonlySet<string>, old: FileFacts, fresh: FileFacts): boolean {
  const [before, after] = [old, fresh].map(facts => new Set(renamedExports(facts).map(pair => pair.join(' '))));
  const changed = [...before!, ...after!].filter(pair => before!.has(pair) !== after!.has(pair));
  return changed.some(pair => pair.split(' ').some(name => name === 'default' || wrappers.has(name)));
}

/** Links these files again, and those who ask accessors of theirs that changed. */
function linkedAgain(memory: LinkMemory, reached: readonly string[]): ReturnType<typeof relinkMemory> {
  const { input } = memory;
  let survey = memory.survey;
  for (let paths = inOrder(memory, reached); ; ) {
    const again = relinkFiles(memory, survey, input, paths);
    if (again === null) return null;
    const { accessors, renamed } = again;
    const more = renamed.size === 0 ? [] : askersOf(memory, renamed).filter(at => !paths.includes(at));
    if (more.length > 0) {
      // What they ask is known by now; what they find themselves is not.
      paths = inOrder(memory, [...paths, ...more]);
      continue;
    }
    survey = { ...survey, accessors };
    const next: LinkMemory = {
      ...memory,
      survey,
      shares: new Map([...memory.shares].map(([at, share]) => [at, again.shares.get(at) ?? share])),
      givers: new Set([...memory.givers, ...again.givers]),
      entangled: new Set([...memory.entangled, ...again.entangled]),
    };
    return { memory: next, paths };
  }
}

/** Files in the order in which everything is linked. */
function inOrder({ shares }: LinkMemory, paths: readonly string[]): readonly string[] {
  const wanted = new Set(paths);
  return wanted.size === 1 ? [...wanted] : [...shares.keys()].filter(path => wanted.has(path));
}

/** The files that call or read something of these names. */
function askersOf({ input, shares }: LinkMemory, names: ReadonlySet<string>): readonly string[] {
  return [...shares.keys()].filter(path => {
    const facts = input.files.get(path)!;
    const { calls } = input.indexFile(facts);
    return (
      [...names].some(name => calls.has(name)) || [...memberReads(facts)].some(({ property }) => names.has(property))
    );
  });
}

/** The result of files that were linked again; flags that lists name are kept where they are certain to be the same. */
function concluded(before: Linked, memory: LinkMemory, path: string, paths: readonly string[]): Linked {
  const { input, shares } = memory;
  const known = before.memory.input;
  const lists = (facts: FileFacts) => input.indexFile(facts).codeLists(path).length;
  const isUnlisted =
    lists(input.files.get(path)!) === 0 && lists(known.files.get(path)!) === 0 && standingOfFile(path) === 'none';
  const isAsked = paths.every(at => asksAlike(before.memory.shares.get(at)!.checks, shares.get(at)!.checks, at, path));
  return { result: conclude(memory, before.result, isUnlisted && isAsked ? before.result.listed : null), memory };
}

/** Whether a file's checks say the same of lists of flags in other files than itself and the edited one. */
function asksAlike(before: readonly Check[], after: readonly Check[], path: string, edited: string): boolean {
  const isAlike = (one: Check, other: Check): boolean =>
    one.key === other.key &&
    one.role === other.role &&
    one.confidence === other.confidence &&
    one.keyPlace?.path === other.keyPlace?.path &&
    (one.keyPlace === null ||
      one.keyPlace.path === path ||
      one.keyPlace.path === edited ||
      one.keyPlace.span.start === other.keyPlace!.span.start);
  return before.length === after.length && before.every((check, at) => isAlike(check, after[at]!));
}

function intersects(some: ReadonlySet<string> | undefined, others: ReadonlySet<string>): boolean {
  if (some === undefined) return false;
  for (const item of others) if (some.has(item)) return true;
  return false;
}

function sameItems<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  return some.size === others.size && [...some].every(item => others.has(item));
}
