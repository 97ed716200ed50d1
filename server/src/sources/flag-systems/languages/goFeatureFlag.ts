/**
 * GO Feature Flag's configuration as a language, after its published schema. Rules are asked in order, and the first whose query
 * holds decides; queries are compared as texts, since two that are written alike hold alike.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { attributeWords, EVERYONE } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { queryCondition, ruleOutcome, ruleSchema } from '../goFeatureFlagRules.ts';
import { plainValue, type Tree } from '../trees.ts';
import { ALWAYS, type FormatLanguage, type ReadRule, type RuleContext, type RuleReading } from './formatLanguage.ts';
import { METADATA_FIELDS, TYPE_VALUES } from './metadataFields.ts';

const RULES = [
  '@/targeting/[]',
  '@/defaultRule',
  '@/scheduledRollout/[]/targeting/[]',
  '@/scheduledRollout/[]/defaultRule',
];
const TARGETING = RULES.filter(at => at.endsWith('[]'));

const RULE = {
  variation: 'The variation served.',
  percentage: 'Divides users: variation and share, relative to their sum.',
  progressiveRollout: 'A share that grows between two dates.',
};

const STEP = { variation: 'The variation.', percentage: 'Its share, 0 to 100.', date: 'When, RFC 3339.' };

const description: FlagLanguage = {
  flags: [{ at: '{}' }],
  names: [
    { at: '@/variations/{}', part: 'key', role: 'variation' },
    ...RULES.flatMap(at => [
      { at: `${at}/variation`, part: 'value' as const, role: 'variation-reference' as const },
      { at: `${at}/percentage/{}`, part: 'key' as const, role: 'variation-reference' as const },
      { at: `${at}/progressiveRollout/{}/variation`, part: 'value' as const, role: 'variation-reference' as const },
    ]),
  ],
  fields: [
    {
      at: '@',
      fields: {
        variations: 'The values the flag can have, by name, all of one type.',
        targeting: 'Rules, asked in order.',
        defaultRule: 'What everyone gets whom no rule concerns.',
        disable: 'Whether the code’s fallback is served.',
        bucketingKey: 'The attribute that divides users; the targeting key when left out.',
        scheduledRollout: 'Changes that come by themselves, each with its date.',
        experimentation: 'From when to when the flag is evaluated at all.',
        trackEvents: 'Whether evaluations are exported.',
        version: 'A text that is exported with evaluations.',
        metadata: 'What is known of the flag: owner, type, expiry, description.',
      },
    },
    METADATA_FIELDS,
    ...TARGETING.map(at => ({
      at,
      fields: {
        name: 'What the rule is called.',
        query: 'Whom it concerns; everyone when empty.',
        ...RULE,
        disable: 'Whether it is left out.',
      },
    })),
    ...RULES.filter(at => !at.endsWith('[]')).map(at => ({ at, fields: RULE })),
    ...RULES.map(at => ({
      at: `${at}/progressiveRollout`,
      fields: { initial: 'Where it begins.', end: 'Where it ends.' },
    })),
    ...RULES.map(at => ({ at: `${at}/progressiveRollout/{}`, fields: STEP })),
    { at: '@/experimentation', fields: { start: 'RFC 3339.', end: 'RFC 3339.' } },
    {
      at: '@/scheduledRollout/[]',
      fields: {
        date: 'When it comes, RFC 3339.',
        targeting: 'Rules that are changed, by name, or added.',
        defaultRule: 'What changes in the default.',
        disable: 'Whether the flag is off from then on.',
        experimentation: 'From when to when the flag is evaluated.',
      },
    },
  ],
  values: [
    TYPE_VALUES,
    { at: '@/disable', values: { true: 'the fallback is served', false: 'the rules decide' }, bare: true },
  ],
  shares: [
    ...RULES.map(at => ({
      at: `${at}/percentage`,
      whole: 100,
      sum: 'exactly' as const,
      otherwise: 'they count as parts of their sum',
      severity: 'note' as const,
    })),
    ...RULES.map(at => ({ at: `${at}/progressiveRollout/{}/percentage`, whole: 100, sum: 'each' as const })),
  ],
};

export const goFeatureFlagLanguage: FormatLanguage = { system: 'go-feature-flag', description, readRules };

function readRules(document: Tree, { flags, now }: RuleContext): RuleReading {
  if (document.kind !== 'map') return { chains: [], names: [] };
  const chains = document.entries.flatMap(({ key, value: tree }) => {
    if (!flags.has(key) || tree.kind !== 'map') return [];
    const by = attributeWords(yamlText(yamlValue(tree, 'bucketingKey')) ?? 'targetingKey');
    const read = (rule: Tree, label: ReadRule['label']) => readRule(rule, label, by, now);
    const rules = yamlItems(yamlValue(tree, 'targeting')).flatMap(rule => read(rule, 'Rule'));
    const fallthrough = yamlValue(tree, 'defaultRule');
    if (fallthrough !== null) rules.push(...read(fallthrough, rules.length === 0 ? 'Everyone' : 'Everyone else'));
    return [{ flag: key, environment: null, rules }];
  });
  return { chains, names: [] };
}

function readRule(tree: Tree, label: ReadRule['label'], by: string, now: number): ReadRule[] {
  const parsed = ruleSchema.safeParse(plainValue(tree));
  if (!parsed.success) return [];
  const rule = parsed.data;
  const isOff = rule.disable === true;
  return [
    {
      label,
      span: tree.span,
      condition: isOff ? { reach: 'nobody', words: '' } : label === 'Rule' ? queryCondition(rule.query, now) : EVERYONE,
      outcome: ruleOutcome(rule, { now, by, experiment: undefined }),
      tests: isOff ? null : label === 'Rule' ? testsOf(rule.query) : ALWAYS,
    },
  ];
}

/** A query of comparisons joined by `and` is their tests; any other is one test as a whole. */
function testsOf(query: string | undefined): RuleTests {
  const text = (query ?? '').replace(/\s+/g, ' ').trim();
  if (text === '') return ALWAYS;
  const isPlain = !text.startsWith('{') && !/\b(or|not)\b|[()|!]/i.test(text.replace(/"[^"]*"/g, ''));
  const parts = isPlain ? text.split(/ and (?=(?:[^"]*"[^"]*")*[^"]*$)/i) : [text];
  return { tests: parts.map(subject => ({ subject, anyOf: null })), complete: true };
}
