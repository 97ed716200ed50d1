/**
 * One environment of a LaunchDarkly flag in the core's pieces, after the SDKs' data model, which its files and its management API
 * share: targets, rules, the fallthrough and its rollout, prerequisites, the off variation. Where they stand is the readers' business.
 */
import * as z from 'zod';
import { valueText } from '../../core/flags/rollout/describe.ts';
import { deriveState, type Outcome, type Rule, type SplitPart } from '../../core/flags/rollout/rollout.ts';
import { attributeWords, condition, listedCondition } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, JsonValue, Variation } from '../../core/model.ts';
import { clauseSchema, clausesCondition } from './launchdarklyClauses.ts';

const index = z.number().int().nonnegative();

const rolloutSchema = z.object({
  kind: z.string().optional(),
  contextKind: z.string().optional(),
  bucketBy: z.string().optional(),
  variations: z.array(z.object({ variation: index, weight: z.number().int().nonnegative() })),
  /** The management API's way to say that it is an experiment. */
  experimentAllocation: z.object({}).nullish(),
});

const serveSchema = z.object({ variation: index.nullable().optional(), rollout: rolloutSchema.nullable().optional() });

const targetSchema = z.object({
  variation: index,
  values: z.array(z.string()).default([]),
  contextKind: z.string().optional(),
});

/** What decides who gets which variation, without `on`. */
export const configSchema = z.object({
  offVariation: index.nullable().optional(),
  fallthrough: serveSchema.optional(),
  targets: z.array(targetSchema).nullable().optional(),
  contextTargets: z.array(targetSchema).nullable().optional(),
  rules: z
    .array(
      serveSchema.extend({
        clauses: z.array(clauseSchema).default([]),
        description: z.string().nullish(),
        disabled: z.boolean().nullish(),
      }),
    )
    .nullable()
    .optional(),
  prerequisites: z
    .array(z.object({ key: z.string(), variation: index }))
    .nullable()
    .optional(),
});

type Config = z.output<typeof configSchema>;
type Serve = z.output<typeof serveSchema>;

export interface TargetingContext {
  readonly environment: string;
  readonly asOf: string | null;
  /** A variation that the flag does not have; `path` is the place in the configuration. */
  readonly onUnknownVariation: (at: number, path: readonly PropertyKey[]) => void;
  /** Weights that don't add up to `WHOLE`. */
  readonly onWeights: (sum: number, path: readonly PropertyKey[]) => void;
}

/** Weights count in 1/100000 of all users. */
export const WHOLE = 100_000;

/** The state of one environment. Variations are meant by their index. */
export function launchdarklyState(
  config: Config & { readonly on: boolean },
  variations: readonly Variation[],
  context: TargetingContext,
): EnvironmentState {
  const variation = (at: number | null | undefined, path: readonly PropertyKey[]): Outcome => {
    if (at === null || at === undefined) return { kind: 'fallback' };
    const known = variations[at];
    if (known !== undefined) return { kind: 'variation', name: known.name };
    context.onUnknownVariation(at, path);
    return { kind: 'fallback' };
  };
  const serve = (from: Serve, path: readonly PropertyKey[]): Outcome => {
    if (from.variation !== null && from.variation !== undefined) {
      return variation(from.variation, [...path, 'variation']);
    }
    if (!from.rollout) return { kind: 'fallback' };
    const rolloutPath = [...path, 'rollout', 'variations'];
    const parts = from.rollout.variations.map((part, at) => ({
      outcome: variation(part.variation, [...rolloutPath, at, 'variation']),
      weight: part.weight,
    }));
    return {
      kind: 'split',
      by: bucketWords(from.rollout),
      parts: wholeWeights(parts, sum => context.onWeights(sum, rolloutPath)),
    };
  };
  const off = variation(config.offVariation, ['offVariation']);
  const rules: Rule[] = [
    ...targetRules(config, variation),
    ...(config.rules ?? []).flatMap((rule, at): Rule[] =>
      rule.disabled === true
        ? []
        : [
            {
              condition: clausesCondition(rule.clauses),
              outcome: serve(rule, ['rules', at]),
              ...named(rule.description),
            },
          ],
    ),
  ];
  const otherwise = serve(config.fallthrough ?? {}, ['fallthrough']);
  const targeted: Outcome = rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise };
  return deriveState({
    environment: context.environment,
    variations,
    offVariation: typeof config.offVariation === 'number' ? (variations[config.offVariation]?.name ?? null) : null,
    enabled: config.on,
    whenDisabled: off,
    outcome: withPrerequisites(
      targeted,
      off,
      (config.prerequisites ?? []).map(each => each.key),
    ),
    asOf: context.asOf,
  });
}

/** What a variation is called that has no name: booleans are on and off, others go by their value. */
export function variationName(value: JsonValue, position: number): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'object' && value !== null ? `variation ${position}` : valueText(value);
}

/** Whether any rollout divides users for an experiment. */
export function isExperiment(config: Config): boolean {
  const serves: readonly Serve[] = [config.fallthrough ?? {}, ...(config.rules ?? [])];
  return serves.some(({ rollout }) => rollout?.kind === 'experiment' || !!rollout?.experimentAllocation);
}

function named(description: string | null | undefined): { readonly name?: string } {
  return description ? { name: description } : {};
}

/** Single users, and contexts of other kinds, named one by one; an empty list concerns nobody. */
function targetRules(
  config: Config,
  variation: (at: number, path: readonly PropertyKey[]) => Outcome,
): readonly Rule[] {
  return (['targets', 'contextTargets'] as const).flatMap(field =>
    (config[field] ?? []).flatMap((target, at) =>
      target.values.length === 0
        ? []
        : [
            {
              condition: listedCondition(target.values.length, attributeWords(target.contextKind ?? 'user')),
              outcome: variation(target.variation, [field, at, 'variation']),
            },
          ],
    ),
  );
}

/** Unless every prerequisite serves what it must, the off variation is served whatever the rules say. */
function withPrerequisites(outcome: Outcome, off: Outcome, prerequisites: readonly string[]): Outcome {
  if (prerequisites.length === 0) return outcome;
  const words = prerequisites.length === 1 ? prerequisites[0]! : `${prerequisites.length} prerequisites`;
  return { kind: 'rules', rules: [{ condition: condition(`${words} allows it`), outcome }], otherwise: off };
}

/** The last variation also gets what is missing to the whole. */
function wholeWeights(parts: readonly SplitPart[], onSum: (sum: number) => void): readonly SplitPart[] {
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  if (sum === WHOLE || parts.length === 0) return parts;
  onSum(sum);
  let left = WHOLE;
  return parts.map((part, at) => {
    const weight = at < parts.length - 1 ? Math.min(part.weight, left) : left;
    left -= weight;
    return { ...part, weight };
  });
}

function bucketWords(rollout: z.output<typeof rolloutSchema>): string {
  const attribute = rollout.kind === 'experiment' ? 'key' : (rollout.bucketBy ?? 'key');
  const kind = rollout.contextKind ?? 'user';
  return attribute === 'key' ? attributeWords(kind) : attributeWords(attribute);
}
