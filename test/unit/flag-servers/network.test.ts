// Proxies and certificates as people set them: by the environment of a process, which is a process of its own here.
import assert from 'node:assert/strict';
import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type ProxySettings, proxyEnvironment } from '../../../client/src/proxyEnvironment.ts';
import { failureText } from '../../../server/src/sources/http/http.ts';
import { askInProcess, startTlsServer, type TlsServer } from '../../support/askInProcess.ts';
import { startLocalServer } from '../../support/localServer.ts';

describe('the network of flag servers', () => {
  it('is reached through the proxies that the environment names, and past them where it says so', async () => {
    const server = await startLocalServer(() => ({ body: 'direct' }));
    const proxy = await startLocalServer(() => ({ body: 'proxied' }));
    try {
      assert.equal(await askInProcess({ URL_TO_ASK: server.url }), '200 direct');
      assert.equal(await askInProcess({ URL_TO_ASK: server.url, HTTP_PROXY: proxy.url }), '200 proxied');
      assert.equal(
        await askInProcess({ URL_TO_ASK: server.url, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }),
        '200 direct',
      );
    } finally {
      await server.close();
      await proxy.close();
    }
  });

  describe('through TLS', () => {
    let tls: TlsServer;
    let proxy: HttpServer;
    let cert: string;
    let tunnels: number;
    let seen: string;
    let password: string | null;
    let env: { readonly URL_TO_ASK: string };
    let proxyUrl: string;

    before(async () => {
      tls = await startTlsServer();
      cert = tls.certificate;
      proxy = createServer((_, response) => response.end('not a tunnel'));
      proxy.on('connect', (request, socket) => {
        tunnels++;
        seen += JSON.stringify(request.headers);
        socket.on('error', () => {});
        const wanted = password === null ? null : `Basic ${Buffer.from(password).toString('base64')}`;
        if (wanted !== null && request.headers['proxy-authorization'] !== wanted) {
          socket.end(
            'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n',
          );
          return;
        }
        const [host, port] = request.url!.split(':');
        const upstream = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => {});
      });
      env = { URL_TO_ASK: tls.url };
      await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
      proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    });

    beforeEach(() => {
      tunnels = 0;
      seen = '';
      password = null;
    });

    after(() => {
      for (const each of [tls.server, proxy]) {
        each.closeAllConnections();
        each.close();
      }
    });

    it('trusts the certificates that NODE_EXTRA_CA_CERTS names, through a tunnel too, and no others', async () => {
      assert.match(await askInProcess(env), /"kind":"certificate".*NODE_EXTRA_CA_CERTS/);
      assert.equal(await askInProcess({ ...env, NODE_EXTRA_CA_CERTS: cert }), '200 safe');
      assert.equal(tunnels, 0);
      assert.match(
        await askInProcess({ ...env, HTTPS_PROXY: proxyUrl }),
        /"kind":"certificate"/,
        'a tunnel changes nothing',
      );
      assert.equal(await askInProcess({ ...env, NODE_EXTRA_CA_CERTS: cert, HTTPS_PROXY: proxyUrl }), '200 safe');
      assert.equal(tunnels, 2);
      assert.ok(!seen.includes('secret'), 'the proxy does not see the token');
    });

    it('asks for no certificate where http.proxyStrictSSL is off, through a tunnel too', async () => {
      assert.equal(await askInProcess({ ...env, STRICT: 'no' }), '200 safe');
      assert.equal(await askInProcess({ ...env, STRICT: 'no', HTTPS_PROXY: proxyUrl }), '200 safe');
      assert.equal(tunnels, 1);
    });

    it("goes where VS Code's settings say: http.proxy, http.noProxy, http.proxySupport", async () => {
      const trusting = { ...env, NODE_EXTRA_CA_CERTS: cert };
      const set = (settings: Partial<ProxySettings>, more: NodeJS.ProcessEnv = {}) =>
        askInProcess(
          proxyEnvironment({ ...trusting, ...more }, { support: 'override', proxy: '', noProxy: [], ...settings }),
        );
      assert.equal(await set({ proxy: proxyUrl }), '200 safe');
      assert.equal(tunnels, 1);
      assert.equal(await set({ proxy: proxyUrl, noProxy: ['127.0.0.1'] }), '200 safe');
      assert.equal(await set({ proxy: proxyUrl, support: 'off' }), '200 safe');
      assert.equal(await set({ support: 'off' }, { HTTPS_PROXY: proxyUrl }), '200 safe');
      assert.equal(tunnels, 1, 'past it');
      assert.equal(await set({ proxy: proxyUrl }, { HTTPS_PROXY: 'http://127.0.0.1:9' }), '200 safe');
      assert.equal(tunnels, 2, 'the setting goes before the environment');
    });

    it('names itself to a proxy that wants it, and says what to do where it can not, without the password', async () => {
      password = 'ada:pass-of-the-proxy';
      const trusting = { ...env, NODE_EXTRA_CA_CERTS: cert };
      const named = proxyUrl.replace('//', `//${password}@`);
      assert.equal(await askInProcess({ ...trusting, HTTPS_PROXY: named }), '200 safe');
      assert.equal(await askInProcess({ ...trusting, HTTPS_PROXY: named.replace('pass-', 'wrong-pass-') }), '407');
      assert.ok(!seen.includes('secret'), 'the token is not for the proxy');
      const advice = failureText({ kind: 'refused', status: 407 }, 'Unleash', 'https://flags.example.test');
      assert.match(advice, /The proxy on the way to Unleash .* wants a name and a password.*http\.proxy/);
      const down = await askInProcess({ ...trusting, HTTPS_PROXY: named.replace(/:\d+$/, ':9') });
      assert.match(down, /"kind":"unreachable"/);
      assert.ok(!down.includes('pass-of-the-proxy'));
    });
  });
});
