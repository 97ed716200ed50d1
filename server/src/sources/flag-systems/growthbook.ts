/**
 * GrowthBook's SDK payload, what SDKs are started with or cache, after its documentation of feature definitions and the SDKs'
 * evaluation:
 *
 * - key: the name in `features`; variations: `defaultValue` and all values that rules can serve; kind: their type;
 * - state: `rules` in order, else `defaultValue`. Of a rule: `condition` (with `savedGroups`), `parentConditions` (a `gate` that
 *   fails ends it all), `force` with `coverage` or `range`, or `variations` with `weights`, `coverage`, `ranges`, `namespace`,
 *   `filters`; whom a rule leaves out goes on to the next. Rules with the same seed divide users alike;
 * - prerequisites: `parentConditions`; type: a rule with variations is an experiment.
 *
 * The payload has no owner, no dates and no environment.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/bareFlag.ts';
import { type CascadeStep, cascadeOutcome, type Range, WHOLE } from '../../core/flags/cascade.ts';
import { bothConditions, type Condition, deriveState, type Outcome } from '../../core/flags/rollout.ts';
import { attributeWords, condition, EVERYONE } from '../../core/flags/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, JsonValue } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  commonType,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { mongoCondition } from './growthbookConditions.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees, type Tree, type TreeMap } from './trees.ts';
import { collectVariations, type Variations } from './variations.ts';

export const growthbookDecoder: FlagFileDecoder = { system: 'growthbook', recognises, decode };

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

const featureSchema = z.object({ defaultValue: anyJson.optional(), rules: z.array(ruleSchema).optional() });

type Rule = z.output<typeof ruleSchema>;

/** Features under their keys with a `defaultValue`. */
function recognises(shape: FileShape): boolean {
  return (
    shape.notation === 'json' && !shape.list && shape.has('features/x/defaultValue') && !shape.has('features/x/name')
  );
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const features = yamlValue(tree, 'features');
    if (features?.kind !== 'map') continue;
    const parents = new Map(features.entries.map(entry => [entry.key, parentsOf(entry.value)] as const));
    for (const entry of uniqueEntries(features, 'Feature', problems)) {
      flags.push(decodeFeature(entry, parents, path, context, problems));
    }
  }
  return flagFile(problems, 'growthbook', context.environment, flags);
}

function decodeFeature(
  entry: TreeMap['entries'][number],
  parentsByKey: ReadonlyMap<string, readonly string[]>,
  path: string,
  context: DecodingContext,
  problems: ProblemSink,
): Flag {
  const { key, keySpan, value: tree } = entry;
  const bare = bareFlag(key, 'growthbook', path, keySpan, entrySpan(entry));
  const feature = tree.kind === 'map' ? checkEntry(featureSchema, tree, `feature "${key}"`, problems) : null;
  if (feature === null) {
    addProblem(problems, 'warning', 'shape', keySpan, `Feature "${key}" is no object; code gets its fallback.`);
    return { ...bare, environments: [unreadableState(context.environment)] };
  }
  const found = collectVariations();
  const rules = feature.rules ?? [];
  // A value of null counts as none: code gets its fallback.
  const otherwise = served(feature.defaultValue ?? null, found);
  const steps = rules.flatMap(rule => stepsOf(rule, key, found));
  const circular = reachesCircle(key, parentsByKey);
  // Who comes upon the circle gets nothing; who does so, only the evaluation can tell.
  const outcome: Outcome = circular
    ? { kind: 'custom', words: 'prerequisites that wait for each other' }
    : cascadeOutcome(steps, otherwise);
  if (circular) {
    const message = `The prerequisites of "${key}" wait for each other; GrowthBook then serves nothing.`;
    addProblem(problems, 'error', 'circular-prerequisite', keySpan, message);
  }
  const variations = found.list();
  const parents = [...new Set(rules.flatMap(rule => (rule.parentConditions ?? []).map(parent => parent.id)))];
  for (const parent of parents.filter(each => !parentsByKey.has(each))) {
    const message = `Prerequisite "${parent}" of "${key}" is not in this file; it counts as without a value.`;
    addProblem(problems, 'warning', 'unknown-prerequisite', keySpan, message);
  }
  return {
    ...bare,
    kind: commonType(variations.map(variation => variation.value)),
    type: rules.some(rule => rule.variations !== undefined && rule.force === undefined) ? 'experiment' : null,
    variations,
    environments: [
      deriveState({
        environment: context.environment,
        variations,
        offVariation: null,
        enabled: true,
        whenDisabled: { kind: 'fallback' },
        outcome,
        asOf: null,
      }),
    ],
    prerequisites: parents,
  };
}

/** Prerequisites that a feature's rules name. */
function parentsOf(tree: Tree): readonly string[] {
  return yamlItems(yamlValue(tree, 'rules')).flatMap(rule =>
    yamlItems(yamlValue(rule, 'parentConditions')).flatMap(parent => yamlText(yamlValue(parent, 'id')) ?? []),
  );
}

/** Whether prerequisites of prerequisites lead into a circle. */
function reachesCircle(key: string, parents: ReadonlyMap<string, readonly string[]>): boolean {
  const done = new Set<string>();
  const open: { readonly key: string; next: number }[] = [{ key, next: 0 }];
  const path = new Set([key]);
  while (open.length > 0) {
    const top = open[open.length - 1]!;
    const parent = parents.get(top.key)?.[top.next++];
    if (parent === undefined) {
      open.pop();
      path.delete(top.key);
      done.add(top.key);
    } else if (path.has(parent)) return true;
    else if (!done.has(parent)) {
      open.push({ key: parent, next: 0 });
      path.add(parent);
    }
  }
  return false;
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
