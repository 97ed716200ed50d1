import assert from 'node:assert/strict';
import {
  countText,
  dateText,
  listText,
  nextText,
  percentText,
  printable,
  ringsText,
  shortState,
  shortStateOf,
  valueText,
} from '../../../server/src/core/flags/rollout/describe.ts';
import { logicCondition } from '../../../server/src/core/flags/rollout/jsonLogicWords.ts';
import type { JsonValue } from '../../../server/src/core/model.ts';
import { environmentOf } from '../../support/snapshot.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SECONDS = NOW / 1000;
const email = { var: 'email' };

describe('JsonLogic in words', () => {
  const CASES: readonly (readonly [JsonValue, string])[] = [
    [{ '==': [{ var: 'country' }, 'SE'] }, 'if country is SE'],
    [{ '===': ['SE', { var: 'country' }] }, 'if country is SE'],
    [{ '!=': [{ var: 'plan' }, 'free'] }, 'if plan is not free'],
    [{ in: [{ var: 'country' }, ['SE', 'NO', 'DK']] }, 'if country is SE, NO or DK'],
    [{ in: [{ var: 'id' }, [1, 2, 3, 4, 5]] }, 'if id is one of 5 values'],
    [{ in: ['@shop.example', email] }, 'if email contains @shop.example'],
    [{ '!': [{ in: ['@shop.example', email] }] }, 'if email does not contain @shop.example'],
    [{ '!': { in: [{ var: 'country' }, ['SE']] } }, 'if country is not SE'],
    [{ starts_with: [email, 'qa'] }, 'if email starts with qa'],
    [{ '!': [{ ends_with: [email, '.test'] }] }, 'if email does not end with .test'],
    [{ sem_ver: [{ var: 'appVersion' }, '>=', '2.1.0'] }, 'if app version ≥ 2.1.0'],
    [{ sem_ver: [{ var: 'appVersion' }, '^', '2.1.0'] }, 'if app version is 2.x'],
    [{ sem_ver: [{ var: 'appVersion' }, '~', '2.1.0'] }, 'if app version is 2.1.x'],
    [{ '>': [{ var: 'age' }, 18] }, 'if age > 18'],
    [{ '<': [18, { var: 'age' }] }, 'if age > 18'],
    [{ '<': [18, { var: 'age' }, 65] }, 'if 18 < age < 65'],
    [{ '!': [{ '>=': [{ var: 'age' }, 18] }] }, 'if age < 18'],
    [{ var: 'beta' }, 'if beta is set'],
    [{ '!': [{ var: 'beta' }] }, 'if beta is not set'],
    [{ '!!': [{ var: 'beta' }] }, 'if beta is set'],
    [{ missing: ['email'] }, 'if email is missing'],
    [{ and: [{ '==': [{ var: 'a' }, 1] }, { '==': [{ var: 'b' }, 2] }] }, 'if a is 1 and b is 2'],
    [{ or: [{ '==': [{ var: 'a' }, 1] }, { '==': [{ var: 'b' }, 2] }] }, 'if a is 1 or b is 2'],
    [{ '!': [{ and: [{ '==': [{ var: 'a' }, 1] }, { var: 'b' }] }] }, 'if not (a is 1 and b is set)'],
    [{ '==': [{ var: 'team_name' }, 'two words'] }, 'if team name is "two words"'],
    [{ '==': [{ var: 'x' }, ''] }, 'if x is ""'],
    [{ regex: [email, '.*'] }, 'if a custom rule applies'],
    [{ '>': [{ '+': [{ var: 'a' }, 1] }, 2] }, 'if a custom rule applies'],
    [{ some: [{ var: 'roles' }, { '==': [{ var: '' }, 'x'] }] }, 'if a custom rule applies'],
    [{ '==': [email, 'a'], '!=': [email, 'b'] }, 'if a custom rule applies'],
    [['x'], 'if a custom rule applies'],
  ];
  for (const [logic, words] of CASES) {
    it(JSON.stringify(logic), () => assert.deepEqual(read(logic), { reach: 'some', words }));
  }

  const DECIDED: readonly (readonly [JsonValue, string])[] = [
    [true, 'everyone'],
    ['text', 'everyone'],
    [false, 'nobody'],
    [null, 'nobody'],
    [0, 'nobody'],
    [{ '<': [{ var: '$flagd.timestamp' }, SECONDS] }, 'nobody'],
    [{ '<=': [{ var: '$flagd.timestamp' }, SECONDS] }, 'everyone'],
    [{ '>=': [{ var: '$flagd.timestamp' }, SECONDS] }, 'everyone'],
    [{ '!': [{ '>=': [{ var: '$flagd.timestamp' }, SECONDS] }] }, 'nobody'],
    [{ '<': [SECONDS - 10, { var: '$flagd.timestamp' }, SECONDS + 10] }, 'everyone'],
    [{ and: [true, false, { var: 'x' }] }, 'nobody'],
    [{ and: [true, { var: 'x' }] }, 'some'],
    [{ or: [false, true, { var: 'x' }] }, 'everyone'],
    [{ or: [false, false] }, 'nobody'],
  ];
  for (const [logic, reach] of DECIDED) {
    it(`${JSON.stringify(logic)} reaches ${reach}`, () => assert.equal(read(logic).reach, reach));
  }

  it('tells the next moment, and operators that do not exist', () => {
    const moments: number[] = [];
    const operators: string[] = [];
    const reading = {
      now: NOW,
      onMoment: (time: number) => moments.push(time),
      onUnknownOperator: (name: string) => operators.push(name),
    };
    logicCondition({ and: [{ '>=': [{ var: '$flagd.timestamp' }, SECONDS + 60] }, { regex: [1] }] }, reading);
    assert.deepEqual(moments, [NOW + 60_000]);
    assert.deepEqual(operators, ['regex']);
  });

  it('stands rules nested without end', () => {
    let logic: JsonValue = { var: 'x' };
    for (let i = 0; i < 5000; i++) logic = { '!!': [logic] };
    assert.equal(read(logic).words, 'if a custom rule applies');
  });
});

describe('short states', () => {
  const CASES: readonly (readonly [Parameters<typeof environmentOf>[0], string])[] = [
    [{ state: 'on' }, 'on'],
    [{ state: 'off' }, 'off'],
    [{ state: 'off', serves: true }, 'off (true)'],
    [{ state: 'on', serves: 'blue' }, 'blue'],
    [{ state: 'on', serves: 25 }, '25'],
    [{ state: 'on', serves: 'a very long value' }, 'a very long…'],
    [{ state: 'on', serves: '\u001b[31m' }, '\ufffd[31m'],
    [{ state: 'on', serves: { a: 1 } }, 'on'],
    [{ state: 'partial', percentage: 25 }, '25%'],
    [{ state: 'partial', percentage: 33.333 }, '33.3%'],
    [{ state: 'partial', percentage: 0.001 }, '<0.01%'],
    [{ state: 'partial', percentage: null, atMost: 25 }, '≤25%'],
    [{ state: 'partial', percentage: null }, 'partial'],
    [
      {
        state: 'partial',
        percentage: null,
        shares: [
          { name: 'a', percentage: 50 },
          { name: 'b', percentage: 50 },
        ],
      },
      'A/B 50/50',
    ],
    [
      {
        state: 'partial',
        percentage: null,
        shares: [
          { name: 'a', percentage: 40 },
          { name: 'b', percentage: 30 },
          { name: 'c', percentage: 30 },
        ],
      },
      '3-way split',
    ],
    [{ state: 'targeted', percentage: null }, 'targeted'],
    [{ state: 'scheduled', percentage: 0 }, 'scheduled'],
    [{ state: 'unknown', percentage: null }, 'unknown'],
  ];
  for (const [state, short] of CASES) {
    it(short, () => {
      assert.equal(shortStateOf(environmentOf(state)), short);
      assert.ok(short.length <= 12);
    });
  }

  it('go by the main environment', () => {
    const staging = environmentOf({ environment: 'staging', state: 'on' });
    const production = environmentOf({ environment: 'production', state: 'partial', percentage: 25 });
    assert.equal(shortState([staging, production]), '25%');
    assert.equal(shortState([staging, production], ['staging']), 'on');
    assert.equal(shortState([staging, production], ['nowhere']), '25%');
    assert.equal(shortState([staging]), 'on');
    assert.equal(shortState([]), '');
  });
});

describe('words for what a rollout has reached, and what follows', () => {
  const ring = (audience: string, percentage: number) => ({ audience, percentage });

  it('name the rings in their order, the first four and the last', () => {
    const rings = [ring('staff', 100), ring('beta', 25), ring('everyone', 0)];
    assert.equal(ringsText(environmentOf({ rings })), 'staff 100% → beta 25% → everyone 0%');
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => ring(name, 100));
    assert.equal(ringsText(environmentOf({ rings: many })), 'a 100% → b 100% → c 100% → d 100% → … → f 100%');
    assert.equal(ringsText(environmentOf({})), null);
  });

  it('say what a state becomes, and when', () => {
    const next = (summary: string, time = '2026-03-03T00:00:00Z') =>
      nextText(environmentOf({ next: { time, summary } }));
    assert.equal(next('on for everyone'), 'on from 3 Mar');
    assert.equal(next('25% by user id; 100% for segment staff'), '25% from 3 Mar');
    assert.equal(next('onward for everyone'), 'changes from 3 Mar');
    assert.equal(next('on if plan is pro; else off'), 'changes from 3 Mar');
    assert.equal(next('on for segment staff; else off'), 'changes from 3 Mar');
    assert.equal(next('on', 'soon'), null);
    assert.equal(nextText(environmentOf({})), null);
  });
});

describe('words for numbers and values', () => {
  it('never round to 0% or 100%', () => {
    assert.deepEqual([0, 0.004, 0.5, 25, 33.333, 99.5, 99.996, 100].map(percentText), [
      '0%',
      '<0.01%',
      '0.5%',
      '25%',
      '33.3%',
      '99.5%',
      '>99.99%',
      '100%',
    ]);
  });
  it('are short', () => {
    assert.equal(valueText(undefined), "the code's fallback");
    assert.equal(valueText('blue'), '"blue"');
    assert.equal(valueText({ a: 'x'.repeat(50) }), '{…}');
    assert.equal(valueText('x'.repeat(50)).length, 24);
    assert.equal(countText(1, 'check'), '1 check');
    assert.equal(countText(0, 'check'), '0 checks');
    assert.equal(dateText(NOW), '1 Jun 2026');
    assert.equal(listText(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
    assert.equal(listText(['a', 'b']), 'a and b');
    assert.equal(printable('a\u001b[2Jb\u202ec'), 'a\ufffd[2Jb\ufffdc');
  });
});

function read(logic: JsonValue) {
  return logicCondition(logic, { now: NOW, onMoment: () => {}, onUnknownOperator: () => {} });
}
