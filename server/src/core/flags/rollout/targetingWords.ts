/**
 * Targeting rules in words: one comparison of one attribute, the same phrase whatever system it comes from. No format is
 * known here; `jsonLogicWords.ts` and the decoders under `sources/flag-systems` say their own operators in these.
 */
import type { JsonValue } from '../../model.ts';
import { printable } from './describe.ts';
import type { Condition } from './rollout.ts';

/** What flag systems compare with, under neutral names. */
export type Comparison =
  | 'is'
  | 'contains'
  | 'starts-with'
  | 'ends-with'
  | 'matches'
  | 'less'
  | 'at-most'
  | 'greater'
  | 'at-least'
  | 'before'
  | 'after';

/** Everyone, without a condition. */
export const EVERYONE: Condition = { reach: 'everyone', words: '' };
/** Nobody at all. */
export const NOBODY: Condition = { reach: 'nobody', words: '' };
/** A condition we can't put into words. */
export const CUSTOM_CONDITION: Condition = { reach: 'some', words: 'if a custom rule applies' };

/** `if country is SE or NO`: one attribute against one or more values, any of which may match. */
export function comparison(attribute: string, operator: Comparison, values: readonly JsonValue[]): Condition {
  return condition(`${attributeWords(attribute)} ${POSITIVE[operator]} ${valuesWords(values)}`);
}

/** `if country is not SE`: the opposite of `comparison`. */
export function negatedComparison(attribute: string, operator: Comparison, values: readonly JsonValue[]): Condition {
  return condition(`${attributeWords(attribute)} ${NEGATIVE[operator]} ${valuesWords(values)}`);
}

/** A condition for some users, from a phrase such as `country is SE`. */
export function condition(phrase: string): Condition {
  return { reach: 'some', words: `if ${phrase}` };
}

/** `for segment staff`; more than one: `for segments staff or beta`. */
export function segmentCondition(names: readonly string[]): Condition {
  const noun = names.length === 1 ? 'segment' : 'segments';
  const words = `for ${noun} ${orList(names.map(literalWords))}`;
  return names.length === 1 ? { reach: 'some', words, name: names[0]! } : { reach: 'some', words };
}

/** `for 3 users`: named one by one. */
export function listedCondition(count: number, noun: string): Condition {
  return {
    reach: 'some',
    words: `for ${count === 1 ? `1 ${noun}` : `${count} ${noun}${noun.endsWith('s') ? 'es' : 's'}`}`,
  };
}

/** An attribute's name as words: `userId` → `user id`, `targetingKey` → `targeting key`, `app.version` stays. */
export function attributeWords(name: string): string {
  const words = printable(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  const known = words === '' ? 'value' : words;
  return known.length <= 30 ? known : `${known.slice(0, 29)}…`;
}

/** A value as people write it in a sentence: bare where that can't be misread, at most 24 characters. */
export function literalWords(value: JsonValue): string {
  const text = typeof value === 'string' ? printable(value) : JSON.stringify(value);
  const short = text.length <= 24 ? text : `${text.slice(0, 23)}…`;
  return typeof value === 'string' && (short === '' || /[\s,;"]/.test(short)) ? `"${short}"` : short;
}

const POSITIVE: Readonly<Record<Comparison, string>> = {
  is: 'is',
  contains: 'contains',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  matches: 'matches',
  less: '<',
  'at-most': '≤',
  greater: '>',
  'at-least': '≥',
  before: 'is before',
  after: 'is after',
};

const NEGATIVE: Readonly<Record<Comparison, string>> = {
  is: 'is not',
  contains: 'does not contain',
  'starts-with': 'does not start with',
  'ends-with': 'does not end with',
  matches: 'does not match',
  less: '≥',
  'at-most': '>',
  greater: '≤',
  'at-least': '<',
  before: 'is not before',
  after: 'is not after',
};

function valuesWords(values: readonly JsonValue[]): string {
  return values.length > 3 ? `one of ${values.length} values` : orList(values.map(literalWords));
}

function orList(items: readonly string[]): string {
  if (items.length === 0) return 'nothing';
  if (items.length === 1) return items[0]!;
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
