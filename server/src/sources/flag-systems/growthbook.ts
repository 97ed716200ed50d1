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

import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome } from '../../core/flags/rollout/rollout.ts';
import { yamlItems, yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile } from '../../core/model.ts';
import {
  checkEntry,
  commonType,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { featureOutcome, featureParents, featureSchema, isExperiment } from './growthbookRules.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { readTrees, type Tree, type TreeMap } from './trees.ts';
import { collectVariations } from './variations.ts';

export const growthbookDecoder: FlagFileDecoder = { system: 'growthbook', recognises, decode };

/** Features under their keys with a `defaultValue`, in `features` or, as SDKs are given them, alone. */
function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json' || shape.list) return false;
  if (shape.has('features/x/defaultValue')) return !shape.has('features/x/name');
  // Other documents have default values and rules as well; these words stand in GrowthBook's rules alone.
  return shape.hasAll('x/defaultValue', 'x/rules') && /"(?:force|coverage|hashAttribute)"\s*:/.test(shape.text);
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags: Flag[] = [];
  for (const tree of readTrees(path, text, problems)) {
    const features = yamlValue(tree, 'features') ?? tree;
    if (features.kind !== 'map') continue;
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
  const own = featureOutcome(feature, key, found);
  const circular = reachesCircle(key, parentsByKey);
  // Who comes upon the circle gets nothing; who does so, only the evaluation can tell.
  const outcome: Outcome = circular ? { kind: 'custom', words: 'prerequisites that wait for each other' } : own;
  if (circular) {
    const message = `The prerequisites of "${key}" wait for each other; GrowthBook then serves nothing.`;
    addProblem(problems, 'error', 'circular-prerequisite', keySpan, message);
  }
  const variations = found.list();
  const parents = featureParents(feature);
  for (const parent of parents.filter(each => !parentsByKey.has(each))) {
    const message = `Prerequisite "${parent}" of "${key}" is not in this file; it counts as without a value.`;
    addProblem(problems, 'warning', 'unknown-prerequisite', keySpan, message);
  }
  return {
    ...bare,
    kind: commonType(variations.map(variation => variation.value)),
    type: isExperiment(feature) ? 'experiment' : null,
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
