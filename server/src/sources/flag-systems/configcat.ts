/**
 * ConfigCat's config JSON, version 6, as SDKs download and cache it, after its published types (configcat/common-js,
 * `src/ConfigJson.ts`) and the SDKs' evaluation:
 *
 * - key: the name in `f`; kind: `t` (boolean, string, whole number, number); variations: all values it can serve;
 * - state: `r`, targeting rules in order (conditions `c`: user, prerequisite, segment; served value `s` or shares `p`), then `p`,
 *   shares that add up to 100, by the attribute `a` or the identifier, else the value `v`;
 * - prerequisites: those in conditions; names of segments: `s`.
 *
 * The file has no owner, no dates, no names and no environment. Comparison values are hashed where ConfigCat calls them
 * sensitive: then they are only counted.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome, type SplitPart } from '../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../core/flags/rollout/targetingWords.ts';
import { yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, JsonValue, ValueType, Variation } from '../../core/model.ts';
import { conditionSchema, conditionsWords, settingValue, valueSchema } from './configcatConditions.ts';
import {
  checkEntry,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { plainValue, readTrees, type TreeMap } from './trees.ts';
import { collectVariations, type Variations } from './variations.ts';

export const configcatDecoder: FlagFileDecoder = { system: 'configcat', recognises, decode };

const optionSchema = z.object({ p: z.number(), v: valueSchema });

const settingSchema = z.object({
  t: z.number().optional(),
  a: z.string().nullish(),
  r: z
    .array(
      z.object({
        c: z.array(conditionSchema).nullish(),
        s: z.object({ v: valueSchema }).nullish(),
        p: z.array(optionSchema).nullish(),
      }),
    )
    .nullish(),
  p: z.array(optionSchema).nullish(),
  v: valueSchema.optional(),
});

type Setting = z.output<typeof settingSchema>;

const KINDS: readonly ValueType[] = ['boolean', 'string', 'number', 'number'];

/** Settings under `f` with a type and a value named after it; those that a program overrides have no preferences beside them. */
function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json' || !shape.hasAll('f/x/t', 'f/x/v')) return false;
  return ['p/r', 'p/u', 'p/s', 'f/x/v/b', 'f/x/v/s', 'f/x/v/i', 'f/x/v/d'].some(place => shape.has(place));
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const settings = yamlValue(tree, 'f');
    if (settings?.kind !== 'map') continue;
    const segments = segmentNames(plainValue(tree));
    for (const entry of uniqueEntries(settings, 'Setting', problems)) {
      flags.push(decodeSetting(entry, segments, path, context, problems));
    }
  }
  return flagFile(problems, 'configcat', context.environment, flags);
}

function segmentNames(file: JsonValue): readonly string[] {
  const segments =
    typeof file === 'object' && file !== null && !Array.isArray(file) ? (file as Record<string, JsonValue>).s : null;
  if (!Array.isArray(segments)) return [];
  return segments.map((segment: JsonValue, at) => {
    const name = typeof segment === 'object' && segment !== null ? (segment as Record<string, JsonValue>).n : null;
    return typeof name === 'string' ? name : `#${at}`;
  });
}

function decodeSetting(
  entry: TreeMap['entries'][number],
  segments: readonly string[],
  path: string,
  context: DecodingContext,
  problems: ProblemSink,
): Flag {
  const { key, keySpan, value: tree } = entry;
  const bare = bareFlag(key, 'configcat', path, keySpan, entrySpan(entry));
  const setting = tree.kind === 'map' ? checkEntry(settingSchema, tree, `setting "${key}"`, problems) : null;
  if (setting?.v === undefined) {
    const message = `Setting "${key}" needs a type "t" and a value "v"; as it stands code gets its fallback.`;
    addProblem(problems, 'warning', 'shape', keySpan, message);
  }
  if (setting === null) return { ...bare, environments: [unreadableState(context.environment)] };
  const found = collectVariations();
  const outcome = settingOutcome(setting, segments, found, options => {
    const sum = options.reduce((total, option) => total + option.p, 0);
    if (sum === 100) return;
    const message = `The shares of "${key}" add up to ${sum}, not 100; users beyond them get the code's fallback.`;
    addProblem(problems, 'warning', 'weights', yamlValue(tree, 'p')?.span ?? keySpan, message);
  });
  const variations: readonly Variation[] = found.list();
  const conditions = (setting.r ?? []).flatMap(rule => rule.c ?? []);
  return {
    ...bare,
    kind: KINDS[setting.t ?? -1] ?? null,
    variations,
    offValue: setting.t === 0 ? false : undefined,
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
    prerequisites: [...new Set(conditions.flatMap(each => (each.p ? [each.p.f] : [])))],
  };
}

function settingOutcome(
  setting: Setting,
  segments: readonly string[],
  found: Variations,
  onOptions: (options: readonly z.output<typeof optionSchema>[]) => void,
): Outcome {
  const serve = (value: z.output<typeof valueSchema> | undefined): Outcome => {
    const served = value === undefined ? undefined : settingValue(value);
    return served === undefined ? { kind: 'fallback' } : found.outcome(served);
  };
  const by = setting.a ? attributeWords(setting.a) : 'identifier';
  const divide = (options: readonly z.output<typeof optionSchema>[]): Outcome => {
    onOptions(options);
    let left = 100;
    const parts: SplitPart[] = [];
    for (const option of options) {
      const weight = Math.max(0, Math.min(left, option.p));
      left -= weight;
      if (weight > 0) parts.push({ outcome: serve(option.v), weight });
    }
    if (left > 0) parts.push({ outcome: { kind: 'fallback' }, weight: left });
    return { kind: 'split', by, parts };
  };
  const otherwise = setting.p?.length ? divide(setting.p) : serve(setting.v);
  const rules = (setting.r ?? []).map(rule => ({
    condition: conditionsWords(rule.c ?? [], segments),
    outcome: rule.p?.length ? divide(rule.p) : serve(rule.s?.v),
  }));
  return rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise };
}
