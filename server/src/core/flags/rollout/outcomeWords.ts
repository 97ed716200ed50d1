/** What users get, in words and without a limit on their length: for a rule under a cursor. Summaries are `rollout.ts`'s. */
import type { Variation } from '../../model.ts';
import { percentText, printable, valueText } from './describe.ts';
import type { Outcome } from './rollout.ts';
import { usableWeight } from './weights.ts';

/** `on`, `blue (value "#00f")`, `on 25%, off 75%, by user id`, `the code's fallback`. */
export function outcomeWords(outcome: Outcome, variations: readonly Variation[]): string {
  return words(outcome, variations, 0);
}

const DEEPEST = 6;

function words(outcome: Outcome, variations: readonly Variation[], depth: number): string {
  if (depth > DEEPEST) return 'what further rules say';
  switch (outcome.kind) {
    case 'fallback':
      return "the code's fallback";
    case 'custom':
      return outcome.words;
    case 'variation':
      return variationWords(outcome.name, variations);
    case 'split': {
      const total = outcome.parts.reduce((sum, part) => sum + usableWeight(part), 0);
      if (!(total > 0)) return "the code's fallback";
      const parts = outcome.parts
        .filter(part => usableWeight(part) > 0)
        .map(
          part => `${words(part.outcome, variations, depth + 1)} ${percentText((100 * usableWeight(part)) / total)}`,
        );
      return `${parts.join(', ')}${outcome.by === null ? '' : `, by ${outcome.by}`}`;
    }
    case 'rules': {
      const rules = outcome.rules
        .filter(rule => rule.condition.reach !== 'nobody')
        .map(rule => `${words(rule.outcome, variations, depth + 1)} ${rule.condition.words}`.trim());
      return [...rules, `else ${words(outcome.otherwise, variations, depth + 1)}`].join('; ');
    }
  }
}

function variationWords(name: string, variations: readonly Variation[]): string {
  const known = variations.find(each => each.name === name);
  const shown = printable(name);
  if (known === undefined) return `${shown}, which is no variation of this flag`;
  return typeof known.value === 'boolean' || known.value === known.name
    ? shown
    : `${shown} (${valueText(known.value)})`;
}
