/**
 * Wrappers: functions, methods and hooks whose parameter reaches a check as its key. Each becomes a check form of its own,
 * through the interfaces its class implements and through classes that implement its interface.
 */
import { type CallExpr, type Expr, type FunctionFact, type IndexExpr, isNominal } from '../../languages/facts.ts';
import type { JsonValue } from '../../model.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { lastNameCalled } from '../names/lastName.ts';
import { argumentAt, argumentOfFunction, argumentOfParameter } from '../resolve/arguments.ts';
import { isMaker } from '../resolve/members.ts';
import { sharedFolders } from '../resolve/modules.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { familyOf } from '../resolve/programNames.ts';
import { asKey, UNKNOWN, type Value } from '../resolve/value.ts';
import type { ArgumentAt } from '../sdk.ts';
import { constructs } from './constructorWrappers.ts';
import { componentMatches } from './elements.ts';
import { extensionMeant } from './extensionCalls.ts';
import { listParameter } from './keyRange.ts';
import { type KeyAt, keysAt, placeOf } from './keys.ts';
import type { KeyStep, LinkState, Match, Wrapper } from './linkState.ts';
import { indexReads } from './memberReads.ts';
import { declarationsOf } from './methodDeclarations.ts';
import { isToldToMock } from './mockedCalls.ts';
import { attributeMatches, calledValue, isLabelledFor, keyThrough, overloadMeant } from './objectWrappers.ts';
import { isOfFieldAlone, subclassMatches } from './subclassKeys.ts';
import { directiveMatches } from './templateDirectives.ts';

/** The wrapper that a check makes of the function around it, when its key is that function's parameter. */
export function wrapperFrom(
  state: LinkState,
  match: Match,
  key: Value,
  fallback: JsonValue | undefined,
): Wrapper | null {
  if (match.keyExpr === null || match.role !== 'check') return null;
  const keyPath = match.keyPath ?? match.path;
  const looked = key.kind === 'unknown' ? parameterOfTable(state, match.keyExpr, keyPath) : null;
  const listed = key.kind === 'text' ? null : listParameter(state, match.keyExpr, keyPath);
  const parameter =
    listed !== null
      ? { value: listed, prefix: null }
      : key.kind === 'parameter'
        ? { value: key, prefix: null }
        : (looked ?? parameterInTemplate(state, match.keyExpr, keyPath));
  if (parameter === null || parameter.value.fn.name === null || isMaker(parameter.value.fn)) return null;
  if (switchesAfterwards(state, parameter.value)) return null;
  return {
    path: parameter.value.path,
    fn: parameter.value.fn,
    key: {
      ...argumentOfFunction(state.evaluator, parameter.value.path, parameter.value.parameter),
      ...(match.unlisted === undefined ? {} : { several: match.unlisted }),
      ...(listed === null ? {} : { several: listed.parameter.rest === true ? ('rest' as const) : ('items' as const) }),
    },
    fallback:
      match.fallbackExpr === null ? null : fallbackArgument(state, match.fallbackExpr, match.path, parameter.value.fn),
    constantFallback: fallback,
    type: match.type,
    confidence: match.confidence,
    prefix: parameter.prefix,
    ...(looked === null ? {} : { table: looked.table }),
  };
}

/** `def enable_actor(flag)` that asks whether the flag is on, and else hands it to what enables it: no question. */
function switchesAfterwards({ indexes }: LinkState, { path, fn, parameter }: Value & { kind: 'parameter' }): boolean {
  const [verb = ''] = wordsOf(fn.name!);
  if (!SWITCHES.has(verb)) return false;
  return [...indexes.get(path)!.calls].some(
    ([name, calls]) =>
      wordsOf(name)[0] === verb &&
      calls.some(
        ({ span, args }) =>
          span.start > fn.span.start &&
          span.end <= fn.span.end &&
          args.some(({ value }) => value.kind === 'name' && value.name === parameter.name),
      ),
  );
}

const SWITCHES: ReadonlySet<string> = new Set(['activate', 'deactivate', 'disable', 'enable']);

/** `KEYS[name]` with `name` a parameter: callers' keys stand in a constant table. */
function parameterOfTable(state: LinkState, expr: Expr, path: string) {
  if (expr.kind !== 'index') return null;
  const value = state.evaluator.evaluate(expr.index, path);
  const table = value.kind === 'parameter' ? namesTo(expr.object) : null;
  if (value.kind !== 'parameter' || table === null || tableOf(state, table, path) === null) return null;
  return { value, prefix: null, table };
}

/** The table that names lead to, from anywhere in a file. */
function tableOf(state: LinkState, names: readonly string[], path: string): (Value & { kind: 'object' }) | null {
  const span = { start: 0, end: 0 };
  const [first, ...rest] = names;
  const expr = rest.reduce<Expr>(
    (object, property) => ({ kind: 'member', object, property, propertySpan: span, span }),
    { kind: 'name', name: first!, span },
  );
  const value = state.evaluator.evaluate(expr, path);
  return value.kind === 'object' ? value : null;
}

function namesTo(expr: Expr): readonly string[] | null {
  if (expr.kind === 'name') return [expr.name];
  const names = expr.kind === 'member' ? namesTo(expr.object) : null;
  return names === null || expr.kind !== 'member' ? null : [...names, expr.property];
}

/** `` `team-${name}` `` with `name` a parameter: callers' keys start with the prefix. */
function parameterInTemplate(state: LinkState, expr: Expr, path: string) {
  if (expr.kind !== 'template' || expr.parts.length !== 2) return null;
  const [prefix, hole] = expr.parts;
  if (typeof prefix !== 'string' || hole === undefined || typeof hole === 'string') return null;
  const value = state.evaluator.evaluate(hole, path);
  return value.kind === 'parameter' ? { value, prefix } : null;
}

function fallbackArgument(state: LinkState, expr: Expr, path: string, fn: FunctionFact): ArgumentAt | null {
  const value = state.evaluator.evaluate(expr, path);
  return value.kind === 'parameter' && value.fn === fn ? argumentOfParameter(value.parameter) : null;
}

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
    const isOther = imported === 'default' || imported === '*' || renamed.has(imported);
    const value =
      isOther && !names.has(imported) && !names.has(local) ? state.evaluator.evaluate(callee, path) : UNKNOWN;
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
  const meant = asked.find(({ key: at }) => {
    const key = argumentAt(call, at);
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

function matchesOf(
  state: LinkState,
  path: string,
  name: string,
  call: CallExpr,
  wrapper: Wrapper,
  confidence: Match['confidence'],
): readonly Match[] {
  const fallbackExpr = wrapper.fallback === null ? null : argumentAt(call, wrapper.fallback);
  const base = {
    path,
    constantFallback: wrapper.constantFallback ?? defaultOf(wrapper),
    system: 'inferred',
    method: name,
    type: wrapper.type,
    via: wrapper.key.receiver === true ? 'flag-object' : 'wrapper',
    confidence,
    role: 'check',
  } as const;
  // Of an extension that asks for what it extends, the key is what it is called on.
  const at = wrapper.key.position < 0 ? { position: 0, receiver: true as const } : wrapper.key;
  const keys =
    wrapper.through === undefined
      ? keysAt(call, path, at, state.evaluator)
      : keyInside(state, path, call, wrapper, wrapper.through);
  return keys
    .map(key => inTable(state, path, wrapper, key))
    .map(key => {
      const placed = placeOf({ nameSpan: call.nameSpan, end: call.span.end }, key, fallbackExpr);
      const { keyExpr } = placed;
      if (wrapper.prefix === null) return { ...base, ...placed };
      return {
        ...base,
        ...placed,
        keyExpr: { kind: 'template', parts: [wrapper.prefix, keyExpr], span: keyExpr.span },
      };
    });
}

/** The key that stands in a wrapper's table under what a call gives; one that the table lacks is not known. */
function inTable(state: LinkState, path: string, { table, path: at }: Wrapper, key: KeyAt): KeyAt {
  if (table === undefined) return key;
  const name = asKey(state.evaluator.evaluate(key.expr, key.path ?? path));
  const held = name.kind === 'text' ? tableOf(state, table, at) : null;
  const entry = name.kind === 'text' ? held?.expr.entries.find(candidate => candidate.key === name.text) : undefined;
  if (held == null || entry === undefined) return { ...key, expr: { kind: 'other', span: key.expr.span } };
  return { ...key, expr: entry.value, path: held.path };
}

/** The key that is taken out of an object that a call is given. */
function keyInside(
  state: LinkState,
  path: string,
  call: CallExpr,
  wrapper: Wrapper,
  steps: readonly KeyStep[],
): readonly KeyAt[] {
  const given = argumentAt(call, wrapper.key);
  const expr = given === null ? null : keyThrough(given, steps);
  return given === null || expr === null || !holdsKey(state, given, expr, path) ? [] : [{ expr }];
}

/** Whether a key can be taken out of an object, or the object is a parameter that is handed on. */
function holdsKey(state: LinkState, given: Expr, keyExpr: Expr, path: string): boolean {
  const { kind } = asKey(state.evaluator.evaluate(keyExpr, path));
  return kind === 'text' || kind === 'prefix' || state.evaluator.evaluate(given, path).kind === 'parameter';
}

/** The default of the wrapper's fallback parameter, for calls that leave it out. */
function defaultOf(wrapper: Wrapper): JsonValue | undefined {
  const parameter = wrapper.fn.parameters.find(candidate => candidate.position === wrapper.fallback?.position);
  const value = parameter?.defaultValue;
  if (value === undefined || value === null) return undefined;
  return value.kind === 'string' || value.kind === 'literal' ? value.value : undefined;
}
