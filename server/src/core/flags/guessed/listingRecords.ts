/** Structs, classes and records that list flags, told by their names and fields. Scripts' types, and who is believed, are `typedToggles.ts`' business. */
import type { BindingFact, CallExpr, Expr, FileFacts, LanguageId, TypeFact } from '../../languages/facts.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { readsCommandLine, standingOf } from '../names/listNames.ts';
import type { LinkState } from '../questions/linkState.ts';
import type { PlacedType } from '../resolve/members.ts';
import type { ListingType } from './typedToggles.ts';

/** The structs, classes and records of one file that may list flags: of their fields, those that can be flags, if most can. */
export function listingRecords(path: string, facts: FileFacts): readonly ListingType[] {
  return facts.types.flatMap(type => {
    if (facts.language === 'go' && namesOnlyPackage(type, path)) return ofPackage(type, path, facts);
    const standing = RECORD_FORMS.has(type.form)
      ? isSwitched(type, facts)
        ? 'unmistakable'
        : standingOf(type.name, path)
      : null;
    if (standing === 'possible' && readsCommandLine(facts.imports)) return [];
    if (standing === null) return type.form === 'interface' && isAnswering(type.name) ? ofQuestions(type, facts) : [];
    const fields = facts.bindings.filter(
      ({ owner, form, nameSpan }) => owner === type.name && FIELDS.has(form) && within(nameSpan, type.span),
    );
    const switches = fields.filter(field => isSwitch(field) || (standing === 'unmistakable' && isComputed(field)));
    const members = [...new Set(switches.map(({ name }) => name))].filter(name => NAME.test(name));
    if (members.length < LEAST_MEMBERS || switches.length * 2 < fields.length) return [];
    const named = switches.filter(({ type: declared }) => declared?.kind === 'name' && isOneFlag(declared.name));
    return [{ type, members, unmistakable: standing === 'unmistakable' || named.length * 2 > fields.length }];
  });
}

/** `FeatureStates`, `FeaturesConfiguration`: not what something has, but what is switched, if every field says yes or no. */
function isSwitched({ name, span }: TypeFact, { bindings }: FileFacts): boolean {
  if (!OF_SWITCHED.test(name)) return false;
  const fields = bindings.filter(
    ({ owner, form, nameSpan }) => owner === name && FIELDS.has(form) && within(nameSpan, span),
  );
  return fields.length >= LEAST_MEMBERS && fields.every(field => isSwitch(field) && !isValue(field));
}

/** Where the facts leave out plain types: a property that is called as numbers and texts are. */
function isValue({ name, type }: BindingFact): boolean {
  return type === null && VALUES.test(name) && !ORDERS.test(name);
}

/** `UseOtherHost`: what is to be done, or not. */
const ORDERS = /^(?:Allow|Disable|Enable|Fail|Ignore|Is|Log|Remove|Should|Show|Skip|Stop|Use)[A-Z]/;
const VALUES =
  /^(?:M(?:ax|in)[A-Z]|Number)|(?:Connection|Count|Days|Endpoint|Folder|Format|Host|Id|Interval|Key|Language|Length|Level|Limit|Minutes|Mode|Name|Names|Number|Password|Path|Percent(?:age)?|Port|Provider|Rate|Seconds|Secret|Size|Text|Threshold|Timeout|Title|Token|Type|Ur[il]|User|Value|Version)s?$/;

const OF_SWITCHED = /^(?:FeatureStates|Features(?:Config(?:uration)?|Settings))$/;

/** `IFeatureProvider`, `FeatureFlagService`: what answers for features, and for nothing else. */
function isAnswering(name: string): boolean {
  const [last, ...before] = wordsOf(name.replace(/^I(?=[A-Z])/, '')).toReversed();
  return ANSWERS.has(last ?? '') && before.length > 0 && before.every(isFlagNoun);
}

const ANSWERS: ReadonlySet<string> = new Set(['manager', 'observer', 'provider', 'service']);

/** C#: such an interface lists as flags those of its properties that say of something whether it is on. */
function ofQuestions(type: TypeFact, { bindings, language }: FileFacts): readonly ListingType[] {
  if (language !== 'csharp') return [];
  const fields = bindings.filter(({ owner, nameSpan }) => owner === type.name && within(nameSpan, type.span));
  const members = [
    ...new Set(fields.flatMap(field => (isSwitch(field) && saysOn(field.name, type.name) ? field.name : []))),
  ];
  return members.length < LEAST_MEMBERS ? [] : [{ type, members, unmistakable: true }];
}

/** `IsNavEnabled`; of what answers for feature flags by its name (`IFeatureFlagsObserver`) any other question but how far it is. */
function saysOn(name: string, type: string): boolean {
  return SAYS_ON.test(name) || (/Feature(?:Flag|Toggle)/.test(type) && ASKS.test(name) && !HOW_FAR.test(name));
}

const SAYS_ON = /[a-z](?:Enabled|Disabled|Active|Allowed)$/;
const ASKS = /^(?:Allow|Can|Is|Should|Show|Use)[A-Z]/;
const HOW_FAR = /(?:Initiali[sz]ed|Fetched|Fetching|Loaded|Loading|Pending|Ready|Running|Started|Updated|Updating)$/;

/** Go: `features.Config`, `featureflags.Set`, whose package alone says what it lists. */
function namesOnlyPackage({ form, name }: TypeFact, path: string): boolean {
  return form === 'struct' && PLAIN_NAME.test(name) && FLAG_PACKAGE.test(packageOf(path));
}

const PLAIN_NAME = /^(?:Config|Configuration|Set|Settings|State|Values)$/;
const FLAG_PACKAGE = /^(?:features|featureflags?|featuregates?|featuretoggles?|toggles)$/;

function packageOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}

/** Such a struct lists flags if all of its fields say yes or no, and functions of the package hand it out, by which others reach it. */
function ofPackage(type: TypeFact, path: string, { bindings, functions }: FileFacts): readonly ListingType[] {
  const fields = bindings.filter(({ owner, form }) => owner === type.name && FIELDS.has(form));
  const members = [...new Set(fields.map(({ name }) => name))].filter(name => NAME.test(name));
  const isList = members.length >= LEAST_MEMBERS && fields.every(isSwitch);
  const held = new Set(bindings.flatMap(binding => (nameOf(typeOf(binding)) === type.name ? [binding.name] : [])));
  const givers = functions.filter(
    ({ owner, parameters, returns: [given, ...others] }) =>
      owner === null &&
      parameters.length === 0 &&
      others.length === 0 &&
      given?.kind === 'name' &&
      held.has(given.name),
  );
  if (!isList || givers.length === 0) return [];
  return [{ type, members, unmistakable: true, words: givers.map(({ name }) => `${packageOf(path)}.${name}(`) }];
}

/** Go: the type of the variable that a call gives, whatever is assigned to it (`features.Get()`). */
export function handedOut(state: LinkState, path: string, { callee, args }: CallExpr): PlacedType | null {
  if (args.length > 0 || state.files.get(path)?.language !== 'go') return null;
  const meant = state.evaluator.evaluate(callee, path);
  const [given, ...others] = meant.kind === 'function' ? meant.fn.returns : [];
  if (meant.kind !== 'function' || given?.kind !== 'name' || others.length > 0) return null;
  const variables = (state.files.get(meant.path)?.bindings ?? []).filter(({ name }) => name === given.name);
  const declared = variables.map(typeOf).find(type => type !== null) ?? null;
  const type = declared === null ? null : state.evaluator.evaluate(declared, meant.path);
  return type?.kind === 'type' ? { path: type.path, type: type.type } : null;
}

/** What a variable is declared to be, or made as. */
function typeOf({ type, value }: BindingFact): Expr | null {
  return type ?? (value?.kind === 'call' && value.construct ? value.callee : null);
}

function nameOf(type: Expr | null): string | null {
  return type?.kind === 'name' ? type.name : null;
}

/** Languages whose types list their fields; dynamic ones do so by convention alone. */
export const RECORDS: ReadonlySet<LanguageId> = new Set([
  'go',
  'scala',
  'kotlin',
  'java',
  'csharp',
  'swift',
  'rust',
  'python',
  'php',
  'cpp',
]);
const FIELDS: ReadonlySet<BindingFact['form']> = new Set(['constant', 'field']);
const RECORD_FORMS: ReadonlySet<TypeFact['form']> = new Set(['class', 'struct', 'interface']);

/** Whether a field can be a flag: it says yes or no, or is of a type that speaks of flags. Some languages' facts leave out plain types. */
function isSwitch({ name, type, value: given }: BindingFact): boolean {
  // A field that its type's constructor fills has the value of the parameter.
  const value = given?.kind === 'name' && given.name === name ? null : given;
  if (value !== null && value.kind !== 'literal' && value.kind !== 'call') return false;
  if (value?.kind === 'literal' && typeof value.value === 'number') return false;
  if (type === null) return value === null || (value.kind === 'literal' && typeof value.value === 'boolean');
  return (
    type.kind === 'name' && (/^bool(?:ean)?$/i.test(type.name) || (isFlagType(type.name) && !SEVERAL.test(type.name)))
  );
}

/** `ProjectTreeFlags`: a set of bits. */
const SEVERAL = /Flags$/;

/** What says of which builds or configurations it is true, where the type's name leaves no doubt: `val newNav = Config.channel.isDebug`. */
function isComputed({ type, value }: BindingFact): boolean {
  const mayBeSwitch = type === null || (type.kind === 'name' && /^bool(?:ean)?$/i.test(type.name));
  return mayBeSwitch && (value?.kind === 'other' || value?.kind === 'member' || value?.kind === 'choice');
}

/** `Flag`, `FeatureToggle`, `SwitchState`; a `FeatureState` may as well be what a machine can do. */
function isOneFlag(name: string): boolean {
  const words = wordsOf(name);
  return isFlagType(name) && words.some(word => word !== 'feature' && word !== 'features' && isFlagType(word));
}

/** `Flag`, `FeatureToggle`, `SwitchState`. */
export function isFlagType(name: string): boolean {
  return speaksOfFlags(name) || wordsOf(name).includes('switch');
}

export const LEAST_MEMBERS = 2;
export const NAME = /^[A-Za-z][\w-]*$/;

function within(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
