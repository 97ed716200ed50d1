/**
 * Flag libraries of Go, Python, JavaScript, Ruby, PHP and Rust code that stand outside the repository and that no SDK's data knows:
 * `o.Features.Enabled(features.EnableUsages)`, `is_enabled(features.SYNC)` from a module about features, `isFeatureEnabled('pay')` from
 * a package. A constant key is asked for, and the question itself, what is asked or the key's own place speaks of flags. What is found is
 * *likely*. Languages whose values carry types are `foreign.ts`' business.
 */
import {
  type CallExpr,
  type Expr,
  type FunctionFact,
  isNominal,
  isScript,
  type LanguageId,
} from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isFlagNoun, OTHER_FLAGS, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import type { LinkState, Match } from '../questions/linkState.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { answersForFlags } from './questionsByName.ts';

/** Questions of such libraries in one file. */
export function foreignCallMatches(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  if (isNominal(language) || !ASKS_SO.has(language)) return [];
  const matches: Match[] = [];
  for (const { name, question, call } of state.indexes.get(path)!.found(questionCalls)) {
    if (question === 'value' && isMadeHere(state, call, path)) continue;
    const key = keyOf(state, call, path, question);
    if (key === null) continue;
    const callee = state.evaluator.evaluate(call.callee, path);
    const isAsked = question === 'flag' ? isImported(call, callee, language) : isAskedOfFlags(call, callee, key);
    if (isAsked) matches.push(matchOf(path, call, name, key));
  }
  return matches;
}

type Question = 'plain' | 'flag' | 'value';

interface QuestionCall {
  readonly name: string;
  readonly question: Question;
  readonly call: CallExpr;
}

/** The calls that may be such questions by their names. */
function questionCalls({ calls: index }: FileIndex): readonly QuestionCall[] {
  const found: QuestionCall[] = [];
  for (const [name, calls] of index) {
    const question = questionOf(name);
    for (const call of question === null ? [] : calls)
      if (!call.construct && (question !== 'value' || isAnswering(call)))
        found.push({ name, question: question!, call });
  }
  return found;
}

const ASKS_SO: ReadonlySet<LanguageId> = new Set([
  'blade',
  'erb',
  'go',
  'haml',
  'javascript',
  'php',
  'python',
  'ruby',
  'rust',
  'svelte',
  'tsx',
  'typescript',
  'vue',
] as readonly LanguageId[]);

/** `featureToggleService.getValue('pay', false)`: of what can only answer for flags, whatever it is asked by. */
const GIVES: ReadonlySet<string> = new Set([
  'check',
  'evaluate',
  'get',
  'getBoolean',
  'getBooleanValue',
  'getString',
  'getValue',
  'getValueOnce',
  'getValueSync',
  'get_value',
  'value',
]);

/** `plain`: `enabled?`, `isActive`, where something else must speak of flags; `flag`: `isFeatureEnabled`, `useFeatureFlag`. */
function questionOf(name: string): Question | null {
  if (GIVES.has(name)) return 'value';
  if (name === 'feature' || name === 'feature_flag') return 'plain';
  if (!MAY_ASK.test(name)) return null;
  const words = wordsOf(name);
  if (
    words.length < 3 &&
    words.some(word => STATES.has(word)) &&
    words.every(word => STATES.has(word) || word === 'is')
  )
    return 'plain';
  if (words.length > 4 || !words.some(isFlagNoun) || words.some(word => OTHER_FLAGS.has(word))) return null;
  const isHook = words[0] === 'use' && words.every(word => isFlagNoun(word) || HOOK.has(word));
  // `getIsFeatureEnabled`, not `getFeature`, which hands out a record.
  const asked = words[0] === 'get' && words[1] === 'is' ? words.slice(1) : words;
  return isHook || asked.every(word => isFlagNoun(word) || STATES.has(word) || word === 'is') ? 'flag' : null;
}

/** A name that says all: of an import, or asked of something that nobody here declares. */
function isImported(call: CallExpr, callee: Value, language: LanguageId): boolean {
  if (callee.kind === 'external') return true;
  if (callee.kind !== 'unknown' || call.callee.kind !== 'member') return false;
  // Scripts: `this.isFeatureEnabled('pay')` of a mixin, `store.getters.isFeatureEnabled('pay')`; plainer names are asked of anything.
  return !isScript(language) || wordsOf(call.callee.property).includes('feature');
}

/** A plain question: of something that is called flags, or with a key that stands among flags. */
function isAskedOfFlags({ callee: asked }: CallExpr, callee: Value, key: Expr): boolean {
  if (callee.kind !== 'unknown' && callee.kind !== 'external') return false;
  // Python's web frameworks hang what can be asked for flags on the request: `request.feature('pay')`.
  if (asked.kind === 'member' && asked.property.startsWith('feature')) return nameOf(asked.object) === 'request';
  // PHP, Python: what is asked is of a declared type, which a package gives.
  const isOfSuch = callee.kind === 'external' && callee.from !== '' && areFlags(callee.names.at(-2) ?? null);
  if (asked.kind === 'member') return areFlags(nameOf(asked.object)) || isOfSuch;
  return callee.kind === 'external' && (isCalledFlags(callee.from) || isFlagConstant(key));
}

/** The first of two arguments that is a constant key; a context may stand before it, and what stands among flags is meant before anything else. */
function keyOf(state: LinkState, call: CallExpr, path: string, question: Question): Expr | null {
  const named = call.args.slice(0, 3).filter(({ value, spread }) => !spread && isFlagConstant(value));
  for (const { value, spread } of [...named, ...call.args.slice(0, 2)]) {
    const key = spread ? null : asKey(state.evaluator.evaluate(value, path));
    if (key?.kind === 'text' && looksLikeKey(key.text)) return value;
    // `function isFeatureOn(key)` of the repository's own, around the package's question: its callers ask.
    if (question === 'plain' && key?.kind === 'parameter' && isWrapped(key.fn)) return value;
  }
  // `$featureFlagChecker->isEnabled($featureFlag)`: it asks for a flag, whichever that is.
  const [first] = call.args;
  const isFlag = first !== undefined && !first.spread && isCalledFlag(first.value);
  return question === 'plain' && isFlag && isAnswering(call) ? first.value : null;
}

function isWrapped({ name }: FunctionFact): boolean {
  return speaksOfFlags(name ?? '');
}

/** A map, a list or an object of this file: what it holds are settings. */
function isMadeHere(state: LinkState, { callee }: CallExpr, path: string): boolean {
  const { kind } = callee.kind === 'member' ? state.evaluator.evaluate(callee.object, path) : callee;
  return kind === 'builtin' || kind === 'object' || kind === 'array';
}

function isAnswering({ callee }: CallExpr): boolean {
  return callee.kind === 'member' && answersForFlags(nameOf(callee.object)?.replace(/^\$|^get(?=[A-Z])/, '') ?? null);
}

/** `featureFlag`, `$flag`, `feature_name`. */
function isCalledFlag(value: Expr): boolean {
  const words = value.kind === 'name' || value.kind === 'member' ? wordsOf(nameOf(value)!) : [];
  return words.some(isFlagNoun) && !words.some(word => OTHER_FLAGS.has(word));
}

/** `features.PAY`, `FeatureFlag::PAY`. */
function isFlagConstant(key: Expr): boolean {
  return key.kind === 'member' && isCalledFlags(nameOf(key.object));
}

/** Flags, or what keeps them; a single one is not asked for others. */
function areFlags(name: string | null): boolean {
  const words = wordsOf(name ?? '');
  return isCalledFlags(name) && !(words.length === 1 && /^(?:flag|toggle|experiment)$/.test(words[0]!));
}

function isCalledFlags(name: string | null): boolean {
  const words = wordsOf(name ?? '');
  return words.some(isFlagNoun) && !words.some(word => OTHER_FLAGS.has(word));
}

function nameOf(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  return expr.kind === 'call' ? nameOf(expr.callee) : null;
}

function matchOf(path: string, call: CallExpr, method: string, keyExpr: Expr): Match {
  return {
    path,
    nameSpan: call.nameSpan,
    end: call.span.end,
    keyExpr,
    fallbackExpr: null,
    constantFallback: undefined,
    system: 'inferred',
    method,
    type: 'boolean',
    via: null,
    confidence: 'likely',
    role: 'check',
  };
}

const MAY_ASK = /[Ee]nabled|[Aa]ctive|^feature|^use|^(?:get)?[Ii]s/;
const STATES: ReadonlySet<string> = new Set(['active', 'enabled']);
const HOOK: ReadonlySet<string> = new Set(['active', 'enabled', 'is', 'use']);
