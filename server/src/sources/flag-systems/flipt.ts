/**
 * Flipt's `features.yaml` (or `.json`), versions 1.0 to 1.6 and the files of Flipt 2, after its validation
 * (flipt-io/flipt, `core/validation/flipt.cue`; its JSON Schema is wrong) and its evaluation:
 *
 * - key: `key` of each of `flags`; name, description; variations: `variants` by key, or on and off
 *   where `type` is `BOOLEAN_FLAG_TYPE`;
 * - state of a boolean: `rollouts` in order (`segment`, `threshold`), else `enabled`; all thresholds divide users alike;
 * - state of others: `enabled`, then `rules` by rank; the variant that is `default` where the flag is off, no rule applies, or a
 *   rule's distributions leave somebody out, and nothing where there is none;
 * - owner, type, tags, dates: `metadata` (1.3 and later); environment: a Flipt 2 folder is one, told by the file's path.
 *
 * Several documents are several namespaces; a key may stand in each.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { type CascadeStep, cascadeOutcome, WHOLE } from '../../core/flags/rollout/cascade.ts';
import { type Condition, deriveState, type Outcome, type Rule } from '../../core/flags/rollout/rollout.ts';
import { EVERYONE, literalWords, segmentCondition } from '../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, Variation } from '../../core/model.ts';
import {
  anyJson,
  checkEntry,
  commonType,
  type DecodingContext,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON,
  ON_OFF,
} from './decoder.ts';
import { metadataFields } from './metadata.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { findText, readTrees, type Tree } from './trees.ts';

export const fliptDecoder: FlagFileDecoder = { system: 'flipt', recognises, decode };

const segmentsSchema = z.union([
  z.string(),
  z.object({ key: z.string().optional(), keys: z.array(z.string()).optional(), operator: z.string().nullish() }),
]);

const ruleSchema = z.object({
  segment: segmentsSchema.optional(),
  segments: z.array(z.string()).optional(),
  operator: z.string().nullish(),
  rank: z.number().optional(),
  distributions: z.array(z.object({ variant: z.string(), rollout: z.number() })).nullish(),
});

const rolloutSchema = z.object({
  segment: z
    .object({
      key: z.string().optional(),
      keys: z.array(z.string()).optional(),
      operator: z.string().nullish(),
      value: z.boolean().optional(),
    })
    .optional(),
  threshold: z.object({ percentage: z.number(), value: z.boolean().optional() }).optional(),
});

const variantSchema = z.object({
  key: z.string(),
  name: z.string().nullish(),
  attachment: anyJson.optional(),
  default: z.boolean().optional(),
});

const flagSchema = z.object({
  name: z.string().nullish(),
  type: z.string().optional(),
  description: z.string().nullish(),
  enabled: z.boolean().optional(),
  variants: z.array(variantSchema).nullish(),
  rules: z.array(ruleSchema).nullish(),
  rollouts: z.array(rolloutSchema).nullish(),
  metadata: z.record(z.string(), anyJson).nullish(),
});

type FlagEntry = z.output<typeof flagSchema>;

/** A list of flags with `key`, and a field that only Flipt's have. */
function recognises(shape: FileShape): boolean {
  if (shape.list || !shape.has('flags/x/key') || shape.has('flags/x/state') || shape.has('flags/x/variations'))
    return false;
  const own = ['flags/x/enabled', 'flags/x/rollouts', 'flags/x/rules', 'flags/x/variants'];
  return own.some(place => shape.has(place));
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const list = yamlValue(tree, 'flags');
    if (list?.kind !== 'list') continue;
    const segments = segmentsOf(tree);
    const found = new Map<string, Flag>();
    for (const item of list.items) {
      const flag = decodeFlag(item, { path, context, problems, segments });
      if (flag === null) continue;
      const earlier = found.get(flag.key)?.declaration?.keySpan;
      if (earlier !== undefined) {
        const message = `Flag "${flag.key}" stands twice in this namespace; only the last one counts. Remove one.`;
        addProblem(problems, 'warning', 'duplicate', earlier, message);
      }
      found.delete(flag.key);
      found.set(flag.key, flag);
    }
    flags.push(...found.values());
  }
  return flagFile(problems, 'flipt', context.environment, flags);
}

interface Reading {
  readonly path: string;
  readonly context: DecodingContext;
  readonly problems: ProblemSink;
  readonly segments: Segments;
}

/** Segments of a namespace by key. */
export type Segments = ReadonlyMap<string, { readonly name: string; readonly isEveryone: boolean }>;

/** The segments of one document. One without constraints takes in everyone, whatever its `match_type` (`matchConstraints`). */
export function segmentsOf(document: Tree): Segments {
  return new Map(
    yamlItems(yamlValue(document, 'segments')).flatMap(item => {
      const key = yamlText(yamlValue(item, 'key'));
      const name = yamlText(yamlValue(item, 'name')) ?? key;
      const isEveryone = yamlItems(yamlValue(item, 'constraints')).length === 0;
      return key === null || name === null ? [] : [[key, { name, isEveryone }] as const];
    }),
  );
}

/** Whom segments concern together; only those count that leave somebody out. */
export function segmentsCondition(keys: readonly string[], operator: string | null, segments: Segments): Condition {
  const isAnd = keys.length > 1 && operator === 'AND_SEGMENT_OPERATOR';
  const wide = keys.filter(key => segments.get(key)?.isEveryone === true);
  if (isAnd ? wide.length === keys.length : wide.length > 0) return EVERYONE;
  const narrow = keys.filter(key => key !== '' && !wide.includes(key));
  const names = narrow.map(key => segments.get(key)?.name ?? key);
  if (isAnd && names.length > 1) {
    return { reach: 'some', words: `for segments ${names.map(literalWords).join(' and ')}` };
  }
  return segmentCondition(names);
}

function decodeFlag(tree: Tree, reading: Reading): Flag | null {
  const { path, context, problems } = reading;
  const keyTree = yamlValue(tree, 'key');
  const key = yamlText(keyTree);
  if (key === null || keyTree === null) {
    addProblem(problems, 'warning', 'shape', tree.span, 'A flag without a "key" is left out.');
    return null;
  }
  const bare = bareFlag(key, 'flipt', path, keyTree.span, tree.span);
  const decoded = checkEntry(flagSchema, tree, `flag "${key}"`, problems);
  if (decoded === null) return bare;
  const boolean = decoded.type === 'BOOLEAN_FLAG_TYPE';
  const variations = boolean ? ON_OFF : variationsOf(decoded, tree, key, problems);
  const attached = (decoded.variants ?? []).some(
    variant => variant.attachment !== undefined && variant.attachment !== null,
  );
  const state = deriveState({
    environment: context.environment,
    variations,
    offVariation: null,
    enabled: boolean || (decoded.enabled ?? false),
    // A default variant is served by a disabled flag too.
    whenDisabled: usualOutcome(decoded),
    outcome: boolean ? booleanOutcome(decoded, reading) : variantOutcome(decoded, reading),
    asOf: null,
  });
  const metadata = metadataFields(decoded.metadata ?? {});
  return {
    ...bare,
    ...metadata,
    name: decoded.name ?? metadata.name,
    description: decoded.description ?? metadata.description,
    // Code may ask for a variant's key, or for what is attached to it.
    kind: boolean ? 'boolean' : attached ? null : commonType(variations.map(each => each.value)),
    variations,
    offValue: boolean ? false : undefined,
    environments: [state],
  };
}

function variationsOf(decoded: FlagEntry, tree: Tree, key: string, problems: ProblemSink): readonly Variation[] {
  const variants = new Map<string, Variation>();
  const variantTree = yamlValue(tree, 'variants');
  for (const [at, variant] of (decoded.variants ?? []).entries()) {
    const span = variantTree?.kind === 'list' ? (variantTree.items[at]?.span ?? null) : null;
    variants.set(variant.key, { name: variant.key, value: variant.key, span });
  }
  for (const rule of decoded.rules ?? []) {
    for (const { variant } of rule.distributions ?? []) {
      if (variants.has(variant)) continue;
      const message = `A rule of "${key}" gives variant "${variant}", which it does not have; Flipt refuses the file.`;
      const span = findText(yamlValue(tree, 'rules'), variant)?.span ?? tree.span;
      addProblem(problems, 'error', 'unknown-variation', span, message);
    }
  }
  return [...variants.values()];
}

/** Rollouts are asked in order; a threshold lets those through whom its percentage leaves out. */
function booleanOutcome(decoded: FlagEntry, reading: Reading): Outcome {
  const steps = (decoded.rollouts ?? []).flatMap((rollout): CascadeStep[] => {
    const step = { hash: 'entity', by: 'entity id' };
    if (rollout.threshold !== undefined) {
      // Users stand in a hundred buckets; a part of one counts as the whole.
      const end = Math.max(0, Math.min(100, Math.ceil(rollout.threshold.percentage))) / 100;
      const outcome = rollout.threshold.value === true ? ON : OFF;
      return [{ ...step, condition: EVERYONE, parts: [{ outcome, ranges: [[0, end]] }] }];
    }
    if (rollout.segment === undefined) return [];
    const { key, keys, operator, value } = rollout.segment;
    const parts = [{ outcome: value === true ? ON : OFF, ranges: WHOLE }];
    return [{ ...step, condition: segmentsCondition(keys ?? [key ?? ''], operator ?? null, reading.segments), parts }];
  });
  return cascadeOutcome(steps, decoded.enabled === true ? ON : OFF);
}

function variantOutcome(decoded: FlagEntry, reading: Reading): Outcome {
  const otherwise = usualOutcome(decoded);
  const ranked = (decoded.rules ?? []).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const rules = ranked.map((rule): Rule => {
    const segment = rule.segment;
    const keys = rule.segments ?? (typeof segment === 'string' ? [segment] : (segment?.keys ?? [segment?.key ?? '']));
    const operator = rule.operator ?? (typeof segment === 'object' ? (segment.operator ?? null) : null);
    return {
      condition: segmentsCondition(keys, operator, reading.segments),
      outcome: distributionOutcome(rule, otherwise),
    };
  });
  return rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise };
}

/** The variant that is `default`, or nothing. */
function usualOutcome(decoded: FlagEntry): Outcome {
  const named = (decoded.variants ?? []).find(variant => variant.default === true);
  return named === undefined ? { kind: 'fallback' } : { kind: 'variation', name: named.key };
}

/** Shares are of a whole of 100; who is in none of them gets nothing, or the default variant. */
function distributionOutcome(rule: z.output<typeof ruleSchema>, otherwise: Outcome): Outcome {
  let left = 100;
  const parts = (rule.distributions ?? []).flatMap(({ variant, rollout }) => {
    const weight = Math.max(0, Math.min(left, rollout));
    left -= weight;
    return weight > 0 ? [{ outcome: { kind: 'variation', name: variant } as Outcome, weight }] : [];
  });
  if (parts.length === 0) return otherwise;
  const all = left > 0 ? [...parts, { outcome: otherwise, weight: left }] : parts;
  return { kind: 'split', by: 'entity id', parts: all };
}
