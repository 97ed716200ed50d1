/** The matchers of Split's rules in the core's words, after its published grammar; all matchers of a rule must hold. */
import * as z from 'zod';
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
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';

export const matcherSchema = z.object({
  type: z.string(),
  negate: z.boolean().nullish(),
  attribute: z.string().nullish(),
  string: z.string().nullish(),
  strings: z.array(z.string()).nullish(),
  number: z.number().nullish(),
  bool: z.boolean().nullish(),
  date: z.number().nullish(),
  between: z.object({ from: z.number(), to: z.number() }).nullish(),
  depends: z.object({ splitName: z.string(), treatment: z.string().nullish() }).nullish(),
});

type Matcher = z.output<typeof matcherSchema>;

/** Whom a rule concerns; one without matchers everyone. */
export function ruleCondition(matchers: readonly Matcher[]): Condition {
  return matchers.map(matcherCondition).reduce(bothConditions, EVERYONE);
}

/** The flags that matchers depend on, each once. */
export function splitsOf(matchers: readonly Matcher[]): readonly string[] {
  return [...new Set(matchers.flatMap(each => each.depends?.splitName ?? []))];
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  IN_LIST_STRING: 'is',
  STARTS_WITH_STRING: 'starts-with',
  ENDS_WITH_STRING: 'ends-with',
  CONTAINS_STRING: 'contains',
  MATCHES_STRING: 'matches',
  EQUAL_NUMBER: 'is',
  LESS_THAN_OR_EQUAL_NUMBER: 'at-most',
  GREATER_THAN_OR_EQUAL_NUMBER: 'at-least',
  ON_DATE: 'is',
  ON_OR_BEFORE_DATE: 'before',
  ON_OR_AFTER_DATE: 'after',
  BOOLEAN: 'is',
  EQUAL_SET: 'is',
  ANY_OF_SET: 'contains',
  ALL_OF_SET: 'contains',
};

function matcherCondition(matcher: Matcher): Condition {
  const isNegated = matcher.negate === true;
  const attribute = matcher.attribute || 'key';
  if (matcher.type === 'IN_SEGMENT') {
    const name = matcher.string ?? matcher.strings?.[0];
    if (!name) return CUSTOM_CONDITION;
    return isNegated ? condition(`not in segment ${literalWords(name)}`) : segmentCondition([name]);
  }
  if (matcher.type === 'IN_SPLIT' && matcher.depends) {
    const { splitName, treatment } = matcher.depends;
    return condition(`${splitName} is ${isNegated ? 'not ' : ''}${literalWords(treatment ?? 'on')}`);
  }
  if ((matcher.type === 'BETWEEN_NUMBER' || matcher.type === 'BETWEEN_DATE') && matcher.between) {
    const { from, to } = matcher.between;
    const words = matcher.type === 'BETWEEN_DATE' ? [dayOf(from), dayOf(to)] : [String(from), String(to)];
    return condition(`${attributeWords(attribute)} is ${isNegated ? 'not ' : ''}between ${words[0]} and ${words[1]}`);
  }
  const known = Object.hasOwn(COMPARISONS, matcher.type) ? COMPARISONS[matcher.type] : undefined;
  const values = valuesOf(matcher);
  if (known === undefined || values.length === 0) return CUSTOM_CONDITION;
  return (isNegated ? negatedComparison : comparison)(attribute, known, values);
}

function valuesOf(matcher: Matcher): readonly JsonValue[] {
  if (matcher.strings?.length) return matcher.strings;
  if (typeof matcher.date === 'number') return [dayOf(matcher.date)];
  const value = matcher.string ?? matcher.number ?? matcher.bool;
  return value === null || value === undefined ? [] : [value];
}

/** A time in milliseconds since 1970 as a day in UTC. */
function dayOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString().slice(0, 10);
}
