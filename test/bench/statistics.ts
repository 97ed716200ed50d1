// What the benchmarks make of their measurements: percentiles of times in milliseconds, and how they are printed.

/** The value below which `share` (0 to 1) of the sorted values lie, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Milliseconds for people: three digits that count, no more. */
export function milliseconds(value: number): string {
  if (Number.isNaN(value)) return '';
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

/** How long a piece of work takes, in milliseconds, `times` times in a row. */
export async function timings(times: number, work: (round: number) => unknown): Promise<readonly number[]> {
  const found: number[] = [];
  for (let round = 0; round < times; round++) {
    const started = performance.now();
    await work(round);
    found.push(performance.now() - started);
  }
  return found;
}
