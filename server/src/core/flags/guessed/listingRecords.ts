/** Structs, classes and records that list flags, told by their names and fields. Scripts' types, and who is believed, are `typedToggles.ts`' business. */
import type { BindingFact, FileFacts, LanguageId, TypeFact } from '../../languages/facts.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { standingOf } from '../names/listNames.ts';
import type { ListingType } from './typedToggles.ts';

/** The structs, classes and records of one file that may list flags: of their fields, those that can be flags, if most can. */
export function listingRecords(path: string, facts: FileFacts): readonly ListingType[] {
  return facts.types.flatMap(type => {
    const standing = RECORD_FORMS.has(type.form) ? standingOf(type.name, path) : null;
    if (standing === null) return [];
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
  return type.kind === 'name' && (/^bool(?:ean)?$/i.test(type.name) || isFlagType(type.name));
}

/** What says of which builds it is true, where the type's name leaves no doubt: `val newNav = Config.channel.isDebug`. */
function isComputed({ type, value }: BindingFact): boolean {
  return type === null && (value?.kind === 'other' || value?.kind === 'member' || value?.kind === 'choice');
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
