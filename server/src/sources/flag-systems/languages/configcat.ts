/**
 * ConfigCat's config JSON, version 6, as a language, after its published types. Its field names are single letters, so what they
 * say is worth a hover. Rules are asked in order, and the first whose conditions all hold decides.
 */

import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import { valueText } from '../../../core/flags/rollout/describe.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import { attributeWords } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { Flag } from '../../../core/model.ts';
import { conditionSchema, conditionsWords, settingValue, valueSchema } from '../configcatConditions.ts';
import { plainValue, type Tree } from '../trees.ts';
import type { FormatLanguage, ReadRule, RuleContext, RuleReading } from './formatLanguage.ts';

const VALUE = { b: 'true or false.', s: 'A text.', i: 'A whole number.', d: 'A number.' };

const description: FlagLanguage = {
  flags: [{ at: 'f/{}' }],
  names: [{ at: '@/r/[]/c/[]/p/f', part: 'value', role: 'prerequisite' }],
  fields: [
    {
      at: '',
      fields: {
        p: 'Preferences of the SDKs.',
        s: 'Segments, named by their position.',
        f: 'Settings and flags, by key.',
      },
    },
    {
      at: '@',
      fields: {
        t: 'Type: 0 boolean, 1 text, 2 whole number, 3 number.',
        a: 'The attribute that divides users; the identifier when left out.',
        r: 'Targeting rules, asked in order.',
        p: 'Shares that add up to 100.',
        v: 'What everyone gets whom no rule concerns.',
        i: 'The id of that value’s variation.',
      },
    },
    {
      at: '@/r/[]',
      fields: { c: 'Conditions; all must hold.', s: 'The value served.', p: 'Shares that add up to 100.' },
    },
    { at: '@/r/[]/c/[]', fields: { u: 'About the user.', p: 'About another flag.', s: 'About a segment.' } },
    {
      at: '@/r/[]/c/[]/u',
      fields: {
        a: 'The attribute.',
        c: 'The comparator, by number.',
        s: 'A text to compare with.',
        d: 'A number to compare with.',
        l: 'A list to compare with.',
      },
    },
    { at: '@/r/[]/c/[]/p', fields: { f: 'The flag’s key.', c: '0 equals, 1 does not equal.', v: 'The value.' } },
    { at: '@/r/[]/c/[]/s', fields: { s: 'The segment, by position.', c: '0 in it, 1 not in it.' } },
    ...['@/v', '@/r/[]/s/v', '@/p/[]/v', '@/r/[]/p/[]/v', '@/r/[]/c/[]/p/v'].map(at => ({ at, fields: VALUE })),
    ...['@/p/[]', '@/r/[]/p/[]'].map(at => ({
      at,
      fields: { p: 'The share, 0 to 100.', v: 'The value.', i: 'The id of its variation.' },
    })),
  ],
  values: [{ at: '@/t', values: { 0: 'boolean', 1: 'text', 2: 'whole number', 3: 'number' }, bare: true }],
};

export const configcatLanguage: FormatLanguage = { system: 'configcat', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const settings = yamlValue(document, 'f');
  if (settings?.kind !== 'map') return { chains: [], names: [] };
  const segments = yamlItems(yamlValue(document, 's')).map((item, at) => yamlText(yamlValue(item, 'n')) ?? `#${at}`);
  const chains = settings.entries.flatMap(({ key, value }) => {
    const flag = flags.get(key);
    const rules = yamlItems(yamlValue(value, 'r'));
    if (flag === undefined || rules.length === 0) return [];
    const by = attributeWords(yamlText(yamlValue(value, 'a')) ?? 'identifier');
    return [{ flag: key, environment: null, rules: rules.map(rule => ruleOf(rule, flag, by, segments)) }];
  });
  return { chains, names: [] };
}

function ruleOf(tree: Tree, flag: Flag, by: string, segments: readonly string[]): ReadRule {
  const items = yamlItems(yamlValue(tree, 'c'));
  const conditions = items.flatMap(item => {
    const parsed = conditionSchema.safeParse(plainValue(item));
    return parsed.success ? [parsed.data] : [];
  });
  return {
    label: 'Rule',
    span: tree.span,
    condition: conditionsWords(conditions, segments),
    outcome: outcomeOf(tree, flag, by),
    tests: {
      tests: conditions.map(each => ({ subject: JSON.stringify(each), anyOf: null })),
      complete: conditions.length === items.length,
    },
  };
}

function outcomeOf(tree: Tree, flag: Flag, by: string): Outcome {
  const shares = yamlItems(yamlValue(tree, 'p'));
  if (shares.length === 0) return served(yamlValue(yamlValue(tree, 's'), 'v'), flag);
  const parts = shares.map(share => ({
    outcome: served(yamlValue(share, 'v'), flag),
    weight: Number(yamlText(yamlValue(share, 'p')) ?? 0) || 0,
  }));
  return { kind: 'split', by, parts };
}

function served(tree: Tree | null, flag: Flag): Outcome {
  const parsed = tree === null ? null : valueSchema.safeParse(plainValue(tree));
  const value = parsed?.success ? settingValue(parsed.data) : undefined;
  if (value === undefined) return { kind: 'fallback' };
  const known = flag.variations.find(each => each.value === value);
  return known === undefined ? { kind: 'custom', words: valueText(value) } : { kind: 'variation', name: known.name };
}
