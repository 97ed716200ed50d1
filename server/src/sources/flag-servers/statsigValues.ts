/**
 * Statsig's dynamic configs and experiments, which give objects where gates give yes or no: what their fields mean, after the vendor's
 * description and the evaluation of its SDKs. How they are asked for is `statsig.ts`' business; layers are not read.
 */
import * as z from 'zod';
import {
  bothConditions,
  type Condition,
  deriveState,
  type Outcome,
  type Rule,
} from '../../core/flags/rollout/rollout.ts';
import { attributeWords, CUSTOM_CONDITION, EVERYONE } from '../../core/flags/rollout/targetingWords.ts';
import type { EnvironmentState, Flag, JsonValue } from '../../core/model.ts';
import { anyJson } from '../flag-systems/decoder.ts';
import { ruleCondition } from '../flag-systems/statsigConditions.ts';
import { collectVariations, type Variations } from '../flag-systems/variations.ts';
import { instant, timeOf } from './mapping.ts';
import type { MapContext } from './service.ts';
import { entityFields, entityFlag } from './statsigEntity.ts';
import { gatesOfRules, ruleReach, ruleSchema } from './statsigRules.ts';

export interface StatsigEnvironment {
  readonly name: string;
  readonly isProduction: boolean;
}

const share = z.number().min(0).max(100);

// ------------------------------------------------------------------------------------------------------- dynamic configs

export const dynamicConfigSchema = z.object({
  ...entityFields,
  isEnabled: z.boolean(),
  isTemplate: z.boolean().nullish().catch(null),
  defaultValue: anyJson.nullish(),
  rules: z.array(
    ruleSchema.extend({
      returnValue: anyJson.nullish(),
      variants: z
        .array(z.object({ name: z.string(), passPercentage: share, returnValue: anyJson.nullish() }))
        .nullish()
        .catch(null),
    }),
  ),
});

type DynamicConfig = z.output<typeof dynamicConfigSchema>;

export function dynamicConfigFlag(
  config: DynamicConfig,
  environments: readonly StatsigEnvironment[],
  project: string | null,
  context: MapContext,
): Flag {
  const found = collectVariations();
  const otherwise = valueOutcome(config.defaultValue, 'default', found);
  const outcomes = config.rules.map(rule => configOutcome(config, rule, otherwise, found));
  const variations = found.list();
  return {
    ...entityFlag(config, project === null ? null : { project, kind: 'dynamic_configs' }, context),
    kind: 'object',
    variations,
    environments: environments.map(environment => {
      const rules = config.rules.map(
        (rule, at): Rule => ({
          condition: ruleReach(rule, environment.name),
          outcome: outcomes[at]!,
          name: rule.name,
        }),
      );
      return withProduction(
        deriveState({
          environment: environment.name,
          variations,
          offVariation: null,
          enabled: config.isEnabled,
          whenDisabled: otherwise,
          outcome: rules.length === 0 ? otherwise : { kind: 'rules', rules, otherwise },
          asOf: instant(context.now),
        }),
        environment,
      );
    }),
    prerequisites: gatesOfRules(config.rules),
    archived: config.status === 'Archived',
  };
}

/** Whom a rule's percentage leaves out gets the default, as its SDKs do it: no later rule is asked. */
function configOutcome(
  config: DynamicConfig,
  { name, returnValue, variants, passPercentage }: DynamicConfig['rules'][number],
  otherwise: Outcome,
  found: Variations,
): Outcome {
  const served =
    variants && variants.length > 0
      ? variants.map(each => ({
          outcome: valueOutcome(each.returnValue, each.name, found),
          weight: (each.passPercentage * passPercentage) / 100,
        }))
      : [{ outcome: valueOutcome(returnValue, name, found), weight: passPercentage }];
  return divided(served, otherwise, attributeWords(config.idType ?? 'userID'));
}

// ------------------------------------------------------------------------------------------------------------ experiments

export const experimentSchema = z.object({
  ...entityFields,
  groups: z.array(
    z.object({
      id: z.string().nullish(),
      name: z.string(),
      size: share,
      parameterValues: anyJson.nullish(),
      disabled: z.boolean().nullish().catch(null),
    }),
  ),
  allocation: share,
  status: z.string(),
  launchedGroupID: z.string().nullish().catch(null),
  targetingGateID: z.string().nullish().catch(null),
  inlineTargetingRulesJSON: z.string().nullish().catch(null),
  startTime: z.number().nullish().catch(null),
  decisionTime: z.number().nullish().catch(null),
});

type Experiment = z.output<typeof experimentSchema>;

export function experimentFlag(
  experiment: Experiment,
  environments: readonly StatsigEnvironment[],
  project: string | null,
  context: MapContext,
): Flag {
  const { status, groups, startTime, decisionTime, targetingGateID } = experiment;
  const found = collectVariations();
  const served = groups.map(group => ({ group, outcome: valueOutcome(group.parameterValues, group.name, found) }));
  const variations = found.list();
  const since = status === 'active' ? startTime : status === 'decision_made' ? decisionTime : null;
  return {
    ...entityFlag(experiment, project === null ? null : { project, kind: 'experiments' }, context),
    kind: 'object',
    type: 'experiment',
    variations,
    environments: environments.map(environment => {
      const outcome = experimentOutcome(experiment, served, environment);
      return withProduction(
        deriveState({
          environment: environment.name,
          variations,
          offVariation: null,
          enabled: outcome !== null,
          whenDisabled: FALLBACK,
          outcome: outcome ?? FALLBACK,
          asOf: instant(context.now),
        }),
        environment,
      );
    }),
    prerequisites: targetingGateID ? [targetingGateID] : [],
    lifecycle: { stage: status, since: timeOf(since, context) },
    archived: status === 'archived',
  };
}

const FALLBACK: Outcome = { kind: 'fallback' };

/** Null for one that gives nobody a group. */
function experimentOutcome(
  experiment: Experiment,
  served: readonly { readonly group: Experiment['groups'][number]; readonly outcome: Outcome }[],
  environment: StatsigEnvironment,
): Outcome | null {
  switch (experiment.status) {
    case 'active': {
      const parts = served.map(({ group, outcome }) => ({
        outcome: group.disabled === true ? FALLBACK : outcome,
        weight: (group.size * experiment.allocation) / 100,
      }));
      const outcome = divided(parts, FALLBACK, attributeWords(experiment.idType ?? 'userID'));
      const condition = audienceOf(experiment);
      if (condition.reach === 'everyone') return outcome;
      return { kind: 'rules', rules: [{ condition, outcome }], otherwise: FALLBACK };
    }
    case 'decision_made':
      return served.find(({ group }) => group.id && group.id === experiment.launchedGroupID)?.outcome ?? null;
    case 'setup':
      // Before its start it may be tried where it is no production; where, is not told.
      return environment.isProduction
        ? null
        : { kind: 'custom', words: 'not started, may be on for tests', divides: false };
    case 'experiment_stopped':
    case 'assignment_stopped':
      return { kind: 'custom', words: 'stopped, those who had a group may keep it', divides: true };
    default:
      return null;
  }
}

function audienceOf({ targetingGateID, inlineTargetingRulesJSON }: Experiment): Condition {
  const gate = targetingGateID
    ? ruleCondition([{ type: 'multi_pass_gate', operator: null, field: null, targetValue: [targetingGateID] }])
    : EVERYONE;
  const isPlain = !inlineTargetingRulesJSON || /^\s*(?:\{\s*\}|\[\s*\])\s*$/.test(inlineTargetingRulesJSON);
  return isPlain ? gate : bothConditions(gate, CUSTOM_CONDITION);
}

// ------------------------------------------------------------------------------------------------------------------ shared

/** A value that is not told can't be any variation. */
function valueOutcome(value: JsonValue | null | undefined, name: string, found: Variations): Outcome {
  if (value === null || value === undefined) return FALLBACK;
  return found.outcome(value, name);
}

function divided(
  parts: readonly { readonly outcome: Outcome; readonly weight: number }[],
  otherwise: Outcome,
  by: string,
): Outcome {
  const left = 100 - parts.reduce((sum, part) => sum + part.weight, 0);
  return { kind: 'split', by, parts: left > 1e-9 ? [...parts, { outcome: otherwise, weight: left }] : parts };
}

function withProduction(state: EnvironmentState, { isProduction }: StatsigEnvironment): EnvironmentState {
  return { ...state, production: isProduction };
}
