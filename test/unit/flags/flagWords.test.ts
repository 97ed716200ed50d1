import assert from 'node:assert/strict';
import { speaksOfFlags, wordsOf } from '../../../server/src/core/flags/names/flagWords.ts';

describe('the words of a name', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['isFeatureEnabled', ['is', 'feature', 'enabled']],
    ['has_feature', ['has', 'feature']],
    ['useUIFlag', ['use', 'ui', 'flag']],
    ['UI', ['ui']],
    ['HTTPServer2Flags', ['http', 'server2', 'flags']],
    ['v2Flag', ['v2', 'flag']],
    ['RELEASE_TOGGLES', ['release', 'toggles']],
    ['--new.flag--', ['new', 'flag']],
    ['größeFlag', ['gr', 'e', 'flag']],
    ['aB', ['a', 'b']],
    ['ABc', ['a', 'bc']],
    ['', []],
    ['__', []],
  ];
  for (const [name, words] of CASES)
    it(`are told: ${JSON.stringify(name)}`, () => assert.deepEqual(wordsOf(name), words));

  it('are flags as whole words alone', () => {
    const some = [
      'flag',
      'hasFLAG',
      'NEW_FEATURES',
      'anExperiment',
      'toggle1',
      'featured',
      'flagged',
      'untoggled',
      'fLag',
    ];
    assert.deepEqual(some.filter(speaksOfFlags), ['flag', 'hasFLAG', 'NEW_FEATURES', 'anExperiment']);
  });
});
