/**
 * Flagsmith's environment document, what its SDKs evaluate locally and read from a file, after the engine's models
 * (flagsmith-engine: environments, features, segments):
 *
 * - key: `feature.name` of each of `feature_states`; variations: on and off, and the values it has besides
 *   (`feature_state_value`, `multivariate_feature_state_values`); kind: boolean unless it has a value, then code may ask for either;
 * - state: `enabled`, changed for segments (`project.segments[].feature_states`, lowest priority number first) and for single
 *   identities (`identity_overrides`); a segment that only takes a percentage of everyone is a rollout;
 * - last changed: `updated_at` of the state; environment: the document's `name`, where it has one.
 *
 * It names no owner, no tags and no expiry.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { type CascadeStep, cascadeOutcome, WHOLE } from '../../core/flags/rollout/cascade.ts';
import { percentText, valueText } from '../../core/flags/rollout/describe.ts';
import { composeSummary, deriveState } from '../../core/flags/rollout/rollout.ts';
import { EVERYONE, listedCondition, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile, JsonValue, Variation } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  type DecodingContext,
  dateOf,
  type FlagFileDecoder,
  flagFile,
  numberOf,
  OFF,
  ON,
  ON_OFF,
  unreadableState,
} from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees, type Tree } from './trees.ts';

export const flagsmithDecoder: FlagFileDecoder = { system: 'flagsmith', recognises, decode };

const stateSchema = z.object({
  feature: z.object({ name: z.string(), type: z.string().nullish() }),
  enabled: z.boolean().default(false),
  feature_state_value: anyJson.nullish(),
  multivariate_feature_state_values: z
    .array(
      z.object({
        percentage_allocation: z.number(),
        multivariate_feature_option: z.object({ value: anyJson.nullish() }).nullish(),
      }),
    )
    .nullish(),
  feature_segment: z.object({ priority: z.number().nullish() }).nullish(),
  updated_at: z.string().nullish(),
});

type Rule = {
  readonly type?: string | null;
  readonly rules?: readonly Rule[] | null;
  readonly conditions?: readonly { readonly operator?: string | null; readonly value?: JsonValue }[] | null;
};

const ruleSchema: z.ZodType<Rule> = z.object({
  type: z.string().nullish(),
  get rules() {
    return z.array(ruleSchema).nullish();
  },
  conditions: z.array(z.object({ operator: z.string().nullish(), value: anyJson.optional() })).nullish(),
});

const segmentSchema = z.object({
  id: z.number(),
  name: z.string(),
  rules: z.array(ruleSchema).nullish(),
  feature_states: z.array(stateSchema).nullish(),
});

const identitySchema = z.object({ identifier: z.string(), identity_features: z.array(stateSchema).nullish() });

type FeatureState = z.output<typeof stateSchema>;

/** What is said of a feature for some: a segment, or a few identities. */
interface Override {
  readonly step: Omit<CascadeStep, 'parts'>;
  /** The part of those it concerns, 0 to 1. */
  readonly share: number;
  readonly state: FeatureState;
}

function recognises(shape: FileShape): boolean {
  return (
    shape.notation === 'json' && shape.has('feature_states/x/feature') && (shape.has('project') || shape.has('api_key'))
  );
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  let environment = context.environment;
  for (const tree of readTrees(path, text, problems)) {
    environment = yamlText(yamlValue(tree, 'name'))?.toLowerCase() ?? environment;
    const states = yamlValue(tree, 'feature_states');
    if (states?.kind !== 'list') continue;
    const before = problems.unread.length;
    const overrides = overridesOf(tree, problems);
    // Where an override can't be read, nobody knows which of the flags it is for.
    const isCut = problems.unread.length > before;
    for (const item of states.items) {
      const read = decodeFeature(item, overrides, environment, path, problems);
      if (read === null) continue;
      const flag = isCut ? { ...read, environments: [unreadableState(environment)] } : read;
      const earlier = flags.get(flag.key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `Feature "${flag.key}" stands twice in this document; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
        flags.delete(flag.key);
      }
      flags.set(flag.key, flag);
    }
  }
  return flagFile(problems, 'flagsmith', environment, [...flags.values()]);
}

function decodeFeature(
  tree: Tree,
  overrides: ReadonlyMap<string, readonly Override[]>,
  environment: string,
  path: string,
  problems: ProblemSink,
): Flag | null {
  const nameTree = yamlValue(yamlValue(tree, 'feature'), 'name');
  const key = yamlText(nameTree);
  if (key === null || nameTree === null) {
    addProblem(problems, 'warning', 'shape', tree.span, 'A feature state without a feature\'s "name" is left out.');
    return null;
  }
  const bare = bareFlag(key, 'flagsmith', path, nameTree.span, tree.span);
  const state = checkEntry(stateSchema, tree, `feature "${key}"`, problems);
  if (state === null) return { ...bare, environments: [unreadableState(environment)] };
  const own = overrides.get(key) ?? [];
  const values = valuesOf([state, ...own.map(each => each.state)]);
  const changed = dateOf(state.updated_at);
  return {
    ...bare,
    kind: values.length === 0 ? 'boolean' : null,
    variations: values.length === 0 ? ON_OFF : values,
    offValue: values.length === 0 ? false : undefined,
    environments: [decodeState(state, own, environment, values)],
    ...(changed === null ? {} : { changed: { time: changed, source: 'flagsmith', asOf: null } }),
  };
}

function decodeState(
  state: FeatureState,
  overrides: readonly Override[],
  environment: string,
  values: readonly Variation[],
): EnvironmentState {
  const steps = overrides.map(({ step, share, state: own }) => ({
    ...step,
    parts: [{ outcome: own.enabled ? ON : OFF, ranges: share >= 1 ? WHOLE : ([[0, share]] as const) }],
  }));
  const derived = deriveState({
    environment,
    variations: ON_OFF,
    offVariation: 'off',
    enabled: true,
    whenDisabled: OFF,
    outcome: cascadeOutcome(steps, state.enabled ? ON : OFF),
    asOf: null,
  });
  if (values.length === 0 || derived.state === 'off') return derived;
  const options = (state.multivariate_feature_state_values ?? []).filter(each => each.percentage_allocation > 0);
  if (values.length === 1 && derived.state === 'on') return { ...derived, serves: values[0]!.value };
  const listed = options.map(
    each =>
      `${valueText(each.multivariate_feature_option?.value ?? null)} ${percentText(Math.min(100, each.percentage_allocation))}`,
  );
  const words = listed.length > 0 ? `values ${listed.join(', ')}` : `${values.length} values`;
  const clauses = [...(derived.clauses ?? [derived.summary]), words];
  return { ...derived, serves: undefined, summary: composeSummary([derived.summary, words]), clauses };
}

/** All values besides on and off. */
function valuesOf(states: readonly FeatureState[]): readonly Variation[] {
  const byValue = new Map<string, Variation>();
  const add = (value: JsonValue | null | undefined) => {
    if (value === null || value === undefined || value === '') return;
    byValue.set(JSON.stringify(value), { name: valueText(value), value, span: null });
  };
  for (const state of states) {
    add(state.feature_state_value);
    for (const option of state.multivariate_feature_state_values ?? []) add(option.multivariate_feature_option?.value);
  }
  return [...byValue.values()];
}

/** What segments and identities change, by feature, in the order in which the engine asks. */
function overridesOf(tree: Tree, problems: ProblemSink): ReadonlyMap<string, readonly Override[]> {
  const read = <T>(list: Tree | null, schema: z.ZodType<T>, what: string): readonly T[] =>
    list?.kind === 'list' ? list.items.flatMap(item => checkEntry(schema, item, what, problems) ?? []) : [];
  const byFeature = new Map<string, Override[]>();
  const add = (key: string, override: Override) => {
    const known = byFeature.get(key);
    if (known === undefined) byFeature.set(key, [override]);
    else known.push(override);
  };
  for (const segment of read(yamlValue(yamlValue(tree, 'project'), 'segments'), segmentSchema, 'segment')) {
    // Nobody is in a segment without rules.
    if ((segment.rules ?? []).length === 0) continue;
    const split = splitOnly(segment.rules ?? []);
    const step =
      split === null
        ? { condition: segmentCondition([segment.name]), hash: 'none', by: null }
        : { condition: EVERYONE, hash: `segment ${segment.id}`, by: 'identity' };
    for (const state of segment.feature_states ?? []) {
      add(state.feature.name, { step, share: split ?? 1, state });
    }
  }
  for (const overrides of byFeature.values()) overrides.sort((a, b) => priorityOf(a.state) - priorityOf(b.state));
  const listed = new Map<string, Map<boolean, { count: number; state: FeatureState }>>();
  for (const identity of read(yamlValue(tree, 'identity_overrides'), identitySchema, 'identity')) {
    for (const state of identity.identity_features ?? []) {
      const groups = listed.get(state.feature.name) ?? new Map<boolean, { count: number; state: FeatureState }>();
      groups.set(state.enabled, { count: (groups.get(state.enabled)?.count ?? 0) + 1, state });
      listed.set(state.feature.name, groups);
    }
  }
  for (const [key, groups] of listed) {
    const identities = [...groups.values()].map(({ count, state }) => {
      const condition = listedCondition(count, 'user');
      return { step: { condition, hash: 'none', by: null }, share: 1, state };
    });
    byFeature.set(key, [...identities, ...(byFeature.get(key) ?? [])]);
  }
  return byFeature;
}

function priorityOf(state: FeatureState): number {
  return state.feature_segment?.priority ?? Number.MAX_SAFE_INTEGER;
}

/** The share, 0 to 1, of a segment that is nothing but a percentage of everyone; null for any other. */
function splitOnly(rules: readonly Rule[]): number | null {
  const flat = rules.flatMap(rule => ((rule.conditions?.length ?? 0) > 0 ? [rule] : (rule.rules ?? [])));
  const only = rules.length === 1 && flat.length === 1 ? flat[0]! : null;
  const [condition] = only?.conditions ?? [];
  if (only === null || condition?.operator !== 'PERCENTAGE_SPLIT' || (only.conditions?.length ?? 0) !== 1) return null;
  if (only.type === 'NONE' || rules[0]?.type === 'NONE') return null;
  if ((only.rules?.length ?? 0) > 0 || (rules[0] !== only && (rules[0]?.conditions?.length ?? 0) > 0)) return null;
  const share = numberOf(condition.value) / 100;
  return share >= 0 && share <= 1 ? share : null;
}
