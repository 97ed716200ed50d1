/**
 * Flipt's `features.yaml` as a language, after its validation (flipt-io/flipt, `core/validation/flipt.cue`). Rules and rollouts are
 * asked by rank and in order; a threshold lets on whom its percentage leaves out.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTest } from '../../../core/flags/rollout/ruleOrder.ts';
import { EVERYONE } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { OFF, ON } from '../decoder.ts';
import { type Segments, segmentsCondition, segmentsOf } from '../flipt.ts';
import type { Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';
import { METADATA_FIELDS, TYPE_VALUES } from './metadataFields.ts';

/** Where segments are named. */
const SEGMENTS = [
  '@/rules/[]/segment',
  '@/rules/[]/segments/[]',
  '@/rules/[]/segment/key',
  '@/rules/[]/segment/keys/[]',
  '@/rollouts/[]/segment/key',
  '@/rollouts/[]/segment/keys/[]',
];

const SEGMENT_OPERATORS = { OR_SEGMENT_OPERATOR: 'in any of them', AND_SEGMENT_OPERATOR: 'in all of them' };

const description: FlagLanguage = {
  flags: [{ at: 'flags/[]', key: 'key' }],
  names: [
    { at: '@/variants/[]/key', part: 'value', role: 'variation' },
    { at: '@/rules/[]/distributions/[]/variant', part: 'value', role: 'variation-reference' },
    { at: 'segments/[]/key', part: 'value', role: 'segment', label: 'name' },
    ...SEGMENTS.map(at => ({ at, part: 'value' as const, role: 'segment-reference' as const })),
  ],
  fields: [
    {
      at: '',
      fields: {
        version: 'The version of the format.',
        namespace: 'The namespace of these flags.',
        flags: 'The flags.',
        segments: 'Groups of users that rules name.',
      },
    },
    {
      at: '@',
      fields: {
        key: 'The key.',
        name: 'A name for people.',
        type: 'Whether code asks for true and false or for a variant.',
        description: 'What the flag is for.',
        enabled: 'Whether the rules decide; for a boolean, what everyone gets whom no rollout concerns.',
        variants: 'The variants it serves.',
        rules: 'Which segments get which variants, in order.',
        rollouts: 'Booleans: segments and shares, in order.',
        metadata: 'What is known of the flag: owner, type, expiry.',
      },
    },
    METADATA_FIELDS,
    {
      at: '@/variants/[]',
      fields: {
        key: 'The variant’s key.',
        name: 'A name for people.',
        description: 'What it is.',
        attachment: 'A value of any shape.',
        default: 'Whether it is served where no rule applies.',
      },
    },
    {
      at: '@/rules/[]',
      fields: {
        segment: 'Whom it concerns.',
        rank: 'When it is asked: the lowest first.',
        distributions: 'Variants and their shares.',
      },
    },
    { at: '@/rules/[]/distributions/[]', fields: { variant: 'The variant’s key.', rollout: 'Its share, 0 to 100.' } },
    {
      at: '@/rollouts/[]',
      fields: { segment: 'Whom it concerns.', threshold: 'A share of everyone.', description: 'What it is for.' },
    },
    { at: '@/rollouts/[]/threshold', fields: { percentage: '0 to 100.', value: 'What they get.' } },
    {
      at: '@/rollouts/[]/segment',
      fields: { key: 'One segment.', keys: 'Several.', operator: 'How several are joined.', value: 'What they get.' },
    },
    { at: '@/rules/[]/segment', fields: { keys: 'Several segments.', operator: 'How they are joined.' } },
    {
      at: 'segments/[]',
      fields: {
        key: 'The key.',
        name: 'A name for people.',
        match_type: 'How constraints are joined.',
        description: 'Who is in it.',
        constraints: 'What must hold.',
      },
    },
    {
      at: 'segments/[]/constraints/[]',
      fields: {
        type: 'What is compared.',
        property: 'Of which attribute.',
        operator: 'How.',
        value: 'With what.',
        description: 'Why.',
      },
    },
  ],
  values: [
    {
      at: '@/type',
      values: { VARIANT_FLAG_TYPE: 'code asks for a variant', BOOLEAN_FLAG_TYPE: 'code asks for true or false' },
    },
    TYPE_VALUES,
    ...['@/rules/[]/segment/operator', '@/rollouts/[]/segment/operator'].map(at => ({ at, values: SEGMENT_OPERATORS })),
    { at: 'segments/[]/match_type', values: { ALL_MATCH_TYPE: 'all constraints', ANY_MATCH_TYPE: 'any of them' } },
    {
      at: 'segments/[]/constraints/[]/type',
      values: {
        STRING_COMPARISON_TYPE: 'texts',
        NUMBER_COMPARISON_TYPE: 'numbers',
        BOOLEAN_COMPARISON_TYPE: 'true and false',
        DATETIME_COMPARISON_TYPE: 'times',
        ENTITY_ID_COMPARISON_TYPE: 'the entity id',
      },
    },
    {
      at: 'segments/[]/constraints/[]/operator',
      values: {
        eq: 'equals',
        neq: 'does not equal',
        lt: 'is less than',
        lte: 'is at most',
        gt: 'is greater than',
        gte: 'is at least',
        empty: 'is empty',
        notempty: 'is not empty',
        true: 'is true',
        false: 'is false',
        present: 'is there',
        notpresent: 'is not there',
        prefix: 'starts with',
        suffix: 'ends with',
        contains: 'contains',
        notcontains: 'does not contain',
        isoneof: 'is one of',
        isnotoneof: 'is none of',
      },
    },
    ...['@/enabled', '@/rollouts/[]/threshold/value', '@/rollouts/[]/segment/value'].map(at => ({
      at,
      values: { true: 'on', false: 'off' },
      bare: true as const,
    })),
  ],
  key: { pattern: '[-_A-Za-z0-9]+', words: 'letters, digits, "-" and "_"' },
  shares: [
    {
      at: '@/rules/[]/distributions',
      part: 'rollout',
      whole: 100,
      sum: 'exactly',
      otherwise: 'whoever is left gets the default variant, or none',
    },
    { at: '@/rollouts/[]/threshold/percentage', whole: 100, sum: 'each' },
  ],
};

export const fliptLanguage: FormatLanguage = { system: 'flipt', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const segments = segmentsOf(document);
  const chains = yamlItems(yamlValue(document, 'flags')).flatMap(tree => {
    const flag = yamlText(yamlValue(tree, 'key'));
    if (flag === null || !flags.has(flag)) return [];
    const isBoolean = yamlText(yamlValue(tree, 'type')) === 'BOOLEAN_FLAG_TYPE';
    const rank = (rule: Tree) => Number(yamlText(yamlValue(rule, 'rank')) ?? 0) || 0;
    const rules = isBoolean
      ? yamlItems(yamlValue(tree, 'rollouts')).map(rollout => rolloutRule(rollout, segments))
      : yamlItems(yamlValue(tree, 'rules'))
          .toSorted((a, b) => rank(a) - rank(b))
          .map(rule => variantRule(rule, segments));
    return rules.length === 0 ? [] : [{ flag, environment: null, rules }];
  });
  return { chains, names: [] };
}

function rolloutRule(tree: Tree, segments: Segments): ReadRule {
  const threshold = yamlValue(tree, 'threshold');
  const gives = (of: Tree | null): Outcome => (yamlText(yamlValue(of, 'value')) === 'true' ? ON : OFF);
  const base = { label: 'Rule', span: tree.span } as const;
  if (threshold !== null) {
    const share = Math.max(0, Math.min(100, Number(yamlText(yamlValue(threshold, 'percentage')) ?? 0) || 0));
    const rest = { outcome: { kind: 'custom', words: 'what comes next' } as const, weight: 100 - share };
    const outcome: Outcome = {
      kind: 'split',
      by: 'entity id',
      parts: [{ outcome: gives(threshold), weight: share }, rest],
    };
    return { ...base, condition: EVERYONE, outcome, tests: share === 100 ? ALWAYS : UNPROVABLE };
  }
  const segment = yamlValue(tree, 'segment');
  return { ...base, ...audienceOf(segment, null, segments), outcome: gives(segment) };
}

function variantRule(tree: Tree, segments: Segments): ReadRule {
  const parts = yamlItems(yamlValue(tree, 'distributions')).map(part => ({
    outcome: { kind: 'variation', name: yamlText(yamlValue(part, 'variant')) ?? '' } as const,
    weight: Number(yamlText(yamlValue(part, 'rollout')) ?? 0) || 0,
  }));
  const left = 100 - parts.reduce((sum, { weight }) => sum + weight, 0);
  const rest = left > 0 ? [{ outcome: { kind: 'fallback' } as const, weight: left }] : [];
  const outcome: Outcome = { kind: 'split', by: 'entity id', parts: [...parts, ...rest] };
  const list = yamlValue(tree, 'segments');
  return {
    label: 'Rule',
    span: tree.span,
    ...audienceOf(list ?? yamlValue(tree, 'segment'), yamlText(yamlValue(tree, 'operator')), segments),
    outcome,
  };
}

function audienceOf(
  tree: Tree | null,
  operator: string | null,
  segments: Segments,
): Pick<ReadRule, 'condition' | 'tests'> {
  const listed = tree?.kind === 'map' ? (yamlValue(tree, 'keys') ?? yamlValue(tree, 'key')) : tree;
  const keys = yamlItems(listed).flatMap(item => yamlText(item) ?? []);
  const joined = yamlText(yamlValue(tree, 'operator')) ?? operator;
  const condition = segmentsCondition(keys, joined, segments);
  if (condition.reach === 'everyone') return { condition, tests: ALWAYS };
  if (keys.length === 0) return { condition, tests: null };
  const test = (values: readonly string[]): RuleTest => ({ subject: 'segment', anyOf: new Set(values) });
  const each = joined === 'AND_SEGMENT_OPERATOR' && keys.length > 1 ? keys.map(key => test([key])) : [test(keys)];
  return { condition, tests: { tests: each, complete: true } };
}
