/**
 * LaunchDarkly's file data source, JSON or YAML: what server SDKs read instead of a connection. After the SDKs' documentation
 * of the file (`flags`, `flagValues`, `segments`) and their flag data model:
 *
 * - key: the name in `flags` or `flagValues`; variations: `variations` (by index), or the one value of `flagValues`;
 * - state: `on`, `offVariation`, `fallthrough`, `rules`, `targets`, `contextTargets`; weights count in 1/100000;
 * - prerequisites: `prerequisites`; a rollout of kind `experiment` makes an experiment; segments' names: `segments`.
 *
 * The file has no owner, no dates and no environment: those stay unknown. Fields of the management API (`name`, `tags`,
 * `description`, `archived`, `creationDate`) are read where an export kept them.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState } from '../../core/flags/rollout/rollout.ts';
import { yamlItems, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { EnvironmentState, Flag, FlagFile, Variation } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import {
  anyJson,
  checkEntry,
  commonType,
  type DecodingContext,
  dateOf,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { configSchema, isExperiment, launchdarklyState, variationName, WHOLE } from './launchdarklyTargeting.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { nearestTree, plainValue, readTrees, type Tree } from './trees.ts';

export const launchdarklyFileDecoder: FlagFileDecoder = {
  system: 'launchdarkly',
  recognises,
  decode,
};

const flagSchema = configSchema.extend({
  on: z.boolean().optional(),
  variations: z.array(anyJson).optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  archived: z.boolean().optional(),
  creationDate: z.number().optional(),
});

type FlagEntry = z.output<typeof flagSchema>;

/** `flagValues` is this format's alone; otherwise `fallthrough` or `offVariation` beside an array of variations. */
function recognises(shape: FileShape): boolean {
  if (shape.has('flagValues')) return true;
  return shape.has('flags/x/variations') && (shape.has('flags/x/fallthrough') || shape.has('flags/x/offVariation'));
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const tree of readTrees(path, text, problems)) {
    const flagTrees = yamlValue(tree, 'flags');
    const keys = new Set(flagTrees?.kind === 'map' ? flagTrees.entries.map(entry => entry.key) : []);
    const file: FileContext = { ...context, path, problems, keys };
    if (flagTrees?.kind === 'map') {
      for (const entry of uniqueEntries(flagTrees, 'Flag', problems)) flags.set(entry.key, decodeFlag(entry, file));
    }
    const values = yamlValue(tree, 'flagValues');
    if (values?.kind !== 'map') continue;
    for (const entry of uniqueEntries(values, 'Flag', problems)) {
      if (keys.has(entry.key)) {
        const message = `"${entry.key}" stands in "flags" and in "flagValues"; the SDK refuses such a file. Remove one.`;
        addProblem(problems, 'error', 'duplicate', entry.keySpan, message);
      } else flags.set(entry.key, decodeFlagValue(entry, file));
    }
  }
  return flagFile(problems, 'launchdarkly', context.environment, [...flags.values()]);
}

interface FileContext extends DecodingContext {
  readonly path: string;
  readonly problems: ProblemSink;
  /** Keys of the file's own flags. */
  readonly keys: ReadonlySet<string>;
}

interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Tree;
}

/** `flagValues`: the key and the value everyone gets, without a way to be off. */
function decodeFlagValue(entry: Entry, file: FileContext): Flag {
  const value = plainValue(entry.value);
  const name = variationName(value, 0);
  const variations = [{ name, value, span: entry.value.span }];
  return {
    ...bare(entry, file),
    kind: commonType([value]),
    variations,
    environments: [
      deriveState({
        environment: file.environment,
        variations,
        offVariation: null,
        enabled: true,
        whenDisabled: { kind: 'fallback' },
        outcome: { kind: 'variation', name },
        asOf: null,
      }),
    ],
  };
}

function decodeFlag(entry: Entry, file: FileContext): Flag {
  const { key, value: tree } = entry;
  const decoded = tree.kind === 'map' ? checkEntry(flagSchema, tree, `flag "${key}"`, file.problems) : null;
  const variations = decodeVariations(tree);
  if (decoded === null || decoded.on === undefined || variations.length === 0) {
    const message = `Flag "${key}" needs "on" and "variations"; as it stands code gets its fallback.`;
    addProblem(file.problems, 'warning', 'shape', entry.keySpan, message);
  }
  if (decoded === null) return { ...bare(entry, file), variations, environments: [unreadableState(file.environment)] };
  const off = decoded.offVariation ?? null;
  const prerequisites = (decoded.prerequisites ?? []).map(each => each.key);
  checkPrerequisites(prerequisites, entry, file);
  return {
    ...bare(entry, file),
    name: decoded.name ?? null,
    description: decoded.description ?? null,
    kind: commonType(variations.map(variation => variation.value)),
    type: isExperiment(decoded) ? 'experiment' : null,
    tags: decoded.tags ?? [],
    variations,
    offValue: off === null ? undefined : variations[off]?.value,
    environments: [decodeState(decoded, variations, entry, file)],
    prerequisites,
    created: dateOf(decoded.creationDate),
    archived: decoded.archived ?? false,
  };
}

/** Variations have no names in the file: booleans are called on and off, others by their value. */
function decodeVariations(tree: Tree): readonly Variation[] {
  const names = new Set<string>();
  return yamlItems(yamlValue(tree, 'variations')).map((item, position) => {
    const value = plainValue(item);
    const plain = variationName(value, position);
    const name = names.has(plain) ? `${plain} (${position})` : plain;
    names.add(name);
    return { name, value, span: item.span };
  });
}

function decodeState(
  decoded: FlagEntry,
  variations: readonly Variation[],
  entry: Entry,
  file: FileContext,
): EnvironmentState {
  return launchdarklyState({ ...decoded, on: decoded.on ?? false }, variations, {
    environment: file.environment,
    asOf: null,
    onUnknownVariation: (at, path) => {
      const message = `Variation ${at} of "${entry.key}" does not exist (it has ${variations.length}, counted from 0).`;
      addProblem(file.problems, 'error', 'unknown-variation', nearestTree(entry.value, path).span, message);
    },
    onWeights: (sum, path) => {
      const message = `Weights of "${entry.key}" add up to ${sum}, not ${WHOLE} (100%); the last variation gets the rest.`;
      addProblem(file.problems, 'warning', 'weights', nearestTree(entry.value, path).span, message);
    },
  });
}

function checkPrerequisites(prerequisites: readonly string[], entry: Entry, file: FileContext): void {
  for (const [at, key] of prerequisites.entries()) {
    if (file.keys.has(key)) continue;
    const span = nearestTree(entry.value, ['prerequisites', at, 'key']).span;
    const message = `Prerequisite "${key}" of "${entry.key}" is not in this file; the flag is off without it.`;
    addProblem(file.problems, 'warning', 'unknown-prerequisite', span, message);
  }
}

function bare(entry: Entry, file: FileContext): Flag {
  const span = { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.span.end) };
  return bareFlag(entry.key, 'launchdarkly', file.path, entry.keySpan, span);
}
