import assert from 'node:assert/strict';
import {
  composeSummary,
  deriveState,
  type Outcome,
  type RolloutParts,
  withSchedule,
} from '../../../server/src/core/flags/rollout/rollout.ts';
import {
  comparison,
  EVERYONE,
  NOBODY,
  segmentCondition,
} from '../../../server/src/core/flags/rollout/targetingWords.ts';
import type { Variation } from '../../../server/src/core/model.ts';

const SWITCH = variations({ on: true, off: false });
const on: Outcome = { kind: 'variation', name: 'on' };
const off: Outcome = { kind: 'variation', name: 'off' };
const inSweden = comparison('country', 'is', ['SE']);

describe('deriving a state', () => {
  const CASES: Readonly<
    Record<string, { readonly parts: Partial<RolloutParts>; readonly expected: Record<string, unknown> }>
  > = {
    'on for everyone': {
      parts: { outcome: on },
      expected: { state: 'on', percentage: 100, serves: true, summary: 'on for everyone' },
    },
    'off for everyone': {
      parts: { outcome: off },
      expected: { state: 'off', percentage: 0, serves: false, summary: 'off for everyone' },
    },
    'disabled wins over everything': {
      parts: { outcome: on, enabled: false },
      expected: { state: 'off', percentage: 0, serves: undefined, summary: "off: the code's fallback is served" },
    },
    'rules that all end the same way are one state': {
      parts: { outcome: rules([inSweden, on], on) },
      expected: { state: 'on', percentage: 100, serves: true, summary: 'on for everyone' },
    },
    'a rule for everyone ends the list': {
      parts: { outcome: rules([EVERYONE, on], off) },
      expected: { state: 'on', percentage: 100, serves: true, summary: 'on for everyone' },
    },
    'a rule for nobody is none': {
      parts: { outcome: rules([NOBODY, on], off) },
      expected: { state: 'off', percentage: 0, serves: false, summary: 'off for everyone' },
    },
    'targeted on': {
      parts: { outcome: rules([inSweden, on], off) },
      expected: { state: 'targeted', percentage: null, serves: undefined, summary: 'on if country is SE; else off' },
    },
    'a rollout has one number': {
      parts: { outcome: split({ on: 25, off: 75 }) },
      expected: {
        state: 'partial',
        percentage: 25,
        summary: '25% by user id',
        shares: [
          { name: 'on', percentage: 25 },
          { name: 'off', percentage: 75 },
        ],
      },
    },
    'someone favoured keeps the number': {
      parts: { outcome: rules([segmentCondition(['staff']), on], split({ on: 25, off: 75 })) },
      expected: {
        state: 'partial',
        percentage: 25,
        summary: '25% by user id; 100% for segment staff',
        shares: undefined,
      },
    },
    'someone left out makes it a limit': {
      parts: { outcome: rules([inSweden, off], split({ on: 25, off: 75 })) },
      expected: { state: 'partial', percentage: null, atMost: 25, summary: '25% by user id; 0% if country is SE' },
    },
    'both ways leave no number': {
      parts: {
        outcome: {
          kind: 'rules',
          rules: [
            { condition: inSweden, outcome: off },
            { condition: segmentCondition(['staff']), outcome: on },
          ],
          otherwise: split({ on: 25, off: 75 }),
        },
      },
      expected: { state: 'partial', percentage: null, atMost: undefined },
    },
    'a rollout for some is a limit': {
      parts: { outcome: rules([inSweden, split({ on: 25, off: 75 })], off) },
      expected: {
        state: 'targeted',
        percentage: null,
        atMost: 25,
        summary: '25% by user id if country is SE; else off',
      },
    },
    'a custom rule leaves no limit': {
      parts: { outcome: rules([inSweden, { kind: 'custom', words: 'custom rule' }], split({ on: 25, off: 75 })) },
      expected: { state: 'partial', percentage: null, atMost: undefined },
    },
    'a custom rule alone is unknown': {
      parts: { outcome: { kind: 'custom', words: 'custom rule' } },
      expected: { state: 'unknown', percentage: null, summary: 'custom rule' },
    },
    'shares of one value add up': {
      parts: { variations: variations({ a: true, b: true, c: false }), outcome: split({ a: 10, b: 20, c: 70 }) },
      expected: { state: 'partial', percentage: 30, summary: '30% by user id' },
    },
    'a split between two values without off': {
      parts: { variations: variations({ a: 'x', b: 'y' }), outcome: split({ a: 1, b: 1 }) },
      expected: { state: 'partial', percentage: null, summary: 'a 50%, b 50% by user id' },
    },
    'a split with a named off variation': {
      parts: { variations: variations({ a: 'x', b: 'y' }), offVariation: 'b', outcome: split({ a: 1, b: 3 }) },
      expected: { state: 'partial', percentage: 25 },
    },
    'nested rules read as one list': {
      parts: { outcome: rules([segmentCondition(['staff']), rules([inSweden, on], off)], off) },
      expected: {
        state: 'targeted',
        summary: 'on for segment staff if country is SE; off for segment staff; else off',
      },
    },
    'the code’s fallback counts as off': {
      parts: { outcome: rules([inSweden, on], { kind: 'fallback' }) },
      expected: { state: 'targeted', summary: "on if country is SE; else the code's fallback" },
    },
    'a variation that does not exist is the fallback': {
      parts: { outcome: { kind: 'variation', name: 'gone' } },
      expected: { state: 'off', percentage: 0, serves: undefined },
    },
    'tiny shares are never 0': {
      parts: { outcome: split({ on: 1, off: 99_999 }) },
      expected: { state: 'partial', percentage: 0.001, summary: '<0.01% by user id' },
    },
    'no variations at all': {
      parts: { variations: [], outcome: on },
      expected: { state: 'off', percentage: 0, summary: "nothing is served but the code's fallback" },
    },
  };
  for (const [name, { parts, expected }] of Object.entries(CASES)) {
    it(name, () => {
      const state: Record<string, unknown> = { ...derive(parts) };
      for (const [field, value] of Object.entries(expected)) assert.deepEqual(state[field], value, field);
    });
  }

  it('stands any number of rules', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      condition: comparison('id', 'is', [i]),
      outcome: i % 2 ? on : off,
    }));
    const state = derive({ outcome: { kind: 'rules', rules: many, otherwise: off } });
    assert.equal(state.state, 'targeted');
    assert.ok(state.summary.length <= 80, state.summary);
  });
});

describe('summaries', () => {
  const clauses = [
    '25% by user id',
    '100% if email ends with @shop.example',
    '100% for segment early-adopters',
    '0% if country is DE',
  ];
  it('count the clauses they have no room for', () => {
    assert.equal(composeSummary(clauses), '25% by user id; 100% if email ends with @shop.example; +2 more');
  });
  it('cut a single clause that is too long', () => {
    const summary = composeSummary(['x'.repeat(200), 'y']);
    assert.equal(summary.length, 80);
    assert.match(summary, /…; \+1 more$/);
  });
  it('name the day a schedule takes effect', () => {
    const later = Date.parse('2026-09-01T00:00:00Z');
    const state = withSchedule(derive({ outcome: off }), derive({ outcome: on }), later);
    assert.deepEqual(
      [state.state, state.percentage, state.serves, state.summary],
      ['scheduled', 0, false, 'off now; on from 1 Sep 2026'],
    );
    const ramp = withSchedule(derive({ outcome: split({ on: 10, off: 90 }) }), derive({ outcome: on }), later);
    assert.deepEqual(
      [ramp.state, ramp.percentage, ramp.summary],
      ['partial', 10, '10% by user id; on from 1 Sep 2026'],
    );
  });
});

function derive(parts: Partial<RolloutParts>) {
  return deriveState({
    environment: 'production',
    variations: SWITCH,
    offVariation: null,
    enabled: true,
    whenDisabled: { kind: 'fallback' },
    outcome: off,
    asOf: null,
    ...parts,
  });
}

function rules([condition, outcome]: readonly [typeof EVERYONE, Outcome], otherwise: Outcome): Outcome {
  return { kind: 'rules', rules: [{ condition, outcome }], otherwise };
}

function split(weights: Readonly<Record<string, number>>): Outcome {
  const parts = Object.entries(weights).map(([name, weight]) => ({
    outcome: { kind: 'variation', name } as const,
    weight,
  }));
  return { kind: 'split', by: 'user id', parts };
}

function variations(values: Readonly<Record<string, Variation['value']>>): readonly Variation[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, span: null }));
}
