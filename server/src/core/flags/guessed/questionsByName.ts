/**
 * Flags that are questions of what is called flags of features, so that their names are all there is of them: `featureFlags.streamMetrics()`,
 * `feature_flags::stream_metrics()`, `FeatureManagement.doc_auth_enabled?`, `Shop_Features::is_new_nav_enabled()`, `enableStreamMetrics()` of a
 * script's or Python's module that is called `feature-flags`. A question that asks another, whose key is known, is an
 * accessor, and its callers are references (`accessors.ts`); these are what is left. What is found is *likely*.
 */
import { type CallExpr, type Expr, type FileFacts, type FunctionFact, isScript } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isFlagNoun, wordsOf } from '../names/flagWords.ts';
import { CHANGES } from '../names/questionWords.ts';
import type { Accessors } from '../questions/accessors.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { areFeatureFlags } from './namedLists.ts';
import { behindSingleton } from './singletons.ts';

/** A text that imports from a module that is called so. */
export const NAMED_IMPORT_TEXT =
  /\bfrom\s{1,4}['"](?:[^'"\n]{0,120}\/)?feature[-_]?(?:flag|toggle)s?(?:\.\w{2,4})?['"]|^[ \t]{0,40}from [\w.]{0,120}\bfeature_?(?:flag|toggle)s? import\b/im;

/** Such questions in one file; those in `accessors` are known to ask others. */
export function questionsByName(state: LinkState, path: string, accessors: Accessors): readonly Match[] {
  const matches: Match[] = [];
  for (const { name, call, isQuestion, isNamed } of state.indexes.get(path)!.found(namedCalls)) {
    const callee = state.evaluator.evaluate(call.callee, path);
    if (call.callee.kind === 'name' && !saysYesOrNo(state, callee, name)) continue;
    if (!isNamed && !isOfFlags(state, callee)) continue;
    if (asksByName(state, path, call, callee, isQuestion, accessors)) matches.push(matchOf(path, call, name));
  }
  return matches;
}

/** A call that may be such a question, by the names alone. */
interface NamedCall {
  readonly name: string;
  readonly call: CallExpr;
  readonly isQuestion: boolean;
  /** It is asked of what is called flags of features. */
  readonly isNamed: boolean;
}

function namedCalls({ calls: index, facts }: FileIndex): readonly NamedCall[] {
  const found: NamedCall[] = [];
  const imported = importedNames(facts);
  for (const [name, calls] of index) {
    const standing = standingOf(name);
    for (const call of standing === null ? [] : calls) {
      if (call.callee.kind === 'name' && imported.has(call.callee.name))
        found.push({ name, call, isQuestion: true, isNamed: true });
      if (call.construct || call.callee.kind !== 'member') continue;
      const holder = nameOf(behindSingleton(call.callee.object));
      const isQuestion = standing === 'question';
      const isNamed = answersForFlags(holder);
      if (isNamed || (isQuestion && (FEATURES.test(holder ?? '') || CONFIGURED.test(holder ?? ''))))
        found.push({ name, call, isQuestion, isNamed });
    }
  }
  return found;
}

/** What a script or Python imports from a module of feature flags. */
function importedNames({ language, imports }: FileFacts): ReadonlySet<string> {
  if (!isScript(language) && language !== 'python') return NO_NAMES;
  return new Set(imports.flatMap(({ local, from }) => (FLAG_MODULE.test(from) ? [local] : [])));
}

const NO_NAMES: ReadonlySet<string> = new Set();
const FLAG_MODULE = /(?:^|[./])feature[-_]?(?:flag|toggle)s?(?:\.\w{2,4})?$/i;

/** Modules of flags have other functions too: all that one returns tells or, where it can't be read, its name. */
function saysYesOrNo(state: LinkState, callee: Value, name: string): boolean {
  const isNamed = ENDS.has(wordsOf(name).at(-1)!);
  if (callee.kind !== 'function') return isNamed;
  return answersYesOrNo(state, callee, MOST_CALLS) || (isNamed && mayAnswer(callee.fn));
}

/** Whether nothing says that a function gives something else: `() => prisons.includes(prison) || prisons.includes('*')`. */
function mayAnswer({ resultType, returns }: FunctionFact): boolean {
  const isOpen = (value: Expr): boolean =>
    value.kind === 'choice'
      ? value.options.every(isOpen)
      : value.kind === 'call' ||
        value.kind === 'other' ||
        (value.kind === 'literal' && typeof value.value === 'boolean');
  return resultType === undefined && returns.length > 0 && returns.every(isOpen);
}

function answersYesOrNo(state: LinkState, callee: Value, depth: number): boolean {
  if (callee.kind !== 'function' || depth === 0) return false;
  const { resultType, returns } = callee.fn;
  if (resultType?.kind === 'name') return BOOLEAN.test(resultType.name);
  const isAnswer = (value: Expr): boolean => {
    if (value.kind === 'literal') return typeof value.value === 'boolean';
    if (value.kind === 'choice') return value.options.every(isAnswer);
    if (value.kind !== 'call') return value.kind === 'other';
    return answersYesOrNo(state, state.evaluator.evaluate(value.callee, callee.path), depth - 1);
  };
  return returns.length > 0 && returns.every(isAnswer);
}

const MOST_CALLS = 3;
const BOOLEAN = /^bool(?:ean)?$/i;

/** `Shop_Features::is_new_nav_enabled()`: a class that is called features has constants that are called flags. */
function isOfFlags({ files }: LinkState, callee: Value): boolean {
  const owner = callee.kind === 'function' ? callee.fn.owner : null;
  if (callee.kind !== 'function' || owner === null) return false;
  if (CONFIGURATION.test(owner)) return givesOwnField(callee.fn);
  if (!FEATURES.test(owner)) return false;
  const constants = files
    .get(callee.path)!
    .bindings.filter(binding => binding.owner === owner && binding.form !== 'variable');
  return constants.filter(({ name }) => wordsOf(name).some(word => word === 'flag' || word === 'toggle')).length > 1;
}

const FEATURES = /Features$/;
/** What holds a configuration of features, and its type: `features`, `FeatureConfiguration`, `FeatureToggleProperties`. */
const CONFIGURED = /(?:^f|F)eatures?(?:Flags?|Toggles?)?(?:Config(?:uration)?|Properties|Settings)?$/;
const CONFIGURATION = /^Features?(?:Flags?|Toggles?)?(?:Config(?:uration)?|Properties|Settings)$/;

/** Java: a getter says yes or no by a field of the same name: `boolean isNavEnabled() { return navEnabled; }`. */
function givesOwnField({ name, parameters, returns: [given, ...others], resultType }: FunctionFact): boolean {
  const field = given?.kind === 'name' ? given.name : given?.kind === 'member' ? given.property : null;
  const isYesOrNo = resultType === undefined || (resultType.kind === 'name' && /^bool(?:ean)?$/i.test(resultType.name));
  const isPlain = parameters.length === 0 && others.length === 0 && isYesOrNo;
  return isPlain && field !== null && name!.toLowerCase() === `is${field.toLowerCase().replace(/^is/, '')}`;
}

/** Whether a call can only be the question for the flag that it is called. */
function asksByName(
  state: LinkState,
  path: string,
  { args, span }: CallExpr,
  callee: Value,
  isQuestion: boolean,
  accessors: Accessors,
): boolean {
  // What is given says for whom it is asked; a text would be the key.
  if (args.length > 1 || args.some(({ value }) => isText(state.evaluator.evaluate(value, path)))) return false;
  if (callee.kind !== 'function') return isQuestion && (callee.kind === 'unknown' || callee.kind === 'external');
  const { fn } = callee;
  if (accessors.checks.has(fn) || state.wrappers.has(fn)) return false;
  // What a library does among its own questions is not asked by its users.
  if (callee.path === path && state.files.get(path)!.functions.some(own => own.owner === fn.owner && holds(own, span)))
    return false;
  const result = fn.resultType?.kind === 'name' ? fn.resultType.name : null;
  return result === null ? isQuestion : BOOLEAN.test(result);
}

function isText(value: Value): boolean {
  const { kind } = asKey(value);
  return kind === 'text' || kind === 'prefix';
}

function holds(outer: { readonly span: CallExpr['span'] }, inner: CallExpr['span']): boolean {
  return outer.span.start <= inner.start && inner.end <= outer.span.end;
}

/** `question`: `isNewPayEnabled`, `new_pay?`; `name`: `streamMetrics`, which is one if it says yes or no. */
function standingOf(name: string): 'question' | 'name' | null {
  const words = wordsOf(name);
  if (words.length < 2 || OTHER_VERBS.has(words[0]!)) return null;
  // `enableFastPath()` asks where it says yes or no.
  if (words[0] === 'enable' || words[0] === 'disable') return 'name';
  // `editProfileEnabled()` asks whether one may edit; `setProfileEnabled(true)` does not.
  if (CHANGES.has(words[0]!) && (SETS.has(words[0]!) || !STATES.has(words.at(-1)!))) return null;
  if (!words.some(word => !isFlagNoun(word) && !SAYS_NOTHING.has(word))) return null;
  const asks = name.endsWith('?') || BEGINS.has(words[0]!) || ENDS.has(words.at(-1)!);
  return asks ? 'question' : 'name';
}

/** `featureFlags`, `feature_flags`, `FeatureToggleService`, `FeatureManagement`. */
export function answersForFlags(name: string | null): boolean {
  if (name === null || !/feature/i.test(name)) return false;
  if (areFeatureFlags(name)) return true;
  const words = wordsOf(name);
  const last = words.at(-1)!;
  // `services.AddFeatureManagement().UseDisabledFeaturesHandler(handler)`: how the library is set up.
  if (SETS_UP.has(words[0]!)) return false;
  if (last === 'management') return words.at(-2) === 'feature';
  return ANSWERS.has(last) && words.length > 2 && words.includes('feature') && NAMED.has(words.at(-2)!);
}

function nameOf(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name.slice(expr.name.lastIndexOf(':') + 1);
  if (expr.kind === 'member') return expr.property;
  return expr.kind === 'call' && expr.args.length < 2 && !expr.construct ? nameOf(expr.callee) : null;
}

function matchOf(path: string, { nameSpan, span }: CallExpr, name: string): Match {
  return plainMatch({
    path,
    nameSpan,
    end: span.end,
    keyExpr: { kind: 'string', value: name.replace(/[?!]$/, ''), span: nameSpan },
    system: 'inferred',
    method: name,
    type: 'boolean',
    via: 'property',
    confidence: 'likely',
  });
}

const SETS_UP: ReadonlySet<string> = new Set(['add', 'configure', 'register', 'with']);
const NAMED: ReadonlySet<string> = new Set([
  'flag',
  'flags',
  'gate',
  'gates',
  'switch',
  'switches',
  'toggle',
  'toggles',
]);
const ANSWERS: ReadonlySet<string> = new Set(['checker', 'config', 'manager', 'provider', 'resolver', 'service']);
const BEGINS: ReadonlySet<string> = new Set(['allow', 'are', 'can', 'has', 'is', 'should', 'show', 'use']);
const STATES: ReadonlySet<string> = new Set(['active', 'allowed', 'disabled', 'enabled']);
const SETS: ReadonlySet<string> = new Set(
  'assert clear ensure make mock override reset save set store update validate with'.split(' '),
);
const ENDS: ReadonlySet<string> = new Set(['active', 'allowed', 'disabled', 'enabled', 'on']);
/** Words that say nothing of which flag is asked for. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  ...'active allowed any are available bool boolean can defined disabled empty enabled exists for gate'.split(' '),
  ...'gates has initialised initialized is key known loaded loading none off on pending present ready'.split(' '),
  ...'registered set show supported use user valid value variant with array changed contained equal'.split(' '),
  ...'instance next not null or same undefined'.split(' '),
]);
const OTHER_VERBS: ReadonlySet<string> = new Set([
  ...'call copy deep default defaults each equals evaluate find get hash init initialize invoke lock'.split(' '),
  ...'merge new next print push read refresh run select start stop string test wait'.split(' '),
]);
