/**
 * Unleash's export and bootstrap files as a language, after its OpenAPI description. A flag is on for whom any of its
 * strategies is; they are asked in order, and one that gives the flag to everyone leaves the later ones without effect.
 */
import type { FlagLanguage } from '../../../core/flags/files/flagLanguage.ts';
import type { RuleTest, RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import { plainValue, type Tree } from '../trees.ts';
import { type Strategy, strategyRule, writtenStrategySchema } from '../unleashStrategies.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleChain,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

/** Where strategies may stand. */
const STRATEGIES = ['@/strategies/[]', '@/environments/[]/strategies/[]', 'featureStrategies/[]'];
const CONSTRAINTS = [...STRATEGIES, 'segments/[]'].map(at => `${at}/constraints/[]`);

const TYPES = {
  release: 'gone when everyone has it',
  experiment: 'gone when it is decided',
  operational: 'short-lived, by operations',
  'kill-switch': 'permanent',
  permission: 'permanent',
};

const STRATEGY_NAMES = {
  default: 'everyone',
  flexibleRollout: 'a part of the users',
  userWithId: 'users named one by one',
  remoteAddress: 'addresses named one by one',
  applicationHostname: 'hosts named one by one',
  gradualRolloutUserId: 'a part of the users, by user id',
  gradualRolloutSessionId: 'a part of the users, by session id',
  gradualRolloutRandom: 'a part of the requests, by chance',
};

const OPERATORS = {
  IN: 'is one of the values',
  NOT_IN: 'is none of the values',
  STR_CONTAINS: 'contains any of the values',
  STR_STARTS_WITH: 'starts with any of the values',
  STR_ENDS_WITH: 'ends with any of the values',
  NUM_EQ: 'equals',
  NUM_GT: 'is greater than',
  NUM_GTE: 'is at least',
  NUM_LT: 'is less than',
  NUM_LTE: 'is at most',
  DATE_AFTER: 'is after',
  DATE_BEFORE: 'is before',
  SEMVER_EQ: 'is the version',
  SEMVER_GT: 'is a version after',
  SEMVER_LT: 'is a version before',
};

const description: FlagLanguage = {
  flags: [{ at: 'features/[]', key: 'name' }],
  names: [
    { at: '@/dependencies/[]/feature', part: 'value', role: 'prerequisite' },
    { at: 'dependencies/[]/dependencies/[]/feature', part: 'value', role: 'prerequisite' },
    ...['dependencies/[]/feature', 'featureStrategies/[]/featureName', 'featureTags/[]/featureName'].map(at => ({
      at,
      part: 'value' as const,
      role: 'flag-mention' as const,
    })),
    ...['featureEnvironments/[]/featureName', 'featureEnvironments/[]/name'].map(at => ({
      at,
      part: 'value' as const,
      role: 'flag-mention' as const,
    })),
    ...['@/variants/[]', '@/environments/[]/variants/[]', '@/strategies/[]/variants/[]'].map(at => ({
      at: `${at}/name`,
      part: 'value' as const,
      role: 'variation' as const,
    })),
    { at: '@/environments/[]/name', part: 'value', role: 'environment' },
    { at: 'segments/[]/id', part: 'value', role: 'segment', label: 'name' },
    ...STRATEGIES.map(at => ({ at: `${at}/segments/[]`, part: 'value' as const, role: 'segment-reference' as const })),
  ],
  fields: [
    {
      at: '',
      fields: {
        version: 'The version of the format.',
        features: 'The flags.',
        segments: 'Constraints that strategies share, by id.',
        featureStrategies: 'Strategies of the flags, by feature and environment.',
        featureEnvironments: 'Whether each flag is enabled in each environment.',
        featureTags: 'Tags of the flags.',
        dependencies: 'Which flags need which others.',
      },
    },
    {
      at: '@',
      fields: {
        name: 'The key.',
        type: 'What the flag is for; it decides how long it should live.',
        description: 'What it does, for people.',
        enabled: 'Whether the strategies decide; else it is off.',
        strategies: 'The flag is on for whom any of these is.',
        variants: 'The variants it serves to whom it is on for.',
        environments: 'Strategies and variants for each environment.',
        dependencies: 'Flags that must be on (or off) first.',
        project: 'The project it belongs to.',
        stale: 'Whether Unleash calls it stale.',
        archived: 'Whether it is archived.',
        createdAt: 'When it was created.',
        impressionData: 'Whether each evaluation is told.',
        tags: 'Words to find it by.',
      },
    },
    ...STRATEGIES.map(at => ({
      at,
      fields: {
        name: 'Which strategy.',
        ...(at.startsWith('feature')
          ? { featureName: 'The flag it belongs to.', environment: 'The environment it belongs to.' }
          : {}),
        title: 'A name for people.',
        disabled: 'Whether it is left out.',
        parameters: 'What the strategy needs, such as its percentage.',
        constraints: 'All of them must hold.',
        segments: 'Ids of segments; all of them must hold.',
        variants: 'The variants served by this strategy.',
        sortOrder: 'Its place among the strategies.',
      },
    })),
    ...STRATEGIES.map(at => ({
      at: `${at}/parameters`,
      fields: {
        rollout: 'flexibleRollout: 0 to 100, as a text.',
        stickiness: 'flexibleRollout: what divides users.',
        groupId: 'Flags of one group give the same users the same.',
        percentage: 'gradualRollout…: 0 to 100, as a text.',
        userIds: 'userWithId: ids, separated by commas.',
        IPs: 'remoteAddress: addresses, separated by commas.',
        hostNames: 'applicationHostname: hosts, separated by commas.',
      },
    })),
    ...CONSTRAINTS.map(at => ({
      at,
      fields: {
        contextName: 'The field of the context that is compared.',
        operator: 'How it is compared.',
        values: 'The constraint holds for any of these.',
        value: 'What it is compared with, for operators of one value.',
        inverted: 'Turns the constraint round.',
        caseInsensitive: 'Whether capital letters count as small ones.',
      },
    })),
    {
      at: '@/dependencies/[]',
      fields: { feature: 'The flag that is needed.', enabled: 'Whether it must be on or off.' },
    },
    {
      at: '@/environments/[]',
      fields: {
        name: 'The environment.',
        enabled: 'Whether the strategies decide.',
        strategies: 'Its strategies.',
        variants: 'Its variants.',
      },
    },
  ],
  values: [
    { at: '@/type', values: TYPES },
    ...['@/enabled', '@/environments/[]/enabled', 'featureEnvironments/[]/enabled'].map(at => ({
      at,
      values: { true: 'the strategies decide', false: 'off for everyone' },
      bare: true as const,
    })),
    ...STRATEGIES.map(at => ({ at: `${at}/name`, values: STRATEGY_NAMES })),
    ...STRATEGIES.map(at => ({
      at: `${at}/parameters/stickiness`,
      values: {
        default: 'user id, else session id, else chance',
        userId: 'user id',
        sessionId: 'session id',
        random: 'chance',
      },
    })),
    ...CONSTRAINTS.map(at => ({ at: `${at}/operator`, values: OPERATORS })),
  ],
  key: { pattern: '[A-Za-z0-9_.~-]{1,100}', words: 'letters, digits, "-", "_", "." and "~"' },
  shares: [
    ...['@/variants', ...STRATEGIES.map(at => `${at}/variants`)].map(at => ({
      at,
      part: 'weight',
      whole: 1000,
      sum: 'exactly' as const,
      otherwise: 'they count as parts of their sum',
      severity: 'note' as const,
    })),
    ...STRATEGIES.map(at => ({ at: `${at}/parameters/rollout`, whole: 100, sum: 'each' as const })),
  ],
};

export const unleashLanguage: FormatLanguage = { system: 'unleash', description, readRules };

function readRules(document: Tree): RuleReading {
  const segments = new Map(
    yamlItems(yamlValue(document, 'segments')).map(segment => [
      Number(yamlText(yamlValue(segment, 'id'))),
      yamlText(yamlValue(segment, 'name')) ?? '',
    ]),
  );
  const chains: RuleChain[] = [];
  const add = (flag: string, environment: string | null, trees: readonly Tree[]) => {
    if (trees.length > 0) chains.push({ flag, environment, rules: trees.map(tree => ruleOf(tree, segments)) });
  };
  for (const feature of yamlItems(yamlValue(document, 'features'))) {
    const flag = yamlText(yamlValue(feature, 'name'));
    if (flag === null) continue;
    add(flag, null, yamlItems(yamlValue(feature, 'strategies')));
    for (const environment of yamlItems(yamlValue(feature, 'environments'))) {
      add(flag, yamlText(yamlValue(environment, 'name')), yamlItems(yamlValue(environment, 'strategies')));
    }
  }
  const shared = new Map<string, { flag: string; environment: string | null; trees: Tree[] }>();
  for (const strategy of yamlItems(yamlValue(document, 'featureStrategies'))) {
    const flag = yamlText(yamlValue(strategy, 'featureName'));
    if (flag === null) continue;
    const environment = yamlText(yamlValue(strategy, 'environment'));
    const known = shared.get(`${flag}\0${environment}`) ?? { flag, environment, trees: [] };
    known.trees.push(strategy);
    shared.set(`${flag}\0${environment}`, known);
  }
  for (const { flag, environment, trees } of shared.values()) add(flag, environment, inOrder(trees));
  return { chains, names: [] };
}

/** By `sortOrder`, as Unleash asks them; those without one stay where they stand. */
function inOrder(trees: readonly Tree[]): readonly Tree[] {
  const order = (tree: Tree) => Number(yamlText(yamlValue(tree, 'sortOrder')) ?? 0) || 0;
  return trees.toSorted((a, b) => order(a) - order(b));
}

function ruleOf(tree: Tree, segments: ReadonlyMap<number, string>): ReadRule {
  const parsed = writtenStrategySchema.safeParse(plainValue(tree));
  if (!parsed.success) {
    const custom = { kind: 'custom', words: 'what this strategy says' } as const;
    return {
      label: 'Strategy',
      span: tree.span,
      condition: { reach: 'everyone', words: '' },
      outcome: custom,
      tests: null,
    };
  }
  const { condition, outcome, whole } = strategyRule(parsed.data, segments);
  const isOff = parsed.data.disabled === true;
  return {
    label: 'Strategy',
    span: tree.span,
    condition: isOff ? { reach: 'nobody', words: '' } : condition,
    outcome,
    tests: isOff || condition.reach === 'nobody' ? null : testsOf(parsed.data, whole),
  };
}

/** @param whole whether everyone whom the conditions let through gets the flag. */
function testsOf(strategy: Strategy, whole: boolean): RuleTests {
  const inSegments = (strategy.segments ?? []).map((id): RuleTest => ({ subject: `segment ${id}`, anyOf: null }));
  const constraints = (strategy.constraints ?? []).map((constraint): RuleTest => {
    const { contextName, operator, values, inverted } = constraint;
    const isAny = ['IN', 'STR_CONTAINS', 'STR_STARTS_WITH', 'STR_ENDS_WITH'].includes(operator) && inverted !== true;
    const isPlain = isAny && !('caseInsensitive' in constraint && constraint.caseInsensitive === true);
    if (isPlain && values?.length) return { subject: `${contextName} ${operator}`, anyOf: new Set(values) };
    return { subject: JSON.stringify(constraint), anyOf: null };
  });
  const tests = [...inSegments, ...constraints];
  if (!LISTS_NOBODY.has(strategy.name)) return { tests, complete: false };
  if (whole && tests.length === 0) return ALWAYS;
  return tests.length === 0 ? UNPROVABLE : { tests, complete: whole };
}

/** Strategies that concern everyone whom their constraints let through. */
const LISTS_NOBODY: ReadonlySet<string> = new Set(['default', 'flexibleRollout']);
