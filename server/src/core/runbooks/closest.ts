/**
 * "Did you mean …": the name nearest to one that does not exist. Plain string distance, nothing about links.
 */

/**
 * The candidate whose text is nearest to `name`, or null when none is near enough (more than a third of its letters would have
 * to change). Case does not count. The first of equally near ones wins.
 */
export function closest<T>(name: string, candidates: Iterable<T>, textOf: (candidate: T) => string): T | null {
  const wanted = name.toLowerCase().slice(0, 100);
  let best: T | null = null;
  let bestDistance = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const text = textOf(candidate).toLowerCase().slice(0, 100);
    if (Math.abs(text.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, text);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** How many letters must be put in, taken out, changed, or swapped with their neighbour: the commonest slip of the hand. */
export function editDistance(a: string, b: string): number {
  let above: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      const swapped = isSwap ? above[j - 2]! + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(changed, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    above = row;
    row = next;
  }
  return row[b.length]!;
}
