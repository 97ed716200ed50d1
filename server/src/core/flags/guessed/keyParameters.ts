/** Which parameter of a function stands for the key of a flag, by its name and its type, and which only look like it. */
import type { Expr, FunctionFact, ParameterFact } from '../../languages/facts.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';

/** Whether a parameter says that it is asked for something else than a flag: a class, a case, bits, a state. */
export function isOfElse(fn: FunctionFact, key: ParameterFact, isDoubtful: boolean): boolean {
  return (
    isClass(key) ||
    isOfCase(fn, key) ||
    isOfBits(fn, key) ||
    isSetOfBits(key) ||
    (isDoubtful && (isOfThing(key) || isStateOf(fn, key)))
  );
}

/** `isFeaturePresent(Class<? extends Feature> feature)`: of which parts something is made, by their types. */
function isClass({ type }: ParameterFact): boolean {
  return CLASSES.test(typeNameOf(type));
}

const CLASSES = /^K?Class$/;

/** `CaseFlagService.hasActiveFlag(CaseFlagType flag)`: what is marked on the case of somebody. */
function isOfCase({ owner }: FunctionFact, { type }: ParameterFact): boolean {
  return OF_CASE.test(owner ?? '') || OF_CASE.test(typeNameOf(type));
}

/** A use case may be called after a feature flag. */
const OF_CASE = /(?<!Use)CaseFlag/;

/** `GetFlagString(LibraryIncludeFlags flags)`: several bits at once, by the name and by the type. */
function isSetOfBits({ name, type }: ParameterFact): boolean {
  return /flags$/i.test(name) && /flags$/i.test(typeNameOf(type));
}

/** `hasFlag(Formatting flag)`: what is asked for is said to be something else than a flag, a key or a text. */
function isOfThing({ type }: ParameterFact): boolean {
  const name = typeNameOf(type);
  return name !== '' && !TEXTS.test(name) && !wordsOf(name).some(word => KEY_WORDS.has(word) || isFlagNoun(word));
}

/** `joint.getFlag(Flag flag)`: the type is of plain flags, and they are those of something that has nothing to do with flags itself. */
function isStateOf({ owner }: FunctionFact, key: ParameterFact): boolean {
  return owner !== null && owner !== '' && !speaksOfFlags(owner) && isTypedKey(key);
}

/** Types of texts and of what may be one, in any language. */
const TEXTS = /str|char|text|symbol|^(?:any|asref|cow|id|int|into|mixed|number|object|unknown|uuid)$/i;

/** `HasFlag(this T value, T flag)`: what is asked for is a part of a value of the same type. */
function isOfBits({ parameters }: FunctionFact, key: ParameterFact): boolean {
  const type = typeNameOf(key.type);
  if (type === '' || /^(?:str|string|charsequence|object|any|int|id|uuid)$/i.test(type)) return false;
  return parameters.some(other => other !== key && typeNameOf(other.type) === type);
}

/** The parameters among which a key stands. */
export function keyPlaces(fn: FunctionFact): readonly ParameterFact[] {
  return fn.parameters.filter(parameter => parameter.position >= 0 && parameter.position < 3);
}

/** `flag: FeatureFlag`, `key: ToggleKey`: by the type a flag. */
export function isTypedKey({ type }: ParameterFact): boolean {
  return wordsOf(typeNameOf(type)).some(word => NAMED_FLAG.has(word));
}

/** `feature: PreviewFeature`: by the type a feature of the program. */
export function isTypedFeature({ type }: ParameterFact): boolean {
  const words = wordsOf(typeNameOf(type));
  return FEATURE_TYPE.has(words.at(-1) ?? '') || words.includes('feature');
}

/** The last name of a type; empty where there is none. */
export function typeNameOf(type: Expr | null): string {
  if (type === null) return '';
  return type.kind === 'name' ? type.name : type.kind === 'member' ? type.property : '';
}

/** `feature_enabled(tenant_id, feature)`: for whom is asked may stand in front of what is asked for. */
export function keyOf(parameters: readonly ParameterFact[]): ParameterFact | null {
  const keys = parameters.filter(isKeyLike);
  return keys.find(key => !isOfSomebody(key)) ?? keys[0] ?? null;
}

/** `tenantId`, `user_name`: what somebody is called, not a flag. */
function isOfSomebody({ name, type }: ParameterFact): boolean {
  const [last = '', ...others] = wordsOf(name).toReversed();
  const isNamed = (last === 'id' || last === 'name') && others.length > 0;
  const isOther = others.every(word => !KEY_WORDS.has(word) && !isFlagNoun(word));
  return isNamed && isOther && !wordsOf(typeNameOf(type)).some(isFlagNoun);
}

function isKeyLike(parameter: ParameterFact): boolean {
  if (parameter.name === 'code') return true;
  const type = wordsOf(typeNameOf(parameter.type));
  const words = [...wordsOf(parameter.name), ...type];
  return !KEEPS_FLAGS.has(type.at(-1) ?? '') && words.some(word => KEY_WORDS.has(word) || isFlagNoun(word));
}

/** `(state: FeatureFlagsState, flag)`: what a flag is looked up in is no flag, nor is what asks for one over a network (`GetFlagRequest`). */
const KEEPS_FLAGS = new Set('client config context manager provider request response service state store'.split(' '));

/** What a type is called last that stands for a flag of the program, not of a value's bits. */
export const FEATURE_TYPE = new Set(['experiment', 'feature', 'features', 'toggle']);
/** Words by which a flag is named that is no feature of something else. */
export const NAMED_FLAG = new Set(['flag', 'flags', 'toggle', 'toggles', 'experiment', 'experiments']);
const KEY_WORDS = new Set(['key', 'name', 'id', 'exp', 'experimentation', 'switch', 'gate']);
