/**
 * Flags read by a constant that is called a flag, from an object that is called flags, whatever type both are of: `flags[FLAGS.PAY]`,
 * `props.featureFlags[FLAG_PAY]`; or by a text, where the object's name can mean nothing else: `featureFlags["new-pay"]`. What is found is *likely*. Objects whose type lists flags are `typedToggles.ts`' business.
 */
import { type Expr, isScript, type LanguageId } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import { OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { indexReads, memberReads } from '../questions/memberReads.ts';
import { asKey } from '../resolve/value.ts';

/** Such reads in one file. */
export function indexedFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  const lookups = LOOKUPS.has(facts.language)
    ? lookupMatches(state, path)
    : facts.language === 'swift'
      ? containedMatches(state, path)
      : [];
  if (!isScript(facts.language) && !SUBSCRIPTS.has(facts.language)) return lookups;
  const matches: Match[] = [...lookups];
  for (const { object, index, span } of indexReads(facts)) {
    const implied = impliedKey(index);
    if (implied !== null) {
      const isFlag = isUnmistakable(lastName(object)) && isStore(state, object, path);
      if (isFlag) matches.push({ ...readOf(path, implied, span), via: 'property' });
      continue;
    }
    const isText = index.kind === 'string';
    if (isText ? !isUnmistakable(lastName(object)) : !isCalledFlags(lastName(object)) || !isCalledFlag(index)) continue;
    if (asKey(state.evaluator.evaluate(index, path)).kind !== 'text') continue;
    if (!isText || isStore(state, object, path)) matches.push(readOf(path, index, span));
  }
  for (const { object, property, propertySpan, span } of memberReads(facts)) {
    // In brackets and quotes: what is written as a name may as well be a method of the store.
    const isQuoted = propertySpan.end - propertySpan.start === property.length + 2;
    if (isQuoted && isUnmistakable(lastName(object)) && isStore(state, object, path))
      matches.push(readOf(path, { kind: 'string', value: property, span: propertySpan }, span));
  }
  return matches;
}

/**
 * Dictionaries that are asked by a method: `featureStates.TryGetValue(FeatureFlagKeys.Pay, out var on)`, `features.getOrDefault(Feature.PAY, false)`.
 * Both names must speak of flags, since a dictionary may hold anything.
 */
function lookupMatches(state: LinkState, path: string): readonly Match[] {
  const { calls } = state.indexes.get(path)!;
  return LOOKED_UP.flatMap(name =>
    (calls.get(name) ?? []).flatMap(call => {
      const key = call.args[0]?.value;
      if (call.callee.kind !== 'member' || call.construct || key === undefined) return [];
      const list = lastName(call.callee.object);
      if (!isKeptFlags(list) || !(key.kind === 'string' ? isUnmistakable(list) : isCalledFlag(key))) return [];
      if (asKey(state.evaluator.evaluate(key, path)).kind !== 'text') return [];
      const { kind } = state.evaluator.evaluate(call.callee, path);
      if (kind === 'function' || !isStore(state, call.callee.object, path)) return [];
      return [{ ...readOf(path, key, call.span), nameSpan: call.nameSpan, method: name }];
    }),
  );
}

/** Swift: `experimentalFeatures.contains(.newNav)`, a set of those that are on. */
function containedMatches(state: LinkState, path: string): readonly Match[] {
  return (state.indexes.get(path)!.calls.get('contains') ?? []).flatMap(call => {
    const key = call.args.length === 1 && call.args[0]!.name === null ? impliedKey(call.args[0]!.value) : null;
    if (key === null || call.callee.kind !== 'member' || !areThoseOn(lastName(call.callee.object))) return [];
    if (!isStore(state, call.callee.object, path)) return [];
    return [{ ...readOf(path, key, call.span), nameSpan: call.nameSpan, method: 'contains', via: 'property' as const }];
  });
}

/** `enabledFeatures`, `experimentalFeatures`, `featureFlags`. */
function areThoseOn(name: string): boolean {
  return isUnmistakable(name) || /^(?:enabled|experimental)Features$/.test(name);
}

/** `features`, `featureStates`, `flagValues`: what is known of flags, by their keys. */
function isKeptFlags(name: string): boolean {
  const words = wordsOf(name);
  const kept = words.length > 1 && KEPT.has(words.at(-1)!) ? words.slice(0, -1) : words;
  return NOUNS.has(kept.at(-1) ?? '') && !words.some(word => OTHER_FLAGS.has(word));
}

const KEPT: ReadonlySet<string> = new Set(['map', 'state', 'states', 'statuses', 'values']);
const LOOKED_UP = ['GetValueOrDefault', 'TryGetValue', 'getOrDefault', 'getOrElse'];
const LOOKUPS: ReadonlySet<LanguageId> = new Set(['csharp', 'java', 'kotlin', 'scala'] as const);

/** Swift: `featureFlags[.newNav]`, where nothing here tells what the name is worth. */
function impliedKey(index: Expr): Expr | null {
  const isImplied = index.kind === 'member' && index.object.kind === 'name' && index.object.name === '.';
  return isImplied ? { kind: 'string', value: index.property, span: index.propertySpan } : null;
}

/** Languages whose facts hold reads by an index. */
const SUBSCRIPTS: ReadonlySet<LanguageId> = new Set(['kotlin', 'swift']);

function readOf(path: string, index: Expr, span: Span): Match {
  return plainMatch({
    path,
    nameSpan: index.span,
    end: span.end,
    keyExpr: index,
    system: 'inferred',
    method: 'flags',
    confidence: 'likely',
  });
}

/** Nothing that an SDK hands out, and no object that is written down here: what that holds are settings. */
function isStore(state: LinkState, object: Expr, path: string): boolean {
  const value = state.evaluator.evaluate(object, path);
  return value.kind !== 'object' && (value.kind !== 'external' || value.from === '' || COLLECTIONS.test(value.from));
}

const COLLECTIONS = /^(?:java\.util|kotlin\.collections|scala\.collection|System\.Collections)\b/;

/** `featureFlags`, `toggles`: a name that can mean nothing but flags of features. */
function isUnmistakable(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  return last === 'toggles' || (words.at(-2) === 'feature' && (last === 'flags' || last === 'switches'));
}

/** `FLAGS.PAY`, `Feature.Pay`, `FeatureFlagKeys.Pay`, `FLAG_PAY`. */
function isCalledFlag(index: Expr): boolean {
  if (index.kind === 'member' && KEYS.has(index.property)) return isCalledFlag(index.object);
  if (index.kind === 'member') return isCalledFlags(lastName(index.object).replace(/(?:Keys?|Names?)$/, ''));
  return index.kind === 'name' && /^[A-Z]/.test(index.name) && isCalledFlags(index.name.replace(/_.*$/, ''));
}

/** What gives the key of an enum's constant. */
const KEYS: ReadonlySet<string> = new Set(['key', 'name', 'rawValue', 'value']);

/** Whether a name means flags of features, as far as a name can tell. */
function isCalledFlags(name: string): boolean {
  const words = wordsOf(name);
  return NOUNS.has(words.at(-1) ?? '') && !words.some(word => OTHER_FLAGS.has(word));
}

const NOUNS: ReadonlySet<string> = new Set(['feature', 'features', 'flag', 'flags', 'toggle', 'toggles']);
