/**
 * Flagsmith's environment document as a language, after the engine's models. What an identity overrides comes first, then segments by
 * their priority, then the environment's own state of the feature.
 */

import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import { printable, valueText } from '../../../core/flags/rollout/describe.ts';
import type { Condition, Outcome, SplitPart } from '../../../core/flags/rollout/rollout.ts';
import { EVERYONE, NOBODY } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { segmentWords } from '../flagsmithSegments.ts';
import { plainValue, type Tree } from '../trees.ts';
import { ALWAYS, type FormatLanguage, type ReadRule, type RuleContext, type RuleReading } from './formatLanguage.ts';

const description: FlagLanguage = {
  flags: [{ at: 'feature_states/[]', key: 'feature/name' }],
  names: [
    { at: 'project/segments/[]/id', part: 'value', role: 'segment', label: 'name' },
    ...['project/segments/[]', 'identity_overrides/[]'].flatMap(at =>
      ['feature_states', 'identity_features'].map(list => ({
        at: `${at}/${list}/[]/feature/name`,
        part: 'value' as const,
        role: 'flag-mention' as const,
      })),
    ),
  ],
  fields: [
    {
      at: '',
      fields: {
        id: 'The environment’s number.',
        name: 'What the environment is called.',
        api_key: 'What clients ask for it by.',
        project: 'The project, with its segments.',
        feature_states: 'What each feature does here.',
        identity_overrides: 'What single identities get instead.',
        updated_at: 'When the environment was changed.',
      },
    },
    {
      at: 'project/segments/[]',
      fields: {
        id: 'The segment’s number.',
        name: 'What it is called.',
        rules: 'Who is in it.',
        feature_states: 'What features do for it.',
      },
    },
    {
      at: 'project/segments/[]/rules/**',
      kind: 'operator',
      fields: {
        type: 'ALL, ANY or NONE of what stands below.',
        rules: 'Rules inside of this one.',
        conditions: 'Conditions on traits.',
        operator: 'How the trait is compared.',
        property_: 'The trait.',
        value: 'What it is compared with.',
      },
    },
    {
      at: '@',
      fields: {
        feature: 'The feature: its name is the key.',
        enabled: 'Whether it is on.',
        feature_state_value: 'The value it has besides.',
        multivariate_feature_state_values: 'Values and their shares.',
        updated_at: 'When it was changed.',
      },
    },
    { at: '@/multivariate_feature_state_values/[]', fields: { percentage_allocation: 'The share, 0 to 100.' } },
  ],
  values: [
    {
      at: 'project/segments/[]/rules/**/type',
      values: { ALL: 'all of them', ANY: 'any of them', NONE: 'none of them' },
    },
    {
      at: 'project/segments/[]/rules/**/operator',
      values: {
        EQUAL: 'is',
        NOT_EQUAL: 'is not',
        IN: 'is one of a list, with commas',
        CONTAINS: 'contains',
        NOT_CONTAINS: 'does not contain',
        REGEX: 'matches an expression',
        GREATER_THAN: 'is greater',
        GREATER_THAN_INCLUSIVE: 'is at least',
        LESS_THAN: 'is less',
        LESS_THAN_INCLUSIVE: 'is at most',
        PERCENTAGE_SPLIT: 'a share of all identities',
        MODULO: 'divided by a number leaves a rest: 4|0',
        IS_SET: 'is there',
        IS_NOT_SET: 'is not there',
      },
    },
    { at: '@/enabled', values: { true: 'on', false: 'off' }, bare: true },
  ],
  shares: [
    {
      at: '@/multivariate_feature_state_values',
      part: 'percentage_allocation',
      whole: 100,
      sum: 'at-most',
      otherwise: 'what lies beyond is given to nobody',
    },
  ],
};

export const flagsmithLanguage: FormatLanguage = { system: 'flagsmith', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const overrides = overridesOf(document);
  const chains = yamlItems(yamlValue(document, 'feature_states')).flatMap(state => {
    const flag = nameOf(state);
    if (flag === null || !flags.has(flag)) return [];
    const own = overrides.get(flag) ?? [];
    const everyone: ReadRule = {
      label: own.length === 0 ? 'Everyone' : 'Everyone else',
      span: state.span,
      condition: EVERYONE,
      outcome: outcomeOf(state),
      tests: ALWAYS,
    };
    return [{ flag, environment: null, rules: [...own, everyone] }];
  });
  return { chains, names: [] };
}

function overridesOf(document: Tree): ReadonlyMap<string, readonly ReadRule[]> {
  const found = new Map<string, { readonly rule: ReadRule; readonly priority: number }[]>();
  const add = (state: Tree, priority: number, condition: Condition, tests: ReadRule['tests']) => {
    const flag = nameOf(state);
    if (flag === null) return;
    const rule: ReadRule = { label: 'Override', span: state.span, condition, outcome: outcomeOf(state), tests };
    const known = found.get(flag);
    if (known === undefined) found.set(flag, [{ rule, priority }]);
    else known.push({ rule, priority });
  };
  for (const identity of yamlItems(yamlValue(document, 'identity_overrides'))) {
    const identifier = yamlText(yamlValue(identity, 'identifier'));
    if (identifier === null) continue;
    const condition: Condition = { reach: 'some', words: `for identity ${printable(identifier)}` };
    const tests = { tests: [{ subject: 'identity', anyOf: new Set([identifier]) }], complete: true };
    for (const state of yamlItems(yamlValue(identity, 'identity_features'))) add(state, -1, condition, tests);
  }
  for (const segment of yamlItems(yamlValue(yamlValue(document, 'project'), 'segments'))) {
    const rules = yamlItems(yamlValue(segment, 'rules')).map(plainValue);
    const id = yamlText(yamlValue(segment, 'id')) ?? '';
    const name = yamlText(yamlValue(segment, 'name')) ?? `#${id}`;
    // Nobody is in a segment without rules.
    const isEmpty = rules.length === 0;
    const words = segmentWords(rules);
    const said = `for segment ${printable(name)}${words === null ? '' : ` (${words})`}`;
    const condition: Condition = isEmpty ? NOBODY : { reach: 'some', words: said };
    const tests = isEmpty ? null : { tests: [{ subject: 'segment', anyOf: new Set([id]) }], complete: true };
    for (const state of yamlItems(yamlValue(segment, 'feature_states'))) {
      const priority = yamlText(yamlValue(yamlValue(state, 'feature_segment'), 'priority'));
      add(state, priority === null ? Number.MAX_SAFE_INTEGER : Number(priority) || 0, condition, tests);
    }
  }
  return new Map(
    [...found].map(([flag, rules]) => [flag, rules.sort((a, b) => a.priority - b.priority).map(({ rule }) => rule)]),
  );
}

function nameOf(state: Tree): string | null {
  return yamlText(yamlValue(yamlValue(state, 'feature'), 'name'));
}

/** On or off, and the value that comes with it, or several of them by their shares. */
function outcomeOf(state: Tree): Outcome {
  if (yamlText(yamlValue(state, 'enabled')) !== 'true') return OFF;
  const value = yamlValue(state, 'feature_state_value');
  const hasValue = value !== null && !(value.kind === 'scalar' && (value.value === null || value.value === ''));
  const own: Outcome = hasValue ? withValue(value) : ON;
  const parts = yamlItems(yamlValue(state, 'multivariate_feature_state_values')).map((each): SplitPart => {
    const option = yamlValue(yamlValue(each, 'multivariate_feature_option'), 'value');
    const share = Number(yamlText(yamlValue(each, 'percentage_allocation')) ?? 0) || 0;
    return { outcome: option === null ? ON : withValue(option), weight: Math.max(0, Math.min(100, share)) };
  });
  const left = 100 - parts.reduce((sum, { weight }) => sum + weight, 0);
  if (parts.every(({ weight }) => weight === 0)) return own;
  return { kind: 'split', by: 'identity', parts: left > 0 ? [...parts, { outcome: own, weight: left }] : parts };
}

// A feature that has values has no variations by these names.
const ON: Outcome = { kind: 'custom', words: 'on' };
const OFF: Outcome = { kind: 'custom', words: 'off' };

function withValue(tree: Tree): Outcome {
  return { kind: 'custom', words: `on with ${valueText(plainValue(tree), 40)}` };
}
