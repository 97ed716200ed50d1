/**
 * Flag libraries of Java and C# code that stand outside the repository and that no SDK's data knows: a company's own package, say;
 * and the attributes and decorators of such libraries in any language. What they are is told by the question and by what is asked: a
 * method that asks yes or no of something that speaks of features or flags, or an attribute that requires one, with a constant
 * key. What is found is *likely*. Libraries inside the repository are `homegrown.ts`' business.
 */
import { type CallExpr, type Expr, isNominal, type LanguageId, nominalFamilyOf } from '../../languages/facts.ts';
import { isFlagNoun, OTHER_FLAGS, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { saysMoreThanFlag } from '../names/otherFlags.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { enclosingName } from '../resolve/symbols.ts';
import { asKey, type Value } from '../resolve/value.ts';

/** Questions of such libraries in one file. */
export function foreignMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  const matches: Match[] = [];
  const isOfNominal = isNominal(facts.language);
  for (const [name, calls] of isOfNominal ? state.indexes.get(path)!.calls : []) {
    const question = questionOf(name);
    for (const call of question === null ? [] : calls) addCall(name, question, call);
  }
  for (const decorator of facts.decorators) matches.push(...attributeMatches(state, path, decorator));
  return matches;

  function addCall(name: string, question: 'plain' | 'flag' | null, call: CallExpr): void {
    // Files are full of questions that are given nothing: nobody follows them to what they are asked of.
    if (call.args[0] === undefined || (question === 'plain' && call.callee.kind !== 'member')) return;
    const callee = state.evaluator.evaluate(call.callee, path);
    if (call.construct || !isForeign(callee) || (question === 'plain' && !isAskedOfFlags(call, callee))) return;
    const key = keyOf(state, call, path, question === 'plain' ? name : null);
    if (key !== null && (question === 'plain' || isFlagConstant(key) || (key.kind === 'string' && namesFlag(name))))
      matches.push(matchOf(path, call, name, key, null));
  }
}

/** Attributes and decorators that require a flag. */
function attributeMatches(state: LinkState, path: string, decorator: CallExpr): readonly Match[] {
  const { language, imports, packageName } = state.files.get(path)!;
  const name = nameOf(decorator.callee);
  if (name === null) return [];
  // `@Feature("login")` is a story of a test; what is imported beside it tells.
  const isPlain = /^Feature(?:Attribute)?$/.test(name) && PLAIN_ATTRIBUTES.has(language) && !isTestPath(path);
  if (!isPlain && questionOf(name) !== 'flag') return [];
  if (isPlain && ![packageName ?? '', ...imports.map(({ from }) => from)].some(speaksOfLibrary)) return [];
  const callee = state.evaluator.evaluate(decorator.callee, path);
  // Elsewhere than in C# and Swift a package that no data knows is no more than a name.
  const isElsewhere = callee.kind === 'external' && (!isNominal(language) || nominalFamilyOf(language) === 'jvm');
  if (!(callee.kind === 'type' || isElsewhere || isForeign(callee))) return [];
  // `[RequiresFeature(TestFeature.Docker)]`, of the tests' own: what the machine must have.
  if (callee.kind === 'type' && isTestPath(callee.path) && /^require/i.test(name)) return [];
  // `@Flag("port")` of a package that says nothing of features is a command line's, which is handed to whoever asks for it.
  if (wordsOf(name).length === 1 && callee.kind === 'external' && callee.from !== '' && !OF_FEATURES.test(callee.from))
    return [];
  // Swift: `@Flag(help: "Verbose")` is one, too.
  if (!isPlain && wordsOf(name).length === 1 && decorator.args[0]?.name !== null) return [];
  const keys = keysOf(state, decorator, path);
  return keys.map(key => ({
    ...matchOf(path, decorator, name, key, 'attribute'),
    // Several features in one attribute are told apart by their places.
    ...(keys.length > 1 ? { nameSpan: key.span, end: key.span.end } : {}),
  }));
}

const OF_FEATURES = /feature|flags|toggl/i;
const PLAIN_ATTRIBUTES: ReadonlySet<LanguageId> = new Set(['csharp', 'java', 'kotlin']);

/** `Acme.FeatureToggles`, `com.acme.flags`. */
function speaksOfLibrary(name: string): boolean {
  return name.split('.').some(part => wordsOf(part).some(word => LIBRARIES.has(word)));
}

const LIBRARIES: ReadonlySet<string> = new Set(['flag', 'flags', 'toggle', 'toggles', 'toggling', 'togglz']);

/** The constant keys that an attribute is given: a text, a list of them, or a class that stands for a feature. */
function keysOf(state: LinkState, decorator: CallExpr, path: string): readonly Expr[] {
  const given = decorator.args[0]?.value;
  if (given?.kind === 'array') {
    return given.items.flatMap(
      value => keyOf(state, { ...decorator, args: [{ name: null, value, spread: false }] }, path, null) ?? [],
    );
  }
  if (given?.kind === 'member' && given.property === 'class' && nameOf(given.object) !== null)
    return [{ kind: 'string', value: nameOf(given.object)!, span: given.span }];
  const key = keyOf(state, decorator, path, null);
  return key === null ? [] : [key];
}

/** `plain` where only the receiver can tell what is asked (`IsEnabled`), `flag` where the name tells (`RequireFeature`). */
function questionOf(name: string): 'plain' | 'flag' | null {
  if (!MAY_ASK.test(name)) return null;
  const words = wordsOf(name);
  if (
    words.length > 0 &&
    words.length < 4 &&
    words.every(word => PLAIN.has(word)) &&
    words.some(word => STATES.has(word))
  ) {
    return 'plain';
  }
  const isAbout = words.some(isFlagNoun) && words.some(word => REQUIRES.has(word));
  return isAbout && words.every(word => isFlagNoun(word) || REQUIRES.has(word) || PLAIN.has(word)) ? 'flag' : null;
}

/** What nobody knows, and what stands elsewhere but not where. */
function isForeign(callee: Value): boolean {
  return callee.kind === 'unknown' || (callee.kind === 'external' && callee.from === '');
}

/** Whether a call's receiver is about flags: by its type where that has a name, else by its own. */
function isAskedOfFlags(call: CallExpr, callee: Value): boolean {
  if (call.callee.kind !== 'member') return false;
  if (callee.kind === 'external') return speaksOfFlags(callee.names.at(-2) ?? '');
  return speaksOfFlags(nameOf(call.callee.object) ?? '');
}

/**
 * A constant key; or, in a function that passes on the question under its own name or speaks of flags, the key that it was asked for. A
 * constant of flags that stand elsewhere, too, is asked for, though nobody knows its text.
 */
function keyOf(state: LinkState, call: CallExpr, path: string, passedOnAs: string | null): Expr | null {
  const key = call.args[0];
  if (key === undefined || key.spread) return null;
  const value = asKey(state.evaluator.evaluate(key.value, path));
  if (value.kind === 'text') return looksLikeKey(value.text) ? key.value : null;
  if (isForeign(value) && isFlagConstant(key.value) && passedOnAs !== null) return key.value;
  if (value.kind !== 'parameter' || passedOnAs === null) return null;
  if (speaksOfFlags(value.fn.name ?? '')) return key.value;
  const symbols = state.evaluator.symbols(path);
  return symbols !== null && enclosingName(symbols, call.nameSpan.start) === passedOnAs ? key.value : null;
}

/** `featureFlag("new-pay")`, as Kotlin's properties are delegated to: nothing else is called so. */
function namesFlag(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && words.every(isFlagNoun);
}

/** `FeatureFlags.Pay`: a constant of something that speaks of flags, and not of those of something else (`PermissionFlag.Write`). */
function isFlagConstant(key: Expr): boolean {
  if (key.kind !== 'member' || key.object.kind === 'call') return false;
  const name = nameOf(key.object) ?? '';
  return speaksOfFlags(name) && (saysMoreThanFlag(name) || !wordsOf(name).some(word => OTHER_FLAGS.has(word)));
}

function nameOf(expr: Expr): string | null {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  return expr.kind === 'call' ? nameOf(expr.typeArgument ?? expr.callee) : null;
}

function matchOf(path: string, call: CallExpr, method: string, keyExpr: Expr, via: Match['via']): Match {
  return plainMatch({
    path,
    nameSpan: call.nameSpan,
    end: call.span.end,
    keyExpr,
    system: 'inferred',
    method,
    type: wordsOf(method).includes('is') || via === 'attribute' ? 'boolean' : null,
    via,
    confidence: 'likely',
  });
}

/** What every question holds; most names are ruled out by it. */
const MAY_ASK = /[Aa]ctive|[Ee]nabled|On|^on|[Vv]aria|[Ff]eature|[Ff]lag|[Tt]oggle|[Ee]xperiment/;
const PLAIN: ReadonlySet<string> = new Set([
  'active',
  'async',
  'bool',
  'boolean',
  'enabled',
  'get',
  'int',
  'is',
  'on',
  'string',
  'value',
  'variant',
  'variation',
]);
/** At least one of these stands in a plain question. */
const STATES: ReadonlySet<string> = new Set(['active', 'enabled', 'on', 'variant', 'variation']);
const REQUIRES: ReadonlySet<string> = new Set([
  'enabled',
  'flag',
  'gate',
  'gated',
  'if',
  'on',
  'require',
  'required',
  'requires',
  'toggle',
  'when',
  'with',
]);
