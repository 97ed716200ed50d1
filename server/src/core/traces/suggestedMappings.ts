/** The mappings that had to be guessed to place the frames of traces, each once, for `traces.mappings` of the configuration. */
import type { TraceAnalysis } from './analyse.ts';
import type { PathMapping } from './candidates.ts';

/** Most are of use for a handful of prefixes; more of them are noise. */
const MOST_MAPPINGS = 6;

export function suggestedMappings(analysis: Pick<TraceAnalysis, 'traces'>): readonly PathMapping[] {
  const times = new Map<string, { readonly mapping: PathMapping; count: number }>();
  for (const { guessedMappings } of analysis.traces)
    for (const mapping of guessedMappings) {
      const key = `${mapping.from}\n${mapping.to}`;
      const known = times.get(key);
      if (known) known.count++;
      else times.set(key, { mapping, count: 1 });
    }
  // Two meanings of one prefix can't both be configured.
  const byPrefix = new Map<string, PathMapping[]>();
  for (const { mapping } of [...times.values()].sort((left, right) => right.count - left.count))
    byPrefix.set(mapping.from, [...(byPrefix.get(mapping.from) ?? []), mapping]);
  return [...byPrefix.values()].flatMap(mappings => (mappings.length === 1 ? mappings : [])).slice(0, MOST_MAPPINGS);
}
