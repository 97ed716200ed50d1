/**
 * Flags of a repository's own that are objects: `var NewNav = Flag{Name: "new-nav"}`, `static PIPES: ExperimentalOption = …`, made once of a key and
 * held by a constant, a variable of a package or a static member. Which values are such, which questions they are asked, and by which names
 * other files ask them. Matches are `askedFlags.ts`' business.
 */

import { type BindingFact, type Expr, type FileFacts, isNominal, type LanguageId } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { OTHER_FLAGS, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import type { LinkState } from '../questions/linkState.ts';
import { leadsToUnread } from '../questions/unreadPackages.ts';
import { objectKey } from '../resolve/objectKeys.ts';
import type { InstanceValue, Value } from '../resolve/value.ts';

/** Whether a value is one flag among others, whose key can be told. */
export function isFlagObject(state: LinkState, value: Value): value is InstanceValue {
  return isMadeFlag(value) && objectKey(state.evaluator, value) !== null;
}

function isMadeFlag(value: Value): value is InstanceValue {
  return value.kind === 'instance' && value.made !== undefined && isFlagType(value.type.name);
}

/** The words by which other files ask the flags that this file holds. */
export function heldFlagWords(state: LinkState, path: string): readonly string[] {
  // What a test holds is asked there.
  if (isTestPath(path)) return [];
  const words: string[] = [];
  for (const { name, value } of state.indexes.get(path)!.found(madeOnce)) {
    if (leadsToUnread(state, path, value!)) continue;
    if (isFlagObject(state, state.evaluator.evaluate(value!, path))) words.push(`${name}.`);
  }
  return words;
}

/** What is made once, and may be a flag. */
function madeOnce({ facts }: FileIndex): readonly BindingFact[] {
  if (!holdsFlags(facts.language)) return [];
  return facts.bindings.filter(binding => {
    const { name, value } = binding;
    if (facts.language === 'cpp' && !isCppConstant(name)) return false;
    return value?.kind === 'call' && name.length >= LEAST_LETTERS && isKept(binding) && mayMakeFlag(binding, value);
  });
}

/**
 * C++: whether something is called as constants are, or as what the program has once. What anything else is asked (`window->isActive()`) would
 * lead into what its type extends, whatever that is.
 */
export function isCppConstant(name: string): boolean {
  return /^(?:k?[A-Z]|[gs]_)/.test(name);
}

/** Languages in which such objects are told: those whose values carry types, and Go. */
export function holdsFlags(language: LanguageId): boolean {
  return isNominal(language) || language === 'go';
}

/** Whether a file declares a type of which the objects may be asked by a word that all files hold (`get`, `value`). */
export function declaresFlagValues({ language, types }: FileFacts): boolean {
  return holdsFlags(language) && types.some(({ name }) => isFlagValue('get', name));
}

/** Shorter names are those of too many things. */
const LEAST_LETTERS = 4;

/** `get`, `value`: asks only what can be nothing but a flag of a feature. */
export function isFlagValue(method: string, type: string): boolean {
  const words = wordsOf(type);
  return VALUES.has(method) && words.some(word => FEATURES.has(word)) && words.some(word => SWITCHES.has(word));
}

const VALUES: ReadonlySet<string> = new Set(['get', 'Get', 'value', 'Value']);
const FEATURES: ReadonlySet<string> = new Set(['experiment', 'experimental', 'feature']);
const SWITCHES: ReadonlySet<string> = new Set(['flag', 'gate', 'option', 'switch', 'toggle']);

/** `Flag`, `FeatureToggle`, `ExperimentalOption`; none of what reads command lines. */
function isFlagType(name: string): boolean {
  const words = wordsOf(name);
  return (
    (speaksOfFlags(name) || isFlagValue('get', name)) && !words.some(word => OTHER_FLAGS.has(word) || RECORDS.has(word))
  );
}

/** What is made of flags' keys and is none of them: lists, records about them. */
const RECORDS: ReadonlySet<string> = new Set([
  ...[
    'builder',
    'client',
    'config',
    'configuration',
    'context',
    'dto',
    'entity',
    'event',
    'exception',
    'experiments',
    'factory',
  ],
  ...['features', 'flags', 'manager', 'model', 'provider', 'registry', 'repository', 'request', 'response', 'service'],
  ...['set', 'spec', 'state', 'store', 'test', 'toggles', 'view'],
]);

/** Whether the construction, or the call that gave it, stands where it is made once. */
export function isHeld({ files }: LinkState, { made }: InstanceValue): boolean {
  const last = made!.through?.at(-1) ?? made!;
  const { start, end } = last.call.span;
  return (files.get(last.path)?.bindings ?? []).some(
    binding => binding.value?.span.start === start && binding.value.span.end === end && isKept(binding),
  );
}

/** Whether a type, a package or a file holds what is bound, rather than a function while it runs. */
export function isKept({ owner, scope }: BindingFact): boolean {
  return owner !== null || scope.end === FILE_SCOPE.end;
}

/**
 * What is looked at closely: the rest of a repository's constants cost nothing, and ask for no file. What is made of a text may be a flag
 * by what a function gives, unless it is said what it is.
 */
function mayMakeFlag({ type }: BindingFact, call: Expr & { kind: 'call' }): boolean {
  const { callee, args, construct } = call;
  const maker = callee.kind === 'member' ? [lastName(callee.object), callee.property] : [lastName(callee)];
  if ([...maker, type === null ? '' : lastName(type)].some(isFlagType)) return true;
  const isSaid = construct || type !== null || /^\p{Lu}/u.test(maker.at(-1)!);
  return !isSaid && args[0]?.value.kind === 'string';
}
