/**
 * Statsig's bootstrap values as a language, after its SDKs' evaluation. Whoever meets a rule's conditions goes on to no other,
 * whatever share of them it lets through.
 */

import type { FlagLanguage, FlagPlace } from '../../../core/flags/files/flagLanguage.ts';
import { valueText } from '../../../core/flags/rollout/describe.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTest } from '../../../core/flags/rollout/ruleOrder.ts';
import { attributeWords, EVERYONE } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { Flag, JsonValue } from '../../../core/model.ts';
import { conditionSchema, isGateCondition, ruleCondition } from '../statsigConditions.ts';
import { plainValue, type Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleChain,
  type RuleContext,
  type RuleReading,
} from './formatLanguage.ts';

const description: FlagLanguage = {
  flags: ['feature_gates', 'dynamic_configs'].flatMap(at => [{ at: `${at}/[]`, key: 'name' }, { at: `${at}/{}` }]),
  names: [],
  fields: [
    {
      at: '',
      fields: {
        feature_gates: 'Gates.',
        dynamic_configs: 'Dynamic configs and experiments.',
        layer_configs: 'Layers.',
        condition_map: 'Conditions that rules name, by their names.',
        time: 'When this was made, in milliseconds.',
        has_updates: 'Whether there is anything in it.',
      },
    },
    {
      at: '@/rules/[]/conditions/[]',
      fields: {
        type: 'What is asked.',
        operator: 'How it is compared.',
        field: 'Which attribute of the user.',
        targetValue: 'What it is compared with.',
        additionalValues: 'What else is needed, such as a salt.',
        isDeviceBased: 'Whether the device counts.',
        idType: 'Which id divides users.',
      },
    },
    {
      at: '@',
      fields: {
        name: 'The key.',
        type: 'feature_gate or dynamic_config.',
        enabled: 'Whether the rules decide.',
        defaultValue: 'What everyone gets whom no rule concerns.',
        rules: 'Asked in order; who meets one goes on to no other.',
        salt: 'Text that makes it divide users in its own way.',
        idType: 'What divides users.',
        entity: 'What it is: feature_gate, experiment, dynamic_config.',
      },
    },
    {
      at: '@/rules/[]',
      fields: {
        name: 'What the rule is called.',
        passPercentage: 'The share of those it concerns, 0 to 100; the others get the default.',
        conditions: 'All of them must hold.',
        returnValue: 'What they get.',
        idType: 'What divides users.',
      },
    },
  ],
  offers: [{ at: '@/rules/[]/conditions/[]/targetValue', part: 'value', role: 'prerequisite' }],
  values: [
    {
      at: '@/rules/[]/conditions/[]/type',
      values: {
        public: 'everyone',
        user_field: 'about the user',
        environment_field: 'about the environment',
        unit_id: 'about the id that divides users',
        ip_based: 'about the address, such as the country',
        ua_based: 'about the browser',
        current_time: 'about the time',
        user_bucket: 'a part of the users',
        pass_gate: 'a gate that is on',
        fail_gate: 'a gate that is off',
      },
    },
    {
      at: '@/rules/[]/conditions/[]/operator',
      values: {
        any: 'is any of these, whatever the case',
        none: 'is none of these, whatever the case',
        any_case_sensitive: 'is any of these',
        none_case_sensitive: 'is none of these',
        eq: 'equals',
        neq: 'does not equal',
        gt: 'is greater',
        gte: 'is at least',
        lt: 'is less',
        lte: 'is at most',
        str_starts_with_any: 'starts with any of these',
        str_ends_with_any: 'ends with any of these',
        str_contains_any: 'contains any of these',
        str_contains_none: 'contains none of these',
        str_matches: 'matches an expression',
        version_gt: 'is a version after',
        version_lt: 'is a version before',
        before: 'is before',
        after: 'is after',
        on: 'is on that day',
        in_segment_list: 'is in a list of ids',
        not_in_segment_list: 'is not in a list of ids',
      },
    },
    { at: '@/enabled', values: { true: 'the rules decide', false: 'the default is served' }, bare: true },
  ],
  shares: [{ at: '@/rules/[]/passPercentage', whole: 100, sum: 'each' }],
};

export const statsigLanguage: FormatLanguage = { system: 'statsig', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const shared = yamlValue(document, 'condition_map');
  const chains: RuleChain[] = [];
  const names = new Map<number, FlagPlace>();
  for (const field of ['feature_gates', 'dynamic_configs']) {
    for (const { key, tree } of specsOf(yamlValue(document, field))) {
      const flag = flags.get(key);
      if (flag === undefined) continue;
      const rules = yamlItems(yamlValue(tree, 'rules')).map(rule => {
        const conditions = yamlItems(yamlValue(rule, 'conditions')).map(each => conditionOf(each, shared));
        for (const place of conditions.flatMap(each => gatePlaces(each, key))) {
          if (!names.has(place.span.start)) names.set(place.span.start, place);
        }
        return ruleOf(rule, conditions, tree, flag);
      });
      const usual = tree.kind === 'map' ? tree.entries.findLast(entry => entry.key === 'defaultValue') : undefined;
      if (usual !== undefined) {
        rules.push({
          label: rules.length === 0 ? 'Everyone' : 'Everyone else',
          span: { start: usual.keySpan.start, end: Math.max(usual.keySpan.end, usual.value.span.end) },
          condition: EVERYONE,
          outcome: served(plainValue(usual.value), flag),
          tests: ALWAYS,
        });
      }
      chains.push({ flag: key, environment: null, rules });
    }
  }
  return { chains, names: [...names.values()] };
}

function specsOf(tree: Tree | null): readonly { readonly key: string; readonly tree: Tree }[] {
  if (tree?.kind === 'map') return tree.entries.map(({ key, value }) => ({ key, tree: value }));
  return yamlItems(tree).flatMap(item => {
    const key = yamlText(yamlValue(item, 'name'));
    return key === null ? [] : [{ key, tree: item }];
  });
}

/** The condition itself; null for a name that nothing has. */
function conditionOf(tree: Tree, shared: Tree | null): Tree | null {
  return tree.kind === 'scalar' ? yamlValue(shared, tree.text) : tree;
}

function ruleOf(tree: Tree, conditions: readonly (Tree | null)[], spec: Tree, flag: Flag): ReadRule {
  const parsed = conditions.flatMap(each => {
    const result = conditionSchema.safeParse(each === null ? null : plainValue(each));
    return result.success ? [result.data] : [];
  });
  const isWhole = parsed.length === conditions.length;
  const share = Number(yamlText(yamlValue(tree, 'passPercentage')) ?? 100);
  const pass = Number.isNaN(share) ? 0 : Math.max(0, Math.min(100, share));
  const value = yamlValue(tree, 'returnValue');
  const given = served(value === null ? undefined : plainValue(value), flag);
  const usual = yamlValue(spec, 'defaultValue');
  const rest = served(usual === null ? undefined : plainValue(usual), flag);
  const by = attributeWords(yamlText(yamlValue(tree, 'idType')) ?? yamlText(yamlValue(spec, 'idType')) ?? 'userID');
  return {
    label: 'Rule',
    span: tree.span,
    condition: isWhole ? ruleCondition(parsed) : { reach: 'some', words: 'if a custom rule applies' },
    outcome:
      pass >= 100
        ? given
        : {
            kind: 'split',
            by,
            parts: [
              { outcome: given, weight: pass },
              { outcome: rest, weight: 100 - pass },
            ],
          },
    tests: { tests: conditions.flatMap(testOf), complete: isWhole },
  };
}

/** Conditions of one field that ask for any of some values are compared by their values, all others as they are written. */
function testOf(tree: Tree | null): readonly RuleTest[] {
  if (tree === null) return [];
  const value = plainValue(tree);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const { targetValue, ...rest } = value as Record<string, JsonValue>;
  if (typeof rest.type === 'string' && rest.type.toLowerCase() === 'public') return [];
  const isAny = rest.operator === 'any' && Array.isArray(targetValue);
  if (!isAny) return [{ subject: JSON.stringify(value), anyOf: null }];
  const values = targetValue.map((each: JsonValue) => JSON.stringify(each));
  return [{ subject: JSON.stringify(rest), anyOf: new Set(values) }];
}

/** Gates that a condition asks for are needed by the flag; a text in another condition is no name. */
function gatePlaces(tree: Tree | null, flag: string): readonly FlagPlace[] {
  if (tree === null || !isGateCondition(yamlText(yamlValue(tree, 'type')) ?? '')) return [];
  return yamlItems(yamlValue(tree, 'targetValue')).flatMap((item): readonly FlagPlace[] => {
    const id = yamlText(item);
    if (id === null || id.startsWith('segment:')) return [];
    return [{ role: 'prerequisite', id, name: id, span: item.span, whole: item.span, flag }];
  });
}

function served(value: JsonValue | undefined, flag: Flag): Outcome {
  if (value === undefined || value === null) return { kind: 'fallback' };
  const known = flag.variations.find(each => JSON.stringify(each.value) === JSON.stringify(value));
  return known === undefined ? { kind: 'custom', words: valueText(value) } : { kind: 'variation', name: known.name };
}
