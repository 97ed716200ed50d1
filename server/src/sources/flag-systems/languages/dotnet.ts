/**
 * Microsoft.FeatureManagement's sections of `appsettings*.json` as a language, both schemas, after the library. A feature is on for
 * whom any filter lets through, or all of them; then users, groups and percentiles are allocated their variants, in this order.
 */

import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import { cascadeOutcome } from '../../../core/flags/rollout/cascade.ts';
import { printable } from '../../../core/flags/rollout/describe.ts';
import type { Condition, Outcome } from '../../../core/flags/rollout/rollout.ts';
import { EVERYONE, listedCondition, segmentCondition } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { ON } from '../decoder.ts';
import { filterName, filterSchema, filterSteps, windowWords } from '../dotnetFilters.ts';
import { translated } from '../dotnetVariants.ts';
import { plainValue, type Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleChain,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

const FILTERS = {
  'Microsoft.Percentage': 'a share, by chance',
  'Microsoft.TimeWindow': 'from one time to another',
  'Microsoft.Targeting': 'users, groups and a share',
  AlwaysOn: 'everyone',
};

const PERCENTAGE = ['Percentage', 'Microsoft.Percentage', 'PercentageFilter', 'Microsoft.PercentageFilter'];

const description: FlagLanguage = {
  flags: [
    { at: 'FeatureManagement/{}' },
    { at: 'feature_management/feature_flags/[]', key: 'id' },
    { at: 'FeatureManagement/feature_flags/[]', key: 'id' },
  ],
  names: [
    { at: '@/variants/[]/name', part: 'value', role: 'variation' },
    ...[
      'default_when_enabled',
      'default_when_disabled',
      'percentile/[]/variant',
      'user/[]/variant',
      'group/[]/variant',
    ].map(at => ({
      at: `@/allocation/${at}`,
      part: 'value' as const,
      role: 'variation-reference' as const,
    })),
  ],
  fields: [
    {
      at: '@',
      fields: {
        EnabledFor: 'Filters that let users through.',
        RequirementType: 'Whether any filter or all must let them through.',
        id: 'The key.',
        description: 'What it is for.',
        enabled: 'Whether the filters decide.',
        conditions: 'Filters and how they are joined.',
        variants: 'Values that code may ask for.',
        allocation: 'Who gets which variant.',
      },
    },
    { at: '@/EnabledFor/[]', fields: { Name: 'Which filter.', Parameters: 'What it needs.' } },
    {
      at: '@/EnabledFor/[]/Parameters',
      fields: {
        Value: 'Percentage: 0 to 100.',
        Start: 'TimeWindow: from when.',
        End: 'TimeWindow: until when.',
        Audience: 'Targeting: who.',
      },
    },
    {
      at: '@/conditions',
      fields: { requirement_type: 'Any or All.', client_filters: 'Filters that let users through.' },
    },
    { at: '@/conditions/client_filters/[]', fields: { name: 'Which filter.', parameters: 'What it needs.' } },
    ...['@/EnabledFor/[]/Parameters', '@/conditions/client_filters/[]/parameters'].map(at => ({
      at: `${at}/Audience`,
      fields: {
        Users: 'Users by name.',
        Groups: 'Groups, each with its share.',
        DefaultRolloutPercentage: 'The share of everyone else, 0 to 100.',
        Exclusion: 'Users and groups who never get it.',
      },
    })),
    {
      at: '@/variants/[]',
      fields: {
        name: 'The variant.',
        configuration_value: 'Its value.',
        status_override: 'Enabled or Disabled, whatever the filters say.',
      },
    },
    {
      at: '@/allocation',
      fields: {
        default_when_enabled: 'The variant of whom nothing else names.',
        default_when_disabled: 'The variant while the feature is off.',
        user: 'Variants of users by name.',
        group: 'Variants of groups.',
        percentile: 'Variants of shares, from and to.',
        seed: 'Features of one seed divide users alike.',
      },
    },
  ],
  values: [
    { at: '@/variants/[]/status_override', values: { None: '', Enabled: 'on', Disabled: 'off' } },
    ...['@/EnabledFor/[]/Name', '@/conditions/client_filters/[]/name'].map(at => ({ at, values: FILTERS })),
    ...['@/RequirementType', '@/conditions/requirement_type'].map(at => ({
      at,
      values: { Any: 'one filter is enough', All: 'every filter counts' },
    })),
  ],
  shares: [
    {
      at: '@/EnabledFor/[]',
      part: 'Parameters/Value',
      when: { field: 'Name', words: PERCENTAGE },
      whole: 100,
      sum: 'each',
    },
    {
      at: '@/conditions/client_filters/[]',
      part: 'parameters/Value',
      when: { field: 'name', words: PERCENTAGE },
      whole: 100,
      sum: 'each',
    },
    ...['EnabledFor/[]/Parameters', 'conditions/client_filters/[]/parameters'].flatMap(at => [
      { at: `@/${at}/Audience/Groups`, part: 'RolloutPercentage', whole: 100, sum: 'each' as const },
      { at: `@/${at}/Audience/DefaultRolloutPercentage`, whole: 100, sum: 'each' as const },
    ]),
    ...['from', 'to'].map(part => ({ at: '@/allocation/percentile', part, whole: 100, sum: 'each' as const })),
  ],
};

export const dotnetLanguage: FormatLanguage = { system: 'dotnet', description, readRules };

function readRules(document: Tree, { flags, now }: RuleContext): RuleReading {
  const section = yamlValue(document, 'FeatureManagement');
  const older = section?.kind === 'map' ? section.entries : [];
  const newer = yamlItems(yamlValue(yamlValue(document, 'feature_management') ?? section, 'feature_flags'));
  const chains = [
    ...older.map(({ key, value }) =>
      filterChain(key, yamlValue(value, 'EnabledFor'), yamlValue(value, 'RequirementType'), now),
    ),
    ...newer.flatMap(tree => {
      const key = yamlText(yamlValue(tree, 'id'));
      const conditions = yamlValue(tree, 'conditions');
      if (key === null) return [];
      const filters = yamlValue(conditions, 'client_filters');
      const chain = filterChain(key, filters, yamlValue(conditions, 'requirement_type'), now);
      return [chain, { flag: key, environment: null, rules: allocationRules(yamlValue(tree, 'allocation')) }];
    }),
  ];
  return { chains: chains.filter(({ flag, rules }) => flags.has(flag) && rules.length > 0), names: [] };
}

function filterChain(flag: string, filters: Tree | null, requirement: Tree | null, now: number): RuleChain {
  const items = yamlItems(filters);
  const isAll = /^all$/i.test(yamlText(requirement) ?? '') && items.length > 1;
  return { flag, environment: null, rules: items.flatMap(item => filterRule(item, isAll, now)) };
}

function filterRule(tree: Tree, isAll: boolean, now: number): readonly ReadRule[] {
  const parsed = filterSchema.safeParse(plainValue(tree));
  if (!parsed.success) return [];
  const window = windowWords(parsed.data);
  const next: Outcome = { kind: 'custom', words: isAll ? 'off' : 'what other filters say' };
  const steps = filterSteps(parsed.data, 0, now, () => {});
  const only = steps.length === 1 ? steps[0]! : null;
  const own = window === null && only !== null && only.condition.reach === 'some' ? only.condition : EVERYONE;
  const condition: Condition = window === null ? own : { reach: 'some', words: window };
  const all = window === null ? steps.map(step => (step === only ? { ...step, condition: EVERYONE } : step)) : [];
  const outcome = all.length === 0 ? ON : cascadeOutcome(all, next);
  return [
    {
      label: 'Filter',
      span: tree.span,
      condition,
      // A flag with variants has none by the names of on and off.
      outcome: translated(outcome, name => ({
        kind: 'custom',
        words: isAll && name === 'on' && outcome.kind === 'variation' ? 'on, if the other filters agree' : name,
      })),
      // Filters of one's own may draw lots: only what lets everyone through is sure to.
      tests: !isAll && filterName(parsed.data) === 'AlwaysOn' ? ALWAYS : UNPROVABLE,
    },
  ];
}

function allocationRules(tree: Tree | null): readonly ReadRule[] {
  const rules = ['user', 'group', 'percentile'].flatMap(field =>
    yamlItems(yamlValue(tree, field)).map(item => allocationRule(item, field)),
  );
  const usual = tree?.kind === 'map' ? tree.entries.findLast(({ key }) => key === 'default_when_enabled') : undefined;
  if (usual === undefined) return rules;
  const span = { start: usual.keySpan.start, end: Math.max(usual.keySpan.end, usual.value.span.end) };
  const label = rules.length === 0 ? 'Everyone' : 'Everyone else';
  return [...rules, { label, span, condition: EVERYONE, outcome: variantOf(usual.value), tests: ALWAYS }];
}

function allocationRule(tree: Tree, field: string): ReadRule {
  const base = { label: 'Allocation', span: tree.span } as const;
  const variant = variantOf(yamlValue(tree, 'variant'));
  if (field === 'percentile') {
    const bound = (name: string) => Math.max(0, Math.min(100, Number(yamlText(yamlValue(tree, name)) ?? 0) || 0));
    const share = Math.max(0, bound('to') - bound('from'));
    const rest: Outcome = { kind: 'custom', words: 'what comes next' };
    const parts = [
      { outcome: variant, weight: share },
      { outcome: rest, weight: 100 - share },
    ];
    const outcome: Outcome = { kind: 'split', by: 'user id', parts };
    return { ...base, condition: EVERYONE, outcome, tests: share === 100 ? ALWAYS : UNPROVABLE };
  }
  const names = yamlItems(yamlValue(tree, `${field}s`)).flatMap(item => yamlText(item) ?? []);
  const isNobody = names.length === 0;
  const named = field === 'user' ? listedCondition(names.length, 'user') : segmentCondition(names);
  return {
    ...base,
    condition: isNobody ? { reach: 'nobody', words: '' } : named,
    outcome: variant,
    tests: isNobody ? null : { tests: [{ subject: field, anyOf: new Set(names) }], complete: true },
  };
}

function variantOf(tree: Tree | null): Outcome {
  const name = yamlText(tree);
  return name === null ? { kind: 'fallback' } : { kind: 'custom', words: `variant ${printable(name)}` };
}
