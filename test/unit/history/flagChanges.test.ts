import assert from 'node:assert/strict';
import {
  createFlagChangeCollector,
  describeChange,
  type FlagFileVersion,
  fileStateOf,
} from '../../../server/src/core/history/flagChanges.ts';
import type { CommitMoment, EnvironmentState } from '../../../server/src/core/model.ts';
import { flagIdentity } from '../../../server/src/core/model.ts';
import { environmentOf, flagOf } from '../../support/snapshot.ts';

function moment(commit: string): CommitMoment {
  return { time: '2024-01-01T00:00:00Z', commit, author: 'Ann', subject: 's' };
}

function off(environment = 'production'): EnvironmentState {
  return environmentOf({ environment, state: 'off', percentage: 0, serves: false, summary: 'off' });
}

function partial(percentage: number, environment = 'production'): EnvironmentState {
  const summary = `${percentage}% by user id`;
  return environmentOf({ environment, state: 'partial', percentage, summary });
}

describe('what changed, in words', () => {
  const on = environmentOf({ state: 'on', percentage: 100, serves: true, summary: 'on for everyone' });
  const targeted = environmentOf({ state: 'targeted', summary: 'on for segment staff' });

  for (const [before, after, words] of [
    [partial(5), partial(25), '5% → 25%'],
    [partial(12.5), on, '12.5% → on'],
    [off(), on, 'off → on'],
    [undefined, partial(5), 'added at 5%'],
    [undefined, off(), 'added off'],
    [on, undefined, 'removed'],
    [on, targeted, 'on → targeted'],
    [
      targeted,
      { ...targeted, summary: 'on for segment beta' },
      'targeting changed: on for segment staff → on for segment beta',
    ],
    [on, { ...on, serves: 'blue' }, 'serves true → "blue"'],
    [on, { ...on }, null],
    [undefined, undefined, null],
  ] as const) {
    it(words ?? 'says nothing when nothing changed', () => assert.equal(describeChange(before, after), words));
  }
});

describe('the changes of a flag file', () => {
  const flag = flagOf('new-pay');
  const other = flagOf('other');

  function collect(...versions: readonly FlagFileVersion[]): readonly string[] {
    const collector = createFlagChangeCollector([flag, other]);
    for (const version of versions) collector.add(version);
    const changes = collector.finish().get(flagIdentity(flag))!;
    return changes.map(change => `${change.moment.commit} ${change.environment}: ${change.what}`);
  }

  const state = (...environments: readonly EnvironmentState[]) => fileStateOf([{ ...flag, environments }]);

  it('are those of this flag in this environment', () => {
    const otherChanged = (percentage: number) =>
      fileStateOf([
        { ...flag, environments: [off()] },
        { ...other, environments: [partial(percentage)] },
      ]);
    const versions: readonly FlagFileVersion[] = [
      {
        moment: moment('c4'),
        before: state(off(), partial(5, 'staging')),
        after: state(partial(5), partial(50, 'staging')),
      },
      { moment: moment('c3'), before: otherChanged(5), after: otherChanged(10) },
      { moment: moment('c2'), before: state(off()), after: state(off(), partial(5, 'staging')) },
      { moment: moment('c1'), before: 'absent', after: state(off()) },
    ];
    assert.deepEqual(collect(...versions), [
      'c4 production: off → 5%',
      'c4 staging: 5% → 50%',
      'c2 staging: added at 5%',
      'c1 production: added off',
    ]);
    assert.deepEqual(collect({ moment: moment('c9'), before: state(off()), after: 'absent' }), [
      'c9 production: removed',
    ]);
  });

  it('skip a version that could not be read, and keep what changed across it', () => {
    const versions: readonly FlagFileVersion[] = [
      { moment: moment('c4'), before: 'unreadable', after: state(partial(25)) },
      { moment: moment('c3'), before: 'unreadable', after: 'unreadable' },
      { moment: moment('c2'), before: state(partial(5)), after: 'unreadable' },
      { moment: moment('c1'), before: 'absent', after: state(partial(5)) },
    ];
    assert.deepEqual(collect(...versions), ['c4 production: 5% → 25%', 'c1 production: added at 5%']);
  });

  it('say nothing of what was before the visible history', () => {
    const versions: readonly FlagFileVersion[] = [
      { moment: moment('c2'), before: state(partial(5)), after: state(partial(25)) },
      { moment: moment('c1'), before: 'unreadable', after: state(partial(5)) },
    ];
    assert.deepEqual(collect(...versions), ['c2 production: 5% → 25%']);
  });
});
