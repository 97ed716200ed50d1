/**
 * Optimizely's datafile (version 4), what its SDKs download and cache, after the SDKs' decision service:
 *
 * - key: `key` of each of `featureFlags`; variations: on and off (`featureEnabled`); kind: boolean unless it has `variables`, then
 *   code may ask for either;
 * - state: experiments (`experimentIds`) that are running, then the rules of the rollout (`rolloutId`): audience by name, shares by
 *   `trafficAllocation` in ten-thousandths, before all of them running `holdouts`; who meets an audience but is in no share goes to the last rule, for everyone else;
 * - type: a flag with running experiments is an experiment; environment: `environmentKey`.
 *
 * The datafile has no owner and no dates. Users forced into a variation (`forcedVariations`) are counted.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { type CascadeStep, cascadeOutcome, type Range } from '../../core/flags/rollout/cascade.ts';
import { deriveState, type Outcome } from '../../core/flags/rollout/rollout.ts';
import { listedCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  type DecodingContext,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON,
  ON_OFF,
  unreadableState,
} from './decoder.ts';
import { audienceCondition, audienceNames } from './optimizelyAudiences.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees, type Tree } from './trees.ts';

export const optimizelyDecoder: FlagFileDecoder = { system: 'optimizely', recognises, decode };

const allocationSchema = z.array(z.object({ entityId: z.string().nullish(), endOfRange: z.number() })).default([]);

const experimentSchema = z.object({
  id: z.string(),
  key: z.string().optional(),
  status: z.string().optional(),
  audienceIds: z.array(z.string()).nullish(),
  audienceConditions: anyJson.nullish(),
  variations: z.array(z.object({ id: z.string(), key: z.string(), featureEnabled: z.boolean().nullish() })).default([]),
  trafficAllocation: allocationSchema,
  forcedVariations: z.record(z.string(), z.string()).nullish(),
});

/** Users kept out of flags, all or those named by id, with the shape of an experiment. */
const holdoutSchema = experimentSchema.extend({
  includedFlags: z.array(z.string()).nullish(),
  excludedFlags: z.array(z.string()).nullish(),
});

const groupSchema = z.object({
  id: z.string(),
  policy: z.string().optional(),
  experiments: z.array(experimentSchema).default([]),
  trafficAllocation: allocationSchema,
});

const flagSchema = z.object({
  id: z.string().nullish(),
  rolloutId: z.string().nullish(),
  experimentIds: z.array(z.string()).nullish(),
  variables: z.array(z.object({ key: z.string() })).nullish(),
});

type Experiment = z.output<typeof experimentSchema>;
type Group = z.output<typeof groupSchema>;

/** What flags refer to by id. */
interface Datafile {
  readonly experiments: ReadonlyMap<string, { readonly experiment: Experiment; readonly group: Group | null }>;
  readonly rollouts: ReadonlyMap<string, readonly Experiment[]>;
  readonly holdouts: readonly z.output<typeof holdoutSchema>[];
  readonly audiences: ReadonlyMap<string, string>;
  /** Something beside the flags can't be read: then nobody knows which of them it decides about. */
  readonly isCut: boolean;
}

function recognises(shape: FileShape): boolean {
  return (
    shape.notation === 'json' &&
    shape.hasAll('featureFlags', 'rollouts') &&
    (shape.has('projectId') || shape.has('accountId'))
  );
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  let environment = context.environment;
  for (const tree of readTrees(path, text, problems)) {
    environment = yamlText(yamlValue(tree, 'environmentKey')) ?? environment;
    const list = yamlValue(tree, 'featureFlags');
    if (list?.kind !== 'list') continue;
    const file = readDatafile(tree, problems);
    for (const item of list.items) {
      const flag = decodeFlag(item, file, environment, path, problems);
      if (flag === null) continue;
      const earlier = flags.get(flag.key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `Flag "${flag.key}" stands twice in this datafile; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
        flags.delete(flag.key);
      }
      flags.set(flag.key, flag);
    }
  }
  return flagFile(problems, 'optimizely', environment, [...flags.values()]);
}

function readDatafile(tree: Tree, problems: ProblemSink): Datafile {
  const read = <T>(list: Tree | null, schema: z.ZodType<T>, what: string): readonly T[] =>
    list?.kind === 'list' ? list.items.flatMap(item => checkEntry(schema, item, what, problems) ?? []) : [];
  const before = problems.unread.length;
  const experiments = new Map<string, { experiment: Experiment; group: Group | null }>();
  const holders = [tree, ...yamlItems(yamlValue(tree, 'rollouts')), ...yamlItems(yamlValue(tree, 'groups'))];
  for (const item of holders.flatMap(holder => yamlItems(yamlValue(holder, 'experiments'))))
    noteUnknownVariations(item, problems);
  for (const experiment of read(yamlValue(tree, 'experiments'), experimentSchema, 'experiment')) {
    experiments.set(experiment.id, { experiment, group: null });
  }
  for (const group of read(yamlValue(tree, 'groups'), groupSchema, 'group')) {
    for (const experiment of group.experiments) experiments.set(experiment.id, { experiment, group });
  }
  const holdouts = read(yamlValue(tree, 'holdouts'), holdoutSchema, 'holdout').filter(
    ({ status }) => status === 'Running',
  );
  const rollouts = new Map(
    yamlItems(yamlValue(tree, 'rollouts')).map(item => [
      yamlText(yamlValue(item, 'id')) ?? '',
      read(yamlValue(item, 'experiments'), experimentSchema, 'rollout rule'),
    ]),
  );
  return {
    experiments,
    holdouts,
    rollouts,
    isCut: problems.unread.length > before,
    audiences: audienceNames([yamlValue(tree, 'audiences'), yamlValue(tree, 'typedAudiences')]),
  };
}

/** An empty id is nobody's share, which is no mistake. */
function noteUnknownVariations(experiment: Tree, problems: ProblemSink): void {
  const known = new Set(
    yamlItems(yamlValue(experiment, 'variations')).flatMap(variation => yamlText(yamlValue(variation, 'id')) ?? []),
  );
  for (const range of yamlItems(yamlValue(experiment, 'trafficAllocation'))) {
    const entity = yamlValue(range, 'entityId');
    const id = yamlText(entity);
    if (id === null || entity === null || known.has(id)) continue;
    const message = `Variation "${id}" is none of this experiment's; users in its share get nothing from it.`;
    addProblem(problems, 'error', 'unknown-variation', entity.span, message);
  }
}

function decodeFlag(tree: Tree, file: Datafile, environment: string, path: string, problems: ProblemSink): Flag | null {
  const keyTree = yamlValue(tree, 'key');
  const key = yamlText(keyTree);
  if (key === null || keyTree === null) {
    addProblem(problems, 'warning', 'shape', tree.span, 'A feature flag without a "key" is left out.');
    return null;
  }
  const bare = bareFlag(key, 'optimizely', path, keyTree.span, tree.span);
  const decoded = checkEntry(flagSchema, tree, `flag "${key}"`, problems);
  if (decoded === null || file.isCut) return { ...bare, environments: [unreadableState(environment)] };
  const running = (decoded.experimentIds ?? []).flatMap(id => {
    const found = file.experiments.get(id);
    return found?.experiment.status === 'Running' ? [found] : [];
  });
  const rules = file.rollouts.get(decoded.rolloutId ?? '') ?? [];
  const plain = (decoded.variables ?? []).length === 0;
  return {
    ...bare,
    kind: plain ? 'boolean' : null,
    type: running.length > 0 ? 'experiment' : null,
    variations: ON_OFF,
    offValue: plain ? false : undefined,
    environments: [
      deriveState({
        environment,
        variations: ON_OFF,
        offVariation: 'off',
        enabled: true,
        whenDisabled: OFF,
        outcome: flagOutcome(decoded.id ?? '', running, rules, file),
        asOf: null,
      }),
    ],
  };
}

function flagOutcome(
  id: string,
  running: readonly { readonly experiment: Experiment; readonly group: Group | null }[],
  rules: readonly Experiment[],
  file: Datafile,
): Outcome {
  // Whom a holdout keeps out is asked of before anything else.
  const steps: CascadeStep[] = file.holdouts
    .filter(({ includedFlags, excludedFlags }) =>
      includedFlags?.length ? includedFlags.includes(id) : excludedFlags?.includes(id) !== true,
    )
    .map(holdout => ruleStep(holdout, file));
  for (const { experiment, group } of running) {
    steps.push(...forcedSteps(experiment));
    const exclusive =
      group?.policy === 'random'
        ? { hash: `group ${group.id}`, ranges: rangesOf(group.trafficAllocation, experiment.id) }
        : undefined;
    const step = ruleStep(experiment, file);
    steps.push({
      ...step,
      experiment: experiment.key ?? '',
      ...(exclusive === undefined ? {} : { within: exclusive }),
    });
  }
  const last = rules.at(-1);
  const otherwise = last === undefined ? OFF : lastRule(last, file);
  for (const rule of rules.slice(0, -1)) {
    const step = ruleStep(rule, file);
    // Whom the audience of a rule fits, but no share, goes to the last rule: no rule between is asked.
    const left =
      1 - step.parts.reduce((sum, part) => sum + part.ranges.reduce((all, [from, to]) => all + to - from, 0), 0);
    const rest = left > 0 ? [{ outcome: otherwise, ranges: [[0, 1]] as readonly Range[] }] : [];
    steps.push({ ...step, parts: [...step.parts, ...rest] });
  }
  return cascadeOutcome(steps, otherwise);
}

/** The last rule of a rollout, for everyone else; an audience of its own counts all the same. */
function lastRule(rule: Experiment, file: Datafile): Outcome {
  return cascadeOutcome([ruleStep(rule, file)], OFF);
}

function ruleStep(experiment: Experiment, file: Datafile): CascadeStep {
  const audience = experiment.audienceConditions ?? experiment.audienceIds ?? [];
  const { condition, name } = audienceCondition(audience, file.audiences);
  const parts = experiment.variations.flatMap(variation => {
    const ranges = rangesOf(experiment.trafficAllocation, variation.id);
    return ranges.length === 0 ? [] : [{ outcome: variation.featureEnabled === true ? ON : OFF, ranges }];
  });
  return { condition, name, hash: experiment.id, by: 'user id', parts };
}

/** Users named one by one come before any audience. */
function forcedSteps(experiment: Experiment): readonly CascadeStep[] {
  const counts = new Map<boolean, number>();
  for (const key of Object.values(experiment.forcedVariations ?? {})) {
    const variation = experiment.variations.find(each => each.key === key);
    if (variation === undefined) continue;
    const on = variation.featureEnabled === true;
    counts.set(on, (counts.get(on) ?? 0) + 1);
  }
  return [...counts].map(([on, count]) => ({
    condition: listedCondition(count, 'user'),
    hash: 'none',
    by: null,
    parts: [{ outcome: on ? ON : OFF, ranges: [[0, 1]] as readonly Range[] }],
  }));
}

/** Ends of ranges are in ten-thousandths; where one begins, the one before ends. */
function rangesOf(allocation: z.output<typeof allocationSchema>, id: string): readonly Range[] {
  let from = 0;
  const ranges: Range[] = [];
  for (const { entityId, endOfRange } of allocation) {
    const to = Math.max(from, Math.min(1, endOfRange / 10_000));
    if (entityId === id && to > from) ranges.push([from, to]);
    from = to;
  }
  return ranges;
}
