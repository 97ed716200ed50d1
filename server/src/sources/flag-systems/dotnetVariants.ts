/**
 * Which variant Microsoft.FeatureManagement allocates to whom: users by name, then groups, then percentiles of a hash of the user id, then
 * the default; whom the filters let not through gets the default for that.
 */
import * as z from 'zod';
import { type CascadeStep, cascadeOutcome, WHOLE } from '../../core/flags/rollout/cascade.ts';
import type { Outcome } from '../../core/flags/rollout/rollout.ts';
import { EVERYONE, listedCondition, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';

export const allocationSchema = z.object({
  default_when_enabled: z.string().nullish(),
  default_when_disabled: z.string().nullish(),
  user: z.array(z.object({ variant: z.string(), users: z.array(z.string()).nullish() })).nullish(),
  group: z.array(z.object({ variant: z.string(), groups: z.array(z.string()).nullish() })).nullish(),
  percentile: z.array(z.object({ variant: z.string(), from: z.number(), to: z.number() })).nullish(),
});

export type Allocation = z.output<typeof allocationSchema>;

/** What the filters' outcome, on or off, means for the variants. */
export function allocatedOutcome(filtered: Outcome, allocation: Allocation): Outcome {
  const on = enabledOutcome(allocation);
  const off = variantOutcome(allocation.default_when_disabled);
  return translated(filtered, name => (name === 'on' ? on : off));
}

/** The outcome with each of its variations, told by name, become another outcome. */
export function translated(outcome: Outcome, become: (name: string) => Outcome): Outcome {
  switch (outcome.kind) {
    case 'variation':
      return become(outcome.name);
    case 'split':
      return { ...outcome, parts: outcome.parts.map(part => ({ ...part, outcome: translated(part.outcome, become) })) };
    case 'rules':
      return {
        ...outcome,
        rules: outcome.rules.map(rule => ({ ...rule, outcome: translated(rule.outcome, become) })),
        otherwise: translated(outcome.otherwise, become),
      };
    default:
      return outcome;
  }
}

/** A variant by its name; without one, code gets none. */
export function variantOutcome(name: string | null | undefined): Outcome {
  return name === null || name === undefined ? { kind: 'fallback' } : { kind: 'variation', name };
}

/** Every variant that is given to somebody, each once. */
export function allocatedVariants(allocation: Allocation): readonly string[] {
  const listed = [...(allocation.user ?? []), ...(allocation.group ?? []), ...(allocation.percentile ?? [])];
  const usual = [allocation.default_when_enabled, allocation.default_when_disabled];
  return [...new Set([...listed.map(({ variant }) => variant), ...usual.filter(name => typeof name === 'string')])];
}

function enabledOutcome(allocation: Allocation): Outcome {
  const step = (
    condition: CascadeStep['condition'],
    variant: string,
    ranges: CascadeStep['parts'][number]['ranges'],
  ) => ({
    condition,
    hash: 'allocation',
    by: 'user id',
    parts: [{ outcome: variantOutcome(variant), ranges }],
  });
  const bound = (value: number) => Math.max(0, Math.min(100, value)) / 100;
  const steps: readonly CascadeStep[] = [
    ...(allocation.user ?? []).flatMap(({ variant, users }) =>
      users?.length ? [step(listedCondition(users.length, 'user'), variant, WHOLE)] : [],
    ),
    ...(allocation.group ?? []).flatMap(({ variant, groups }) =>
      groups?.length ? [step(segmentCondition(groups), variant, WHOLE)] : [],
    ),
    ...(allocation.percentile ?? []).flatMap(({ variant, from, to }) =>
      to > from ? [step(EVERYONE, variant, [[bound(from), bound(to)]])] : [],
    ),
  ];
  return cascadeOutcome(steps, variantOutcome(allocation.default_when_enabled));
}
