/** Weights as files give them: anything may stand there. What a split by weights means is `rollout.ts`' business. */
import type { SplitPart } from './rollout.ts';

/** A weight that can be added up and divided: 0 for what is none, and no more than anyone could mean. */
export function usableWeight({ weight }: Pick<SplitPart, 'weight'>): number {
  return weight > 0 ? Math.min(weight, LARGEST_WEIGHT) : 0;
}

const LARGEST_WEIGHT = 1e15;
