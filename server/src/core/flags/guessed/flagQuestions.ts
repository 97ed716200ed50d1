/**
 * Which functions look like the question of a flag library: by their name, or their class' or file's, and by a parameter that is
 * named or typed like a key. Whether they are one is told by who asks them (`homegrown.ts`).
 */
import {
  type FileFacts,
  type FunctionFact,
  hasFreeMembers,
  isNominal,
  type ParameterFact,
} from '../../languages/facts.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import {
  givesSeveral,
  isOfApparatus,
  isOfCommandLine,
  isOfPlan,
  mayBeOtherFlags,
  namesBits,
} from '../names/otherFlags.ts';
import { CALLED_AS_OBJECT, CHANGES } from '../names/questionWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import {
  FEATURE_TYPE,
  isOfElse,
  isTypedFeature,
  isTypedKey,
  keyOf,
  keyPlaces,
  NAMED_FLAG,
  typeNameOf,
} from './keyParameters.ts';

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
  const others = isNominal(facts.language) ? otherOverloads(functions, questions) : [];
  return [...questions, ...others, ...valuesBeside(functions, questions)];
}

/** `Flags.value(flag)` beside `Flags.is_on(flag)`: what the same type gives for the same parameter. */
function valuesBeside(functions: readonly FunctionFact[], questions: readonly FlagQuestion[]): readonly FlagQuestion[] {
  return functions.flatMap(fn => {
    if (fn.owner === null || fn.owner === '' || !GIVES_VALUE.test(fn.name ?? '')) return [];
    const beside = questions.find(question => question.fn.owner === fn.owner && question.fn !== fn);
    const key = fn.parameters.find(
      ({ name, position }) => position === beside?.key.position && name === beside.key.name,
    );
    return key === undefined || questions.some(question => question.fn === fn) ? [] : [{ fn, key }];
  });
}

const GIVES_VALUE = /^(?:get_?)?value$/i;

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

/** Whether a function of this name says yes or no. */
export function asksYesOrNo(name: string): boolean {
  const words = wordsOf(name);
  return words.some(word => ASKS_YES_OR_NO.has(word)) || isInExperiment(words);
}

/** `inExperiment`. */
function isInExperiment([first, second]: readonly string[]): boolean {
  return first === 'in' && second === 'experiment';
}

/** Whether a function of this name asks for the state of a switch; `IsFeature(ServerFeatures.Streaming)` asks what something has, by a bit. */
export function saysOnOrOff(name: string): boolean {
  return wordsOf(name).some(word => ON_OR_OFF.has(word) || NAMED_FLAG.has(word));
}

/** The parameter that stands for the key, when a function asks for a flag; else null. */
function asksForFlag(fn: FunctionFact, path: string): ParameterFact | null {
  if (fn.name === null) return null;
  const words = saidBy(wordsOf(nameOfQuestion(fn)));
  // `onToggle` is told that something happened.
  const isSet = asksWhetherSet(words, fn);
  const changes = !isSet && words.some((word, at) => CHANGES.has(word) && words[at - 1] !== 'for');
  // `getExperimentById(id)`: what is kept of one.
  const isRecord = words.at(-1) === 'configuration' || (words.at(-2) === 'by' && words.at(-1) === 'id');
  if (words.length > 6 || changes || isRecord || (words[0] === 'on' && words.length > 1)) return null;
  const isDoubtful = mayBeOtherFlags(fn, path);
  const isOther = isOfApparatus(fn) || isOfPlan(words) || namesBits(words);
  if (isOther || (isDoubtful && (isOfCommandLine(fn) || givesSeveral(words)))) return null;
  if (!asks(words, fn, path)) return givesFlag(words, fn) ? keyPlaces(fn).find(isTypedKey)! : null;
  const parameters = keyPlaces(fn);
  const key = keyOf(parameters) ?? (namesQuestion(words) ? onlyText(fn, parameters) : null);
  return key !== null && isOfElse(fn, key, isDoubtful) ? null : key;
}

/** `FeatureFlag.IsSet(flag)`, `isFeatureSet(feature)`: bits are set, too, so that something must say that it is of features. */
function asksWhetherSet(words: readonly string[], fn: FunctionFact): boolean {
  const { owner } = fn;
  if (words[0] !== 'is' || words.at(-1) !== 'set') return false;
  const asked = words.slice(1, -1);
  // `IsRuntimeFlagSet(flag RuntimeFlag)`: flags that are switched while a program runs.
  if (asked.join(' ') === 'runtime flag') return keyPlaces(fn).some(isTypedKey);
  return asked.every(isFlagNoun) && [...words, ...wordsOf(owner ?? '')].some(word => FEATURE_TYPE.has(word));
}

/** `doAllTeamsHaveFeatureFlagSet`, `hasFeatureSet`, `isFeatureOnSync`: of a sentence, the words that say what is asked for. */
function saidBy(all: readonly string[]): readonly string[] {
  // Who syncs something says so first.
  const words = all.at(-1) === 'sync' && all.length > 1 ? all.slice(0, -1) : all;
  const [first = ''] = words;
  // `isFeatureEnable`.
  if (first === 'is' && /^(?:dis|en)able$/.test(words.at(-1)!)) return [...words.slice(0, -1), `${words.at(-1)!}d`];
  const have = first === 'do' || first === 'does' ? words.indexOf('have') : -1;
  const said = have < 0 ? words : ['has', ...words.slice(have + 1)];
  const isSet = said.at(-1) === 'set' && said.includes('feature') && said[0] === 'has';
  return isSet ? said.slice(0, -1) : said;
}

/** Kotlin, Swift: an object that is called is a question by its type's name, `IsFeatureEnabledUseCase`; so is one that is executed. */
function nameOfQuestion({ name, owner }: FunctionFact): string {
  const isCalled = CALLED_AS_OBJECT.has(name!) || (name === 'execute' && USE_CASE.test(owner ?? ''));
  return isCalled && owner !== null ? owner.replace(USE_CASE, '') : name!;
}

const USE_CASE = /(?:UseCase|Interactor)(?:Impl)?$/;

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
      isInExperiment(words) ||
      (certainly && words.some(word => ASKS.has(word))) ||
      (words[0] === 'use' && words.includes('feature')) ||
      isSelector(words)
    );
  }
  // `isSwitchOn(name)`: the switches of a panel are asked without saying which.
  // `switchOn(display)` is an order.
  if (yesOrNo && words.some(word => SWITCHES.has(word)))
    return words.join(' ') !== 'switch on' && words.every(word => SWITCHES.has(word) || PLAIN_QUESTION.has(word));
  const place = fn.owner ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  if (words.length === 1 && words[0] === 'has' && areBits(place)) return false;
  // `is_enabled(flag: PreviewFeature)`: of such a type a flag of anything else is hardly asked for by a word that says on or off.
  const takesFlag = words.some(word => ON_OR_OFF.has(word)) && keyPlaces(fn).some(isTypedFeature);
  if (words.join(' ') === 'evaluate') return isListOfExperiments(fn);
  return yesOrNo && words.every(word => PLAIN_QUESTION.has(word))
    ? speaksOfFlags(place) || takesFlag || isOfFeaturePackage(fn, path)
    : isAskedForSomebody(words, fn) || givesItsValue(words, fn);
}

/** `Experiments.Evaluate(name)`: of all experiments, whether that of this name is on. What makes them evaluates them without a name. */
function isListOfExperiments(fn: FunctionFact): boolean {
  const [key, ...others] = keyPlaces(fn);
  const isNamed = key !== undefined && others.length === 0 && /^(?:experiment_?)?name$/i.test(key.name);
  return isNamed && EXPERIMENTS.test(fn.owner ?? '');
}

const EXPERIMENTS = /^(?:Experiments|Feature(?:Flag|Toggle)s)$/;

/** Go: a type is called after what its package says already, `featureflags.Client`. A package that is called flags alone is a command line's. */
function isOfFeaturePackage({ owner }: FunctionFact, path: string): boolean {
  const folder = path.split('/').at(-2) ?? '';
  return owner !== null && path.endsWith('.go') && /^(?:feature|toggle|experiment)/.test(folder);
}

/** `Features.owner_active?(feature, owner)`, `FeatureFlags.enabled_for_all?(flag)`: of a library of flags, for which flag its parameter says. */
function isAskedForSomebody(words: readonly string[], fn: FunctionFact): boolean {
  const owner = wordsOf(fn.owner ?? '');
  return (
    words.length < 5 &&
    words.some(word => word === 'active' || word === 'enabled') &&
    (owner.at(-1) === 'features' || owner.some(word => NAMED_FLAG.has(word))) &&
    keyPlaces(fn).some(({ name }) => FEATURE_NAMES.test(name))
  );
}

/**
 * `FeatureFlags.getBoolean(feature, user)`, `FeatureResolver.evaluate_boolean(flag_key)`: of a library of flags, the value of one by its type;
 * `Features.getValue(feature: Feature)`, where that is said to be one.
 */
function givesItsValue(words: readonly string[], fn: FunctionFact): boolean {
  const owner = wordsOf(fn.owner ?? '');
  if (words.join(' ') === 'get value')
    return owner.some(word => FEATURE_TYPE.has(word)) && isFeatureByBoth(keyPlaces(fn)[0]);
  return (
    words.length === 2 &&
    (words[0] === 'get' || words[0] === 'evaluate') &&
    VALUES.has(words[1]!) &&
    owner.some(word => FEATURE_TYPE.has(word)) &&
    (owner.some(word => ANSWERS.has(word)) || NAMED_FLAG.has(owner.at(-1)!)) &&
    keyPlaces(fn).some(key => isTypedFeature(key) || FEATURE_OR_FLAG.test(key.name))
  );
}

/** `feature: Feature`, `flag: FeatureFlag`. */
function isFeatureByBoth(key: ParameterFact | undefined): boolean {
  return key !== undefined && FEATURE_OR_FLAG.test(key.name) && isTypedFeature(key);
}

const VALUES: ReadonlySet<string> = new Set(
  'bool boolean double enum float int integer json long multivariate number string'.split(' '),
);
const FEATURE_OR_FLAG = /^(?:feature|flag)_?(?:flag|toggle)?_?(?:key|name)?$/i;

const FEATURE_NAMES = /^\$?feature(?:_?(?:flag|toggle))?(?:_?(?:key|name))?$/i;

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

/**
 * `FeatureFlagProvider.provide(key: FeatureFlagKey)`: what answers for flags, by whatever plain word, and takes what can only be one
 * of them. What keeps flags hands out records (`repository.get(id: FlagId)`).
 */
function givesFlag(words: readonly string[], fn: FunctionFact): boolean {
  const owner = wordsOf(fn.owner ?? '');
  return (
    owner.some(word => ANSWERS.has(word)) &&
    words.every(word => GIVES.has(word)) &&
    keyPlaces(fn).some(
      key => isTypedKey(key) && (owner.some(word => NAMED_FLAG.has(word)) || wordsOf(key.name).includes('feature')),
    )
  );
}

const ON_OR_OFF = new Set(['active', 'disabled', 'enabled', 'inactive', 'off', 'on']);
const ASKS_YES_OR_NO = new Set([...ON_OR_OFF, 'is', 'has', 'are', 'variant', 'variation']);
const ASKS = new Set(['use', 'get', 'check', 'value', 'evaluate', 'evaluated', 'read']);
/** Words for a switch of features that other code uses of other things, too. */
const SWITCHES = new Set(['switch', 'switches', 'switched', 'killswitch', 'kill']);
/** What answers for flags is called. */
const ANSWERS = new Set(['checker', 'client', 'evaluator', 'manager', 'provider', 'resolver', 'service']);
const GIVES = new Set([
  'check',
  'decide',
  'evaluate',
  'for',
  'get',
  'invoke',
  'of',
  'provide',
  'resolve',
  'state',
  'value',
]);
const UNMISTAKABLE = new Set(['flag', 'flags', 'experiment', 'variant', 'variation']);
/** Words of which a question consists that is one only where the class or file speaks of flags. */
const PLAIN_QUESTION = new Set([
  ...ON_OR_OFF,
  'enrolled',
  'is',
  'set',
  'has',
  'get',
  'globally',
  'variant',
  'variation',
]);
