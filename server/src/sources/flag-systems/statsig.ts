/**
 * Statsig's bootstrap values, the config specs that server SDKs are started with, after the SDKs' evaluation:
 *
 * - key: `name` of each of `feature_gates` and `dynamic_configs` (experiments, dynamic configs; segments and holdouts are no flags);
 * - kind: gates are boolean, the others give an object; variations: on and off, or what `defaultValue` and rules return;
 * - state: `enabled`, then `rules` in order: who meets all `conditions` gets `returnValue` if they are among `passPercentage`, else
 *   the default value; nobody goes on to another rule;
 * - type: by `entity`, an experiment or nothing; prerequisites: gates that conditions ask for.
 *
 * Names that were hashed for a client are no keys: such files hold one user's answers and are not read. There is no owner, no date
 * and no environment.
 */
import * as z from 'zod';
import { deriveState, type Outcome } from '../../core/flags/rollout.ts';
import { attributeWords } from '../../core/flags/targetingWords.ts';
import { yamlText, yamlValue } from '../../core/markdown/yamlTree.ts';
import type { Flag, FlagFile, JsonValue } from '../../core/model.ts';
import {
  anyJson,
  bareFlag,
  checkEntry,
  type DecodingContext,
  type FlagFileDecoder,
  flagFile,
  OFF,
  ON,
  ON_OFF,
  unreadableState,
} from './decoder.ts';
import { addProblem, createProblems, type ProblemSink } from './problems.ts';
import type { FileShape } from './shape.ts';
import { conditionSchema, gatesOf, ruleCondition } from './statsigConditions.ts';
import { readTrees, type Tree } from './trees.ts';
import { collectVariations } from './variations.ts';

export const statsigDecoder: FlagFileDecoder = { system: 'statsig', recognises, decode };

const ruleSchema = z.object({
  name: z.string().nullish(),
  groupName: z.string().nullish(),
  passPercentage: z.number().default(100),
  conditions: z.array(conditionSchema).default([]),
  returnValue: anyJson.optional(),
  idType: z.string().nullish(),
});

const specSchema = z.object({
  entity: z.string().nullish(),
  enabled: z.boolean().default(false),
  defaultValue: anyJson.optional(),
  rules: z.array(ruleSchema).default([]),
  idType: z.string().nullish(),
  isActive: z.boolean().nullish(),
});

type Spec = z.output<typeof specSchema>;

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
    for (const field of ['feature_gates', 'dynamic_configs'] as const) {
      const list = yamlValue(tree, field);
      if (list?.kind !== 'list') continue;
      for (const item of list.items) {
        const flag = decodeSpec(item, field === 'feature_gates', path, context, problems);
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

function decodeSpec(
  tree: Tree,
  gate: boolean,
  path: string,
  context: DecodingContext,
  problems: ProblemSink,
): Flag | null {
  const nameTree = yamlValue(tree, 'name');
  const key = yamlText(nameTree);
  if (key === null || nameTree === null) {
    addProblem(problems, 'warning', 'shape', tree.span, 'A gate or config without a "name" is left out.');
    return null;
  }
  const entity = yamlText(yamlValue(tree, 'entity'));
  if (entity === 'segment' || entity === 'holdout' || key.startsWith('segment:')) return null;
  const bare = bareFlag(key, 'statsig', path, nameTree.span, tree.span);
  const spec = checkEntry(specSchema, tree, `"${key}"`, problems);
  if (spec === null) return { ...bare, environments: [unreadableState(context.environment)] };
  const found = collectVariations();
  const serve = (value: JsonValue | undefined): Outcome => {
    if (gate) return value === true ? ON : OFF;
    return value === undefined || value === null ? { kind: 'fallback' } : found.outcome(value);
  };
  const fallback = serve(gate ? (spec.defaultValue ?? false) : spec.defaultValue);
  const outcome = specOutcome(spec, fallback, serve);
  const variations = gate ? ON_OFF : found.list();
  return {
    ...bare,
    kind: gate ? 'boolean' : 'object',
    type: entity === 'experiment' ? 'experiment' : null,
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

function specOutcome(spec: Spec, fallback: Outcome, serve: (value: JsonValue | undefined) => Outcome): Outcome {
  const rules = spec.rules.map(rule => {
    const pass = Math.max(0, Math.min(100, rule.passPercentage));
    const parts = [
      { outcome: serve(rule.returnValue), weight: pass },
      { outcome: fallback, weight: 100 - pass },
    ];
    const by = attributeWords(rule.idType ?? spec.idType ?? 'userID');
    const name = rule.groupName ?? undefined;
    return { condition: ruleCondition(rule.conditions), outcome: { kind: 'split', by, parts } as Outcome, name };
  });
  return rules.length === 0 ? fallback : { kind: 'rules', rules, otherwise: fallback };
}
