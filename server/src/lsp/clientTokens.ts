/**
 * Tokens out of the client's secret storage. They travel sealed for this process: a client that traces its messages, or keeps them
 * for a bug report, writes down nothing that anybody else could open.
 */
import { webcrypto } from 'node:crypto';
import type { Connection } from 'vscode-languageserver';
import type { TokenFor } from '../sources/flag-servers/source.ts';
import { type TokenParams, TokenRequest, type TokenResult } from './protocol.ts';

export function clientTokens(connection: Connection): TokenFor {
  let keys: Promise<webcrypto.CryptoKeyPair> | null = null;
  return async (origin, system) => {
    try {
      keys ??= webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveKey']);
      const { publicKey, privateKey } = await keys;
      const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey));
      const params: TokenParams = { origin, system, publicKey: raw.toString('base64') };
      const sealed = await connection.sendRequest<TokenResult>(TokenRequest, params);
      return sealed === null ? null : await opened(sealed, privateKey);
    } catch {
      // A client that knows no such request has no tokens.
      return null;
    }
  };
}

async function opened(sealed: NonNullable<TokenResult>, privateKey: webcrypto.CryptoKey): Promise<string> {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await webcrypto.subtle.importKey('raw', bytes(sealed.publicKey), curve, false, []);
  const cipher = { name: 'AES-GCM', length: 256 };
  const key = await webcrypto.subtle.deriveKey({ name: 'ECDH', public: theirs }, privateKey, cipher, false, [
    'decrypt',
  ]);
  const text = await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(sealed.iv) }, key, bytes(sealed.sealed));
  return Buffer.from(text).toString('utf8');
}
