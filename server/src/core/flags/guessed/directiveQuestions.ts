/**
 * Angular's structural directives, pipes, elements and inputs that say by their names alone that they ask for a flag:
 * `*appFeature="'new-nav'"`, `'new-nav' | featureEnabled | async`, `<app-feature-toggle [feature]="'new-nav'">`, `[featureFlag]="'new-nav'"`. What
 * is found is *likely*. Those whose class is here are `questions/templateDirectives.ts`' business.
 */
import type { ElementFact, Expr } from '../../languages/facts.ts';
import { isFlagNoun, wordsOf } from '../names/flagWords.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { asKey } from '../resolve/value.ts';

/** Such questions in one file. */
export function directiveQuestions(state: LinkState, path: string): readonly Match[] {
  const { language, elements } = state.files.get(path)!;
  if (language !== 'angular' && language !== 'typescript') return [];
  return elements.flatMap(element =>
    /^[*|]/.test(element.name) ? ofDirective(state, path, element) : ofElement(state, path, element),
  );
}

function ofDirective(state: LinkState, path: string, { name, nameSpan, attributes, span }: ElementFact) {
  const own = name.slice(1);
  const [given] = attributes;
  const asks = name.startsWith('*') ? isDirective(own) : isPipe(own);
  if (!asks || given?.name !== '0' || given.value === null) return [];
  return keysIn(given.value).flatMap((key, item, { length }) =>
    isKey(state, key, path)
      ? [matchOf(path, length === 1 ? { nameSpan, end: span.end } : { ...placeOf(key), item }, key, own)]
      : [],
  );
}

function ofElement(state: LinkState, path: string, { name, attributes }: ElementFact): readonly Match[] {
  return attributes.flatMap(attribute => {
    const { name: own, value, span } = attribute;
    if (value === null || !isInput(name, own) || !isKey(state, value, path)) return [];
    const start = span.start;
    return [matchOf(path, { nameSpan: { start, end: start + own.length }, end: span.end }, value, own)];
  });
}

function keysIn(value: Expr): readonly Expr[] {
  return value.kind === 'array' ? value.items : [value];
}

function placeOf({ span }: Expr): Pick<Match, 'nameSpan' | 'end'> {
  return { nameSpan: span, end: span.end };
}

/** `*feature`, `*appFeatureToggle`, `*ifFeatureEnabled`: before words for flags and for asking stands a project's prefix, if anything. */
function isDirective(name: string): boolean {
  const [first, ...rest] = wordsOf(name);
  if (first === undefined) return false;
  const speaks = [first, ...rest];
  return rest.every(isOfQuestion) && (isOfQuestion(first) || rest.length > 0) && isClear(speaks);
}

/** `| feature`, `| isFeatureEnabled`, `| appFeature`; `| formatFeature` makes a text of one. */
function isPipe(name: string): boolean {
  const [first = '', ...rest] = wordsOf(name);
  return isDirective(name) && (isOfQuestion(first) || (first.length < 4 && rest.length > 0));
}

/** `[featureFlag]`, `[appFeatureToggle]`, `appRemoveIfFeatureOff` of any element, and `[feature]`, `name` of one that is called as a flag. */
function isInput(element: string, name: string): boolean {
  const words = wordsOf(name);
  if (isCondition(words)) return true;
  const nouns = words.filter(isFlagNoun);
  if (nouns.length > 1) return words.length < 4 && words.slice(1).every(isFlagNoun);
  const [, ...called] = wordsOf(element);
  const isFlag = called.filter(isFlagNoun).length > 1 && called.every(isOfQuestion);
  return isFlag && (INPUTS.has(name) || words.every(isFlagNoun));
}

/** `ifFeatureOff`, `hideIfFeatureEnabled`: what is asked and what for are both said, after a verb and a project's prefix at most. */
function isCondition(words: readonly string[]): boolean {
  const start = words.indexOf('if');
  const [, noun = '', ...states] = words.slice(start);
  if (start < 0 || start > 2 || !CLEAR.has(noun) || states.length === 0) return false;
  return states.every(word => STATES.has(word) || isFlagNoun(word)) && STATES.has(states.at(-1)!);
}

function isOfQuestion(word: string): boolean {
  return isFlagNoun(word) || ASKS.has(word);
}

/** A country has a flag, and a button a toggle. */
function isClear(words: readonly string[]): boolean {
  const nouns = words.filter(isFlagNoun);
  if (nouns.some(word => CLEAR.has(word))) return true;
  return nouns.length > 1 || (nouns.length === 1 && words.some(word => ASKS.has(word)));
}

const CLEAR: ReadonlySet<string> = new Set(['experiment', 'feature', 'features']);
const STATES: ReadonlySet<string> = new Set(['active', 'disabled', 'enabled', 'off', 'on']);
const INPUTS: ReadonlySet<string> = new Set(['flagKey', 'flagName', 'featureName', 'key', 'name']);
const ASKS: ReadonlySet<string> = new Set(
  'active disabled enabled has hide if ifnot is not off on show unless when boolean number string object'.split(' '),
);

function isKey(state: LinkState, key: Expr, path: string): boolean {
  const value = asKey(state.evaluator.evaluate(key, path));
  return value.kind === 'text' && /^!?[A-Za-z][\w.:/-]{1,99}$/.test(value.text);
}

function matchOf(path: string, placed: Pick<Match, 'nameSpan' | 'end' | 'item'>, keyExpr: Expr, method: string): Match {
  const common = { path, keyExpr, negation: '!', system: 'inferred', method, type: 'boolean' } as const;
  return plainMatch({ ...common, ...placed, via: 'attribute', confidence: 'likely' });
}
