// A question asked by a process of its own, whose environment settles proxies and certificates; and a server with a certificate of its own.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeTemporaryFolder } from './temporaryFolder.ts';

const root = join(import.meta.dirname, '..', '..');

/** What a process with this environment is answered by `URL_TO_ASK`, in words. */
export function askInProcess(env: NodeJS.ProcessEnv, node = process.execPath): Promise<string> {
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
      ['--import', 'tsx', join(import.meta.dirname, 'askOnce.ts')],
      { env: { ...rest, ...env }, cwd: root },
      (error, stdout) => (error === null ? resolve(stdout.trim()) : reject(error)),
    );
  });
}

export interface TlsServer {
  readonly server: Server;
  readonly url: string;
  /** The file of the certificate, which nobody knows. */
  readonly certificate: string;
}

/** Answers `safe` to everything, on 127.0.0.1. */
export async function startTlsServer(): Promise<TlsServer> {
  const folder = makeTemporaryFolder('certificates');
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate, ...subject],
    { stdio: 'ignore' },
  );
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) =>
    response.end('safe'),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, certificate };
}
