/**
 * Values of ConfigCat's management API as they stand in the file that SDKs download (config JSON, version 6), which a decoder reads
 * already: the comparators have the same order there, only with numbers for names. Anything that is not known gives null.
 */
import * as z from 'zod';

/** What the file says by index or by key, the API by id. */
export interface Names {
  /** Names of segments by id, in the order in which the file has them. */
  readonly segments: ReadonlyMap<string, string>;
  /** Keys of settings by id. */
  readonly keys: ReadonlyMap<number, string>;
}

const TYPES = ['boolean', 'string', 'int', 'double'] as const;
const type = z.object({ setting: z.object({ settingType: z.enum(TYPES) }) });

const valueSchema = z.object({
  boolValue: z.boolean().nullish(),
  stringValue: z.string().nullish(),
  intValue: z.number().nullish(),
  doubleValue: z.number().nullish(),
});

const formulaSchema = type.extend({
  defaultValue: valueSchema,
  percentageEvaluationAttribute: z.string().nullish(),
  targetingRules: z.array(
    z.object({
      conditions: z.array(
        z.object({
          userCondition: z
            .object({
              comparisonAttribute: z.string(),
              comparator: z.string(),
              comparisonValue: z.object({
                stringValue: z.string().nullish(),
                doubleValue: z.number().nullish(),
                listValue: z.array(z.object({ value: z.string() })).nullish(),
              }),
            })
            .nullish(),
          segmentCondition: z.object({ segmentId: z.string(), comparator: z.enum(['isIn', 'isNotIn']) }).nullish(),
          prerequisiteFlagCondition: z
            .object({
              prerequisiteSettingId: z.number(),
              comparator: z.enum(['equals', 'doesNotEqual']),
              prerequisiteComparisonValue: valueSchema,
            })
            .nullish(),
        }),
      ),
      percentageOptions: z.array(z.object({ percentage: z.number(), value: valueSchema })).nullish(),
      value: valueSchema.nullish(),
    }),
  ),
});

/** In the order of their numbers in the file. */
const COMPARATORS = [
  'isOneOf',
  'isNotOneOf',
  'containsAnyOf',
  'doesNotContainAnyOf',
  'semVerIsOneOf',
  'semVerIsNotOneOf',
  'semVerLess',
  'semVerLessOrEquals',
  'semVerGreater',
  'semVerGreaterOrEquals',
  'numberEquals',
  'numberDoesNotEqual',
  'numberLess',
  'numberLessOrEquals',
  'numberGreater',
  'numberGreaterOrEquals',
  'sensitiveIsOneOf',
  'sensitiveIsNotOneOf',
  'dateTimeBefore',
  'dateTimeAfter',
  'sensitiveTextEquals',
  'sensitiveTextDoesNotEqual',
  'sensitiveTextStartsWithAnyOf',
  'sensitiveTextNotStartsWithAnyOf',
  'sensitiveTextEndsWithAnyOf',
  'sensitiveTextNotEndsWithAnyOf',
  'sensitiveArrayContainsAnyOf',
  'sensitiveArrayDoesNotContainAnyOf',
  'textEquals',
  'textDoesNotEqual',
  'textStartsWithAnyOf',
  'textNotStartsWithAnyOf',
  'textEndsWithAnyOf',
  'textNotEndsWithAnyOf',
  'arrayContainsAnyOf',
  'arrayDoesNotContainAnyOf',
] as const;

/** Version 2 of the API: a default value and rules of several conditions. */
export function fromFormula(answer: unknown, names: Names): unknown {
  const read = formulaSchema.safeParse(answer);
  if (!read.success) return null;
  const { setting, defaultValue, targetingRules, percentageEvaluationAttribute } = read.data;
  const rules = targetingRules.map(rule => {
    const options = rule.percentageOptions ?? [];
    return {
      c: rule.conditions.map(each => conditionIn(each, names)),
      ...(options.length > 0 ? { p: options.map(each => ({ p: each.percentage, v: valueIn(each.value) })) } : {}),
      ...(rule.value ? { s: { v: valueIn(rule.value) } } : {}),
    };
  });
  if (rules.some(rule => rule.c.includes(null))) return null;
  // Shares for everyone are a rule without conditions here, and stand beside the rules in the file.
  const last = rules.at(-1);
  const isForAll = last !== undefined && last.c.length === 0 && last.p !== undefined;
  return {
    t: TYPES.indexOf(setting.settingType),
    ...(percentageEvaluationAttribute ? { a: percentageEvaluationAttribute } : {}),
    r: isForAll ? rules.slice(0, -1) : rules,
    ...(isForAll ? { p: last.p } : {}),
    v: valueIn(defaultValue),
  };
}

type Condition = z.output<typeof formulaSchema>['targetingRules'][number]['conditions'][number];

function conditionIn({ userCondition, segmentCondition, prerequisiteFlagCondition }: Condition, names: Names): unknown {
  if (userCondition) {
    const comparator = (COMPARATORS as readonly string[]).indexOf(userCondition.comparator);
    if (comparator < 0) return null;
    const { stringValue, doubleValue, listValue } = userCondition.comparisonValue;
    const value = listValue
      ? { l: listValue.map(each => each.value) }
      : { s: stringValue ?? null, d: doubleValue ?? null };
    return { u: { a: userCondition.comparisonAttribute, c: comparator, ...value } };
  }
  if (segmentCondition) {
    const at = [...names.segments.keys()].indexOf(segmentCondition.segmentId);
    // Without the names of segments the condition still is one.
    return { s: { s: at < 0 ? names.segments.size : at, c: segmentCondition.comparator === 'isIn' ? 0 : 1 } };
  }
  if (!prerequisiteFlagCondition) return null;
  const { prerequisiteSettingId, comparator, prerequisiteComparisonValue } = prerequisiteFlagCondition;
  const key = names.keys.get(prerequisiteSettingId) ?? `#${prerequisiteSettingId}`;
  return { p: { f: key, c: comparator === 'equals' ? 0 : 1, v: valueIn(prerequisiteComparisonValue) } };
}

function valueIn({ boolValue, stringValue, intValue, doubleValue }: z.output<typeof valueSchema>) {
  return { b: boolValue ?? null, s: stringValue ?? null, i: intValue ?? null, d: doubleValue ?? null };
}

const plain = z.union([z.boolean(), z.string(), z.number()]);

const oldSchema = type.extend({
  value: plain,
  rolloutRules: z
    .array(
      z.object({
        comparisonAttribute: z.string().nullish(),
        comparator: z.string().nullish(),
        comparisonValue: z.string().nullish(),
        segmentId: z.string().nullish(),
        segmentComparator: z.enum(['isIn', 'isNotIn']).nullish(),
        value: plain,
      }),
    )
    .nullish(),
  rolloutPercentageItems: z.array(z.object({ percentage: z.number(), value: plain })).nullish(),
});

/** Names that version 1 has for the same comparators. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  contains: 'containsAnyOf',
  doesNotContain: 'doesNotContainAnyOf',
};

/** Version 1 of the API: a value, rules of one condition, and shares of whoever is left. */
export function fromValues(answer: unknown, names: Names): unknown {
  const read = oldSchema.safeParse(answer);
  if (!read.success) return null;
  const { setting, value, rolloutRules, rolloutPercentageItems } = read.data;
  const letter = (['b', 's', 'i', 'd'] as const)[TYPES.indexOf(setting.settingType)]!;
  const rules = (rolloutRules ?? []).map(rule => {
    const condition = rule.segmentId
      ? { segmentCondition: { segmentId: rule.segmentId, comparator: rule.segmentComparator ?? 'isIn' } }
      : { userCondition: userConditionOf(rule) };
    return { c: [conditionIn(condition, names)], s: { v: { [letter]: rule.value } } };
  });
  if (rules.some(rule => rule.c.includes(null))) return null;
  return {
    t: TYPES.indexOf(setting.settingType),
    r: rules,
    p: (rolloutPercentageItems ?? []).map(each => ({ p: each.percentage, v: { [letter]: each.value } })),
    v: { [letter]: value },
  };
}

function userConditionOf(rule: NonNullable<z.output<typeof oldSchema>['rolloutRules']>[number]) {
  const comparator = OLD_NAMES[rule.comparator ?? ''] ?? rule.comparator ?? '';
  const text = rule.comparisonValue ?? '';
  const isList = /OneOf$|AnyOf$/.test(comparator);
  return {
    comparisonAttribute: rule.comparisonAttribute ?? '',
    comparator,
    comparisonValue: isList
      ? { listValue: text.split(',').map(value => ({ value: value.trim() })) }
      : { stringValue: text },
  };
}
