/** Random choices that a seed repeats. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** True so often, 0 to 1. */
  chance(share: number): boolean;
  /** Some of the items, at least `least`, in their order. */
  some<T>(items: readonly T[], least?: number): readonly T[];
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    pick: items => items[between(0, items.length - 1)]!,
    chance: share => next() < share,
    some(items, least = 0) {
      const chosen = items.filter(() => next() < 0.5);
      return chosen.length >= least ? chosen : items.slice(0, least);
    },
  };
}
