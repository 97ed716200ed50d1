/**
 * Flags that are asked as all configuration is: `config.getConfig(FeatureConfiguration.NEW_NAV)`, where the type of what is asked for says that it is of features'
 * flags and declares itself which there are. The question and what it is asked of say nothing, so that it is the constant which tells. A parameter of such a type is asked for,
 * too, and whoever gives it names the flag. What is found is *likely*. Services that are called after flags are `flagServices.ts`' business.
 */
import { type BindingFact, type CallExpr, type Expr, isNominal } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { expected } from '../resolve/arguments.ts';
import { keyOfBuilder, orObjectKey } from '../resolve/objectKeys.ts';
import { asKey } from '../resolve/value.ts';

/** Such questions in one file. */
export function flagConfigurationMatches(state: LinkState, path: string): readonly Match[] {
  if (!isNominal(state.files.get(path)!.language)) return [];
  return state.indexes
    .get(path)!
    .found(questions)
    .flatMap(({ call, name, asked }) => {
      const key = keyOf(state, path, asked);
      if (key === null) return [];
      const { nameSpan, span } = call;
      const via = asked.kind === 'member' ? 'flag-object' : null;
      const said = { system: 'inferred', method: name, via, confidence: 'likely' } as const;
      return [plainMatch({ path, nameSpan, end: span.end, ...key, ...said })];
    });
}

interface Question {
  readonly name: string;
  readonly call: CallExpr;
  readonly asked: Expr;
}

function questions({ facts, calls }: FileIndex): readonly Question[] {
  const handed = new Set(
    facts.functions.flatMap(({ parameters }) => parameters.filter(isTyped).map(each => each.name)),
  );
  return [...calls].flatMap(([name, all]) =>
    asksPlainly(name)
      ? all.flatMap(call => {
          const given = call.construct || call.callee.kind !== 'member' ? undefined : call.args[0]?.value;
          const asked = given === undefined ? undefined : expected(given);
          const isConstant = asked?.kind === 'member' && isOfFlags(lastName(asked.object));
          const isHanded = asked?.kind === 'name' && handed.has(asked.name);
          return asked !== undefined && (isConstant || isHanded) ? [{ name, call, asked }] : [];
        })
      : [],
  );
}

/** `get`, `getConfig`, `getBooleanOrDefault`: a question that says nothing of what is asked for. */
function asksPlainly(name: string): boolean {
  const [first = '', ...more] = wordsOf(name);
  return ASKS.has(first) && more.every(word => PLAIN.has(word));
}

const ASKS: ReadonlySet<string> = new Set(['check', 'evaluate', 'get', 'is', 'lookup', 'read', 'resolve', 'value']);
const PLAIN: ReadonlySet<string> = new Set(
  'active as async bool boolean config configuration default enabled feature flag option or property setting state value'.split(
    ' ',
  ),
);

/** One of them: what is called after several is all of them. */
function isTyped({ type }: { readonly type: Expr | null }): boolean {
  const name = type === null ? '' : lastName(type);
  return isOfFlags(name) && !name.endsWith('s');
}

/** `FeatureConfiguration`, `FeatureFlag`, `FeatureToggles`: features, and that they are switched. */
function isOfFlags(name: string): boolean {
  const words = wordsOf(name);
  return words.some(word => FEATURES.has(word)) && SWITCHES.has(words.at(-1) ?? '');
}

const FEATURES: ReadonlySet<string> = new Set(['experiment', 'experimental', 'feature', 'features']);
const SWITCHES: ReadonlySet<string> = new Set(
  ['config', 'configuration', 'flag', 'gate', 'option', 'setting', 'switch', 'toggle'].flatMap(word => [
    word,
    `${word}s`,
  ]),
);

function keyOf(state: LinkState, path: string, asked: Expr): Pick<Match, 'keyExpr' | 'keyPath'> | null {
  const value = state.evaluator.evaluate(asked, path);
  if (value.kind === 'parameter') return isListed(state, value.path, value.parameter) ? { keyExpr: asked } : null;
  if (asked.kind !== 'member') return null;
  const type = state.evaluator.evaluate(asked.object, path);
  if (type.kind !== 'type') return null;
  const facts = state.files.get(type.path);
  const constant = facts?.bindings.find(({ owner, name }) => owner === type.type.name && name === asked.property);
  if (constant === undefined || !isOne(constant)) return null;
  state.givers.add(type.path);
  // What a builder gives has its key in the chain of calls; what else its type holds says nothing of this one.
  const given = keyOfBuilder(constant.value);
  const isMade = constant.value?.kind !== 'call' || constant.value.construct;
  const isTold = given === null && isMade && orObjectKey(state.evaluator, value, asKey(value)).kind === 'text';
  if (isTold) return { keyExpr: asked };
  const named: Expr = { kind: 'string', value: constant.name, span: constant.nameSpan };
  return { keyExpr: given ?? named, ...(type.path === path ? {} : { keyPath: type.path }) };
}

/** Whether what is handed on is of a type that declares which there are: a record of settings does not. */
function isListed(state: LinkState, path: string, { type }: { readonly type: Expr | null }): boolean {
  const value = type === null || !isTyped({ type }) ? null : state.evaluator.evaluate(type, path);
  if (value?.kind !== 'type') return false;
  return state.files.get(value.path)!.bindings.some(binding => binding.owner === value.type.name && isOne(binding));
}

/** Whether a constant is one of the type that holds it, or of another that says as much. */
function isOne({ form, type, value }: BindingFact): boolean {
  return form === 'enum-member' || (type !== null ? isOfFlags(lastName(type)) : value?.kind === 'call');
}
