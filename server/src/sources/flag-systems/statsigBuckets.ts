/**
 * What Statsig's experiments divide users by: a condition `user_bucket` asks for one of a thousand buckets, by a hash of the condition's
 * salt and the unit. Here such rules become shares of that hash, so that two groups of one experiment add up.
 */
import { type CascadeStep, cascadeOutcome, type Range, WHOLE } from '../../core/flags/rollout/cascade.ts';
import type { Outcome } from '../../core/flags/rollout/rollout.ts';
import type { JsonValue } from '../../core/model.ts';
import { numberOf } from './decoder.ts';
import { ruleCondition, type StatsigCondition, valuesOf } from './statsigConditions.ts';

/** One rule: who meets all conditions gets `outcome` if they are among `pass`, 0 to 100, else the default; nobody goes on. */
export interface BucketRule {
  readonly name: string | undefined;
  readonly conditions: readonly StatsigCondition[];
  readonly pass: number;
  readonly outcome: Outcome;
  readonly by: string;
  readonly isExperiment: boolean;
}

/** Who ends up where, by buckets; null where no rule asks for a bucket, or one does so in a way that nobody can read. */
export function bucketOutcome(rules: readonly BucketRule[], fallback: Outcome): Outcome | null {
  if (!rules.some(rule => rule.conditions.some(isBucket))) return null;
  const steps: CascadeStep[] = [];
  for (const [at, rule] of rules.entries()) {
    const step = stepOf(rule, at, fallback);
    if (step === null) return null;
    steps.push(step);
  }
  return cascadeOutcome(steps, fallback);
}

function stepOf(rule: BucketRule, at: number, fallback: Outcome): CascadeStep | null {
  const { name, by, pass, outcome } = rule;
  const base = {
    name,
    by,
    condition: ruleCondition(rule.conditions.filter(each => !isBucket(each))),
    ...(rule.isExperiment ? { experiment: '' } : {}),
  };
  const divided = [
    { outcome, ranges: [[0, pass / 100]] as readonly Range[] },
    { outcome: fallback, ranges: [[pass / 100, 1]] as readonly Range[] },
  ];
  const [bucket, another] = rule.conditions.filter(isBucket);
  if (bucket === undefined) return { ...base, hash: `rule ${at}`, parts: divided };
  const ranges = rangesOf(bucket);
  if (another !== undefined || ranges === null) return null;
  const hash = `bucket ${JSON.stringify([saltOf(bucket), by])}`;
  if (pass >= 100) return { ...base, hash, parts: [{ outcome, ranges }] };
  if (pass <= 0) return { ...base, hash, parts: [{ outcome: fallback, ranges }] };
  return { ...base, hash: `rule ${at}`, parts: divided, within: { hash, ranges } };
}

function isBucket({ type }: StatsigCondition): boolean {
  return type.toLowerCase() === 'user_bucket';
}

function saltOf({ additionalValues }: StatsigCondition): JsonValue {
  return additionalValues?.salt ?? null;
}

const BUCKETS = 1000;

/** The buckets that a condition is true of, as parts of all; null for an operator that nobody knows. */
function rangesOf(condition: StatsigCondition): readonly Range[] | null {
  // Buckets are listed as the keys of a map as well.
  const numbers = valuesOf(condition)
    .flatMap(value =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [value],
    )
    .map(numberOf);
  if (numbers.some(Number.isNaN)) return null;
  const first = numbers[0] ?? Number.NaN;
  switch (condition.operator?.toLowerCase()) {
    case 'lt':
      return Number.isNaN(first) ? null : ranges(bucket => bucket < first);
    case 'lte':
      return Number.isNaN(first) ? null : ranges(bucket => bucket <= first);
    case 'gt':
      return Number.isNaN(first) ? null : ranges(bucket => bucket > first);
    case 'gte':
      return Number.isNaN(first) ? null : ranges(bucket => bucket >= first);
    case 'any':
    case 'none': {
      const listed = new Set(numbers);
      const isIn = condition.operator.toLowerCase() === 'any';
      return ranges(bucket => listed.has(bucket) === isIn);
    }
    default:
      return null;
  }
}

function ranges(holds: (bucket: number) => boolean): readonly Range[] {
  const found: Range[] = [];
  let start: number | null = null;
  for (let bucket = 0; bucket <= BUCKETS; bucket++) {
    const isIn = bucket < BUCKETS && holds(bucket);
    if (isIn && start === null) start = bucket;
    if (!isIn && start !== null) {
      found.push([start / BUCKETS, bucket / BUCKETS]);
      start = null;
    }
  }
  return found.length === 1 && found[0]![0] === 0 && found[0]![1] === 1 ? WHOLE : found;
}
