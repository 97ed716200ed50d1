/** DevCycle's audiences in the core's words, and how far a rollout has come. */
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
  NOBODY,
  negatedComparison,
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';
import { anyJson } from '../flag-systems/decoder.ts';

const filterSchema = z.object({
  type: z.string(),
  subType: z.string().nullish(),
  comparator: z.string().nullish(),
  dataKey: z.string().nullish(),
  values: z.array(anyJson).nullish(),
  _audiences: z.array(z.string()).nullish(),
});

const filtersSchema = z.object({ operator: z.enum(['and', 'or']), filters: z.array(filterSchema) });

export const audienceSchema = z.object({ name: z.string().nullish(), filters: filtersSchema });

export const rolloutSchema = z.object({
  type: z.string(),
  startPercentage: z.number().nullish(),
  startDate: z.string().nullish(),
  stages: z.array(z.object({ type: z.string(), percentage: z.number(), date: z.string() })).nullish(),
});

/** Whom the filters concern. `audiences` has names by ids. */
export function audienceCondition(
  { operator, filters }: z.output<typeof filtersSchema>,
  audiences: ReadonlyMap<string, string>,
): Condition {
  const all = filters.map(each => filterCondition(each, audiences));
  if (operator === 'and') return all.reduce(bothConditions, EVERYONE);
  if (all.some(each => each.reach === 'everyone')) return EVERYONE;
  const some = all.filter(each => each.reach === 'some');
  if (some.length <= 1) return some[0] ?? NOBODY;
  return condition(some.map(each => each.words.replace(/^if /, '')).join(' or '));
}

/**
 * The part of its audience that a rollout has reached at a time (milliseconds since 1970), 0 to 1. It grows evenly towards a linear
 * stage and jumps at a discrete one; before its start nobody is reached.
 */
export function rolloutShare(rollout: z.output<typeof rolloutSchema> | null, now: number): number {
  if (rollout === null) return 1;
  const start = Date.parse(rollout.startDate ?? '');
  if (now < start) return 0;
  if (rollout.type === 'schedule') return 1;
  let share = rollout.startPercentage ?? (rollout.type === 'gradual' ? 0 : 1);
  let from = start;
  for (const stage of rollout.stages ?? []) {
    const date = Date.parse(stage.date);
    if (Number.isNaN(date)) continue;
    if (now < date) {
      const isRamp = stage.type === 'linear' && date > from;
      return clamp(isRamp ? share + ((stage.percentage - share) * (now - from)) / (date - from) : share);
    }
    share = stage.percentage;
    from = date;
  }
  return clamp(share);
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}

const COMPARATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  '=': ['is', 'plain'],
  '!=': ['is', 'negated'],
  '>': ['greater', 'plain'],
  '>=': ['at-least', 'plain'],
  '<': ['less', 'plain'],
  '<=': ['at-most', 'plain'],
  contain: ['contains', 'plain'],
  '!contain': ['contains', 'negated'],
  startWith: ['starts-with', 'plain'],
  '!startWith': ['starts-with', 'negated'],
  endWith: ['ends-with', 'plain'],
  '!endWith': ['ends-with', 'negated'],
};

function filterCondition(filter: z.output<typeof filterSchema>, audiences: ReadonlyMap<string, string>): Condition {
  if (filter.type === 'all') return EVERYONE;
  if (filter.type === 'optIn') return condition('opted in');
  if (filter.type === 'audienceMatch') {
    const names = (filter._audiences ?? []).map(id => audiences.get(id) ?? `#${id}`);
    if (filter.comparator !== '!=') return segmentCondition(names);
    return condition(`not in audience ${names.map(literalWords).join(' or ')}`);
  }
  if (filter.type !== 'user') return CUSTOM_CONDITION;
  const attribute = filter.subType === 'customData' ? (filter.dataKey ?? 'custom data') : (filter.subType ?? 'user');
  if (filter.comparator === 'exist') return condition(`${attributeWords(attribute)} is known`);
  if (filter.comparator === '!exist') return condition(`${attributeWords(attribute)} is not known`);
  const known = Object.hasOwn(COMPARATORS, filter.comparator ?? '') ? COMPARATORS[filter.comparator!] : undefined;
  if (known === undefined) return CUSTOM_CONDITION;
  return (known[1] === 'plain' ? comparison : negatedComparison)(attribute, known[0], filter.values ?? []);
}
