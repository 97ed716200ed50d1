/**
 * flagd's flag definitions as a language, after the published schemas (open-feature/flagd-schemas, `json/flags.json` and
 * `json/targeting.json`). Rules are the conditions of the outermost `if`, with those of its last branch counted on.
 */
import type { FlagLanguage, FlagPlace } from '../../../core/flags/files/flagLanguage.ts';
import { logicCondition, operation, variableName } from '../../../core/flags/rollout/jsonLogicWords.ts';
import type { RuleTest, RuleTests } from '../../../core/flags/rollout/ruleOrder.ts';
import { EVERYONE } from '../../../core/flags/rollout/targetingWords.ts';
import { yamlItems, yamlText, yamlValue } from '../../../core/markdown/yamlTree.ts';
import type { JsonValue } from '../../../core/model.ts';
import { definitionsOf } from '../flagd.ts';
import { type TargetingContext, targetingOutcome, withoutReferences } from '../flagdTargeting.ts';
import { plainValue, type Tree } from '../trees.ts';
import {
  ALWAYS,
  type FormatLanguage,
  type ReadRule,
  type RuleContext,
  type RuleReading,
  UNPROVABLE,
} from './formatLanguage.ts';

import { METADATA_FIELDS, TYPE_VALUES } from './metadataFields.ts';

const description: FlagLanguage = {
  flags: [
    { at: 'flags/{}' },
    { at: 'flags/[]', key: 'key' },
    { at: 'spec/flagSpec/flags/{}' },
    { at: 'spec/featureFlagSpec/flags/{}' },
  ],
  names: [
    { at: '@/variants/{}', part: 'key', role: 'variation' },
    { at: '@/defaultVariant', part: 'value', role: 'variation-reference' },
    ...['', 'spec/flagSpec/', 'spec/featureFlagSpec/'].flatMap(at => [
      { at: `${at}$evaluators/{}`, part: 'key' as const, role: 'segment' as const },
      { at: `${at}$evaluators/**/$ref`, part: 'value' as const, role: 'segment-reference' as const },
    ]),
  ],
  fields: [
    {
      at: '',
      fields: {
        flags: 'The flags, by key or as an array.',
        $evaluators: 'Rules that flags share: {"$ref": "name"} stands for one of them.',
        metadata: 'What is true of every flag of this set.',
        $schema: "Where flagd's schema is published.",
      },
    },
    {
      at: '@',
      fields: {
        state: 'ENABLED, or DISABLED: then the code gets its fallback.',
        variants: 'The values the flag can have, by name, all of one type.',
        defaultVariant: "The variant when no rule gives one; null leaves it to the code's fallback.",
        targeting: 'Who gets which variant, as JsonLogic.',
        metadata: 'What is known of the flag: owner, type, expiry, description.',
      },
    },
    METADATA_FIELDS,
    ...['@/targeting/**', '$evaluators/*/**'].map(at => ({
      at,
      kind: 'operator' as const,
      fields: {
        if: 'Condition, outcome, condition, outcome, …, otherwise.',
        fractional: 'Divides users: [variant, weight] pairs, after an optional value to divide by.',
        var: 'An attribute of the evaluation context.',
        '==': 'Equal, after conversion.',
        '===': 'Equal and of one type.',
        '!=': 'Not equal, after conversion.',
        '!==': 'Not equal, or of different types.',
        '>': 'Greater.',
        '>=': 'Greater or equal.',
        '<': 'Less; with three operands, between.',
        '<=': 'Less or equal; with three operands, between.',
        and: 'All of them.',
        or: 'Any of them.',
        '!': 'Not.',
        '!!': 'Whether it is set.',
        in: 'A member of an array, or a part of a text.',
        starts_with: 'Whether a text starts like this.',
        ends_with: 'Whether a text ends like this.',
        sem_ver: 'Compares versions: [version, operator, version].',
        $ref: 'A rule of $evaluators.',
        cat: 'Texts put together.',
        missing: 'Which of these attributes are not set.',
        missing_some: 'Which attributes are not set, when fewer are than needed.',
        some: 'Whether any item passes.',
        all: 'Whether every item passes.',
        none: 'Whether no item passes.',
        substr: 'A part of a text.',
        '+': 'Sum.',
        '-': 'Difference.',
        '*': 'Product.',
        '/': 'Quotient.',
        '%': 'Remainder.',
        min: 'The least.',
        max: 'The greatest.',
      },
    })),
  ],
  values: [
    { at: '@/state', values: { ENABLED: 'The rules decide.', DISABLED: "The code's fallback is served." } },
    TYPE_VALUES,
    {
      at: '@/targeting/**/var',
      values: {
        targetingKey: 'who asks',
        '$flagd.flagKey': "the flag's own key",
        '$flagd.timestamp': 'seconds since 1970',
      },
    },
  ],
  offers: [{ at: '@/targeting/**/$ref', part: 'value', role: 'segment-reference' }],
  outcomes: [{ at: '@/targeting/**' }],
};

export const flagdLanguage: FormatLanguage = { system: 'flagd', description, readRules };

function readRules(whole: Tree, context: RuleContext): RuleReading {
  const document = definitionsOf(whole);
  const evaluatorsTree = yamlValue(document, '$evaluators');
  const evaluators = (evaluatorsTree?.kind === 'map' ? plainValue(evaluatorsTree) : {}) as Record<string, JsonValue>;
  const flags = yamlValue(document, 'flags');
  const entries =
    flags?.kind === 'map'
      ? flags.entries.map(({ key, value }) => ({ key, tree: value }))
      : yamlItems(flags).map(item => ({ key: yamlText(yamlValue(item, 'key')) ?? '', tree: item }));
  const names: FlagPlace[] = [];
  const chains = entries.flatMap(({ key, tree }) => {
    const targeting = yamlValue(tree, 'targeting');
    if (targeting?.kind !== 'map' || targeting.entries.length === 0) return [];
    if (evaluatorsTree !== null) nameReferences(targeting, key, names, 0);
    const reading = { names, flag: key, evaluators, context, rules: [] as ReadRule[] };
    readDecision(targeting, reading, yamlText(yamlValue(tree, 'defaultVariant')), 0);
    return [{ flag: key, environment: null, rules: reading.rules }];
  });
  return { chains, names };
}

interface Reading {
  readonly names: FlagPlace[];
  readonly flag: string;
  readonly evaluators: Readonly<Record<string, JsonValue>>;
  readonly context: RuleContext;
  readonly rules: ReadRule[];
}

const DEEPEST = 40;

/** One rule a branch of `if`; what stands in its last place goes on in the same way. */
function readDecision(tree: Tree, reading: Reading, defaultVariant: string | null, depth: number): void {
  const branches = decisionOf(tree);
  if (branches === null || depth > DEEPEST) {
    const label = reading.rules.length === 0 ? 'Everyone' : 'Everyone else';
    nameVariants(tree, reading, 0);
    const outcome = targetingOutcome(logicOf(tree, reading), outcomeContext(reading, defaultVariant));
    reading.rules.push({ label, span: tree.span, condition: EVERYONE, outcome, tests: ALWAYS });
    return;
  }
  for (let i = 0; i + 1 < branches.length; i += 2) {
    const condition = logicOf(branches[i]!, reading);
    const context = outcomeContext(reading, defaultVariant);
    nameVariants(branches[i + 1]!, reading, 0);
    reading.rules.push({
      label: 'Rule',
      span: { start: branches[i]!.span.start, end: branches[i + 1]!.span.end },
      condition: logicCondition(condition, context),
      outcome: targetingOutcome(logicOf(branches[i + 1]!, reading), context),
      tests: testsOf(condition, reading.context),
    });
  }
  if (branches.length % 2 === 1) readDecision(branches.at(-1)!, reading, defaultVariant, depth + 1);
}

/** The operands of an `if`, or null for anything else. */
function decisionOf(tree: Tree): readonly Tree[] | null {
  const only = tree.kind === 'map' && tree.entries.length === 1 ? tree.entries[0]! : null;
  if (only === null || (only.key !== 'if' && only.key !== '?:') || only.value.kind !== 'list') return null;
  return only.value.items.length < 2 ? null : only.value.items;
}

function logicOf(tree: Tree, { evaluators }: Reading): JsonValue {
  return withoutReferences(plainValue(tree), evaluators, () => {});
}

function outcomeContext({ context }: Reading, defaultVariant: string | null): TargetingContext {
  const defaultOutcome =
    defaultVariant === null ? ({ kind: 'fallback' } as const) : ({ kind: 'variation', name: defaultVariant } as const);
  const nothing = () => {};
  return {
    now: context.now,
    defaultOutcome,
    onMoment: nothing,
    onUnknownOperator: nothing,
    onVariant: nothing,
    onWeights: nothing,
  };
}

/** `{"$ref": "staff"}`, wherever it stands in a flag's targeting. */
function nameReferences(tree: Tree, flag: string, names: FlagPlace[], depth: number): void {
  if (tree.kind === 'scalar' || depth > DEEPEST) return;
  if (tree.kind === 'list') {
    for (const item of tree.items) nameReferences(item, flag, names, depth + 1);
    return;
  }
  for (const { key, value } of tree.entries) {
    const id = key === '$ref' ? yamlText(value) : null;
    if (id === null) nameReferences(value, flag, names, depth + 1);
    else names.push({ role: 'segment-reference', id, name: id, span: value.span, whole: value.span, flag });
  }
}

/** Texts where an outcome belongs are names of variants. */
function nameVariants(tree: Tree, reading: Reading, depth: number): void {
  if (depth > DEEPEST) return;
  if (tree.kind === 'scalar') {
    if (typeof tree.value !== 'string' || tree.text === '') return;
    const { flag, names, context } = reading;
    const value = context.flags.get(flag)?.variations.find(each => each.name === tree.text)?.value;
    const known = value === undefined ? {} : { value };
    names.push({
      role: 'variation-reference',
      id: tree.text,
      name: tree.text,
      span: tree.span,
      whole: tree.span,
      flag,
      ...known,
    });
    return;
  }
  const only = tree.kind === 'map' && tree.entries.length === 1 ? tree.entries[0]! : null;
  if (only === null) return;
  const operands = yamlItems(only.value);
  if (only.key === 'if' || only.key === '?:') {
    for (const [at, operand] of operands.entries()) {
      if (at % 2 === 1 || at === operands.length - 1) nameVariants(operand, reading, depth + 1);
    }
  } else if (only.key === 'fractional') {
    for (const pair of operands) {
      const first = pair.kind === 'list' ? pair.items[0] : undefined;
      if (first !== undefined) nameVariants(first, reading, depth + 1);
    }
  } else if (only.key === 'and' && operands.length > 0) nameVariants(operands.at(-1)!, reading, depth + 1);
}

/** A condition as tests that must all hold. A condition on the clock changes its answer, so nothing is proved by it. */
function testsOf(logic: JsonValue, context: RuleContext): RuleTests {
  if (logic === true) return ALWAYS;
  const rule = operation(logic);
  if (rule === null) return UNPROVABLE;
  if (rule.operator === 'and' && rule.operands.length > 0) {
    const all = rule.operands.map(operand => testsOf(operand, context));
    return { tests: all.flatMap(({ tests }) => tests), complete: all.every(({ complete }) => complete) };
  }
  const test = testOf(rule.operator, rule.operands, logic);
  return test.subject.includes('$flagd.timestamp') ? UNPROVABLE : { tests: [test], complete: true };
}

function testOf(operator: string, operands: readonly JsonValue[], logic: JsonValue): RuleTest {
  const [left, right] = operands;
  const name = variableName(left);
  const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';
  // Texts are compared alike by all three; numbers are not.
  if (name !== null && operator === 'in' && Array.isArray(right) && right.every(isText)) {
    return { subject: `is ${name}`, anyOf: new Set(right) };
  }
  if (name !== null && (operator === '===' || operator === '==') && isText(right) && Number.isNaN(Number(right))) {
    return { subject: `is ${name}`, anyOf: new Set([right]) };
  }
  return { subject: JSON.stringify(logic), anyOf: null };
}
