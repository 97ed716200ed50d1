/**
 * The clauses of LaunchDarkly's targeting rules in the core's words, after the SDKs' data model: a rule applies when all its
 * clauses do, a clause when its attribute matches any of its values, and `negate` turns that round.
 */
import * as z from 'zod';
import { bothConditions, type Condition } from '../../core/flags/rollout/rollout.ts';
import {
  attributeWords,
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  literalWords,
  negatedComparison,
  segmentCondition,
} from '../../core/flags/rollout/targetingWords.ts';
import { anyJson, textOf } from './decoder.ts';

export const clauseSchema = z.object({
  attribute: z.string().default(''),
  op: z.string(),
  values: z.array(anyJson).default([]),
  negate: z.boolean().default(false),
  contextKind: z.string().optional(),
});

export type Clause = z.output<typeof clauseSchema>;

/** All clauses of a rule together; a rule without clauses applies to everyone. */
export function clausesCondition(clauses: readonly Clause[]): Condition {
  return clauses.map(clauseCondition).reduce((all, each) => bothConditions(all, each), EVERYONE);
}

const OPERATORS: Readonly<Record<string, Comparison>> = {
  in: 'is',
  endsWith: 'ends-with',
  startsWith: 'starts-with',
  matches: 'matches',
  contains: 'contains',
  lessThan: 'less',
  lessThanOrEqual: 'at-most',
  greaterThan: 'greater',
  greaterThanOrEqual: 'at-least',
  before: 'before',
  after: 'after',
  semVerEqual: 'is',
  semVerLessThan: 'less',
  semVerGreaterThan: 'greater',
};

function clauseCondition(clause: Clause): Condition {
  if (clause.op === 'segmentMatch') {
    const names = clause.values.map(textOf);
    if (!clause.negate) return segmentCondition(names);
    return condition(`not in segment ${names.map(literalWords).join(' or ')}`);
  }
  const operator = Object.hasOwn(OPERATORS, clause.op) ? OPERATORS[clause.op] : undefined;
  if (operator === undefined) return CUSTOM_CONDITION;
  const phrase = clause.negate ? negatedComparison : comparison;
  return phrase(attributeOf(clause), operator, clause.values);
}

/** `key` alone would not say whose. */
function attributeOf(clause: Clause): string {
  const kind = clause.contextKind ?? 'user';
  const name = clause.attribute.replace(/^\//, '').replaceAll('/', '.');
  if (name === 'key' || kind !== 'user') return `${attributeWords(kind)} ${name}`;
  return name;
}
