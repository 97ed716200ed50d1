/**
 * Lists of flags as code writes them: members of an enum, class or type, entries of an object, items of an array, constants of a
 * file or of one type. Which of these shapes stand in one file, and what their names say of them; whether such a list is believed
 * is the business of `listedFlags.ts`.
 */
import type { BindingFact, Expr, FileFacts, ObjectEntry } from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type KeyPlace, memberPlace, valuePlaces } from './codeRegistry.ts';

/**
 * What a name says of a list: `FeatureFlags` and `FlagKeys` list flags, `Flags`, `Feature` and `features` may; others may too, but
 * nothing in their name speaks for it.
 */
export type Standing = 'unmistakable' | 'possible' | 'none';

/** Things that are listed together, at least two. */
export interface CodeList {
  readonly standing: Standing;
  readonly members: readonly KeyPlace[];
  /** The members are told by their own names (`{ newPay: true }`), which mean less than texts do. */
  readonly byName: boolean;
}

/** The lists of one file; none of a test. */
export function codeLists(path: string, facts: FileFacts): readonly CodeList[] {
  if (isTestPath(path)) return [];
  const groups = new Map<string, { readonly name: string; readonly members: KeyPlace[]; readonly byName: boolean }>();
  const add = (kind: string, name: string, places: readonly KeyPlace[], byName = false): void => {
    const id = `${kind} ${name} ${byName}`;
    const group = groups.get(id) ?? { name, members: [], byName };
    groups.set(id, group);
    for (const place of places) if (LIKE_A_KEY.test(place.key)) group.members.push(place);
  };
  const types = new Set(
    facts.types.filter(({ form }) => form === 'interface' || form === 'alias').map(type => type.name),
  );
  for (const binding of facts.bindings) {
    const { owner, value, name } = binding;
    const objects = objectsIn(name, value, 0);
    if (objects.length > 0) for (const each of objects) add('object', each.name, each.places, each.byName);
    else if (listed(value) !== null) add('array', name, valuePlaces(listed(value)!));
    else if (owner !== null && types.has(owner)) add('type', owner, [placeOfName(binding)], true);
    else if (owner !== null) add('type', owner, onePlace(binding));
    else if (isFileConstant(binding)) add('file', typeName(binding) ?? fileName(path), onePlace(binding));
  }
  return [...groups.values()].flatMap(({ name, members, byName }) =>
    members.length < LEAST_MEMBERS ? [] : [{ standing: standingOf(name), members, byName }],
  );
}

const LEAST_MEMBERS = 2;

/** No address, no sentence, no number. */
const LIKE_A_KEY = /^[A-Za-z](?!\w*:\/\/)[\w.:/-]{1,99}$/;

/** What a name says of what it lists. */
export function standingOf(name: string): Standing {
  const words = wordsOf(name.slice(name.lastIndexOf('.') + 1));
  const last = words.at(-1) ?? '';
  if (words.some(word => OTHER_FLAGS.has(word))) return 'none';
  if (WHOLE_WORDS.has(last)) return 'unmistakable';
  const nouns = words.filter(isFlagNoun);
  // A name that ends in another word is that thing's: `FeatureToggleStore` lists no flags.
  if (nouns.length === 0 || !(isFlagNoun(last) || SWITCHES.has(last) || NAMES.has(last))) return 'none';
  const saysFeatureFlag = nouns.some(isFeature) && words.some(word => SWITCHES.has(word));
  const saysFlagKey = nouns.some(noun => !isFeature(noun)) && words.some(word => NAMES.has(word));
  return saysFeatureFlag || saysFlagKey || last === 'toggles' ? 'unmistakable' : 'possible';
}

/** The same of a file, by its name. */
export function standingOfFile(path: string): Standing {
  return isTestPath(path) ? 'none' : standingOf(fileName(path));
}

function isFeature(noun: string): boolean {
  return noun === 'feature' || noun === 'features';
}

const WHOLE_WORDS: ReadonlySet<string> = new Set(['featureflag', 'featureflags', 'featuretoggle', 'featuretoggles']);
const SWITCHES: ReadonlySet<string> = new Set('flag flags toggle toggles gate gates switch switches'.split(' '));
const NAMES: ReadonlySet<string> = new Set('key keys name names id ids constants'.split(' '));

/** A member of a type that names one key: a text, a construction of one, or an enum's bare member. */
function onePlace(binding: BindingFact): readonly KeyPlace[] {
  const { form, value } = binding;
  if (value === null) return form === 'enum-member' ? [placeOfName(binding)] : [];
  if (value.kind === 'call' && value.args.length === 0) return form === 'enum-member' ? [placeOfName(binding)] : [];
  if (value.kind !== 'string' && value.kind !== 'call') return [];
  if (value.kind === 'call' && (!value.construct || value.args[0]?.value.kind !== 'string')) return [];
  return memberPlace(binding);
}

function placeOfName({ name, nameSpan }: BindingFact): KeyPlace {
  return { key: name, keySpan: nameSpan, span: nameSpan };
}

/** `['a', 'b']`, also frozen or in a set. */
function listed(value: Expr | null): Expr | null {
  const inner = value?.kind === 'call' && value.args.length === 1 ? value.args[0]!.value : value;
  return inner?.kind === 'array' && inner.items.length > 0 && inner.items.every(item => item.kind === 'string')
    ? inner
    : null;
}

interface ObjectPlaces {
  readonly name: string;
  readonly places: readonly KeyPlace[];
  readonly byName: boolean;
}

const DEEPEST = 3;

/** The entries of an object, also frozen, and of the objects in it, under the name of the nearest entry. */
function objectsIn(name: string, value: Expr | null, depth: number): readonly ObjectPlaces[] {
  const object = value?.kind === 'call' && value.args.length > 0 ? value.args[0]!.value : value;
  if (object?.kind !== 'object' || depth > DEEPEST) return [];
  const texts = object.entries.filter(entry => entry.value.kind === 'string');
  const own: readonly ObjectPlaces[] =
    texts.length * 2 > object.entries.length
      ? [{ name, places: texts.flatMap(placeOfText), byName: false }]
      : [{ name, places: object.entries.map(placeOfEntry), byName: true }];
  const inner = object.entries.flatMap(entry => objectsIn(entry.key, entry.value, depth + 1));
  return [...own, ...inner];
}

function placeOfText({ keySpan, value }: ObjectEntry): readonly KeyPlace[] {
  return valuePlaces(value).map(place => ({
    ...place,
    span: { start: Math.min(keySpan.start, place.span.start), end: Math.max(keySpan.end, place.span.end) },
  }));
}

function placeOfEntry({ key, keySpan, value }: ObjectEntry): KeyPlace {
  return { key, keySpan, span: { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) } };
}

function isFileConstant({ form, owner, value, scope }: BindingFact): boolean {
  return form === 'constant' && owner === null && value?.kind === 'string' && scope.end === FILE_SCOPE.end;
}

/** Go: `featuregate.Feature`. */
function typeName({ type }: BindingFact): string | null {
  if (type?.kind === 'member') return type.property;
  return type?.kind === 'name' && /^[A-Z]/.test(type.name) ? type.name : null;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
}
