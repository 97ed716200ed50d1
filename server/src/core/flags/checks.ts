/**
 * From facts to checks: matches SDK calls, configured patterns and toggles, resolves their keys across files, and follows keys
 * that are parameters into the callers until nothing new is found. Pure: what other files it needs it names in `missing`,
 * what callers may stand in files not yet parsed it names in `callersOf`.
 */
import type { FileFacts } from '../languages/facts.ts';
import type { Check, Flag, JsonValue, ValueType } from '../model.ts';
import { addAccessors } from './accessors.ts';
import { constantOf, valueTypeOf } from './arguments.ts';
import { askedFlagMatches } from './askedFlags.ts';
import { clientWords } from './clientWords.ts';
import { arrangeElements, elementMatches } from './elements.ts';
import type { IndexFile } from './fileIndex.ts';
import { fieldMatches, usedFields } from './flagFields.ts';
import { arrangeFlagObjects, asFlagObject, flagObjectsAsked, flagObjectsMade, flagObjectWords } from './flagObjects.ts';
import { speaksOfFlags } from './flagWords.ts';
import { foreignMatches } from './foreign.ts';
import { homegrownWrappers } from './homegrown.ts';
import { addCheck, isSeen, type LinkState, type Match, placeKey, type Wrapper } from './linkState.ts';
import { listedFlags } from './listedFlags.ts';
import { attributeName, objectWrappers } from './objectWrappers.ts';
import { type CheckPattern, patternMatches } from './patterns.ts';
import type { ModuleResolver } from './resolve/modules.ts';
import { orObjectKey } from './resolve/objectKeys.ts';
import { asKey, UNKNOWN, type Value, withVia } from './resolve/value.ts';
import { createEvaluator } from './resolve/values.ts';
import { type FlagSdk, packageKnowledge, type SdkSurface } from './sdk.ts';
import { arrangeForms, sdkMatches, usedSurfaces } from './sdkChecks.ts';
import { isStub } from './stubs.ts';
import { templateQuestions } from './templateQuestions.ts';
import { toggleMatches, usedToggles } from './toggles.ts';
import { flagLists, typedToggleMatches } from './typedToggles.ts';
import { addInterfaceWrappers, wrapperFrom, wrapperMatches } from './wrappers.ts';

export interface LinkInput {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  readonly sdks: readonly FlagSdk[];
  readonly patterns: readonly CheckPattern[];
  /** Keys that flag systems define: property reads in camel case are matched back to them. */
  readonly knownKeys: ReadonlySet<string>;
  /** Made for the same SDKs; kept by whoever links more than once. */
  readonly indexFile: IndexFile;
  /** Files in which no call is a check. */
  readonly isExcluded: (path: string) => boolean;
}

export interface LinkResult {
  /** Checks by path, in order of position. */
  readonly checks: ReadonlyMap<string, readonly Check[]>;
  /** Repository files whose facts would resolve more. */
  readonly missing: ReadonlySet<string>;
  /** Names of functions whose calls are checks (or accessors of one): files that hold these words should be parsed too. */
  readonly callersOf: ReadonlySet<string>;
  /** C#: names of types that no path leads to: files that declare them would resolve more. */
  readonly undeclared: ReadonlySet<string>;
  /** Flags that only lists in code name, by path. */
  readonly listed: ReadonlyMap<string, readonly Flag[]>;
}

/**
 * Wrappers of wrappers are followed this many times. Real code nests two or three; the bound only keeps a pathological
 * repository from costing more than it can give.
 */
const MAX_ROUNDS = 8;

/** Links all facts into checks. Deterministic: the same input gives the same checks in the same order. */
export function linkChecks(input: LinkInput): LinkResult {
  const { files, modules, sdks, patterns, indexFile } = input;
  const symbolsOf = (facts: FileFacts) => indexFile(facts).symbols;
  const state: LinkState = {
    files,
    evaluator: createEvaluator(files, modules, symbolsOf, packageKnowledge(sdks)),
    indexes: new Map([...files].map(([path, facts]) => [path, indexFile(facts)])),
    checks: new Map(),
    seen: new Set(),
    wrappers: new Map(),
    flagObjects: arrangeFlagObjects(sdks),
    isExcluded: input.isExcluded,
  };
  const forms = arrangeForms(sdks);
  const elements = arrangeElements(sdks);
  const used = usedSurfaces(state);
  const fields = usedFields(sdks, used);
  const toggles = usedToggles(state, sdks, used);
  const camelCased = new Map([...input.knownKeys].map(key => [camelCase(key), key]));
  const fresh: Wrapper[] = [];
  for (const path of files.keys()) {
    const matches = [
      ...sdkMatches(state, path, forms, used),
      ...elementMatches(state, path, elements, used),
      ...fieldMatches(state, path, fields),
      ...patternMatches(state, path, patterns),
    ];
    for (const match of matches) fresh.push(...accept(state, match));
    for (const toggle of toggleMatches(state, path, toggles)) {
      if (toggle.name === null) {
        fresh.push(...accept(state, toggle.match));
        continue;
      }
      const text = toggle.camelCase ? (camelCased.get(toggle.name) ?? toggle.name) : toggle.name;
      const place = { path, span: toggle.match.nameSpan };
      addCheck(state, toggle.match, { kind: 'text', text, place, via: [] }, undefined);
    }
  }
  const holders = followFlagObjects(state, used, fresh);
  const names = followWrappers(state, fresh);
  for (const name of holders) names.add(name);
  for (const name of clientWords(state, used)) names.add(name);
  for (const name of followHomegrown(state)) names.add(name);
  for (const name of followLists(state, camelCased)) names.add(name);
  for (const path of files.keys()) {
    for (const match of [
      ...foreignMatches(state, path),
      ...askedFlagMatches(state, path),
      ...templateQuestions(state, path),
    ]) {
      accept(state, match);
      names.add(match.method);
    }
  }
  for (const name of addAccessors(state)) names.add(name);
  addDeclarations(state);
  for (const list of state.checks.values()) list.sort((a, b) => a.span.start - b.span.start);
  const { missing, undeclared } = state.evaluator;
  const listed = listedFlags(files, (path, facts) => indexFile(facts).codeLists(path), state.checks, input.knownKeys);
  return { checks: state.checks, missing, callersOf: names, undeclared, listed };
}

/** Finds where flag objects are made and asked; returns the names that hold them. */
function followFlagObjects(state: LinkState, used: ReadonlySet<SdkSurface>, fresh: Wrapper[]): ReadonlySet<string> {
  const names = new Set<string>();
  const words = flagObjectWords(state, used);
  if (words === null) return names;
  for (const path of state.files.keys()) {
    const made = flagObjectsMade(state, path, words);
    for (const match of made.matches) accept(state, match);
    for (const name of made.names) names.add(name);
  }
  for (const path of state.files.keys()) {
    for (const match of flagObjectsAsked(state, path, words, names)) fresh.push(...accept(state, match));
  }
  return names;
}

/** Finds the callers of wrappers, and the callers of those that thereby become wrappers; returns the names of all. */
function followWrappers(state: LinkState, found: readonly Wrapper[]): Set<string> {
  const names = new Set<string>();
  let fresh = found;
  for (let round = 0; round < MAX_ROUNDS && fresh.length > 0; round++) {
    const wrappers = addInterfaceWrappers(state, fresh);
    for (const { fn, element } of wrappers) {
      if (fn.name !== null) names.add(element === true ? fn.owner! : (attributeName(fn) ?? fn.name));
    }
    const next: Wrapper[] = [];
    for (const path of state.files.keys()) {
      for (const match of wrapperMatches(state, path, wrappers)) next.push(...accept(state, match));
    }
    fresh = next;
  }
  return names;
}

/** Flag libraries of the repository's own come last: what data flow explains needs no guess. */
function followHomegrown(state: LinkState): ReadonlySet<string> {
  const wrappers = homegrownWrappers(state);
  for (const wrapper of wrappers) state.wrappers.set(wrapper.fn, wrapper);
  return followWrappers(state, wrappers);
}

/** A property's name as the flag systems spell it. */
function spelled(match: Match, camelCased: ReadonlyMap<string, string>): Match {
  const { keyExpr, via } = match;
  if (via !== 'property' || keyExpr?.kind !== 'string') return match;
  const key = camelCased.get(keyExpr.value);
  return key === undefined ? match : { ...match, keyExpr: { ...keyExpr, value: key } };
}

/** Objects whose types list flags come last of all: the checks found so far tell which types do. Returns the words of their readers. */
function followLists(state: LinkState, camelCased: ReadonlyMap<string, string>): ReadonlySet<string> {
  const lists = flagLists(state);
  const fresh: Wrapper[] = [];
  for (const path of state.files.keys()) {
    for (const match of typedToggleMatches(state, path, lists))
      fresh.push(...accept(state, spelled(match, camelCased)));
  }
  return new Set([...lists.words, ...followWrappers(state, fresh)]);
}

/**
 * A guess is handed on only by functions that speak of flags themselves, and by methods of the very class that is asked: else
 * whatever takes an id would become a check.
 */
function handsGuessOn(state: LinkState, match: Match, { fn, path }: Wrapper): boolean {
  if (speaksOfFlags(fn.name ?? '')) return true;
  if (fn.owner === null || !speaksOfFlags(fn.owner)) return false;
  for (const [asked, wrapper] of state.wrappers) {
    if (asked.name === match.method && asked.owner === fn.owner && wrapper.path === path) return true;
  }
  return false;
}

/** Adds a match as a check; the wrapper it makes of its function, if any, is returned. */
function accept(state: LinkState, asked: Match): readonly Wrapper[] {
  if (isSeen(state, asked)) return [];
  const match: Match = isStub(state, asked) ? { ...asked, role: 'stub' } : asked;
  const key = keyOf(state, match);
  const given = match.fallbackExpr === null ? undefined : constantOf(match.fallbackExpr, match.path, state.evaluator);
  const fallback = match.fallbackExpr === null ? match.constantFallback : given;
  addCheck(state, { ...match, type: match.type ?? typeOfFallback(fallback) }, key, fallback);
  const plain = wrapperFrom(state, match, key, fallback);
  const found: readonly Wrapper[] = [
    ...objectWrappers(state, match, key, fallback),
    ...(plain === null ? [] : [plain]),
  ];
  return found.filter(wrapper => {
    if (state.wrappers.has(wrapper.fn)) return false;
    if (wrapper.confidence !== 'certain' && !handsGuessOn(state, match, wrapper)) return false;
    state.wrappers.set(wrapper.fn, wrapper);
    return true;
  });
}

function keyOf(state: LinkState, { keyExpr, keyPath, path, negation, confidence, system }: Match): Value {
  if (keyExpr === null) return UNKNOWN;
  const value = state.evaluator.evaluate(keyExpr, keyPath ?? path);
  const plain = asFlagObject(state, value) ?? asKey(value);
  // What an SDK takes is a text; a library of the repository's own may take any object that holds one.
  const isText = confidence === 'certain' && system !== 'custom';
  const key = isText ? plain : orObjectKey(state.evaluator, value, plain);
  if (negation !== undefined && key.kind === 'text' && key.text.startsWith(negation))
    return { ...key, text: key.text.slice(negation.length) };
  return keyPath !== undefined && (key.kind === 'text' || key.kind === 'prefix') ? withVia(key, 'constant') : key;
}

function typeOfFallback(fallback: JsonValue | undefined): ValueType | null {
  return fallback === undefined ? null : valueTypeOf(fallback);
}

/** The places where constants, enum members and objects write the keys that checks use. */
function addDeclarations(state: LinkState): void {
  const checks = [...state.checks.values()].flat();
  for (const check of checks) {
    if (check.role !== 'check' || check.keyPlace === null || check.key === null) continue;
    const { path, span } = check.keyPlace;
    const place = placeKey(path, span);
    if (state.seen.has(place)) continue;
    const match: Match = {
      path,
      nameSpan: span,
      end: span.end,
      keyExpr: { kind: 'string', value: check.key, span },
      fallbackExpr: null,
      constantFallback: undefined,
      system: check.system,
      method: check.method,
      type: check.type,
      via: null,
      confidence: check.confidence,
      role: 'declaration',
    };
    addCheck(state, match, { kind: 'text', text: check.key, place: check.keyPlace, via: ['literal'] }, undefined);
  }
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
