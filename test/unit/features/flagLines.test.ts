// What the hover says of a flag with many environments, rings, a schedule and several checks in one line.
import assert from 'node:assert/strict';
import { flagLines } from '../../../server/src/core/features/flagLines.ts';
import { plainText } from '../../../server/src/core/features/richText.ts';
import type { EnvironmentState } from '../../../server/src/core/model.ts';
import { checkOf, environmentOf, flagOf, snapshotOf } from '../../support/snapshot.ts';

describe('the lines about a flag', () => {
  const off: Partial<EnvironmentState> = { state: 'off', serves: false, summary: 'off for everyone' };
  const declared = (path: string, environments: readonly EnvironmentState[]) =>
    flagOf('k', { environments, declaration: { path, span: { start: 0, end: 1 }, keySpan: { start: 0, end: 1 } } });

  it('begin with the environment that hints go by, and say the states of those that have no line', () => {
    const names = ['dev-eu', 'dev-us', 'preview', 'production', 'staging', 'test'];
    const flags = names.map(environment =>
      declared(`flags/${environment}.yaml`, [environmentOf({ environment, ...(environment === 'test' ? off : {}) })]),
    );
    const lines = linesOf(flags);
    assert.match(lines[1]!, /^production: /);
    assert.equal(lines[4], 'and on in preview and staging, off in test');
    assert.equal(lines.at(-1), 'Defined in flags/production.yaml, flags/dev-eu.yaml, flags/dev-us.yaml …');
  });

  it('only count the others where several systems name them', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map(environment => environmentOf({ environment }));
    const flags = [flagOf('k', { environments: five }), flagOf('k', { system: 'unleash', environments: [] })];
    assert.equal(linesOf(flags)[4], 'and 2 more environments');
  });

  it('tell rings where a summary is cut, and what is to come', () => {
    const rings = [
      { audience: 'staff', percentage: 100 },
      { audience: 'everyone', percentage: 0 },
    ];
    const state = environmentOf({
      state: 'targeted',
      percentage: null,
      summary: 'on if email ends with x; +2 more',
      rings,
    });
    const next = { time: '2026-12-01T09:00:00Z', summary: 'on for everyone' };
    const said = (environment: EnvironmentState) => linesOf([flagOf('k', { environments: [environment] })])[1];
    assert.equal(said(state), 'production: staff 100% → everyone 0%');
    assert.equal(said({ ...state, next }), 'production: staff 100% → everyone 0%; on from 1 Dec');
    const { rings: _, ...unnamed } = state;
    assert.equal(said({ ...unnamed, next }), 'production: on if email ends with x; +2 more; on from 1 Dec');
    const whole = { ...state, summary: 'on if plan is pro; else off' };
    assert.equal(said(whole), 'production: on if plan is pro; else off (staff 100% → everyone 0%)');
  });

  it('lead to each line with checks once', () => {
    const check = (start: number) => checkOf('k', { path: 'src/pay.ts', span: { start, end: start + 1 } });
    const lines = linesOf([flagOf('k')], [check(0), check(5), check(9)]);
    assert.ok(lines.includes('3 checks: pay.ts:1'), lines.join('\n'));
  });
});

function linesOf(flags: readonly ReturnType<typeof flagOf>[], checks: readonly ReturnType<typeof checkOf>[] = []) {
  return flagLines(snapshotOf({ flags, checks }), 'k', null).map(line => plainText(line));
}
