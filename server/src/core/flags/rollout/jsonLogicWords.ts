/**
 * JsonLogic conditions, with flagd's additions, in words. Only conditions: which variation a rule gives is the flagd
 * decoder's business. What can't be said plainly is called a custom rule; nothing here throws or claims more than it knows.
 */
import type { JsonValue } from '../../model.ts';
import { bothConditions, type Condition } from './rollout.ts';
import {
  attributeWords,
  type Comparison,
  CUSTOM_CONDITION,
  comparison,
  condition,
  EVERYONE,
  literalWords,
  NOBODY,
  negatedComparison,
} from './targetingWords.ts';

/** What the reader of a condition needs to know beside the rule itself. */
export interface LogicReading {
  /** Milliseconds since 1970: decides conditions on `$flagd.timestamp`. */
  readonly now: number;
  /** Called with every moment (milliseconds since 1970) at which a condition on the time changes its answer. */
  readonly onMoment: (time: number) => void;
  /** Called with every operator that flagd does not have. */
  readonly onUnknownOperator: (operator: string) => void;
}

/** Whom a JsonLogic condition concerns, and in which words. `$ref`s must have been replaced before. */
export function logicCondition(logic: JsonValue, reading: LogicReading): Condition {
  return conditionOf(logic, reading, 0);
}

/** The only operator of a rule and its operands; a single operand may stand without an array. Null when it is no rule. */
export function operation(
  logic: JsonValue | undefined,
): { readonly operator: string; readonly operands: readonly JsonValue[] } | null {
  if (logic === null || typeof logic !== 'object' || isList(logic)) return null;
  const keys = Object.keys(logic);
  if (keys.length !== 1) return null;
  const operator = keys[0]!;
  const operand = (logic as { readonly [key: string]: JsonValue })[operator]!;
  return { operator, operands: isList(operand) ? operand : [operand] };
}

/** The attribute a `{"var": …}` reads, or null. */
export function variableName(logic: JsonValue | undefined): string | null {
  const rule = operation(logic);
  if (rule === null || rule.operator !== 'var') return null;
  const name = rule.operands[0];
  return typeof name === 'string' ? name : typeof name === 'number' ? String(name) : null;
}

/** Whether a value is a JSON array. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Operators that flagd's targeting schema and JsonLogic define. */
export const KNOWN_OPERATORS: ReadonlySet<string> = new Set(
  (
    'var missing missing_some if ?: == === != !== > >= < <= ! !! or and + - * / % max min merge cat substr ' +
    'map filter all none some reduce in starts_with ends_with sem_ver fractional log'
  ).split(' '),
);

/** The name under which flagd gives rules the time, in seconds since 1970. */
export const TIMESTAMP = '$flagd.timestamp';

const DEEPEST = 40;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '==': 'is',
  '===': 'is',
  '<': 'less',
  '<=': 'at-most',
  '>': 'greater',
  '>=': 'at-least',
  starts_with: 'starts-with',
  ends_with: 'ends-with',
};

/** The same comparison with its operands exchanged: 18 < age is age > 18. */
const MIRRORED: Readonly<Partial<Record<Comparison, Comparison>>> = {
  is: 'is',
  less: 'greater',
  'at-most': 'at-least',
  greater: 'less',
  'at-least': 'at-most',
};

function conditionOf(logic: JsonValue, reading: LogicReading, depth: number): Condition {
  if (depth > DEEPEST) return CUSTOM_CONDITION;
  if (logic === null || logic === false || logic === 0 || logic === '') return NOBODY;
  if (typeof logic !== 'object') return EVERYONE;
  const rule = operation(logic);
  if (rule === null) return CUSTOM_CONDITION;
  const { operator, operands } = rule;
  if (!KNOWN_OPERATORS.has(operator)) {
    reading.onUnknownOperator(operator);
    return CUSTOM_CONDITION;
  }
  switch (operator) {
    case 'and':
      return operands
        .map(operand => conditionOf(operand, reading, depth + 1))
        .reduce((all, each) => bothConditions(all, each), EVERYONE);
    case 'or':
      return anyCondition(operands.map(operand => conditionOf(operand, reading, depth + 1)));
    case '!':
      return operands.length === 1 ? negated(operands[0]!, reading, depth + 1) : CUSTOM_CONDITION;
    case '!!':
      return operands.length === 1 ? conditionOf(operands[0]!, reading, depth + 1) : CUSTOM_CONDITION;
    case '!=':
    case '!==':
      return negated({ '==': operands }, reading, depth + 1);
    case 'var':
      return truthy(variableName(logic), 'is set');
    case 'missing':
      return operands.length === 1 && typeof operands[0] === 'string'
        ? truthy(operands[0], 'is missing')
        : CUSTOM_CONDITION;
    case 'in':
      return membership(operands, comparison);
    case 'sem_ver':
      return versionCondition(operands);
    default:
      return comparisonOf(operator, operands, reading, comparison);
  }
}

type Phrase = (attribute: string, operator: Comparison, values: readonly JsonValue[]) => Condition;

/** The opposite of a condition, as a phrase of its own where there is one. */
function negated(logic: JsonValue, reading: LogicReading, depth: number): Condition {
  const rule = operation(logic);
  if (rule !== null) {
    if (rule.operator === 'in') return membership(rule.operands, negatedComparison);
    if (rule.operator === 'var') return truthy(variableName(logic), 'is not set');
    if (rule.operator === '!') return conditionOf(rule.operands[0] ?? null, reading, depth + 1);
    if (rule.operator in COMPARISONS && rule.operands.length === 2) {
      const known = comparisonOf(rule.operator, rule.operands, reading, negatedComparison);
      return isTimed(rule.operands) ? opposite(known) : known;
    }
  }
  return opposite(conditionOf(logic, reading, depth));
}

function opposite(inner: Condition): Condition {
  if (inner.reach === 'everyone') return NOBODY;
  if (inner.reach === 'nobody') return EVERYONE;
  return inner === CUSTOM_CONDITION ? inner : condition(`not (${inner.words.replace(/^if /, '')})`);
}

function anyCondition(conditions: readonly Condition[]): Condition {
  if (conditions.some(each => each.reach === 'everyone')) return EVERYONE;
  const some = conditions.filter(each => each.reach === 'some');
  if (some.length === 0) return NOBODY;
  return condition(some.map(each => each.words.replace(/^if /, '')).join(' or '));
}

function truthy(name: string | null, words: string): Condition {
  return name === null ? CUSTOM_CONDITION : condition(`${attributeWords(name)} ${words}`);
}

/** `in` asks an array for a member, or a text for a part of it. */
function membership(operands: readonly JsonValue[], phrase: Phrase): Condition {
  const [needle, haystack] = operands;
  const attribute = variableName(needle);
  if (attribute !== null && isList(haystack)) return phrase(attribute, 'is', haystack);
  const container = variableName(haystack);
  if (container !== null && needle !== undefined && isLiteral(needle)) return phrase(container, 'contains', [needle]);
  return CUSTOM_CONDITION;
}

function comparisonOf(
  operator: string,
  operands: readonly JsonValue[],
  reading: LogicReading,
  phrase: Phrase,
): Condition {
  const known = COMPARISONS[operator];
  if (known === undefined) return CUSTOM_CONDITION;
  if (operands.length === 3 && (operator === '<' || operator === '<=')) return between(operator, operands, reading);
  const [left, right] = operands;
  if (operands.length !== 2 || left === undefined || right === undefined) return CUSTOM_CONDITION;
  const leftName = variableName(left);
  if (leftName !== null && isLiteral(right)) {
    return leftName === TIMESTAMP ? timed(known, right, reading) : phrase(leftName, known, [right]);
  }
  const rightName = variableName(right);
  const mirrored = MIRRORED[known];
  if (rightName === null || mirrored === undefined || !isLiteral(left)) return CUSTOM_CONDITION;
  return rightName === TIMESTAMP ? timed(mirrored, left, reading) : phrase(rightName, mirrored, [left]);
}

/** `{"<": [18, {"var": "age"}, 65]}`: a value between two others. */
function between(operator: '<' | '<=', operands: readonly JsonValue[], reading: LogicReading): Condition {
  const [low, middle, high] = operands;
  const name = variableName(middle);
  if (name === null || !isLiteral(low) || !isLiteral(high)) return CUSTOM_CONDITION;
  if (name === TIMESTAMP) {
    const mirrored = operator === '<' ? 'greater' : 'at-least';
    return bothConditions(timed(mirrored, low, reading), timed(COMPARISONS[operator]!, high, reading));
  }
  const sign = operator === '<' ? '<' : '≤';
  return condition(`${literalWords(low)} ${sign} ${attributeWords(name)} ${sign} ${literalWords(high)}`);
}

/** The clock decides: such a condition holds for everyone or for nobody, until its moment comes. */
function timed(operator: Comparison, value: JsonValue, reading: LogicReading): Condition {
  if (typeof value !== 'number') return CUSTOM_CONDITION;
  const seconds = Math.floor(reading.now / 1000);
  const moment = operator === 'at-most' || operator === 'greater' ? value + 1 : value;
  if (moment > seconds) reading.onMoment(moment * 1000);
  switch (operator) {
    case 'less':
      return seconds < value ? EVERYONE : NOBODY;
    case 'at-most':
      return seconds <= value ? EVERYONE : NOBODY;
    case 'greater':
      return seconds > value ? EVERYONE : NOBODY;
    case 'at-least':
      return seconds >= value ? EVERYONE : NOBODY;
    default:
      return CUSTOM_CONDITION;
  }
}

function isTimed(operands: readonly JsonValue[]): boolean {
  return operands.some(operand => variableName(operand) === TIMESTAMP);
}

/** `^` means the same major version, `~` the same major and minor one. */
function versionCondition(operands: readonly JsonValue[]): Condition {
  const [left, operator, right] = operands;
  const name = variableName(left);
  if (name === null || typeof operator !== 'string' || typeof right !== 'string') return CUSTOM_CONDITION;
  const signs: Readonly<Record<string, string>> = {
    '=': 'is',
    '!=': 'is not',
    '>=': '≥',
    '<=': '≤',
    '<': '<',
    '>': '>',
  };
  const sign = signs[operator];
  if (sign !== undefined) return condition(`${attributeWords(name)} ${sign} ${literalWords(right)}`);
  const [major, minor] = right.replace(/^v/i, '').split('.');
  if (operator === '^') return condition(`${attributeWords(name)} is ${major}.x`);
  if (operator === '~') return condition(`${attributeWords(name)} is ${major}.${minor ?? '0'}.x`);
  return CUSTOM_CONDITION;
}

function isLiteral(value: JsonValue | undefined): value is string | number | boolean | null {
  return value !== undefined && (value === null || typeof value !== 'object');
}
