import assert from 'node:assert/strict';
import { type CascadeStep, cascadeOutcome, type Range } from '../../../server/src/core/flags/rollout/cascade.ts';
import { deriveState, type Outcome } from '../../../server/src/core/flags/rollout/rollout.ts';
import { EVERYONE, segmentCondition } from '../../../server/src/core/flags/rollout/targetingWords.ts';

const ON: Outcome = { kind: 'variation', name: 'on' };
const OFF: Outcome = { kind: 'variation', name: 'off' };

function step(ranges: readonly Range[], more: Partial<CascadeStep> = {}): CascadeStep {
  return { condition: EVERYONE, hash: 'h', by: 'id', parts: [{ outcome: ON, ranges }], ...more };
}
const staff = { condition: segmentCondition(['staff']) };
const beta = { condition: segmentCondition(['beta']) };

const CASES: Readonly<Record<string, readonly [readonly CascadeStep[], string]>> = {
  'no steps': [[], 'off 0: off for everyone'],
  'one share': [[step([[0, 0.25]])], 'partial 25: 25% by id'],
  'two shares of one hash overlap': [[step([[0, 0.25]]), step([[0, 0.4]])], 'partial 40: 40% by id'],
  'two shares of one hash side by side add up': [[step([[0, 0.25]]), step([[0.5, 0.75]])], 'partial 50: 50% by id'],
  'two shares of different hashes are independent': [
    [step([[0, 0.5]]), step([[0, 0.5]], { hash: 'other' })],
    'partial 75: 75% by id',
  ],
  'whom one leaves out the next may take away': [
    [step([[0, 0.2]]), step([[0, 1]], { parts: [{ outcome: OFF, ranges: [[0, 1]] }] })],
    'partial 20: 20% by id',
  ],
  'a whole audience on top': [
    [step([[0, 1]], staff), step([[0, 0.1]])],
    'partial 10: 10% by id; 100% for segment staff',
  ],
  'a part of an audience, then everyone’s': [
    [step([[0, 0.5]], { ...staff, hash: 'other' }), step([[0, 0.1]])],
    'partial 10: 10% by id; 55% by id for segment staff',
  ],
  'a part of an audience that adds nothing is not worth a word': [
    [step([[0, 0.05]], staff), step([[0, 0.1]])],
    'partial 10: 10% by id',
  ],
  'two audiences overlap': [
    [step([[0, 0.5]], { ...staff, hash: 'a' }), step([[0, 0.5]], { ...beta, hash: 'b' })],
    'targeted null: 75% by id for segment staff and segment beta; +3 more',
  ],
  'a filter takes its share of it': [
    [step([[0, 0.5]], { within: { hash: 'n', ranges: [[0, 0.4]] } })],
    'partial 20: 20% by id',
  ],
  'what can not be told any more is not': [
    [step([[0, 0.5]], { within: { hash: 'n', ranges: [[0, 0.4]] } }), step([[0, 0.6]])],
    'partial null: rules that overlap',
  ],
};

describe('rules that let some through to the next', () => {
  for (const [name, [steps, expected]] of Object.entries(CASES)) {
    it(name, () => {
      const state = deriveState({
        environment: 'production',
        variations: [
          { name: 'on', value: true, span: null },
          { name: 'off', value: false, span: null },
        ],
        offVariation: null,
        enabled: true,
        whenDisabled: OFF,
        outcome: cascadeOutcome(steps, OFF),
        asOf: null,
      });
      assert.equal(`${state.state} ${state.percentage}: ${state.summary}`, expected);
    });
  }

  it('stands hundreds of steps that each let some through', () => {
    const steps = Array.from({ length: 500 }, (_, i) =>
      step([[0, 0.5]], { condition: segmentCondition([`s${i}`]), hash: `h${i}` }),
    );
    const started = performance.now();
    cascadeOutcome(steps, OFF);
    assert.ok(performance.now() - started < 2000);
  });
});
