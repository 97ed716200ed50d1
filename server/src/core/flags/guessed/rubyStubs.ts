/**
 * Ruby's tests that set flags by helpers of their own: `stub_feature_flags(new_nav: false)`, `with_feature_flag(:new_nav) { … }`,
 * `enable_feature(:new_nav)`, by a library that stands elsewhere (`FeatureToggle.enable!(:new_nav)`), and by RSpec's metadata (`it '…', with_flag: { new_nav: true }`). They are told by their names alone, which is
 * enough for what is no check.
 */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import { setsFlag, switchesFlag } from '../names/changingVerbs.ts';
import { wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { familyOf } from '../resolve/programNames.ts';
import { asKey } from '../resolve/value.ts';

/** The flags that one test sets so. */
export function rubyStubs(state: LinkState, path: string): readonly Match[] {
  if (familyOf(state.files.get(path)?.language) !== 'ruby' || !isTestPath(path)) return [];
  const matches: Match[] = [];
  for (const [name, calls] of state.indexes.get(path)!.calls) {
    const sets = setsFlags(name);
    const switches = switchesFlag(name.replace(/!$/, ''));
    for (const call of calls) {
      if (switches) matches.push(...ofLibrary(state, path, name, call));
      else if (sets) matches.push(...ofHelper(state, path, name, call));
      else if (call.args.some(({ name: keyword }) => keyword !== null && METADATA.has(keyword)))
        matches.push(...ofMetadata(path, call));
    }
  }
  return matches;
}

/** `stub_feature_flags`, `with_feature`, `with_feature_enabled`, `enable_feature_flag!`, `stub_flipper`. */
function setsFlags(name: string): boolean {
  const all = wordsOf(name);
  const words = HOW.has(all.at(-1) ?? '') ? all.slice(0, -1) : all;
  return (
    words.length < 5 &&
    isSetter(words[0] ?? '') &&
    words.slice(1).every(word => NAMED.has(word)) &&
    words.some(word => word === 'feature' || word === 'features' || word === 'flipper')
  );
}

/** `FeatureToggle.enable!(:new_nav)` of a class that stands elsewhere; what stands here is `homegrownStubs.ts`' business. */
function ofLibrary(state: LinkState, path: string, name: string, call: CallExpr): readonly Match[] {
  const { callee, args, nameSpan, span } = call;
  const key = args[0];
  if (callee.kind !== 'member' || key === undefined || key.name !== null || key.spread) return [];
  const library = lastName(callee.object);
  if (!/^[A-Z]/.test(library) || !wordsOf(library).some(word => NAMED.has(word) && word !== 'flipper')) return [];
  const { kind } = state.evaluator.evaluate(callee, path);
  const value = asKey(state.evaluator.evaluate(key.value, path));
  if ((kind !== 'unknown' && kind !== 'external') || value.kind !== 'text' || !isKey(value.text)) return [];
  return [{ ...matchOf(path, name, value.text, nameSpan, span.end), keyExpr: key.value }];
}

/** The keys: the first argument where there is one, else the names of the keywords. What stands behind a key says how it is set. */
function ofHelper(state: LinkState, path: string, name: string, { callee, args, span }: CallExpr): readonly Match[] {
  if (callee.kind !== 'name' || args.some(({ spread }) => spread)) return [];
  const first = args.find(argument => argument.name === null)?.value;
  if (first === undefined)
    return args.flatMap(({ name: keyword, value }) =>
      keyword !== null && isKey(keyword) ? [matchOf(path, name, keyword, value.span, span.end)] : [],
    );
  if (first.kind === 'object') return ofEntries(path, name, first);
  const key = asKey(state.evaluator.evaluate(first, path));
  if (key.kind !== 'text' || !isKey(key.text)) return [];
  return [{ ...matchOf(path, name, key.text, first.span, span.end), keyExpr: first }];
}

function ofMetadata(path: string, { args }: CallExpr): readonly Match[] {
  return args.flatMap(({ name, value }) => {
    if (name === null || !METADATA.has(name)) return [];
    if (value.kind === 'object') return ofEntries(path, name, value);
    const items = value.kind === 'array' ? value.items : [value];
    return items.flatMap(item =>
      item.kind === 'string' && isKey(item.value) ? [matchOf(path, name, item.value, item.span, item.span.end)] : [],
    );
  });
}

function ofEntries(path: string, method: string, { entries }: Expr & { readonly kind: 'object' }): readonly Match[] {
  return entries.map(({ key, keySpan }) => matchOf(path, method, key, keySpan, keySpan.end));
}

function isKey(text: string): boolean {
  return /^[A-Za-z][\w.:/-]+$/.test(text);
}

function matchOf(path: string, method: string, key: string, span: Expr['span'], end: number): Match {
  return plainMatch({
    path,
    nameSpan: span,
    end,
    keyExpr: { kind: 'string', value: key, span },
    system: 'inferred',
    method,
    confidence: 'likely',
    role: 'stub',
  });
}

function isSetter(verb: string): boolean {
  return switchesFlag(verb) || setsFlag(verb) || verb === 'with' || verb === 'without';
}

/** `with_feature_disabled`: how a flag is set. */
const HOW: ReadonlySet<string> = new Set(['active', 'disabled', 'enabled', 'inactive', 'off', 'on']);
const NAMED: ReadonlySet<string> = new Set(['feature', 'features', 'flag', 'flags', 'flipper', 'toggle', 'toggles']);
const METADATA: ReadonlySet<string> = new Set([
  ...[
    'feature_flag',
    'feature_flags',
    'with_feature',
    'with_feature_flag',
    'with_feature_flags',
    'with_flag',
    'with_flags',
  ],
]);
