/** The conditions of Statsig's rules in the core's words; all conditions of a rule must hold. */
import * as z from 'zod';
import { bothConditions, type Condition } from '../../core/flags/rollout/rollout.ts';
import {
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  negatedComparison,
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';
import { anyJson, numberOf, textOf } from './decoder.ts';

export const conditionSchema = z.object({
  type: z.string(),
  operator: z.string().nullish(),
  field: z.string().nullish(),
  targetValue: anyJson.optional(),
  additionalValues: z.looseObject({ salt: anyJson.optional() }).nullish(),
});

export type StatsigCondition = z.output<typeof conditionSchema>;

/** All conditions of a rule together. */
export function ruleCondition(conditions: readonly StatsigCondition[]): Condition {
  return conditions.map(conditionWords).reduce(bothConditions, EVERYONE);
}

/** Gates that these conditions ask for, each once. */
export function gatesOf(conditions: readonly StatsigCondition[]): readonly string[] {
  const names = conditions.flatMap(each => (isGateCondition(each.type) ? valuesOf(each) : []));
  return [...new Set(names.map(textOf))].filter(name => !name.startsWith('segment:'));
}

/** Whether conditions of this type ask for gates. */
export function isGateCondition(type: string): boolean {
  return /^(multi_)?(pass|fail)_gate$/i.test(type);
}

function conditionWords(each: StatsigCondition): Condition {
  const type = each.type.toLowerCase();
  const values = valuesOf(each);
  switch (type) {
    case 'public':
      return EVERYONE;
    case 'pass_gate':
    case 'fail_gate':
    case 'multi_pass_gate':
    case 'multi_fail_gate': {
      const names = values.map(textOf);
      if (names.length > 0 && names.every(name => name.startsWith('segment:'))) {
        const segments = names.map(name => name.slice('segment:'.length));
        return type.includes('pass')
          ? segmentCondition(segments)
          : condition(`not in segment ${segments.join(' or ')}`);
      }
      return condition(`${names.join(' or ')} ${type.includes('pass') ? 'is on' : 'is off'}`);
    }
    case 'environment_field':
      return fieldCondition(each.field ?? 'environment', each, values);
    case 'unit_id':
      return fieldCondition('id', each, values);
    case 'user_bucket':
      // Buckets are listed as the keys of a map.
      return fieldCondition('bucket', each, values.flatMap(bucketsOf));
    case 'current_time':
      return fieldCondition('time', each, values.map(dateText));
    case 'user_field':
    case 'ip_based':
    case 'ua_based':
      return fieldCondition(each.field ?? type, each, values);
    default:
      return CUSTOM_CONDITION;
  }
}

const OPERATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  any: ['is', 'plain'],
  none: ['is', 'negated'],
  any_case_sensitive: ['is', 'plain'],
  none_case_sensitive: ['is', 'negated'],
  eq: ['is', 'plain'],
  neq: ['is', 'negated'],
  str_starts_with_any: ['starts-with', 'plain'],
  str_ends_with_any: ['ends-with', 'plain'],
  str_contains_any: ['contains', 'plain'],
  str_contains_none: ['contains', 'negated'],
  str_matches: ['matches', 'plain'],
  gt: ['greater', 'plain'],
  gte: ['at-least', 'plain'],
  lt: ['less', 'plain'],
  lte: ['at-most', 'plain'],
  version_gt: ['greater', 'plain'],
  version_gte: ['at-least', 'plain'],
  version_lt: ['less', 'plain'],
  version_lte: ['at-most', 'plain'],
  version_eq: ['is', 'plain'],
  version_neq: ['is', 'negated'],
  before: ['before', 'plain'],
  after: ['after', 'plain'],
  on: ['is', 'plain'],
};

function fieldCondition(field: string, each: StatsigCondition, values: readonly JsonValue[]): Condition {
  const operator = each.operator?.toLowerCase() ?? 'any';
  if (operator.includes('segment_list')) return segmentCondition(values.map(textOf));
  const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (known === undefined) return CUSTOM_CONDITION;
  return (known[1] === 'plain' ? comparison : negatedComparison)(field, known[0], values);
}

/** The values compared with, none, one or several. */
export function valuesOf(each: StatsigCondition): readonly JsonValue[] {
  const value = each.targetValue;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function bucketsOf(value: JsonValue): readonly JsonValue[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [value];
}

function dateText(value: JsonValue): JsonValue {
  const date = new Date(numberOf(value));
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? value : date.toISOString().slice(0, 10);
}
