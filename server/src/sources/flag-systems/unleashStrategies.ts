/**
 * Unleash's activation strategies as the core's neutral outcomes, after its client specification: a flag is on for whom any
 * strategy is; a strategy counts when all its constraints and segments hold; a flag without strategies is on for everyone.
 */
import * as z from 'zod';
import { bothConditions, type Condition, type Outcome, type Rule } from '../../core/flags/rollout.ts';
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
} from '../../core/flags/targetingWords.ts';

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

export type Strategy = z.output<typeof strategySchema>;
export type Variant = z.output<typeof variantSchema>;

/** Who gets the flag, as the variations `on` and `off`. `segments` names segments by id. */
export function strategiesOutcome(strategies: readonly Strategy[], segments: ReadonlyMap<number, string>): Outcome {
  const active = strategies.filter(strategy => strategy.disabled !== true);
  if (strategies.length > 0 && active.length === 0) return OFF;
  if (active.length === 0) return ON;
  const readings = active.map(strategy => readStrategy(strategy, segments));
  const open = readings.filter(each => each.condition.reach === 'everyone');
  const whole = openOutcome(open);
  const openShare = whole.kind === 'split' ? (whole.parts[0]?.weight ?? 0) : whole === ON ? 100 : 0;
  // Whoever a strategy with conditions leaves out may still get the flag from an open one, so it can only add.
  const adding = readings.filter(
    each =>
      each.condition.reach === 'some' &&
      (each.percentage === null || each.percentage > openShare || whole.kind === 'custom'),
  );
  const partial = adding.filter(each => each.percentage !== null && each.percentage < 100).length;
  const rules: readonly Rule[] = adding.map(each => ({
    condition: each.condition,
    // Two such rollouts may add up for who meets both conditions: each is said, no number is derived from them.
    outcome: partial > 1 && each.percentage !== 100 ? spoken(each) : rolloutOutcome(each),
  }));
  return rules.length === 0 ? whole : { kind: 'rules', rules, otherwise: whole };
}

/**
 * One strategy by itself: whom its conditions let through, what they get, and whether all of them do (`whole`). A disabled one
 * is read as if it were not.
 */
export function strategyRule(
  strategy: Strategy,
  segments: ReadonlyMap<number, string>,
): { readonly condition: Condition; readonly outcome: Outcome; readonly whole: boolean } {
  const reading = readStrategy(strategy, segments);
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

function spoken(reading: Reading): Outcome {
  if (reading.percentage === null) return { kind: 'custom', words: reading.words };
  return { kind: 'custom', words: `${reading.percentage}%${reading.by === null ? '' : ` by ${reading.by}`}` };
}

/** What the strategies without conditions give everyone: the largest of them, if they divide users in the same way. */
function openOutcome(open: readonly Reading[]): Outcome {
  const widest = open.toSorted((a, b) => (b.percentage ?? -1) - (a.percentage ?? -1))[0];
  if (widest === undefined) return OFF;
  if ((widest.percentage ?? 0) >= 100) return ON;
  const custom = open.find(each => each.percentage === null);
  if (custom !== undefined) return rolloutOutcome(custom);
  const counted = open.filter(each => (each.percentage ?? 0) > 0);
  if (counted.some(each => each.group !== widest.group)) {
    return {
      kind: 'custom',
      words: `${counted.map(each => `${each.percentage}%`).join(' or ')} of separate groups`,
      divides: true,
    };
  }
  return rolloutOutcome(widest);
}

function readStrategy(strategy: Strategy, segments: ReadonlyMap<number, string>): Reading {
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
  switch (strategy.name) {
    case 'default':
    case 'userWithId':
    case 'remoteAddress':
    case 'applicationHostname':
      return reading(100, null, 'all');
    case 'flexibleRollout': {
      const stickiness = parameter('stickiness') || 'default';
      return reading(
        percentageOf(parameter('rollout')),
        bucketWords(stickiness),
        `${stickiness}\0${parameter('groupId')}`,
      );
    }
    case 'gradualRolloutUserId':
      return reading(percentageOf(parameter('percentage')), 'user id', `userId\0${parameter('groupId')}`);
    case 'gradualRolloutSessionId':
      return reading(percentageOf(parameter('percentage')), 'session id', `sessionId\0${parameter('groupId')}`);
    case 'gradualRolloutRandom':
      return reading(percentageOf(parameter('percentage')), 'chance', 'random');
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
  return text.trim() === '' || Number.isNaN(number) ? 0 : Math.max(0, Math.min(100, number));
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
