// The address of a flag server as people type it. Pure.
import { isThisMachine } from './unencrypted.ts';

/**
 * What was meant, or null where it is no address: with user, password or another scheme. Without a scheme a server of this machine is
 * asked over http, as it would be by a browser, and any other over https.
 */
export function serverAddress(text: string): URL | null {
  const given = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(given);
  const address = hasScheme ? given : `${isThisMachine(hostOf(given)) ? 'http' : 'https'}://${given}`;
  try {
    const url = new URL(address);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.hostname !== '' && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}

function hostOf(text: string): string {
  return /^(\[[^\]]*\]|[^/:?#]*)/.exec(text)![0];
}
