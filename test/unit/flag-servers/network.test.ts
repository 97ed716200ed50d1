// Proxies and certificates as people set them: by the environment of a process, which is a process of its own here.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { startLocalServer } from '../../support/localServer.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

const PROGRAM = join(import.meta.dirname, 'askOnce.ts');

/** What a process with this environment is answered. */
function ask(env: NodeJS.ProcessEnv): Promise<string> {
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
      process.execPath,
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

  it('trusts the certificates that NODE_EXTRA_CA_CERTS names, through a tunnel too, and no others', async () => {
    const folder = makeTemporaryFolder('certificates');
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject],
      { stdio: 'ignore' },
    );
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end('safe'),
    );
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    let tunnels = 0;
    let seen = '';
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tunnels++;
      seen += JSON.stringify(request.headers);
      const [host, port] = request.url!.split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const each of [upstream, socket]) each.on('error', () => {});
    });
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
    const portOf = (of: { address(): unknown }) => (of.address() as AddressInfo).port;
    const URL_TO_ASK = `https://127.0.0.1:${portOf(server)}/`;
    const HTTPS_PROXY = `http://127.0.0.1:${portOf(proxy)}`;
    try {
      assert.match(await ask({ URL_TO_ASK }), /"kind":"certificate"/);
      assert.equal(await ask({ URL_TO_ASK, NODE_EXTRA_CA_CERTS: cert }), '200 safe');
      assert.equal(await ask({ URL_TO_ASK, STRICT: 'no' }), '200 safe');
      assert.equal(tunnels, 0);
      assert.equal(await ask({ URL_TO_ASK, NODE_EXTRA_CA_CERTS: cert, HTTPS_PROXY }), '200 safe');
      assert.equal(tunnels, 1);
      assert.ok(!seen.includes('secret'), 'the proxy does not see the token');
    } finally {
      server.closeAllConnections();
      server.close();
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});
