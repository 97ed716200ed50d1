/**
 * Which text stands for a flag object: an object, a member of a sealed class or an enum's constant that is handed to a flag library
 * as it is (`isOn(FlagKey.Pay)`), when what the library reads of it can't be followed. It is told by shape: the only constant text
 * among its members, or the one that is called a key. What data flow tells is `objectWrappers.ts`' business.
 */
import { type BindingFact, type Expr, nominalFamilyOf } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { UNKNOWN, type Value, withVia } from './value.ts';
import type { Evaluator } from './values.ts';

/** The key of a flag object, as a text; null when the value is none, or which of its texts is the key can't be told. */
export function objectKey(evaluator: Evaluator, value: Value): TextValue | null {
  return (
    keyOf(evaluator, value, 'with what it holds') ?? builtKey(evaluator, value) ?? nameOfConstant(evaluator, value)
  );
}

/** `static final Flag NAV = Flag.builder().key("nav").build()`: what a builder is given as a key. */
function builtKey(evaluator: Evaluator, value: Value): TextValue | null {
  const made = value.kind === 'instance' ? value.made : undefined;
  const last = made?.through?.at(-1);
  const key = last === undefined ? null : keyOfBuilder(last.call);
  const text = key === null ? UNKNOWN : evaluator.evaluate(key, last!.path);
  return text.kind === 'text' ? withVia({ ...text, via: [] }, 'flag-object') : null;
}

/** The text among the calls of a builder that is given as a key; null where there is none. */
export function keyOfBuilder(value: Expr | null): Expr | null {
  for (let at: Expr | null = value; at?.kind === 'call'; at = at.callee.kind === 'member' ? at.callee.object : null) {
    const given = at.args[0]?.value;
    const isKey = at.callee.kind === 'member' && BUILDER_KEYS.has(at.callee.property) && given?.kind === 'string';
    if (isKey && looksLikeKey(given.value)) return given;
  }
  return null;
}

const BUILDER_KEYS: ReadonlySet<string> = new Set(['id', 'key', 'name', 'withId', 'withKey', 'withName']);

/** `val LightNode = Feature(21, "Nodes without a state")`: where all texts describe a flag, its constant's name is the key. */
function nameOfConstant(evaluator: Evaluator, value: Value): TextValue | null {
  const made = value.kind === 'instance' && value.constant === undefined ? value.made : undefined;
  if (made === undefined || value.kind !== 'instance' || !speaksOfFlags(value.type.name)) return null;
  const facts = evaluator.symbols(made.path)?.facts;
  const texts = made.call.args.filter(({ value: given }) => given.kind === 'string');
  if (facts === undefined || nominalFamilyOf(facts.language) === null) return null;
  if (texts.length === 0 || texts.some(({ value: given }) => given.kind === 'string' && !/\s/.test(given.value)))
    return null;
  const constant = facts.bindings.find(binding => binding.value === made.call && binding.owner !== null);
  if (constant === undefined) return null;
  const place = { path: made.path, span: constant.nameSpan };
  return { kind: 'text', text: constant.name, place, via: ['flag-object'] };
}

type TextValue = Value & { readonly kind: 'text' };

function keyOf(evaluator: Evaluator, value: Value, held: 'with what it holds' | 'alone'): TextValue | null {
  if (value.kind !== 'type' && value.kind !== 'instance') return null;
  const language = evaluator.symbols(value.path)?.facts.language;
  if (nominalFamilyOf(language) === null && language !== 'go') return null;
  const texts = new Map<string, TextValue>();
  const others: Value[] = [];
  for (const name of [...memberNames(evaluator, value), 'rawValue']) {
    const own = evaluator.member(value, name);
    if (own.kind !== 'text') others.push(own);
    else if (!describes(name, own.text)) texts.set(name, own);
  }
  dropSentences(texts);
  const named = [...texts]
    .map(([name, text]) => ({ rank: rankOf(name), text }))
    .filter(({ rank }) => rank < RANKS.length);
  const best = Math.min(...named.map(({ rank }) => rank));
  const given = named.length > 0 ? [] : givenTexts(evaluator, value);
  const candidates =
    named.length > 0
      ? named.filter(({ rank }) => rank === best).map(({ text }) => text)
      : given.length > 0
        ? given
        : [...texts.values()];
  // An object may be made of another that has the key: `Flag::new(&NewNav)`.
  const parts = held === 'alone' || candidates.length > 0 || !isMadeFlag(value) ? [] : others;
  const [only = firstKey(evaluator, parts)] = candidates;
  if (only === null || candidates.length > 1) return null;
  return withVia(
    { ...only, via: [] },
    value.kind === 'instance' && value.constant !== undefined ? 'enum' : 'flag-object',
  );
}

function isMadeFlag(value: Value): boolean {
  return value.kind === 'instance' && value.made !== undefined;
}

function firstKey(evaluator: Evaluator, parts: readonly Value[]): TextValue | null {
  for (const part of parts) {
    const key = keyOf(evaluator, part, 'alone');
    if (key !== null) return key;
  }
  return null;
}

/** What a type of flags was made of, if that is one text: `FlagKey("pay")`, whatever its maker does with it. */
function givenTexts(
  evaluator: Evaluator,
  value: Value & { kind: 'type' | 'instance' },
): readonly (Value & { readonly kind: 'text' })[] {
  const made = value.kind === 'instance' && speaksOfFlags(value.type.name) ? value.made : undefined;
  if (made === undefined || made.call.args.length !== 1) return [];
  const given = evaluator.evaluate(made.call.args[0]!.value, made.path);
  // An enum's constant has a name of its own beside what people are told.
  const isTold =
    value.kind === 'instance' && value.constant !== undefined && given.kind === 'text' && /\s/.test(given.text);
  return given.kind === 'text' && !isTold ? [given] : [];
}

/** The same, or what the value is as a key without being an object. */
export function orObjectKey(evaluator: Evaluator, value: Value, key: Value): Value {
  return objectKey(evaluator, value) ?? (value.kind === 'type' ? UNKNOWN : key);
}

function memberNames(evaluator: Evaluator, value: Value & { kind: 'type' | 'instance' }): ReadonlySet<string> {
  const { kind, path, type } = value;
  const names = new Set<string>();
  const given = value.kind === 'instance' ? value.made?.call.args : undefined;
  // C++: static constants say nothing of one object among many.
  const isOneOfMany = kind === 'instance' && evaluator.symbols(path)?.facts.language === 'cpp';
  for (const place of evaluator.ancestors(path, type)) {
    const bindings = evaluator.symbols(place.path)?.facts.bindings ?? [];
    const isList = kind === 'instance' && place.type === type && listsItself(type.name, bindings);
    for (const { name, owner, form, scope, value: written } of bindings) {
      // What is written in a class that lists its own objects is the same for each of them.
      if (isList && owner === type.name && written?.kind === 'string') continue;
      if (isOneOfMany && form === 'constant' && given?.some(argument => argument.name === name) !== true) continue;
      // Go: fields are seen in all of the file, and methods may give them values.
      const isOwn =
        owner === place.type.name && (scope.start === place.type.span.start || scope.end === FILE_SCOPE.end);
      if (isOwn && form !== 'enum-member' && names.size < MOST_MEMBERS) names.add(name);
    }
  }
  return names;
}

function listsItself(type: string, bindings: readonly BindingFact[]): boolean {
  return bindings.some(
    binding => binding.owner === type && binding.type?.kind === 'name' && binding.type.name === type,
  );
}

/** Objects with more members than this are no flags. */
const MOST_MEMBERS = 24;

/** What a person is told of a flag: several words, in a member that is not called a name or key. */
function describes(name: string, text: string): boolean {
  return /\s/.test(text) && rankOf(name) === RANKS.length;
}

/** `{ name: "Store the hashes", envVar: "STORE_HASHES" }`: a name of several words is for people where another text can be a key. */
function dropSentences(texts: Map<string, TextValue>): void {
  const isSentence = ({ text }: TextValue): boolean => /\s/.test(text);
  if ([...texts.values()].every(isSentence)) return;
  for (const [name, own] of texts) if (isSentence(own) && rankOf(name) >= NAMES_RANK) texts.delete(name);
}

/** How well a member's name says that it holds the key: the lower the better. */
function rankOf(name: string): number {
  const words = wordsOf(name);
  const rank = RANKS.findIndex(rankWords => words.some(word => rankWords.has(word)));
  return rank < 0 ? RANKS.length : rank;
}

const RANKS: readonly ReadonlySet<string>[] = [
  new Set(['key']),
  new Set(['id', 'identifier', 'slug']),
  new Set(['raw', 'remote']),
  new Set(['name', 'flag', 'feature']),
];
/** From here on members are called after what they name rather than as keys. */
const NAMES_RANK = RANKS.length - 1;
