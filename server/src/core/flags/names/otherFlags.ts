/**
 * Flags of something else: those that a command line is given, the bits of a value, what a device can do. `getFlag`, `has_flag` and `GetStringFlag` ask for them as
 * often as for flags of features, and where neither their type nor their place says which, the keys do: switches of a command
 * line are mostly single words (`all`, `verbose`), names of features hardly ever. Which functions ask at all is `homegrown.ts`' business.
 */
import type { FunctionFact } from '../../languages/facts.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from './flagWords.ts';

/** Whether a question's name, type and place leave it open what kind of flag it asks for. */
export function mayBeOtherFlags(fn: FunctionFact, path: string): boolean {
  const named = wordsOf(fn.name ?? '');
  // `IsRuntimeFlagSet`: what a program is started with is not set while it runs.
  if (
    named.join(' ') === 'is runtime flag set' ||
    named.some(word => SAYS_MORE.has(word)) ||
    !named.some(word => PLAIN_NOUNS.has(word))
  )
    return false;
  const around = [...wordsOf(fn.owner ?? ''), ...wordsOf(path)];
  return ![...named, ...around].some(word => isFlagNoun(word) && !PLAIN_NOUNS.has(word));
}

/**
 * Whether what such a question is asked for everywhere looks like flags of features; no keys tell nothing. What says in which state something is
 * (`IsHovered`, `HAS_LAYER`, `needsLayout`) is a bit of that thing: hardly any feature is called so.
 */
export function areKeysOfFlags(keys: readonly string[]): boolean {
  const all = [...new Set(keys)];
  const ofThings = all.filter(key => STATES.has(wordsOf(key)[0] ?? ''));
  return ofThings.length * 3 < all.length && all.filter(key => SEVERAL_WORDS.test(key)).length * 2 > all.length;
}

/** Whether the name of a type says more than that it is of flags, of whatever kind. */
export function saysMoreThanFlag(name: string): boolean {
  return wordsOf(name).some(word => isFlagNoun(word) && !PLAIN_NOUNS.has(word));
}

/** `getBindFlags(format)`: all bits of a value, where nothing says that they are flags of another kind. */
export function givesSeveral(words: readonly string[]): boolean {
  return words.length > 1 && words.at(-1) === 'flags';
}

/** `hasFormatFeatureBits`: by its name a question for bits. */
export function namesBits(words: readonly string[]): boolean {
  return words.some(word => BITS.has(word));
}

const BITS: ReadonlySet<string> = new Set(['bit', 'bits', 'bitfield', 'mask']);
/** What the name of a state begins with. */
const STATES: ReadonlySet<string> = new Set('are been contains did ever had has in is needs was were'.split(' '));

/** Whether a function is given a command line or variables of some process, or belongs to them. */
export function isOfCommandLine({ name, owner, parameters }: FunctionFact): boolean {
  // `getFlagValue(args, flag)`, `GetArgForFlag(args, flag)`: what a program was started with.
  if (isOfArguments(name ?? '') || isOfArguments(parameters[0]?.name ?? '')) return true;
  const types = parameters.map(({ type }) =>
    type?.kind === 'member' ? type.property : type?.kind === 'name' ? type.name : '',
  );
  return [owner ?? '', ...types].some(name => wordsOf(name).some(word => OTHER_FLAGS.has(word) || VARIABLES.has(word)));
}

function isOfArguments(name: string): boolean {
  return wordsOf(name).some(word => ARGUMENTS.has(word));
}

const ARGUMENTS: ReadonlySet<string> = new Set(['arg', 'args', 'argv']);
const VARIABLES: ReadonlySet<string> = new Set(['variable', 'variables']);

/** `device.hasFeature(name)`, `hasNetworkFeatures(account, name)`: what an apparatus can do, which nobody switches. */
export function isOfApparatus({ name, owner }: FunctionFact): boolean {
  const words = wordsOf(name ?? '');
  const asksWhatItHas = words.includes('has') && !words.some(word => SAYS_MORE.has(word) || PLAIN_NOUNS.has(word));
  return asksWhatItHas && [...words, ...wordsOf(owner ?? '')].some(word => APPARATUS.has(word));
}

/** `hasPremiumFeature(feature)`: what somebody has paid for, which nobody rolls out. */
export function isOfPlan(words: readonly string[]): boolean {
  return words.some(word => PLANS.has(word));
}

const PLANS: ReadonlySet<string> = new Set(
  'billing commercial entitlement licence licensed license paid plan premium purchased subscription tier'.split(' '),
);

const APPARATUS: ReadonlySet<string> = new Set(
  'adapter browser camera chip codec cpu device display driver firmware format gpu graphics hardware machine manifest network os plugin printer processor proxy renderer sensor'.split(
    ' ',
  ),
);
const PLAIN_NOUNS: ReadonlySet<string> = new Set(['flag', 'flags']);
/** `isFlagEnabled`, `useFlag`: flags of other things are not on or off, and have no hooks. */
const SAYS_MORE: ReadonlySet<string> = new Set(['active', 'enabled', 'evaluate', 'on', 'use', 'variant', 'variation']);
const SEVERAL_WORDS = /[A-Za-z0-9][-_.:/][A-Za-z0-9]|[a-z0-9][A-Z]/;
