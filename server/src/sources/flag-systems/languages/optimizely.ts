/**
 * Optimizely's datafile as a language, after its SDKs' decision service: the experiments of a flag that are running, then the rules
 * of its rollout. Whom the audience of a rollout's rule fits goes to no other but the last. Audiences are the segments.
 */
import type { FlagLanguage, FlagPlace } from '../../../core/flags/files/flagLanguage.ts';
import type { Outcome, SplitPart } from '../../../core/flags/rollout/rollout.ts';
import type { RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { JsonValue } from '../../../core/model.ts';
import { OFF, ON } from '../decoder.ts';
import { audienceCondition, audienceNames } from '../optimizelyAudiences.ts';
import { plainValue, type Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

/** Where experiments, and rules of rollouts, stand. */
const EXPERIMENTS = ['experiments/[]', 'rollouts/[]/experiments/[]', 'groups/[]/experiments/[]'];

const description: FlagLanguage = {
  flags: [{ at: 'featureFlags/[]', key: 'key' }],
  names: [
    ...['audiences/[]/id', 'typedAudiences/[]/id'].map(at => ({
      at,
      part: 'value' as const,
      role: 'segment' as const,
      label: 'name',
    })),
    ...EXPERIMENTS.flatMap(at => [
      { at: `${at}/variations/[]/id`, part: 'value' as const, role: 'variation' as const, label: 'key' },
      { at: `${at}/trafficAllocation/[]/entityId`, part: 'value' as const, role: 'variation-reference' as const },
    ]),
    ...EXPERIMENTS.map(at => ({
      at: `${at}/audienceIds/[]`,
      part: 'value' as const,
      role: 'segment-reference' as const,
    })),
  ],
  fields: [
    {
      at: '',
      fields: {
        version: 'The version of the format.',
        projectId: 'The project.',
        environmentKey: 'The environment.',
        featureFlags: 'The flags.',
        rollouts: 'Rules of delivery, by id.',
        experiments: 'Experiments of flags, by id.',
        groups: 'Experiments that exclude each other.',
        typedAudiences: 'Audiences by id.',
        audiences: 'Audiences of older clients, by id.',
        attributes: 'Attributes that audiences ask for.',
        events: 'What is counted.',
      },
    },
    {
      at: '@',
      fields: {
        key: 'The key.',
        experimentIds: 'Experiments, asked first.',
        rolloutId: 'The rollout that is asked next.',
        variables: 'Values that code may ask for.',
      },
    },
    ...EXPERIMENTS.map(at => ({
      at,
      fields: {
        id: 'What flags name it by.',
        key: 'What it is called.',
        status: 'Only what is running counts.',
        audienceIds: 'Any of these audiences; everyone when empty.',
        audienceConditions: 'A tree of and, or and not over audiences.',
        variations: 'What users may get.',
        trafficAllocation: 'Who gets which variation.',
        forcedVariations: 'Users who get a variation by name.',
        layerId: 'What it belongs to.',
      },
    })),
    ...EXPERIMENTS.map(at => ({
      at: `${at}/variations/[]`,
      fields: {
        id: 'What shares name it by.',
        key: 'What code sees.',
        featureEnabled: 'Whether the flag is on with it.',
        variables: 'Values that differ.',
      },
    })),
    ...EXPERIMENTS.map(at => ({
      at: `${at}/trafficAllocation/[]`,
      fields: { entityId: 'The variation.', endOfRange: 'Where its share ends, in ten-thousandths.' },
    })),
  ],
  values: [
    ...EXPERIMENTS.map(at => ({
      at: `${at}/status`,
      values: {
        Running: 'it counts',
        'Not started': 'it does not yet',
        Paused: 'it does not now',
        Launched: 'it does not any more',
        Archived: 'it is over',
      },
    })),
    ...EXPERIMENTS.map(at => ({
      at: `${at}/variations/[]/featureEnabled`,
      values: { true: 'on', false: 'off' },
      bare: true as const,
    })),
    {
      at: 'typedAudiences/[]/conditions/**/match',
      values: {
        exact: 'is',
        exists: 'is there',
        substring: 'contains',
        gt: 'is greater',
        ge: 'is at least',
        lt: 'is less',
        le: 'is at most',
        semver_eq: 'is the version',
        semver_gt: 'is a version after',
        semver_lt: 'is a version before',
        qualified: 'is in a segment of the data platform',
      },
    },
  ],
  shares: [
    ...[...EXPERIMENTS, 'groups/[]'].map(at => ({
      at: `${at}/trafficAllocation`,
      part: 'endOfRange',
      whole: 10_000,
      sum: 'each' as const,
    })),
  ],
};

export const optimizelyLanguage: FormatLanguage = { system: 'optimizely', description, readRules };

interface Datafile {
  readonly experiments: ReadonlyMap<string, { readonly tree: Tree; readonly isExclusive: boolean }>;
  readonly rollouts: ReadonlyMap<string, readonly Tree[]>;
  readonly audiences: ReadonlyMap<string, string>;
}

function readRules(document: Tree, { flags }: RuleContext): RuleReading {
  const file = readDatafile(document);
  const chains = yamlItems(yamlValue(document, 'featureFlags')).flatMap(tree => {
    const flag = yamlText(yamlValue(tree, 'key'));
    if (flag === null || !flags.has(flag)) return [];
    const experiments = yamlItems(yamlValue(tree, 'experimentIds')).flatMap(id => {
      const found = file.experiments.get(yamlText(id) ?? '');
      return found === undefined ? [] : [experimentRule(found.tree, found.isExclusive, file)];
    });
    const rules = file.rollouts.get(yamlText(yamlValue(tree, 'rolloutId')) ?? '') ?? [];
    const before = experiments.length + rules.length - 1;
    const rollout = rules.map((rule, at) => rolloutRule(rule, at === rules.length - 1, before, file));
    return [{ flag, environment: null, rules: [...experiments, ...rollout] }];
  });
  const conditions = [...file.experiments.values()].map(({ tree }) => tree).concat(...file.rollouts.values());
  return { chains, names: conditions.flatMap(tree => audiencePlaces(yamlValue(tree, 'audienceConditions'))) };
}

function readDatafile(document: Tree): Datafile {
  const byId = (trees: readonly Tree[]) => trees.map(tree => [yamlText(yamlValue(tree, 'id')) ?? '', tree] as const);
  const experiments = byId(yamlItems(yamlValue(document, 'experiments')));
  const exclusive = yamlItems(yamlValue(document, 'groups')).flatMap(group => {
    return byId(yamlItems(yamlValue(group, 'experiments')));
  });
  return {
    experiments: new Map<string, { readonly tree: Tree; readonly isExclusive: boolean }>([
      ...experiments.map(([id, tree]) => [id, { tree, isExclusive: false }] as const),
      ...exclusive.map(([id, tree]) => [id, { tree, isExclusive: true }] as const),
    ]),
    rollouts: new Map(
      byId(yamlItems(yamlValue(document, 'rollouts'))).map(([id, tree]) => [
        id,
        yamlItems(yamlValue(tree, 'experiments')),
      ]),
    ),
    audiences: audienceNames([yamlValue(document, 'audiences'), yamlValue(document, 'typedAudiences')]),
  };
}

/** Whom an experiment leaves out is asked about what comes next. */
function experimentRule(tree: Tree, isExclusive: boolean, file: Datafile): ReadRule {
  const isRunning = yamlText(yamlValue(tree, 'status')) === 'Running';
  const { audience, condition } = audienceOf(tree, file);
  const { parts, left } = sharesOf(tree);
  const forced = yamlValue(tree, 'forcedVariations');
  const isPlain = forced?.kind !== 'map' || forced.entries.length === 0;
  const takesAll = left <= 0 && !isExclusive;
  return {
    label: 'Experiment',
    span: tree.span,
    condition: isRunning ? condition : { reach: 'nobody', words: '' },
    outcome: { kind: 'split', by: 'user id', parts: withRest(parts, left, NEXT) },
    // Users who are named one by one come before any audience.
    tests: isRunning && isPlain ? { ...testsOf(audience), ...(takesAll ? {} : { complete: false }) } : null,
  };
}

function rolloutRule(tree: Tree, isLast: boolean, before: number, file: Datafile): ReadRule {
  const { audience, condition } = audienceOf(tree, file);
  const { parts, left } = sharesOf(tree);
  const rest: Outcome = isLast ? OFF : { kind: 'custom', words: 'what everyone else gets' };
  const everyone = before === 0 ? 'Everyone' : 'Everyone else';
  return {
    // It is asked by whoever is left, whatever the rules before it say; an audience of its own counts all the same.
    label: !isLast ? 'Rule' : condition.reach === 'everyone' ? everyone : 'Last rule',
    span: tree.span,
    condition,
    outcome: { kind: 'split', by: 'user id', parts: withRest(parts, left, rest) },
    tests: testsOf(audience),
  };
}

const NEXT: Outcome = { kind: 'custom', words: 'what comes next' };

function withRest(parts: readonly SplitPart[], left: number, rest: Outcome): readonly SplitPart[] {
  return left > 0 ? [...parts, { outcome: rest, weight: left }] : parts;
}

function audienceOf(tree: Tree, file: Datafile) {
  const conditions = yamlValue(tree, 'audienceConditions');
  const written =
    conditions === null || (conditions.kind === 'scalar' && conditions.value === null) ? null : conditions;
  const ids = written ?? yamlValue(tree, 'audienceIds');
  const audience: JsonValue = ids === null ? [] : plainValue(ids);
  return { audience, ...audienceCondition(audience ?? [], file.audiences) };
}

/** A list of audiences is for whoever is in any of them; a tree of them is compared as it is written. */
function testsOf(audience: JsonValue): RuleTests {
  const list = Array.isArray(audience) ? (audience as readonly JsonValue[]) : audience === null ? [] : [audience];
  if (list.length === 0) return ALWAYS;
  const ids = list[0] === 'or' ? list.slice(1) : list;
  const isPlain = ids.length > 0 && ids.every(id => typeof id === 'string' && id !== 'and' && id !== 'not');
  if (isPlain) return { tests: [{ subject: 'audience', anyOf: new Set(ids as readonly string[]) }], complete: true };
  return ids.length === 0
    ? UNPROVABLE
    : { tests: [{ subject: JSON.stringify(audience), anyOf: null }], complete: true };
}

/** Shares in ten-thousandths; where one ends, the next begins. */
function sharesOf(tree: Tree): { readonly parts: readonly SplitPart[]; readonly left: number } {
  const variations = new Map(
    yamlItems(yamlValue(tree, 'variations')).map(variation => {
      const isOn = yamlText(yamlValue(variation, 'featureEnabled')) === 'true';
      const key = yamlText(yamlValue(variation, 'key')) ?? '';
      return [yamlText(yamlValue(variation, 'id')) ?? '', variationOutcome(key, isOn)] as const;
    }),
  );
  let from = 0;
  let left = WHOLE;
  const parts: SplitPart[] = [];
  for (const range of yamlItems(yamlValue(tree, 'trafficAllocation'))) {
    const end = Number(yamlText(yamlValue(range, 'endOfRange')) ?? 0) || 0;
    const to = Math.max(from, Math.min(WHOLE, end));
    const outcome = variations.get(yamlText(yamlValue(range, 'entityId')) ?? '');
    if (outcome !== undefined && to > from) {
      parts.push({ outcome, weight: to - from });
      left -= to - from;
    }
    from = to;
  }
  return { parts, left };
}

const WHOLE = 10_000;

function variationOutcome(key: string, isOn: boolean): Outcome {
  // Variations of rollouts have numbers for names, or say no more than this.
  if (/^\d+$/.test(key) || key.toLowerCase() === (isOn ? 'on' : 'off')) return isOn ? ON : OFF;
  return { kind: 'custom', words: `${isOn ? 'on' : 'off'} (variation ${key})` };
}

/** Ids in a tree of `and`, `or` and `not`, which no path tells from these words. */
function audiencePlaces(tree: Tree | null): readonly FlagPlace[] {
  if (tree?.kind === 'list') return tree.items.flatMap(audiencePlaces);
  const id = yamlText(tree);
  if (tree === null || id === null || id === 'and' || id === 'or' || id === 'not') return [];
  return [{ role: 'segment-reference', id, name: id, span: tree.span, whole: tree.span, flag: null }];
}
