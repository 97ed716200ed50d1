// Whether a token that goes to an address can be read on its way there.

/** Plain HTTP to another machine. Nobody is on the way within this one. */
export function isReadableOnItsWay(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol !== 'https:' && !isThisMachine(hostname);
}

/** Whether a host's whole name is this machine's. */
export function isThisMachine(hostname: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname);
}
