/**
 * When to ask again: what services say of it in their headers, in all the forms they use, and how long to wait where they say
 * nothing. Pure: clocks and chance are arguments.
 */

type Headers = Readonly<Record<string, string>>;

/**
 * When the service says we may ask again, on our clock (milliseconds since 1970); null where it does not say. Read are
 * `Retry-After` in seconds and as an HTTP date (RFC 9110, 10.2.3), `RateLimit-Reset` in seconds and the `X-RateLimit-Reset` family:
 * seconds to wait, or a moment in seconds or milliseconds since 1970. Moments are taken against the service's own `Date`, since
 * its clock may be an hour off. Nothing beyond `LONGEST_PAUSE` is believed.
 * @param receivedAt when the answer came, on our clock.
 */
export function retryAtOf(headers: Headers, receivedAt: number): number | null {
  const theirs = clockOf(headers) ?? receivedAt;
  const wait =
    waitOf(headers['retry-after'], theirs) ??
    waitOf(headers['ratelimit-reset'], theirs) ??
    waitOf(headers['x-ratelimit-reset'] ?? headers['x-rate-limit-reset'], theirs);
  if (wait === null) return null;
  return receivedAt + Math.min(LONGEST_PAUSE, Math.max(0, wait));
}

/** How far the service's clock is ahead of ours, in milliseconds; null where it does not say its time. Good to a second. */
export function clockSkewOf(headers: Headers, receivedAt: number): number | null {
  const theirs = clockOf(headers);
  return theirs === null ? null : theirs - receivedAt;
}

/** No pause that a service asks for is longer than this, in milliseconds: a day off is a mistake of somebody's. */
export const LONGEST_PAUSE = 60 * 60 * 1000;

/**
 * Milliseconds to wait after this many failures in a row (1 or more): doubling from the period to at most 15 minutes, each time
 * by chance between half of it and all of it, so that a thousand editors don't come back at once.
 * @param chance 0 (included) to 1 (excluded).
 */
export function backOff(failures: number, period: number, chance: number): number {
  const longest = Math.max(period, LONGEST_BACK_OFF);
  const whole = Math.min(longest, period * 2 ** Math.min(20, Math.max(0, failures - 1)));
  return Math.round(whole * (0.5 + chance / 2));
}

const LONGEST_BACK_OFF = 15 * 60 * 1000;

function clockOf(headers: Headers): number | null {
  const time = Date.parse(headers.date ?? '');
  return Number.isNaN(time) ? null : time;
}

/** Milliseconds to wait, from seconds, a moment since 1970 or a date. */
function waitOf(value: string | undefined, theirs: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) {
    const number = Number(text);
    if (number >= 1e11) return number - theirs;
    return number >= 1e8 ? number * 1000 - theirs : number * 1000;
  }
  // Years are four digits and months have names: `Date.parse` reads far more than dates.
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}|^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time - theirs;
}
