import assert from 'node:assert/strict';
import { isReadableOnItsWay } from '../../../client/src/unencrypted.ts';

describe('a token on its way', () => {
  it('can be read by others where nothing is encrypted and the way leads out of this machine', () => {
    for (const origin of [
      'http://flags.example.com',
      'http://10.0.0.7:4242',
      'http://localhost.example.com',
      'http://[::2]',
    ]) {
      assert.equal(isReadableOnItsWay(origin), true, origin);
    }
    for (const origin of [
      'https://flags.example.com',
      'http://localhost:4242',
      'http://127.0.0.1',
      'http://[::1]:4242',
    ]) {
      assert.equal(isReadableOnItsWay(origin), false, origin);
    }
  });
});
