/**
 * Flipper's expressions in the core's words, after flippercloud/flipper, `lib/flipper/expressions`: `{"Equal": [{"Property":
 * ["plan"]}, "basic"]}`; the names of functions are keys, what they are given stands in a list or alone.
 */
import { bothConditions, type Condition } from '../../core/flags/rollout/rollout.ts';
import {
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  NOBODY,
  negatedComparison,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';

/** For whom an expression holds. */
export function expressionCondition(expression: JsonValue): Condition {
  return conditionOf(expression, 0);
}

const DEEPEST = 6;

const COMPARISONS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  Equal: ['is', 'plain'],
  NotEqual: ['is', 'negated'],
  GreaterThan: ['greater', 'plain'],
  GreaterThanOrEqualTo: ['at-least', 'plain'],
  LessThan: ['less', 'plain'],
  LessThanOrEqualTo: ['at-most', 'plain'],
};

function conditionOf(expression: JsonValue, depth: number): Condition {
  if (depth > DEEPEST) return CUSTOM_CONDITION;
  if (typeof expression === 'boolean') return expression ? EVERYONE : NOBODY;
  const call = callOf(expression);
  if (call === null) return CUSTOM_CONDITION;
  if (call.name === 'All') return call.given.map(each => conditionOf(each, depth + 1)).reduce(bothConditions, EVERYONE);
  if (call.name === 'Any') return anyOf(call.given, depth);
  if (call.name === 'Boolean' && call.given.length === 1) return conditionOf(call.given[0]!, depth + 1);
  const known = Object.hasOwn(COMPARISONS, call.name) ? COMPARISONS[call.name] : undefined;
  const [left, right] = call.given;
  const property = left === undefined ? null : propertyOf(left);
  if (known === undefined || property === null || right === undefined || call.given.length !== 2)
    return CUSTOM_CONDITION;
  const value = literalOf(right);
  if (value === undefined) return CUSTOM_CONDITION;
  return (known[1] === 'plain' ? comparison : negatedComparison)(property, known[0], [value]);
}

function anyOf(given: readonly JsonValue[], depth: number): Condition {
  const all = given.map(each => conditionOf(each, depth + 1)).filter(({ reach }) => reach !== 'nobody');
  if (all.length === 0) return NOBODY;
  const everyone = all.find(({ reach }) => reach === 'everyone');
  if (everyone !== undefined || all.length === 1) return everyone ?? all[0]!;
  return condition(all.map(({ words }) => words.replace(/^if /, '')).join(' or '));
}

function callOf(expression: JsonValue): { readonly name: string; readonly given: readonly JsonValue[] } | null {
  if (typeof expression !== 'object' || expression === null || Array.isArray(expression)) return null;
  const [entry, ...more] = Object.entries(expression);
  if (entry === undefined || more.length > 0) return null;
  const [name, given] = entry;
  return { name, given: Array.isArray(given) ? given : [given] };
}

function propertyOf(expression: JsonValue): string | null {
  const call = callOf(expression);
  const [name] = call?.given ?? [];
  return call?.name === 'Property' && typeof name === 'string' ? name : null;
}

/** A value that is written down, also as `{"String": ["basic"]}`; undefined for what has to be computed. */
function literalOf(expression: JsonValue): JsonValue | undefined {
  if (typeof expression !== 'object') return expression;
  const call = callOf(expression);
  const [value] = call?.given ?? [];
  return /^(String|Number|Boolean)$/.test(call?.name ?? '') && typeof value !== 'object' ? value : undefined;
}
