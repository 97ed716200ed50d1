/**
 * How much a printed line is worth where nobody knows which commit ran: it is right unless the file changed between that commit and
 * now. What the frame itself says of its place (`placement.ts`) is weighed by that.
 */

/** Files that were not committed for so long, in milliseconds, are taken as they stand. */
export const LATELY = 90 * 86_400_000;

/** Days since the last commit to a file, and how sure its printed lines still are. */
const SURENESS: readonly (readonly [number, number])[] = [
  [1, 0.6],
  [7, 0.75],
  [30, 0.85],
  [90, 0.95],
];

/**
 * 0 to 1, for a file that was last committed at `committed` (null: not lately); both in milliseconds since 1970. In a file that changed
 * since the deployment about every third line still has its number (27 to 44 % in seven public repositories, see
 * `server/lines-through-time.md`); how old deployments are nobody measured: half are taken to be younger than a few days.
 */
export function surenessOfPrinted(committed: number | null, now: number): number {
  if (committed === null) return 1;
  const days = (now - committed) / 86_400_000;
  return SURENESS.find(([most]) => days <= most)?.[1] ?? 1;
}

/** A few words such as `file changed 3 days ago`; null when it did not lately. */
export function changedLately(committed: number | null, now: number): string | null {
  if (committed === null || now - committed > LATELY) return null;
  const days = Math.max(0, Math.floor((now - committed) / 86_400_000));
  return `file changed ${days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`}`;
}
