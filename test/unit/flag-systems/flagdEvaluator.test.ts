/**
 * What we say of a flagd flag against what users get: flagd's own evaluator serves thousands of made-up users, and every
 * claim (on, off, the percentage, the shares, "at most", "targeted") is held to the values they were served.
 */
import assert from 'node:assert/strict';
import { FlagdCore } from '@openfeature/flagd-core';
import type { EnvironmentState, JsonValue } from '../../../server/src/core/model.ts';
import { flagdDecoder } from '../../../server/src/sources/flag-systems/flagd.ts';

const USERS = 4000;
/** Four standard deviations of a share of 50% among 4000 users are 3.2 points. */
const TOLERANCE = 3.2;

const SWITCH = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };
const COLOURS = { state: 'ENABLED', variants: { red: '#f00', blue: '#00f', off: '' }, defaultVariant: 'off' };
const staff = { ends_with: [{ var: 'email' }, '@shop.example'] };
const quarter = {
  fractional: [
    ['on', 25],
    ['off', 75],
  ],
};

interface Case {
  readonly flag: Readonly<Record<string, unknown>>;
  readonly evaluators?: Readonly<Record<string, unknown>>;
  readonly state: EnvironmentState['state'];
  readonly summary: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'default off': { flag: SWITCH, state: 'off', summary: 'off for everyone' },
  'default on': { flag: { ...SWITCH, defaultVariant: 'on' }, state: 'on', summary: 'on for everyone' },
  disabled: {
    flag: { ...SWITCH, state: 'DISABLED', defaultVariant: 'on' },
    state: 'off',
    summary: "off: the code's fallback is served",
  },
  'no default variant': {
    flag: { ...SWITCH, defaultVariant: null },
    state: 'off',
    summary: "nothing is served but the code's fallback",
  },
  'empty targeting': { flag: { ...SWITCH, targeting: {} }, state: 'off', summary: 'off for everyone' },
  fractional: { flag: { ...SWITCH, targeting: quarter }, state: 'partial', summary: '25% by targeting key' },
  'fractional by an attribute': {
    flag: { ...SWITCH, targeting: { fractional: [{ var: 'userId' }, ['on', 40], ['off', 60]] } },
    state: 'partial',
    summary: '40% by user id',
  },
  'salted with the flag key': {
    flag: {
      ...SWITCH,
      targeting: { fractional: [{ cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] }, ['on', 60], ['off', 40]] },
    },
    state: 'partial',
    summary: '60% by email',
  },
  'relative weights': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          ['on', 1],
          ['off', 2],
        ],
      },
    },
    state: 'partial',
    summary: '33.3% by targeting key',
  },
  'weights left out': {
    flag: { ...SWITCH, targeting: { fractional: [['on'], ['off']] } },
    state: 'partial',
    summary: '50% by targeting key',
  },
  'all weight on one variant': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          ['on', 100],
          ['off', 0],
        ],
      },
    },
    state: 'on',
    summary: 'on for everyone',
  },
  'weights of zero': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          ['on', 0],
          ['off', 0],
        ],
      },
    },
    state: 'off',
    summary: 'off for everyone',
  },
  'negative weight': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          ['on', 50],
          ['off', { '-': [10, 60] }],
        ],
      },
    },
    state: 'on',
    summary: 'on for everyone',
  },
  'the same variant twice': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          ['on', 20],
          ['off', 60],
          ['on', 20],
        ],
      },
    },
    state: 'partial',
    summary: '40% by targeting key',
  },
  'nested fractional': {
    flag: {
      ...SWITCH,
      targeting: {
        fractional: [
          [{ fractional: [{ var: 'email' }, ['on', 50], ['off', 50]] }, 50],
          ['off', 50],
        ],
      },
    },
    state: 'partial',
    summary: '25% by targeting key',
  },
  'a rule on top of a rollout': {
    flag: { ...SWITCH, targeting: { if: [staff, 'on', quarter] } },
    state: 'partial',
    summary: '25% by targeting key; 100% if email ends with @shop.example',
  },
  'a rule that takes away': {
    flag: { ...SWITCH, targeting: { if: [{ in: [{ var: 'country' }, ['DE', 'AT']] }, 'off', quarter] } },
    state: 'partial',
    summary: '25% by targeting key; 0% if country is DE or AT',
  },
  'a rollout for some': {
    flag: { ...SWITCH, targeting: { if: [{ '==': [{ var: 'plan' }, 'pro'] }, quarter, 'off'] } },
    state: 'targeted',
    summary: '25% by targeting key if plan is pro; else off',
  },
  targeted: {
    flag: { ...SWITCH, targeting: { if: [staff, 'on', 'off'] } },
    state: 'targeted',
    summary: 'on if email ends with @shop.example; else off',
  },
  'no otherwise': {
    flag: { ...SWITCH, targeting: { if: [staff, 'on'] } },
    state: 'targeted',
    summary: 'on if email ends with @shop.example; else off',
  },
  'a condition that can only end one way': {
    flag: { ...SWITCH, targeting: { if: [staff, 'on', 'on'] } },
    state: 'on',
    summary: 'on for everyone',
  },
  'several conditions': {
    flag: {
      ...SWITCH,
      targeting: {
        if: [
          { and: [staff, { sem_ver: [{ var: 'version' }, '>=', '2.0.0'] }] },
          'on',
          { '>': [{ var: 'age' }, 60] },
          'on',
          'off',
        ],
      },
    },
    state: 'targeted',
    summary: 'on if email ends with @shop.example and version ≥ 2.0.0; on if age > 60; +1 more',
  },
  'and as if': {
    flag: {
      ...SWITCH,
      variants: { true: true, false: false, on: true },
      targeting: { and: [{ in: ['pro', { var: 'plan' }] }, 'on'] },
      defaultVariant: 'false',
    },
    state: 'targeted',
    summary: 'on if plan contains pro; else off',
  },
  'a bare condition': {
    flag: {
      ...SWITCH,
      variants: { true: true, false: false },
      targeting: { starts_with: [{ var: 'country' }, 'D'] },
      defaultVariant: 'false',
    },
    state: 'targeted',
    summary: 'on if country starts with D; else off',
  },
  'a shared rule': {
    flag: { ...SWITCH, targeting: { if: [{ $ref: 'staff' }, 'on', 'off'] } },
    evaluators: { staff },
    state: 'targeted',
    summary: 'on if email ends with @shop.example; else off',
  },
  'a date that has passed': {
    flag: { ...SWITCH, targeting: { if: [{ '>=': [{ var: '$flagd.timestamp' }, 1_500_000_000] }, 'on', 'off'] } },
    state: 'on',
    summary: 'on for everyone',
  },
  'a date to come': {
    flag: { ...SWITCH, targeting: { if: [{ '>=': [{ var: '$flagd.timestamp' }, 4_102_444_800] }, 'on', 'off'] } },
    state: 'scheduled',
    summary: 'off now; on from 1 Jan 2100',
  },
  'one value of several': {
    flag: { ...COLOURS, defaultVariant: 'red' },
    state: 'on',
    summary: 'red for everyone',
  },
  'a split in three': {
    flag: {
      ...COLOURS,
      targeting: {
        fractional: [
          ['red', 50],
          ['blue', 30],
          ['off', 20],
        ],
      },
    },
    state: 'partial',
    summary: 'red 50%, blue 30%, off 20% by targeting key',
  },
  'a split without off': {
    flag: {
      state: 'ENABLED',
      variants: { a: 1, b: 2 },
      defaultVariant: 'a',
      targeting: {
        fractional: [
          ['a', 50],
          ['b', 50],
        ],
      },
    },
    state: 'partial',
    summary: 'a 50%, b 50% by targeting key',
  },
  'a variant it does not have': {
    flag: { ...SWITCH, targeting: { if: [staff, 'nope', 'on'] } },
    state: 'targeted',
    summary: "the code's fallback if email ends with @shop.example; else on",
  },
};

describe('what is said of flagd flags is what its evaluator serves', () => {
  for (const [name, { flag, evaluators, state, summary }] of Object.entries(CASES)) {
    it(name, () => {
      const text = JSON.stringify({ flags: { flag }, ...(evaluators ? { $evaluators: evaluators } : {}) });
      const said = flagdDecoder.decode('a.json', text, { environment: 'production', now: Date.now() }).flags[0]!;
      const environment = said.environments[0]!;
      assert.equal(environment.summary, summary);
      assert.equal(environment.state, state);
      assertServed(environment, serve(text), flag);
    });
  }
});

/** The variant (null: the code's fallback) and value that each made-up user gets. */
function serve(text: string): readonly { readonly variant: string | null; readonly value: unknown }[] {
  const quiet = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
  const core = new FlagdCore(undefined, quiet);
  core.setConfigurations(text);
  const flag = core.getFlag('flag')!;
  return users().map(user => {
    const result = flag.state === 'DISABLED' ? {} : flag.evaluate(user, quiet);
    const { variant, value } = result as { variant?: string; value?: unknown };
    return value === undefined ? { variant: null, value: undefined } : { variant: variant ?? null, value };
  });
}

function assertServed(
  said: EnvironmentState,
  served: readonly { readonly variant: string | null; readonly value: unknown }[],
  flag: Readonly<Record<string, unknown>>,
): void {
  const values = Object.values(flag.variants as Record<string, JsonValue>);
  const boolean = values.every(value => typeof value === 'boolean');
  const isOff = (each: { variant: string | null; value: unknown }) =>
    each.variant === null || (boolean ? each.value === false : each.variant === 'off');
  const on = (served.filter(each => !isOff(each)).length / served.length) * 100;
  const distinct = new Set(served.map(each => JSON.stringify(each.value ?? null)));
  if (said.serves !== undefined)
    assert.deepEqual([...distinct], [JSON.stringify(said.serves)], 'one value for everyone');
  else if (said.state === 'partial' || said.state === 'targeted') assert.ok(distinct.size > 1, 'more than one value');
  const favoured = said.summary.includes('; 100% if');
  if (said.percentage !== null && !favoured) {
    assert.ok(Math.abs(on - said.percentage) <= TOLERANCE, `${said.percentage}% said, ${on}% served`);
  }
  if (said.percentage !== null && favoured) assert.ok(on >= said.percentage - TOLERANCE, `${on}% served`);
  if (said.atMost !== undefined)
    assert.ok(on <= said.atMost + TOLERANCE, `at most ${said.atMost}% said, ${on}% served`);
  for (const share of said.shares ?? []) {
    const name = share.name;
    const same = served.filter(each =>
      boolean
        ? each.variant !== null && each.value === (flag.variants as Record<string, JsonValue>)[name ?? '']
        : each.variant === name,
    );
    const percentage = (same.length / served.length) * 100;
    assert.ok(
      Math.abs(percentage - share.percentage) <= TOLERANCE,
      `${name}: ${share.percentage}% said, ${percentage}%`,
    );
  }
}

function users(): readonly Record<string, string | number>[] {
  const countries = ['DE', 'AT', 'SE', 'NO', 'GB'];
  return Array.from({ length: USERS }, (_, i) => ({
    targetingKey: `user-${i}`,
    userId: `u${i * 7919}`,
    email: i % 10 === 0 ? `p${i}@shop.example` : `p${i}@mail.example`,
    country: countries[i % countries.length]!,
    plan: i % 3 === 0 ? 'pro' : 'free',
    version: i % 2 === 0 ? '2.1.0' : '1.9.3',
    age: 18 + (i % 60),
  }));
}
