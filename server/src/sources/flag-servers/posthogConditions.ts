/** The properties of PostHog's release conditions in the core's words; all of a group's must hold. */
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
import { anyJson } from '../flag-systems/decoder.ts';

export const propertySchema = z.object({
  key: z.union([z.string(), z.number().transform(String)]),
  type: z.string().nullish(),
  operator: z.string().nullish(),
  value: anyJson.optional(),
  cohort_name: z.string().nullish(),
});

type Property = z.output<typeof propertySchema>;

/** Whom a group concerns; one without properties everyone. `keys` has the keys of flags by their ids. */
export function groupCondition(properties: readonly Property[], keys: ReadonlyMap<string, string>): Condition {
  return properties.map(each => propertyCondition(each, keys)).reduce(bothConditions, EVERYONE);
}

const OPERATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  exact: ['is', 'plain'],
  is_not: ['is', 'negated'],
  icontains: ['contains', 'plain'],
  not_icontains: ['contains', 'negated'],
  icontains_multi: ['contains', 'plain'],
  not_icontains_multi: ['contains', 'negated'],
  regex: ['matches', 'plain'],
  not_regex: ['matches', 'negated'],
  gt: ['greater', 'plain'],
  gte: ['at-least', 'plain'],
  lt: ['less', 'plain'],
  lte: ['at-most', 'plain'],
  is_date_exact: ['is', 'plain'],
  is_date_before: ['before', 'plain'],
  is_date_after: ['after', 'plain'],
  semver_eq: ['is', 'plain'],
  semver_neq: ['is', 'negated'],
  semver_gt: ['greater', 'plain'],
  semver_gte: ['at-least', 'plain'],
  semver_lt: ['less', 'plain'],
  semver_lte: ['at-most', 'plain'],
};

function propertyCondition(property: Property, keys: ReadonlyMap<string, string>): Condition {
  const operator = property.operator ?? 'exact';
  if (property.type === 'cohort') {
    const name = property.cohort_name || `#${String(property.value)}`;
    return operator === 'not_in' ? condition(`not in cohort ${literalWords(name)}`) : segmentCondition([name]);
  }
  if (property.type === 'flag') return flagCondition(property, keys);
  if (operator === 'is_set') return condition(`${attributeWords(property.key)} is known`);
  if (operator === 'is_not_set') return condition(`${attributeWords(property.key)} is not known`);
  const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (known === undefined) return CUSTOM_CONDITION;
  const values: readonly JsonValue[] = Array.isArray(property.value) ? property.value : [property.value ?? null];
  return (known[1] === 'plain' ? comparison : negatedComparison)(property.key, known[0], values);
}

function flagCondition({ key, value }: Property, keys: ReadonlyMap<string, string>): Condition {
  const name = keys.get(key) ?? key;
  if (value === true) return condition(`${name} is on`);
  return condition(value === false ? `${name} is off` : `${name} is ${literalWords(value ?? null)}`);
}
