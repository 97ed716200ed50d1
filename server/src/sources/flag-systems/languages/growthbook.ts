/**
 * GrowthBook's SDK payload as a language, after its documentation of feature definitions. Rules are asked in order; whom one with
 * a coverage leaves out goes on to the next, so only a plain `force` takes everyone whom it concerns.
 */

import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import { valueText } from '../../../core/flags/rollout/describe.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { attributeWords, EVERYONE } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { Flag, JsonValue } from '../../../core/model.ts';
import { mongoCondition } from '../growthbookConditions.ts';
import { plainValue, type Tree } from '../trees.ts';
import type { FormatLanguage, ReadRule, RuleContext, RuleReading } from './formatLanguage.ts';

const description: FlagLanguage = {
  flags: [{ at: 'features/{}' }],
  names: [{ at: '@/rules/[]/parentConditions/[]/id', part: 'value', role: 'prerequisite' }],
  fields: [
    {
      at: '',
      fields: {
        features: 'The flags, by key.',
        savedGroups: 'Lists that conditions name.',
        dateUpdated: 'When the payload was made.',
      },
    },
    { at: '@', fields: { defaultValue: 'What everyone gets whom no rule concerns.', rules: 'Asked in order.' } },
    {
      at: '@/rules/[]',
      fields: {
        condition: 'Whom it concerns, in the words of MongoDB.',
        parentConditions: 'Flags that must have a value first.',
        force: 'The value served.',
        coverage: 'The share that gets it, 0 to 1.',
        variations: 'Values of an experiment.',
        weights: 'Their shares, which add up to 1.',
        key: 'The experiment’s key.',
        hashAttribute: 'The attribute that divides users; id when left out.',
        seed: 'Rules of one seed divide users alike.',
        range: 'Which part of the users, from and to.',
        ranges: 'Which part of the users for each variation.',
        namespace: 'A space that experiments share: name, from, to.',
        filters: 'Parts of the users that count at all.',
        meta: 'Names of the variations.',
        name: 'A name for people.',
      },
    },
    {
      at: '@/rules/[]/parentConditions/[]',
      fields: {
        id: 'The flag that is asked.',
        condition: 'What its value must be.',
        gate: 'Whether failing ends it all.',
      },
    },
    {
      at: '@/rules/[]/condition/**',
      kind: 'operator',
      fields: {
        $eq: 'Equal.',
        $ne: 'Not equal.',
        $in: 'One of these.',
        $nin: 'None of these.',
        $inGroup: 'In a saved group.',
        $notInGroup: 'Not in a saved group.',
        $gt: 'Greater.',
        $gte: 'Greater or equal.',
        $lt: 'Less.',
        $lte: 'Less or equal.',
        $regex: 'Matches a regular expression.',
        $exists: 'Whether it is there.',
        $veq: 'The version.',
        $vgt: 'A version after.',
        $vlt: 'A version before.',
        $and: 'All of them.',
        $or: 'Any of them.',
        $nor: 'None of them.',
        $not: 'Not.',
      },
    },
  ],
  values: [],
  shares: [
    { at: '@/rules/[]/weights', whole: 1, sum: 'exactly', otherwise: 'GrowthBook then divides users evenly' },
    { at: '@/rules/[]/coverage', whole: 1, sum: 'each' },
  ],
};

export const growthbookLanguage: FormatLanguage = { system: 'growthbook', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const features = yamlValue(document, 'features') ?? document;
  if (features.kind !== 'map') return { chains: [], names: [] };

  const chains = features.entries.flatMap(({ key, value }) => {
    const flag = flags.get(key);
    const rules = yamlItems(yamlValue(value, 'rules'));
    return flag === undefined || rules.length === 0
      ? []
      : [{ flag: key, environment: null, rules: rules.map(rule => ruleOf(rule, flag)) }];
  });
  return { chains, names: [] };
}

function ruleOf(tree: Tree, flag: Flag): ReadRule {
  const conditionTree = yamlValue(tree, 'condition');
  const condition =
    conditionTree?.kind === 'map' && conditionTree.entries.length > 0 ? plainValue(conditionTree) : null;
  const force = yamlValue(tree, 'force');
  const by = attributeWords(yamlText(yamlValue(tree, 'hashAttribute')) ?? 'id');
  const isWhole = force !== null && NARROWING.every(field => yamlValue(tree, field) === null);
  return {
    label: 'Rule',
    span: tree.span,
    condition: condition === null ? EVERYONE : mongoCondition(condition),
    outcome: outcomeOf(tree, force, by, flag),
    tests: testsOf(condition, isWhole),
  };
}

/** What lets some of those whom the condition concerns go on to the next rule. */
const NARROWING = ['coverage', 'range', 'filters', 'namespace', 'parentConditions'];

function outcomeOf(tree: Tree, force: Tree | null, by: string, flag: Flag): Outcome {
  const next: Outcome = { kind: 'custom', words: 'what comes next' };
  if (force === null) {
    const values = yamlItems(yamlValue(tree, 'variations')).map(item => valueText(plainValue(item)));
    return { kind: 'custom', words: `an experiment between ${values.join(', ') || 'nothing'}, by ${by}` };
  }
  const value = served(plainValue(force), flag);
  const coverage = Number(yamlText(yamlValue(tree, 'coverage')) ?? 1);
  if (!(coverage >= 0 && coverage < 1)) return value;
  return {
    kind: 'split',
    by,
    parts: [
      { outcome: value, weight: coverage },
      { outcome: next, weight: 1 - coverage },
    ],
  };
}

function served(value: JsonValue, flag: Flag): Outcome {
  const known = flag.variations.find(each => JSON.stringify(each.value) === JSON.stringify(value));
  return known === undefined ? { kind: 'custom', words: valueText(value) } : { kind: 'variation', name: known.name };
}

/** The fields of a condition must all hold. */
function testsOf(condition: JsonValue, complete: boolean): RuleTests {
  const fields = typeof condition === 'object' && condition !== null ? Object.entries(condition) : [];
  return { tests: fields.map(field => ({ subject: JSON.stringify(field), anyOf: null })), complete };
}
