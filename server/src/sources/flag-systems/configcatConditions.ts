/**
 * The conditions of ConfigCat's targeting rules in the core's words, after the comparators of configcat/common-js,
 * `src/ConfigJson.ts`. All conditions of a rule must hold.
 */
import * as z from 'zod';
import { valueText } from '../../core/flags/rollout/describe.ts';
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

/** A value with its type's letter: `b`, `s`, `i` or `d`. */
export const valueSchema = z.object({
  b: z.boolean().nullish(),
  s: z.string().nullish(),
  i: z.number().nullish(),
  d: z.number().nullish(),
});

export const conditionSchema = z.object({
  u: z
    .object({
      a: z.string(),
      c: z.number(),
      s: z.string().nullish(),
      d: z.number().nullish(),
      l: z.array(z.string()).nullish(),
    })
    .nullish(),
  p: z.object({ f: z.string(), c: z.number(), v: valueSchema }).nullish(),
  s: z.object({ s: z.number(), c: z.number() }).nullish(),
});

/** The value without its letter; undefined where there is none. */
export function settingValue(value: z.output<typeof valueSchema>): JsonValue | undefined {
  return value.b ?? value.s ?? value.i ?? value.d ?? undefined;
}

/** All conditions of a rule together. */
export function conditionsWords(
  conditions: readonly z.output<typeof conditionSchema>[],
  segments: readonly string[],
): Condition {
  return conditions.map(each => conditionWords(each, segments)).reduce(bothConditions, EVERYONE);
}

function conditionWords(each: z.output<typeof conditionSchema>, segments: readonly string[]): Condition {
  if (each.u) return userCondition(each.u);
  if (each.p) {
    const value = settingValue(each.p.v);
    const sign = each.p.c === 1 ? 'is not' : 'is';
    const words = value === true ? 'on' : value === false ? 'off' : valueText(value);
    return condition(`${each.p.f} ${sign} ${words}`);
  }
  if (!each.s) return CUSTOM_CONDITION;
  const name = segments[each.s.s] ?? `#${each.s.s}`;
  return each.s.c === 1 ? condition(`not in segment ${name}`) : segmentCondition([name]);
}

/** By comparator: the comparison, whether it is turned round, and whether its values are hashed. */
const COMPARATORS: readonly (readonly [Comparison, 'plain' | 'negated', 'open' | 'hashed'])[] = [
  ['is', 'plain', 'open'],
  ['is', 'negated', 'open'],
  ['contains', 'plain', 'open'],
  ['contains', 'negated', 'open'],
  ['is', 'plain', 'open'],
  ['is', 'negated', 'open'],
  ['less', 'plain', 'open'],
  ['at-most', 'plain', 'open'],
  ['greater', 'plain', 'open'],
  ['at-least', 'plain', 'open'],
  ['is', 'plain', 'open'],
  ['is', 'negated', 'open'],
  ['less', 'plain', 'open'],
  ['at-most', 'plain', 'open'],
  ['greater', 'plain', 'open'],
  ['at-least', 'plain', 'open'],
  ['is', 'plain', 'hashed'],
  ['is', 'negated', 'hashed'],
  ['before', 'plain', 'open'],
  ['after', 'plain', 'open'],
  ['is', 'plain', 'hashed'],
  ['is', 'negated', 'hashed'],
  ['starts-with', 'plain', 'hashed'],
  ['starts-with', 'negated', 'hashed'],
  ['ends-with', 'plain', 'hashed'],
  ['ends-with', 'negated', 'hashed'],
  ['contains', 'plain', 'hashed'],
  ['contains', 'negated', 'hashed'],
  ['is', 'plain', 'open'],
  ['is', 'negated', 'open'],
  ['starts-with', 'plain', 'open'],
  ['starts-with', 'negated', 'open'],
  ['ends-with', 'plain', 'open'],
  ['ends-with', 'negated', 'open'],
  ['contains', 'plain', 'open'],
  ['contains', 'negated', 'open'],
];

function userCondition(user: NonNullable<z.output<typeof conditionSchema>['u']>): Condition {
  const known = COMPARATORS[user.c];
  if (known === undefined) return CUSTOM_CONDITION;
  const [operator, sign, secrecy] = known;
  const values: readonly JsonValue[] = user.l ?? [user.s ?? dateOr(user.d, operator) ?? ''];
  const words = sign === 'plain' ? comparison : negatedComparison;
  if (secrecy === 'open') return words(user.a, operator, values);
  const count = values.length === 1 ? 'a hidden value' : `one of ${values.length} hidden values`;
  const phrase = words(user.a, operator, ['\u0000']).words.replace(/\S+$/, count);
  return { reach: 'some', words: phrase };
}

/** Dates are seconds since 1970. */
function dateOr(number: number | null | undefined, operator: Comparison): JsonValue | undefined {
  if (number === null || number === undefined) return undefined;
  if (operator !== 'before' && operator !== 'after') return number;
  const date = new Date(number * 1000);
  return Number.isNaN(date.getTime()) ? number : date.toISOString().slice(0, 10);
}
