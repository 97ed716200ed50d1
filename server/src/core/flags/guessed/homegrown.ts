/**
 * Flag libraries that nobody told us of, recognised by their shape: a function, method or hook whose name (or whose class) speaks of
 * features, flags, toggles or experiments, that asks for one by a parameter named like a key, and that code outside tests asks
 * with constant keys. What is found is *likely*; a line of configuration makes it certain. What flows into a known SDK is a
 * wrapper and is found by data flow, not here.
 */
import {
  type CallExpr,
  type Expr,
  type FileFacts,
  type FunctionFact,
  hasFreeMembers,
  isNominal,
  type ParameterFact,
} from '../../languages/facts.ts';
import type { ValueType } from '../../model.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { areKeysOfFlags, isOfApparatus, isOfCommandLine, mayBeOtherFlags } from '../names/otherFlags.ts';
import { CHANGES } from '../names/questionWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import type { LinkState, Wrapper } from '../questions/linkState.ts';
import { declarationsOf } from '../questions/methodDeclarations.ts';
import { fittingOverloads } from '../questions/objectWrappers.ts';
import { lastName } from '../questions/wrappers.ts';
import { argumentAt, argumentOfFunction } from '../resolve/arguments.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { asKey, type Value } from '../resolve/value.ts';

/** Functions that look like the questions of a flag library. Whether they are is told by who asks them. */
export interface Questions {
  readonly candidates: ReadonlyMap<FunctionFact, Wrapper>;
  readonly names: ReadonlySet<string>;
}

/** The repository's functions of this kind that are no wrappers already. */
export function homegrownQuestions(state: LinkState): Questions {
  const candidates = new Map<FunctionFact, Wrapper>();
  for (const path of state.indexes.keys())
    for (const wrapper of questionsIn(state, path)) candidates.set(wrapper.fn, wrapper);
  return { candidates, names: new Set([...candidates.keys()].map(fn => fn.name!)) };
}

/** Those of one file. */
export function questionsIn(state: LinkState, path: string): readonly Wrapper[] {
  if (state.isExcluded(path)) return [];
  return state.indexes
    .get(path)!
    .questions(path)
    .flatMap(({ fn, key }) => {
      state.givers.add(path);
      state.evaluator.ask(path);
      return state.wrappers.has(fn) ? [] : [wrapperOf(state, path, fn, key)];
    });
}

/** What one file tells of questions: those that it asks with constant keys, and those that hand their key on to another. */
export interface Asking {
  readonly asked: ReadonlySet<FunctionFact>;
  /** The keys of questions that may be about the flags of something else; all keys together tell. */
  readonly doubtful: ReadonlyMap<FunctionFact, ReadonlySet<string>>;
  readonly passed: readonly Passed[];
}

/** What one file tells of these questions; a test tells nothing. */
export function questionsAsked(state: LinkState, path: string, { candidates, names }: Questions): Asking {
  const asked = new Set<FunctionFact>();
  const doubtful = new Map<FunctionFact, Set<string>>();
  const passed: Passed[] = [];
  const index = state.indexes.get(path)!;
  for (const name of isTestPath(path) ? [] : names) {
    for (const call of index.calls.get(name) ?? []) {
      for (const { fn, key } of askedBy(state, path, call, name, candidates)) {
        const isConstant = key.kind === 'text' && KEY_SHAPE.test(key.text);
        if (takesFlag(state, candidates.get(fn)!)) asked.add(fn);
        else if (isConstant && mayBeOtherFlags(fn, candidates.get(fn)!.path))
          doubtful.set(fn, (doubtful.get(fn) ?? new Set()).add(key.text));
        else if (isConstant) asked.add(fn);
        if (key.kind === 'parameter') passed.push({ from: key.fn, to: fn });
      }
    }
  }
  if (passed.length > 0 || doubtful.size > 0) {
    state.givers.add(path);
    state.entangled.add(path);
  }
  return { asked, doubtful, passed };
}

/** The questions that are asked, as wrappers. */
export function homegrownWrappers(
  state: LinkState,
  { candidates }: Questions,
  told: readonly Asking[],
): readonly Wrapper[] {
  const asked = new Set(told.flatMap(each => [...each.asked]));
  for (const fn of areFlagsAfterAll(told)) asked.add(fn);
  addRelated(
    state,
    candidates,
    told.flatMap(each => each.passed),
    asked,
  );
  return [...candidates].filter(([fn]) => asked.has(fn)).map(([, wrapper]) => wrapper);
}

/** Of the questions that may be about something else, those whose keys look like flags; what has the same name asks for the same. */
function areFlagsAfterAll(told: readonly Asking[]): readonly FunctionFact[] {
  const keys = new Map<string, Set<string>>();
  const all = told.flatMap(({ doubtful }) => [...doubtful]);
  for (const [{ name }, own] of all) keys.set(name!, new Set([...(keys.get(name!) ?? []), ...own]));
  return all.flatMap(([fn]) => (areKeysOfFlags([...keys.get(fn.name!)!]) ? [fn] : []));
}

/** Whether a question's key is of a type of the repository that speaks of flags: whatever it is asked for is a flag then. */
function takesFlag(state: LinkState, { fn, key, path }: Wrapper): boolean {
  if (fn.owner === null) return false;
  const type = fn.parameters.find(({ position }) => position === key.position)?.type ?? null;
  const value = type === null ? null : state.evaluator.evaluate(type, path);
  return value?.kind === 'type' && isNominal(state.files.get(value.path)!.language) && speaksOfFlags(value.type.name);
}

/** A question that asks another with the key that it was asked for. */
export interface Passed {
  readonly from: FunctionFact;
  readonly to: FunctionFact;
}

/**
 * Questions that are asked because others are, in languages whose types say what is asked: those of the same type, those that
 * implement one, and those that one hands its key on to.
 */
function addRelated(
  state: LinkState,
  candidates: ReadonlyMap<FunctionFact, Wrapper>,
  passed: readonly Passed[],
  asked: Set<FunctionFact>,
): void {
  for (let size = -1; size < asked.size; ) {
    size = asked.size;
    const libraries = new Set([...asked].flatMap(fn => libraryOf(state, fn, candidates.get(fn)!) ?? []));
    for (const { from, to } of passed) {
      if (asked.has(from) && libraryOf(state, to, candidates.get(to)!) !== null) asked.add(to);
    }
    for (const [fn, wrapper] of candidates) {
      const library = asked.has(fn) ? null : libraryOf(state, fn, wrapper);
      if (library === null) continue;
      state.evaluator.ask(wrapper.path);
      const isRelated =
        libraries.has(library) || declarationsOf(state, wrapper.path, fn).some(declared => asked.has(declared.fn));
      if (isRelated) asked.add(fn);
    }
  }
}

/** The type that a question belongs to, in languages in which types say what their questions take. */
function libraryOf(state: LinkState, fn: FunctionFact, { path }: Wrapper): string | null {
  const isTold = fn.owner !== null && fn.owner !== '' && isNominal(state.files.get(path)!.language);
  return isTold ? `${path}\0${fn.owner}` : null;
}

/** A function that looks like the question of a flag library, and the parameter that stands for the key. */
export interface FlagQuestion {
  readonly fn: FunctionFact;
  readonly key: ParameterFact;
}

/** Such functions of one file; none of a test. */
export function flagQuestions(path: string, facts: FileFacts, askedKey: AskedKey): readonly FlagQuestion[] {
  if (isTestPath(path)) return [];
  // In Java and C#, what belongs to no type is seen in one function alone: no library.
  const isClosed = isNominal(facts.language) && !hasFreeMembers(facts.language);
  const functions = isClosed ? facts.functions.filter(fn => fn.owner !== null) : facts.functions;
  const questions = functions.flatMap(fn => {
    const key = askedKey(fn, path);
    return key === null ? [] : [{ fn, key }];
  });
  return isNominal(facts.language) ? [...questions, ...otherOverloads(functions, questions)] : questions;
}

/** The parameter by which a function of the file at this path asks for a flag, or null. */
export type AskedKey = (fn: FunctionFact, path: string) => ParameterFact | null;

/** Looks at each function once: an edited file keeps most of those that it had. */
export function createAskedKey(): AskedKey {
  const known = new WeakMap<FunctionFact, { readonly path: string; readonly key: ParameterFact | null }>();
  return (fn, path) => {
    const existing = known.get(fn);
    if (existing?.path === path) return existing.key;
    const key = asksForFlag(fn, path);
    known.set(fn, { path, key });
    return key;
  };
}

/** Overloads of a question ask the same, whatever they call the parameter at its key's place. */
function otherOverloads(
  functions: readonly FunctionFact[],
  questions: readonly FlagQuestion[],
): readonly FlagQuestion[] {
  return functions.flatMap(fn => {
    if (questions.some(question => question.fn === fn)) return [];
    const asked = questions.find(question => question.fn.name === fn.name && question.fn.owner === fn.owner);
    const key = fn.parameters.find(parameter => parameter.position === asked?.key.position);
    return asked === undefined || key === undefined || key.type?.kind !== asked.key.type?.kind ? [] : [{ fn, key }];
  });
}

function wrapperOf(state: LinkState, path: string, fn: FunctionFact, parameter: ParameterFact): Wrapper {
  const key = argumentOfFunction(state.evaluator, path, parameter);
  const type: ValueType | null = wordsOf(fn.name!).some(word => ASKS_YES_OR_NO.has(word)) ? 'boolean' : null;
  return { path, fn, key, fallback: null, constantFallback: undefined, type, confidence: 'likely', prefix: null };
}

/** The candidates that a call means, and the key that it asks each for: the one it resolves to or, on a receiver that can't be followed, all. */
function askedBy(
  state: LinkState,
  path: string,
  call: CallExpr,
  name: string,
  candidates: ReadonlyMap<FunctionFact, Wrapper>,
): readonly { readonly fn: FunctionFact; readonly key: Value }[] {
  const callee = state.evaluator.evaluate(call.callee, path);
  const meant =
    callee.kind === 'function'
      ? fittingOverloads(state, callee.path, callee.fn, call, path).filter(fn => candidates.has(fn))
      : (callee.kind === 'unknown' || callee.kind === 'external') && call.callee.kind === 'member'
        ? namedAlike(
            call.callee.object,
            [...candidates.keys()].filter(fn => fn.name === name && fn.owner !== null),
          )
        : [];
  return meant.flatMap(fn => {
    const key = argumentAt(call, candidates.get(fn)!.key);
    const value = key === null ? null : state.evaluator.evaluate(key, path);
    return value === null ? [] : [{ fn, key: orObjectKey(state.evaluator, value, asKey(value)) }];
  });
}

/** Of the methods that a call may mean, those of the types that its receiver is named after; all where it is named after none. */
function namedAlike(receiver: Expr, methods: readonly FunctionFact[]): readonly FunctionFact[] {
  const words = new Set(wordsOf(lastName(receiver)));
  const alike = methods.map(fn => wordsOf(fn.owner ?? '').filter(word => words.has(word)).length);
  const most = Math.max(0, ...alike);
  return methods.filter((_, index) => alike[index] === most);
}

/** PHP's classes may be keys; their full names have backslashes. */
const KEY_SHAPE = /^[A-Za-z][\w.:/\\-]{1,99}$/;

/** The parameter that stands for the key, when a function asks for a flag; else null. */
function asksForFlag(fn: FunctionFact, path: string): ParameterFact | null {
  if (fn.name === null) return null;
  const words = wordsOf(fn.name);
  // `onToggle` is told that something happened.
  if (words.length > 6 || words.some(word => CHANGES.has(word)) || (words[0] === 'on' && words.length > 1)) return null;
  if ((mayBeOtherFlags(fn, path) && isOfCommandLine(fn)) || isOfApparatus(fn)) return null;
  if (!asks(words, fn, path)) return givesFlag(words, fn) ? keyPlaces(fn).find(isTypedKey)! : null;
  const parameters = keyPlaces(fn);
  const key = parameters.find(isKeyLike) ?? (namesQuestion(words) ? onlyText(fn, parameters) : null);
  return key === null || isOfBits(fn, key) ? null : key;
}

/** `HasFlag(this T value, T flag)`: what is asked for is a part of a value of the same type. */
function isOfBits({ parameters }: FunctionFact, key: ParameterFact): boolean {
  const type = typeNameOf(key.type);
  if (type === '' || /^(?:str|string|charsequence|object|any|int|id|uuid)$/i.test(type)) return false;
  return parameters.some(other => other !== key && typeNameOf(other.type) === type);
}

/** `isFeatureGateEnabled`: what is asked for is one of them, whatever the parameter is called. */
function namesQuestion(words: readonly string[]): boolean {
  return (
    words.length > 2 &&
    words.some(word => ON_OR_OFF.has(word)) &&
    words.includes('feature') &&
    words.every(word => isFlagNoun(word) || PLAIN_QUESTION.has(word) || word === 'gate')
  );
}

/** The only parameter, if it is a text as far as anybody says. */
function onlyText({ parameters: all }: FunctionFact, [only]: readonly ParameterFact[]): ParameterFact | null {
  if (only === undefined || all.filter(({ position }) => position >= 0).length !== 1) return null;
  return only.type === null || /^(?:str|string)$/i.test(typeNameOf(only.type)) ? only : null;
}

/**
 * `isFeatureEnabled`, `has_feature`, `useUiFlag`, `getFeatureFlag`; and `isEnabled`, `variant` where the class or the file
 * speaks of flags. `getFeature` and `useToggle` are left alone: they hand out records and switch panels.
 */
function asks(words: readonly string[], fn: FunctionFact, path: string): boolean {
  const yesOrNo = words.some(word => ASKS_YES_OR_NO.has(word));
  if (words.some(isFlagNoun)) {
    const certainly = words.some(word => UNMISTAKABLE.has(word));
    return (
      yesOrNo ||
      (certainly && words.some(word => ASKS.has(word))) ||
      (words[0] === 'use' && words.includes('feature')) ||
      isSelector(words)
    );
  }
  // `isSwitchOn(name)`: the switches of a panel are asked without saying which.
  if (yesOrNo && words.some(word => SWITCHES.has(word)))
    return words.every(word => SWITCHES.has(word) || PLAIN_QUESTION.has(word));
  const place = fn.owner ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  if (words.length === 1 && words[0] === 'has' && areBits(place)) return false;
  // `is_enabled(flag: PreviewFeature)`: of such a type a flag of anything else is hardly asked for by a word that says on or off.
  const takesFlag = words.some(word => ON_OR_OFF.has(word)) && keyPlaces(fn).some(isTypedFeature);
  return yesOrNo && words.every(word => PLAIN_QUESTION.has(word)) && (speaksOfFlags(place) || takesFlag);
}

/** `selectFeatureValue(state, key)`: what takes something out of a store. */
function isSelector(words: readonly string[]): boolean {
  return words[0] === 'select' && words.includes('feature') && words.at(-1) === 'value';
}

/** `EncodingFlags`, `open_flags`: a set of bits by another name, of which `has` asks for one. */
function areBits(place: string): boolean {
  const words = wordsOf(place);
  const isNamed = words.length > 1 && /^flags?$/.test(words.at(-1)!);
  return isNamed && words.every(word => !isFlagNoun(word) || word === 'flag' || word === 'flags');
}

function keyPlaces(fn: FunctionFact): readonly ParameterFact[] {
  return fn.parameters.filter(parameter => parameter.position >= 0 && parameter.position < 3);
}

/**
 * `FeatureFlagProvider.provide(key: FeatureFlagKey)`: what answers for flags, by whatever plain word, and takes what can only be one
 * of them. What keeps flags hands out records (`repository.get(id: FlagId)`).
 */
function givesFlag(words: readonly string[], fn: FunctionFact): boolean {
  const owner = wordsOf(fn.owner ?? '');
  return (
    owner.some(word => NAMED_FLAG.has(word)) &&
    owner.some(word => ANSWERS.has(word)) &&
    words.every(word => GIVES.has(word)) &&
    keyPlaces(fn).some(isTypedKey)
  );
}

function isTypedKey({ type }: ParameterFact): boolean {
  return wordsOf(typeNameOf(type)).some(word => NAMED_FLAG.has(word));
}

function isTypedFeature({ type }: ParameterFact): boolean {
  const words = wordsOf(typeNameOf(type));
  return FEATURE_TYPE.has(words.at(-1) ?? '') || words.includes('feature');
}

function typeNameOf(type: Expr | null): string {
  if (type === null) return '';
  return type.kind === 'name' ? type.name : type.kind === 'member' ? type.property : '';
}

function isKeyLike(parameter: ParameterFact): boolean {
  const type = wordsOf(typeNameOf(parameter.type));
  if (parameter.name === 'code') return true;
  const words = [...wordsOf(parameter.name), ...type];
  return !KEEPS_FLAGS.has(type.at(-1) ?? '') && words.some(word => KEY_WORDS.has(word) || isFlagNoun(word));
}

/** `(state: FeatureFlagsState, flag)`: what a flag is looked up in is no flag. */
const KEEPS_FLAGS = new Set(['client', 'config', 'context', 'manager', 'provider', 'service', 'state', 'store']);

const ASKS_YES_OR_NO = new Set(['is', 'has', 'enabled', 'active', 'on', 'are', 'variant', 'variation']);
const ON_OR_OFF = new Set(['active', 'enabled', 'on']);
/** What a type is called last that stands for a flag of the program, not of a value's bits. */
const FEATURE_TYPE = new Set(['experiment', 'feature', 'features', 'toggle']);
const ASKS = new Set(['use', 'get', 'check', 'value', 'evaluate', 'evaluated', 'read']);
/** Words for a switch of features that other code uses of other things, too. */
const SWITCHES = new Set(['switch', 'switches', 'switched', 'killswitch', 'kill']);
const NAMED_FLAG = new Set(['flag', 'flags', 'toggle', 'toggles', 'experiment', 'experiments']);
/** What answers for flags is called. */
const ANSWERS = new Set(['checker', 'client', 'evaluator', 'manager', 'provider', 'resolver', 'service']);
const GIVES = new Set(['check', 'decide', 'evaluate', 'for', 'get', 'invoke', 'provide', 'resolve', 'value']);
const UNMISTAKABLE = new Set(['flag', 'flags', 'experiment', 'variant', 'variation']);
/** Words of which a question consists that is one only where the class or file speaks of flags. */
const PLAIN_QUESTION = new Set(['is', 'has', 'get', 'enabled', 'active', 'globally', 'on', 'variant', 'variation']);
const KEY_WORDS = new Set(['key', 'name', 'id', 'exp', 'switch', 'gate']);
