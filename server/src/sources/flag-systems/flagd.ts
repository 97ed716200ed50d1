/**
 * flagd's flag definitions, JSON or YAML, after its published schema (open-feature/flagd-schemas, `json/flags.json`):
 *
 * - key: the name in `flags`, or `key` where `flags` is an array; variations and kind: `variants`;
 * - state: `state`, `defaultVariant`, `targeting` (with `$evaluators`); a disabled flag leaves the value to the code;
 * - the same inside `spec.flagSpec` of a resource that OpenFeature's operator for Kubernetes reads (`kind: FeatureFlag`);
 * - `metadata`, of the flag or else of the whole set, by the names people use there, since flagd defines none (`metadata.ts`).
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome, type RolloutParts, withSchedule } from '../../core/flags/rollout/rollout.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile, JsonValue, Variation } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import {
  anyJson,
  checkEntry,
  commonType,
  type DecodingContext,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { targetingOutcome, withoutReferences } from './flagdTargeting.ts';
import { type Metadata, metadataFields } from './metadata.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { findKey, findText, plainValue, readTrees, type Tree } from './trees.ts';

export const flagdDecoder: FlagFileDecoder = {
  system: 'flagd',
  recognises,
  decode,
};

const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const flagSchema = z.object({
  state: z.enum(['ENABLED', 'DISABLED']).optional(),
  variants: z.record(z.string(), anyJson).optional(),
  defaultVariant: z.string().nullable().optional(),
  targeting: z.record(z.string(), anyJson).optional(),
  metadata: metadataSchema.optional(),
});

type FlagEntry = z.output<typeof flagSchema>;

/** `variants` and `state` of a flag are flagd's alone; its schema's address says it for an empty file. */
function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json' && shape.notation !== 'yaml') return false;
  if (shape.hasAll('flags/x/variants', 'flags/x/state')) return true;
  // Where anchors hold what flags have in common, only what is each one's own stands in it.
  if (shape.notation === 'yaml' && shape.has('flags/x/defaultVariant') && shape.has('flags/x/<<')) return true;
  if (shape.has('kind') && SPECS.some(name => shape.hasAll(`spec/${name}`, 'spec/x/flags'))) return true;
  return (
    shape.hasAll('flags', '$schema') && /["']?\$schema["']?\s*:\s*["']?https?:\/\/flagd\.dev\/schema\//.test(shape.text)
  );
}

/** Where OpenFeature's operator for Kubernetes has the definitions, the older name last. */
const SPECS = ['flagSpec', 'featureFlagSpec'];

/** The map that holds `flags` and `$evaluators`: the document, or the definitions inside a resource of the operator. */
export function definitionsOf(document: Tree): Tree {
  const spec = yamlValue(document, 'spec');
  const inner = SPECS.map(name => yamlValue(spec, name)).find(tree => tree?.kind === 'map');
  return inner ?? document;
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const document of readTrees(path, text, problems)) {
    const tree = definitionsOf(document);
    const evaluators = yamlValue(tree, '$evaluators');
    const file: FileContext = {
      ...context,
      path,
      problems,
      evaluators: evaluators?.kind === 'map' ? (plainValue(evaluators) as Record<string, JsonValue>) : {},
      metadata: metadataOf(yamlValue(tree, 'metadata'), problems),
    };
    for (const entry of flagEntries(yamlValue(tree, 'flags'), problems)) flags.push(decodeFlag(entry, file));
  }
  return flagFile(problems, 'flagd', context.environment, flags);
}

interface FileContext extends DecodingContext {
  readonly path: string;
  readonly problems: ProblemSink;
  readonly evaluators: Readonly<Record<string, JsonValue>>;
  readonly metadata: Metadata;
}

interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly tree: Tree;
}

/** Flags stand under their keys, or in an array with a `key` each. */
function flagEntries(tree: Tree | null, problems: ProblemSink): readonly Entry[] {
  if (tree?.kind === 'map') {
    return uniqueEntries(tree, 'Flag', problems).map(({ key, keySpan, value }) => ({
      key,
      keySpan,
      span: { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) },
      tree: value,
    }));
  }
  if (tree?.kind !== 'list') return [];
  const entries = new Map<string, Entry>();
  for (const item of yamlItems(tree)) {
    const keyTree = yamlValue(item, 'key');
    const key = yamlText(keyTree);
    if (key === null || keyTree === null) {
      addProblem(
        problems,
        'warning',
        'shape',
        item.span,
        'A flag in an array needs a "key"; this one has none and is left out.',
      );
      continue;
    }
    const earlier = entries.get(key);
    if (earlier !== undefined) {
      const message = `Flag "${key}" stands twice in this file; only the last one counts. Remove one.`;
      addProblem(problems, 'warning', 'duplicate', earlier.keySpan, message);
    }
    entries.set(key, { key, keySpan: keyTree.span, span: item.span, tree: item });
  }
  return [...entries.values()];
}

function decodeFlag(entry: Entry, file: FileContext): Flag {
  const { key, keySpan, span, tree } = entry;
  const bare = bareFlag(key, 'flagd', file.path, keySpan, span);
  const variations = decodeVariants(tree, key, file.problems);
  const decoded = tree.kind === 'map' ? checkEntry(flagSchema, tree, `flag "${key}"`, file.problems) : null;
  if (decoded === null || decoded.state === undefined || variations.length === 0) {
    const message = `Flag "${key}" needs "state" (ENABLED or DISABLED) and at least one variant; flagd does not load it like this.`;
    addProblem(file.problems, 'warning', 'shape', keySpan, message);
  }
  const metadata = { ...file.metadata, ...(decoded?.metadata ?? {}) };
  return {
    ...bare,
    kind: commonType(variations.map(variation => variation.value)),
    variations,
    environments: [
      decoded === null ? unreadableState(file.environment) : decodeState(entry, decoded, variations, file),
    ],
    ...metadataFields(metadata),
  };
}

function decodeVariants(tree: Tree, key: string, problems: ProblemSink): readonly Variation[] {
  const variants = yamlValue(tree, 'variants');
  if (variants?.kind !== 'map') return [];
  const variations = uniqueEntries(variants, `Variant of "${key}"`, problems).map(variant => ({
    name: variant.key,
    value: plainValue(variant.value),
    span: { start: variant.keySpan.start, end: Math.max(variant.keySpan.end, variant.value.span.end) },
  }));
  if (variations.length > 1 && commonType(variations.map(variation => variation.value)) === null) {
    const message = `The variants of "${key}" have different types; code can only ask for one.`;
    addProblem(problems, 'warning', 'mixed-types', variants.span, message);
  }
  return variations;
}

function decodeState(
  entry: Entry,
  decoded: FlagEntry,
  variations: readonly Variation[],
  file: FileContext,
): EnvironmentState {
  if (decoded.state === undefined) return unreadableState(file.environment);
  const moments: number[] = [];
  const partsAt = (now: number, problems: ProblemSink): RolloutParts => ({
    environment: file.environment,
    variations,
    offVariation: null,
    enabled: decoded.state === 'ENABLED',
    whenDisabled: { kind: 'fallback' },
    outcome: decodeOutcome(entry, decoded, variations, { ...file, now, problems }, moments),
    asOf: null,
  });
  const current = deriveState(partsAt(file.now, file.problems));
  const next = Math.min(...moments);
  // What the rules will say when the clock reaches the next date in them: the same rules, read at that moment.
  return Number.isFinite(next) ? withSchedule(current, deriveState(partsAt(next, createProblems(''))), next) : current;
}

function decodeOutcome(
  entry: Entry,
  decoded: FlagEntry,
  variations: readonly Variation[],
  file: FileContext,
  moments: number[],
): Outcome {
  const { key, keySpan, tree } = entry;
  const targetingTree = yamlValue(tree, 'targeting');
  const known = new Set(variations.map(variation => variation.name));
  const named = decoded.defaultVariant ?? null;
  if (named !== null && named !== '' && !known.has(named)) {
    const span = yamlValue(tree, 'defaultVariant')?.span ?? keySpan;
    const message = `Default variant "${named}" of "${key}" is none of its variants; flagd refuses the file.`;
    addProblem(file.problems, 'error', 'unknown-variation', span, message);
  }
  const defaultOutcome: Outcome =
    named === null || named === '' ? { kind: 'fallback' } : { kind: 'variation', name: named };
  if (decoded.targeting === undefined) return defaultOutcome;
  const missing = new Set<string>();
  const logic = withoutReferences(decoded.targeting, file.evaluators, name => missing.add(name));
  for (const name of missing) {
    const message = `"$ref" to "${name}": no such entry in "$evaluators" that can be used here.`;
    addProblem(file.problems, 'error', 'unknown-evaluator', findText(targetingTree, name)?.span ?? keySpan, message);
  }
  const unknown = new Set<string>();
  return targetingOutcome(logic, {
    now: file.now,
    defaultOutcome,
    onMoment: time => moments.push(time),
    onUnknownOperator: operator => {
      if (operator === '$ref' || unknown.has(operator)) return;
      unknown.add(operator);
      const span = findKey(targetingTree, operator) ?? keySpan;
      const message = `flagd has no operator "${operator}"; a flag with it serves the code's fallback.`;
      addProblem(file.problems, 'warning', 'unknown-operator', span, message);
    },
    onVariant: name => {
      if (known.has(name) || unknown.has(`variant ${name}`)) return;
      unknown.add(`variant ${name}`);
      const span = findText(targetingTree, name)?.span ?? keySpan;
      const message = `Targeting of "${key}" gives variant "${name}", which it does not have; such users get the code's fallback.`;
      addProblem(file.problems, 'error', 'unknown-variation', span, message);
    },
    onWeights: weights => noteWeights(weights, findKey(targetingTree, 'fractional') ?? keySpan, file.problems),
  });
}

/** Weights are relative. Sums near but not at 100 are mostly meant as per cent, and then mean something else than written. */
function noteWeights(weights: readonly number[], span: Span, problems: ProblemSink): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 100 || sum < 50 || sum > 150) return;
  const message = `These weights add up to ${sum}, not 100; flagd takes them as parts of ${sum}.`;
  addProblem(problems, 'note', 'weights', span, message);
}

function metadataOf(tree: Tree | null, problems: ProblemSink): Metadata {
  return (tree?.kind === 'map' ? checkEntry(metadataSchema, tree, 'metadata', problems) : null) ?? {};
}
