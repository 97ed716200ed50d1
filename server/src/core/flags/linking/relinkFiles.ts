/**
 * Linking a few files again in the order in which linking everything does, among what is known of the rest. It holds as long as what
 * these files give to others is what they gave before: wrappers, questions, lists. Which files those are is the business of `relink.ts`.
 */
import { type FunctionFact, isNominal } from '../../languages/facts.ts';
import type { Check } from '../../model.ts';
import { questionsAsked, questionsIn } from '../guessed/homegrown.ts';
import { flagChangers } from '../guessed/homegrownStubs.ts';
import { commit, type Pending } from '../questions/accept.ts';
import { type Accessors, accessorsIn, addReferences } from '../questions/accessors.ts';
import { clientWords } from '../questions/clientWords.ts';
import { makersIn } from '../questions/flagObjects.ts';
import type { LinkState, Wrapper } from '../questions/linkState.ts';
import { registeredContainers } from '../questions/registeredFlags.ts';
import { usedToggles } from '../questions/toggles.ts';
import { arrangeWrappers } from '../questions/wrappers.ts';
import type { AskedInVain } from '../resolve/askers.ts';
import { familyOf } from '../resolve/programNames.ts';
import type { Reads } from '../resolve/reads.ts';
import type { SdkSurface } from '../sdk.ts';
import { createState, MAX_ROUNDS, sorted } from './checks.ts';
import type { FileShare, LinkInput, LinkMemory, Rounds, Survey } from './linkMemory.ts';
import {
  acceptCalls,
  acceptChanges,
  acceptDirect,
  acceptForeign,
  acceptLists,
  acceptMade,
  acceptNamed,
  acceptObjects,
  toldBy,
  toTheEnd,
} from './linkSteps.ts';

/** What came of it. */
export interface Relinked {
  readonly shares: ReadonlyMap<string, FileShare>;
  /** As they were, or with other checks: then those who ask accessors of these names have to be linked, too. */
  readonly accessors: Accessors;
  readonly renamed: ReadonlySet<string>;
  readonly givers: ReadonlySet<string>;
  readonly entangled: ReadonlySet<string>;
  /** What was asked in vain on behalf of no file, and what was looked up. */
  readonly wishes: AskedInVain;
  readonly reads: Reads;
}

/**
 * Links the files at `paths`, which are in the order of `input.files`. `survey` knows their functions by their new facts. Null where they
 * give others something else than before, or where that can't be told.
 */
export function relinkFiles(
  memory: LinkMemory,
  survey: Survey,
  input: LinkInput,
  paths: readonly string[],
): Relinked | null {
  return toTheEnd(relinkInParts(memory, survey, input, paths));
}

/** What is looked at once more although no edit of these files can have changed it: new files may have. */
export interface Afresh {
  /** Files that may hold clients which others ask by name. */
  readonly clientsOf: readonly string[];
}

/** The same, pausing after each file in each step. */
export function* relinkInParts(
  { touched, shares, entangled }: LinkMemory,
  survey: Survey,
  input: LinkInput,
  paths: readonly string[],
  afresh: Afresh | null = null,
): Generator<undefined, Relinked | null> {
  if (paths.some(path => entangled.has(path))) return null;
  if (paths.length > 1 && paths.some(path => !isFollowedByName(input, path))) return null;
  const state = createState(input, touched, survey, paths);
  const own = new Set(paths);
  const { frame, objectWords, holders, lists } = survey;
  // Which containers are registered, and under which namespaces, is told by a look at all files.
  if (registeredContainers(state, frame.used).size > 0) return null;
  for (const [container, namespace] of survey.registered) state.registered.set(container, namespace);
  const each = function* (step: (path: string, pending: Pending) => void): Generator<undefined, readonly Pending[]> {
    const found: Pending[] = [];
    for (const path of paths) {
      const pending: Pending = new Map();
      step(path, pending);
      found.push(pending);
      yield;
    }
    return found;
  };
  if (afresh !== null && usedToggles(state, input.sdks, frame.used, frame.toggles.names).injected.length > 0)
    return null;
  const direct = yield* each((path, pending) => toTheEnd(acceptDirect(state, path, frame, input.patterns, pending)));
  const holdersOf = new Map<string, ReadonlySet<string>>();
  const objects: Pending[] = [];
  if (objectWords !== null) {
    if (!paths.every(path => makesAlike(state, path, objectWords.makers, frame.used))) return null;
    objects.push(
      ...(yield* each((path, pending) => void holdersOf.set(path, acceptMade(state, path, objectWords, pending)))),
      ...(yield* each((path, pending) => acceptObjects(state, path, objectWords, holders, pending))),
    );
  }
  if (!follow(state, own, survey.rounds, commit(state, [...direct, ...objects]))) return null;
  if (!givesSameWords(state, afresh?.clientsOf ?? paths, survey)) return null;
  state.evaluator.ask('');
  if (!asksSameQuestions(state, own, survey)) return null;
  const told = paths.map(path => {
    state.evaluator.ask(path);
    return questionsAsked(state, path, survey.questions);
  });
  if (told.some(({ passed }) => passed.length > 0)) return null;
  // The questions that are asked: what became of them is known, and the same for all files.
  const [asked, ...more] = survey.homegrownRounds;
  if (asked !== undefined && !follow(state, own, [asked, ...more], known(state, asked))) return null;
  if (!changesAlike(state, own, survey)) return null;
  commit(state, yield* each((path, pending) => acceptChanges(state, path, survey.changers, pending)));
  const toldOfLists = paths.map(path => toldBy(state, path, lists));
  const read =
    lists.types.size === 0 ? [] : yield* each((path, pending) => acceptLists(state, path, lists, frame, pending));
  if (!follow(state, own, survey.listRounds, commit(state, read))) return null;
  const names = new Map<string, ReadonlySet<string>>();
  const foreign = yield* each((path, pending) => void names.set(path, acceptForeign(state, path, holders, pending)));
  if (!follow(state, own, survey.foreignRounds, commit(state, foreign))) return null;
  if (paths.some(path => state.entangled.has(path))) return null;
  const { accessors, renamed } = accessorsNow(state, own, survey.accessors);
  if (renamed.size > 0 && paths.some(path => !isFollowedByName(input, path))) return null;
  for (const path of paths) {
    state.evaluator.ask(path);
    addReferences(state, path, accessors);
    acceptNamed(state, path, accessors);
  }
  const fresh = paths.map((path, at): readonly [string, FileShare] => [
    path,
    {
      checks: sorted(state, path),
      holders: holdersOf.get(path) ?? NOTHING,
      asked: told[at]!.asked,
      told: toldOfLists[at]!,
      names: names.get(path)!,
      wishes: state.evaluator.wishesOf(path),
      reads: state.evaluator.readsOf(path),
    },
  ]);
  const isSame = fresh.every(([path, share]) => {
    const before = shares.get(path)!;
    return (
      share.told === before.told && sameItems(share.holders, before.holders) && sameItems(share.asked, before.asked)
    );
  });
  if (!isSame) return null;
  const { givers, evaluator } = state;
  const ofNobody = { wishes: evaluator.wishesOf(''), reads: evaluator.readsOf('') };
  return { shares: new Map(fresh), accessors, renamed, givers, entangled: state.entangled, ...ofNobody };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Languages in which what a file means to others is looked up by its names, in it alone. */
export function isFollowedByName({ files }: Pick<LinkInput, 'files'>, path: string): boolean {
  const language = files.get(path)?.language;
  return language !== undefined && !isNominal(language) && familyOf(language) === null;
}

/** Makes the rounds that are known; false when these files would find other wrappers in one. `found` is what they found before the first. */
function follow(state: LinkState, own: ReadonlySet<string>, rounds: Rounds, found: readonly Wrapper[]): boolean {
  let fresh = found;
  for (const wrappers of rounds) {
    if (!sameWrappers(state, own, wrappers, fresh)) return false;
    for (const wrapper of wrappers) state.wrappers.set(wrapper.fn, wrapper);
    const asked = arrangeWrappers(state, wrappers);
    const pending = [...own].map(path => {
      const found: Pending = new Map();
      acceptCalls(state, path, asked, found);
      return found;
    });
    fresh = commit(state, pending);
  }
  return fresh.length === 0 && rounds.length < MAX_ROUNDS;
}

/** Whether the wrappers of a round that stand in these files are those that they found. */
function sameWrappers(
  state: LinkState,
  own: ReadonlySet<string>,
  known: readonly Wrapper[],
  found: readonly Wrapper[],
): boolean {
  const before = known.filter(({ path }) => own.has(path));
  return (
    before.length === found.length &&
    before.every((wrapper, at) => wrapper.fn === found[at]!.fn && plain(wrapper) === plain(found[at]!)) &&
    found.every(wrapper => !standsForOthers(state, wrapper))
  );
}

/** Whether other methods may be called in the place of a wrapper. */
function standsForOthers(state: LinkState, { fn, path }: Wrapper): boolean {
  const facts = state.files.get(path)!;
  if (fn.owner === null) return false;
  return facts.language === 'go' || facts.types.some(type => type.name === fn.owner && type.bases.length > 0);
}

function plain({ fn, aliases, ...rest }: Wrapper): string {
  return JSON.stringify(rest);
}

/** The wrappers of a round that nobody finds in single files. */
function known(state: LinkState, round: readonly Wrapper[]): readonly Wrapper[] {
  return round.filter(({ path }) => state.indexes.has(path));
}

/** Whether a file's types extend makers of flag objects as they did. */
function makesAlike(
  state: LinkState,
  path: string,
  makers: ReadonlySet<string>,
  used: ReadonlySet<SdkSurface>,
): boolean {
  const names = new Set(makersIn(state, path, used));
  const own = state.files.get(path)!.types.filter(type => type.bases.length > 0 && makers.has(type.name));
  return [...names].every(name => makers.has(name)) && own.every(({ name }) => names.has(name));
}

/** Whether they hold the clients that others ask by name. */
function givesSameWords(state: LinkState, paths: readonly string[], { frame, clientWords: known }: Survey): boolean {
  state.evaluator.ask('');
  const now = clientWords(state, paths, frame.used);
  return paths.every(path => (now.get(path) ?? []).join('\n') === (known.get(path) ?? []).join('\n'));
}

function asksSameQuestions(state: LinkState, own: ReadonlySet<string>, { questions }: Survey): boolean {
  const before = [...questions.candidates.values()].filter(({ path }) => own.has(path));
  const now = [...own].flatMap(path => questionsIn(state, path));
  return (
    before.length === now.length &&
    before.every((question, at) => question.fn === now[at]!.fn && plain(question) === plain(now[at]!))
  );
}

function changesAlike(state: LinkState, own: ReadonlySet<string>, { changers }: Survey): boolean {
  const wrappers = new Map([...state.wrappers].filter(([, { path }]) => own.has(path)));
  const now = flagChangers({ ...state, wrappers });
  const text = (byName: typeof changers.byName): string =>
    JSON.stringify(
      [...byName].flatMap(([name, all]) => all.flatMap(({ path, key }) => (own.has(path) ? [[name, path, key]] : []))),
    );
  return text(changers.byName) === text(now.byName);
}

/** The accessors with those of these files as they are now, and the names of those that changed. */
function accessorsNow(state: LinkState, own: ReadonlySet<string>, { checks }: Accessors) {
  const now = [...own].flatMap(path => accessorsIn(state, path));
  for (const [, { path }] of now) state.givers.add(path);
  const before = [...checks].filter(([, { path }]) => own.has(path));
  const renamed = new Set<string>();
  const say = (check: Check): string => JSON.stringify([check.key, check.system, check.type, check.confidence]);
  const was = new Map(before.map(([fn, check]) => [fn, say(check)]));
  for (const [fn, check] of now) if (was.get(fn) !== say(check)) renamed.add(fn.name!);
  const is = new Set(now.map(([fn]) => fn));
  for (const [fn] of before) if (!is.has(fn)) renamed.add(fn.name!);
  const byPath = new Map<string, (readonly [FunctionFact, Check])[]>();
  const add = (entry: readonly [FunctionFact, Check]): void => {
    const known = byPath.get(entry[1].path);
    if (known === undefined) byPath.set(entry[1].path, [entry]);
    else known.push(entry);
  };
  for (const entry of checks) if (!own.has(entry[1].path)) add(entry);
  for (const entry of now) add(entry);
  const all = [...state.files.keys()].flatMap(path => byPath.get(path) ?? []);
  const accessors: Accessors = { checks: new Map(all), names: new Set(all.map(([fn]) => fn.name!)) };
  return { accessors, renamed };
}

function sameItems<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  return some.size === others.size && [...some].every(item => others.has(item));
}
