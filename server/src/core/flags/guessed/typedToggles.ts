/**
 * Flags read as properties of an object whose type or declaration lists them: `config.flags.newNav`, `const { newNav } = useFlags()`,
 * `flags[NEW_NAV]`. Which types list flags is told by their names, and by what is known of their members; a read is believed where a
 * declaration leads to such a type, or where an object that nothing declares has a property of the same name with a member that
 * the type lists. Objects that an SDK hands out are `toggles.ts`' business.
 */
import {
  type Expr,
  type FileFacts,
  type IndexExpr,
  isScript,
  type LanguageId,
  type MemberExpr,
  type ParameterFact,
  readsScripts,
  type TypeFact,
} from '../../languages/facts.ts';
import type { Check, Confidence } from '../../model.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { areSettings, readsCommandLine, standingOf } from '../names/listNames.ts';
import { isTestPath } from '../names/testPaths.ts';
import { memberShape, type Shape, shapeOf } from '../questions/declaredTypes.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { defaultOf, indexReads, readsOfAny } from '../questions/memberReads.ts';
import { familyOf } from '../resolve/programNames.ts';
import { lookUp } from '../resolve/symbols.ts';
import { asKey } from '../resolve/value.ts';
import { handedOut, isFlagType, LEAST_MEMBERS, listingRecords, NAME, RECORDS } from './listingRecords.ts';
import { questionReads, rubyListings, withoutAccessors } from './rubyListings.ts';

/** A type that looks like a list of flags, in one file. */
export interface ListingType {
  readonly type: TypeFact;
  /** The names that it lists itself. */
  readonly members: readonly string[];
  /** Its name says that what it lists are flags of features; else it may be those of a command line. */
  readonly unmistakable: boolean;
  /** What it lists are lists of flags: `toggles.featureFlags`. */
  readonly ofLists?: true;
  /** By what words others reach it, where its own name is that of many things. */
  readonly words?: readonly string[];
}

/** What is known of the repository's lists of flags. */
export interface FlagLists {
  /** By the type: where it stands, and how sure it is. */
  readonly types: ReadonlyMap<TypeFact, FlagList>;
  /** There are types that may list flags, so that checks tell whether they do. */
  readonly isTold: boolean;
  /** What is listed and lists flags itself. */
  readonly groups: ReadonlySet<string>;
  /** All that is listed anywhere. */
  readonly keys: ReadonlySet<string>;
  /** The names of properties that hold such an object. */
  readonly holders: ReadonlySet<string>;
  /** Words by which other files may read them. */
  readonly words: ReadonlySet<string>;
}

interface FlagList {
  readonly keys: ReadonlySet<string>;
  readonly system: string;
  readonly confidence: Confidence;
}

/** A text that declares a list of flags. */
export const LISTING_TEXT =
  /\b(?:interface|type|class|module|struct|record|object)\s+\w*(?:Flag|Toggle|Feature|Experiment|Switche)(?:s|Set|Map|List|Management|States|s(?:Config(?:uration)?|Settings))\b|\bclass (?:\w{1,20}::)?Feature(?:Flag|Gate|Switch|Toggle)\s*$|\b\w*(?:Flag|Toggle|Feature)s\s*=\s*(?:Struct\.new|Data\.define)\b|\b(?:flags|toggles|features|experiments)\??:\s*\{|\binterface I(?:Feature|Toggle)\w{0,6}(?:Manager|Observer|Provider|Service)\b|\bpackage (?:features|feature(?:flag|gate|toggle)s?|toggles)\s/im;

/** The types of one file that may list flags; none of a test. */
export function listingTypes(path: string, facts: FileFacts): readonly ListingType[] {
  if (isTestPath(path)) return [];
  if (familyOf(facts.language) === 'ruby') return rubyListings(path, facts);
  if (!isScript(facts.language)) return RECORDS.has(facts.language) ? listingRecords(path, facts) : [];
  return facts.types.flatMap(type => {
    const standing = type.form === 'enum' || isAsked(type, facts) ? null : standingOf(type.name, path);
    if (standing === null || (standing === 'possible' && readsCommandLine(facts.imports))) return [];
    const own = facts.bindings.filter(
      ({ owner, form, value, nameSpan }) =>
        owner === type.name && form === 'field' && value?.kind !== 'function' && within(nameSpan, type.span),
    );
    const members = [...new Set(own.map(({ name }) => name))].filter(name => NAME.test(name));
    if (members.length < LEAST_MEMBERS || areSettings(members)) return [];
    const listing = { type, members, unmistakable: standing === 'unmistakable' };
    const holdsLists = own.some(
      ({ type: held }) => held?.kind === 'name' && standingOf(held.name, path) === 'unmistakable',
    );
    return [holdsLists ? { ...listing, ofLists: true } : listing];
  });
}

/** Whether a class has questions of its own, or is called as something to do: its fields are what it does that with, no flags. */
function isAsked(type: TypeFact, { functions }: FileFacts): boolean {
  if (type.form !== 'class') return false;
  return ACTION.test(type.name) || functions.some(({ owner, name }) => owner === type.name && name !== 'constructor');
}

const ACTION = /^(?:Create|Delete|Fetch|Get|Load|Receive|Remove|Request|Save|Update)(?=[A-Z])/;

/** The lists of flags of the repository. `checks` found so far tell whether a list that may be one is. */
export function flagLists(state: LinkState): FlagLists {
  const known = new Map<string, { readonly certain: boolean; readonly system: string }>();
  const candidates: { readonly path: string; readonly listing: ListingType }[] = [];
  for (const [path, index] of state.indexes)
    for (const listing of index.listings(path)) {
      state.givers.add(path);
      candidates.push({ path, listing });
    }
  const types = new Map<TypeFact, FlagList>();
  if (candidates.length > 0) {
    for (const checks of state.checks.values())
      for (const { name, certain, system } of keysTold(checks)) known.set(name, { certain, system });
  }
  for (const { path, listing } of candidates) {
    const members = withoutAccessors(state, path, listing);
    if (members.length === 0) continue;
    const met = members.flatMap(name => known.get(camelCase(name)) ?? []);
    const systems = new Set(met.filter(({ certain }) => certain).map(({ system }) => system));
    const proven = systems.size === 1 && met.length >= LEAST_MET && met.every(({ certain }) => certain);
    if (!listing.unmistakable && met.length < LEAST_MET) continue;
    types.set(listing.type, {
      keys: new Set(members),
      system: proven ? [...systems][0]! : 'inferred',
      confidence: proven ? 'certain' : 'likely',
    });
  }
  const ofLists = candidates.filter(({ listing: { type, ofLists } }) => ofLists === true && types.has(type));
  const groups = new Set(ofLists.flatMap(({ listing }) => listing.members));
  const handed = candidates.filter(({ listing: { type, words } }) => words !== undefined && types.has(type));
  const names = namesOf(state, types, new Set(handed.map(({ listing }) => listing.type)));
  for (const { listing } of handed) for (const word of listing.words!) names.words.add(word);
  return { types, isTold: candidates.length > 0, groups, ...names };
}

/** What checks tell of lists that may be of flags. */
export function keysTold(checks: readonly Check[]): readonly KeyTold[] {
  return checks.flatMap(({ key, role, confidence, system }) =>
    key === null || role !== 'check' ? [] : [{ name: camelCase(key), certain: confidence === 'certain', system }],
  );
}

interface KeyTold {
  readonly name: string;
  readonly certain: boolean;
  readonly system: string;
}

/** A list that may be one is one if this many of its names are asked for elsewhere. */
const LEAST_MET = 2;

/** By which names the lists are reached: the fields of their types, and the functions that give them. */
function namesOf(state: LinkState, types: ReadonlyMap<TypeFact, FlagList>, nameless: ReadonlySet<TypeFact>) {
  const keys = new Set([...types.values()].flatMap(list => [...list.keys]));
  const typeNames = new Set([...types.keys()].filter(type => !nameless.has(type)).map(type => type.name));
  const holders = new Set<string>();
  const words = new Set<string>();
  if (typeNames.size === 0) return { keys, holders, words };
  for (const facts of state.files.values()) {
    if (!isRead(facts.language)) continue;
    // What extends a list, or stands for one under another name, is reached by that name too.
    for (const type of facts.types) {
      if (type.bases.some(base => base.kind === 'name' && typeNames.has(base.name))) typeNames.add(type.name);
    }
  }
  for (const facts of state.files.values()) {
    if (!isRead(facts.language)) continue;
    for (const { name, owner, type } of facts.bindings) {
      if (owner !== null && type?.kind === 'name' && typeNames.has(type.name)) holders.add(name);
    }
  }
  for (const name of typeNames) if (!name.includes('.')) words.add(name);
  for (const name of holders) for (const end of ['.', '?.', '[', '!.']) words.add(`${name}${end}`);
  return { keys, holders, words };
}

/** Reads of listed flags in one file. */
export function typedToggleMatches(state: LinkState, path: string, lists: FlagLists): readonly Match[] {
  if (lists.types.size === 0) return [];
  const facts = state.files.get(path)!;
  if (!isRead(facts.language)) return [];
  const matches: Match[] = [];
  const index = state.indexes.get(path)!;
  for (const read of [...readsOfAny(index, lists.keys), ...questionReads(state, path)]) {
    let below: MemberExpr | null = null;
    for (let at: Expr = read; at.kind === 'member' || at.kind === 'index'; below = memberOf(at), at = at.object) {
      if (at.kind !== 'member' || !lists.keys.has(at.property)) continue;
      const list = listRead(state, path, at, lists);
      if (list === null || !list.keys.has(at.property)) continue;
      const isWhole = !lists.groups.has(at.property);
      if (isWhole) matches.push(matchOf(path, at, list, at === read ? defaultOf(facts, read) : null));
      else if (below !== null) matches.push(matchOf(path, below, list, null));
      break;
    }
  }
  if (facts.language === 'python') matches.push(...valuesAsked(state, path, lists));
  for (const { property, patternType, nameSpan, defaultValue } of index.found(takenApart)) {
    if (property === null || !lists.keys.has(property)) continue;
    const shape = shapeOf(state, patternType!, path);
    const list = shape === null ? null : listOf(state, shape, lists, 0);
    if (list?.keys.has(property)) matches.push(matchOf(path, { property, propertySpan: nameSpan }, list, defaultValue));
  }
  for (const read of indexReads(facts)) {
    const list = couldHold(read.object, lists) ? listRead(state, path, read, lists) : null;
    if (list === null) continue;
    const key = asKey(state.evaluator.evaluate(read.index, path));
    // `experiments[0]`: a list of records.
    if (key.kind === 'literal' && typeof key.value === 'number') continue;
    if (key.kind !== 'text' || list.keys.has(key.text)) matches.push(indexMatch(path, read, list));
  }
  return matches;
}

/** Parameters that are taken out of an object whose type is told: `({ newNav }: Flags) => …`. */
function takenApart({ facts }: FileIndex): readonly ParameterFact[] {
  return facts.functions.flatMap(({ parameters }) =>
    parameters.filter(({ property, patternType }) => property !== null && patternType !== undefined),
  );
}

/** Python: `flags.get("new_nav")` of a `TypedDict`. */
function valuesAsked(state: LinkState, path: string, lists: FlagLists): readonly Match[] {
  return (state.indexes.get(path)!.calls.get('get') ?? []).flatMap(({ callee, args, nameSpan, span }) => {
    const key = args[0]?.value;
    if (callee.kind !== 'member' || key?.kind !== 'string' || !lists.keys.has(key.value)) return [];
    const list = recordRead(state, path, callee.object, lists);
    if (!list?.keys.has(key.value)) return [];
    const fallbackExpr = args[1]?.value ?? null;
    const { system, confidence } = list;
    return [
      plainMatch({ path, nameSpan, end: span.end, keyExpr: key, fallbackExpr, system, confidence, method: 'get' }),
    ];
  });
}

function memberOf(read: MemberExpr | IndexExpr): MemberExpr | null {
  return read.kind === 'member' ? read : null;
}

function matchOf(
  path: string,
  { property, propertySpan }: Pick<MemberExpr, 'property' | 'propertySpan'>,
  { system, confidence }: FlagList,
  fallbackExpr: Expr | null,
): Match {
  return plainMatch({
    fallbackExpr,
    path,
    nameSpan: propertySpan,
    end: propertySpan.end,
    // Ruby: a question ends so, its flag does not.
    keyExpr: { kind: 'string', value: property.replace(/\?$/, ''), span: propertySpan },
    system,
    method: 'flags',
    via: 'property',
    confidence,
  });
}

function indexMatch(path: string, { index, span }: IndexExpr, { system, confidence }: FlagList): Match {
  return plainMatch({
    path,
    nameSpan: index.span,
    end: span.end,
    keyExpr: index,
    system,
    method: 'flags',
    confidence,
  });
}

/** Whether an object that is read by an index could be a list: its name says so. */
function couldHold(object: Expr, { holders }: FlagLists): boolean {
  const name = lastName(object);
  return name !== '' && (holders.has(name) || standingOf(name, '') !== null);
}

/** The list that an access reads from, or null. */
function listRead(
  state: LinkState,
  path: string,
  { object }: MemberExpr | IndexExpr,
  lists: FlagLists,
): FlagList | null {
  if (!readsScripts(state.files.get(path)?.language)) return recordRead(state, path, object, lists);
  const shape = shapeOf(state, object, path);
  if (shape !== null) return listOf(state, shape, lists, 0);
  const isHolder = lists.holders.has(lastName(object)) && isUndeclared(state, object, path);
  if (!isHolder) return null;
  const [only] = lists.types.values();
  return {
    keys: lists.keys,
    system: lists.types.size === 1 ? only!.system : 'inferred',
    confidence: 'likely',
  };
}

/** Languages in which such reads are looked for. */
function isRead(language: LanguageId): boolean {
  return readsScripts(language) || RECORDS.has(language) || familyOf(language) === 'ruby';
}

/** The same in languages whose values carry their types. What a type does with its own fields is not a question. */
function recordRead(state: LinkState, path: string, object: Expr, lists: FlagLists, steps = 0): FlagList | null {
  const value = state.evaluator.evaluate(object, path);
  const declared = value.kind === 'parameter' ? value.parameter.type : null;
  const held =
    declared === null ? value : state.evaluator.evaluate(declared, value.kind === 'parameter' ? value.path : path);
  if (held.kind === 'function' && familyOf(state.files.get(held.path)?.language) === 'ruby') {
    // A method is called by its name alone: what is read is what it gives.
    const [result, ...more] = steps > 3 ? [] : held.fn.returns;
    return result === undefined || more.length > 0 ? null : recordRead(state, held.path, result, lists, steps + 1);
  }
  if (held.kind === 'instance' || held.kind === 'type') {
    if (steps === 0 && held.path === path && within(object.span, held.type.span)) return null;
    if (isOwn(state, path, object, held.type)) return null;
    return listOf(state, { kind: 'type', path: held.path, type: held.type }, lists, 0);
  }
  const handed = object.kind === 'call' && held.kind === 'unknown' ? handedOut(state, path, object) : null;
  if (handed !== null) return listOf(state, { kind: 'type', ...handed }, lists, 0);
  const given = object.kind === 'name' ? givenTo(state, path, object) : null;
  if (given !== null) return recordRead(state, path, given, lists, steps + 1);
  const name = lastName(object);
  const isOpen = held.kind === 'unknown' || (held.kind === 'external' && held.from === '');
  if (!isOpen || !lists.holders.has(name) || !isFlagType(name.replace(/[Ss]witches$/, 'Switch'))) return null;
  const [only] = lists.types.values();
  return {
    keys: lists.keys,
    system: lists.types.size === 1 ? only!.system : 'inferred',
    confidence: 'likely',
  };
}

/** Whether an expression stands in a method of this type that is written outside of it, as Go's are. */
function isOwn(state: LinkState, path: string, { span }: Expr, { name }: TypeFact): boolean {
  const { language, functions } = state.files.get(path)!;
  return language === 'go' && functions.some(fn => fn.owner === name && within(span, fn.span));
}

/** The access whose result a name holds, if it is given that alone: `features := config.FromContext(ctx).Features`. */
function givenTo(state: LinkState, path: string, { name, span }: Expr & { readonly kind: 'name' }): Expr | null {
  const symbols = state.evaluator.symbols(path);
  const definition = symbols === null ? null : lookUp(symbols, name, span.start);
  const [binding, ...others] = definition?.kind === 'bindings' ? definition.bindings : [];
  return others.length === 0 && binding?.value?.kind === 'member' ? binding.value : null;
}

/** The list that a shape is, extends or takes over. */
function listOf(state: LinkState, shape: Shape, lists: FlagLists, steps: number): FlagList | null {
  if (shape.kind === 'type') {
    for (const { type } of state.evaluator.ancestors(shape.path, shape.type)) {
      const list = lists.types.get(type);
      if (list !== undefined) return list;
    }
    return null;
  }
  for (const spread of steps > 3 ? [] : shape.expr.spreads) {
    const taken = shapeOf(state, spread, shape.path);
    const list = taken === null ? null : listOf(state, taken, lists, steps + 1);
    if (list !== null) return list;
  }
  return null;
}

/** Whether nothing here tells what an object is: it comes from a parameter without a type, or from a framework. */
function isUndeclared(state: LinkState, object: Expr, path: string): boolean {
  if (object.kind === 'member') {
    const holder = shapeOf(state, object.object, path);
    return (
      holder === null ||
      (holder.kind === 'type' && memberShape(state, holder, object.property, 0) === null && isClass(holder))
    );
  }
  if (object.kind !== 'name') return false;
  const symbols = state.evaluator.symbols(path);
  const definition = symbols === null ? null : lookUp(symbols, object.name, object.span.start);
  // Vue: what a template names and nothing declares is a property of the component.
  if (definition === null) return path.endsWith('.vue');
  if (definition.kind === 'parameter')
    return definition.parameter.property !== null && definition.parameter.patternType === undefined;
  const [binding, ...others] = definition.kind === 'bindings' ? definition.bindings : [];
  return others.length === 0 && binding?.value?.kind === 'member' && isUndeclared(state, binding.value, path);
}

/** A class may get more from bases that stand elsewhere (`this.props` of React's). */
function isClass({ type }: Shape & { kind: 'type' }): boolean {
  return type.form === 'class';
}

function within(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function camelCase(key: string): string {
  return wordsOf(key).join('');
}
