/**
 * Flipper's export as a language. A feature is on for whom any gate opens; gates that are closed to everyone are no rules. The gate
 * `boolean` opens to everyone, and leaves the others nobody.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { Condition, Outcome } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { EVERYONE, listedCondition, segmentCondition } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { ON } from '../decoder.ts';
import { expressionCondition } from '../flipperExpressions.ts';
import { plainValue, type Tree, type TreeMap } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

const description: FlagLanguage = {
  flags: [{ at: 'features/{}' }],
  names: [],
  fields: [
    { at: '', fields: { version: 'The version of the format.', features: 'The features, by name.' } },
    {
      at: '@/expression/**',
      kind: 'operator',
      fields: {
        All: 'All of them.',
        Any: 'Any of them.',
        Equal: 'Equal.',
        NotEqual: 'Not equal.',
        GreaterThan: 'Greater.',
        GreaterThanOrEqualTo: 'Greater or equal.',
        LessThan: 'Less.',
        LessThanOrEqualTo: 'Less or equal.',
        Property: 'An attribute of the actor.',
        Percentage: 'A share.',
        PercentageOfActors: 'A share of the actors.',
        Now: 'The time.',
        Time: 'A time.',
      },
    },
    {
      at: '@',
      fields: {
        boolean: 'On for everyone.',
        groups: 'On for these groups.',
        actors: 'On for these, one by one.',
        percentage_of_actors: 'On for a share, 0 to 100.',
        percentage_of_time: 'On for a share of the questions, by chance.',
        expression: 'On for whom it holds.',
      },
    },
  ],
  values: [],
  shares: [
    ...['percentage_of_actors', 'percentage_of_time'].map(field => ({
      at: `@/${field}`,
      whole: 100,
      sum: 'each' as const,
    })),
  ],
};

export const flipperLanguage: FormatLanguage = { system: 'flipper', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const features = yamlValue(document, 'features');
  if (features?.kind !== 'map') return { chains: [], names: [] };
  const chains = features.entries.flatMap(({ key, value }) => {
    if (!flags.has(key) || value.kind !== 'map') return [];
    return [{ flag: key, environment: null, rules: GATES.flatMap(gate => gateRule(value, gate)) }];
  });
  return { chains, names: [] };
}

/** The one that is open to everyone is told first, since it leaves nothing to the others. */
const GATES = ['boolean', 'expression', 'groups', 'actors', 'percentage_of_actors', 'percentage_of_time'] as const;

function gateRule(gates: TreeMap, name: (typeof GATES)[number]): readonly ReadRule[] {
  const entry = gates.entries.findLast(each => each.key === name);
  const read = entry === undefined ? null : readGate(name, entry.value);
  if (entry === undefined || read === null) return [];
  const span = { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.span.end) };
  return [{ label: 'Gate', span, ...read }];
}

/** Null for a gate that is closed. */
function readGate(name: (typeof GATES)[number], tree: Tree): Pick<ReadRule, 'condition' | 'outcome' | 'tests'> | null {
  const on = (condition: Condition, tests: RuleTests) => ({ condition, outcome: ON, tests });
  switch (name) {
    case 'boolean':
      return yamlText(tree) === 'true' ? on(EVERYONE, ALWAYS) : null;
    case 'expression':
      return tree.kind === 'map' ? on(expressionCondition(plainValue(tree)), UNPROVABLE) : null;
    case 'groups':
    case 'actors': {
      const names = yamlItems(tree).flatMap(item => yamlText(item) ?? []);
      if (names.length === 0) return null;
      const condition = name === 'groups' ? segmentCondition(names) : listedCondition(names.length, 'actor');
      return on(condition, { tests: [{ subject: name, anyOf: new Set(names) }], complete: true });
    }
    default: {
      const share = Math.max(0, Math.min(100, Number(yamlText(tree) ?? 0) || 0));
      if (share === 0) return null;
      const outcome = shareOutcome(share, name === 'percentage_of_actors' ? 'actor' : 'chance');
      return { condition: EVERYONE, outcome, tests: share === 100 ? ALWAYS : UNPROVABLE };
    }
  }
}

function shareOutcome(share: number, by: string): Outcome {
  if (share === 100) return ON;
  const rest: Outcome = { kind: 'custom', words: 'what other gates say' };
  return {
    kind: 'split',
    by,
    parts: [
      { outcome: ON, weight: share },
      { outcome: rest, weight: 100 - share },
    ],
  };
}
