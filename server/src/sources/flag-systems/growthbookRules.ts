/**
 * What GrowthBook's definition of a feature means, after its documentation and the SDKs' evaluation: the default value and the rules in
 * order, whom a rule leaves out goes on to the next. Files and the service's answers hold the same definitions; where they stand is
 * the readers' business.
 */
import * as z from 'zod';
import { type CascadeStep, cascadeOutcome, type Range, WHOLE } from '../../core/flags/rollout/cascade.ts';
import { bothConditions, type Condition, type Outcome } from '../../core/flags/rollout/rollout.ts';
import { attributeWords, condition, EVERYONE } from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';
import { anyJson } from './decoder.ts';
import { mongoCondition } from './growthbookConditions.ts';
import type { Variations } from './variations.ts';

const range = z.tuple([z.number(), z.number()]);
const hashVersion = z.number().optional();

const ruleSchema = z.object({
  condition: anyJson.optional(),
  parentConditions: z
    .array(z.object({ id: z.string(), condition: anyJson.optional(), gate: z.boolean().optional() }))
    .optional(),
  force: anyJson.optional(),
  coverage: z.number().optional(),
  range: range.optional(),
  variations: z.array(anyJson).optional(),
  weights: z.array(z.number()).optional(),
  ranges: z.array(range).optional(),
  namespace: z.tuple([z.string(), z.number(), z.number()]).optional(),
  filters: z
    .array(z.object({ seed: z.string(), ranges: z.array(range), hashVersion, attribute: z.string().optional() }))
    .optional(),
  meta: z
    .array(z.object({ key: z.string().optional(), name: z.string().optional(), passthrough: z.boolean().optional() }))
    .optional(),
  key: z.string().optional(),
  name: z.string().optional(),
  seed: z.string().optional(),
  hashAttribute: z.string().optional(),
  hashVersion,
});

export const featureSchema = z.object({ defaultValue: anyJson.optional(), rules: z.array(ruleSchema).optional() });

export type Feature = z.output<typeof featureSchema>;
type Rule = z.output<typeof ruleSchema>;

/** Who gets which value; the values are remembered in `found`. A value of null counts as none: code gets its fallback. */
export function featureOutcome(feature: Feature, key: string, found: Variations): Outcome {
  const otherwise = served(feature.defaultValue ?? null, found);
  const steps = (feature.rules ?? []).flatMap(rule => stepsOf(rule, key, found));
  return cascadeOutcome(steps, otherwise);
}

/** The features that its rules ask for, each once. */
export function featureParents(feature: Feature): readonly string[] {
  return [...new Set((feature.rules ?? []).flatMap(rule => (rule.parentConditions ?? []).map(parent => parent.id)))];
}

/** Whether a rule divides users for an experiment. */
export function isExperiment(feature: Feature): boolean {
  return (feature.rules ?? []).some(rule => rule.variations !== undefined && rule.force === undefined);
}

function served(value: JsonValue, found: Variations, name?: string): Outcome {
  if (value === null) return { kind: 'fallback' };
  return found.outcome(value, typeof value === 'object' ? name : undefined);
}

function stepsOf(rule: Rule, key: string, found: Variations): readonly CascadeStep[] {
  const attribute = rule.hashAttribute ?? 'id';
  const version = rule.hashVersion ?? 1;
  const gates = (rule.parentConditions ?? []).filter(parent => parent.gate === true);
  const parents = (rule.parentConditions ?? []).filter(parent => parent.gate !== true);
  const steps: CascadeStep[] = gates.map(gate => ({
    condition: condition(`${gate.id} does not allow it`),
    hash: 'none',
    by: null,
    parts: [{ outcome: { kind: 'fallback' }, ranges: WHOLE }],
  }));
  const own = isEmpty(rule.condition) ? EVERYONE : mongoCondition(rule.condition ?? null);
  const filters = rule.filters ?? [];
  const all = [
    own,
    ...parents.map(parent => parentCondition(parent.id, parent.condition ?? null)),
    ...(filters.length > 1 ? [condition('several filters apply')] : []),
  ].reduce<Condition>(bothConditions, EVERYONE);
  const common = { condition: all, by: attributeWords(attribute), ...filterOf(rule, attribute) };
  if (rule.force !== undefined) {
    const { within, ...plain } = common;
    // Namespaces are for experiments only; filters hold for both.
    const filtered = filters.length === 1 ? { within } : {};
    const hash = `${rule.seed ?? key}\0${attribute}\0${version}`;
    const ranges: readonly Range[] = [rule.range ?? [0, rule.coverage === undefined ? 1 : clamp(rule.coverage)]];
    return [...steps, { ...plain, ...filtered, hash, parts: [{ outcome: served(rule.force, found), ranges }] }];
  }
  const variations = rule.variations ?? [];
  if (variations.length < 2) return steps;
  const hash = `${rule.seed ?? rule.key ?? key}\0${attribute}\0${version}`;
  const lines = rule.ranges ?? bucketRanges(variations.length, rule.coverage ?? 1, rule.weights);
  const parts = variations.flatMap((value, at) => {
    const meta = rule.meta?.[at];
    const line = lines[at];
    // A holdout's passthrough goes on to the next rule.
    if (line === undefined || meta?.passthrough === true) return [];
    return [{ outcome: served(value, found, meta?.name ?? meta?.key), ranges: [line] }];
  });
  return [...steps, { ...common, hash, parts, experiment: rule.name ?? rule.key ?? '' }];
}

function filterOf(rule: Rule, attribute: string): Pick<CascadeStep, 'within'> {
  const [filter] = rule.filters ?? [];
  if (filter !== undefined) {
    const hash = `${filter.seed}\0${filter.attribute ?? 'id'}\0${filter.hashVersion ?? 2}`;
    return { within: { hash, ranges: filter.ranges } };
  }
  if (rule.namespace === undefined) return {};
  const [name, from, to] = rule.namespace;
  return { within: { hash: `__${name}\0${attribute}\u00001`, ranges: [[from, to]] } };
}

function parentCondition(id: string, value: JsonValue): Condition {
  const wanted =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { value?: JsonValue }).value
      : null;
  if (wanted === true) return condition(`${id} is on`);
  if (wanted === false) return condition(`${id} is off`);
  return condition(`${id} allows it`);
}

/** Where on the line from 0 to 1 each variation's users stand; weights that don't add up to 1 count as equal. */
function bucketRanges(count: number, coverage: number, weights: readonly number[] | undefined): readonly Range[] {
  const sum = weights?.reduce((total, weight) => total + weight, 0) ?? 0;
  const usable = weights !== undefined && weights.length === count && sum >= 0.99 && sum <= 1.01;
  const each = usable ? weights : Array.from({ length: count }, () => 1 / count);
  let start = 0;
  return each.map((weight): Range => {
    const from = start;
    start += weight;
    return [from, from + clamp(coverage) * weight];
  });
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
