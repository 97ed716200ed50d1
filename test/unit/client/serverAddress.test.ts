// What people type as the address of a flag server, and what is made of it.
import assert from 'node:assert/strict';
import { serverAddress } from '../../../client/src/serverAddress.ts';
import { isThisMachine } from '../../../client/src/unencrypted.ts';

describe('the address of a flag server', () => {
  for (const [typed, meant] of [
    ['http://localhost:4242', 'http://localhost:4242/'],
    ['localhost:4242', 'http://localhost:4242/'],
    [' 127.0.0.1:4242/base ', 'http://127.0.0.1:4242/base'],
    ['[::1]:4242', 'http://[::1]:4242/'],
    ['flags.example.com', 'https://flags.example.com/'],
    ['flags.example.com:8443/unleash', 'https://flags.example.com:8443/unleash'],
    ['localhost.example.com', 'https://localhost.example.com/'],
    ['http://flags.example.com', 'http://flags.example.com/'],
    ['', null],
    ['https://', null],
    ['ftp://flags.example.com', null],
    ['file:///etc/passwd', null],
    ['user:password@flags.example.com', null],
    ['https://user@flags.example.com', null],
    ['two words', null],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${meant ?? 'none'}`, () => {
      assert.equal(serverAddress(typed)?.href ?? null, meant);
    });
  }

  it('is local only by the whole name of its host', () => {
    assert.ok(isThisMachine('localhost') && isThisMachine('127.0.0.1') && isThisMachine('[::1]'));
    assert.ok(!isThisMachine('localhost.evil.test') && !isThisMachine('127.0.0.1.evil.test'));
  });
});
