import assert from 'node:assert/strict';
import { withoutSystem } from '../../../server/src/core/flags/verdicts/withoutSystem.ts';
import { checkOf, environmentOf, flagOf, snapshotOf } from '../../support/snapshot.ts';

const partial = environmentOf({ state: 'partial', percentage: 25 });

function effects(fallback: boolean, flag: Parameters<typeof flagOf>[1]): readonly string[] {
  const snapshot = snapshotOf({ flags: [flagOf('f', flag)], checks: [checkOf('f', { fallback })] });
  return withoutSystem(snapshot, 'f').flatMap(outage =>
    outage.environments.map(({ environment, effect, what }) => `${environment}: ${effect}: ${what}`),
  );
}

describe('if the flag system went away', () => {
  it('nothing changes where everyone gets the fallback now', () => {
    assert.deepEqual(effects(true, {}), ['production: none: everyone gets true, as now']);
  });

  it('everyone gets something else where another value is served', () => {
    assert.deepEqual(effects(false, {}), ['production: changed: everyone gets false instead of true']);
  });

  it('those who have it lose it when the fallback is the off value', () => {
    assert.deepEqual(effects(false, { environments: [partial], offValue: false }), [
      'production: withdrawn: everyone gets false, its off value; now it is 25%',
    ]);
  });

  it('everyone gets what was meant for some when it is not', () => {
    assert.deepEqual(effects(true, { environments: [partial], offValue: false }), [
      'production: widened: everyone gets true, not its off value false; now it is 25%',
    ]);
  });

  it('claims nothing of a state it can not read', () => {
    const [effect] = effects(true, { environments: [environmentOf({ state: 'unknown' })] });
    assert.match(effect!, /^production: unknown: /);
  });

  it('tells fallbacks apart, and leaves out tests and checks without one', () => {
    const snapshot = snapshotOf({
      flags: [flagOf('f')],
      checks: [
        checkOf('f'),
        checkOf('f', { path: 'src/b.ts', fallback: true }),
        checkOf('f', { path: 'src/c.ts' }),
        checkOf('f', { path: 'src/d.ts', fallback: undefined }),
        checkOf('f', { path: 'src/e.test.ts', test: true, fallback: 'x' }),
      ],
    });
    assert.deepEqual(
      withoutSystem(snapshot, 'f').map(({ fallback, checks }) => [fallback, checks.map(check => check.path)]),
      [
        [false, ['src/app.ts', 'src/c.ts']],
        [true, ['src/b.ts']],
      ],
    );
  });
});
