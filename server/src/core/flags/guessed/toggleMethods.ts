/**
 * Interfaces that list toggles as methods, which something else implements: `fun newNav(): Toggle`, asked by `features.newNav().isEnabled()`. The
 * name of the method is the flag's; the one that stands for all of them is named as the interface's annotation says. What is found is *likely*.
 */
import {
  type CallExpr,
  type Expr,
  type FileFacts,
  type FunctionFact,
  isNominal,
  type TypeFact,
} from '../../languages/facts.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';

/** Questions of this kind in one file. */
export function toggleMethodMatches(state: LinkState, path: string): readonly Match[] {
  const { language } = state.files.get(path)!;
  // C++ has no interfaces, and what is asked there would be followed for nothing.
  if (!isNominal(language) || language === 'cpp') return [];
  const matches: Match[] = [];
  for (const [name, calls] of state.indexes.get(path)!.calls) {
    if (!QUESTIONS.has(name)) continue;
    for (const call of calls) {
      const given = call.callee.kind === 'member' ? call.callee.object : null;
      if (given?.kind !== 'call' || given.construct || given.args.length > 0) continue;
      const listed = state.evaluator.evaluate(given.callee, path);
      if (listed.kind !== 'function') continue;
      const facts = state.files.get(listed.path);
      const type = facts === undefined ? null : listingOf(facts, listed.fn);
      state.givers.add(listed.path);
      if (facts !== undefined && type !== null) matches.push(matchOf(path, call, given, keyOf(facts, type, listed.fn)));
    }
  }
  return matches;
}

/** The words by which other files ask what this file's interfaces list. */
export function toggleMethodWords(facts: FileFacts): readonly string[] {
  if (!isNominal(facts.language) || !facts.types.some(({ form }) => form === 'interface')) return [];
  return facts.functions.flatMap(fn => (givesToggle(fn) && listingOf(facts, fn) !== null ? [`${fn.name}().`] : []));
}

const QUESTIONS: ReadonlySet<string> = new Set(
  ['Active', 'Disabled', 'Enabled', 'Inactive', 'Off', 'On'].flatMap(state => [`is${state}`, `Is${state}`]),
);

/** The interface that lists a method as a toggle: its name, or the method's annotation, speaks of flags. */
function listingOf(facts: FileFacts, fn: FunctionFact): TypeFact | null {
  if (!givesToggle(fn)) return null;
  const type = facts.types.find(
    ({ name, form, span }) =>
      form === 'interface' && name === fn.owner && span.start <= fn.span.start && fn.span.end <= span.end,
  );
  if (type === undefined) return null;
  const isNamed = speaksOfFlags(type.name);
  const isAnnotated = facts.decorators.some(
    ({ callee, span }) => span.start >= fn.span.start && span.end <= fn.span.end && speaksOfFlags(rootOf(callee)),
  );
  return isNamed || isAnnotated ? type : null;
}

function givesToggle({ name, parameters, resultType, owner }: FunctionFact): boolean {
  if (name === null || owner === null || resultType === undefined || parameters.length > 0) return false;
  const last = wordsOf(resultType.kind === 'member' ? resultType.property : rootOf(resultType)).at(-1);
  return last === 'toggle' || last === 'flag';
}

function rootOf(expr: Expr): string {
  if (expr.kind === 'member') return rootOf(expr.object);
  return expr.kind === 'name' ? expr.name : '';
}

/** `self()` is the feature that the interface's annotation names. */
function keyOf({ decorators }: FileFacts, type: TypeFact, { name, nameSpan }: FunctionFact): Expr | null {
  if (name !== 'self') return { kind: 'string', value: name!, span: nameSpan };
  const before = decorators.filter(({ span }) => span.start >= type.span.start && span.end <= type.nameSpan.start);
  const named = before.flatMap(({ args }) => args.filter(argument => NAMES.test(argument.name ?? '')));
  const [only, ...others] = named.filter(({ value }) => value.kind === 'string');
  return only === undefined || others.length > 0 ? null : only.value;
}

const NAMES = /^(?:featureName|feature|flag|key|name|toggle)$/;

function matchOf(path: string, call: CallExpr, { nameSpan }: CallExpr, key: Expr | null): Match {
  const { callee, span } = call;
  return plainMatch({
    path,
    nameSpan,
    end: span.end,
    keyExpr: key?.kind === 'string' ? { ...key, span: nameSpan } : null,
    system: 'inferred',
    method: callee.kind === 'member' ? callee.property : '',
    type: 'boolean',
    via: 'property',
    confidence: 'likely',
  });
}
