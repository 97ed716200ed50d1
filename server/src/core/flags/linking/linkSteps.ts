/**
 * The steps of linking, for one file each. `checks.ts` runs them over all files, `relink.ts` over one: the order in which a file asks
 * is the same in both, and so are the answers.
 */

import { askedFlagMatches, heldFlagMatches } from '../guessed/askedFlags.ts';
import { askedRecordMatches } from '../guessed/askedRecords.ts';
import { configuredFlagMatches } from '../guessed/configuredFlags.ts';
import { configuredScriptMatches } from '../guessed/configuredScripts.ts';
import { directiveQuestions } from '../guessed/directiveQuestions.ts';
import { flagConfigurationMatches } from '../guessed/flagConfiguration.ts';
import { flagHolderMatches } from '../guessed/flagHolders.ts';
import { flagServiceMatches } from '../guessed/flagServices.ts';
import { settingMatches } from '../guessed/flagSettings.ts';
import { foreignMatches } from '../guessed/foreign.ts';
import { foreignCallMatches } from '../guessed/foreignCalls.ts';
import { foreignElementMatches } from '../guessed/foreignElements.ts';
import { heldFlagWords } from '../guessed/heldFlags.ts';
import { changedFlags, type FlagChangers } from '../guessed/homegrownStubs.ts';
import { indexedFlagMatches } from '../guessed/indexedFlags.ts';
import { mappedFlagMatches } from '../guessed/mappedFlags.ts';
import { moduleFlagMatches } from '../guessed/moduleFlags.ts';
import { namedListMatches } from '../guessed/namedLists.ts';
import { namedStubs } from '../guessed/namedStubs.ts';
import { objectFunctionMatches, objectFunctionWords } from '../guessed/objectsOfFunctions.ts';
import { packageFlagMatches } from '../guessed/packageFlags.ts';
import { propertyFlagMatches } from '../guessed/propertyFlags.ts';
import { pushedFlagMatches } from '../guessed/pushedFlags.ts';
import { questionsByName } from '../guessed/questionsByName.ts';
import { remoteConfigMatches } from '../guessed/remoteConfigs.ts';
import { rubyQuestions } from '../guessed/rubyQuestions.ts';
import { rubyStubs } from '../guessed/rubyStubs.ts';
import { storeGetterMatches } from '../guessed/storeGetters.ts';
import { storeReadMatches, storeReadWords } from '../guessed/svelteStores.ts';
import { toggleMethodMatches, toggleMethodWords } from '../guessed/toggleMethods.ts';
import { type FlagLists, keysTold, typedToggleMatches } from '../guessed/typedToggles.ts';
import { accept, type Pending } from '../questions/accept.ts';
import type { Accessors } from '../questions/accessors.ts';
import { elementMatches } from '../questions/elements.ts';
import { fieldMatches } from '../questions/flagFields.ts';
import { type FlagObjectWords, flagObjectsAsked, flagObjectsMade, namesGivenOn } from '../questions/flagObjects.ts';
import { addCheck, type LinkState, type Match } from '../questions/linkState.ts';
import { namedQuestionMatches } from '../questions/namedQuestions.ts';
import { type CheckPattern, patternMatches } from '../questions/patterns.ts';
import { prefixedTextMatches } from '../questions/prefixedTexts.ts';
import { sdkMatches } from '../questions/sdkChecks.ts';
import { templateQuestions } from '../questions/templateQuestions.ts';
import { toggleMatches } from '../questions/toggles.ts';
import { type WrappersByName, wrapperMatches } from '../questions/wrappers.ts';
import { constantOf } from '../resolve/arguments.ts';
import type { Frame } from './linkMemory.ts';
import { foreignWord } from './wishedWords.ts';

/** Runs what can be done in parts without a pause. */
export function toTheEnd<T>(parts: Generator<undefined, T>): T {
  for (;;) {
    const part = parts.next();
    if (part.done === true) return part.value;
  }
}

/** What the SDKs' data and the configuration say of a file: in parts, since the first files to ask have much of the others evaluated. */
export function* acceptDirect(
  state: LinkState,
  path: string,
  frame: Frame,
  patterns: readonly CheckPattern[],
  pending: Pending,
): Generator<undefined, void> {
  state.evaluator.ask(path);
  const matches = [...sdkMatches(state, path, frame.forms, frame.used)];
  yield;
  matches.push(
    ...elementMatches(state, path, frame.elements, frame.used),
    ...fieldMatches(state, path, frame.fields),
    ...namedQuestionMatches(state, path, frame.named, frame.used),
    ...prefixedTextMatches(state, path, frame.prefixed, frame.used),
    ...patternMatches(state, path, patterns),
  );
  for (const match of matches) accept(state, match, pending);
  for (const toggle of yield* toggleMatches(state, path, frame.toggles)) {
    if (toggle.name === null) {
      accept(state, toggle.match, pending);
      continue;
    }
    const text = toggle.camelCase ? (frame.camelCased.get(toggle.name) ?? toggle.name) : toggle.name;
    const place = { path, span: toggle.match.nameSpan };
    const { fallbackExpr } = toggle.match;
    const fallback = fallbackExpr === null ? undefined : constantOf(fallbackExpr, path, state.evaluator);
    addCheck(state, toggle.match, { kind: 'text', text, place, via: [] }, fallback);
  }
}

/** Where a file makes flag objects; returns the names that hold them. */
export function acceptMade(state: LinkState, path: string, words: FlagObjectWords, pending: Pending) {
  state.evaluator.ask(path);
  const { matches, names } = flagObjectsMade(state, path, words);
  for (const match of matches) accept(state, match, pending);
  return names;
}

/** Where a file asks flag objects. */
export function acceptObjects(
  state: LinkState,
  path: string,
  words: FlagObjectWords,
  holders: ReadonlySet<string>,
  pending: Pending,
): void {
  state.evaluator.ask(path);
  for (const match of flagObjectsAsked(state, path, words, holders)) accept(state, match, pending);
}

/** Calls of wrappers. */
export function acceptCalls(state: LinkState, path: string, asked: WrappersByName, pending: Pending): void {
  state.evaluator.ask(path);
  for (const match of wrapperMatches(state, path, asked)) accept(state, match, pending);
}

/** Where a test sets flags of the repository's own libraries. */
export function acceptChanges(state: LinkState, path: string, changers: FlagChangers, pending: Pending): void {
  if (changers.byName.size === 0) return;
  state.evaluator.ask(path);
  for (const match of changedFlags(state, path, changers)) accept(state, match, pending);
}

/** Reads of objects whose types list flags. */
export function acceptLists(
  state: LinkState,
  path: string,
  lists: FlagLists,
  { camelCased }: Frame,
  pending: Pending,
): void {
  state.evaluator.ask(path);
  for (const match of typedToggleMatches(state, path, lists)) accept(state, spelled(match, camelCased), pending);
}

/**
 * What a file asks of libraries that stand elsewhere and that no data knows; returns the names of the questions, and those by which it gives
 * flag objects on that `holders` name.
 */
export function acceptForeign(
  state: LinkState,
  path: string,
  holders: ReadonlySet<string>,
  pending: Pending,
): ReadonlySet<string> {
  state.evaluator.ask(path);
  const names = new Set<string>([
    ...namesGivenOn(state.files.get(path)!, holders),
    ...heldFlagWords(state, path),
    ...toggleMethodWords(state.files.get(path)!),
    ...objectFunctionWords(state, path),
    ...storeReadWords(state, path),
  ]);
  const matches = [
    ...foreignMatches(state, path),
    ...foreignCallMatches(state, path),
    ...askedFlagMatches(state, path),
    ...indexedFlagMatches(state, path),
    ...settingMatches(state, path),
    ...configuredFlagMatches(state, path),
    ...configuredScriptMatches(state, path),
    ...storeGetterMatches(state, path),
    ...rubyStubs(state, path),
    ...templateQuestions(state, path),
    ...propertyFlagMatches(state, path),
    ...namedListMatches(state, path),
    ...packageFlagMatches(state, path),
    ...moduleFlagMatches(state, path),
    ...flagHolderMatches(state, path),
    ...foreignElementMatches(state, path),
    ...directiveQuestions(state, path),
    ...remoteConfigMatches(state, path),
    ...objectFunctionMatches(state, path),
    ...askedRecordMatches(state, path),
    ...mappedFlagMatches(state, path),
    ...pushedFlagMatches(state, path),
    ...rubyQuestions(state, path),
  ];
  for (const match of matches) {
    accept(state, match, pending);
    names.add(foreignWord(match.method));
  }
  // These are asked by words that all files hold; who asks them is told by what they are held by.
  const byCommonWords = [
    ...heldFlagMatches(state, path),
    ...toggleMethodMatches(state, path),
    ...flagServiceMatches(state, path),
    ...flagConfigurationMatches(state, path),
    ...namedStubs(state, path),
    ...storeReadMatches(state, path),
  ];
  for (const match of byCommonWords) accept(state, match, pending);
  return names;
}

/** Where a file asks questions that are called as their flags, and that nothing else was said of. */
export function acceptNamed(state: LinkState, path: string, accessors: Accessors): void {
  const pending: Pending = new Map();
  for (const match of questionsByName(state, path, accessors)) accept(state, match, pending);
}

/** What a file's checks tell of lists of flags, as one text; empty where nobody asks. */
export function toldBy(state: LinkState, path: string, { isTold }: FlagLists): string {
  return isTold ? JSON.stringify(keysTold(state.checks.get(path) ?? [])) : '';
}

/** A property's name as the flag systems spell it. */
function spelled(match: Match, camelCased: ReadonlyMap<string, string>): Match {
  const { keyExpr, via } = match;
  if (via !== 'property' || keyExpr?.kind !== 'string') return match;
  const key = camelCased.get(keyExpr.value);
  return key === undefined ? match : { ...match, keyExpr: { ...keyExpr, value: key } };
}
