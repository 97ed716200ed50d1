/**
 * From a match to a check: its key and fallback are evaluated, and what asks with a parameter of the function around becomes a
 * wrapper. Which matches there are is the business of the steps in `checks.ts`.
 */
import type { Expr, FunctionFact } from '../../languages/facts.ts';
import type { JsonValue, ValueType } from '../../model.ts';
import { writesFlag } from '../names/changingVerbs.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import { constantOf, valueTypeOf } from '../resolve/arguments.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { asKey, UNKNOWN, type Value, withVia } from '../resolve/value.ts';
import { classKey } from './classKeys.ts';
import { keyElsewhere } from './constantsElsewhere.ts';
import { constructorWrappers } from './constructorWrappers.ts';
import { asFlagObject } from './flagObjects.ts';
import { keyRange, type Placed } from './keyRange.ts';
import { addCheck, isSeen, type LinkState, type Match, placeKey, type Wrapper } from './linkState.ts';
import { objectWrappers } from './objectWrappers.ts';
import { isStub } from './stubs.ts';
import { isFlagField, subclassWrapper } from './subclassKeys.ts';
import { wrapperFrom } from './wrapperFrom.ts';

/** Wrappers that were found and that nobody looks for yet, in the order in which they were found. */
export type Pending = Map<FunctionFact, Wrapper>;

/**
 * Adds a match as a check, and the wrapper that it makes of its function, if any, to those pending. They count for other files when
 * a step has looked at all of them: what a step finds must not depend on which file it looks at first.
 */
export function accept(state: LinkState, asked: Match, pending: Pending): void {
  if (isSeen(state, asked)) return;
  const match: Match = isStub(state, asked) ? { ...asked, role: 'stub' } : asked;
  const key = keyOf(state, match);
  const several = mayBeSeveral(key, match) ? keyRange(state, match.keyExpr!, match.keyPath ?? match.path) : null;
  if (several?.length === 1) {
    accept(state, { ...oneByOne(match, several)[0]!, item: 0 }, pending);
    state.seen.add(placeKey(match.path, match.nameSpan));
    return;
  }
  for (const each of oneByOne(match, several ?? []))
    addCheck(state, { ...each, role: 'reference' }, keyOf(state, each), undefined);
  const given = match.fallbackExpr === null ? undefined : constantOf(match.fallbackExpr, match.path, state.evaluator);
  const fallback = match.fallbackExpr === null ? match.constantFallback : given;
  addCheck(state, { ...match, type: match.type ?? typeOfFallback(fallback) }, key, fallback);
  const objects = objectWrappers(state, match, key, fallback);
  // Go: what an option sets is asked where the object is, which has a wrapper of its own.
  const isSet = objects.length > 0 && state.files.get(match.path)?.language === 'go';
  const plain = isSet ? null : wrapperFrom(state, match, key, fallback);
  const ofField = plain === null ? subclassWrapper(state, match, key) : null;
  const found: readonly Wrapper[] = [
    ...objects.map(each => (each.fn === ofField?.fn ? { ...each, field: ofField.field! } : each)),
    ...constructorWrappers(state, match, key, fallback),
    ...(plain === null ? [] : [plain]),
    ...(ofField === null ? [] : [ofField]),
  ];
  for (const wrapper of found) {
    state.givers.add(match.path).add(wrapper.path);
    if (wrapper.path !== match.path) state.entangled.add(match.path).add(wrapper.path);
    if (state.wrappers.has(wrapper.fn) || pending.has(wrapper.fn)) continue;
    if (wrapper.confidence !== 'certain' && !handsGuessOn(state, match, wrapper, pending)) continue;
    pending.set(wrapper.fn, wrapper);
  }
}

/** Whether a key that is not known may be one of few. What a function with a name is given, its callers tell. */
function mayBeSeveral(key: Value, { keyExpr, unlisted, item }: Match): boolean {
  if (keyExpr === null || unlisted !== undefined || item !== undefined) return false;
  return key.kind === 'unknown' || key.kind === 'external' || (key.kind === 'parameter' && key.fn.name === null);
}

/** The same question for each key that it may ask for; they share its place. */
function oneByOne(match: Match, keys: readonly Placed[]): readonly Match[] {
  return keys.map(({ expr, path, open }, item) => {
    const confidence = open === true && match.confidence === 'certain' ? 'likely' : match.confidence;
    const isHere = path === match.path && holds(match, expr);
    return { ...match, confidence, keyExpr: expr, item, ...(isHere ? {} : { keyPath: path }) };
  });
}

/** Whether a key is written in the call itself. */
function holds({ nameSpan, end }: Match, { span }: Expr): boolean {
  return span.start >= nameSpan.start && span.end <= end;
}

/** Lets everybody know of wrappers that were pending. Where several files found one, the first of them counts. */
export function commit(state: LinkState, pending: readonly Pending[]): readonly Wrapper[] {
  const found: Wrapper[] = [];
  for (const wrappers of pending) {
    for (const [fn, wrapper] of wrappers) {
      if (state.wrappers.has(fn)) continue;
      state.wrappers.set(fn, wrapper);
      found.push(wrapper);
    }
  }
  return found;
}

/**
 * A guess is handed on only by functions that speak of flags themselves, and by methods of the very class that is asked: else
 * whatever takes an id would become a check.
 */
function handsGuessOn(
  state: LinkState,
  match: Match,
  { fn, path, key, made, field }: Wrapper,
  pending: ReadonlyMap<FunctionFact, Wrapper>,
): boolean {
  if (field !== undefined) return isFlagField(field);
  if (isWriter(fn.name ?? '') && !isTestPath(path)) return false;
  if (speaksOfFlags(fn.name ?? '')) return true;
  // `anyEnabled(flags)`: what asks for several at once says so of its list.
  const list = key.several === undefined ? undefined : fn.parameters.find(each => each.position === key.position);
  if (list !== undefined && speaksOfFlags(list.name) && wordsOf(fn.name ?? '').every(word => OF_SEVERAL.has(word)))
    return true;
  if (fn.owner === null || !speaksOfFlags(fn.owner)) return false;
  if (made === true) return true;
  for (const [asked, wrapper] of [...state.wrappers, ...pending]) {
    if (asked.name === match.method && asked.owner === fn.owner && wrapper.path === path) return true;
  }
  return false;
}

/** `setFeature`, `incrementFeatureIsUsedCounter`: asks what was, or keeps count; what a test sets so is its stub. */
function isWriter(name: string): boolean {
  return speaksOfFlags(name) && writesFlag(wordsOf(name)[0] ?? '');
}

const OF_SEVERAL: ReadonlySet<string> = new Set('active all any are enabled every is none on some'.split(' '));

function keyOf(state: LinkState, match: Match): Value {
  const { keyExpr, keyPath, path, negation, confidence, system } = match;
  if (keyExpr === null) return UNKNOWN;
  const value = state.evaluator.evaluate(keyExpr, keyPath ?? path);
  const elsewhere = keyElsewhere(state, match, value);
  if (elsewhere !== null) return elsewhere;
  const plain = classKey(state, keyExpr, keyPath ?? path, system) ?? asFlagObject(state, value) ?? asKey(value);
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
