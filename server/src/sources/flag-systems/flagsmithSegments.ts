/** Flagsmith's segments in words, after the engine's `segments` models: rules of `ALL`, `ANY` and `NONE` with conditions on traits. */
import * as z from 'zod';
import {
  attributeWords,
  type Comparison,
  comparison,
  literalWords,
  negatedComparison,
} from '../../core/flags/rollout/targetingWords.ts';
import type { JsonValue } from '../../core/model.ts';
import { anyJson, numberOf, textOf } from './decoder.ts';

/** Who is in a segment, such as `plan is pro and country is SE`; null where that can't be said in a line. */
export function segmentWords(rules: readonly JsonValue[]): string | null {
  const phrase = joined(
    rules.map(rule => ruleWords(rule, 0)),
    'and',
  );
  return phrase === null || phrase.words.length > 120 ? null : phrase.words;
}

/** `parts` counts what is joined in it: more than one need brackets inside of another. */
interface Phrase {
  readonly words: string;
  readonly parts: number;
}

const DEEPEST = 5;

const ruleSchema = z.object({
  type: z.string().nullish(),
  rules: z.array(anyJson).nullish(),
  conditions: z
    .array(
      z.object({
        operator: z.string(),
        property_: z.string().nullish(),
        property: z.string().nullish(),
        value: anyJson.nullish(),
      }),
    )
    .nullish(),
});

type SegmentCondition = NonNullable<z.output<typeof ruleSchema>['conditions']>[number];

const OPERATORS: Readonly<Record<string, readonly [Comparison, 'plain' | 'negated']>> = {
  EQUAL: ['is', 'plain'],
  NOT_EQUAL: ['is', 'negated'],
  IN: ['is', 'plain'],
  CONTAINS: ['contains', 'plain'],
  NOT_CONTAINS: ['contains', 'negated'],
  REGEX: ['matches', 'plain'],
  GREATER_THAN: ['greater', 'plain'],
  GREATER_THAN_INCLUSIVE: ['at-least', 'plain'],
  LESS_THAN: ['less', 'plain'],
  LESS_THAN_INCLUSIVE: ['at-most', 'plain'],
};

function ruleWords(rule: JsonValue, depth: number): Phrase | null {
  const parsed = ruleSchema.safeParse(rule);
  if (!parsed.success || depth > DEEPEST) return null;
  const { type, rules, conditions } = parsed.data;
  const conditionPhrases = (conditions ?? [])
    .map(conditionWords)
    .map(words => (words === null ? null : { words, parts: 1 }));
  const all = [...conditionPhrases, ...(rules ?? []).map(each => ruleWords(each, depth + 1))];
  const phrase = joined(all, type === 'ANY' || type === 'NONE' ? 'or' : 'and');
  return type === 'NONE' && phrase !== null ? { words: `not (${phrase.words})`, parts: 1 } : phrase;
}

function conditionWords({ operator, property_, property, value }: SegmentCondition): string | null {
  const name = property_ ?? property ?? '';
  if (operator === 'PERCENTAGE_SPLIT') return `${textOf(value)}% of identities`;
  if (operator === 'IS_SET') return `${attributeWords(name)} is there`;
  if (operator === 'IS_NOT_SET') return `${attributeWords(name)} is not there`;
  if (operator === 'MODULO') {
    const [divisor = '', rest = ''] = textOf(value).split('|');
    return Number.isNaN(numberOf(divisor))
      ? null
      : `${attributeWords(name)} divided by ${literalWords(divisor)} leaves ${literalWords(rest)}`;
  }
  const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (known === undefined || value === null || value === undefined) return null;
  const values =
    operator === 'IN' && typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
  return (known[1] === 'plain' ? comparison : negatedComparison)(name, known[0], values).words.replace(/^if /, '');
}

function joined(phrases: readonly (Phrase | null)[], word: 'and' | 'or'): Phrase | null {
  const known = phrases.filter(phrase => phrase !== null);
  if (known.length === 0 || known.length < phrases.length) return null;
  if (known.length === 1) return known[0]!;
  const parts = known.map(({ words, parts: count }) => (count > 1 ? `(${words})` : words));
  return { words: parts.join(` ${word} `), parts: parts.length };
}
