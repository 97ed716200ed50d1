/**
 * GO Feature Flag's flag configuration, JSON or YAML, after its published schema (thomaspoignant/go-feature-flag,
 * `.schema/flag-schema.json`) and its evaluation:
 *
 * - key: the name at the top; variations and kind: `variations`;
 * - state: `disable`, `targeting` in order, `defaultRule`; of a rule `progressiveRollout` counts before `percentage`, that before
 *   `variation`; percentages are relative to their sum; `scheduledRollout` steps that are due are applied, the next one to come is
 *   told; outside `experimentation` the code's fallback is served;
 * - type: `experimentation` makes an experiment; owner, description, dates and the rest: `metadata` (`metadata.ts`).
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import {
  deriveState,
  isSaidAlike,
  type Outcome,
  type RolloutParts,
  withSchedule,
} from '../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../core/flags/rollout/targetingWords.ts';
import { yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile, Variation } from '../../core/model.ts';
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
import { mergeRule, queryCondition, type Rule, ruleOutcome, ruleSchema } from './goFeatureFlagRules.ts';
import { metadataFields } from './metadata.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { findText, plainValue, readTrees, type Tree, type TreeMap } from './trees.ts';

export const goFeatureFlagDecoder: FlagFileDecoder = { system: 'go-feature-flag', recognises, decode };

const experimentSchema = z.object({ start: z.string().optional(), end: z.string().optional() });

const stepSchema = z.object({
  date: z.string().optional(),
  disable: z.boolean().optional(),
  targeting: z.array(ruleSchema).optional(),
  defaultRule: ruleSchema.optional(),
  experimentation: experimentSchema.optional(),
});

const flagSchema = z.object({
  variations: z.record(z.string(), anyJson).optional(),
  targeting: z.array(ruleSchema).optional(),
  defaultRule: ruleSchema.optional(),
  disable: z.boolean().optional(),
  bucketingKey: z.string().optional(),
  experimentation: experimentSchema.optional(),
  scheduledRollout: z.array(stepSchema).optional(),
  metadata: z.record(z.string(), anyJson).optional(),
});

type FlagEntry = z.output<typeof flagSchema>;
type Entry = TreeMap['entries'][number];

/** `variations` beside a `defaultRule` that serves something, both of flags at the top. */
function recognises(shape: FileShape): boolean {
  if (shape.list || !shape.hasAll('x/variations', 'x/defaultRule')) return false;
  return shape.has('x/x/variation') || shape.has('x/x/percentage') || shape.has('x/x/progressiveRollout');
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    if (tree.kind !== 'map') continue;
    // A document of which most is no flag is something else, such as a request with one flag in it; of a broken one nobody knows.
    const flagged = tree.entries.filter(entry => isFlag(entry.value)).length;
    const isWhole = problems.problems.length === 0;
    if (flagged === 0 || (isWhole && flagged * 2 < tree.entries.length)) continue;
    for (const entry of uniqueEntries(tree, 'Flag', problems)) flags.push(decodeFlag(entry, path, context, problems));
  }
  return flagFile(problems, 'go-feature-flag', context.environment, flags);
}

function isFlag(tree: Tree): boolean {
  return yamlValue(tree, 'variations') !== null || yamlValue(tree, 'defaultRule') !== null;
}

function decodeFlag(entry: Entry, path: string, context: DecodingContext, problems: ProblemSink): Flag {
  const bare = bareFlag(entry.key, 'go-feature-flag', path, entry.keySpan, entrySpan(entry));
  const { key, value: tree } = entry;
  const variations = decodeVariations(tree, key, problems);
  const decoded = tree.kind === 'map' ? checkEntry(flagSchema, tree, `flag "${key}"`, problems) : null;
  if (decoded?.defaultRule === undefined || variations.length === 0) {
    const message = `Flag "${key}" needs "variations" and a "defaultRule"; as it stands code gets its fallback.`;
    addProblem(problems, 'warning', 'shape', entry.keySpan, message);
  }
  if (decoded === null) return { ...bare, variations, environments: [unreadableState(context.environment)] };
  noteUnknownVariations(decoded, variations, entry, problems);
  const metadata = metadataFields(decoded.metadata ?? {});
  return {
    ...bare,
    kind: commonType(variations.map(variation => variation.value)),
    variations,
    environments: [decodeState(decoded, variations, context)],
    ...metadata,
    type: metadata.type ?? (decoded.experimentation === undefined ? null : 'experiment'),
  };
}

function decodeVariations(tree: Tree, key: string, problems: ProblemSink): readonly Variation[] {
  const variations = yamlValue(tree, 'variations');
  if (variations?.kind !== 'map') return [];
  return uniqueEntries(variations, `Variation of "${key}"`, problems).map(each => ({
    name: each.key,
    value: plainValue(each.value),
    span: entrySpan(each),
  }));
}

function noteUnknownVariations(
  decoded: FlagEntry,
  variations: readonly Variation[],
  entry: Entry,
  problems: ProblemSink,
): void {
  const known = new Set(variations.map(variation => variation.name));
  const rules = [...(decoded.targeting ?? []), ...(decoded.defaultRule ? [decoded.defaultRule] : [])];
  for (const rule of rules) {
    const named = rule.percentage === undefined ? [rule.variation ?? ''] : Object.keys(rule.percentage);
    const missing = named.find(name => name !== '' && !known.has(name));
    if (missing === undefined) continue;
    const span = findText(entry.value, missing)?.span ?? entry.keySpan;
    const message = `"${entry.key}" serves "${missing}", which is none of its variations; such users get the code's fallback.`;
    addProblem(problems, 'error', 'unknown-variation', span, message);
  }
}

function decodeState(decoded: FlagEntry, variations: readonly Variation[], context: DecodingContext): EnvironmentState {
  const moments = momentsOf(decoded, context.now);
  const partsAt = (now: number): RolloutParts => {
    const flag = scheduledAt(decoded, now);
    const running = isRunning(flag.experimentation, now);
    return {
      environment: context.environment,
      variations,
      offVariation: null,
      enabled: flag.disable !== true && running,
      whenDisabled: { kind: 'fallback' },
      outcome: flagOutcome(flag, now),
      // A ramp is another number tomorrow: it is true as of now.
      asOf: ramps(flag) ? new Date(now).toISOString().replace(/\.\d+Z$/, 'Z') : null,
    };
  };
  const current = deriveState(partsAt(context.now));
  const next = moments.find(moment => !isSaidAlike(deriveState(partsAt(moment)), current));
  return next === undefined ? current : withSchedule(current, deriveState(partsAt(next)), next);
}

function flagOutcome(flag: FlagEntry, now: number): Outcome {
  const by = attributeWords(
    flag.bucketingKey === undefined || flag.bucketingKey === '' ? 'targetingKey' : flag.bucketingKey,
  );
  const experiment = flag.experimentation === undefined ? undefined : '';
  const outcome = (rule: Rule) => ruleOutcome(rule, { now, by, experiment });
  const rules = (flag.targeting ?? [])
    .filter(rule => rule.disable !== true)
    .map(rule => ({ condition: queryCondition(rule.query, now), outcome: outcome(rule), name: rule.name }));
  const otherwise: Outcome = flag.defaultRule === undefined ? { kind: 'fallback' } : outcome(flag.defaultRule);
  return rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise };
}

/** The flag with the scheduled steps applied that are due at a time. Rules are matched by name; those of later steps add up. */
function scheduledAt(decoded: FlagEntry, now: number): FlagEntry {
  let flag = decoded;
  for (const step of decoded.scheduledRollout ?? []) {
    const date = Date.parse(step.date ?? '');
    if (Number.isNaN(date) || date > now) continue;
    const updates = step.targeting ?? [];
    const merged = (flag.targeting ?? []).map(rule => {
      const update = updates.find(each => each.name !== undefined && each.name === rule.name);
      return update === undefined ? rule : mergeRule(rule, update);
    });
    const known = new Set(merged.map(rule => rule.name));
    flag = {
      ...flag,
      targeting: [...merged, ...updates.filter(update => update.name === undefined || !known.has(update.name))],
      disable: step.disable ?? flag.disable,
      defaultRule:
        step.defaultRule === undefined ? flag.defaultRule : mergeRule(flag.defaultRule ?? {}, step.defaultRule),
      experimentation:
        step.experimentation === undefined
          ? flag.experimentation
          : { ...flag.experimentation, ...step.experimentation },
    };
  }
  return flag;
}

function isRunning(experiment: FlagEntry['experimentation'], now: number): boolean {
  if (experiment === undefined) return true;
  const start = Date.parse(experiment.start ?? '');
  const end = Date.parse(experiment.end ?? '');
  return !(now < start) && !(now > end);
}

function ramps(flag: FlagEntry): boolean {
  return [...(flag.targeting ?? []), flag.defaultRule].some(rule => rule?.progressiveRollout !== undefined);
}

/** Times to come (milliseconds since 1970) at which the flag may change by itself, soonest first. */
function momentsOf(decoded: FlagEntry, now: number): readonly number[] {
  const rules = [...(decoded.targeting ?? []), ...(decoded.defaultRule ? [decoded.defaultRule] : [])];
  const dates: (string | undefined)[] = [
    ...(decoded.scheduledRollout ?? []).map(step => step.date),
    decoded.experimentation?.start,
    ...rules.map(rule => rule.progressiveRollout?.end?.date),
  ];
  const times = dates.map(date => Date.parse(date ?? ''));
  const end = Date.parse(decoded.experimentation?.end ?? '');
  // The end itself still belongs to the experiment.
  return [...times, end + 1000].filter(time => time > now).sort((a, b) => a - b);
}
