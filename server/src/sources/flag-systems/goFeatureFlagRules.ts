/**
 * GO Feature Flag's rules: what one serves, how a scheduled step changes one, and its queries (the rule language of
 * `nikunjy/rules`, or JsonLogic) in words.
 */
import * as z from 'zod';
import { printable } from '../../core/flags/rollout/describe.ts';
import { logicCondition } from '../../core/flags/rollout/jsonLogicWords.ts';
import { bothConditions, type Condition, type Outcome } from '../../core/flags/rollout/rollout.ts';
import {
  type Comparison,
  comparison,
  condition,
  EVERYONE,
  negatedComparison,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';

const progressSchema = z.object({
  variation: z.string().optional(),
  percentage: z.number().optional(),
  date: z.string().optional(),
});

export const ruleSchema = z.object({
  name: z.string().optional(),
  query: z.string().optional(),
  variation: z.string().optional(),
  percentage: z.record(z.string(), z.number()).optional(),
  progressiveRollout: z.object({ initial: progressSchema.optional(), end: progressSchema.optional() }).optional(),
  disable: z.boolean().optional(),
});

export type Rule = z.output<typeof ruleSchema>;

/** What a rule serves at a time. A rule that makes no sense serves the code's fallback. */
export function ruleOutcome(
  rule: Rule,
  { now, by, experiment }: { readonly now: number; readonly by: string; readonly experiment: string | undefined },
): Outcome {
  if (rule.progressiveRollout !== undefined) return progressOutcome(rule.progressiveRollout, now, by);
  const shares = Object.entries(rule.percentage ?? {});
  if (shares.length > 0) {
    const parts = shares.map(([name, weight]) => ({ outcome: { kind: 'variation', name } as const, weight }));
    return { kind: 'split', by, parts, experiment };
  }
  return rule.variation === undefined ? { kind: 'fallback' } : { kind: 'variation', name: rule.variation };
}

/** A rule with what a scheduled step says of it; a percentage below 0 takes its variation out. */
export function mergeRule(rule: Rule, update: Rule): Rule {
  const percentage = { ...rule.percentage, ...update.percentage };
  for (const [name, share] of Object.entries(percentage)) if (share < 0) delete percentage[name];
  const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
  return {
    ...rule,
    ...given,
    percentage: update.percentage === undefined ? rule.percentage : percentage,
    progressiveRollout:
      update.progressiveRollout === undefined
        ? rule.progressiveRollout
        : {
            initial: { ...rule.progressiveRollout?.initial, ...update.progressiveRollout.initial },
            end: { ...rule.progressiveRollout?.end, ...update.progressiveRollout.end },
          },
  };
}

/** Whom a query concerns; an empty one everyone. */
export function queryCondition(query: string | undefined, now: number): Condition {
  const text = (query ?? '').replace(/\s+/g, ' ').trim();
  if (text === '') return EVERYONE;
  if (text.startsWith('{')) return jsonLogicCondition(text, now);
  if (!/\b(or|not)\b|[()|!]/i.test(text.replace(/"[^"]*"/g, ''))) {
    const parts = text.split(/ and (?=(?:[^"]*"[^"]*")*[^"]*$)/i).map(comparisonWords);
    if (parts.every(part => part !== null)) return parts.reduce<Condition>((a, b) => bothConditions(a, b!), EVERYONE);
  }
  const words = printable(text);
  return condition(words.length <= 60 ? words : `${words.slice(0, 59)}…`);
}

/** Between the dates the end's variation is served to a share that grows evenly; before and behind, to the fixed shares. */
function progressOutcome(rollout: NonNullable<Rule['progressiveRollout']>, now: number, by: string): Outcome {
  const { initial, end } = rollout;
  const from = Date.parse(initial?.date ?? '');
  const to = Date.parse(end?.date ?? '');
  if (initial?.variation === undefined || end?.variation === undefined || !(to > from)) return { kind: 'fallback' };
  if (now < from) return { kind: 'variation', name: initial.variation };
  const start = initial.percentage ?? 0;
  const goal = end.percentage === undefined || end.percentage === 0 || end.percentage > 100 ? 100 : end.percentage;
  const share = now >= to ? goal : start + ((goal - start) * (now - from)) / (to - from);
  const clamped = Math.max(0, Math.min(100, share));
  const parts = [
    { outcome: { kind: 'variation', name: end.variation } as const, weight: clamped },
    { outcome: { kind: 'variation', name: initial.variation } as const, weight: 100 - clamped },
  ];
  return { kind: 'split', by, parts };
}

function jsonLogicCondition(text: string, now: number): Condition {
  try {
    const logic = JSON.parse(text) as JsonValue;
    return logicCondition(logic, { now, onMoment: () => {}, onUnknownOperator: () => {} });
  } catch {
    // A query that is no JSON fails when it is evaluated: the rule applies to nobody.
    return { reach: 'nobody', words: '' };
  }
}

const OPERATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  eq: ['is', 'plain'],
  '==': ['is', 'plain'],
  ne: ['is', 'negated'],
  '!=': ['is', 'negated'],
  lt: ['less', 'plain'],
  '<': ['less', 'plain'],
  le: ['at-most', 'plain'],
  '<=': ['at-most', 'plain'],
  gt: ['greater', 'plain'],
  '>': ['greater', 'plain'],
  ge: ['at-least', 'plain'],
  '>=': ['at-least', 'plain'],
  co: ['contains', 'plain'],
  sw: ['starts-with', 'plain'],
  ew: ['ends-with', 'plain'],
  in: ['is', 'plain'],
};

/** `country eq "SE"`, `age gt 18`, `id in ["a", "b"]`, `email pr`; null for anything else. */
function comparisonWords(text: string): Condition | null {
  const present = /^([\w.$-]+) pr$/i.exec(text);
  if (present !== null) return condition(`${present[1]} is known`);
  const match = /^([\w.$-]+) ?(\b[a-z]{2}\b|[=!<>]=|[<>]) ?(.+)$/i.exec(text);
  const operator = OPERATORS[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || operator === undefined) return null;
  const values = literals(match[3]!.trim());
  if (values === null) return null;
  const words = operator[1] === 'plain' ? comparison : negatedComparison;
  return words(match[1]!, operator[0], values);
}

function literals(text: string): readonly JsonValue[] | null {
  const items = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1).split(',') : [text];
  const values = items.map(item => /^\s*(?:"([^"]*)"|([\w.+-]+))\s*$/.exec(item));
  return values.every(value => value !== null) ? values.map(value => value![1] ?? value![2]!) : null;
}
