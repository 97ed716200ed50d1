import assert from 'node:assert/strict';
import { suggestedPatterns } from '../../../server/src/core/flags/guessed/suggestions.ts';
import { suggestionText } from '../../../server/src/core/flags/telling/scanText.ts';
import { worldOf } from '../../support/world.ts';

const LIBRARY = `
//- /src/features.ts
export class FeatureService {
  isEnabled(user: string, flagKey: string): boolean { return store.read(user, flagKey); }
}
export function isFeatureOn(flagKey: string): boolean { return store.read('', flagKey); }
//- /src/a.ts
import { FeatureService, isFeatureOn } from './features';
export class A {
  constructor(private readonly features: FeatureService) {}
  a() { return this.features.isEnabled('ann', 'new-pay') || this.features?.isEnabled('ann', 'old-pay'); }
  b() { return isFeatureOn('one') || isFeatureOn('two') || isFeatureOn('three'); }
}
//- /src/a.test.ts
import { isFeatureOn } from './features';
it('x', () => isFeatureOn('four'));
`;

describe('patterns for a library of the repository’s own', () => {
  it('are the calls of its likely checks outside tests, the most used first', async () => {
    const { host } = await worldOf(LIBRARY);
    assert.deepEqual(suggestedPatterns(host.snapshot(0)), [
      { pattern: 'isFeatureOn($KEY)', checks: 3 },
      { pattern: 'features.isEnabled($_, $KEY)', checks: 2 },
    ]);
  });

  it('make those checks certain once they are in the configuration, and are no longer suggested', async () => {
    const { host } = await worldOf(LIBRARY);
    const patterns = suggestedPatterns(host.snapshot(0)).map(({ pattern }) => ({ pattern }));
    const { host: told } = await worldOf(`${LIBRARY}//- /flagbook.json\n${JSON.stringify({ checks: patterns })}\n`);
    const snapshot = told.snapshot(0);
    assert.deepEqual(suggestedPatterns(snapshot), []);
    const checks = [...snapshot.checks.values()].flat().filter(check => check.role === 'check');
    assert.equal(checks.length, 6);
    assert.ok(checks.every(check => check.confidence === 'certain'));
    assert.equal(suggestionText([]), '');
  });
});
