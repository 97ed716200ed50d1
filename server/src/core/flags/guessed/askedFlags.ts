/**
 * Flags of a repository's own that are asked themselves: `FeatureFlag.newPay.enabled`, `Feature.PAY.isOn()`, where the type speaks
 * of flags and declares the question, and what is asked is one of its constants or objects. What is found is *likely*. Flag objects
 * that hand their key to an SDK are `objectWrappers.ts`' business.
 */
import { type CallExpr, type Expr, isNominal, type LanguageId, type MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { memberReads } from '../questions/memberReads.ts';
import { leadsToUnread } from '../questions/unreadPackages.ts';
import { type FileSymbols, lookUp, lookUpScoped } from '../resolve/symbols.ts';
import { asKey, instanceOf, UNKNOWN, type Value } from '../resolve/value.ts';
import { holdsFlags, isCppConstant, isFlagObject, isFlagValue, isHeld, isKept } from './heldFlags.ts';

/** Questions of this kind in one file. */
export function askedFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language === 'cpp') return generatedFlagMatches(state, path);
  if (MAKES.has(facts.language)) return madeFlagMatches(state, path);
  if (!isNominal(facts.language)) return [];
  const matches: Match[] = [];
  const index = state.indexes.get(path)!;
  for (const at of index.found(questionReads)) {
    if (isFlag(state, at, path) && !isObject(state, at, path))
      matches.push(matchOf(path, at, at.propertySpan, at.span.end));
  }
  for (const { call } of index.found(questionCalls)) {
    const asked = askedOf(call) ?? askedInContext(state, call, path);
    if (asked !== null && isFlag(state, asked, path)) matches.push(matchOf(path, asked, call.nameSpan, call.span.end));
  }
  return matches;
}

/** `Flag.NewNav.IsEnabled(variables)`: an enum's constant that is told where it is asked, by what is no key. */
function askedInContext(state: LinkState, { callee, args, construct }: CallExpr, path: string): MemberExpr | null {
  if (callee.kind !== 'member' || construct || args.length === 0 || args.length > MOST_ARGUMENTS) return null;
  const asked = state.evaluator.evaluate(callee.object, path);
  if (asked.kind !== 'instance' || asked.constant === undefined) return null;
  const isKeyed = args.some(({ value }) => {
    const { kind } = asKey(state.evaluator.evaluate(value, path));
    return kind === 'text' || kind === 'prefix';
  });
  return isKeyed ? null : callee;
}

/** Reads of a property that is called as a question. */
function questionReads({ facts }: FileIndex): readonly MemberExpr[] {
  const found: MemberExpr[] = [];
  for (const read of memberReads(facts))
    for (let at: Expr = read; at.kind === 'member'; at = at.object) if (isQuestion(at.property)) found.push(at);
  return found;
}

interface NamedCall {
  readonly name: string;
  readonly call: CallExpr;
}

/** Calls by the name of a question. */
function questionCalls({ calls }: FileIndex): readonly NamedCall[] {
  return [...calls].flatMap(([name, asked]) =>
    isQuestion(name.replace(/\?$/, '')) ? asked.map(call => ({ name, call })) : [],
  );
}

/** Questions that objects are asked which stand for a flag each. */
export function heldFlagMatches(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  if (!holdsFlags(language)) return [];
  const matches: Match[] = [];
  for (const { name, call, callee, kind } of state.indexes.get(path)!.found(objectCalls)) {
    // All files are full of these: nobody follows them to what they are asked of where no type is such a flag's.
    if ((kind === 'value' || kind === 'written') && !state.hasFlagValues) continue;
    if (kind === 'value' && leadsToUnread(state, path, callee.object)) continue;
    const value = state.evaluator.evaluate(callee.object, path);
    if (!isFlagObject(state, value) || !(kind === 'delegate' || kind === 'written' || isHeld(state, value))) continue;
    if (kind === 'value' && !isFlagValue(name, value.type.name)) continue;
    state.givers.add(value.path);
    if (declares(state, value, name))
      matches.push({ ...matchOf(path, callee, call.nameSpan, call.span.end), via: null });
  }
  return matches;
}

/** A call by a name that objects are asked by which stand for a flag each. */
interface ObjectCall extends NamedCall {
  readonly callee: MemberExpr;
  /** `written`: a delegate's question, asked by its name. */
  readonly kind: 'question' | 'delegate' | 'written' | 'value';
}

function objectCalls({ facts, calls: index, symbols }: FileIndex): readonly ObjectCall[] {
  const found: ObjectCall[] = [];
  for (const [name, calls] of index) {
    const kind = kindOf(name, facts.language);
    for (const call of kind === null ? [] : calls) {
      const { callee, construct, args } = call;
      if (callee.kind !== 'member' || construct || args.length > MOST_ARGUMENTS) continue;
      if (kind === 'value' && facts.language === 'go' && !mayBeHeld(symbols, callee.object)) continue;
      if (facts.language === 'cpp' && !isCppConstant(lastName(callee.object))) continue;
      // A delegate's question stands nowhere but in the property that asks it; what is written out is asked of a flag.
      const isWritten = callee.propertySpan.end - callee.propertySpan.start === name.length;
      found.push({ name, call, callee, kind: kind === 'delegate' && isWritten ? 'written' : kind! });
    }
  }
  return found;
}

/** Go: whether what is asked can be a variable of a package: half of all that has a `Get` is a field or a parameter. */
function mayBeHeld(symbols: FileSymbols, asked: Expr): boolean {
  if (asked.kind === 'name') {
    const scoped = lookUpScoped(symbols, asked.name, asked.span.start);
    return scoped === null || (scoped.kind === 'bindings' && scoped.bindings.every(isKept));
  }
  const isOfPackage = asked.kind === 'member' && asked.object.kind === 'name';
  return isOfPackage && lookUp(symbols, asked.object.name, asked.object.span.start)?.kind === 'import';
}

function kindOf(name: string, language: LanguageId): ObjectCall['kind'] | null {
  if (name === 'getValue' && language === 'kotlin') return 'delegate';
  if (isQuestion(name)) return 'question';
  return isFlagValue(name, 'ExperimentalOption') ? 'value' : null;
}

/** A context, a user. */
const MOST_ARGUMENTS = 2;

const MAKES: ReadonlySet<LanguageId> = new Set(['python', 'ruby', 'erb', 'haml', 'php']);

/** Python, Ruby, PHP: `NAV = FeatureFlag("new-nav")`, then `NAV.is_enabled(user)`, of a class here that is made with texts. */
function madeFlagMatches(state: LinkState, path: string): readonly Match[] {
  const matches: Match[] = [];
  for (const { call } of state.indexes.get(path)!.found(questionCalls)) {
    if (call.callee.kind !== 'member' || call.construct) continue;
    const value = state.evaluator.evaluate(call.callee.object, path);
    if (value.kind !== 'instance' || value.made === undefined || !isCalledFlag(value.type.name)) continue;
    const key = keyGiven(value.made.call);
    if (key === null || !isMade(state, value) || !declares(state, value, call.callee.property)) continue;
    const match = matchOf(path, call.callee, call.nameSpan, call.span.end);
    matches.push({ ...match, keyExpr: key, ...(value.made.path === path ? {} : { keyPath: value.made.path }) });
  }
  for (const { call } of state.indexes.get(path)!.found(packageCalls)) matches.push(...ofPackage(state, path, call));
  return matches;
}

/** Calls by which what a package makes for a flag may be asked. */
function packageCalls(index: FileIndex): readonly NamedCall[] {
  const values = VALUES.flatMap(name => (index.calls.get(name) ?? []).map(call => ({ name, call })));
  return [...questionCalls(index), ...values];
}

const VALUES = ['check_value', 'get_value'];

/** `NAV = Feature("new-nav")` of a package's class, which can only make a flag each: what it is called and asked say so. */
function ofPackage(state: LinkState, path: string, { callee, construct, nameSpan, span }: CallExpr): readonly Match[] {
  if (callee.kind !== 'member' || construct) return [];
  const asked = state.evaluator.evaluate(callee.object, path);
  if (asked.kind !== 'external' || asked.made === undefined || asked.from === '') return [];
  const key = MADE.test(asked.names.at(-1) ?? '') ? keyGiven(asked.made.call) : null;
  if (key === null) return [];
  const elsewhere = asked.made.path === path ? {} : { keyPath: asked.made.path };
  return [{ ...matchOf(path, callee, nameSpan, span.end), keyExpr: key, ...elsewhere }];
}

const MADE = /^Feature(?:Flag|Toggle|Switch)?$/;

/** `Flag`, `FeatureToggle`: what happens to a feature is called after it, too. */
function isCalledFlag(name: string): boolean {
  return isFlagNoun(wordsOf(name).at(-1) ?? '');
}

/** The text that a flag is made with: the first, or the one that is called a key. */
function keyGiven({ args }: CallExpr): Expr | null {
  const named = args.find(({ name }) => name === 'key' || name === 'name' || name === 'flag');
  const given = named ?? args.find(({ name }) => name === null);
  return given?.value.kind === 'string' && /^[A-Za-z][\w.:/-]{1,99}$/.test(given.value.value) ? given.value : null;
}

/** A class that does something with what it is made with, or has nothing but what stands here: not a row of a database. */
function isMade(state: LinkState, { path, type }: Value & { kind: 'instance' }): boolean {
  const all = state.evaluator.ancestors(path, type);
  const hasMaker = all.some(place =>
    ['__init__', 'initialize', '__construct'].some(name =>
      state.evaluator.symbols(place.path)?.methods.has(`${place.type.name}.${name}`),
    ),
  );
  return hasMaker || all.every(place => place.type.bases.length === 0);
}

/** A type's constant of a question's name may be an object itself (`static let enabled = Availability(…)`). */
function isObject(state: LinkState, read: MemberExpr, path: string): boolean {
  const { kind } = state.evaluator.evaluate(read, path);
  return kind === 'instance' || kind === 'type';
}

/**
 * C++: `Feature_Pay::IsEnabled()`. A build step makes such classes, one for each feature, of a list (Windows' staged features); so
 * that their name is all there is of them.
 */
function generatedFlagMatches(state: LinkState, path: string): readonly Match[] {
  const matches: Match[] = [];
  for (const { call } of state.indexes.get(path)!.found(questionCalls)) {
    const asked = askedOf(call);
    if (asked?.object.kind !== 'name' || !GENERATED.test(asked.object.name)) continue;
    const { name: key, span } = asked.object;
    const { kind } = state.evaluator.evaluate(asked.object, path);
    if (kind !== 'unknown' && kind !== 'external' && kind !== 'type') continue;
    const match = matchOf(path, asked, call.nameSpan, call.span.end);
    matches.push({ ...match, keyExpr: { kind: 'string', value: key, span } });
  }
  return matches;
}

const GENERATED = /^(?:Feature|Flag|Toggle|Experiment)_[A-Za-z0-9]\w*$/;

function askedOf({ callee, args, construct }: CallExpr): MemberExpr | null {
  return callee.kind === 'member' && args.length === 0 && !construct ? callee : null;
}

/** `enabled`, `isActive`, `isOn`: a question that says nothing of what it asks for. */
function isQuestion(name: string): boolean {
  const words = wordsOf(name);
  return (
    words.length < 3 && words.some(word => STATES.has(word)) && words.every(word => STATES.has(word) || word === 'is')
  );
}

const STATES: ReadonlySet<string> = new Set(['active', 'disabled', 'enabled', 'inactive', 'off', 'on']);

/** Whether what is asked is a constant, or an object, of a type here that speaks of flags and declares the question. */
function isFlag(state: LinkState, { object, property }: MemberExpr, path: string): boolean {
  const asked = state.evaluator.evaluate(object, path);
  const value = asked.kind === 'parameter' ? anyGiven(state, asked) : asked;
  if (value.kind !== 'instance' && value.kind !== 'type') return false;
  if (
    !speaksOfFlags(value.type.name) &&
    !state.evaluator.ancestors(value.path, value.type).some(({ type }) => speaksOfFlags(type.name))
  )
    return false;
  const isOne = asked.kind === 'parameter' ? value.type.form === 'enum' : isOneFlag(value);
  return isOne && (declares(state, value, property) || isExtension(state.evaluator.member(value, property)));
}

/** `fun ifFeature(flag: FeatureFlag)`, which asks whichever constant it is given: then those who call it ask. */
function anyGiven({ evaluator }: LinkState, { fn, parameter, path }: Value & { kind: 'parameter' }): Value {
  if (parameter.type === null || !speaksOfFlags(fn.name ?? '')) return UNKNOWN;
  return instanceOf(evaluator.evaluate(parameter.type, path));
}

/** C#, Kotlin, Swift: a question that is written beside the enum. */
function isExtension(value: Value): boolean {
  return value.kind === 'function' && value.self !== undefined;
}

/** Not just any flag, but this one; of objects only those that are a kind of something else. */
function isOneFlag(value: Value & { kind: 'instance' | 'type' }): boolean {
  if (value.kind === 'type') return value.type.form === 'class' && value.type.bases.length > 0;
  return value.constant !== undefined;
}

function declares(state: LinkState, { path, type }: Value & { kind: 'instance' | 'type' }, property: string): boolean {
  return state.evaluator.ancestors(path, type).some(place => {
    const symbols = state.evaluator.symbols(place.path);
    const name = `${place.type.name}.${property}`;
    return symbols !== null && (symbols.members.has(name) || symbols.methods.has(name));
  });
}

function matchOf(path: string, asked: MemberExpr, nameSpan: Match['nameSpan'], end: number): Match {
  return plainMatch({
    path,
    nameSpan,
    end,
    keyExpr: asked.object,
    system: 'inferred',
    method: asked.property,
    type: 'boolean',
    via: 'flag-object',
    confidence: 'likely',
  });
}
