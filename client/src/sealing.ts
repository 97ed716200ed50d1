// Tokens as they travel to the language server: closed for everyone who reads along, such as a trace of the messages.
import type { TokenResult } from '../../server/src/lsp/protocol.ts';

/** Readable for the holder of the private key alone (ECDH P-256, AES-GCM 256). @param publicKey base64 of a raw point. */
export async function seal(token: string, publicKey: string): Promise<NonNullable<TokenResult>> {
  const { subtle } = globalThis.crypto;
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await subtle.importKey('raw', fromBase64(publicKey), curve, false, []);
  const ours = await subtle.generateKey(curve, false, ['deriveKey']);
  const cipher = { name: 'AES-GCM', length: 256 };
  const key = await subtle.deriveKey({ name: 'ECDH', public: theirs }, ours.privateKey, cipher, false, ['encrypt']);
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(token));
  return {
    publicKey: toBase64(await subtle.exportKey('raw', ours.publicKey)),
    iv: toBase64(iv),
    sealed: toBase64(sealed),
  };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0));
}

function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
