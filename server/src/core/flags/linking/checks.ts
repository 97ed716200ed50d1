/**
 * From facts to checks: matches SDK calls, configured patterns and toggles, resolves their keys across files, and follows keys
 * that are parameters into the callers until nothing new is found. Pure: what other files it needs it names in `missing`,
 * what callers may stand in files not yet parsed it names in `callersOf`. Linking one file again is `relink.ts`.
 */
import type { FileFacts, FunctionFact } from '../../languages/facts.ts';
import { declaresFlagValues } from '../guessed/heldFlags.ts';
import { homegrownQuestions, homegrownWrappers, questionsAsked } from '../guessed/homegrown.ts';
import { flagChangers } from '../guessed/homegrownStubs.ts';
import { flagLists } from '../guessed/typedToggles.ts';
import { commit, type Pending } from '../questions/accept.ts';
import { addReferences, findAccessors } from '../questions/accessors.ts';
import { withAliases } from '../questions/aliases.ts';
import { renamedExports } from '../questions/callIndex.ts';
import { arrangeKeyedClasses } from '../questions/classKeys.ts';
import { clientWords } from '../questions/clientWords.ts';
import { arrangeElements } from '../questions/elements.ts';
import { usedFields } from '../questions/flagFields.ts';
import { arrangeFlagObjects, flagObjectWords } from '../questions/flagObjects.ts';
import type { LinkState, Wrapper } from '../questions/linkState.ts';
import { arrangeNamed } from '../questions/namedQuestions.ts';
import { attributeName } from '../questions/objectWrappers.ts';
import { arrangePrefixed } from '../questions/prefixedTexts.ts';
import { registeredContainers } from '../questions/registeredFlags.ts';
import { arrangeForms, usedSurfaces } from '../questions/sdkChecks.ts';
import { isOfFieldAlone } from '../questions/subclassKeys.ts';
import { toggleNames } from '../questions/toggleNames.ts';
import { usedToggleSurfaces, usedToggles } from '../questions/toggles.ts';
import { addInterfaceWrappers, arrangeWrappers } from '../questions/wrappers.ts';
import { createAskers } from '../resolve/askers.ts';
import { packageKnowledge, type SdkSurface } from '../sdk.ts';
import { conclude } from './conclusions.ts';
import type { FileShare, Frame, Linked, LinkInput, LinkMemory, LinkResult, Survey } from './linkMemory.ts';
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
import { stemWord, wrapperWord } from './wishedWords.ts';

/**
 * Wrappers of wrappers are followed this many times. Real code nests two or three; the bound only keeps a pathological
 * repository from costing more than it can give.
 */
export const MAX_ROUNDS = 8;

/** Links all facts into checks. Deterministic: the same input gives the same checks in the same order. */
export function linkChecks(input: LinkInput): LinkResult {
  return linkAll(input).result;
}

/** The same, with what linking one file again needs. */
export function linkAll(input: LinkInput): Linked {
  return toTheEnd(linkInParts(input));
}

/** The same, pausing after each file in each step and within some, so that whoever has time for it can let others run in between. */
export function* linkInParts(input: LinkInput): Generator<undefined, Linked> {
  const { files, patterns } = input;
  const touched = new Set<FunctionFact>();
  const renamed = renamedIn(files.values());
  const hasFlagValues = input.hasFlagValues ?? [...files.values()].some(declaresFlagValues);
  const state = createState(input, touched, { renamed, hasFlagValues });
  const paths = [...files.keys()];
  /** A step over all files; what it finds out about wrappers counts behind it. */
  const each = function* (step: (path: string, pending: Pending) => void): Generator<undefined, readonly Pending[]> {
    const found: Pending[] = [];
    for (const path of paths) {
      const pending: Pending = new Map();
      step(path, pending);
      if (pending.size > 0) found.push(pending);
      yield;
    }
    return found;
  };
  const names = new Set<string>();
  const follow = function* (found: readonly Wrapper[]): Generator<undefined, readonly (readonly Wrapper[])[]> {
    const rounds: (readonly Wrapper[])[] = [];
    for (let fresh = found; rounds.length < MAX_ROUNDS && fresh.length > 0; ) {
      const wrappers = withAliases(state, addInterfaceWrappers(state, fresh));
      rounds.push(wrappers);
      for (const wrapper of wrappers) {
        const { element, made, field, aliases = [] } = wrapper;
        if (field !== undefined) names.add(wrapper.fn.owner!);
        if (isOfFieldAlone(wrapper)) continue;
        for (const name of [...calledAs(state, wrapper, element === true || made === true), ...aliases])
          names.add(name);
      }
      const asked = arrangeWrappers(state, wrappers);
      fresh = commit(state, yield* each((path, pending) => acceptCalls(state, path, asked, pending)));
    }
    return rounds;
  };
  // What the steps below ask of all files at once is made here, file by file, where it is not there yet.
  for (const [path, index] of state.indexes) {
    index.questions(path);
    yield;
    index.prepare();
    yield;
    index.listings(path);
    index.codeLists(path);
    yield;
  }
  const frame = frameOf(state, input);
  yield;
  const direct: Pending[] = [];
  for (const path of paths) {
    const pending: Pending = new Map();
    yield* acceptDirect(state, path, frame, patterns, pending);
    if (pending.size > 0) direct.push(pending);
    yield;
  }
  const objectWords = flagObjectWords(state, frame.used);
  for (const [container, namespace] of registeredContainers(state, frame.used))
    state.registered.set(container, namespace);
  const holdersOf = new Map<string, ReadonlySet<string>>();
  const objects: Pending[] = [];
  if (objectWords !== null) {
    objects.push(
      ...(yield* each((path, pending) => {
        const held = acceptMade(state, path, objectWords, pending);
        if (held.size > 0) holdersOf.set(path, held);
      })),
    );
  }
  const holders = new Set([...holdersOf.values()].flatMap(held => [...held]));
  if (objectWords !== null)
    objects.push(...(yield* each((path, pending) => acceptObjects(state, path, objectWords, holders, pending))));
  const rounds = yield* follow(commit(state, [...direct, ...objects]));
  for (const name of holders) names.add(name);
  // No file asks this: what is found out here must not be among what one has found out.
  state.evaluator.ask('');
  const words = clientWords(state, paths, frame.used);
  for (const name of [...words.values()].flat()) names.add(name);
  const questions = homegrownQuestions(state);
  const told: ReturnType<typeof questionsAsked>[] = [];
  for (const path of paths) {
    state.evaluator.ask(path);
    told.push(questionsAsked(state, path, questions));
    yield;
  }
  const homegrown = homegrownWrappers(state, questions, told);
  yield;
  for (const wrapper of homegrown) state.wrappers.set(wrapper.fn, wrapper);
  const homegrownRounds = yield* follow(homegrown);
  state.evaluator.ask('');
  const changers = flagChangers(state);
  for (const word of changers.words) names.add(word);
  commit(state, yield* each((path, pending) => acceptChanges(state, path, changers, pending)));
  const lists = flagLists(state);
  yield;
  const toldOfLists = paths.map(path => toldBy(state, path, lists));
  const listRounds = yield* follow(
    commit(
      state,
      lists.types.size === 0 ? [] : yield* each((path, pending) => acceptLists(state, path, lists, frame, pending)),
    ),
  );
  for (const name of lists.words) names.add(name);
  const asked = new Map<string, ReadonlySet<string>>();
  const foreignRounds = yield* follow(
    commit(state, yield* each((path, pending) => void asked.set(path, acceptForeign(state, path, holders, pending)))),
  );
  const accessors = findAccessors(state);
  for (const path of paths) {
    state.evaluator.ask(path);
    addReferences(state, path, accessors);
    acceptNamed(state, path, accessors);
    yield;
  }
  const shares = new Map(
    paths.map((path, at): [string, FileShare] => [
      path,
      {
        checks: sorted(state, path),
        holders: holdersOf.get(path) ?? NOTHING,
        asked: told[at]!.asked,
        told: toldOfLists[at]!,
        names: asked.get(path)!,
        wishes: state.evaluator.wishesOf(path),
        reads: state.evaluator.readsOf(path),
      },
    ]),
  );
  const survey: Survey = {
    frame,
    objectWords,
    holders,
    registered: state.registered,
    renamed,
    hasFlagValues,
    rounds,
    questions,
    homegrownRounds,
    changers,
    lists,
    listRounds,
    foreignRounds,
    accessors,
    clientWords: words,
    names,
    wishes: state.evaluator.wishesOf(''),
    reads: state.evaluator.readsOf(''),
  };
  const { givers, entangled } = state;
  yield;
  const memory: LinkMemory = { input, survey, shares, givers, entangled, touched };
  return { result: conclude(memory, null, null), memory };
}

const NOTHING: ReadonlySet<string> = new Set();

/** The words by which other files may call a wrapper. */
function calledAs({ renamed }: LinkState, { path, fn }: Wrapper, isElement: boolean): readonly string[] {
  if (fn.name === null) return [];
  // Whoever imports what has no other name mentions its file.
  if (fn.name === 'default') return [stemWord(path)];
  const own = isElement ? fn.owner! : (attributeName(fn) ?? fn.name);
  // An attribute may be called by its type's whole name too.
  const names = new Set([own, ...(isElement ? [] : [fn.name])]);
  for (const name of names) for (const other of renamed.get(name) ?? []) if (other !== 'default') names.add(other);
  names.delete(own);
  return [isElement ? own : wrapperWord(own, fn), ...names];
}

/** What the steps work on; nothing is found yet. `only` are the files that are looked at, where it is not all of them. */
export function createState(
  input: LinkInput,
  touched: Set<FunctionFact>,
  { renamed, hasFlagValues }: Pick<LinkState, 'renamed' | 'hasFlagValues'>,
  only: readonly string[] | null = null,
): LinkState {
  const { files, modules, sdks, indexFile } = input;
  const paths = only ?? [...files.keys()];
  return {
    files,
    modules,
    evaluator: createAskers(files, modules, facts => indexFile(facts).symbols, packageKnowledge(sdks), touched),
    indexes: new Map(paths.map(path => [path, indexFile(files.get(path)!)])),
    indexFile,
    // In the order of the files, whichever of them has the first check: who reads all checks must not see how they were found.
    checks: new Map(paths.map(path => [path, []])),
    renamed,
    seen: new Set(),
    wrappers: new Map(),
    givers: new Set(),
    entangled: new Set(),
    flagObjects: arrangeFlagObjects(sdks),
    keyedClasses: arrangeKeyedClasses(sdks),
    registered: new Map(),
    hasFlagValues,
    isExcluded: input.isExcluded,
  };
}

/** The names under which these files' modules give on what has another name where it is made. */
export function renamedIn(files: Iterable<FileFacts>): LinkState['renamed'] {
  const renamed = new Map<string, Set<string>>();
  for (const facts of files)
    for (const [name, local] of renamedExports(facts)) renamed.set(local, (renamed.get(local) ?? new Set()).add(name));
  return renamed;
}

/** The checks that the steps found in a file, by position. */
export function sorted(state: LinkState, path: string): FileShare['checks'] {
  return (state.checks.get(path) ?? []).sort((a, b) => a.span.start - b.span.start);
}

function frameOf(state: LinkState, { sdks, knownKeys }: LinkInput): Frame {
  const used = usedSurfaces(state);
  const surfaces = usedToggleSurfaces(sdks, used).map(({ surface }) => surface);
  const names = toggleNames(state.indexes, surfaces);
  return { ...plainFrame({ sdks, knownKeys }, used, names), toggles: usedToggles(state, sdks, used, names) };
}

/** The frame where these surfaces are used, but for what takes a look at the files: components that toggles are injected into. */
export function plainFrame(
  { sdks, knownKeys }: Pick<LinkInput, 'sdks' | 'knownKeys'>,
  used: ReadonlySet<SdkSurface>,
  toggleNames: ReadonlySet<string>,
): Frame {
  return {
    forms: arrangeForms(sdks),
    elements: arrangeElements(sdks),
    flagObjects: arrangeFlagObjects(sdks),
    used,
    fields: usedFields(sdks, used),
    named: arrangeNamed(sdks),
    prefixed: arrangePrefixed(sdks),
    toggles: { surfaces: usedToggleSurfaces(sdks, used), injected: [], names: toggleNames },
    camelCased: camelCased({ knownKeys }),
  };
}

/** Keys as code may spell them. */
export function camelCased({ knownKeys }: Pick<LinkInput, 'knownKeys'>): ReadonlyMap<string, string> {
  return new Map([...knownKeys].map(key => [camelCase(key), key]));
}

/** LaunchDarkly's own rule for hooks: every run of other characters ends a word. */
function camelCase(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
  return words
    .map((word, index) =>
      index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('');
}
