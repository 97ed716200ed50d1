/**
 * Calls of wrappers: functions, methods and hooks whose parameter reaches a check as its key (`wrapperFrom.ts`). Each becomes a check
 * form of its own, through the interfaces its class implements and through classes that implement its interface.
 */
import { type CallExpr, type Expr, type FunctionFact, type IndexExpr, isNominal } from '../../languages/facts.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { argumentAt } from '../resolve/arguments.ts';
import { sharedFolders } from '../resolve/modules.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { familyOf } from '../resolve/programNames.ts';
import { asKey, UNKNOWN } from '../resolve/value.ts';
import { constructs } from './constructorWrappers.ts';
import { componentMatches } from './elements.ts';
import { extensionMeant } from './extensionCalls.ts';
import type { LinkState, Match, Wrapper } from './linkState.ts';
import { indexReads } from './memberReads.ts';
import { declarationsOf } from './methodDeclarations.ts';
import { isToldToMock } from './mockedCalls.ts';
import { attributeMatches, calledValue, isLabelledFor, overloadMeant } from './objectWrappers.ts';
import { isOfFieldAlone, subclassMatches } from './subclassKeys.ts';
import { directiveMatches } from './templateDirectives.ts';
import { matchesOf } from './wrapperKeys.ts';

/** The wrappers themselves, and the methods of interfaces and base classes through which they are called. */
export function addInterfaceWrappers(state: LinkState, wrappers: readonly Wrapper[]): readonly Wrapper[] {
  const all = [...wrappers];
  for (const wrapper of wrappers) {
    if (isOfFieldAlone(wrapper)) continue;
    state.evaluator.ask(wrapper.path);
    for (const { path, fn } of declarationsOf(state, wrapper.path, wrapper.fn)) {
      if (state.wrappers.has(fn)) continue;
      const abstracted = { ...wrapper, path, fn };
      state.wrappers.set(fn, abstracted);
      state.givers.add(path);
      state.entangled.add(wrapper.path).add(path);
      all.push(abstracted);
    }
  }
  return all;
}

/** Wrappers that are looked for, and the names that all files are asked for. */
export interface WrappersByName {
  readonly wrappers: readonly Wrapper[];
  readonly names: ReadonlySet<string>;
  /** With those under which modules give them on. */
  readonly renamed: ReadonlySet<string>;
}

/** Arranges wrappers for whoever looks for their calls in many files. */
export function arrangeWrappers(state: LinkState, wrappers: readonly Wrapper[]): WrappersByName {
  const called = wrappers.filter(wrapper => wrapper.made !== true && !isOfFieldAlone(wrapper));
  const names = new Set(called.flatMap(({ fn, aliases = [] }) => [fn.name!, ...aliases]));
  const renamed = new Set(names);
  for (const name of renamed) for (const other of state.renamed.get(name) ?? []) renamed.add(other);
  return { wrappers, names, renamed };
}

/** Calls of these wrappers in one file. */
export function wrapperMatches(state: LinkState, path: string, asked: WrappersByName): readonly Match[] {
  const index = state.indexes.get(path)?.calls;
  const { wrappers, names } = asked;
  const matches: Match[] = constructionMatches(state, path, wrappers);
  for (const name of [...names, ...importedAs(state, path, asked)]) {
    for (const call of index?.get(name) ?? []) matches.push(...matchWrapper(state, path, name, call, wrappers));
  }
  if (names.has(SUBSCRIPT)) {
    for (const read of indexReads(state.files.get(path)!))
      matches.push(...matchWrapper(state, path, SUBSCRIPT, callOf(read), wrappers));
  }
  for (const decorator of state.files.get(path)?.decorators ?? []) {
    const { callee } = decorator;
    const name = lastNameCalled(callee);
    if (!names.has(name) || decorator.args.length === 0) continue;
    const used = matchWrapper(state, path, name, decorator, wrappers);
    matches.push(...used.map((match): Match => ({ ...match, via: match.via === 'wrapper' ? 'attribute' : match.via })));
  }
  matches.push(
    ...attributeMatches(state, path, wrappers),
    ...componentMatches(state, path, wrappers),
    ...directiveMatches(state, path, wrappers),
    ...subclassMatches(state, path, wrappers),
  );
  return matches;
}

/**
 * The names by which a file calls wrappers that have others where they are made: what it imports as a module's default, or as a whole,
 * or from a module that gives it on under another name.
 */
function importedAs(state: LinkState, path: string, { names, renamed }: WrappersByName): readonly string[] {
  return (state.indexes.get(path)?.importedCalls ?? []).flatMap(({ local, imported, callee }) => {
    const isDefault = imported === 'default';
    const isOther = isDefault || imported === '*' || renamed.has(imported);
    const isNew = !names.has(local) && (isDefault || !names.has(imported));
    const value = isOther && isNew ? state.evaluator.evaluate(callee, path) : UNKNOWN;
    const isWrapper = value.kind === 'function' && state.wrappers.has(value.fn);
    // The index has what is imported by a name under that.
    return isWrapper ? [imported === 'default' || imported === '*' ? local : imported] : [];
  });
}

/** Constructions and decorators of classes that ask with what they are constructed with. */
function constructionMatches(state: LinkState, path: string, wrappers: readonly Wrapper[]): Match[] {
  const made = wrappers.filter(wrapper => wrapper.made === true);
  return made.flatMap(wrapper => {
    const name = wrapper.fn.owner!;
    const matchesOfCall = (call: CallExpr): readonly Match[] =>
      constructs(state, path, call, wrapper) ? matchesOf(state, path, name, call, wrapper, wrapper.confidence) : [];
    const decorators = (state.files.get(path)?.decorators ?? []).filter(
      ({ callee }) => lastNameCalled(callee) === name,
    );
    return [
      ...(state.indexes.get(path)?.calls.get(name) ?? []).flatMap(matchesOfCall),
      ...decorators.flatMap(matchesOfCall).map((match): Match => ({ ...match, via: 'attribute' })),
    ];
  });
}

/** Swift: what brackets behind a value ask. */
const SUBSCRIPT = 'subscript';

function callOf({ object, index, span }: IndexExpr): CallExpr {
  const callee: Expr = { kind: 'member', object, property: SUBSCRIPT, propertySpan: index.span, span };
  const args = [{ name: null, value: index, spread: false }];
  return { kind: 'call', callee, args, construct: false, nameSpan: index.span, span };
}

function matchWrapper(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  wrappers: readonly Wrapper[],
): readonly Match[] {
  const callee = calledValue(state, call, path);
  if (callee.kind === 'function') {
    const meant = overloadMeant(state, callee.path, callee.fn, call, path);
    const wrapper = state.wrappers.get(meant) ?? declaredWrapper(state, callee.path, meant);
    return wrapper === undefined ? [] : matchesOf(state, path, name, call, wrapper, wrapper.confidence);
  }
  const extension = extensionMeant(state, path, name, call, wrappers);
  if (extension !== null) return matchesOf(state, path, name, call, extension, extension.confidence);
  if (call.callee.kind === 'name') return mixedIn(state, path, name, call, wrappers);
  if (call.callee.kind !== 'member') return [];
  const receiver = state.evaluator.evaluate(call.callee.object, path);
  const isOpen = callee.kind === 'unknown' && (receiver.kind === 'unknown' || receiver.kind === 'parameter');
  if (!isOpen && callee.kind !== 'external') return [];
  // What a framework's base class hands out counts as coming from outside; a name that speaks of flags is believed all the same.
  const isNamed = isOpen || (callee.kind === 'external' && callee.from === '');
  const isTold = isToldToMock(state, path, call);
  const isAbout = isTold || speaksOfFlags(name) || (isNamed && speaksOfFlags(lastNameCalled(call.callee.object)));
  const named = wrappers.filter(wrapper => wrapper.fn.name === name && wrapper.fn.owner !== null);
  const methods = isAbout ? named : named.filter(wrapper => takesSuchKey(wrapper, call));
  if (methods.length === 0) return [];
  const asked = methods.length === 1 ? methods : nearestFirst(methods, path).filter(({ fn }) => mayMean(fn, call));
  const meant = asked.find(wrapper => {
    if (takesSuchKey(wrapper, call)) return true;
    const key = argumentAt(call, wrapper.key);
    const held = key === null ? UNKNOWN : state.evaluator.evaluate(key, path);
    return orObjectKey(state.evaluator, held, asKey(held)).kind === 'text';
  });
  if (meant !== undefined) return matchesOf(state, path, name, call, meant, 'likely');
  if (isTold && asked.length > 0) return matchesOf(state, path, name, call, asked[0]!, 'likely');
  // `project.has_feature(feature.id)`: asked of what is called as the type that has the question, for a key that nobody knows.
  const receiverName = lastNameCalled(call.callee.object);
  const [only, ...others] = speaksOfFlags(name) ? asked.filter(({ fn }) => isCalledAs(receiverName, fn)) : [];
  return only === undefined || others.length > 0 ? [] : matchesOf(state, path, name, call, only, 'likely');
}

/** What an implementation stands for that answers without an SDK, as one for tests does: the interface's method, if that asks. */
function declaredWrapper(state: LinkState, path: string, fn: FunctionFact): Wrapper | undefined {
  if (fn.owner === null || !isNominal(state.files.get(path)!.language)) return undefined;
  for (const declared of declarationsOf(state, path, fn)) {
    const wrapper = state.wrappers.get(declared.fn);
    if (wrapper !== undefined) return wrapper;
  }
  return undefined;
}

/** Whether a variable's name is that of a method's type. */
function isCalledAs(name: string, { owner }: FunctionFact): boolean {
  return owner !== null && wordsOf(name).join(' ') === wordsOf(owner).join(' ');
}

/** `client.get(FlagKey.PAY)`: whatever the client is called, the key is of the very type that the wrapper takes, which speaks of flags. */
function takesSuchKey({ fn, key: at }: Wrapper, call: CallExpr): boolean {
  const type = fn.parameters.find(({ position }) => position === at.position)?.type ?? null;
  const key = argumentAt(call, at);
  if (type === null || key?.kind !== 'member') return false;
  return speaksOfFlags(lastNameCalled(type)) && lastNameCalled(key.object) === lastNameCalled(type);
}

function nearestFirst(wrappers: readonly Wrapper[], path: string): readonly Wrapper[] {
  return [...wrappers].sort((a, b) => sharedFolders(b.path, path) - sharedFolders(a.path, path));
}

/** Swift: overloads are told apart by the labels of their arguments; elsewhere any may be meant. */
function mayMean(fn: FunctionFact, call: CallExpr): boolean {
  const isSwift = fn.parameters.some(({ label }) => label !== undefined);
  return !isSwift || isLabelledFor(fn, call);
}

/** Ruby: a method called by name alone that nothing here declares comes from a mixin, as helpers come to views. */
function mixedIn(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  wrappers: readonly Wrapper[],
): readonly Match[] {
  const isRuby = (file: string) => familyOf(state.files.get(file)?.language) === 'ruby';
  if (!isRuby(path) || !speaksOfFlags(name)) return [];
  if (state.evaluator.evaluate(call.callee, path).kind !== 'unknown') return [];
  const method = wrappers.find(({ fn, path: at }) => fn.name === name && fn.owner !== null && isRuby(at));
  const key = method === undefined ? null : argumentAt(call, method.key);
  if (method === undefined || key === null || state.evaluator.evaluate(key, path).kind !== 'text') return [];
  return matchesOf(state, path, name, call, method, 'likely');
}
