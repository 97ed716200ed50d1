import assert from 'node:assert/strict';
import { backOff, clockSkewOf, LONGEST_PAUSE, retryAtOf } from '../../../server/src/sources/http/pace.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const DATE = 'Sun, 01 Mar 2026 10:00:00 GMT';

describe('when a service says to ask again', () => {
  const waits = (headers: Record<string, string>): number | null => {
    const at = retryAtOf(headers, NOW);
    return at === null ? null : (at - NOW) / 1000;
  };

  it('is read in all the forms there are', () => {
    assert.equal(waits({ 'retry-after': '17' }), 17);
    assert.equal(waits({ 'retry-after': '0.5' }), 0.5);
    assert.equal(waits({ 'retry-after': 'Sun, 01 Mar 2026 10:00:30 GMT' }), 30);
    assert.equal(waits({ 'retry-after': 'Sunday, 01-Mar-26 10:00:30 GMT' }), 30);
    assert.equal(waits({ 'ratelimit-reset': '42' }), 42);
    assert.equal(waits({ 'x-ratelimit-reset': String(NOW / 1000 + 9) }), 9);
    assert.equal(waits({ 'x-ratelimit-reset': String(NOW + 9000) }), 9);
    assert.equal(waits({ 'x-rate-limit-reset': '2026-03-01T10:00:09Z' }), 9);
    assert.equal(waits({ 'retry-after': '5', 'x-ratelimit-reset': String(NOW + 9000) }), 5);
  });

  it("is taken against the service's own clock", () => {
    const ahead = 'Sun, 01 Mar 2026 11:00:00 GMT';
    assert.equal(waits({ 'retry-after': 'Sun, 01 Mar 2026 11:00:30 GMT', date: ahead }), 30);
    assert.equal(waits({ 'x-ratelimit-reset': String(NOW + 3_600_000 + 9000), date: ahead }), 9);
    assert.equal(clockSkewOf({ date: ahead }, NOW), 3_600_000);
    assert.equal(clockSkewOf({ date: DATE }, NOW), 0);
    assert.equal(clockSkewOf({}, NOW), null);
  });

  it('is never in the past, never a day away, and nothing where it is nonsense', () => {
    assert.equal(waits({ 'retry-after': 'Sun, 01 Mar 2026 09:00:30 GMT' }), 0);
    assert.equal(waits({ 'retry-after': '999999' }), LONGEST_PAUSE / 1000);
    for (const wrong of ['', 'soon', '-3', '1e9', '1'.repeat(400), 'Mon', '12 apples']) {
      assert.equal(waits({ 'retry-after': wrong }), null, wrong);
    }
  });
});

describe('backing off', () => {
  it('doubles from the period to a bound, by chance between half and all of it', () => {
    assert.equal(backOff(1, 10_000, 0), 5000);
    assert.equal(backOff(1, 10_000, 0.999_999), 10_000);
    assert.equal(backOff(3, 10_000, 0), 20_000);
    assert.equal(backOff(1000, 10_000, 0), 450_000);
    assert.equal(backOff(1, 3_600_000, 0), 1_800_000);
  });
});
