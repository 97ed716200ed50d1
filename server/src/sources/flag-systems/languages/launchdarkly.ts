/**
 * LaunchDarkly's file data source as a language, after the SDKs' flag data model. Rules are asked in this order: users named
 * one by one, targeting rules, then the fallthrough; variations are counted from 0.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { Outcome } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTest, RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { attributeWords, EVERYONE, listedCondition } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { Flag } from '../../../core/model.ts';
import { type Clause, clauseSchema, clausesCondition } from '../launchdarklyClauses.ts';
import { plainValue, type Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

const SERVE = {
  variation: 'The variation served, counted from 0.',
  rollout: 'Divides users among variations; weights count in 1/100000.',
};

const CLAUSE = {
  contextKind: 'The kind of context asked about; user when left out.',
  attribute: 'The attribute that is compared.',
  op: 'How it is compared.',
  values: 'The clause holds for any of these.',
  negate: 'Turns the clause round.',
};

const ROLLOUT = {
  variations: 'Parts: a variation and its weight in 1/100000.',
  bucketBy: 'The attribute that divides users; key when left out.',
  contextKind: 'The kind of context that is divided.',
  kind: 'rollout, or experiment.',
  seed: 'A number that takes the salt’s place.',
};

const OPERATORS = {
  in: 'is one of the values',
  endsWith: 'ends with',
  startsWith: 'starts with',
  matches: 'matches a regular expression',
  contains: 'contains',
  lessThan: 'is less than',
  lessThanOrEqual: 'is at most',
  greaterThan: 'is greater than',
  greaterThanOrEqual: 'is at least',
  before: 'is a date before',
  after: 'is a date after',
  segmentMatch: 'is in a segment',
  semVerEqual: 'is the version',
  semVerLessThan: 'is a version before',
  semVerGreaterThan: 'is a version after',
};

const description: FlagLanguage = {
  flags: [{ at: 'flags/{}' }, { at: 'flagValues/{}' }],
  names: [
    { at: '@/key', part: 'value', role: 'flag-mention' },
    { at: '@/variations/[]', part: 'value', role: 'variation', by: 'position' },
    ...['@/offVariation', '@/fallthrough/variation', '@/rules/[]/variation', '@/targets/[]/variation'].map(at => ({
      at,
      part: 'value' as const,
      role: 'variation-reference' as const,
      by: 'position' as const,
    })),
    ...['@/contextTargets/[]', '@/fallthrough/rollout/variations/[]', '@/rules/[]/rollout/variations/[]'].map(at => ({
      at: `${at}/variation`,
      part: 'value' as const,
      role: 'variation-reference' as const,
      by: 'position' as const,
    })),
    { at: '@/prerequisites/[]/key', part: 'value', role: 'prerequisite' },
    { at: '@/prerequisites/[]/variation', part: 'value', role: 'variation-reference', by: 'position', of: 'key' },
    { at: 'segments/{}', part: 'key', role: 'segment' },
  ],
  fields: [
    {
      at: '',
      fields: {
        flags: 'Flags with their rules, by key.',
        flagValues: 'Flags that serve one value to everyone, by key.',
        segments: 'Segments, by key.',
      },
    },
    {
      at: '@',
      fields: {
        key: 'The flag’s key once more.',
        on: 'Whether the rules decide; else the off variation is served.',
        variations: 'The values the flag can have; they are named by their position, from 0.',
        offVariation: 'The variation served while the flag is off; the code’s fallback when left out.',
        fallthrough: 'What everyone gets whom no rule concerns.',
        targets: 'Users named one by one.',
        contextTargets: 'Contexts of other kinds named one by one.',
        rules: 'Targeting rules; the first that applies decides.',
        prerequisites: 'Flags that must serve a certain variation first.',
        salt: 'Text that makes this flag divide users in its own way.',
        trackEvents: 'Whether each evaluation is sent.',
        version: 'A number that grows with every change.',
      },
    },
    { at: '@/fallthrough', fields: SERVE },
    {
      at: '@/rules/[]',
      fields: {
        clauses: 'All of them must hold.',
        ...SERVE,
        id: 'A name for the rule.',
        trackEvents: 'Whether each match is sent.',
      },
    },
    ...['@/rules/[]/clauses/[]', 'segments/*/rules/[]/clauses/[]'].map(at => ({ at, fields: CLAUSE })),
    ...['@/fallthrough/rollout', '@/rules/[]/rollout'].map(at => ({ at, fields: ROLLOUT })),
    ...['@/fallthrough/rollout/variations/[]', '@/rules/[]/rollout/variations/[]'].map(at => ({
      at,
      fields: { variation: 'Which variation, counted from 0.', weight: 'Its part in 1/100000: 25000 is 25%.' },
    })),
    { at: '@/targets/[]', fields: { variation: 'Which variation, counted from 0.', values: 'Keys of users.' } },
    {
      at: '@/contextTargets/[]',
      fields: {
        contextKind: 'The kind of context.',
        variation: 'Which variation, counted from 0.',
        values: 'Keys of contexts.',
      },
    },
    {
      at: '@/prerequisites/[]',
      fields: { key: 'The flag that is needed.', variation: 'The variation it must serve, counted from 0.' },
    },
    {
      at: 'segments/{}',
      fields: {
        included: 'Keys that belong to it.',
        excluded: 'Keys that do not, whatever the rules say.',
        rules: 'Rules for all others.',
      },
    },
  ],
  values: [
    ...['@/rules/[]/clauses/[]/op', 'segments/*/rules/[]/clauses/[]/op'].map(at => ({ at, values: OPERATORS })),
    { at: '@/on', values: { true: 'the rules decide', false: 'the off variation is served' }, bare: true },
  ],
  // A prerequisite that is off counts as failed, as one that is not there does.
  newFlag: { on: false, variations: [true, false], offVariation: 1, fallthrough: { variation: 1 } },
  key: { pattern: '[A-Za-z0-9][A-Za-z0-9._-]*', words: 'letters, digits, ".", "_" and "-"' },
};

export const launchdarklyLanguage: FormatLanguage = { system: 'launchdarkly', description, readRules };

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const entries = yamlValue(document, 'flags');
  if (entries?.kind !== 'map') return { chains: [], names: [] };
  const chains = entries.entries.flatMap(({ key, value: tree }) => {
    const flag = flags.get(key);
    if (flag === undefined || tree.kind !== 'map') return [];
    const rules = [...targetsOf(tree, flag), ...yamlItems(yamlValue(tree, 'rules')).map(rule => ruleOf(rule, flag))];
    const fallthrough = tree.entries.findLast(entry => entry.key === 'fallthrough');
    if (fallthrough !== undefined) {
      rules.push({
        label: rules.length === 0 ? 'Everyone' : 'Everyone else',
        span: { start: fallthrough.keySpan.start, end: Math.max(fallthrough.keySpan.end, fallthrough.value.span.end) },
        condition: EVERYONE,
        outcome: serveOf(fallthrough.value, flag),
        tests: ALWAYS,
      });
    }
    return [{ flag: key, environment: null, rules }];
  });
  return { chains, names: [] };
}

function targetsOf(tree: Tree, flag: Flag): ReadRule[] {
  return ['targets', 'contextTargets'].flatMap(field =>
    yamlItems(yamlValue(tree, field)).map((target): ReadRule => {
      const kind = yamlText(yamlValue(target, 'contextKind')) ?? 'user';
      const keys = yamlItems(yamlValue(target, 'values')).flatMap(value => yamlText(value) ?? []);
      return {
        label: 'Target',
        span: target.span,
        condition:
          keys.length === 0 ? { reach: 'nobody', words: '' } : listedCondition(keys.length, attributeWords(kind)),
        outcome: serveOf(target, flag),
        tests: keys.length === 0 ? null : { tests: [anyOf(`${kind} key in`, keys)], complete: true },
      };
    }),
  );
}

function ruleOf(tree: Tree, flag: Flag): ReadRule {
  const clauses = yamlItems(yamlValue(tree, 'clauses')).flatMap(clause => {
    const parsed = clauseSchema.safeParse(plainValue(clause));
    return parsed.success ? [parsed.data] : [];
  });
  const isWhole = clauses.length === yamlItems(yamlValue(tree, 'clauses')).length;
  const tests = clauses.map(testsOf);
  return {
    label: 'Rule',
    span: tree.span,
    condition: clausesCondition(clauses),
    outcome: serveOf(tree, flag),
    tests: { tests: tests.flatMap(each => each.tests), complete: isWhole && tests.every(each => each.complete) },
  };
}

/** A clause holds for any of its values; an unknown operator holds for nobody, so nothing follows from it. */
function testsOf(clause: Clause): RuleTests {
  if (!Object.hasOwn(OPERATORS, clause.op)) return UNPROVABLE;
  const values = clause.values.map(value => JSON.stringify(value));
  const attribute = clause.op === 'segmentMatch' ? '' : clause.attribute;
  const subject = `${clause.contextKind ?? 'user'} ${attribute} ${clause.op}`;
  if (clause.negate)
    return { tests: [{ subject: `not ${subject} ${values.toSorted().join()}`, anyOf: null }], complete: true };
  return { tests: [{ subject, anyOf: new Set(values) }], complete: true };
}

function anyOf(subject: string, values: readonly string[]): RuleTest {
  return { subject, anyOf: new Set(values.map(value => JSON.stringify(value))) };
}

function serveOf(tree: Tree, flag: Flag): Outcome {
  const variation = yamlValue(tree, 'variation');
  if (variation !== null && variation.kind === 'scalar' && variation.value !== null)
    return variationOf(variation, flag);
  const parts = yamlItems(yamlValue(yamlValue(tree, 'rollout'), 'variations'));
  if (parts.length === 0) return { kind: 'fallback' };
  return {
    kind: 'split',
    by: attributeWords(yamlText(yamlValue(yamlValue(tree, 'rollout'), 'bucketBy')) ?? 'user'),
    parts: parts.map(part => ({
      outcome: variationOf(yamlValue(part, 'variation'), flag),
      weight: Number(yamlText(yamlValue(part, 'weight')) ?? 0) || 0,
    })),
  };
}

function variationOf(tree: Tree | null, flag: Flag): Outcome {
  const known = flag.variations[Number(yamlText(tree) ?? 'none')];
  return known === undefined ? { kind: 'fallback' } : { kind: 'variation', name: known.name };
}
