/**
 * What Unleash's exports and its server say alike, whichever way they are read: dependencies on other flags, and variants on top of a
 * state.
 */

import * as z from 'zod';
import { countText } from '../../core/flags/rollout/describe.ts';
import type { Outcome } from '../../core/flags/rollout/rollout.ts';
import { condition } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, Variation } from '../../core/model.ts';
import { OFF } from './decoder.ts';
import type { Strategy, Variant } from './unleashStrategies.ts';

export const dependencySchema = z.object({ feature: z.string(), enabled: z.boolean().optional() });

/** The outcome for those whom the other flags let through. */
export function withDependencies(own: Outcome, prerequisites: readonly z.output<typeof dependencySchema>[]): Outcome {
  if (prerequisites.length === 0) return own;
  const [first] = prerequisites;
  const words =
    prerequisites.length === 1 && first !== undefined
      ? `${first.feature} is ${first.enabled === false ? 'off' : 'on'}`
      : `${prerequisites.length} other flags allow it`;
  return { kind: 'rules', rules: [{ condition: condition(words), outcome: own }], otherwise: OFF };
}

/** The state with the variants that those who get the flag are divided between. `shared` are the environment's own. */
export function withVariants(
  state: EnvironmentState,
  strategies: readonly Strategy[],
  shared: readonly Variant[],
): EnvironmentState {
  const variants = state.state === 'off' ? [] : variantsOf(strategies, shared);
  if (variants.length < 2) return state;
  // Everyone who gets the flag gets one of several variants: no value is everyone's.
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  const listed = variants.map(variant => `${variant.name} ${Math.round((variant.weight / total) * 100)}%`).join(', ');
  const summary = `${state.summary}; variants ${listed}`;
  return {
    ...state,
    serves: undefined,
    clauses: [...(state.clauses ?? [state.summary]), `variants ${listed}`],
    summary: summary.length <= 80 ? summary : `${state.summary}; ${countText(variants.length, 'variant')}`,
  };
}

/** The variants of the strategies that count, else the environment's own. */
export function variantsOf(strategies: readonly Strategy[], shared: readonly Variant[]): readonly Variant[] {
  const own = strategies.filter(strategy => strategy.disabled !== true).flatMap(strategy => strategy.variants ?? []);
  return own.length > 0 ? own : shared;
}

/** Variants of all strategies and environments by name. */
export function distinctVariants(variants: readonly Variant[]): readonly Variation[] {
  const byName = new Map<string, Variation>();
  for (const variant of variants) {
    byName.set(variant.name, { name: variant.name, value: variant.payload?.value ?? variant.name, span: null });
  }
  return [...byName.values()];
}
