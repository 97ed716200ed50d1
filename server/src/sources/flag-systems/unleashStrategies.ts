/**
 * Unleash's activation strategies as the core's neutral outcomes, after its client specification: a flag is on for whom any
 * strategy is; a strategy counts when all its constraints and segments hold; a flag without strategies is on for everyone.
 */
import * as z from 'zod';
import { type CascadeStep, cascadeOutcome } from '../../core/flags/rollout/cascade.ts';
import { bothConditions, type Condition, type Outcome } from '../../core/flags/rollout/rollout.ts';
import {
  attributeWords,
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  listedCondition,
  literalWords,
  negatedComparison,
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';

const constraintSchema = z.object({
  contextName: z.string(),
  operator: z.string(),
  values: z.array(z.string()).nullish(),
  value: z.string().nullish(),
  inverted: z.boolean().nullish(),
});

export const variantSchema = z.object({
  name: z.string(),
  weight: z.number().nonnegative(),
  payload: z.object({ type: z.string(), value: z.string() }).nullish(),
});

export const strategySchema = z.object({
  name: z.string(),
  featureName: z.string().optional(),
  environment: z.string().optional(),
  disabled: z.boolean().nullish(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
  constraints: z.array(constraintSchema).nullish(),
  segments: z.array(z.number()).nullish(),
  variants: z.array(variantSchema).nullish(),
});

/** A strategy as files hold it: exports of Unleash 4 call its name `strategyName`. */
export const writtenStrategySchema = z.preprocess(value => {
  if (typeof value !== 'object' || value === null || !('strategyName' in value) || 'name' in value) return value;
  return { ...value, name: value.strategyName };
}, strategySchema);

export type Strategy = z.output<typeof strategySchema>;
export type Variant = z.output<typeof variantSchema>;

/**
 * Who gets the flag, as the variations `on` and `off`. `segments` names segments by id; `key` is the flag's, the group of rollouts
 * that name none.
 */
export function strategiesOutcome(
  strategies: readonly Strategy[],
  segments: ReadonlyMap<number, string>,
  key = '',
): Outcome {
  const active = strategies.filter(strategy => strategy.disabled !== true);
  if (strategies.length > 0 && active.length === 0) return OFF;
  if (active.length === 0) return ON;
  const readings = active.map((strategy, at) => readStrategy(strategy, segments, key, at));
  const custom = readings.find(each => each.percentage === null && each.condition.reach === 'everyone');
  // Every strategy can only add, so the order is free: what is certain first, what nobody can tell before what is a share.
  const ranked = readings.filter(each => each !== custom).toSorted((a, b) => rankOf(b) - rankOf(a));
  const steps = ranked.map(({ condition, group, by, percentage, words }): CascadeStep => {
    const outcome: Outcome = percentage === null ? { kind: 'custom', words } : ON;
    return { condition, hash: group, by, parts: [{ outcome, ranges: [[0, (percentage ?? 100) / 100]] }] };
  });
  if (custom === undefined) return cascadeOutcome(steps, OFF);
  if (readings.some(each => each.condition.reach === 'everyone' && each.percentage === 100)) return ON;
  const some = steps.filter(step => step.condition.reach === 'some' && step.parts[0]!.ranges[0]![1] === 1);
  return cascadeOutcome(some, { kind: 'custom', words: custom.words });
}

/** Whole strategies, then those of one's own, then shares from large to small. */
function rankOf(reading: Reading): number {
  return reading.percentage === null ? 99.5 : reading.percentage;
}

/**
 * One strategy by itself: whom its conditions let through, what they get, and whether all of them do (`whole`). A disabled one
 * is read as if it were not.
 */
export function strategyRule(
  strategy: Strategy,
  segments: ReadonlyMap<number, string>,
): { readonly condition: Condition; readonly outcome: Outcome; readonly whole: boolean } {
  const reading = readStrategy(strategy, segments, '', 0);
  return { condition: reading.condition, outcome: rolloutOutcome(reading), whole: reading.percentage === 100 };
}

const ON: Outcome = { kind: 'variation', name: 'on' };
const OFF: Outcome = { kind: 'variation', name: 'off' };

interface Reading {
  readonly condition: Condition;
  /** Share of those the condition lets through, 0 to 100; null for a strategy of one's own. */
  readonly percentage: number | null;
  readonly by: string | null;
  /** What divides the users: two rollouts of the same group and stickiness overlap wholly, others don't. */
  readonly group: string;
  readonly words: string;
}

function rolloutOutcome(reading: Reading): Outcome {
  if (reading.percentage === null) return { kind: 'custom', words: reading.words };
  if (reading.percentage >= 100) return ON;
  if (reading.percentage <= 0) return OFF;
  const parts = [
    { outcome: ON, weight: reading.percentage },
    { outcome: OFF, weight: 100 - reading.percentage },
  ];
  return { kind: 'split', by: reading.by, parts };
}

function readStrategy(strategy: Strategy, segments: ReadonlyMap<number, string>, key: string, at: number): Reading {
  const constraints = (strategy.constraints ?? []).map(constraintCondition);
  const ids = strategy.segments ?? [];
  const names = ids.map(id => segments.get(id) ?? `#${id}`);
  const inSegments = ids.length === 0 ? EVERYONE : segmentCondition(names);
  const all = [inSegments, listed(strategy), ...constraints].reduce((a, b) => bothConditions(a, b), EVERYONE);
  const parameter = (name: string) => String(strategy.parameters?.[name] ?? '');
  const reading = (percentage: number | null, by: string | null, group: string): Reading => ({
    condition: all,
    percentage,
    by,
    group,
    words: `custom strategy ${literalWords(strategy.name)}`,
  });
  // The default is the user id, for all who have one; chance is another one each time.
  const groupOf = (stickiness: string) =>
    stickiness === 'random'
      ? `random ${at}`
      : `${stickiness === 'default' ? 'userId' : stickiness}\0${parameter('groupId') || key}`;
  switch (strategy.name) {
    case 'default':
    case 'userWithId':
    case 'remoteAddress':
    case 'applicationHostname':
      return reading(100, null, 'all');
    case 'flexibleRollout': {
      const stickiness = parameter('stickiness') || 'default';
      return reading(percentageOf(parameter('rollout')), bucketWords(stickiness), groupOf(stickiness));
    }
    case 'gradualRolloutUserId':
      return reading(percentageOf(parameter('percentage')), 'user id', groupOf('userId'));
    case 'gradualRolloutSessionId':
      return reading(percentageOf(parameter('percentage')), 'session id', groupOf('sessionId'));
    case 'gradualRolloutRandom':
      return reading(percentageOf(parameter('percentage')), 'chance', groupOf('random'));
    default:
      return reading(null, null, strategy.name);
  }
}

/** Strategies that list whom they are for. */
function listed(strategy: Strategy): Condition {
  const lists: Readonly<Record<string, readonly [string, string]>> = {
    userWithId: ['userIds', 'user'],
    remoteAddress: ['IPs', 'address'],
    applicationHostname: ['hostNames', 'host'],
  };
  const list = Object.hasOwn(lists, strategy.name) ? lists[strategy.name] : undefined;
  if (list === undefined) return EVERYONE;
  const count = String(strategy.parameters?.[list[0]] ?? '')
    .split(',')
    .filter(item => item.trim() !== '').length;
  return count === 0 ? { reach: 'nobody', words: '' } : listedCondition(count, list[1]);
}

function bucketWords(stickiness: string): string {
  if (stickiness === 'random') return 'chance';
  // The default is the user id, else the session id, else chance.
  return stickiness === 'default' ? 'user id' : attributeWords(stickiness);
}

/** "0" to "100"; what can't be read counts as 0, as in the SDKs. */
function percentageOf(text: string): number {
  const number = Number(text);
  // Users stand in a hundred places: a part of one is none.
  return text.trim() === '' || Number.isNaN(number) ? 0 : Math.max(0, Math.min(100, Math.floor(number)));
}

const OPERATORS: Readonly<Record<string, Comparison>> = {
  IN: 'is',
  STR_ENDS_WITH: 'ends-with',
  STR_STARTS_WITH: 'starts-with',
  STR_CONTAINS: 'contains',
  NUM_EQ: 'is',
  NUM_GT: 'greater',
  NUM_GTE: 'at-least',
  NUM_LT: 'less',
  NUM_LTE: 'at-most',
  DATE_AFTER: 'after',
  DATE_BEFORE: 'before',
  SEMVER_EQ: 'is',
  SEMVER_GT: 'greater',
  SEMVER_GTE: 'at-least',
  SEMVER_LT: 'less',
  SEMVER_LTE: 'at-most',
  REGEX: 'matches',
};

function constraintCondition(constraint: z.output<typeof constraintSchema>): Condition {
  const inverted = constraint.inverted === true;
  const values = constraint.values?.length ? constraint.values : constraint.value ? [constraint.value] : [];
  if (constraint.operator === 'NOT_IN') {
    return (inverted ? comparison : negatedComparison)(constraint.contextName, 'is', values);
  }
  const operator = Object.hasOwn(OPERATORS, constraint.operator) ? OPERATORS[constraint.operator] : undefined;
  if (operator === undefined) return CUSTOM_CONDITION;
  const date = operator === 'before' || operator === 'after' ? values.map(value => value.slice(0, 10)) : values;
  if (constraint.contextName === 'currentTime') {
    const sign = inverted ? (operator === 'after' ? 'not after' : 'not before') : operator;
    return condition(`time is ${sign} ${literalWords(date[0] ?? '')}`);
  }
  return (inverted ? negatedComparison : comparison)(constraint.contextName, operator, date);
}
