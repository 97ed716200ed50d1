/** GrowthBook's targeting conditions, in the manner of MongoDB's queries, in the core's words. All fields must match. */
import { bothConditions, type Condition } from '../../core/flags/rollout/rollout.ts';
import {
  attributeWords,
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  literalWords,
  negatedComparison,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';

/** Whom a condition concerns; an empty one everyone. */
export function mongoCondition(value: JsonValue): Condition {
  return conditionOf(value, 0);
}

const DEEPEST = 6;

function conditionOf(value: JsonValue, depth: number): Condition {
  if (!isObject(value) || depth > DEEPEST) return CUSTOM_CONDITION;
  return Object.entries(value)
    .map(([name, wanted]) => fieldCondition(name, wanted, depth))
    .reduce(bothConditions, EVERYONE);
}

function fieldCondition(name: string, wanted: JsonValue, depth: number): Condition {
  if (name === '$and' && Array.isArray(wanted)) {
    return wanted.map((each: JsonValue) => conditionOf(each, depth + 1)).reduce(bothConditions, EVERYONE);
  }
  if (name === '$or' && Array.isArray(wanted)) return anyOf(wanted, depth);
  if (name === '$not' || name === '$nor') {
    const inner = name === '$nor' && Array.isArray(wanted) ? anyOf(wanted, depth) : conditionOf(wanted, depth + 1);
    return inner.reach === 'some' ? condition(`not (${inner.words.replace(/^if /, '')})`) : CUSTOM_CONDITION;
  }
  if (name.startsWith('$')) return CUSTOM_CONDITION;
  if (!isObject(wanted)) return comparison(name, 'is', [wanted]);
  const operators = Object.entries(wanted);
  if (operators.length === 0 || !operators.every(([operator]) => operator.startsWith('$'))) return CUSTOM_CONDITION;
  return operators
    .map(([operator, operand]) => operatorCondition(name, operator, operand))
    .reduce(bothConditions, EVERYONE);
}

function anyOf(conditions: readonly JsonValue[], depth: number): Condition {
  // An empty list is true of everyone.
  if (conditions.length === 0) return EVERYONE;
  const all = conditions.map(each => conditionOf(each, depth + 1));
  if (all.some(each => each.reach === 'everyone')) return EVERYONE;
  const phrases = all.map(each => each.words.replace(/^if /, ''));
  return phrases.length === 1 ? all[0]! : condition(phrases.join(' or '));
}

const OPERATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  $eq: ['is', 'plain'],
  $ne: ['is', 'negated'],
  $in: ['is', 'plain'],
  $ini: ['is', 'plain'],
  $nin: ['is', 'negated'],
  $nini: ['is', 'negated'],
  $lt: ['less', 'plain'],
  $lte: ['at-most', 'plain'],
  $gt: ['greater', 'plain'],
  $gte: ['at-least', 'plain'],
  $veq: ['is', 'plain'],
  $vne: ['is', 'negated'],
  $vlt: ['less', 'plain'],
  $vlte: ['at-most', 'plain'],
  $vgt: ['greater', 'plain'],
  $vgte: ['at-least', 'plain'],
  $regex: ['matches', 'plain'],
  $regexi: ['matches', 'plain'],
  $all: ['contains', 'plain'],
};

function operatorCondition(name: string, operator: string, operand: JsonValue): Condition {
  if (operator === '$inGroup') return condition(`${attributeWords(name)} is in group ${literalWords(operand)}`);
  if (operator === '$notInGroup') return condition(`${attributeWords(name)} is not in group ${literalWords(operand)}`);
  if (operator === '$exists')
    return condition(`${attributeWords(name)} is ${operand === false ? 'not known' : 'known'}`);
  const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (known === undefined) return CUSTOM_CONDITION;
  const words = known[1] === 'plain' ? comparison : negatedComparison;
  return words(name, known[0], Array.isArray(operand) ? operand : [operand]);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
