// Rules in words, and rules that never apply: in every format that has rules one by one, and for flagd against its own evaluator.
import assert from 'node:assert/strict';
import { FlagdCore } from '@openfeature/flagd-core';
import { defaultConfig } from '../../../server/src/core/config.ts';
import type { RulePlace } from '../../../server/src/core/flags/files/flagLanguage.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { CASES } from './ruleCases.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('rules in words', () => {
  for (const [name, { path, text, rules }] of Object.entries(CASES)) {
    it(name, () => assert.deepEqual(rulesOf(path, text).map(ruleText), rules));
  }

  it('never calls a rule of flagd dead that its evaluator ever asks', async function () {
    this.timeout(60_000);
    const random = generator(11);
    let dead = 0;
    for (let round = 0; round < 150; round++) {
      const branches = Array.from({ length: 4 }, () => conditionOf(random, 0));
      // Each branch gives a variant of its own, so that what is served tells which one was asked.
      const targeting = { if: [...branches.flatMap((condition, at) => [condition, `v${at}`]), 'rest'] };
      const names = [...branches.map((_, at) => `v${at}`), 'rest'];
      const flag = {
        state: 'ENABLED',
        variants: Object.fromEntries(names.map(each => [each, each])),
        defaultVariant: 'rest',
        targeting,
      };
      const text = JSON.stringify({ flags: { flag } });
      const rules = rulesOf('a.flagd.json', text).filter(({ title }) => title.startsWith('Rule'));
      const shadowed = rules.flatMap(({ shadow }, at) => (shadow === null ? [] : [`v${at}`]));
      dead += shadowed.length;
      if (shadowed.length === 0) continue;
      const core = new FlagdCore();
      core.setConfigurations(text);
      for (const context of CONTEXTS) {
        const { variant } = core.resolveStringEvaluation('flag', '', context);
        assert.ok(!shadowed.includes(variant ?? ''), `${variant} is served to ${JSON.stringify(context)} by ${text}`);
      }
    }
    assert.ok(dead > 50, `${dead} dead rules were held to the evaluator`);
  });
});

const COUNTRIES = ['SE', 'NO', 'DK', '1'];
const PLANS = ['pro', 'team', ''];
/** Every context that the conditions can tell apart. */
const CONTEXTS = [...COUNTRIES, undefined, 1].flatMap(country =>
  [...PLANS, undefined].flatMap(plan =>
    [5, 50].map(age => ({
      targetingKey: 'x',
      age,
      ...(country === undefined ? {} : { country }),
      ...(plan === undefined ? {} : { plan }),
    })),
  ),
);

function conditionOf(random: () => number, depth: number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const [name, values] = pick([
    ['country', COUNTRIES],
    ['plan', PLANS],
  ] as const);
  const some = values.filter(() => random() < 0.6);
  switch (Math.floor(random() * (depth > 1 ? 4 : 7))) {
    case 0:
      return { in: [{ var: name }, some] };
    case 1:
      return { '==': [{ var: name }, pick(values)] };
    case 2:
      return { '===': [{ var: name }, pick(values)] };
    case 3:
      return { '>': [{ var: 'age' }, pick([1, 18])] };
    case 4:
    case 5:
      return { and: [conditionOf(random, depth + 1), conditionOf(random, depth + 1)] };
    default:
      return pick<unknown>([
        { or: [conditionOf(random, depth + 1), conditionOf(random, depth + 1)] },
        { '!': [conditionOf(random, depth + 1)] },
        true,
      ]);
  }
}

function rulesOf(path: string, text: string): readonly RulePlace[] {
  return decodeFlagFile(path, text, defaultConfig(), NOW)?.rules ?? [];
}

function ruleText({ title, who, gets, shadow }: RulePlace): string {
  return `${title}: ${who} → ${gets}${shadow === null ? '' : `; never: ${shadow.words}`}`;
}

/** A small generator of numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
