/**
 * Statsig's bootstrap values, the config specs that server SDKs are started with, after the SDKs' evaluation:
 *
 * - key: `name` of each of `feature_gates` and `dynamic_configs` (experiments, dynamic configs; segments and holdouts are no flags),
 *   or, in the second version of the format, their names there; its conditions stand in `condition_map`;
 * - kind: gates are boolean, the others give an object; variations: on and off, or what `defaultValue` and rules return;
 * - state: `enabled`, then `rules` in order: who meets all `conditions` gets `returnValue` if they are among `passPercentage`, else
 *   the default value; nobody goes on to another rule; groups of an experiment (`isExperimentGroup`) divide users by `user_bucket`;
 * - type: by `entity` or its groups, an experiment or nothing; prerequisites: gates that conditions ask for.
 *
 * Names that were hashed for a client are no keys: such files hold one user's answers and are not read. There is no owner, no date
 * and no environment.
 */

import * as z from 'zod';
import { bareFlag } from '../../core/flags/lists/bareFlag.ts';
import { deriveState, type Outcome } from '../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../core/flags/rollout/targetingWords.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, JsonValue } from '../../core/model.ts';
import type { Span } from '../../core/text.ts';
import {
  anyJson,
  checkEntry,
  type DecodingContext,
  entrySpan,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON,
  ON_OFF,
  uniqueEntries,
  unreadableState,
} from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { bucketOutcome } from './statsigBuckets.ts';
import { conditionSchema, gatesOf, ruleCondition } from './statsigConditions.ts';
import { plainValue, readTrees, type Tree } from './trees.ts';
import { collectVariations } from './variations.ts';

export const statsigDecoder: FlagFileDecoder = { system: 'statsig', recognises, decode };

const ruleSchema = z.object({
  name: z.string().nullish(),
  groupName: z.string().nullish(),
  passPercentage: z.number().default(100),
  conditions: z.array(z.union([conditionSchema, z.string(), z.number()])).default([]),
  returnValue: anyJson.optional(),
  idType: z.string().nullish(),
  isExperimentGroup: z.boolean().nullish(),
});

const specSchema = z.object({
  entity: z.string().nullish(),
  enabled: z.boolean().default(false),
  defaultValue: anyJson.optional(),
  rules: z.array(ruleSchema).default([]),
  idType: z.string().nullish(),
  isActive: z.boolean().nullish(),
});

type Spec = ReturnType<typeof withConditions>;

function recognises(shape: FileShape): boolean {
  if (shape.notation !== 'json') return false;
  return (
    shape.hasAll('feature_gates/x/rules', 'feature_gates/x/salt') ||
    shape.hasAll('dynamic_configs/x/rules', 'dynamic_configs/x/salt')
  );
}

function decode(path: string, text: string, context: DecodingContext): FlagFile {
  const problems = createProblems(path);
  const flags = new Map<string, Flag>();
  for (const tree of readTrees(path, text, problems)) {
    const conditions = conditionsOf(yamlValue(tree, 'condition_map'));
    for (const field of ['feature_gates', 'dynamic_configs'] as const) {
      for (const named of namedSpecs(yamlValue(tree, field), problems)) {
        const flag = decodeSpec(named, field === 'feature_gates', conditions, path, context, problems);
        if (flag === null) continue;
        const earlier = flags.get(flag.key)?.declaration?.keySpan;
        if (earlier !== undefined) {
          const message = `"${flag.key}" stands twice in this file; only the last one counts. Remove one.`;
          addProblem(problems, 'warning', 'duplicate', earlier, message);
          flags.delete(flag.key);
        }
        flags.set(flag.key, flag);
      }
    }
  }
  return flagFile(problems, 'statsig', context.environment, [...flags.values()]);
}

/** A gate or config, and where its name stands. */
interface Named {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly tree: Tree;
}

type Conditions = ReadonlyMap<string, z.output<typeof conditionSchema>>;

/** A list of gates with names, or gates under their names. */
function namedSpecs(specs: Tree | null, problems: ProblemSink): readonly Named[] {
  if (specs?.kind === 'map') {
    return uniqueEntries(specs, 'Gate or config', problems).map(entry => {
      return { key: entry.key, keySpan: entry.keySpan, span: entrySpan(entry), tree: entry.value };
    });
  }
  return (specs?.kind === 'list' ? specs.items : []).flatMap((tree): Named[] => {
    const nameTree = yamlValue(tree, 'name');
    const key = yamlText(nameTree);
    if (key !== null && nameTree !== null) return [{ key, keySpan: nameTree.span, span: tree.span, tree }];
    addProblem(problems, 'warning', 'shape', tree.span, 'A gate or config without a "name" is left out.');
    return [];
  });
}

function conditionsOf(tree: Tree | null): Conditions {
  const found = new Map<string, z.output<typeof conditionSchema>>();
  for (const entry of tree?.kind === 'map' ? tree.entries : []) {
    const read = conditionSchema.safeParse(plainValue(entry.value));
    if (read.success) found.set(entry.key, read.data);
  }
  return found;
}

function decodeSpec(
  named: Named,
  gate: boolean,
  conditions: Conditions,
  path: string,
  context: DecodingContext,
  problems: ProblemSink,
): Flag | null {
  const { key, tree } = named;
  const entity = yamlText(yamlValue(tree, 'entity'));
  if (entity === 'segment' || entity === 'holdout' || key.startsWith('segment:')) return null;
  const bare = bareFlag(key, 'statsig', path, named.keySpan, named.span);
  const written = checkEntry(specSchema, tree, `"${key}"`, problems);
  const spec = written === null ? null : withConditions(written, conditions);
  if (spec === null) return { ...bare, environments: [unreadableState(context.environment)] };
  const found = collectVariations();
  const serve = (value: JsonValue | undefined, name?: string): Outcome => {
    if (gate) return value === true ? ON : OFF;
    return value === undefined || value === null ? { kind: 'fallback' } : found.outcome(value, name);
  };
  const fallback = serve(gate ? (spec.defaultValue ?? false) : spec.defaultValue);
  const outcome = specOutcome(spec, fallback, serve);
  const variations = gate ? ON_OFF : found.list();
  return {
    ...bare,
    kind: gate ? 'boolean' : 'object',
    type: entity === 'experiment' || spec.rules.some(rule => rule.isExperimentGroup === true) ? 'experiment' : null,
    variations,
    offValue: gate ? false : undefined,
    environments: [
      deriveState({
        environment: context.environment,
        variations,
        offVariation: null,
        enabled: spec.enabled,
        whenDisabled: fallback,
        outcome,
        asOf: null,
      }),
    ],
    prerequisites: gatesOf(spec.rules.flatMap(rule => rule.conditions)),
  };
}

/** The conditions themselves where rules name them; one that is not there is one nobody can read. */
function withConditions(spec: z.output<typeof specSchema>, conditions: Conditions) {
  const rules = spec.rules.map(rule => {
    const read = rule.conditions.map(each =>
      typeof each === 'object' ? each : (conditions.get(String(each)) ?? { type: 'unknown' }),
    );
    return { ...rule, conditions: read };
  });
  return { ...spec, rules };
}

function specOutcome(
  spec: Spec,
  fallback: Outcome,
  serve: (value: JsonValue | undefined, name?: string) => Outcome,
): Outcome {
  const read = spec.rules.map(rule => {
    const isGroup = rule.isExperimentGroup === true;
    return {
      name: rule.groupName ?? undefined,
      conditions: rule.conditions,
      pass: Math.max(0, Math.min(100, rule.passPercentage)),
      outcome: serve(rule.returnValue, isGroup ? (rule.groupName ?? undefined) : undefined),
      by: attributeWords(rule.idType ?? spec.idType ?? 'userID'),
      isExperiment: isGroup,
    };
  });
  const divided = bucketOutcome(read, fallback);
  if (divided !== null) return divided;
  const rules = read.map(({ name, conditions, pass, outcome, by }) => {
    const parts = [
      { outcome, weight: pass },
      { outcome: fallback, weight: 100 - pass },
    ];
    return { condition: ruleCondition(conditions), outcome: { kind: 'split', by, parts } as Outcome, name };
  });
  return rules.length === 0 ? fallback : { kind: 'rules', rules, otherwise: fallback };
}
