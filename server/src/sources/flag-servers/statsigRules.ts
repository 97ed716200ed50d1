/** Statsig's rules as its Console API says them: whom one concerns in one environment, in the terms that `statsigConditions.ts` reads. */
import * as z from 'zod';
import { bothConditions, type Condition } from '../../core/flags/rollout/rollout.ts';
import { CUSTOM_CONDITION, EVERYONE, NOBODY } from '../../core/flags/rollout/targetingWords.ts';
import { anyJson, textOf } from '../flag-systems/decoder.ts';
import { ruleCondition } from '../flag-systems/statsigConditions.ts';

const conditionSchema = z.object({
  type: z.string(),
  operator: z.string().nullish(),
  field: z.string().nullish(),
  customID: z.string().nullish(),
  targetValue: anyJson.nullish(),
});

export const ruleSchema = z.object({
  id: z.string().nullish(),
  name: z.string(),
  passPercentage: z.number().min(0).max(100),
  conditions: z.array(conditionSchema),
  environments: z.array(z.string()).nullish(),
});

type GateRule = z.output<typeof ruleSchema>;

/** Whom a rule concerns in one environment: it may be for others only. */
export function ruleReach(rule: GateRule, environment: string): Condition {
  if (rule.environments && !rule.environments.some(name => sameName(name, environment))) return NOBODY;
  return rule.conditions.map(each => conditionReach(each, environment)).reduce(bothConditions, EVERYONE);
}

/** The Console's conditions in the SDKs' terms, which `ruleCondition` reads. */
function conditionReach(each: z.output<typeof conditionSchema>, environment: string): Condition {
  const values = valuesOf(each);
  const read = (type: string, field: string | null, targetValue: unknown = each.targetValue) =>
    ruleCondition([{ type, operator: each.operator, field, targetValue: targetValue as never }]);
  switch (each.type) {
    case 'public':
      return EVERYONE;
    case 'environment_tier': {
      const isNamed = values.some(name => sameName(name, environment));
      return isNamed === (each.operator ?? 'any').startsWith('any') ? EVERYONE : NOBODY;
    }
    case 'passes_gate':
      return read('multi_pass_gate', null, values);
    case 'fails_gate':
      return read('multi_fail_gate', null, values);
    case 'passes_segment':
    case 'fails_segment':
      return read(
        each.type === 'passes_segment' ? 'multi_pass_gate' : 'multi_fail_gate',
        null,
        values.map(name => `segment:${name}`),
      );
    case 'time':
      return read('current_time', null);
    case 'custom_field':
      return read('user_field', each.field ?? 'custom field');
    case 'unit_id':
      return read('user_field', each.customID ?? each.field ?? 'id');
    case 'javascript':
      return CUSTOM_CONDITION;
    default:
      return read('user_field', each.type);
  }
}

/** The gates that rules ask for, each once. */
export function gatesOfRules(rules: readonly Pick<GateRule, 'conditions'>[]): readonly string[] {
  const asking = rules.flatMap(rule => rule.conditions.filter(each => each.type.endsWith('_gate')));
  return [...new Set(asking.flatMap(valuesOf))];
}

export function valuesOf({ targetValue }: z.output<typeof conditionSchema>): readonly string[] {
  if (targetValue === null || targetValue === undefined) return [];
  return (Array.isArray(targetValue) ? targetValue : [targetValue]).map(textOf);
}

export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
