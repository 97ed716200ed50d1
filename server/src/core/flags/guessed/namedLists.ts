/**
 * Flags read as properties of an object that is called flags of features, whatever type it is of: `config.FeatureFlags.NewPay`,
 * `platform.featureFlags.newPay`, `useFeatureToggles().newPay`. Its name is all that speaks for it, so that it must leave no doubt, and
 * what is read must not be known to be something else: a key, a number, another object. What is found is *likely*. Lists whose
 * type tells what they hold are `typedToggles.ts`' business, reads by an index `indexedFlags.ts`'.
 */
import { type Expr, type FileFacts, isScript, type LanguageId, type MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isFlagNoun, OTHER_FLAGS, wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { shapeOf } from '../questions/declaredTypes.ts';
import { flagProperty, type LinkState, type Match } from '../questions/linkState.ts';
import { lookUp } from '../resolve/symbols.ts';
import type { Value } from '../resolve/value.ts';
import { behindSingleton } from './singletons.ts';

/** A text that may hold such reads. */
export const NAMED_LIST_TEXT =
  /feature_?\w{0,20}(?:flag|gate|toggle|switch)\w{0,20}(?:\(\))?[!?]{0,2}(?:\.|::|->)\w|feature_?management(?:\.|::)\w|(?:switches|toggles)[?!]{0,2}\.\w|(?:const|let|var|val)\s*\{[^{}]{0,300}\}\s*=[^=;]{0,60}feature_?\w{0,20}(?:flag|gate|toggle|switche)s\b/i;

/** Such reads in one file. */
export function namedListMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (!READ.has(facts.language)) return [];
  const matches: Match[] = [];
  for (const chain of state.indexes.get(path)!.found(readsOfNames)) {
    const list = chain.find(({ at }) => isList(state, path, at));
    if (list === undefined) continue;
    const { at, below } = list;
    // `featureFlags.newPay.enabled` asks, `featureFlags.store.get` is no list.
    if ((below === null || ASKED.has(below)) && canBeFlag(state, path, at) && !isCalled(state, path, at))
      matches.push(flagProperty(path, at));
  }
  return matches;
}

/** A read, and what is read of that. */
interface ReadOfName {
  readonly at: MemberExpr;
  readonly below: string | null;
}

/** By what is read outermost: the reads below whose names are those of flags, and of lists of them as far as names tell. */
function readsOfNames(index: FileIndex): readonly (readonly ReadOfName[])[] {
  const found: (readonly ReadOfName[])[] = [];
  for (const read of valueReads(index.facts)) {
    const chain: ReadOfName[] = [];
    for (let at: Expr = read, below: string | null = null; at.kind === 'member'; below = at.property, at = at.object)
      if (mayBeList(index, at.object) && isFlagName(at.property)) chain.push({ at, below });
    if (chain.length > 0) found.push(chain);
  }
  return found;
}

/** Languages in which a read of a property is no call. */
const READ: ReadonlySet<LanguageId> = new Set([
  'cpp',
  'csharp',
  'go',
  'javascript',
  'kotlin',
  'php',
  'python',
  'rust',
  'scala',
  'swift',
  'tsx',
  'typescript',
] as const);

/** Reads of values; what a method is called on is an object. */
function valueReads({ members, bindings }: FileFacts): readonly MemberExpr[] {
  const reads = members.filter(read => read.kind === 'member');
  for (const { value } of bindings) if (value?.kind === 'member') reads.push(value);
  return reads;
}

/** `const { isOn } = useFeatureFlags()`, and then `isOn('pay')`: what is taken out is a question. */
function isCalled(state: LinkState, path: string, read: MemberExpr): boolean {
  const held = state.files.get(path)!.bindings.find(({ value }) => value === read);
  if (held === undefined) return false;
  const calls = state.indexes.get(path)!.calls.get(held.name) ?? [];
  return calls.some(({ callee }) => callee.kind === 'name' && callee.name === held.name);
}

/** Whether what is read from could be a list: most names stand for nothing of this kind. */
function mayBeList({ facts, calls }: FileIndex, held: Expr): boolean {
  const object = isScript(facts.language) ? unwrapped(held) : behindSingleton(held);
  const name = nameOf(object);
  if (areFeatureFlags(name) || (isScript(facts.language) && OPEN.test(name ?? ''))) return true;
  return object.kind === 'name' && (isCalledList(object) || handsOut(calls));
}

/** Vue: what a reference holds is read by `value`, `flags.value.newNav`. */
function unwrapped(object: Expr): Expr {
  return object.kind === 'member' && object.property === 'value' ? object.object : object;
}

/** Whether what is read from is called flags of features, or is a name for something that is. */
function isList(state: LinkState, path: string, read: MemberExpr): boolean {
  const object = isScript(state.files.get(path)!.language) ? unwrapped(read.object) : behindSingleton(read.object);
  if (isOfStyles(object)) return false;
  if (areFeatureFlags(nameOf(object)) || isOpenList(state, path, object)) return true;
  if (object.kind !== 'name') return false;
  const isCalled = isCalledList(object);
  if (!isCalled && !handsOut(state.indexes.get(path)!.calls)) return false;
  const symbols = state.evaluator.symbols(path);
  const found = symbols === null ? null : lookUp(symbols, object.name, object.span.start);
  const [binding, ...others] = found?.kind === 'bindings' ? found.bindings : [];
  const value = others.length === 0 ? binding?.value : null;
  return value != null && (isCalled || isHandedOut(value)) && areFeatureFlags(nameOf(behindSingleton(value)));
}

/** `styles.featureToggles.row`: how flags are shown. */
function isOfStyles(object: Expr): boolean {
  return object.kind === 'member' && /^(?:classes|css|styles?)$/i.test(nameOf(object.object) ?? '');
}

/** `flags`, `features`, which may stand for feature flags. */
function isCalledList({ name }: Expr & { readonly kind: 'name' }): boolean {
  return LISTS.has(name.toLowerCase()) || name.toLowerCase() === 'features';
}

/** Whether anything in a file is handed out. */
function handsOut(calls: FileIndex['calls']): boolean {
  for (const name of HAND_OUT) if (calls.has(name)) return true;
  return false;
}

/** `config.switches` of a type `Switches` that has no members of its own, but any (`[name: string]: boolean`). */
function isOpenList(state: LinkState, path: string, object: Expr): boolean {
  if (!OPEN.test(nameOf(object) ?? '') || !isScript(state.files.get(path)!.language)) return false;
  const shape = shapeOf(state, object, path);
  if (shape?.kind !== 'type' || shape.type.form === 'class' || shape.type.form === 'enum') return false;
  const { bindings } = state.files.get(shape.path)!;
  return (
    /(?:Switches|Toggles)$/.test(shape.type.name) &&
    !bindings.some(({ owner, scope }) => owner === shape.type.name && scope.start >= shape.type.span.start)
  );
}

const OPEN = /(?:switches|toggles)$/i;

/** `featureFlags`, `FeatureVisibilityFlags`, `ssrFeatureToggles`, `getFeatureGates`, `getFeatureFlagsWithDefaults`. */
export function areFeatureFlags(name: string | null): boolean {
  if (name === null || !/feature/i.test(name)) return false;
  const all = wordsOf(name);
  const link = all.findIndex(word => LINKS.has(word));
  const words = link > 1 ? all.slice(0, link) : all;
  const before = words.slice(0, -1);
  return (
    LISTS.has(words.at(-1)!) &&
    before.includes('feature') &&
    !before.some(word => OTHER_FLAGS.has(word) || CHANGES.has(word))
  );
}

/** What says more of a list behind its name. */
const LINKS: ReadonlySet<string> = new Set(['for', 'from', 'of', 'with']);

function nameOf(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  if (expr.kind !== 'call' || expr.args.length > 1 || expr.construct) return null;
  if (isHandedOut(expr)) return storeName(expr.args[0]!.value);
  return nameOf(expr.callee)?.replace(/(?<=s)Store$/, '') ?? null;
}

/** React, Vue, Svelte: `useContext(FeatureFlagsContext)`, `inject('featureFlags')`, `storeToRefs(useFeatureFlagsStore())`. */
function isHandedOut(expr: Expr): boolean {
  return expr.kind === 'call' && expr.args.length === 1 && HAND_OUT.has(lastName(expr.callee));
}

const HAND_OUT: ReadonlySet<string> = new Set(['getContext', 'inject', 'storeToRefs', 'useContext']);

/** What a context, a store or a key of either is called after, as what it holds would be. */
export function storeName(expr: Expr): string | null {
  const name = expr.kind === 'string' ? expr.value : nameOf(expr);
  const held = name?.replace(/(?<=s)_?(?:Context|Key|Store)$/i, '') ?? null;
  return held === null ? null : held.charAt(0).toLowerCase() + held.slice(1);
}

/** Whether a property's name can be a flag's: most others say what a store of flags does or how it is. */
export function isFlagName(name: string): boolean {
  if (!/^[A-Za-z][\w$]*$/.test(name) || NO_FLAG.has(name.toLowerCase()) || ROWS.has(name)) return false;
  // `defaultFeatureFlags`: another list.
  return !saysHowItIs(name) && !saysNothing(name) && !areFeatureFlags(name);
}

/** What a table of flags is told and asked: `expect(db.featureFlags.findMany).toHaveBeenCalled()`. */
const ROWS: ReadonlySet<string> = new Set([
  ...'aggregate create createMany delete deleteMany destroy find findAll findFirst findMany findOne'.split(' '),
  ...'findUnique get groupBy insert remove save set update updateMany upsert'.split(' '),
]);

/** `isFeatureEnabled`, `setFlag`, `hasFeature`: what a store of flags is asked or told, none of them. */
function saysNothing(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && words.every(word => isFlagNoun(word) || OF_STORES.has(word));
}

const OF_STORES: ReadonlySet<string> = new Set(
  'active add all and are check clear enabled evaluate fetch for get has is key name off on refresh reload reset set toggle update value with'.split(
    ' ',
  ),
);

/** `areFeatureFlagsLoading`: how far the list itself is. */
function saysHowItIs(name: string): boolean {
  const words = wordsOf(name);
  return HOW_IT_IS.has(words.at(-1)!) && (words.some(isFlagNoun) || /^(?:are|has|is)$/.test(words[0]!));
}

const HOW_IT_IS: ReadonlySet<string> = new Set([
  ...['count', 'total'],
  ...['error', 'failed', 'fetched', 'fetching', 'initialized', 'loaded', 'loading', 'pending', 'ready', 'synced'],
]);

/** Whether nothing known of the object and of what is read says that it is something else. */
function canBeFlag(state: LinkState, path: string, read: MemberExpr): boolean {
  const holder = typeOf(state, state.evaluator.evaluate(read.object, path), path);
  const { language } = state.files.get(path)!;
  // `FeatureFlags.NewPay` of an enum or of constants is a key; of a module it is one of its functions.
  if (holder.kind === 'module' || holder.kind === 'function' || holder.kind === 'array') return false;
  if (holder.kind === 'type') return false;
  if (holder.kind === 'instance') return isSwitch(state, holder, read.property, language);
  const isConstant = /^[A-Z]/.test(nameOf(read.object) ?? '') && language !== 'go';
  if (holder.kind === 'external' && holder.from !== '' && (isConstant || !isScript(language))) return language === 'go';
  const value = state.evaluator.evaluate(read, path);
  if (value.kind === 'literal') return typeof value.value === 'boolean';
  return (value.kind === 'unknown' || value.kind === 'external' || value.kind === 'parameter') && !isConstant;
}

function typeOf(state: LinkState, value: Value, path: string): Value {
  if (value.kind !== 'parameter' || value.parameter.type === null) return value;
  const type = state.evaluator.evaluate(value.parameter.type, value.path ?? path);
  return type.kind === 'type' ? { kind: 'instance', path: type.path, type: type.type } : value;
}

/** Whether a field of a type of the repository says yes or no, or one of few words. */
function isSwitch(
  state: LinkState,
  holder: Value & { kind: 'instance' },
  property: string,
  language: LanguageId,
): boolean {
  if (holder.type.form === 'enum') return false;
  for (const { path, type } of state.evaluator.ancestors(holder.path, holder.type)) {
    const fields = state.evaluator.symbols(path)?.members.get(`${type.name}.${property}`) ?? [];
    const [field] = fields;
    if (field === undefined) continue;
    const declared = field.type?.kind === 'name' ? field.type.name : null;
    if (declared !== null) return /^(?:bool(?:ean)?|string)$/i.test(declared);
    return field.type === null && field.value?.kind === 'literal' && typeof field.value.value === 'boolean';
  }
  // A type that nothing here says all of: what it extends may have the property.
  return isScript(language) && holder.type.form !== 'class';
}

const LISTS: ReadonlySet<string> = new Set(['flags', 'gates', 'switches', 'toggles']);
/** `updateFeatureFlags`, `featureFlagsResponse`: what is done with a list. */
const CHANGES: ReadonlySet<string> = new Set(['add', 'create', 'fetch', 'load', 'parse', 'set', 'update']);
/** What a flag that is an object is asked by. */
const ASKED: ReadonlySet<string> = new Set(['active', 'enabled', 'isActive', 'isEnabled', 'on', 'value']);
/** In lower case: what lists, stores and hooks of flags have beside their flags. */
const NO_FLAG: ReadonlySet<string> = new Set([
  ...'actions all api client config context count current data default defaults entities environment'.split(' '),
  ...'error errors flags id ids initialized isempty iserror isfetched isfetching isinitialized'.split(' '),
  ...'isloaded isloading ispending isready issuccess items key keys length list loaded loading'.split(' '),
  ...'metadata name options prototype provider ready reducer ref size state status store tojson'.split(' '),
  ...'tostring type value values version'.split(' '),
]);
