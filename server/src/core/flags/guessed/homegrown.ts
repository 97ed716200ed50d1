/**
 * Flag libraries that nobody told us of, recognised by their shape: a function, method or hook whose name (or whose class) speaks of
 * features, flags, toggles or experiments, that asks for one by a parameter named like a key, and that code outside tests asks
 * with constant keys. What is found is *likely*; a line of configuration makes it certain. What flows into a known SDK is a
 * wrapper and is found by data flow, not here. The shape of such functions is `flagQuestions.ts`' business.
 */
import { type CallExpr, type Expr, type FunctionFact, isNominal, type ParameterFact } from '../../languages/facts.ts';
import type { ValueType } from '../../model.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { areKeysOfFlags, mayBeOtherFlags, saysMoreThanFlag } from '../names/otherFlags.ts';
import { isTestPath } from '../names/testPaths.ts';
import { isConstantElsewhere, isGoConstantElsewhere } from '../questions/constantsElsewhere.ts';
import type { LinkState, Wrapper } from '../questions/linkState.ts';
import { declarationsOf } from '../questions/methodDeclarations.ts';
import { calledValue, fittingOverloads } from '../questions/objectWrappers.ts';
import { argumentAt, argumentOfFunction } from '../resolve/arguments.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { isOptionOf } from './commandOptions.ts';
import { isBitOfEnum, isEnumOfBits } from './enumBits.ts';
import { asksYesOrNo, saysOnOrOff } from './flagQuestions.ts';

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
      return state.wrappers.has(fn) ? [] : [wrapperOf(path, fn, key)];
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
      for (const { fn, key, expr } of askedBy(state, path, call, name, candidates)) {
        const isConstant = key.kind === 'text' && KEY_SHAPE.test(key.text);
        if (takesFlag(state, candidates.get(fn)!) || isOfItsType(state, path, candidates.get(fn)!, expr, key))
          asked.add(fn);
        else if (isConstant && mayBeOtherFlags(fn, candidates.get(fn)!.path)) {
          if (!isBitOfEnum(state.files, key) && !isOptionOf(index, key.text))
            doubtful.set(fn, (doubtful.get(fn) ?? new Set()).add(key.text));
        } else if (isConstant && (saysOnOrOff(name) || !isBitOfEnum(state.files, key))) asked.add(fn);
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
  const language = value?.kind === 'type' ? state.files.get(value.path)!.language : null;
  if (value?.kind !== 'type' || language === null || !(isNominal(language) || language === 'go')) return false;
  const mayBeBits = value.type.form === 'enum' && !saysOnOrOff(fn.name!);
  if (mayBeBits && isEnumOfBits(state.files, value.path, value.type)) return false;
  // `hasFlag(StateFlag.IsHovered)`: the type says no more than the question, and what it is asked for tells.
  return mayBeOtherFlags(fn, path) ? saysMoreThanFlag(value.type.name) : speaksOfFlags(value.type.name);
}

/** Whether a question is asked with a constant of its parameter's type, which stands elsewhere and speaks of flags. */
function isOfItsType(
  state: LinkState,
  path: string,
  { fn, key, path: at }: Wrapper,
  expr: Expr,
  value: Value,
): boolean {
  const parameter = fn.parameters.find(({ position }) => position === key.position);
  if (parameter === undefined || mayBeOtherFlags(fn, at)) return false;
  const { language } = state.files.get(path)!;
  return language === 'go'
    ? isGoConstantElsewhere(expr, value, parameter)
    : isConstantElsewhere(expr, value, parameter, language);
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

function wrapperOf(path: string, fn: FunctionFact, parameter: ParameterFact): Wrapper {
  const key = argumentOfFunction(path, parameter);
  const type: ValueType | null = asksYesOrNo(fn.name!) ? 'boolean' : null;
  return { path, fn, key, fallback: null, constantFallback: undefined, type, confidence: 'likely', prefix: null };
}

/** The candidates that a call means, and the key that it asks each for: the one it resolves to or, on a receiver that can't be followed, all. */
function askedBy(
  state: LinkState,
  path: string,
  call: CallExpr,
  name: string,
  candidates: ReadonlyMap<FunctionFact, Wrapper>,
): readonly { readonly fn: FunctionFact; readonly key: Value; readonly expr: Expr }[] {
  const callee = calledValue(state, call, path);
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
    if (key === null) return [];
    const value = state.evaluator.evaluate(key, path);
    return [{ fn, key: orObjectKey(state.evaluator, value, asKey(value)), expr: key }];
  });
}

/** Of the methods that a call may mean, those of the types that its receiver is named after; all where it is named after none. */
function namedAlike(receiver: Expr, methods: readonly FunctionFact[]): readonly FunctionFact[] {
  const words = new Set(wordsOf(lastNameCalled(receiver)));
  const alike = methods.map(fn => wordsOf(fn.owner ?? '').filter(word => words.has(word)).length);
  const most = Math.max(0, ...alike);
  return methods.filter((_, index) => alike[index] === most);
}

/** PHP's classes may be keys; their full names have backslashes. */
const KEY_SHAPE = /^[A-Za-z][\w.:/\\-]{1,99}$/;
