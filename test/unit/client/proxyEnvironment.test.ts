import assert from 'node:assert/strict';
import { proxyEnvironment } from '../../../client/src/proxyEnvironment.ts';

describe("VS Code's proxy settings", () => {
  const env = { PATH: '/bin', https_proxy: 'http://old', NO_PROXY: 'a.test' };

  it('leave the environment as it is when they say nothing', () => {
    assert.equal(proxyEnvironment(env, { support: 'override', proxy: '', noProxy: [] }), env);
  });

  it('go before it when they name a proxy', () => {
    assert.deepEqual(proxyEnvironment(env, { support: 'override', proxy: ' http://new ', noProxy: [] }), {
      PATH: '/bin',
      https_proxy: '',
      NO_PROXY: 'a.test',
      HTTP_PROXY: 'http://new',
      HTTPS_PROXY: 'http://new',
    });
  });

  it('name hosts to go to directly', () => {
    assert.deepEqual(proxyEnvironment(env, { support: 'on', proxy: '', noProxy: ['b.test', 'c.test'] }), {
      PATH: '/bin',
      https_proxy: 'http://old',
      NO_PROXY: 'b.test,c.test',
    });
  });

  it('switch proxies off', () => {
    assert.deepEqual(proxyEnvironment(env, { support: 'off', proxy: 'http://new', noProxy: [] }), {
      PATH: '/bin',
      https_proxy: '',
      NO_PROXY: 'a.test',
    });
  });
});
