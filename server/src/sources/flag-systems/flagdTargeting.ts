/**
 * flagd's targeting (JsonLogic with `fractional`, `$ref` and the clock) as the core's neutral outcomes. What each operator
 * gives follows the published schema (open-feature/flagd-schemas, `json/targeting.json`) and flagd's own evaluator: a rule
 * gives the name of a variant, booleans count as "true" and "false", and null falls back to the default variant.
 */
import {
  isList,
  KNOWN_OPERATORS,
  type LogicReading,
  logicCondition,
  operation,
  TIMESTAMP,
  variableName,
} from '../../core/flags/rollout/jsonLogicWords.ts';
import type { Outcome, Rule } from '../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';

/** What a flag's targeting is read with. */
export interface TargetingContext extends LogicReading {
  /** What a rule that gives null falls back to: the default variant, or the code's fallback. */
  readonly defaultOutcome: Outcome;
  /** Called with every variant a rule names. */
  readonly onVariant: (name: string) => void;
  /** Called with the weights of every `fractional` whose weights are numbers. */
  readonly onWeights: (weights: readonly number[]) => void;
}

/** Where users end up under a targeting rule; `$ref`s must have been replaced (`withoutReferences`). */
export function targetingOutcome(targeting: JsonValue, context: TargetingContext): Outcome {
  if (targeting === null || (typeof targeting === 'object' && Object.keys(targeting).length === 0)) {
    return context.defaultOutcome;
  }
  return outcomeOf(targeting, context, 0);
}

/**
 * Replaces every `{"$ref": "name"}` by the evaluator of that name, as flagd does when it loads the file. Names that are
 * missing, or that refer to themselves, are told to `onMissing` and stay.
 */
export function withoutReferences(
  logic: JsonValue,
  evaluators: Readonly<Record<string, JsonValue>>,
  onMissing: (name: string) => void,
  within: readonly string[] = [],
): JsonValue {
  if (logic === null || typeof logic !== 'object') return logic;
  if (isList(logic)) {
    const items = logic.map(item => withoutReferences(item, evaluators, onMissing, within));
    return items.every((item, at) => item === logic[at]) ? logic : items;
  }
  const rule = operation(logic);
  if (rule?.operator === '$ref') {
    const name = rule.operands[0];
    if (typeof name !== 'string') return logic;
    const target = Object.hasOwn(evaluators, name) ? evaluators[name] : undefined;
    if (target === undefined || within.includes(name) || within.length > 8) {
      onMissing(name);
      return logic;
    }
    return withoutReferences(target, evaluators, onMissing, [...within, name]);
  }
  // What refers to nothing stays the same object: most rules of a large file do.
  let copy: Record<string, JsonValue> | null = null;
  for (const [key, value] of Object.entries(logic)) {
    const replaced = withoutReferences(value, evaluators, onMissing, within);
    if (replaced === value) continue;
    copy ??= Object.assign(Object.create(null), logic) as Record<string, JsonValue>;
    copy[key] = replaced;
  }
  return copy ?? logic;
}

const DEEPEST = 40;

/** Operators whose result is true or false, and so the variant of that name. */
const CONDITIONS = new Set('== === != !== > >= < <= ! !! in starts_with ends_with sem_ver all none some'.split(' '));

function outcomeOf(logic: JsonValue, context: TargetingContext, depth: number): Outcome {
  if (depth > DEEPEST) return { kind: 'custom', words: 'custom rule' };
  if (logic === null) return context.defaultOutcome;
  if (typeof logic !== 'object') return variant(String(logic), context);
  const rule = operation(logic);
  if (rule === null) return { kind: 'custom', words: 'custom rule' };
  const { operator, operands } = rule;
  if (operator === 'if' || operator === '?:') return decision(operands, context, depth);
  if (operator === 'fractional') return fractional(operands, context, depth);
  if (CONDITIONS.has(operator)) return booleanOutcome(logic, context);
  if (operator === 'and' || operator === 'or') return junction(operator, operands, logic, context, depth);
  if (operator === 'var') {
    const name = variableName(logic);
    return { kind: 'custom', words: name === null ? 'custom rule' : `variant named by ${attributeWords(name)}` };
  }
  // Walking it tells the reader about operators that flagd does not have.
  if (!KNOWN_OPERATORS.has(operator)) context.onUnknownOperator(operator);
  return { kind: 'custom', words: 'custom rule' };
}

/** `if`: condition, outcome, condition, outcome, …, otherwise; without an otherwise the default variant is served. */
function decision(operands: readonly JsonValue[], context: TargetingContext, depth: number): Outcome {
  if (operands.length === 1) return outcomeOf(operands[0]!, context, depth + 1);
  const rules: Rule[] = [];
  for (let i = 0; i + 1 < operands.length; i += 2) {
    const condition = logicCondition(operands[i]!, context);
    rules.push({ condition, outcome: outcomeOf(operands[i + 1]!, context, depth + 1) });
  }
  const rest = operands.length % 2 === 1 ? operands[operands.length - 1]! : null;
  return { kind: 'rules', rules, otherwise: outcomeOf(rest, context, depth + 1) };
}

function booleanOutcome(logic: JsonValue, context: TargetingContext): Outcome {
  const condition = logicCondition(logic, context);
  return {
    kind: 'rules',
    rules: [{ condition, outcome: variant('true', context) }],
    otherwise: variant('false', context),
  };
}

/** `and` and `or` give their deciding operand: `{"and": [condition, "on"]}` is a common way to write an `if`. */
function junction(
  operator: 'and' | 'or',
  operands: readonly JsonValue[],
  logic: JsonValue,
  context: TargetingContext,
  depth: number,
): Outcome {
  const isCondition = (each: JsonValue) =>
    typeof each === 'boolean' ||
    ['and', 'or'].includes(operation(each)?.operator ?? '') ||
    CONDITIONS.has(operation(each)?.operator ?? '');
  if (operands.every(isCondition)) return booleanOutcome(logic, context);
  const last = operands[operands.length - 1]!;
  const conditions = operands.slice(0, -1);
  if (operator === 'or' || !conditions.every(isCondition)) return { kind: 'custom', words: 'custom rule' };
  const condition = logicCondition({ and: conditions }, context);
  const outcome = outcomeOf(last, context, depth + 1);
  return { kind: 'rules', rules: [{ condition, outcome }], otherwise: variant('false', context) };
}

/**
 * `fractional`: an optional value to bucket by, then `[variant, weight]` pairs; a weight left out is 1, weights are relative
 * to their sum, negative ones count as 0, and a sum of 0 gives the default variant.
 */
function fractional(operands: readonly JsonValue[], context: TargetingContext, depth: number): Outcome {
  const first = operands[0];
  const bucketed = first !== undefined && !isList(first);
  const pairs = bucketed ? operands.slice(1) : operands;
  const parts: { outcome: Outcome; weight: number }[] = [];
  for (const pair of pairs) {
    if (!isList(pair) || pair.length === 0 || pair.length > 2) return { kind: 'custom', words: 'custom split' };
    const weight = pair.length === 1 ? 1 : numberAt(pair[1]!, context, 0);
    if (weight === null) return { kind: 'custom', words: 'split with computed weights', divides: true };
    // Weights must be whole numbers; the evaluator refuses others and serves the default variant.
    if (!Number.isInteger(weight)) return context.defaultOutcome;
    parts.push({ outcome: outcomeOf(pair[0]!, context, depth + 1), weight: Math.max(0, weight) });
  }
  const weights = pairs.map(pair => (isList(pair) ? pair[1] : undefined));
  if (weights.every(weight => typeof weight === 'number')) context.onWeights(weights);
  if (parts.every(part => part.weight === 0)) return context.defaultOutcome;
  return { kind: 'split', by: bucketWords(bucketed ? first : undefined), parts };
}

/** By what users are divided: the targeting key unless the rule says otherwise; the flag's own key is only salt. */
function bucketWords(bucketBy: JsonValue | undefined): string {
  if (bucketBy === undefined) return 'targeting key';
  const rule = operation(bucketBy);
  const parts = rule?.operator === 'cat' ? rule.operands : [bucketBy];
  const names = parts.map(part => variableName(part)).filter(name => name !== null && name !== '$flagd.flagKey');
  return names.length === 0 ? 'a custom value' : names.map(name => attributeWords(name ?? '')).join(' and ');
}

/** A weight as a number: written so, or computed from the clock and numbers alone; null for anything else. */
function numberAt(logic: JsonValue, context: TargetingContext, depth: number): number | null {
  if (typeof logic === 'number') return logic;
  if (depth > DEEPEST) return null;
  const rule = operation(logic);
  if (rule === null) return null;
  if (variableName(logic) === TIMESTAMP) return Math.floor(context.now / 1000);
  const numbers = rule.operands.map(operand => numberAt(operand, context, depth + 1));
  if (numbers.includes(null) || numbers.length === 0) return null;
  return arithmetic(rule.operator, numbers as readonly number[]);
}

function arithmetic(operator: string, numbers: readonly number[]): number | null {
  switch (operator) {
    case '+':
      return numbers.reduce((sum, each) => sum + each, 0);
    case '-':
      return numbers.length === 1 ? -numbers[0]! : numbers.slice(1).reduce((rest, each) => rest - each, numbers[0]!);
    case '*':
      return numbers.reduce((product, each) => product * each, 1);
    case '/':
      return numbers.length === 2 && numbers[1] !== 0 ? numbers[0]! / numbers[1]! : null;
    case '%':
      return numbers.length === 2 && numbers[1] !== 0 ? numbers[0]! % numbers[1]! : null;
    case 'max':
      return Math.max(...numbers);
    case 'min':
      return Math.min(...numbers);
    default:
      return null;
  }
}

function variant(name: string, context: TargetingContext): Outcome {
  context.onVariant(name);
  return { kind: 'variation', name };
}
